#pragma once

#include "app/cache/engine.h"
#include "app/cache/viewsql.h"

namespace kboss {

// RowSource on the store's own tables.
class SqlRowSource final : public RowSource, public std::enable_shared_from_this<SqlRowSource> {
public:
    SqlRowSource(EnginePtr engine, DatasetPtr dataset) : m_engine(std::move(engine)), m_dataset(std::move(dataset)) { }

    const TableSchema &schema() const override { return m_dataset->schema; }
    QFuture<Result<std::vector<Row>>> firstRows(const RowQuery &query, int count, CancelToken cancel) const override;
    QFuture<Result<RowViewPtr>> open(const RowQuery &query, CancelToken cancel) const override;

private:
    EnginePtr m_engine;
    DatasetPtr m_dataset;
};

// RowView as a list of row ids (4 bytes a row): any position is a look-up by id, whatever the order.
class SqlRowView final : public RowView, public std::enable_shared_from_this<SqlRowView> {
public:
    SqlRowView(EnginePtr engine, DatasetPtr dataset, RowQuery query, std::vector<quint32> ids, std::vector<RowGroup> groups);

    qint64 count() const override { return static_cast<qint64>(m_ids.size()); }
    const std::vector<RowGroup> &groups() const override { return m_groups; }
    QFuture<Result<std::vector<Row>>> window(qint64 first, int count) const override;
    QFuture<Result<std::vector<QString>>> keys(qint64 first, qint64 count) const override;
    QFuture<Result<qint64>> positionOf(const QString &key) const override;
    QFuture<Result<std::vector<CurrencyTotal>>> totals(const QStringList &moneyFields) const override;
    QFuture<Result<std::vector<CurrencyTotal>>> totals(const QStringList &moneyFields, const std::vector<qint64> &positions) const override;
    QFuture<Result<qint64>> forEach(std::function<bool(const std::vector<Row> &)> sink, CancelToken cancel) const override;

private:
    Result<std::vector<Row>> read(Connection &connection, qint64 first, qint64 count) const;
    Result<std::vector<int>> moneyIndexes(const QStringList &fields) const;
    Result<std::vector<CurrencyTotal>> totalsByColumns(Connection &connection, const std::vector<int> &fields) const;
    Result<std::vector<CurrencyTotal>> totalsByScan(Connection &connection, const std::vector<int> &fields) const;
    Result<std::vector<CurrencyTotal>> totalsOf(Connection &connection, const std::vector<int> &fields, const std::vector<quint32> &ids) const;

    EnginePtr m_engine;
    DatasetPtr m_dataset;
    RowQuery m_query;
    std::vector<quint32> m_ids;
    std::vector<RowGroup> m_groups;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<MoneyColumns> m_money; // from the first totals() on; guarded by m_mutex
};

} // namespace kboss
