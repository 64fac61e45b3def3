#include "ui/clusterpage.h"

#include "app/services/session.h"
#include "models/quotewords.h"
#include "models/viewreader.h"
#include "ui/freshnesstext.h"
#include "ui/resourceview.h"
#include "ui/rowsfeed.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/usagetile.h"
#include "ui/widgets.h"

#include <QHBoxLayout>
#include <QListWidget>
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
      m_pods(new ResourceView(resource(context, "cluster-pod"), context, pageId(), true, this)), m_title(makeLabel({}, "title", this)),
      m_meta(makeLabel({}, "label", this)), m_changesTitle(makeLabel({}, "heading", this)), m_state(new Chip(context.theme, this)),
      m_freshness(new Chip(context.theme, this)), m_cpu(new UsageTile(context.theme, this)), m_memory(new UsageTile(context.theme, this)),
      m_gpu(new UsageTile(context.theme, this)), m_podTile(new UsageTile(context.theme, this)), m_list(new QListWidget(this)),
      m_read(makeButton({}, "quiet", this))
{
    setObjectName(u"page-cluster"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_changes.restore(context.settings->value(m_settingsKey).toObject());
    build();
    connect(m_cluster, &RowsFeed::changed, this, &ClusterPage::updateCluster);
    connect(m_members, &RowsFeed::changed, this, &ClusterPage::takeWorkers);
    connect(m_read, &QPushButton::clicked, this, [this] {
        m_changes.markRead();
        m_context.settings->setValue(m_settingsKey, m_changes.save());
        updateChanges();
    });
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

QWidget *ClusterPage::buildChanges()
{
    const Theme *theme = m_context.theme;
    auto *pane = new QWidget(this);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-2"), theme->size("space-2"));
    line->addWidget(m_changesTitle);
    line->addStretch();
    line->addWidget(m_read);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setObjectName(u"clusterChanges"_s);
    m_list->setContentsMargins(theme->size("space-3"), theme->size("space-2"), theme->size("space-3"), 0);
    m_list->setSpacing(theme->size("space-1"));
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(makeLine(pane));
    column->addWidget(m_list, 1);
    return pane;
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

void ClusterPage::setTile(UsageTile *tile, const QString &title, const char *total, const char *asked, const char *used, const QString &unit)
{
    const Decimal whole = number(total), wanted = number(asked), real = used ? number(used) : Decimal();
    const auto perMille = [&whole](const Decimal &part) {
        const auto large = part.times(Decimal(1000));
        const auto share = large && !whole.isZero() ? large->dividedBy(whole, 0, Rounding::Down) : Result<Decimal>(Decimal());
        return share ? share->toInt64().value_or(0) : 0;
    };
    const auto shown = [](const Decimal &value) { return groupedNumber(value.rounded(value < Decimal(100) ? 1 : 0, Rounding::HalfUp).normalized()); };
    UsageTile::Figures figures;
    figures.title = title;
    figures.amount = shown(wanted);
    figures.total = u"/ %1 %2"_s.arg(shown(whole), unit);
    if (whole.isZero()) {
        figures.note = tr("none");
    } else {
        figures.note = tr("%1 % asked for").arg(perMille(wanted) / 10);
        figures.parts.push_back({tr("asked for %1").arg(shown(wanted)), perMille(wanted), used ? u"line-strong"_s : u"accent"_s});
        if (used)
            figures.parts.push_back({tr("in use %1").arg(shown(real)), perMille(real), u"accent"_s});
        const auto left = whole.minus(wanted);
        figures.left = left ? tr("%1 left").arg(shown(*left)) : QString();
    }
    tile->setFigures(std::move(figures));
}

void ClusterPage::updateTiles()
{
    setTile(m_cpu, tr("CPU"), "cpu_total", "cpu_asked", "cpu_used", tr("cores"));
    setTile(m_memory, tr("Memory"), "memory_total", "memory_asked", "memory_used", u"Gi"_s);
    setTile(m_gpu, tr("GPU"), "gpu_total", "gpu_asked", nullptr, tr("cards"));
    UsageTile::Figures pods;
    pods.title = tr("Pods");
    pods.amount = number("pod_count").toString();
    const Decimal nodes = number("node_count"), ready = number("node_ready");
    pods.note = tr("%1 of %2 nodes ready").arg(ready.toString(), nodes.toString());
    const auto large = ready.times(Decimal(1000));
    const auto share = large && !nodes.isZero() ? large->dividedBy(nodes, 0, Rounding::Down) : Result<Decimal>(Decimal());
    pods.parts.push_back({tr("nodes ready"), share ? share->toInt64().value_or(0) : 0, ready == nodes ? u"good"_s : u"warn"_s});
    m_podTile->setFigures(std::move(pods));
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

void ClusterPage::takeWorkers()
{
    if (!m_members->isRead() || !m_changes.take(m_members->type(), m_members->rows(), m_context.clock->nowMs()))
        return;
    m_context.settings->setValue(m_settingsKey, m_changes.save());
    updateChanges();
}

void ClusterPage::updateChanges()
{
    m_changesTitle->setText(m_changes.changes().empty() ? tr("Changes") : tr("Changes · %1 unread").arg(m_changes.changes().size()));
    m_read->setEnabled(!m_changes.changes().empty());
    m_list->clear();
    for (const ClusterChange &change : m_changes.changes()) {
        const QString time = QLocale().toString(QDateTime::fromMSecsSinceEpoch(change.ms).time(), QLocale::ShortFormat);
        auto *item = new QListWidgetItem(
            u"%1  %2\n%3%4"_s.arg(time, change.title, change.node, change.text.isEmpty() ? QString() : u'\n' + change.text), m_list);
        item->setForeground(m_context.theme->toneColor(change.tone));
    }
    if (m_changes.changes().empty())
        new QListWidgetItem(tr("Nothing has changed on its nodes since you looked last."), m_list);
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
    for (ResourceView *view : {m_workers, m_pods})
        view->retranslate();
    updateCluster();
    updateChanges();
}

} // namespace kboss
