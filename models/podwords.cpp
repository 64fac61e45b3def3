#include "models/podwords.h"

#include "app/base/oneline.h"

#include <QCoreApplication>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype nodesShown = 6, mostName = 64; // characters: a name of Kubernetes has 63

QString words(const char *text)
{
    return QCoreApplication::translate("PodWords", text);
}

QString joined(const QStringList &names)
{
    QStringList first;
    for (const QString &name : names.mid(0, nodesShown))
        first << oneLine(name, mostName);
    const QString list = first.join(u", "_s);
    return names.size() > nodesShown ? words(QT_TRANSLATE_NOOP("PodWords", "%1 and %2 more")).arg(list).arg(names.size() - nodesShown) : list;
}

QString fixedFault(WorkloadFault::Reason reason)
{
    using Reason = WorkloadFault::Reason;
    switch (reason) {
    case Reason::Missing:
        return words(QT_TRANSLATE_NOOP("PodWords", "Must be filled in"));
    case Reason::NotAQuantity:
        return words(QT_TRANSLATE_NOOP("PodWords", "Not an amount: 500m or 2 for cores, 512Mi or 2Gi for memory and disks"));
    case Reason::NotPositive:
        return words(QT_TRANSLATE_NOOP("PodWords", "Must be more than 0"));
    case Reason::NotAPort:
        return words(QT_TRANSLATE_NOOP("PodWords", "A port is 1 to 65535"));
    case Reason::OutsideNodePortRange:
        return words(QT_TRANSLATE_NOOP("PodWords", "A node port is 30000 to 32767"));
    case Reason::BadLabel:
        return words(QT_TRANSLATE_NOOP("PodWords", "Not a label: letters, digits, '-', '_' and '.', at most 63 each (app:web, disk=ssd)"));
    case Reason::BadPath:
        return words(QT_TRANSLATE_NOOP("PodWords", "A path begins with /, is more than /, and has no .. and no colon"));
    case Reason::BadName:
        return words(QT_TRANSLATE_NOOP("PodWords", "A name has letters or digits, at most 63"));
    case Reason::RestartNotAllowed:
        return words(QT_TRANSLATE_NOOP("PodWords", "Jobs restart on failure or never, the others always"));
    case Reason::ReplicasNotAllowed:
        return words(QT_TRANSLATE_NOOP("PodWords", "Only StatefulSet and Deployment have replicas"));
    case Reason::UnknownChoice:
        return words(QT_TRANSLATE_NOOP("PodWords", "There is no such choice"));
    case Reason::NeedsDatabaseImage:
        return words(QT_TRANSLATE_NOOP("PodWords", "The image does not go with the kind"));
    case Reason::GpuWithoutModel:
        return words(QT_TRANSLATE_NOOP("PodWords", "GPUs need a model"));
    case Reason::TooLarge:
        break;
    }
    return words(QT_TRANSLATE_NOOP("PodWords", "Too large"));
}

} // namespace

QString partKindName(PartKind kind)
{
    static constexpr const char *names[] = {QT_TRANSLATE_NOOP("PodWords", "CPU"), QT_TRANSLATE_NOOP("PodWords", "Memory"),
                                            QT_TRANSLATE_NOOP("PodWords", "System disk"), QT_TRANSLATE_NOOP("PodWords", "Data disk"),
                                            QT_TRANSLATE_NOOP("PodWords", "GPU")};
    return words(names[static_cast<size_t>(kind)]);
}

QString partAmount(qint64 amount, const Measure &measure)
{
    QString text = amountText(amount, measure);
    const qsizetype whole = text.contains(u'.') ? text.indexOf(u'.') : text.size(), first = text.startsWith(u'-') ? 1 : 0;
    for (qsizetype at = whole - 3; at > first; at -= 3)
        text.insert(at, u',');
    if (measure.kind == PartKind::Cpu)
        return words(text == "1"_L1 ? QT_TRANSLATE_NOOP("PodWords", "%1 core") : QT_TRANSLATE_NOOP("PodWords", "%1 cores")).arg(text);
    if (measure.kind == PartKind::Gpu)
        return words(text == "1"_L1 ? QT_TRANSLATE_NOOP("PodWords", "%1 card") : QT_TRANSLATE_NOOP("PodWords", "%1 cards")).arg(text);
    return text + u" Gi"_s;
}

