#pragma once

#include "app/cache/rowsource.h"
#include "ui/theme.h"

#include <QWidget>

class QTimer;

namespace kboss {

class DataTable;

// Exact sums by currency under the table's own columns: of the selection when more than one row is selected, else of all matching rows. The
// question goes to the row view on a reader thread; late answers of older questions are dropped. GUI thread.
class TotalsTable : public QWidget {
    Q_OBJECT
public:
    TotalsTable(DataTable *table, const QString &currencyField, const Theme &theme, QWidget *parent);

    void ask(); // the rows or the selection changed; asked a moment later
    const std::vector<CurrencyTotal> &totals() const { return m_totals; }
    QString caption() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void answered();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    void question();
    void take(std::vector<CurrencyTotal> totals);
    int shownLines() const;
    void paintLine(QPainter *painter, int line, int top) const;
    QString fullText() const;

    DataTable *m_table;
    QString m_currencyField;
    const Theme &m_theme;
    QTimer *m_delay;
    std::vector<CurrencyTotal> m_totals;
    qint64 m_rows = 0;
    bool m_ofSelection = false;
    bool m_expanded = false;
    int m_asked = 0;
};

} // namespace kboss
