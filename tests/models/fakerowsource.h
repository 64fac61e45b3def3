#pragma once

#include "app/cache/rowsource.h"

#include <QPromise>
#include <QThread>
#include <QThreadPool>
#include <algorithm>
#include <atomic>
#include <numeric>

namespace kboss {

// Rows made up on the spot from their numbers, answered from a thread pool: as many as wanted, in constant memory but for their order.
// Fields: name (text), balance (money), amount (integer). Row n has the key "k<n>". Grouped by "amount", row n is in group n % modulus; every tenth
// row is troubled, and group 3 is the one without a value.
class FakeRowSource : public RowSource {
public:
    using Order = std::shared_ptr<const std::vector<int>>;

    explicit FakeRowSource(int rows)
    {
        auto order = std::make_shared<std::vector<int>>(static_cast<size_t>(rows));
        std::iota(order->begin(), order->end(), 0);
        m_order = std::move(order);
        m_schema.resource = QStringLiteral("thing");
        m_schema.key = QStringLiteral("id");
        for (const auto &[id, type] : {std::pair{"id", FieldType::Text}, std::pair{"name", FieldType::Text}, std::pair{"balance", FieldType::Money},
                                       std::pair{"amount", FieldType::Integer}, std::pair{"api_pwd", FieldType::Secret}})
            m_schema.fields.push_back({QString::fromLatin1(id), QString::fromLatin1(id), type, false, {}});
    }

    void setRows(std::vector<int> rows) { m_order = std::make_shared<const std::vector<int>>(std::move(rows)); }
    const std::vector<int> &rows() const { return *m_order; }

    std::atomic<int> openDelayMs = 0, windowDelayMs = 0;
    std::atomic<bool> failing = false;
    std::atomic<int> modulus = 5;
    mutable std::atomic<int> windowsAsked = 0, opened = 0;

    static QString keyOf(int number) { return QStringLiteral("k%1").arg(number); }
    Row makeRow(int number) const
    {
        return {keyOf(number),
                {keyOf(number), QStringLiteral("算力账户 %1").arg(number), Money{QStringLiteral("CNY"), number, 0}, qint64(number), SecretMark()}};
    }

    template <class T, class F> static QFuture<Result<T>> later(F work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        QThreadPool::globalInstance()->start([promise, work] {
            promise->addResult(work());
            promise->finish();
        });
        return future;
    }

    const TableSchema &schema() const override { return m_schema; }
    QFuture<Result<std::vector<Row>>> firstRows(const RowQuery &query, int count, CancelToken) const override;
    QFuture<Result<RowViewPtr>> open(const RowQuery &query, CancelToken cancel) const override;

private:
    static Order sorted(const Order &order, const RowQuery &query)
    {
        const bool descending = !query.order.empty() && query.order.front().descending;
        auto result = std::make_shared<std::vector<int>>(*order);
        if (query.filter) // any filter: the even ones
            std::erase_if(*result, [](int number) { return number % 2 != 0; });
        if (descending)
            std::reverse(result->begin(), result->end());
        return result;
    }
    std::vector<RowGroup> grouped(std::vector<int> &order) const
    {
        const int parts = modulus;
        const auto rank = [parts](int number) { return number % parts == 3 ? parts : number % parts; };
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return rank(a) < rank(b); });
        std::vector<RowGroup> found;
        for (size_t i = 0; i < order.size(); ++i) {
            const int group = order[i] % parts;
            if (i == 0 || group != order[i - 1] % parts)
                found.push_back({group == 3 ? Value() : Value(qint64(group)), {}, static_cast<qint64>(i), 0, 0});
            ++found.back().count;
            found.back().troubled += order[i] % 10 == 0;
        }
        return found;
    }

    Order m_order;
    TableSchema m_schema;
    friend class FakeRowView;
};

class FakeRowView : public RowView, public std::enable_shared_from_this<FakeRowView> {
public:
    FakeRowView(const FakeRowSource *source, FakeRowSource::Order order, std::vector<RowGroup> groups)
        : m_source(source), m_order(std::move(order)), m_groups(std::move(groups))
    {
    }
    const std::vector<RowGroup> &groups() const override { return m_groups; }

