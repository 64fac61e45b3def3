#pragma once

#include "models/resourcetype.h"

#include <QTimeZone>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QStackedLayout;

namespace kboss {

class Theme;

// The value of one condition, asked for as its field's type wants it: amount with currency, one of a list, yes or no, a date, a number, text.
class FilterValueEditor : public QWidget {
    Q_OBJECT
public:
    explicit FilterValueEditor(QWidget *parent = nullptr);

    void setColumn(const ColumnSpec &column);
    void setValue(const QString &value); // in the filter language
    Result<QString> value(const QTimeZone &zone) const; // Rejected with words
    bool quoted() const;
    void focusValue();

Q_SIGNALS:
    void edited();
    void submitted();

private:
    enum class Kind { Text, Choice, Money, Number, Day };
    Result<QString> moneyValue() const;
    Result<QString> readingValue(const QString &text) const;

    Kind m_kind = Kind::Text;
    FieldType m_type = FieldType::Text;
    FieldReading m_reading = FieldReading::Plain;
    QStackedLayout *m_stack;
    QLineEdit *m_text;
    QComboBox *m_choice;
    QComboBox *m_currency;
};

} // namespace kboss
