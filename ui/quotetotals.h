#pragma once

#include "models/quoteview.h"
#include "ui/theme.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace kboss {

class Chip;
class QuoteDesk;

// Under the lines: sum, the one rounding, the service's word on it, the total, and what is different from the version before. GUI thread.
class QuoteTotals : public QWidget {
    Q_OBJECT
public:
    QuoteTotals(QuoteDesk *desk, Theme *theme, QWidget *parent = nullptr);

    void updateAll();
    void setCheck(Tone tone, const QString &text);
    void retranslate();
    QString totalText() const;
    QString differenceText() const;
    QString checkText() const;

private:
    void updateDifference();

    QuoteDesk *m_desk;
    Theme *m_theme;
    QLabel *m_sumLabel, *m_sum, *m_roundLabel, *m_roundNote, *m_round;
    QLabel *m_totalLabel, *m_totalNote, *m_currency, *m_total;
    Chip *m_check;
    QLabel *m_diffLabel, *m_diff, *m_diffTotal;
    QWidget *m_diffLine;
};

} // namespace kboss
