#include "app/standalone/simulatedcluster.h"

#include "app/standalone/samplerandom.h"

#include <QHash>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

// Stable in every process, unlike qHash(), which is salted.
quint64 seedOf(const QString &text)
{
    quint64 seed = 0xCBF29CE484222325ULL;
    for (const QChar c : text)
        seed = (seed ^ c.unicode()) * 0x100000001B3ULL;
    return seed;
}

QString letters(SampleRandom &random, int count)
{
    static constexpr char alphabet[] = "bcdfghjklmnpqrstvwxz2456789"; // as Kubernetes names pods: no vowels, no look-alikes
    QString made;
    for (int i = 0; i < count; ++i)
        made += QLatin1Char(alphabet[random.below(std::size(alphabet) - 1)]);
    return made;
}

// How a pod behaves over its life.
enum class Fate { Runs, Crashes, NoImage, NoNode, Ends };

Fate drawFate(SampleRandom &random)
{
    const qint64 draw = random.below(1000);
    return draw < 8 ? Fate::Crashes : draw < 13 ? Fate::NoImage : draw < 16 ? Fate::NoNode : draw < 36 ? Fate::Ends : Fate::Runs;
}

// A pod somebody ordered. Any image on offer can be pulled, but one pull in eight fails twice, as where a registry allows so many an hour; and every
// few days each ends with an error and is started again.
struct Trouble {
    bool slowPull = false;
    qint64 period = 0; // between two ends
};

Trouble drawTrouble(quint64 seed)
{
    SampleRandom random(seed, 3);
    return {random.chance(125), random.between(7 * hour, 9 * day)};
}

// A part of the limit, moving: from 3 % to 92 %.
qint64 usedOf(qint64 limit, quint64 seed, qint64 nowMs)
{
    const auto turn = static_cast<quint64>(nowMs / (5 * second)) + seed % 20;
    SampleRandom random(seed, turn / 20);
    return limit * random.between(30, 920) / 1000;
}

void takePhase(PodState &pod, Fate fate, qint64 ageMs)
{
    pod.ageSeconds = std::max<qint64>(0, ageMs / second);
    const auto set = [&pod](const QString &phase, int ready) {
        pod.phase = phase;
        pod.readyContainers = ready;
    };
    if (fate == Fate::NoNode || ageMs < 4 * second)
        return set(u"Pending"_s, 0);
    if (fate == Fate::NoImage)
        return set(ageMs < 12 * second ? u"ContainerCreating"_s : ageMs / (20 * second) % 3 == 0 ? u"ErrImagePull"_s : u"ImagePullBackOff"_s, 0);
    if (ageMs < 14 * second)
        return set(u"ContainerCreating"_s, 0);
    if (fate == Fate::Crashes) {
        pod.restarts = std::min<qint64>(ageMs / (5 * minute), 4000);
        const bool up = ageMs % (5 * minute) < 25 * second;
        return set(up ? u"Running"_s : u"CrashLoopBackOff"_s, up ? 1 : 0);
    }
    set(u"Running"_s, pod.containers);
}

// Its age counts from its making, its failures with it: 14 s when all goes well, 80 s when the image comes at the third try.
void takeTroubledPhase(PodState &pod, const Trouble &trouble, qint64 ageMs)
{
    constexpr qint64 pulled = 80 * second, down = 20 * second;
    if (trouble.slowPull && ageMs < pulled)
        return takePhase(pod, Fate::NoImage, ageMs);
    takePhase(pod, Fate::Runs, ageMs);
    pod.restarts = std::max<qint64>(0, ageMs) / trouble.period;
    if (pod.restarts > 0 && ageMs % trouble.period < down) {
        pod.phase = ageMs % trouble.period < down / 2 ? u"Error"_s : u"CrashLoopBackOff"_s;
        pod.readyContainers = 0;
    }
}

void takeUsage(PodState &pod, quint64 seed, qint64 nowMs)
{
    const bool running = pod.phase == u"Running"_s;
    pod.cpuUsedMicro = running ? usedOf(std::max<qint64>(pod.cpuLimitMilli, 50) * 1000, seed, nowMs) : 0;
    pod.memoryUsedKi = running ? usedOf(std::max<qint64>(pod.memoryLimitMi, 64) * 1024, seed ^ 0x5A5A, nowMs) : 0;
    pod.gpusUsed = running ? pod.gpuLimit : 0;
}

QString podIp(size_t node, quint64 number)
{
    return u"10.244.%1.%2"_s.arg(node % 250).arg(number % 250 + 2);
}

