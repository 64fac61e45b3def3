#pragma once

#include "models/clusterchanges.h"
#include "ui/appcontext.h"
#include "ui/page.h"

class QHBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QSplitter;

namespace kboss {

class Chip;
class ResourceView;
class RowsFeed;
class UsageTile;

// One cluster as a dashboard: what it has and uses, its workers and pods live, and what changed on its nodes since the last look. GUI thread; owned by the window.
class ClusterPage : public Page {
    Q_OBJECT
public:
    ClusterPage(const QString &centerId, const QString &clusterId, const AppContext &context, QWidget *parent = nullptr);
    ~ClusterPage() override;

    QString pageId() const override; // "cluster/<center>/<cluster>"
    QString title() const override;
    State state() const override;
    qint64 rows() const override; // nodes
    Freshness freshness() const override;
    QList<QAction *> pageActions() const override;
    void setShown(bool shown) override;
    void retranslate() override;

    ResourceView *workers() const { return m_workers; }
    ResourceView *pods() const { return m_pods; }
    const std::vector<ClusterChange> &changes() const { return m_changes.changes(); }

private:
    void build();
    QWidget *buildHead();
    QWidget *buildChanges();
    void updateCluster();
    void updateTiles();
    void updateChanges();
    void takeWorkers();
    const Row *row() const; // of the cluster; null while it is not known
    QString text(const char *field) const;
    Decimal number(const char *field) const;
    void setTile(UsageTile *tile, const QString &title, const char *total, const char *asked, const char *used, const QString &unit);

    AppContext m_context;
    QString m_centerId, m_clusterId, m_settingsKey;
    RowsFeed *m_cluster, *m_members;
    ResourceView *m_workers, *m_pods;
    ClusterChanges m_changes;
    QLabel *m_title, *m_meta, *m_changesTitle;
    Chip *m_state, *m_freshness;
    UsageTile *m_cpu, *m_memory, *m_gpu, *m_podTile;
    QListWidget *m_list;
    QPushButton *m_read;
    QSplitter *m_lists = nullptr;
    bool m_told = false;
};

} // namespace kboss
