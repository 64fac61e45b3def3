#include "ui/instancepane.h"

#include "models/viewreader.h"
#include "ui/editpane.h"
#include "ui/resourcefeed.h"
#include "ui/theme.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QLabel>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

const QuotePart *partOf(const QuoteContent &quote, const QString &type, bool systemDisk = false)
{
    for (const QuotePart &part : quote.parts) {
        if (part.type == type && (type != u"disk"_s || (part.model == u"SYS"_s) == systemDisk))
            return &part;
    }
    return nullptr;
}

// The cluster's row as far as the quote knows it: enough for the form's lists.
Row clusterRow(const ResourceType &type, const QuoteContent &quote)
{
    Row row;
    row.key = quote.clusterId;
    for (const auto &column : type.columns) {
        const QString &id = column.field.id;
        const QString text = id == u"id"_s ? quote.clusterId : id == u"cpcid"_s ? quote.centerId : id == u"name"_s ? quote.clusterName : QString();
        row.cells.push_back(text.isEmpty() ? Value() : Value(text));
    }
    return row;
}

} // namespace

InstancePane::InstancePane(const AppContext &context, QWidget *parent) : QWidget(parent), m_context(context), m_title(makeLabel({}, "heading", this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(context.theme->size("space-4"), context.theme->size("space-2"), context.theme->size("space-4"),
                             context.theme->size("space-2"));
    head->addWidget(m_title);
    column->addLayout(head);
    column->addWidget(makeLine(this));
    const ResourceType *type = context.resources ? context.resources->find(u"pod-config"_s) : nullptr;
    if (type && type->action(u"instance"_s)) {
        m_feed = new ResourceFeed(*type, context, this);
        m_feed->start(); // what is made is known by its row
        m_writer = new WriteController(m_feed, this);
        m_pane = new EditPane(m_writer, this);
        column->addWidget(m_pane, 1);
        connect(m_pane, &EditPane::left, this, &InstancePane::left);
        connect(m_pane, &EditPane::saved, this, &InstancePane::created);
    }
    retranslate();
}

InstancePane::~InstancePane() = default;

bool InstancePane::isOpen() const
{
    return m_pane && m_pane->isOpen();
}

QString InstancePane::kindOf(const QuotePart &part)
{
    if (part.type == "cpu"_L1)
        return tr("CPU");
    if (part.type == "memory"_L1)
        return tr("memory");
    if (part.type == "disk"_L1)
        return part.model == "SYS"_L1 ? tr("system disk") : tr("data disk");
    return part.type == "gpu"_L1 ? tr("GPU") : part.type;
}

QString InstancePane::missing(const QuoteContent &quote)
{
    if (!partOf(quote, u"cpu"_s) || !partOf(quote, u"memory"_s) || !partOf(quote, u"disk"_s))
        return tr("An instance needs a CPU, memory and a data disk");
    QStringList kinds;
    for (const QuotePart &part : quote.parts) {
        const QString kind = kindOf(part);
        if (kinds.contains(kind))
            return tr("An instance has one %1: make a quote of its own for each model").arg(kind);
        kinds << kind;
        if (part.amount % std::max<qint64>(1, quote.instances) != 0)
            return tr("The amounts cannot be divided equally among %1 instances").arg(quote.instances);
    }
    return {};
}

void InstancePane::open(const QuoteContent &quote, const Decimal &total)
{
    const ResourceType *cluster = m_context.resources->find(u"compute-cluster"_s);
    if (!m_pane || !cluster)
        return;
    m_feed->setMaster(clusterRow(*cluster, quote), cluster);
    m_pane->open(*m_feed->type().action(u"instance"_s), {});
    fill(quote, total);
}

// Amounts of a quote are of all its instances.
void InstancePane::fill(const QuoteContent &quote, const Decimal &total)
{
    EditForm *form = m_pane->form();
    const auto each = [&quote](const QuotePart *part) { return part ? part->amount / std::max<qint64>(1, quote.instances) : 0; };
    const QuotePart *cpu = partOf(quote, u"cpu"_s), *memory = partOf(quote, u"memory"_s), *gpu = partOf(quote, u"gpu"_s);
    const QuotePart *system = partOf(quote, u"disk"_s, true), *dataDisk = partOf(quote, u"disk"_s);
    const std::pair<QString, QString> texts[] = {
        {u"duration"_s, QString::number(quote.term)},
        {u"duration_unit"_s, quote.termUnit},
        {u"source_replicasetnum"_s, QString::number(quote.instances)},
        {u"source_cpurate"_s, QString::number(each(cpu))},
        {u"cpu_model"_s, cpu ? cpu->model : QString()},
        {u"source_memrate"_s, QString::number(each(memory)) + u"Mi"_s},
        {u"memory_model"_s, memory ? memory->model : QString()},
        {u"source_gpu"_s, QString::number(each(gpu))},
        {u"gpu_model"_s, gpu ? gpu->model : QString()},
        {u"disk_sys_limit"_s, system ? QString::number(each(system)) + u"Gi"_s : QString()},
        {u"source_storagelimits"_s, QString::number(each(dataDisk)) + u"Gi"_s},
        {u"expected_total"_s, total.normalized().toString()},
    };
    for (const auto &[field, text] : texts) {
        form->type(field, text);
        form->lock(field, tr("As in the quote")); // what the price follows from
    }
}

void InstancePane::retranslate()
{
    m_title->setText(tr("Create an instance"));
}

} // namespace kboss
