#include "models/viewswap.h"

#include "app/base/watchresult.h"

#include <limits>

namespace kboss {

namespace {

constexpr int mergeGap = 500; // rows nearer than this are asked for in one stretch
constexpr int mostStretches = 16;
constexpr qint64 longestNearby = 20'000, nearbyMargin = 500;
constexpr int mostSingles = 200;

struct Stretch {
    int first, last;
};

std::vector<Stretch> stretches(const std::set<int> &rows)
{
    std::vector<Stretch> result;
    for (const int row : rows) {
        if (!result.empty() && row - result.back().last <= mergeGap)
            result.back().last = row;
        else
            result.push_back({row, row});
    }
    return result;
}

} // namespace

ViewSwap::ViewSwap(RowViewPtr before, RowViewPtr after, std::function<void()> done, QObject *parent)
    : QObject(parent), m_before(std::move(before)), m_after(std::move(after)), m_done(std::move(done))
{
}

template <class T, class F> void ViewSwap::await(QFuture<Result<T>> future, F handler)
{
    ++m_pending;
    watchResult(std::move(future), this, [this, handler](const Result<T> &result) {
        if (result) {
            handler(*result);
        } else {
            m_failed = true;
            m_error = result.error();
        }
        stepDone();
    });
}

void ViewSwap::gather(const std::set<int> &rows, const QHash<int, QString> &known, const QList<int> &pages, int pageSize)
{
    m_step = 0;
    ++m_pending; // held until all of the first step is asked
    std::set<int> unknown;
    for (const int row : rows) {
        m_asked.insert(row);
        if (const auto key = known.constFind(row); key != known.constEnd())
            m_keys.insert(row, *key);
        else
            unknown.insert(row);
    }
    askOldKeys(unknown);
    for (const int page : pages) {
        const qint64 first = qint64(page) * pageSize;
        if (first < m_after->count())
            await<std::vector<Row>>(m_after->window(first, pageSize), [this, page](const std::vector<Row> &found) { m_pages.insert(page, found); });
    }
    stepDone();
}

void ViewSwap::askOldKeys(const std::set<int> &rows)
{
    if (!m_before)
        return;
    auto runs = stretches(rows);
    if (runs.size() > mostStretches)
        runs.resize(mostStretches);
    for (const Stretch run : runs) {
        await<std::vector<QString>>(m_before->keys(run.first, run.last - run.first + 1), [this, run](const std::vector<QString> &keys) {
            for (size_t i = 0; i < keys.size(); ++i) {
                const int row = run.first + static_cast<int>(i);
                if (m_asked.contains(row))
                    m_keys.insert(row, keys[i]);
            }
        });
    }
}

void ViewSwap::askNearby()
{
    if (m_keys.isEmpty())
        return;
    qint64 first = std::numeric_limits<qint64>::max(), last = 0;
    QSet<QString> wanted;
    for (auto it = m_keys.constBegin(); it != m_keys.constEnd(); ++it) {
        first = std::min<qint64>(first, it.key());
        last = std::max<qint64>(last, it.key());
        wanted.insert(it.value());
    }
    first = std::max<qint64>(0, first - nearbyMargin);
    last = std::min(m_after->count() - 1, last + nearbyMargin);
    if (last < first || last - first > longestNearby)
        return;
    await<std::vector<QString>>(m_after->keys(first, last - first + 1), [this, first, wanted](const std::vector<QString> &keys) {
        for (size_t i = 0; i < keys.size(); ++i) {
            if (wanted.contains(keys[i]))
                m_positions.insert(keys[i], first + static_cast<qint64>(i));
        }
    });
}

void ViewSwap::askOneByOne()
{
    int singles = 0;
    for (const QString &key : std::as_const(m_keys)) {
        if (key.isEmpty() || m_positions.contains(key))
            continue;
        if (++singles > mostSingles)
            return;
        await<qint64>(m_after->positionOf(key), [this, key](qint64 position) { m_positions.insert(key, position); });
    }
}

void ViewSwap::stepDone()
{
    if (--m_pending > 0)
        return;
    ++m_step;
    if (m_step > 2) {
        m_done();
        return;
    }
    ++m_pending;
    if (m_step == 1)
        askNearby();
    else
        askOneByOne();
    stepDone();
}

int ViewSwap::newRow(int oldRow) const
{
    const auto key = m_keys.constFind(oldRow);
    const qint64 position = key == m_keys.constEnd() ? -1 : m_positions.value(*key, -1);
    return position > std::numeric_limits<int>::max() ? -1 : static_cast<int>(position);
}

} // namespace kboss
