#pragma once

#include "models/grouplayout.h"
#include "models/resourcemodel.h"
#include "models/rowwindow.h"
#include "models/viewswap.h"

#include <QPointer>

namespace kboss {

// How the model loads: pages on demand, newest wish first; a new view is changed over to in one step when its visible rows are there.
struct ResourceModel::Private {
    Private(ResourceModel *model, const ResourceType &resource, const Clock &time, QTimeZone timeZone);

    void begin(); // ask for the query's rows anew; what is shown stays until they come
    void startFirstRows(CancelToken token);
    void startOpen(CancelToken token);
    void showFirstRows(std::vector<Row> rows);
    void viewOpened(RowViewPtr opened);
    void gatherForSwap();
    void finishSwap();
    void applySwap();
    // Changes over to other lines; `newPosition` says where the row of an old position went (-1 = nowhere). `between` runs while views expect change.
    void relayout(GroupLayout next, const std::function<int(qint64)> &newPosition, const std::function<void()> &between);
    void pageChanged(int page, const QList<int> &roles = {}); // tells who shows it
    void failWith(const Error &reason);
    void setState(State next);
    void announceFirstRows();

    void touch(int position);
    void want(int page, bool visible);
    void pump();
    void pageArrived(int page, const RowViewPtr &from, Result<std::vector<Row>> rows);

    const RowWindow::Line *line(int row);
    FormatContext context() const { return {zone, clock.nowMs()}; }
    void cellsChanged();
    void glowEnded(const QSet<QString> &keys);
    void touchedRowsChanged(const QSet<QString> &keys);
    std::set<int> rememberedPositions() const;

    ResourceModel *q;
    const ResourceType &type;
    RowFormatter formatter;
    const Clock &clock;
    QTimeZone zone;

    RowSourcePtr source;
    RowQuery query;
    RowViewPtr view;
    State state = State::Idle;
    Error error;
    int count = 0; // lines
    GroupLayout lines;
    QString groupedBy; // the field of `lines`
    quint64 generation = 0; // answers of an older one are dropped
    CancelSource cancel;
    bool firstRowsAnnounced = false;

    RowWindow window;
    QList<int> wanted; // the last is fetched first
    QSet<int> inFlight;
    QSet<int> broken; // could not be read; not asked for again before the next begin()
    bool pumpQueued = false;
    int lastPage = 0;

    QPointer<ViewSwap> swap;
    int swapRounds = 0;
    QHash<QString, int> glowing; // key -> how many notes of it still glow
};

} // namespace kboss
