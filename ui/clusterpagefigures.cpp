// The figures and the changes of a ClusterPage.
#include "app/services/session.h"
#include "models/quotewords.h"
#include "models/viewreader.h"
#include "ui/clusterchangelist.h"
#include "ui/clusterpage.h"
#include "ui/podstates.h"
#include "ui/resourceview.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/settings.h"
#include "ui/usagetile.h"
#include "ui/widgets.h"

#include <QDateTime>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

qint64 perMilleOf(qint64 part, qint64 whole)
{
    return whole > 0 ? part * 1000 / whole : 0;
}

} // namespace

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
    setPodTile();
}

// All pods against what the nodes take; trouble first, so that it is read first.
void ClusterPage::setPodTile()
{
    qint64 limit = 0;
    for (const Row &node : m_members->rows()) {
        const Value *value = rowValue(m_members->type(), node, u"pod_limit"_s);
        const auto *most = value ? std::get_if<qint64>(value) : nullptr;
        limit += most ? *most : 0;
    }
    UsageTile::Figures pods;
    pods.title = tr("Pods");
    const qint64 counted = m_podStates->all(), all = counted > 0 ? counted : number("pod_count").toInt64().value_or(0);
    pods.amount = groupedNumber(Decimal(all));
    pods.total = limit > 0 ? u"/ "_s + groupedNumber(Decimal(limit)) : QString();
    pods.note = tr("Nodes ready: %1 of %2").arg(number("node_ready").toString(), number("node_count").toString());
    const struct {
        Tone tone;
        QString words;
        const char *colour;
    } states[] = {{Tone::Bad, tr("in trouble %1"), "bad"},
                  {Tone::Warn, tr("waiting %1"), "warn"},
                  {Tone::Info, tr("other %1"), "info"},
                  {Tone::Good, tr("running %1"), "good"}};
    qint64 left = counted;
    for (const auto &state : states) { // each over the one before: what is left is what is yet to come
        qint64 count = m_podStates->count(state.tone);
        if (state.tone == Tone::Info)
            count += m_podStates->count(Tone::Off) + m_podStates->count(Tone::None);
        if (count > 0)
            pods.parts.push_back(
                {state.words.arg(groupedNumber(Decimal(count))), perMilleOf(left, std::max(limit, counted)), QLatin1String(state.colour)});
        left -= count;
    }
    m_podTile->setFigures(std::move(pods));
}

QWidget *ClusterPage::buildChanges()
{
    const Theme *theme = m_context.theme;
    auto *pane = new QWidget(this);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-2"), 0);
    line->addWidget(m_changesTitle);
    line->addStretch();
    m_read->setObjectName(u"markSeen"_s);
    line->addWidget(m_read);
    m_since->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), theme->size("space-2"));
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_since);
    column->addWidget(makeLine(pane));
    column->addWidget(m_list, 1);
    return pane;
}

void ClusterPage::watchChanges()
{
    using Of = ClusterChange::Of;
    const QString keyOfData = m_context.session->profile().dataKey();
    const QHash<QString, QString> ofCenter{{u"cpcid"_s, m_centerId}}, ofCluster{{u"cpcid"_s, m_centerId}, {u"clusterid"_s, m_clusterId}};
    const ResourceType &pods = m_pods->feed()->type();
    m_watch->restore(m_context.settings->value(m_settingsKey).toObject());
    m_watch->follow(Of::Cluster, m_cluster->type(), datasetWith(m_cluster->type(), ofCenter, keyOfData, m_cluster->zone()).id);
    m_watch->follow(Of::Node, m_members->type(), datasetWith(m_members->type(), ofCluster, keyOfData, m_cluster->zone()).id);
    m_watch->follow(Of::Pod, pods, datasetWith(pods, ofCluster, keyOfData, m_cluster->zone()).id);
    connect(m_cluster, &RowsFeed::changed, m_watch, [this] { m_watch->check(Of::Cluster); });
    connect(m_members, &RowsFeed::changed, m_watch, [this] { m_watch->check(Of::Node); });
    connect(m_pods->feed(), &ResourceFeed::changed, m_watch, [this] { m_watch->check(Of::Pod); });
    connect(m_watch, &ClusterWatch::changed, this, [this] {
        m_context.settings->setValue(m_settingsKey, m_watch->save());
        updateChanges();
    });
    connect(m_read, &QPushButton::clicked, this, [this] { m_watch->markSeen(m_context.clock->nowMs()); });
    connect(m_list, &ClusterChangeList::wanted, this, &ClusterPage::goTo);
}

void ClusterPage::goTo(const ClusterChange &change)
{
    if (!m_context.openRow)
        return;
    switch (change.of) {
    case ClusterChange::Of::Cluster:
        return m_context.openRow(u"compute-cluster"_s, {m_centerId}, change.key, {});
    case ClusterChange::Of::Node:
        return m_context.openRow(u"cluster-worker"_s, {m_centerId, m_clusterId}, change.key, {});
    case ClusterChange::Of::Pod:
        return m_context.openRow(u"cluster-pod"_s, {m_centerId, m_clusterId}, change.key, {});
    }
}

void ClusterPage::updateChanges()
{
    const auto &changes = m_watch->changes().changes();
    m_changesTitle->setText(changes.empty() ? tr("Changes") : tr("Changes · %1 unread").arg(changes.size()));
    m_read->setEnabled(!changes.empty());
    const qint64 since = m_watch->changes().sinceMs();
    m_since->setText(since > 0 ? tr("since %1").arg(formatFullTime(since, m_cluster->zone())) : QString());
    m_since->setVisible(since > 0);
    m_list->setChanges(changes, m_context.clock->nowMs());
}

} // namespace kboss
