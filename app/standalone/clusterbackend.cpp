#include "app/standalone/clusterbackend.h"

#include "app/cluster/kubeconfig.h"
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
    auto harmless = rebuiltKubeconfig(kubeconfig->toUtf8()); // older services stored the text as it came
    if (!harmless)
        return refuse(u"集群上下文(kubeconfig)不能使用: %1;请重新导入集群"_s.arg(harmless.error().detail), u"clusterid"_s);
    return makeKubectlBackend(std::move(*cluster), std::move(*harmless), database, box, settings);
}

} // namespace kboss::standalone
