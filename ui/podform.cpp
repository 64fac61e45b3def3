#include "ui/podform.h"

#include "app/cluster/workloadrules.h"
#include "models/picks.h"
#include "models/podwords.h"
#include "models/rowcells.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("PodForm", text);
}

std::vector<FormSection> sections()
{
    return {
        {u"workload"_s,
         words(QT_TRANSLATE_NOOP("PodForm", "Workload")),
         {u"source_name"_s, u"source_podengine"_s, u"instance_type"_s, u"source_replicasetnum"_s, u"source_selflabel"_s}},
        {u"image"_s, words(QT_TRANSLATE_NOOP("PodForm", "Image and start")), {u"pod_imagepath"_s, u"source_restartpolicy"_s}},
        {u"resources"_s,
         words(QT_TRANSLATE_NOOP("PodForm", "Resources of one replica")),
         {u"source_cpurate"_s, u"cpu_model"_s, u"source_memrate"_s, u"memory_model"_s, u"source_gpu"_s, u"gpu_model"_s}},
        {u"ports"_s,
         words(QT_TRANSLATE_NOOP("PodForm", "Ports")),
         {u"source_portmode"_s, u"source_apiport"_s, u"source_insideport"_s, u"source_outsideport"_s}},
        {u"storage"_s, words(QT_TRANSLATE_NOOP("PodForm", "Storage")), {u"disk_sys_limit"_s, u"source_storagelimits"_s, u"source_mountpath"_s}},
        {u"selector"_s, words(QT_TRANSLATE_NOOP("PodForm", "Node selector")), {u"source_nodeselector"_s}},
        {u"account"_s, words(QT_TRANSLATE_NOOP("PodForm", "First account")), {u"source_authuser"_s, u"source_authpasswd"_s}},
    };
}

// Chosen among what the nodes carry, in place of all labels that were ever named.
void adapt(std::vector<FormField> &fields)
{
    for (FormField &field : fields) {
        if (field.name != u"source_nodeselector"_s)
            continue;
        if (!field.offer)
            field.offer = InputSpec();
        field.offer->pick.reset();
        field.offer->open = true;
        field.offer->separator = u","_s;
    }
}

bool isPort(const QString &text)
{
    bool numeric = false;
    const int port = text.toInt(&numeric);
    return numeric && port >= 1 && port <= 65535;
}

// Faults of the texts as the service would find them, by field.
QHash<QString, QString> faultsOf(const FormInput &input, const PodFormGround &ground)
{
    QHash<QString, QString> faults;
    WorkloadTexts texts = podFormTexts(input, *ground.configs, {}, ground.clusterId);
    texts.insert(u"source_authpasswd"_s, u"-"_s); // the form sees to it
    if (const auto workload = readWorkload(texts); !workload) {
        for (const WorkloadFault &fault : workload.error())
            faults.insert(fault.field, workloadFaultText(fault));
    }
    const QString port = input.value(u"source_outsideport"_s);
    if (input.value(u"source_portmode"_s) == u"NodePort"_s && !faults.contains(u"source_outsideport"_s)) {
        if (const QString owner = nodePortOwner(*ground.configs, *ground.rows, port, ground.id); !owner.isEmpty())
            faults.insert(u"source_outsideport"_s, words(QT_TRANSLATE_NOOP("PodForm", "%1 has this node port already")).arg(owner));
    }
    return faults;
}

QHash<QString, FieldRule> rulesFor(const FormInput &input, const PodFormGround &ground)
{
    const WorkloadRules known = rulesOf(input);
    QHash<QString, FieldRule> rules;
    rules[u"pod_imagepath"_s].allowed = known.images;
    rules[u"source_restartpolicy"_s].allowed = known.restarts;
    if (!known.replicas) {
        rules[u"source_replicasetnum"_s].hidden = true;
        rules[u"source_replicasetnum"_s].value = u"1"_s;
    }
    if (!known.gpuModel) {
        rules[u"gpu_model"_s].hidden = true;
        rules[u"gpu_model"_s].value = QString();
    }
    if (!known.outsidePort) { // the contract asks for one all the same
        FieldRule &outside = rules[u"source_outsideport"_s];
        outside.hidden = true;
        if (!isPort(input.value(u"source_outsideport"_s)))
            outside.value = isPort(input.value(u"source_apiport"_s)) ? input.value(u"source_apiport"_s) : QString::number(firstNodePort);
    }
    const QHash<QString, QString> faults = faultsOf(input, ground);
    for (auto fault = faults.cbegin(); fault != faults.cend(); ++fault)
        rules[fault.key()].fault = fault.value();
    return rules;
}

QString workloadNote(const WorkloadRules &rules, const FormInput &input)
{
    const QString controller = input.value(u"source_podengine"_s);
    if (rules.everyNode)
        return words(QT_TRANSLATE_NOOP("PodForm", "Runs once on every node of the cluster that may carry it."));
    if (rules.hourly)
        return words(QT_TRANSLATE_NOOP(
            "PodForm", "Starts at every full hour, never twice at a time; one pod each time. The service has no field for another schedule."));
    if (controller == u"Job"_s)
        return words(QT_TRANSLATE_NOOP("PodForm", "Runs once to its end, with at most six new tries."));
    if (controller == u"Standalone"_s)
        return words(QT_TRANSLATE_NOOP("PodForm", "A pod alone: nobody starts it again when its node fails."));
    return {};
}

