#include "app/standalone/kubectlbackend.h"

#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"
#include "app/cluster/workloadapply.h"
#include "app/standalone/clusterfollow.h"
#include "app/standalone/stock.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

MemberState memberState(const KubeNode &node, const QDateTime &now)
{
    MemberState member;
    member.hostName = node.name;
    member.ready = node.ready;
    member.cordoned = node.cordoned;
    member.control = node.control;
    member.trouble = node.trouble;
    member.ageSeconds = std::max<qint64>(0, node.created.secsTo(now));
    member.version = node.version;
    member.internalIp = node.internalIp;
    member.externalIp = node.externalIp;
    member.osVersion = node.osVersion;
    member.kernelVersion = node.kernelVersion;
    member.runtime = node.runtime;
    member.labels = node.labels;
    member.cpuMilli = node.cpuMilli;
    member.memoryMi = node.memoryKi / 1024;
    member.gpus = node.gpus;
    member.podLimit = node.podLimit;
    return member;
}

void addPod(MemberState &member, const KubePod &pod)
{
    if (pod.ended)
        return;
    ++member.podCount;
    member.cpuAskedMilli += pod.cpuAskedMilli;
    member.memoryAskedMi += pod.memoryAskedKi / 1024;
    member.gpusAsked += pod.gpusAsked;
}

PodState podState(const KubePod &pod, const QDateTime &now)
{
    PodState state;
    state.nameSpace = pod.nameSpace;
    state.name = pod.name;
    state.phase = pod.phase;
    state.readyContainers = pod.readyContainers;
    state.containers = pod.containers;
    state.restarts = pod.restarts;
    state.ageSeconds = std::max<qint64>(0, pod.created.secsTo(now));
    state.ip = pod.ip;
    state.hostName = pod.hostName;
    state.nominatedNode = pod.nominatedNode;
    state.configId = pod.labels.value(u"kboss-config"_s);
    state.gpusUsed = pod.ended ? 0 : pod.gpusAsked;
    state.cpuLimitMilli = pod.cpuLimitMilli;
    state.memoryLimitMi = pod.memoryLimitKi / 1024;
    state.gpuLimit = pod.gpuLimit;
    return state;
}

class KubectlBackend : public ClusterBackend {
public:
    KubectlBackend(Cluster cluster, QByteArray kubeconfig, Database &database, const SecretBox &box, const BackendSettings &settings)
        : m_cluster(std::move(cluster)), m_database(database), m_box(box), m_kubectl(settings.kubectl, std::move(kubeconfig))
    {
    }

    Outcome<std::vector<MemberState>> members() override
    {
        const auto objects = look(u"nodes,pods"_s);
        if (!objects)
            return Refused(objects.error());
        followNodes(m_cluster, objects->nodes, m_box, m_database);
        const auto usage = metrics(u"nodes"_s);
        const auto known = nodesByAddress();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        std::vector<MemberState> members;
        for (const KubeNode &node : objects->nodes) {
            MemberState member = memberState(node, now);
            member.nodeId = known.value(member.internalIp);
            for (const KubePod &pod : objects->pods) {
                if (pod.hostName == node.name)
                    addPod(member, pod);
            }
            if (const auto used = usage.constFind(node.name); used != usage.constEnd()) {
                member.cpuUsedMilli = used->cpuMicro / 1000;
                member.memoryUsedMi = used->memoryKi / 1024;
            }
            members.push_back(std::move(member));
        }
        std::ranges::sort(members, {}, &MemberState::hostName);
        return members;
    }

    Outcome<std::vector<PodState>> pods() override
    {
        const auto objects = look(u"pods"_s);
        if (!objects)
            return Refused(objects.error());
        const auto usage = metrics(u"pods"_s);
        const auto owners = ownersByConfig();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        std::vector<PodState> pods;
        for (const KubePod &pod : objects->pods) {
            PodState state = podState(pod, now);
            state.customer = owners.value(state.configId);
            if (const auto used = usage.constFind(pod.nameSpace + u'/' + pod.name); used != usage.constEnd()) {
                state.cpuUsedMicro = used->cpuMicro;
                state.memoryUsedKi = used->memoryKi;
            }
            pods.push_back(std::move(state));
        }
        return pods;
    }

    Outcome<void> apply(const Workload &workload) override
    {
        const auto done = applyWorkload(placed(workload), namesOf(workload), kubectl());
        return done ? Outcome<void>() : Outcome<void>(kubectlRefusal(done.error()));
    }

    Outcome<void> remove(const Workload &workload) override
    {
        const auto done = removeWorkload(workload, namesOf(workload), kubectl());
        return done ? Outcome<void>() : Outcome<void>(kubectlRefusal(done.error()));
    }

    Outcome<void> label(const QString &hostName, const QString &label, bool bind) override
    {
        if (auto known = isHost(hostName); !known)
            return known;
        if (auto carried = bind ? Outcome<void>() : carries(hostName, label); !carried)
            return carried;
        const QString change = bind ? label : label.section(u'=', 0, 0) + u'-';
        if (auto done = run({u"label"_s, u"node"_s, hostName, u"--overwrite"_s, change}); !done)
            return done;
        return followLabel(m_cluster.id, hostName, label, bind, m_database);
    }

    Outcome<void> setCordoned(const QString &hostName, bool cordoned) override
    {
        if (auto known = isHost(hostName); !known)
            return known;
        if (auto done = run({cordoned ? u"cordon"_s : u"uncordon"_s, hostName}); !done)
            return done;
        return followCordon(m_cluster.id, hostName, cordoned, m_database);
    }

