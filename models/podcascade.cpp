// Which port is free, and what goes and what comes back when a configuration is deleted.
#include "app/cluster/workloadrules.h"
#include "models/podplan.h"
#include "models/rowcells.h"

#include <QSet>

namespace kboss {

using namespace Qt::StringLiterals;

int freeNodePort(const ResourceType &configs, const std::vector<Row> &rows)
{
    QSet<QString> taken;
    for (const Row &row : rows) {
        const RowCells cells(configs, row);
        if (cells.text("source_portmode") == u"NodePort"_s)
            taken.insert(cells.text("source_outsideport"));
    }
    for (int port = firstNodePort; port <= lastNodePort; ++port) {
        if (!taken.contains(QString::number(port)))
            return port;
    }
    return 0;
}

PodCascade podCascade(const ResourceType &configs, const Row &row, const std::vector<NodeRoom> &rooms, const QStringList &pods,
                      const QStringList &podHosts)
{
    const RowCells cells(configs, row);
    const QString controller = cells.text("source_podengine");
    const bool stateful = controller == u"StatefulSet"_s, single = controller == u"Standalone"_s;
    PodCascade cascade;
    cascade.pods = pods;
    cascade.goes << (single ? u"Pod "_s : controller + u' ') + cells.text("podcd_name") << u"Service "_s + cells.text("service_name")
                 << u"Secret "_s + row.key + u"-auth"_s;
    if (cells.text("source_portmode") == u"Ingress"_s)
        cascade.goes << u"Ingress "_s + row.key + u"-ingress"_s;
    // A StatefulSet's claims outlive it.
    (stateful ? cascade.stays : cascade.goes) << u"PersistentVolumeClaim "_s
            + (stateful ? u"data-"_s + cells.text("podcd_name") + u"-…"_s : row.key + u"-data"_s);
    cascade.stays << u"Namespace "_s + cells.text("namespace_name") << u"ServiceAccount "_s + cells.text("serviceaccount_name");
    WorkloadTexts texts = podTexts(configs, row);
    texts.insert(u"source_authpasswd"_s, u"-"_s); // not known here, and nothing depends on it
    const auto workload = readWorkload(texts);
    if (!workload)
        return cascade;
    QStringList named;
    for (const QString &node : cells.text("pod_nodes").split(u',', Qt::SkipEmptyParts))
        named << node.trimmed();
    const qint64 replicas = placedReplicas(*workload) == 0 ? named.size() : workload->replicas;
    const QStringList hosts = replicaHosts(replicas, named, podHosts);
    const QSet<QString> each(hosts.begin(), hosts.end());
    for (const NodeRoom &room : rooms) {
        if (!each.contains(room.hostName))
            continue;
        const qint64 times = hosts.count(room.hostName);
        Consumption here;
        addConsumption(here, room, needOf(*workload));
        for (const auto &[part, amount] : here)
            cascade.back.push_back({room.hostName, part.first, part.second, amount * times});
    }
    return cascade;
}

} // namespace kboss
