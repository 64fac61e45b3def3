#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QSplitter;
class QStackedWidget;

namespace kboss {

class DetailsPanel;
class ResourceView;

// A master list above and the list of what belongs to the chosen row below: compute centers and their nodes. One details panel at the right
// for whichever list was used last. GUI thread; owned by the window.
class CentersPage : public Page {
    Q_OBJECT
public:
    // `master` and `detail` are views whose detail.parent == master.id ("compute-center", "compute-node").
    CentersPage(const ResourceType &master, const ResourceType &detail, const AppContext &context, QWidget *parent = nullptr);
    ~CentersPage() override;

    QString pageId() const override; // the master's id
    QString title() const override;
    State state() const override;
    qint64 rows() const override; // of the master
    Freshness freshness() const override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void setShown(bool shown) override;
    bool hasUnsaved() const override;
    void retranslate() override;
    bool showRow(const QString &resource, const QString &key) override;

    // For pictures: "edit" (a center), "node-edit", "node-create", "filter" (nodes), "details"; "" closes them.
    bool showForTour(const QString &variant) override;

    ResourceView *masterView() const { return m_master; }
    ResourceView *detailView() const { return m_detail; }
    DetailsPanel *masterPanel() const { return m_masterPanel; }
    DetailsPanel *detailPanel() const { return m_detailPanel; }

private:
    void followMaster();
    void usePanel(DetailsPanel *panel);

    const ResourceType &m_masterType;
    QSplitter *m_columns = nullptr;
    QSplitter *m_lists = nullptr;
    QStackedWidget *m_panels = nullptr;
    ResourceView *m_master = nullptr;
    ResourceView *m_detail = nullptr;
    DetailsPanel *m_masterPanel = nullptr;
    DetailsPanel *m_detailPanel = nullptr;
    Row m_center;
};

} // namespace kboss