    Outcome<void> drain(const QString &hostName) override
    {
        if (auto known = isHost(hostName); !known)
            return known;
        if (auto movable = followDrain(m_cluster.id, hostName, Follow::Try, m_database); !movable)
            return movable;
        // A drain that fails half-way has cordoned the node nevertheless.
        const auto done = run({u"drain"_s, hostName, u"--ignore-daemonsets"_s, u"--delete-emptydir-data"_s, u"--timeout=110s"_s}, {}, 120);
        if (!done) {
            reread();
            return done;
        }
        return followDrain(m_cluster.id, hostName, Follow::Write, m_database);
    }

    Outcome<void> removeMember(const QString &hostName) override
    {
        if (auto known = isHost(hostName); !known)
            return known;
        return run({u"delete"_s, u"node"_s, hostName, u"--ignore-not-found"_s});
    }

private:
    RunKubectl kubectl() const
    {
        return [this](const QStringList &arguments, const QByteArray &input, int seconds) { return m_kubectl.run(arguments, input, seconds); };
    }

    // With the nodes that have the models asked for.
    Workload placed(Workload workload)
    {
        if (workload.cpuModel.isEmpty() && workload.memoryModel.isEmpty() && workload.gpuModel.isEmpty())
            return workload;
        const auto rooms = roomsOf(m_cluster.id, m_database.connection());
        if (!rooms)
            return workload;
        const auto has = [](const QString &wanted, const QString &there) { return wanted.isEmpty() || wanted == there; };
        for (const NodeRoom &room : *rooms) {
            if (!room.control && has(workload.cpuModel, room.cpuModel) && has(workload.memoryModel, room.memoryModel)
                && has(workload.gpus > 0 ? workload.gpuModel : QString(), room.gpuModel))
                workload.hosts << room.hostName;
        }
        return workload;
    }

    Outcome<void> carries(const QString &hostName, const QString &label)
    {
        const auto objects = look(u"nodes"_s);
        if (!objects)
            return Refused(objects.error());
        const auto node = std::ranges::find(objects->nodes, hostName, &KubeNode::name);
        if (node != objects->nodes.end() && node->labels.contains(label))
            return {};
        return refuse(u"节点 %1 没有这个标签(label): %2"_s.arg(hostName, label), u"label"_s);
    }

    void reread()
    {
        if (const auto objects = look(u"nodes"_s))
            followNodes(m_cluster, objects->nodes, m_box, m_database);
    }

    Outcome<KubeObjects> look(const QString &kinds)
    {
        const auto output = m_kubectl.run({u"get"_s, kinds, u"-A"_s, u"-o"_s, u"json"_s});
        if (!output)
            return kubectlRefusal(output.error());
        auto objects = readKubeObjects(*output);
        return objects ? Outcome<KubeObjects>(std::move(*objects)) : Outcome<KubeObjects>(kubectlRefusal(objects.error()));
    }

    // Many clusters have no metrics server: then there is no usage, and that is no error.
    QHash<QString, KubeUsage> metrics(const QString &kind)
    {
        const auto output = m_kubectl.run({u"get"_s, u"--raw"_s, u"/apis/metrics.k8s.io/v1beta1/"_s + kind}, {}, 10);
        return output ? readKubeMetrics(*output).value_or(QHash<QString, KubeUsage>()) : QHash<QString, KubeUsage>();
    }

    Outcome<void> run(const QStringList &arguments, const QByteArray &input = {}, int seconds = 30)
    {
        const auto output = m_kubectl.run(arguments, input, seconds);
        return output ? Outcome<void>() : Outcome<void>(kubectlRefusal(output.error()));
    }

    // A name that begins with '-' would be an option.
    static Outcome<void> isHost(const QString &name)
    {
        const bool plain = !name.isEmpty()
            && std::ranges::all_of(name, [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'.'; });
        return plain && !name.startsWith(u'-') ? Outcome<void>()
                                               : Outcome<void>(refuse(u"节点名(worker_node)不正确: %1"_s.arg(name), u"worker_node"_s));
    }

    QHash<QString, QString> textMap(const QString &sql, const QString &value)
    {
        QHash<QString, QString> map;
        auto rows = runSql(m_database.connection(), sql, {value});
        while (rows && rows->next())
            map.insert(rows->value(0).toString(), rows->value(1).toString());
        return map;
    }
    QHash<QString, QString> nodesByAddress() { return textMap(u"SELECT ip, id FROM node WHERE cpcid = ?"_s, m_cluster.cpcid); }
    QHash<QString, QString> ownersByConfig() { return textMap(u"SELECT id, username FROM podconfig WHERE clusterid = ?"_s, m_cluster.id); }

    const Cluster m_cluster;
    Database &m_database;
    const SecretBox &m_box;
    const Kubectl m_kubectl;
};

} // namespace

std::unique_ptr<ClusterBackend> makeKubectlBackend(Cluster cluster, QByteArray kubeconfig, Database &database, const SecretBox &box,
                                                   const BackendSettings &settings)
{
    return std::make_unique<KubectlBackend>(std::move(cluster), std::move(kubeconfig), database, box, settings);
}

Refused kubectlRefusal(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Timeout:
        return refuseAs(504, "DEADLINE_EXCEEDED", u"集群没有按时回答: "_s + error.detail);
    case ErrorKind::Offline:
        return refuseAs(503, "UNAVAILABLE", u"连接不上集群: "_s + error.detail);
    case ErrorKind::Internal:
    case ErrorKind::Storage:
        return refuseAs(500, "INTERNAL", u"本机不能使用 kubectl: "_s + error.detail);
    default:
        return refuse(u"集群拒绝了操作: "_s + error.detail);
    }
}

} // namespace kboss::standalone
