#include "ui/clusterpage.h"

#include "app/services/session.h"
#include "ui/clusterchangelist.h"
#include "ui/freshnesstext.h"
#include "ui/namelabel.h"
#include "ui/podstates.h"
#include "ui/resourceview.h"
#include "ui/rowsfeed.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/usagetile.h"
#include "ui/widgets.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

const ResourceType &resource(const AppContext &context, const char *id)
{
    return *context.resources->find(QLatin1String(id));
}

const Value *cellOf(const ResourceType &type, const Row &row, const char *field)
{
    for (size_t i = 0; i < type.columns.size() && i < row.cells.size(); ++i) {
        if (type.columns[i].field.id == QLatin1String(field))
            return &row.cells[i];
    }
    return nullptr;
}

} // namespace

ClusterPage::ClusterPage(const QString &centerId, const QString &clusterId, const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_centerId(centerId), m_clusterId(clusterId), m_settingsKey(u"cluster-changes/"_s + clusterId),
      m_cluster(new RowsFeed(resource(context, "compute-cluster"), context, this)),
      m_members(new RowsFeed(resource(context, "cluster-worker"), context, this)),
      m_workers(new ResourceView(resource(context, "cluster-worker"), context, pageId(), true, this)),
      m_pods(new ResourceView(resource(context, "cluster-pod"), context, pageId(), true, this)), m_title(new NameLabel("title", this)),
      m_meta(makeLabel({}, "label", this)), m_changesTitle(makeLabel({}, "heading", this)), m_state(new Chip(context.theme, this)),
      m_freshness(new Chip(context.theme, this)), m_cpu(new UsageTile(context.theme, this)), m_memory(new UsageTile(context.theme, this)),
      m_gpu(new UsageTile(context.theme, this)), m_podTile(new UsageTile(context.theme, this)),
      m_list(new ClusterChangeList(context.theme, m_cluster->zone(), this)), m_read(makeButton({}, "quiet", this)),
      m_since(makeLabel({}, "hint", this)), m_watch(new ClusterWatch(context.session->store(), clusterId, this)),
      m_podStates(new PodStates(m_pods->feed()))
{
    setObjectName(u"page-cluster"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    build();
    watchChanges();
    connect(m_cluster, &RowsFeed::changed, this, &ClusterPage::updateCluster);
    connect(m_members, &RowsFeed::changed, this, &ClusterPage::updateTiles);
    connect(m_podStates, &PodStates::changed, this, &ClusterPage::updateTiles);
    for (ResourceView *view : {m_workers, m_pods}) {
        connect(view, &ResourceView::statusChanged, this, &Page::statusChanged);
        // Forms and details have their room on the list's own page.
        const auto open = [this, view] {
            m_context.openRow(view->feed()->type().id, {m_centerId, m_clusterId}, view->currentRow() ? view->currentRow()->key : QString(), {});
        };
        for (const auto signal : {&ResourceView::detailsAsked, &ResourceView::editAsked, &ResourceView::createAsked, &ResourceView::bulkAsked})
            connect(view, signal, this, open);
        connect(view, &ResourceView::actionAsked, this, open);
    }
    retranslate();
    m_cluster->follow({{u"cpcid"_s, m_centerId}}, nullptr);
    m_members->follow({{u"cpcid"_s, m_centerId}, {u"clusterid"_s, m_clusterId}}, nullptr);
}

ClusterPage::~ClusterPage() = default;

void ClusterPage::build()
{
    const Theme *theme = m_context.theme;
    auto *tiles = new QHBoxLayout;
    tiles->setContentsMargins(0, 0, 0, 0);
    tiles->setSpacing(0);
    for (UsageTile *tile : {m_cpu, m_memory, m_gpu, m_podTile})
        tiles->addWidget(tile, 1);
    m_lists = new QSplitter(Qt::Vertical, this);
    m_lists->setChildrenCollapsible(false);
    m_lists->addWidget(m_workers);
    m_lists->addWidget(m_pods);
    m_lists->setSizes({300, 360});
    auto *columns = new QSplitter(Qt::Horizontal, this);
    columns->setChildrenCollapsible(false);
    columns->setHandleWidth(1);
    columns->addWidget(m_lists);
    columns->addWidget(buildChanges());
    columns->setStretchFactor(0, 1);
    columns->setStretchFactor(1, 0);
    columns->setSizes({1000, theme->size("navigation") + 80});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(makeLine(this));
    column->addLayout(tiles);
    column->addWidget(makeLine(this));
    column->addWidget(columns, 1);
    setFocusProxy(m_workers);
}

QWidget *ClusterPage::buildHead()
{
    const Theme *theme = m_context.theme;
    auto *head = new QWidget(this);
    auto *first = new QHBoxLayout;
    first->setSpacing(theme->size("space-2"));
    first->addWidget(m_title);
    first->addWidget(m_state);
    first->addWidget(m_freshness);
    first->addStretch();
    auto *refresh = makeIconButton(m_context.theme, u"refresh"_s, tr("Refresh"), head);
    connect(refresh, &QToolButton::clicked, this, [this] {
        m_cluster->refresh();
        m_members->refresh();
        m_workers->namedAction(u"refresh"_s)->trigger();
        m_pods->namedAction(u"refresh"_s)->trigger();
    });
    first->addWidget(refresh);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-4"), theme->size("space-2"));
    column->setSpacing(theme->size("space-1"));
    column->addLayout(first);
    column->addWidget(m_meta);
    return head;
}

const Row *ClusterPage::row() const
{
    const auto &all = m_cluster->rows();
    const auto found = std::find_if(all.begin(), all.end(), [this](const Row &row) { return row.key == m_clusterId; });
    return found == all.end() ? nullptr : &*found;
}

QString ClusterPage::text(const char *field) const
{
    const Row *cluster = row();
    const Value *value = cluster ? cellOf(m_cluster->type(), *cluster, field) : nullptr;
    if (!value)
        return {};
    if (const auto *found = std::get_if<QString>(value))
        return *found;
    if (const auto *date = std::get_if<QDate>(value))
        return date->toString(Qt::ISODate);
    const auto *number = std::get_if<qint64>(value);
    return number ? QString::number(*number) : QString();
}

Decimal ClusterPage::number(const char *field) const
{
    const Row *cluster = row();
    const Value *value = cluster ? cellOf(m_cluster->type(), *cluster, field) : nullptr;
    if (const auto *decimal = value ? std::get_if<Decimal>(value) : nullptr)
        return *decimal;
    const auto *whole = value ? std::get_if<qint64>(value) : nullptr;
    return whole ? Decimal(*whole) : Decimal();
}

void ClusterPage::updateCluster()
{
    if (const Row *cluster = row()) {
        for (ResourceView *view : {m_workers, m_pods}) {
            if (view->feed()->master().key != cluster->key)
                view->feed()->setMaster(*cluster, &m_cluster->type());
        }
        const bool known = !text("node_count").isEmpty(), whole = known && number("node_ready") == number("node_count");
        const QString state = text("ready") == "1"_L1 ? text("cluster_state")
            : text("cluster_state") == "removing"_L1  ? u"removing"_s
                                                      : u"installing"_s;
        const qint64 missing = number("node_count").minus(number("node_ready")).value_or(Decimal()).toInt64().value_or(0);
        m_title->setText(text("name"));
        if (state == "removing"_L1 || state == "installing"_L1)
            m_state->setChip(Tone::Info, state == "removing"_L1 ? tr("Being removed") : tr("Not ready yet"));
        else if (state == "unreachable"_L1)
            m_state->setChip(Tone::Bad, tr("Does not answer"));
        else if (!known)
            m_state->setChip(Tone::Warn, tr("State unknown"));
        else
            m_state->setChip(whole ? Tone::Good : Tone::Warn, whole ? tr("Healthy") : tr("Degraded: nodes not ready: %1").arg(missing));
        QStringList meta{u"Kubernetes "_s + text("version"), text("backend") == "simulated"_L1 ? tr("Simulated") : u"kubectl"_s,
                         tr("In service %1 to %2").arg(text("enable_date"), text("export_date"))};
        if (!text("certificate_date").isEmpty())
            meta << tr("Certificates until %1").arg(text("certificate_date"));
        if (state == "unreachable"_L1)
            meta << (known ? tr("Figures of %1").arg(text("figures_time")) : tr("No figures yet")) << text("unreachable_reason");
        m_meta->setText(meta.join(u"   ·   "_s));
    }
    updateTiles();
    const FreshnessText words = freshnessText(m_cluster->freshness(), m_context.clock->nowMs(), m_cluster->isOffline());
    m_freshness->setChip(words.tone, words.text);
    Q_EMIT titleChanged();
    Q_EMIT statusChanged();
    if (!m_told && (row() || m_cluster->isRead() || m_cluster->error().kind != ErrorKind::Cancelled)) {
        m_told = true;
        QTimer::singleShot(0, this, &Page::ready);
    }
}

QString ClusterPage::pageId() const
{
    return PageAddress{u"cluster"_s, {m_centerId, m_clusterId}}.id();
}
QString ClusterPage::title() const
{
    const QString name = text("name");
    return name.isEmpty() ? tr("Cluster") : tr("Cluster %1").arg(name);
}

Page::State ClusterPage::state() const
{
    if (row())
        return State::Ready;
    if (m_cluster->error().kind != ErrorKind::Cancelled)
        return State::Failed;
    return m_cluster->isRead() ? State::Empty : m_cluster->isOffline() ? State::Offline : State::Loading;
}

qint64 ClusterPage::rows() const
{
    return static_cast<qint64>(m_members->rows().size());
}
Freshness ClusterPage::freshness() const
{
    return m_cluster->freshness();
}
QList<QAction *> ClusterPage::pageActions() const
{
    return m_workers->pageActions();
}

void ClusterPage::setShown(bool shown)
{
    for (RowsFeed *feed : {m_cluster, m_members})
        feed->setShown(shown);
    for (ResourceView *view : {m_workers, m_pods})
        view->setShown(shown);
}

void ClusterPage::retranslate()
{
    m_read->setText(tr("Mark all as read"));
    m_list->setEmptyText(tr("Nothing has changed on the cluster, its nodes and its pods."));
    m_list->setAccessibleName(tr("Changes"));
    for (ResourceView *view : {m_workers, m_pods})
        view->retranslate();
    updateCluster();
    updateChanges();
}

} // namespace kboss
