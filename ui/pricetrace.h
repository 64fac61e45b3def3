#pragma once

#include "models/partspec.h"
#include "ui/appcontext.h"

#include <QWidget>

class QGridLayout;

namespace kboss {

class RowsFeed;

// The price of a row's parts for its term, reckoned here line by line, its sum, and whether the service says the same. Where the row names no parts: one of
// each part that its cluster sells. GUI thread; the feed of the parts is the caller's.
class PriceTraceView : public QWidget {
    Q_OBJECT
public:
    struct Ground {
        QString parts; // JSON
        qint64 term = 0;
        QString termUnit, clusterId;
        std::optional<Decimal> stated; // by the service
    };
    PriceTraceView(const RowsFeed *parts, const Ground &ground, Theme *theme, QWidget *parent);

    QString totalText() const { return m_total; } // exact
    QString verdict() const { return m_verdict; }
    QStringList lines() const { return m_lines; }

private:
    void build();
    void addLine(QGridLayout *grid, int at, const PricedSpec::Line &line, bool choice);
    void addTotal(QGridLayout *grid, int at, const PricedSpec &spec);

    const RowsFeed *m_parts;
    Ground m_ground;
    Theme *m_theme;
    QString m_total, m_verdict;
    QStringList m_lines;
};

} // namespace kboss
