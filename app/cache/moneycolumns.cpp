#include "app/cache/moneycolumns.h"

#include "app/cache/catalog.h"
#include "app/cache/filtersql.h"

#include <array>
#include <sqlite3.h>

namespace kboss {

namespace {

class ColumnBuilder {
public:
    explicit ColumnBuilder(size_t ids) : m_column(std::make_shared<MoneyColumn>())
    {
        m_column->units.resize(ids);
        m_column->nanos.resize(ids);
        m_column->currency.resize(ids, MoneyColumn::absent);
    }

    bool add(size_t id, const Statement &row, int first)
    {
        if (row.type(first) != SQLITE_INTEGER)
            return true;
        const auto code = currency(row.text(first + 2));
        if (code == MoneyColumn::absent)
            return false;
        m_column->units[id] = row.integer(first);
        m_column->nanos[id] = static_cast<qint32>(row.integer(first + 1));
        m_column->currency[id] = code;
        return true;
    }

    MoneyColumnPtr take(qint64 version)
    {
        m_column->version = version;
        return std::move(m_column);
    }

private:
    quint8 currency(std::string_view name)
    {
        if (name == m_last && m_lastCode != MoneyColumn::absent)
            return m_lastCode;
        auto known = m_codes.find(name);
        if (known == m_codes.end()) {
            if (m_codes.size() >= MoneyColumn::absent)
                return MoneyColumn::absent;
            known = m_codes.emplace(std::string(name), static_cast<quint8>(m_codes.size())).first;
            m_column->currencies.push_back(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        }
        m_last = name;
        return m_lastCode = known->second;
    }

    std::shared_ptr<MoneyColumn> m_column;
    std::map<std::string, quint8, std::less<>> m_codes;
    std::string m_last;
    quint8 m_lastCode = MoneyColumn::absent;
};

Result<std::vector<MoneyColumnPtr>> loadColumns(Connection &connection, const Dataset &dataset, const std::vector<int> &fields, qint64 nextId,
                                                qint64 version)
{
    std::string sql = "SELECT id";
    std::vector<ColumnBuilder> builders;
    for (const int field : fields) {
        for (const QString &name : columnNames(dataset.schema.fields[static_cast<size_t>(field)]))
            sql.append(1, ',').append(name.toStdString());
        builders.emplace_back(static_cast<size_t>(nextId));
    }
    auto rows = connection.prepare(sql + " FROM " + dataset.layout.rows());
    if (!rows)
        return fail(rows.error());
    int code = SQLITE_DONE;
    while ((code = rows->step()) == SQLITE_ROW) {
        const auto id = static_cast<size_t>(rows->integer(0));
        for (size_t i = 0; i < builders.size(); ++i) {
            if (!builders[i].add(id, *rows, 1 + 3 * static_cast<int>(i)))
                return fail(ErrorKind::Rejected, QStringLiteral("more than 254 currencies"));
        }
    }
    if (code != SQLITE_DONE)
        return connection.failed();
    std::vector<MoneyColumnPtr> columns;
    for (ColumnBuilder &builder : builders)
        columns.push_back(builder.take(version));
    return columns;
}

} // namespace

Result<std::vector<MoneyColumnPtr>> MoneyColumns::columns(Connection &connection, const Dataset &dataset, const std::vector<int> &fields)
{
    // One read transaction: version, ids and rows belong together.
    if (auto done = connection.exec("BEGIN"); !done)
        return fail(done.error());
    const auto end = [&connection](auto result) {
        connection.exec("COMMIT");
        return result;
    };
    const auto record = readDataset(connection, dataset.layout.number());
    if (!record)
        return end(Result<std::vector<MoneyColumnPtr>>(fail(record.error())));
    const std::lock_guard lock(m_mutex);
    std::vector<int> missing;
    for (const int field : fields) {
        const auto &column = m_columns[field];
        if (!column || column->version != record->info.version)
            missing.push_back(field);
    }
    if (!missing.empty()) {
        auto loaded = loadColumns(connection, dataset, missing, record->nextId, record->info.version);
        if (!loaded)
            return end(std::move(loaded));
        for (size_t i = 0; i < missing.size(); ++i)
            m_columns[missing[i]] = (*loaded)[i];
    }
    std::vector<MoneyColumnPtr> result;
    for (const int field : fields)
        result.push_back(m_columns[field]);
    return end(Result<std::vector<MoneyColumnPtr>>(std::move(result)));
}

std::vector<MoneyTotals::Sum> &MoneyTotals::sums(const QString &currency)
{
    auto &sums = m_sums[currency];
    sums.resize(m_fields);
    return sums;
}

void MoneyTotals::add(size_t field, const QString &currency, qint64 units, qint32 nanos)
{
    sums(currency)[field].add(units, nanos);
}

void MoneyTotals::addColumn(size_t field, const MoneyColumn &column, const std::vector<quint32> &ids)
{
    std::array<Sum, 256> byCode{};
    for (const quint32 id : ids) {
        if (id < column.units.size()) // rows that came later than the column are in the next one
            byCode[column.currency[id]].add(column.units[id], column.nanos[id]);
    }
    for (size_t code = 0; code < column.currencies.size(); ++code) {
        if (byCode[code].rows)
            sums(column.currencies[code])[field] = byCode[code];
    }
}

Result<Decimal> MoneyTotals::decimalOf(const Sum &sum)
{
    Decimal::Coefficient whole = sum.high;
    whole = whole * (Decimal::Coefficient(1) << 32) + sum.low;
    return Decimal::fromParts(whole * 1'000'000'000 + sum.nanos, 9);
}

Result<std::vector<CurrencyTotal>> MoneyTotals::result() const
{
    std::vector<CurrencyTotal> totals;
    for (const auto &[currency, sums] : m_sums) {
        CurrencyTotal total{currency, 0, {}};
        for (const Sum &sum : sums) {
            const auto amount = decimalOf(sum);
            if (!amount)
                return fail(amount.error());
            total.sums.push_back(amount->normalized());
            total.rows = std::max(total.rows, sum.rows);
        }
        totals.push_back(std::move(total));
    }
    return totals;
}

} // namespace kboss
