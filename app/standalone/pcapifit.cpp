#include "app/cluster/kubeconfig.h"
#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/kubectlbackend.h"
#include "app/standalone/pcapi.h"
#include "app/standalone/quoterequest.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// What the cluster says of a node; the models only where the platform knows the node by its address.
NodeRoom roomOf(const KubeNode &node, const std::vector<KubePod> &pods)
{
    NodeRoom room;
    room.hostName = node.name;
    room.cordoned = node.cordoned || !node.ready;
    room.control = node.control;
    room.labels = node.labels;
    room.total.cpuMilli = node.cpuMilli;
    room.total.memoryMi = node.memoryKi / 1024;
    room.total.gpus = node.gpus;
    room.total.systemDiskMi = node.diskMi;
    for (const KubePod &pod : pods) {
        if (pod.hostName != node.name || pod.ended)
            continue;
        room.used.cpuMilli += pod.cpuAskedMilli;
        room.used.memoryMi += pod.memoryAskedKi / 1024;
        room.used.gpus += pod.gpusAsked;
        room.used.systemDiskMi += pod.diskAskedMi;
    }
    return room;
}

// Of an address that two centers have nothing is known.
Outcome<void> takeModels(NodeRoom &room, const QString &address, Backend &backend)
{
    auto rows = runSql(backend.database.connection(), u"SELECT cpu_model, memory_model, gpu_model FROM node WHERE ip = ? LIMIT 2"_s, {address});
    if (!rows)
        return storageRefusal(rows.error());
    if (!rows->next())
        return {};
    NodeRoom known = room;
    known.cpuModel = rows->value(0).toString();
    known.memoryModel = rows->value(1).toString();
    known.gpuModel = rows->value(2).toString();
    if (!rows->next())
        room = known;
    return {};
}

bool fits(const std::vector<NodeRoom> &rooms, const Need &need)
{
    return std::ranges::any_of(rooms, [&need](const NodeRoom &room) {
        Need judged = need;
        judged.dataDiskMi = 0; // a cluster makes them as they are asked for
        judged.systemDiskMi = room.total.systemDiskMi > 0 ? need.systemDiskMi : 0;
        for (const auto &model : {std::pair(&Need::cpuModel, &NodeRoom::cpuModel), std::pair(&Need::memoryModel, &NodeRoom::memoryModel),
                                  std::pair(&Need::gpuModel, &NodeRoom::gpuModel)}) {
            if ((room.*model.second).isEmpty())
                (judged.*model.first).clear();
        }
        return mayCarry(room, judged) && holds(room, judged);
    });
}

Outcome<std::vector<NodeRoom>> roomsBy(const QByteArray &kubeconfig, Backend &backend)
{
    KubectlSettings settings = backend.clusters.kubectl;
    settings.stop = backend.pcapi.token();
    const auto output = Kubectl(std::move(settings), kubeconfig).run({u"get"_s, u"nodes,pods"_s, u"-A"_s, u"-o"_s, u"json"_s});
    const auto objects = output ? readKubeObjects(*output) : Result<KubeObjects>(fail(output.error()));
    if (!objects)
        return kubectlRefusal(objects.error());
    std::vector<NodeRoom> rooms;
    for (const KubeNode &node : objects->nodes) {
        rooms.push_back(roomOf(node, objects->pods));
        if (auto known = takeModels(rooms.back(), node.internalIp, backend); !known)
            return Refused(known.error());
    }
    return rooms;
}

Outcome<Answer> determineAccommodat(const CheckedRequest &request, Backend &backend)
{
    const auto combinations = readCombinations(request.text("resources"));
    if (!combinations)
        return Refused(combinations.error());
    std::vector<Need> needs;
    for (const Combination &combination : *combinations) {
        auto need = needOf(combination.parts, "resources");
        if (!need)
            return refuse(u"%1: %2"_s.arg(combination.id, need.error().message), u"resources"_s);
        needs.push_back(std::move(*need));
    }
    const auto kubeconfig = rebuiltKubeconfig(request.text("kubeconfig").toUtf8());
    if (!kubeconfig)
        return refuse(u"kubeconfig: "_s + kubeconfig.error().detail, u"kubeconfig"_s);
    const auto rooms = roomsBy(*kubeconfig, backend);
    if (!rooms)
        return Refused(rooms.error());
    Answer answer;
    answer.body = '[';
    for (size_t i = 0; i < needs.size(); ++i) {
        if (fits(*rooms, needs[i]))
            continue;
        answer.body += answer.body.size() > 1 ? "," : "";
        appendJsonString(answer.body, (*combinations)[i].id);
    }
    answer.body += ']';
    return answer;
}

} // namespace

void addPcapiFitHandlers(HandlerTable &table)
{
    table.insert(u"pcapiDetermineAccommodat"_s, determineAccommodat);
}

} // namespace kboss::standalone
