#include "app/cluster/kubeconfig.h"
#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"
#include "app/standalone/clusterfollow.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/kubectlbackend.h"

#include <QDateTime>
#include <QSslCertificate>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<QByteArray> kubeconfigIn(const CheckedRequest &request)
{
    auto rebuilt = rebuiltKubeconfig(QByteArray::fromStdString(request.body.value("kubeconfig", std::string())));
    if (!rebuilt)
        return refuse(u"集群上下文(kubeconfig)不能使用: %1"_s.arg(rebuilt.error().detail), u"kubeconfig"_s);
    return std::move(*rebuilt);
}

// When the user's certificate ends: what everybody who looks at the cluster is warned of. Empty = it signs in by other means.
QString certificateEnd(const QByteArray &kubeconfig)
{
    const nlohmann::json whole = nlohmann::json::parse(kubeconfig.begin(), kubeconfig.end(), nullptr, false);
    const nlohmann::json::json_pointer path("/users/0/user/client-certificate-data");
    if (whole.is_discarded() || !whole.contains(path))
        return {};
    const QByteArray pem = QByteArray::fromBase64(QByteArray::fromStdString(whole.at(path).get<std::string>()));
    const QList<QSslCertificate> chain = QSslCertificate::fromData(pem, QSsl::Pem);
    QDateTime soonest;
    for (const QSslCertificate &one : chain) {
        if (!soonest.isValid() || one.expiryDate() < soonest)
            soonest = one.expiryDate();
    }
    return soonest.isValid() ? soonest.toUTC().date().toString(Qt::ISODate) : QString();
}

Outcome<Cluster> importedCluster(const CheckedRequest &request, const QByteArray &kubeconfig, const SecretBox &box)
{
    Cluster cluster;
    cluster.id = newId();
    cluster.cpcid = request.text("cpcid");
    cluster.name = request.text("cluster_name").trimmed();
    if (cluster.name.isEmpty())
        return refuse(u"集群名称(cluster_name): 不能为空"_s, u"cluster_name"_s);
    const auto period = readPeriod(request, "export_date", {});
    if (!period)
        return Refused(period.error());
    cluster.period = *period;
    cluster.type = u"0"_s;
    cluster.ready = true;
    cluster.backend = u"kubectl"_s;
    cluster.kubeconfig = box.seal(QString::fromUtf8(kubeconfig));
    cluster.certificateDate = certificateEnd(kubeconfig);
    cluster.createdMs = QDateTime::currentMSecsSinceEpoch();
    return cluster;
}

Outcome<std::vector<KubeNode>> askForNodes(const QByteArray &kubeconfig, const BackendSettings &settings)
{
    const auto output = Kubectl(settings.kubectl, kubeconfig).run({u"get"_s, u"nodes"_s, u"-o"_s, u"json"_s});
    if (!output)
        return kubectlRefusal(output.error());
    auto objects = readKubeObjects(*output);
    if (!objects)
        return kubectlRefusal(objects.error());
    if (objects->nodes.empty())
        return refuse(u"集群上下文(kubeconfig): 集群里没有节点"_s, u"kubeconfig"_s);
    return std::move(objects->nodes);
}

Outcome<Answer> importCluster(const CheckedRequest &request, Backend &backend)
{
    if (auto exists = centerExists(request.text("cpcid"), backend.database.connection()); !exists)
        return Refused(exists.error());
    const auto kubeconfig = kubeconfigIn(request);
    if (!kubeconfig)
        return Refused(kubeconfig.error());
    auto cluster = importedCluster(request, *kubeconfig, backend.box);
    if (!cluster)
        return Refused(cluster.error());
    const auto nodes = askForNodes(*kubeconfig, backend.clusters);
    if (!nodes)
        return Refused(nodes.error());
    cluster->version = versionOf(*nodes);
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto done = insertCluster(*cluster, write); !done)
        return Refused(done.error());
    const auto known = takeMembers(*cluster, *nodes, backend.box, write);
    if (!known)
        return Refused(known.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("id", cluster->id);
    object.text("cpcid", cluster->cpcid);
    object.text("name", cluster->name);
    object.text("version", cluster->version);
    object.number("node_count", static_cast<qint64>(nodes->size()));
    object.number("node_known", *known);
    object.close();
    return kbossAnswer("导入算力集群成功", data);
}

} // namespace

void addClusterImportHandlers(HandlerTable &table)
{
    table.insert(u"importCluster"_s, importCluster);
}

} // namespace kboss::standalone
