#include "models/clusterwatch.h"

#include "app/base/watchresult.h"

#include <algorithm>

namespace kboss {

using Of = ClusterChange::Of;

ClusterWatch::ClusterWatch(CacheStore *store, const QString &clusterKey, QObject *parent) : QObject(parent), m_store(store), m_clusterKey(clusterKey)
{
    connect(store, &CacheStore::datasetChanged, this, [this](const DatasetId &id) {
        for (const Of of : {Of::Cluster, Of::Node, Of::Pod}) {
            if (list(of).type && list(of).id == id)
                check(of);
        }
    });
}

void ClusterWatch::follow(Of of, const ResourceType &type, const DatasetId &id)
{
    list(of).type = &type;
    list(of).id = id;
}

void ClusterWatch::markSeen(qint64 nowMs)
{
    m_changes.markSeen(nowMs);
    Q_EMIT changed();
}

void ClusterWatch::check(Of of)
{
    List &one = list(of);
    if (!one.type)
        return;
    if (one.asking) {
        one.again = true;
        return;
    }
    one.asking = true;
    watchResult(m_store->info(one.id), this, [this, of](const Result<DatasetInfo> &info) {
        if (info && info->complete && info->fetchedMs > m_changes.knownTo(of))
            ask(of, *info);
        else
            done(of);
    });
}

void ClusterWatch::done(Of of)
{
    list(of).asking = false;
    if (std::exchange(list(of).again, false))
        check(of);
}

void ClusterWatch::ask(Of of, const DatasetInfo &info)
{
    const qint64 from = m_changes.knownTo(of);
    if (from == 0) { // the first look only learns
        m_changes.setKnownTo(of, info.fetchedMs);
        Q_EMIT changed();
        done(of);
        return;
    }
    watchResult(m_store->changes(list(of).id, from, info.fetchedMs, mostRows), this, [this, of, info](const Result<std::vector<RowChange>> &rows) {
        if (rows)
            take(of, info, *rows);
        done(of);
    });
}

void ClusterWatch::take(Of of, const DatasetInfo &info, const std::vector<RowChange> &rows)
{
    const auto isNew = [](const RowChange &change) { return change.kind == RowChange::Kind::Added; };
    const bool readAnew = static_cast<qint64>(rows.size()) >= std::min<qint64>(info.rows, mostRows)
        && std::all_of(rows.begin(), rows.end(), isNew); // the copy was lost: nothing is known of before
    const auto own = std::find_if(rows.begin(), rows.end(), [this](const RowChange &change) { return change.key == m_clusterKey; });
    if (rows.empty() || readAnew || (of == Of::Cluster && own == rows.end())) {
        m_changes.setKnownTo(of, info.fetchedMs);
        return;
    }
    if (of == Of::Cluster)
        m_changes.take(of, *list(of).type, {*own}, info.fetchedMs);
    else
        m_changes.take(of, *list(of).type, rows, info.fetchedMs, rows.size() >= mostRows);
    Q_EMIT changed();
}

} // namespace kboss
