#pragma once

#include "tests/support/kboss.h"
#include "tests/support/serviceprocess.h"

#include <QFile>

namespace kboss::test {

// A cluster that the scripted kubectl (tests/support/kubectl) stands for, in a service started with --kubectl and FAKE_KUBECTL_STATE = its folder().

inline QString scriptedKubectl()
{
    return qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/tests/support/kubectl/kubectl");
}

inline QString tokenKubeconfig(const QString &token = QStringLiteral("t"))
{
    return QStringLiteral("{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: {token: %1}}], "
                          "contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}")
        .arg(token);
}

// Addresses of idle nodes of a center.
inline QStringList idleAddresses(HttpClient &http, const QString &center)
{
    const Items place{{QStringLiteral("cpcid"), center}, {QStringLiteral("rows"), QStringLiteral("200")}};
    QStringList addresses;
    for (const QJsonValue &node : rowsOf(http.get(QStringLiteral("/dev/cpcc/cpcnode/get_cpcnode.dspy"), queryOf(place)))) {
        if (node[QStringLiteral("node_status")] == QStringLiteral("0"))
            addresses << node[QStringLiteral("ip")].toString();
    }
    return addresses;
}

// Its workers have the addresses of idle nodes of the first center, so that they are put into use with it; the control node is no node of the platform.
// cpcid and clusterid; empty when it was refused.
inline Items importedCluster(const ServiceProcess &service, HttpClient &http)
{
    const QString center = rowsOf(http.get(QStringLiteral("/dev/cpcc/cpclist/get_cpclist.dspy"))).first()[QStringLiteral("id")].toString();
    QStringList addresses = idleAddresses(http, center);
    QFile recorded(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/tests/support/kubectl/nodes.json"));
    if (addresses.size() < 2 || !recorded.open(QIODevice::ReadOnly))
        return {};
    QByteArray objects = recorded.readAll();
    for (qsizetype at = objects.indexOf("\"127.0.0.1\"") + 1; at > 0 && !addresses.isEmpty();) {
        at = objects.indexOf("\"127.0.0.1\"", at); // the first is the control node's
        if (at >= 0)
            objects.replace(at, 11, '"' + addresses.takeFirst().toUtf8() + '"');
    }
    service.writeFile(QStringLiteral("nodes.json"), objects);
    const HttpAnswer taken = http.post(QStringLiteral("/dev/cpcc/cpccluster/import_cluster.dspy"),
                                       queryOf({{QStringLiteral("cpcid"), center},
                                                {QStringLiteral("cluster_name"), QStringLiteral("真集群")},
                                                {QStringLiteral("enable_date"), QStringLiteral("2026-01-01")},
                                                {QStringLiteral("export_date"), QStringLiteral("2028-01-01")}}),
                                       QJsonDocument(QJsonObject{{QStringLiteral("kubeconfig"), tokenKubeconfig()}}).toJson());
    if (!isGood(taken) || dataOf(taken)[QStringLiteral("node_known")].toInt() < 2)
        return {};
    return {{QStringLiteral("cpcid"), center}, {QStringLiteral("clusterid"), dataOf(taken)[QStringLiteral("id")].toString()}};
}

// newCpcpodyaml with one small replica.
inline Items configTexts(const QString &cluster, const QString &controller)
{
    const bool once = controller == QStringLiteral("Job") || controller == QStringLiteral("CronJob");
    return {{QStringLiteral("clusterid"), cluster},
            {QStringLiteral("source_name"), QStringLiteral("shop")},
            {QStringLiteral("source_podengine"), controller},
            {QStringLiteral("instance_type"), QStringLiteral("LinuxOS")},
            {QStringLiteral("pod_imagepath"), QStringLiteral("docker.io/library/ubuntu:22.04")},
            {QStringLiteral("source_replicasetnum"), QStringLiteral("1")},
            {QStringLiteral("source_cpurate"), QStringLiteral("2")},
            {QStringLiteral("source_memrate"), QStringLiteral("4Gi")},
            {QStringLiteral("source_gpu"), QStringLiteral("0")},
            {QStringLiteral("source_storagelimits"), QStringLiteral("10Gi")},
            {QStringLiteral("source_mountpath"), QStringLiteral("/mnt/data")},
            {QStringLiteral("source_authuser"), QStringLiteral("root")},
            {QStringLiteral("source_authpasswd"), QStringLiteral("top-secret")},
            {QStringLiteral("source_portmode"), QStringLiteral("LoadBalancer")},
            {QStringLiteral("source_apiport"), QStringLiteral("80")},
            {QStringLiteral("source_insideport"), QStringLiteral("80")},
            {QStringLiteral("source_outsideport"), QStringLiteral("30000")},
            {QStringLiteral("source_restartpolicy"), once ? QStringLiteral("OnFailure") : QStringLiteral("Always")},
            {QStringLiteral("source_selflabel"), QStringLiteral("app:shop")}};
}

} // namespace kboss::test
