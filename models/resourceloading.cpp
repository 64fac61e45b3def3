#include "models/resourcemodelprivate.h"

#include "app/base/watchresult.h"

#include <limits>

namespace kboss {

namespace {

constexpr int mostInFlight = 2;
constexpr int mostWanted = 6;
constexpr int mostRemembered = 5000; // rows whose selection is followed through a change
constexpr int longestGap = 1000; // between two remembered rows that may be the ends of a selected range
constexpr int visiblePages = 2;

} // namespace

ResourceModel::Private::Private(ResourceModel *model, const ResourceType &resource, const Clock &time, QTimeZone timeZone)
    : q(model), type(resource), formatter(resource), clock(time), zone(std::move(timeZone))
{
    query.order = parseOrderBy(type.defaultOrder).value_or(std::vector<SortKey>{});
}

void ResourceModel::Private::setState(State next)
{
    if (state == next)
        return;
    state = next;
    Q_EMIT q->stateChanged();
}

void ResourceModel::Private::failWith(const Error &reason)
{
    if (reason.kind == ErrorKind::Cancelled)
        return;
    error = reason;
    state = State::Failed;
    Q_EMIT q->stateChanged();
}

void ResourceModel::Private::begin()
{
    ++generation;
    cancel.request_stop();
    cancel = CancelSource();
    delete swap;
    wanted.clear();
    broken.clear();
    error = {};
    firstRowsAnnounced = false;
    if (!source) {
        setState(State::Idle);
        return;
    }
    setState(State::Loading);
    if (count == 0 && query.grouping.field.isEmpty()) // groups are known with the whole view
        startFirstRows(cancel.get_token());
    startOpen(cancel.get_token());
}

void ResourceModel::Private::startFirstRows(CancelToken token)
{
    watchResult(source->firstRows(query, RowWindow::pageSize, token), q, [this, asked = generation](Result<std::vector<Row>> rows) {
        if (asked == generation && state == State::Loading && rows && !rows->empty() && count == 0)
            showFirstRows(*std::move(rows));
    });
}

void ResourceModel::Private::startOpen(CancelToken token)
{
    watchResult(source->open(query, token), q, [this, asked = generation](const Result<RowViewPtr> &opened) {
        if (asked != generation)
            return;
        if (opened)
            viewOpened(*opened);
        else
            failWith(opened.error());
    });
}

void ResourceModel::Private::showFirstRows(std::vector<Row> rows)
{
    q->beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
    count = static_cast<int>(rows.size());
    lines = GroupLayout(count, lines.collapsed());
    window.put(0, std::move(rows));
    q->endInsertRows();
    setState(State::Ready);
    announceFirstRows();
}

void ResourceModel::Private::announceFirstRows()
{
    if (std::exchange(firstRowsAnnounced, true))
        return;
    Q_EMIT q->firstRowsShown(std::min(count, RowWindow::pageSize));
}

void ResourceModel::Private::viewOpened(RowViewPtr opened)
{
    delete swap;
    swap = new ViewSwap(
        view, std::move(opened), [this] { finishSwap(); }, q);
    swapRounds = 0;
    gatherForSwap();
}

// Positions of the rows that somebody holds on to (current, selected, top of the screen), with what may lie selected between them.
std::set<int> ResourceModel::Private::rememberedPositions() const
{
    std::set<int> held;
    for (const QModelIndex &index : q->persistentIndexList()) {
        if (const qint64 position = lines.positionOf(index.row()); position >= 0)
            held.insert(static_cast<int>(position));
    }
    std::set<int> rows = held;
    int before = -1;
    for (const int row : held) {
        if (before >= 0 && row - before <= longestGap) {
            for (int between = before + 1; between < row && rows.size() < mostRemembered; ++between)
                rows.insert(between);
        }
        before = row;
    }
    return rows;
}

void ResourceModel::Private::gatherForSwap()
{
    std::set<int> rows;
    QHash<int, QString> known;
    for (const int row : rememberedPositions()) {
        if (swap->knows(row))
            continue;
        rows.insert(row);
        if (const auto *held = std::as_const(window).line(row); held && !held->row.key.isEmpty())
            known.insert(row, held->row.key);
    }
    QList<int> pages;
    if (swapRounds == 0) {
        pages = window.recentPages(visiblePages);
        if (pages.isEmpty())
            pages.append(0);
    }
    swap->gather(rows, known, pages, RowWindow::pageSize);
}

void ResourceModel::Private::finishSwap()
{
    if (swap->failed()) {
        const Error reason = swap->error();
        swap->deleteLater();
        swap = nullptr;
        failWith(reason);
        return;
    }
    bool complete = true;
    for (const int row : rememberedPositions())
        complete = complete && swap->knows(row);
    if (!complete && ++swapRounds < 4) { // somebody selected more meanwhile
        gatherForSwap();
        return;
    }
    applySwap();
}

void ResourceModel::Private::applySwap()
{
    ViewSwap *done = std::exchange(swap, nullptr);
    const bool sameField = groupedBy == query.grouping.field; // what was collapsed is known by values of the field
    relayout(
        GroupLayout(done->after().get(), sameField ? lines.collapsed() : QSet<QString>()),
        [done](qint64 position) { return done->newRow(static_cast<int>(position)); },
        [this, done] {
            view = done->after();
            groupedBy = query.grouping.field;
            inFlight.clear();
            window.clear();
            auto pages = done->takePages();
            for (auto it = pages.begin(); it != pages.end(); ++it)
                window.put(it.key(), std::move(it.value()));
        });
    done->deleteLater();
    setState(State::Ready);
    announceFirstRows();
    Q_EMIT q->opened(view->count());
}

void ResourceModel::Private::touch(int position)
{
    const int page = RowWindow::pageOf(position);
    if (page != lastPage) {
        const int direction = page > lastPage ? 1 : -1;
        lastPage = page;
        window.touch(page);
        want(page + 2 * direction, false);
    }
    if (!window.has(page))
        want(page, true);
    const bool upper = position % RowWindow::pageSize < RowWindow::pageSize / 2;
    want(upper ? page - 1 : page + 1, false);
}

void ResourceModel::Private::want(int page, bool visible)
{
    if (!view || page < 0 || qint64(page) * RowWindow::pageSize >= view->count() || window.has(page) || inFlight.contains(page)
        || broken.contains(page))
        return;
    if (!visible && wanted.contains(page))
        return;
    wanted.removeOne(page);
    wanted.insert(visible ? wanted.size() : 0, page);
    if (wanted.size() > mostWanted)
        wanted.removeFirst();
    if (!std::exchange(pumpQueued, true))
        QMetaObject::invokeMethod(
            q, [this] { pump(); }, Qt::QueuedConnection);
}

void ResourceModel::Private::pump()
{
    pumpQueued = false;
    while (view && inFlight.size() < mostInFlight && !wanted.isEmpty()) {
        const int page = wanted.takeLast();
        inFlight.insert(page);
        const RowViewPtr from = view;
        watchResult(from->window(qint64(page) * RowWindow::pageSize, RowWindow::pageSize), q,
                    [this, page, from](Result<std::vector<Row>> rows) { pageArrived(page, from, std::move(rows)); });
    }
}

void ResourceModel::Private::pageArrived(int page, const RowViewPtr &from, Result<std::vector<Row>> rows)
{
    if (from != view)
        return;
    inFlight.remove(page);
    if (!rows) {
        broken.insert(page);
        failWith(rows.error());
        return;
    }
    window.put(page, *std::move(rows));
    pageChanged(page);
    pump();
}

const RowWindow::Line *ResourceModel::Private::line(int row)
{
    const int position = row < count ? static_cast<int>(lines.positionOf(row)) : -1;
    if (position < 0)
        return nullptr;
    touch(position);
    auto *held = window.line(position);
    if (held && held->cells.empty())
        held->cells = formatter.format(held->row, context());
    return held;
}

void ResourceModel::Private::pageChanged(int page, const QList<int> &roles)
{
    const qint64 from = qint64(page) * RowWindow::pageSize;
    const int first = lines.lineOf(from), last = lines.lineOf(from + window.rowCountOf(page) - 1);
    if (first >= 0 && last >= first && last < count)
        Q_EMIT q->dataChanged(q->index(first, 0), q->index(last, q->columnCount() - 1), roles);
}

void ResourceModel::Private::cellsChanged()
{
    window.forgetCells();
    for (const int page : window.pages())
        pageChanged(page);
}

// One range a page, not one a row: a thousand rows that changed are told in a dozen steps.
void ResourceModel::Private::touchedRowsChanged(const QSet<QString> &keys)
{
    for (const int page : window.pages()) {
        int first = -1, last = -1;
        for (int i = 0; i < window.rowCountOf(page); ++i) {
            const int position = page * RowWindow::pageSize + i;
            if (!keys.contains(std::as_const(window).line(position)->row.key))
                continue;
            last = lines.lineOf(position);
            first = first < 0 ? last : first;
        }
        if (first >= 0 && last >= first && last < count)
            Q_EMIT q->dataChanged(q->index(first, 0), q->index(last, q->columnCount() - 1), {ChangedRole});
    }
}

void ResourceModel::Private::glowEnded(const QSet<QString> &keys)
{
    for (const QString &key : keys) {
        const auto found = glowing.find(key);
        if (found != glowing.end() && --found.value() <= 0)
            glowing.erase(found);
    }
    touchedRowsChanged(keys);
}

} // namespace kboss
