#pragma once

#include "models/percentchange.h"
#include "models/resourcetype.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace kboss {

class Theme;

// By how many percent, to how many decimals, rounded how; under it the rule in one line. GUI thread.
class PercentBox : public QWidget {
    Q_OBJECT
public:
    PercentBox(const PercentSpec &spec, Theme *theme, QWidget *parent);

    bool isEmpty() const; // nothing typed yet
    Result<PercentChange> change() const;
    void setText(const QString &percent); // does not emit
    void setRule(const PercentChange::Rule &rule);
    void setFault(bool fault);
    QLineEdit *line() const { return m_line; }

Q_SIGNALS:
    void edited();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    PercentChange::Rule rule() const;
    void explain();

    int m_mostDecimals;
    QLineEdit *m_line;
    QLabel *m_unit;
    QSpinBox *m_decimals;
    QComboBox *m_rounding;
    QLabel *m_rule;
};

} // namespace kboss
