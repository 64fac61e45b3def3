#pragma once

#include "models/resourcetype.h"

#include <QJsonObject>

namespace kboss {

// What changed on the nodes of a cluster since somebody looked last. Values; any thread.

struct ClusterChange {
    qint64 ms = 0; // when it was noticed
    Tone tone = Tone::Info;
    QString node, title, text; // "h-03", "Node not ready", "Ready → Not ready"
    friend bool operator==(const ClusterChange &, const ClusterChange &) = default;
};

// Keeps the last known state of each node and the changes not marked as read. Survives a restart as JSON.
class ClusterChanges {
public:
    static constexpr size_t most = 200; // the newest

    // Rows of the view "cluster-worker". The first look only learns; nothing is a change then.
    bool take(const ResourceType &type, const std::vector<Row> &rows, qint64 nowMs); // true: something changed
    const std::vector<ClusterChange> &changes() const { return m_changes; } // the newest first
    void markRead() { m_changes.clear(); }

    QJsonObject save() const;
    void restore(const QJsonObject &stored);

private:
    void note(qint64 nowMs, Tone tone, const QString &node, const QString &title, const QString &text);
    void compare(const QString &node, const QJsonObject &before, const QJsonObject &after, const ResourceType &type, qint64 nowMs);

    QHash<QString, QJsonObject> m_known; // by node
    std::vector<ClusterChange> m_changes;
    bool m_learned = false;
};

} // namespace kboss
