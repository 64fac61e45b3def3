#include "app/standalone/clusterbackend.h"

#include "app/standalone/kubectlbackend.h"
#include "app/standalone/simulatedbackend.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

Outcome<std::unique_ptr<ClusterBackend>> openCluster(const QString &clusterId, Database &database, const SecretBox &box,
                                                     const BackendSettings &settings)
{
    auto cluster = storedCluster(clusterId, database.connection());
    if (!cluster)
        return Refused(cluster.error());
    if (!cluster->ready)
        return refuse(u"算力集群还没有安装完成: %1"_s.arg(cluster->name), u"clusterid"_s);
    if (cluster->backend == u"simulated"_s)
        return makeSimulatedBackend(std::move(*cluster), database);
    const auto kubeconfig = box.unseal(cluster->kubeconfig);
    if (!kubeconfig)
        return storageRefusal(kubeconfig.error());
    return makeKubectlBackend(std::move(*cluster), kubeconfig->toUtf8(), database, settings);
}

} // namespace kboss::standalone