struct SystemPod {
    const char *name;
    bool control; // on control nodes only, named after the node
    qint64 cpuMilli, memoryMi;
};
constexpr SystemPod systemPods[] = {
    {"etcd", true, 100, 100},          {"kube-apiserver", true, 250, 512}, {"kube-controller-manager", true, 200, 128},
    {"kube-scheduler", true, 100, 64}, {"kube-proxy", false, 50, 64},      {"calico-node", false, 250, 128},
    {"node-exporter", false, 50, 64},
};

void appendSystemPods(std::vector<PodState> &pods, const SimulatedCluster &cluster, qint64 nowMs)
{
    for (size_t at = 0; at < cluster.nodes.size(); ++at) {
        const SimulatedNode &node = cluster.nodes[at];
        for (const SystemPod &kind : systemPods) {
            if (kind.control && !node.control)
                continue;
            const quint64 seed = seedOf(cluster.id + node.hostName + QLatin1String(kind.name));
            SampleRandom random(seed, 1);
            PodState pod;
            pod.nameSpace = u"kube-system"_s;
            pod.name = QLatin1String(kind.name) + u'-' + (kind.control ? node.hostName : letters(random, 5));
            pod.restarts = random.chance(150) ? random.between(1, 4) : 0;
            pod.ip = node.internalIp;
            pod.hostName = node.hostName;
            pod.cpuLimitMilli = kind.cpuMilli;
            pod.memoryLimitMi = kind.memoryMi;
            takePhase(pod, Fate::Runs, nowMs - node.joinedMs);
            takeUsage(pod, seed, nowMs);
            pods.push_back(std::move(pod));
        }
    }
}

void appendWorkload(std::vector<PodState> &pods, const SimulatedCluster &cluster, const SimulatedWorkload &workload, qint64 nowMs)
{
    for (size_t replica = 0; replica < workload.hosts.size(); ++replica) {
        const quint64 seed = seedOf(cluster.id + workload.configId) + replica;
        PodState pod;
        pod.nameSpace = workload.nameSpace;
        pod.name = workload.podStem + u'-' + QString::number(replica);
        pod.hostName = workload.hosts[replica];
        pod.configId = workload.configId;
        pod.customer = workload.customer;
        pod.cpuLimitMilli = workload.cpuMilli;
        pod.memoryLimitMi = workload.memoryMi;
        pod.gpuLimit = workload.gpus;
        const auto host = std::ranges::find(cluster.nodes, pod.hostName, &SimulatedNode::hostName);
        pod.ip = host == cluster.nodes.end() ? QString() : podIp(static_cast<size_t>(host - cluster.nodes.begin()), seed);
        const qint64 age =
            nowMs - workload.appliedMs - static_cast<qint64>(replica) * 3 * second; // one after the other, as a StatefulSet starts them
        if (pod.hostName.isEmpty())
            takePhase(pod, Fate::NoNode, age);
        else if (workload.endsItself)
            takePhase(pod, Fate::Runs, age);
        else
            takeTroubledPhase(pod, drawTrouble(seed), age);
        if (workload.endsItself && pod.phase == u"Running"_s && pod.ageSeconds > 120) {
            pod.phase = u"Completed"_s;
            pod.readyContainers = 0;
        }
        takeUsage(pod, seed, nowMs);
        pods.push_back(std::move(pod));
    }
}

struct Tenant {
    const char *nameSpace, *customer;
};
constexpr Tenant tenants[] = {
    {"huadong-vision", "华东视觉研究院"}, {"qingyuan-hpc", "清源大学超算中心"}, {"nova-bio", "上海诺瓦生物信息"}, {"yunling-geo", "云岭地理信息"},
    {"beichen-ads", "北辰广告技术"},      {"lanhai-finance", "蓝海金融科技"},   {"jinsha-games", "金沙互动"},     {"tianfu-speech", "天府语音"},
};
constexpr const char *programs[] = {"train-sam2", "label-studio", "md-gromacs", "jupyter", "tile-render",
                                    "gateway",    "mysql",        "redis",      "api",     "worker"};

