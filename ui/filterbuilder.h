#pragma once

#include "ui/filterconditions.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace kboss {

class FilterValueEditor;
class Theme;

// Makes or edits one condition by choosing, or the whole filter as the service's text. A child of the page, shown over it under the filter line;
// Esc leaves it. GUI thread.
class FilterBuilder : public QFrame {
    Q_OBJECT
public:
    FilterBuilder(const ResourceType &type, QTimeZone zone, Theme *theme, QWidget *parent);

    void openNew(const QString &wholeText);
    void openCondition(int index, const FilterPtr &filter, const QString &wholeText);
    void openText(const QString &wholeText);
    bool isTextMode() const;
    void retranslate();

Q_SIGNALS:
    void conditionMade(int index, const kboss::FilterPtr &filter); // -1 = a new one
    void textMade(const kboss::FilterPtr &filter); // null = all rows
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fillFields();
    void fillOperators();
    void fillFrom(const FilterNode &node);
    void check();
    void accept();
    FilterPtr builtCondition(QString *fault) const;
    const ColumnSpec *column() const;
    void present();

    const ResourceType &m_type;
    QTimeZone m_zone;
    Theme *m_theme;
    int m_index = -1;
    QTabBar *m_modes;
    QStackedWidget *m_stack;
    QComboBox *m_field;
    QComboBox *m_operator;
    FilterValueEditor *m_value;
    QLabel *m_words;
    QPlainTextEdit *m_text;
    QLabel *m_fault;
    QPushButton *m_apply;
    QPushButton *m_cancel;
};

} // namespace kboss
