#pragma once

#include "models/clusterwatch.h"
#include "ui/appcontext.h"
#include "ui/page.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QSplitter;

namespace kboss {

class Chip;
class ClusterChangeList;
class PodStates;
class ResourceView;
class RowsFeed;
class UsageTile;

// One cluster as a dashboard: what it has and uses, its workers and pods live, and what changed on it, its nodes and its pods since the last look. GUI thread; owned by the window.
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
    const std::vector<ClusterChange> &changes() const { return m_watch->changes().changes(); }

private:
    void build();
    QWidget *buildHead();
    QWidget *buildChanges();
    void updateCluster();
    void updateTiles();
    void updateChanges();
    void watchChanges();
    void goTo(const ClusterChange &change);
    void setPodTile();
    const Row *row() const; // of the cluster; null while it is not known
    QString text(const char *field) const;
    Decimal number(const char *field) const;
    void setTile(UsageTile *tile, const QString &title, const char *total, const char *asked, const char *used, const QString &unit);

    AppContext m_context;
    QString m_centerId, m_clusterId, m_settingsKey;
    RowsFeed *m_cluster, *m_members;
    ResourceView *m_workers, *m_pods;
    QLabel *m_title, *m_meta, *m_changesTitle;
    Chip *m_state, *m_freshness;
    UsageTile *m_cpu, *m_memory, *m_gpu, *m_podTile;
    ClusterChangeList *m_list;
    QPushButton *m_read;
    QLabel *m_since;
    ClusterWatch *m_watch;
    PodStates *m_podStates;
    QSplitter *m_lists = nullptr;
    bool m_told = false;
};

} // namespace kboss