PodState backgroundPod(const SimulatedCluster &cluster, const std::vector<const SimulatedNode *> &workers, quint64 seed, quint64 index, qint64 nowMs)
{
    SampleRandom random(seed, index);
    const Tenant &tenant = random.pick(tenants);
    const char *program = random.pick(programs);
    const Fate fate = drawFate(random);
    const qint64 life = fate == Fate::Ends ? random.between(6 * minute, 40 * minute) : random.between(2 * hour, 60 * day);
    const qint64 lived = nowMs + random.below(life);
    SampleRandom turn(seed ^ index << 20, static_cast<quint64>(lived / life)); // after its life another takes its place
    PodState pod;
    pod.nameSpace = QLatin1String(tenant.nameSpace);
    pod.customer = QString::fromUtf8(tenant.customer);
    pod.name = QLatin1String(program) + u'-' + letters(random, 9) + u'-' + letters(turn, 5);
    const size_t at = static_cast<size_t>(turn.below(static_cast<qint64>(workers.size())));
    if (fate != Fate::NoNode) {
        pod.hostName = workers[at]->hostName;
        pod.ip = podIp(at, turn.next());
    }
    pod.cpuLimitMilli = workers[at]->cpuMilli * 6 / 10 / std::max<qint64>(1, cluster.backgroundPods / static_cast<qint64>(workers.size()) + 1);
    pod.memoryLimitMi = workers[at]->memoryMi * 6 / 10 / std::max<qint64>(1, cluster.backgroundPods / static_cast<qint64>(workers.size()) + 1);
    const qint64 age = lived % life;
    takePhase(pod, fate, age);
    if (fate == Fate::Ends && age > life * 7 / 10) {
        pod.phase = u"Completed"_s;
        pod.readyContainers = 0;
    }
    takeUsage(pod, seed + index, nowMs);
    return pod;
}

} // namespace

std::vector<PodState> simulatePods(const SimulatedCluster &cluster, qint64 nowMs)
{
    std::vector<PodState> pods;
    pods.reserve(static_cast<size_t>(cluster.backgroundPods) + cluster.nodes.size() * std::size(systemPods) + cluster.workloads.size() * 2);
    appendSystemPods(pods, cluster, nowMs);
    for (const SimulatedWorkload &workload : cluster.workloads)
        appendWorkload(pods, cluster, workload, nowMs);
    std::vector<const SimulatedNode *> workers;
    for (const SimulatedNode &node : cluster.nodes) {
        if (!node.control)
            workers.push_back(&node);
    }
    const quint64 seed = seedOf(cluster.id);
    for (qint64 i = 0; i < cluster.backgroundPods && !workers.empty(); ++i)
        pods.push_back(backgroundPod(cluster, workers, seed, static_cast<quint64>(i), nowMs));
    return pods;
}

std::vector<MemberState> simulateMembers(const SimulatedCluster &cluster, const std::vector<PodState> &pods, qint64 nowMs)
{
    std::vector<MemberState> members;
    QHash<QString, size_t> byHost;
    for (const SimulatedNode &node : cluster.nodes) {
        MemberState member;
        member.hostName = node.hostName;
        member.nodeId = node.nodeId;
        member.cordoned = node.cordoned;
        member.control = node.control;
        member.ageSeconds = std::max<qint64>(0, (nowMs - node.joinedMs) / second);
        member.version = cluster.version;
        member.internalIp = node.internalIp;
        member.externalIp = node.externalIp;
        member.osVersion = u"Ubuntu 22.04.5 LTS"_s;
        member.kernelVersion = u"5.15.0-91-generic"_s;
        member.runtime = u"containerd://1.7.24"_s;
        member.labels = node.labels;
        member.cpuMilli = node.cpuMilli;
        member.memoryMi = node.memoryMi;
        member.gpus = node.gpus;
        member.podLimit = std::max<qint64>(110, cluster.backgroundPods);
        member.cpuUsedMilli = member.memoryUsedMi = 0;
        const quint64 seed = seedOf(cluster.id + node.hostName);
        // Now and then a worker says nothing for three minutes.
        if (!node.control && (nowMs / minute + static_cast<qint64>(seed % 400)) % 400 < 3) {
            member.ready = false;
            member.trouble = u"NodeStatusUnknown"_s;
        }
        byHost.insert(node.hostName, members.size());
        members.push_back(std::move(member));
    }
    for (const PodState &pod : pods) {
        const auto at = byHost.constFind(pod.hostName);
        if (at == byHost.constEnd() || pod.phase == u"Completed"_s)
            continue;
        MemberState &member = members[*at];
        ++member.podCount;
        member.cpuAskedMilli += pod.cpuLimitMilli;
        member.memoryAskedMi += pod.memoryLimitMi;
        member.gpusAsked += pod.gpuLimit;
        member.cpuUsedMilli = *member.cpuUsedMilli + pod.cpuUsedMicro.value_or(0) / 1000;
        member.memoryUsedMi = *member.memoryUsedMi + pod.memoryUsedKi.value_or(0) / 1024;
    }
    for (MemberState &member : members) {
        if (member.ready && member.memoryMi > 0 && *member.memoryUsedMi * 100 > member.memoryMi * 92)
            member.trouble = u"MemoryPressure"_s;
        if (!member.ready)
            member.cpuUsedMilli = member.memoryUsedMi = std::nullopt;
    }
    return members;
}

} // namespace kboss::standalone
