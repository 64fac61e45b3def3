#pragma once

#include "app/base/canceltoken.h"
#include "app/base/filter.h"
#include "app/base/freshness.h"
#include "app/base/result.h"
#include "app/base/value.h"

#include <QFuture>
#include <functional>
#include <memory>

namespace kboss {

// Rows of one group stand together, groups in the order of their values, the one without a value last.
struct RowGrouping {
    QString field; // empty = none; no Money, no Secret
    QString title; // a text field whose first value in the group names it, or empty
    FilterPtr troubled; // which rows are counted as troubled; null = none

    friend bool operator==(const RowGrouping &a, const RowGrouping &b)
    {
        return a.field == b.field && a.title == b.title && sameFilter(a.troubled, b.troubled);
    }
};

// Which rows, in which order, of which moment.
struct RowQuery {
    FilterPtr filter; // null = all
    std::vector<SortKey> order; // the key is appended as the last sort key by the source
    qint64 asOfMs = 0; // 0 = now
    RowGrouping grouping = {}; // comes before the order
};

struct RowGroup {
    Value value; // of the grouping's field
    QString title; // empty where the rows have none
    qint64 first = 0, count = 0, troubled = 0; // position of its first row
};

struct CurrencyTotal {
    QString currency;
    qint64 rows = 0;
    std::vector<Decimal> sums; // in the order of the fields asked for
};

// One prepared view of a dataset: the order of all matching rows is fixed when it is opened, so positions mean the same row until it is
// dropped, whatever is written meanwhile; rows read later show their newest values (as-of queries: those of their moment).
// Immutable; shared; its functions run on the store's reader threads and are safe to call from any thread.
class RowView {
public:
    virtual ~RowView() = default;
    static constexpr size_t mostGroups = 20'000; // a field with more values than these does not group: groups() is empty then

    virtual qint64 count() const = 0;
    virtual const std::vector<RowGroup> &groups() const // counted when the view was opened; empty without a grouping
    {
        static const std::vector<RowGroup> none;
        return none;
    }
    virtual QFuture<Result<std::vector<Row>>> window(qint64 first, int count) const = 0; // a row deleted meanwhile has an empty key
    virtual QFuture<Result<std::vector<QString>>> keys(qint64 first, qint64 count) const = 0;
    virtual QFuture<Result<qint64>> positionOf(const QString &key) const = 0; // -1 = not among them
    // Exact sums of Money fields grouped by each field's own currency, over all matching rows, or over the positions given.
    virtual QFuture<Result<std::vector<CurrencyTotal>>> totals(const QStringList &moneyFields) const = 0;
    virtual QFuture<Result<std::vector<CurrencyTotal>>> totals(const QStringList &moneyFields, const std::vector<qint64> &positions) const = 0;
    // All rows in order, in blocks, on a reader thread, until the sink returns false or the token stops: for export. Constant memory.
    virtual QFuture<Result<qint64>> forEach(std::function<bool(const std::vector<Row> &)> sink, CancelToken cancel = {}) const = 0;
};
using RowViewPtr = std::shared_ptr<const RowView>;

// Where a table's rows come from: SQLite now, a columnar index later; same answers from both. Any thread.
class RowSource {
public:
    virtual ~RowSource() = default;
    virtual const TableSchema &schema() const = 0;
    // Two answers to a question: firstRows at once (first window and, when cheap, the count), then the whole view. Cancelled when a newer one
    // replaces it.
    virtual QFuture<Result<std::vector<Row>>> firstRows(const RowQuery &query, int count, CancelToken cancel = {}) const = 0;
    virtual QFuture<Result<RowViewPtr>> open(const RowQuery &query, CancelToken cancel = {}) const = 0;
};
using RowSourcePtr = std::shared_ptr<const RowSource>;

} // namespace kboss
