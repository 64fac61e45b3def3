#pragma once

#include "app/cache/cachestore.h"
#include "models/resourcetype.h"

#include <QJsonObject>

namespace kboss {

// What changed in a cluster since somebody looked last: on itself, its nodes, its pods. Values; GUI thread, for the words.

struct ClusterChange {
    enum class Of { Cluster, Node, Pod };

    qint64 ms = 0; // when it was noticed
    Tone tone = Tone::Info;
    Of of = Of::Node;
    QString key; // of the row; empty where several are told as one
    QString name, title, text; // "h-03", "Node not ready", "Ready → Not ready"
    friend bool operator==(const ClusterChange &, const ClusterChange &) = default;
};

// The changes not marked as seen, the newest first, and up to when the history of each list was looked through. Survives a restart as JSON.
class ClusterChanges {
public:
    using Of = ClusterChange::Of;
    static constexpr size_t most = 200; // the newest
    static constexpr size_t foldFrom = 20; // more of one kind at once are one line

    // Rows of the view "compute-cluster", "cluster-worker" or "cluster-pod" that changed up to `nowMs`; `more` = others changed as well.
    void take(Of of, const ResourceType &type, const std::vector<RowChange> &rows, qint64 nowMs, bool more = false);
    const std::vector<ClusterChange> &changes() const { return m_changes; }

    qint64 knownTo(Of of) const { return m_knownTo[static_cast<size_t>(of)]; } // 0 = never looked: the first look only learns
    void setKnownTo(Of of, qint64 ms);
    qint64 sinceMs() const { return m_sinceMs; } // the first look, or when they were last marked as seen
    void markSeen(qint64 nowMs);

    QJsonObject save() const;
    void restore(const QJsonObject &stored);

private:
    std::vector<ClusterChange> m_changes;
    qint64 m_knownTo[3] = {0, 0, 0};
    qint64 m_sinceMs = 0;
};

} // namespace kboss
