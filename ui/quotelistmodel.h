#pragma once

#include "app/services/quote.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace kboss {

// The saved quotes as a table, sorted by any column; newest first at the start. GUI thread.
class QuoteListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, State, Customer, Center, Cluster, Parts, Term, Total, ValidUntil, Changed, ColumnCount };

    QuoteListModel(QTimeZone zone, QObject *parent);

    void setQuotes(const std::vector<Quote> &quotes, const QString &search, qint64 nowMs); // text or pinyin initials
    const Quote *quote(int row) const;
    int rowOf(const QString &id) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    QString text(const Quote &quote, const QuoteContent &content, int column) const;
    int tone(const Quote &quote, const QuoteContent &content) const;
    void order(std::vector<Quote> *quotes) const;

    QTimeZone m_zone;
    qint64 m_nowMs = 0;
    std::vector<Quote> m_quotes;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace kboss