    qint64 count() const override { return static_cast<qint64>(m_order->size()); }
    QFuture<Result<std::vector<Row>>> window(qint64 first, int wanted) const override
    {
        ++m_source->windowsAsked;
        return FakeRowSource::later<std::vector<Row>>([this, self = shared_from_this(), first, wanted]() -> Result<std::vector<Row>> {
            QThread::msleep(static_cast<unsigned long>(m_source->windowDelayMs.load()));
            std::vector<Row> rows;
            for (qint64 at = first; at < std::min(count(), first + wanted); ++at)
                rows.push_back(m_source->makeRow((*m_order)[static_cast<size_t>(at)]));
            return rows;
        });
    }
    QFuture<Result<std::vector<QString>>> keys(qint64 first, qint64 wanted) const override
    {
        return FakeRowSource::later<std::vector<QString>>([this, self = shared_from_this(), first, wanted]() -> Result<std::vector<QString>> {
            std::vector<QString> result;
            for (qint64 at = first; at < std::min(count(), first + wanted); ++at)
                result.push_back(FakeRowSource::keyOf((*m_order)[static_cast<size_t>(at)]));
            return result;
        });
    }
    QFuture<Result<qint64>> positionOf(const QString &key) const override
    {
        return FakeRowSource::later<qint64>([this, self = shared_from_this(), key]() -> Result<qint64> {
            const auto found = std::find(m_order->begin(), m_order->end(), key.mid(1).toInt());
            return found == m_order->end() ? -1 : found - m_order->begin();
        });
    }
    QFuture<Result<std::vector<CurrencyTotal>>> totals(const QStringList &) const override { return none(); }
    QFuture<Result<std::vector<CurrencyTotal>>> totals(const QStringList &, const std::vector<qint64> &) const override { return none(); }
    QFuture<Result<qint64>> forEach(std::function<bool(const std::vector<Row> &)> sink, CancelToken cancel) const override
    {
        return FakeRowSource::later<qint64>([this, self = shared_from_this(), sink, cancel]() -> Result<qint64> {
            qint64 done = 0;
            while (done < count()) {
                if (cancel.stop_requested())
                    return fail(ErrorKind::Cancelled, {});
                std::vector<Row> block;
                for (; done < count() && block.size() < 500; ++done)
                    block.push_back(m_source->makeRow((*m_order)[static_cast<size_t>(done)]));
                if (!sink(block))
                    break;
            }
            return done;
        });
    }

private:
    static QFuture<Result<std::vector<CurrencyTotal>>> none()
    {
        return FakeRowSource::later<std::vector<CurrencyTotal>>([]() -> Result<std::vector<CurrencyTotal>> { return std::vector<CurrencyTotal>(); });
    }

    const FakeRowSource *m_source;
    FakeRowSource::Order m_order;
    std::vector<RowGroup> m_groups;
};

inline QFuture<Result<std::vector<Row>>> FakeRowSource::firstRows(const RowQuery &query, int count, CancelToken) const
{
    return later<std::vector<Row>>([this, query, order = m_order, count]() -> Result<std::vector<Row>> {
        std::vector<Row> rows;
        const auto all = sorted(order, query);
        for (size_t at = 0; at < all->size() && at < static_cast<size_t>(count); ++at)
            rows.push_back(makeRow((*all)[at]));
        return rows;
    });
}

inline QFuture<Result<RowViewPtr>> FakeRowSource::open(const RowQuery &query, CancelToken cancel) const
{
    ++opened;
    const int delay = openDelayMs; // of this call, however late it is worked on
    return later<RowViewPtr>([this, query, order = m_order, cancel, delay]() -> Result<RowViewPtr> {
        QThread::msleep(static_cast<unsigned long>(delay));
        if (cancel.stop_requested())
            return fail(ErrorKind::Cancelled, {});
        if (failing)
            return fail(ErrorKind::Storage, QStringLiteral("disk gone"));
        if (query.grouping.field.isEmpty())
            return std::make_shared<FakeRowView>(this, sorted(order, query), std::vector<RowGroup>());
        auto rows = std::make_shared<std::vector<int>>(*sorted(order, query));
        auto groups = grouped(*rows);
        return std::make_shared<FakeRowView>(this, std::move(rows), std::move(groups));
    });
}

} // namespace kboss