QString workloadFaultText(const WorkloadFault &fault)
{
    return fixedFault(fault.reason);
}

QString shortfallText(const std::vector<Shortfall> &lacks)
{
    QStringList list;
    for (const Shortfall &lack : lacks)
        list << partKindName(lack.measure->kind) + u' ' + partAmount(lack.missing, *lack.measure);
    return list.join(u", "_s);
}

QString placeText(const PodCheck &check)
{
    if (!check.none) {
        QStringList hosts;
        for (const auto &[host, count] : check.hosts)
            hosts << (count > 1 ? u"%1 × %2"_s.arg(oneLine(host, mostName)).arg(count) : host);
        return words(QT_TRANSLATE_NOOP("PodWords", "Would run on %1")).arg(joined(hosts));
    }
    const NoPlace &none = *check.none;
    if (none.why == NoPlace::Why::NobodyMay)
        return words(QT_TRANSLATE_NOOP("PodWords", "No node may carry it: none is open to pods with this model and these labels"));
    QString lacks;
    for (const NodeLine &node : check.nodes) {
        if (node.host == none.room.hostName)
            lacks = shortfallText(node.lacks);
    }
    if (none.why == NoPlace::Why::NotEverywhere)
        return words(QT_TRANSLATE_NOOP("PodWords", "It runs on every node that may carry it, and %1 cannot hold it: it lacks %2"))
            .arg(oneLine(none.room.hostName, mostName), lacks);
    if (none.placed > 0 && lacks.isEmpty())
        return words(QT_TRANSLATE_NOOP("PodWords", "There is room for %1 of %2 replicas")).arg(none.placed).arg(check.replicas);
    return words(QT_TRANSLATE_NOOP("PodWords", "No single node can hold it. The nearest, %1, lacks %2"))
        .arg(oneLine(none.room.hostName, mostName), lacks);
}

QString nodesText(const PodCheck &check)
{
    QStringList able;
    for (const NodeLine &node : check.nodes) {
        if (node.lacks.empty())
            able << node.host;
    }
    const QString closed = check.closed > 0
        ? u' ' + words(QT_TRANSLATE_NOOP("PodWords", "Others, closed to it (control, cordoned, another model or label): %1.")).arg(check.closed)
        : QString();
    const QString both = check.beside
        ? u' ' + words(QT_TRANSLATE_NOOP("PodWords", "What it has now stays taken until the cluster has answered: there must be room for both."))
        : QString();
    if (able.isEmpty())
        return words(QT_TRANSLATE_NOOP("PodWords", "Nodes that can hold one: none of %1.")).arg(check.nodes.size()) + closed + both;
    return words(QT_TRANSLATE_NOOP("PodWords", "Nodes that can hold one: %1 of %2 (%3).")).arg(able.size()).arg(check.nodes.size()).arg(joined(able))
        + closed + both;
}

QStringList cascadeLines(const PodCascade &cascade)
{
    QStringList lines;
    for (const QString &object : cascade.goes)
        lines << words(QT_TRANSLATE_NOOP("PodWords", "Goes: %1")).arg(object);
    if (!cascade.pods.isEmpty())
        lines << (cascade.pods.size() == 1
                      ? words(QT_TRANSLATE_NOOP("PodWords", "Goes: one pod, %1")).arg(joined(cascade.pods))
                      : words(QT_TRANSLATE_NOOP("PodWords", "Goes: %1 pods, %2")).arg(cascade.pods.size()).arg(joined(cascade.pods)));
    for (const PodCascade::Back &back : cascade.back) {
        const Measure &measure = measureOf(back.type, back.model);
        lines << words(QT_TRANSLATE_NOOP("PodWords", "Comes back: %1 %2, %3, on %4"))
                     .arg(partKindName(measure.kind), oneLine(back.model, mostName), partAmount(back.amount, measure), oneLine(back.host, mostName));
    }
    for (const QString &object : cascade.stays)
        lines << words(QT_TRANSLATE_NOOP("PodWords", "Stays: %1")).arg(object);
    return lines;
}

} // namespace kboss
