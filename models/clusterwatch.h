#pragma once

#include "models/clusterchanges.h"

#include <QObject>

namespace kboss {

// Keeps a cluster's changes up with the local copy: what became of the rows of its lists between two readings is asked of the copy's history, on the
// store's threads, however many rows there are. Also tells what happened while nobody looked, as far as the copy knows. GUI thread.
class ClusterWatch : public QObject {
    Q_OBJECT
public:
    static constexpr int mostRows = 500; // looked at between two readings; of more it says "500+"

    ClusterWatch(CacheStore *store, const QString &clusterKey, QObject *parent = nullptr);

    void follow(ClusterChange::Of of, const ResourceType &type, const DatasetId &id); // before anything else; the type outlives this
    void restore(const QJsonObject &stored) { m_changes.restore(stored); }
    QJsonObject save() const { return m_changes.save(); }
    const ClusterChanges &changes() const { return m_changes; }
    void markSeen(qint64 nowMs);
    void check(ClusterChange::Of of); // its dataset may have other rows

Q_SIGNALS:
    void changed(); // what save() answers

private:
    struct List {
        const ResourceType *type = nullptr;
        DatasetId id;
        bool asking = false, again = false;
    };

    void ask(ClusterChange::Of of, const DatasetInfo &info);
    void take(ClusterChange::Of of, const DatasetInfo &info, const std::vector<RowChange> &rows);
    void done(ClusterChange::Of of);
    List &list(ClusterChange::Of of) { return m_lists[static_cast<size_t>(of)]; }

    CacheStore *m_store;
    QString m_clusterKey;
    List m_lists[3];
    ClusterChanges m_changes;
};

} // namespace kboss
