#pragma once

#include "app/cache/rowsource.h"

#include <QHash>
#include <QObject>
#include <set>

namespace kboss {

// Everything a table needs to change over to a newly opened view in one step: where its few remembered rows went, and the rows on screen.
// Lives on the GUI thread, asks both views off it, and calls `done` once for each gather(). Dropping it drops late answers.
class ViewSwap : public QObject {
public:
    ViewSwap(RowViewPtr before, RowViewPtr after, std::function<void()> done, QObject *parent);

    // Adds to what is known: the keys of old rows, those of `known` without asking, then their new positions; and new pages.
    void gather(const std::set<int> &rows, const QHash<int, QString> &known, const QList<int> &pages, int pageSize);

    const RowViewPtr &after() const { return m_after; }
    bool knows(int oldRow) const { return m_asked.contains(oldRow); }
    int newRow(int oldRow) const; // -1 = gone, or too far away to look for
    QHash<int, std::vector<Row>> takePages() { return std::exchange(m_pages, {}); }
    const Error &error() const { return m_error; }
    bool failed() const { return m_failed; }

private:
    template <class T, class F> void await(QFuture<Result<T>> future, F handler);
    void stepDone();
    void askOldKeys(const std::set<int> &rows);
    void askNearby();
    void askOneByOne();

    RowViewPtr m_before, m_after;
    std::function<void()> m_done;
    std::set<int> m_asked;
    QHash<int, QString> m_keys; // old row -> key
    QHash<QString, qint64> m_positions; // key -> new row
    QHash<int, std::vector<Row>> m_pages;
    Error m_error;
    bool m_failed = false;
    int m_pending = 0;
    int m_step = 0;
};

} // namespace kboss