QString storageNote(const PodFormGround &ground)
{
    QStringList free;
    for (const QString &model : {u"SYS"_s, u"DATA"_s}) {
        const auto stock = ground.stocks->find({u"disk"_s, model});
        if (stock == ground.stocks->end())
            continue;
        const Measure &measure = measureOf(u"disk"_s, model);
        free << partKindName(measure.kind) + u' ' + partAmount(stock->second.stock - stock->second.consumed, measure);
    }
    return free.isEmpty() ? QString() : words(QT_TRANSLATE_NOOP("PodForm", "Free in this cluster: %1.")).arg(free.join(u", "_s));
}

QString selectorNote(const FormInput &input, const PodFormGround &ground)
{
    const QStringList wanted = splitValues(input.value(u"source_nodeselector"_s), u","_s);
    qint64 workers = 0, carrying = 0;
    for (const NodeRoom &room : *ground.rooms) {
        if (room.control)
            continue;
        ++workers;
        carrying += std::all_of(wanted.begin(), wanted.end(), [&room](const QString &label) { return room.labels.contains(label); }) ? 1 : 0;
    }
    if (workers == 0)
        return {};
    return wanted.isEmpty() ? words(QT_TRANSLATE_NOOP("PodForm", "Empty: any worker. Workers in all: %1.")).arg(workers)
                            : words(QT_TRANSLATE_NOOP("PodForm", "Workers that carry all of these: %1 of %2.")).arg(carrying).arg(workers);
}

QString noteOf(const QString &section, const FormInput &input, const PodFormGround &ground)
{
    const WorkloadRules rules = rulesOf(input);
    if (section == u"workload"_s)
        return workloadNote(rules, input);
    if (section == u"ports"_s && !rules.outsidePort)
        return input.value(u"source_portmode"_s) == u"Ingress"_s
            ? words(QT_TRANSLATE_NOOP("PodForm", "Reached through the cluster's ingress; no port of the nodes is taken."))
            : words(QT_TRANSLATE_NOOP("PodForm", "Reached through the cluster's load balancer; it gives the outside port."));
    if (section == u"storage"_s)
        return storageNote(ground);
    if (section == u"selector"_s)
        return selectorNote(input, ground);
    if (section == u"account"_s && rules.database)
        return words(QT_TRANSLATE_NOOP("PodForm", "MySQL's first account is root: the password becomes root's."));
    return {};
}

// Refusals of the service begin with the field ("source_memrate: …", "… (source_authpasswd): …"), or name the part that is short.
QString fieldOfRefusal(const Error &error, QString &told)
{
    static const QRegularExpression named(u"^(?:[^:()]*\\()?([a-z]+_[a-z_]+)\\)?\\s*[:\uFF1A]\\s*(.+)$"_s);
    static const QRegularExpression part(u"\\b(cpu|memory|disk|gpu) (\\S+)"_s);
    if (const auto match = named.match(error.detail); match.hasMatch()) {
        told = match.captured(2);
        return match.captured(1);
    }
    const auto match = part.match(error.detail);
    if (!match.hasMatch())
        return {};
    static constexpr const char *fields[] = {"source_cpurate", "source_memrate", "disk_sys_limit", "source_storagelimits", "source_gpu"};
    return QLatin1String(fields[static_cast<size_t>(measureOf(match.captured(1), match.captured(2)).kind)]);
}

} // namespace

FormShape podFormShape(const PodFormGround &ground)
{
    FormShape shape;
    shape.sections = sections();
    shape.adapt = adapt;
    shape.rules = [ground](const FormInput &input) { return rulesFor(input, ground); };
    shape.note = [ground](const QString &section, const FormInput &input) { return noteOf(section, input, ground); };
    shape.faultField = fieldOfRefusal;
    return shape;
}

std::vector<PickChoice> nodeLabelChoices(const std::vector<NodeRoom> &rooms)
{
    std::map<QString, int> carried;
    for (const NodeRoom &room : rooms) {
        if (room.control)
            continue;
        for (const QString &label : room.labels)
            ++carried[label];
    }
    std::vector<PickChoice> choices;
    for (const auto &[label, nodes] : carried)
        choices.push_back(
            {label, label,
             nodes == 1 ? words(QT_TRANSLATE_NOOP("PodForm", "on one worker")) : words(QT_TRANSLATE_NOOP("PodForm", "on %1 workers")).arg(nodes)});
    return choices;
}

WorkloadTexts podFormTexts(const FormInput &input, const ResourceType &configs, const Row &row, const QString &clusterId)
{
    WorkloadTexts texts = row.key.isEmpty() ? WorkloadTexts() : podTexts(configs, row);
    for (auto text = input.cbegin(); text != input.cend(); ++text) {
        if (text.key() != u"source_authpasswd"_s)
            texts.insert(text.key(), text.value());
    }
    if (row.key.isEmpty()) { // the service gives the id, and knows whose it is
        texts.insert(u"id"_s, u"new"_s);
        texts.insert(u"clusterid"_s, clusterId);
        texts.insert(u"orgid"_s, u"customer"_s);
    }
    return texts;
}

} // namespace kboss
