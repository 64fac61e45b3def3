#pragma once

#include "app/cache/layout.h"
#include "app/cache/rowsource.h"
#include "app/cache/sqlite.h"

#include <map>
#include <mutex>

namespace kboss {

// One Money field of all rows by row id, for totals: 13 bytes a row. Immutable once built.
struct MoneyColumn {
    static constexpr quint8 absent = 255; // null, misfit or no such row; currencies beyond 254 make build() fail
    std::vector<qint64> units;
    std::vector<qint32> nanos;
    std::vector<quint8> currency; // index into currencies
    std::vector<QString> currencies;
    qint64 version = -1; // of the dataset's rows
};
using MoneyColumnPtr = std::shared_ptr<const MoneyColumn>;

// The Money columns of one dataset that totals have asked for. Views keep it alive; a change of rows makes columns load anew.
class MoneyColumns {
public:
    // In the order asked for; all of one version. Reads the table once for the columns that are missing. A scanning thread.
    Result<std::vector<MoneyColumnPtr>> columns(Connection &connection, const Dataset &dataset, const std::vector<int> &fields);

private:
    std::mutex m_mutex;
    std::map<int, MoneyColumnPtr> m_columns; // by field
};

// Exact sums by currency. Any number of rows: int64 parts are split, nothing overflows.
class MoneyTotals {
public:
    explicit MoneyTotals(size_t fields) : m_fields(fields) { }
    void add(size_t field, const QString &currency, qint64 units, qint32 nanos);
    void addColumn(size_t field, const MoneyColumn &column, const std::vector<quint32> &ids);
    Result<std::vector<CurrencyTotal>> result() const; // by currency name; `rows` = the most values one field has in it

private:
    struct Sum {
        qint64 high = 0; // units / 2^32, rounded down
        quint64 low = 0; // units % 2^32
        qint64 nanos = 0;
        qint64 rows = 0;
        void add(qint64 units, qint32 parts)
        {
            high += units >> 32;
            low += static_cast<quint64>(units) & 0xffffffffU;
            nanos += parts;
            ++rows;
        }
    };
    std::vector<Sum> &sums(const QString &currency);
    static Result<Decimal> decimalOf(const Sum &sum);

    size_t m_fields;
    std::map<QString, std::vector<Sum>> m_sums;
};

} // namespace kboss
