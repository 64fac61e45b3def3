#include "app/standalone/jsontext.h"
#include "app/standalone/mask.h"
#include "app/standalone/partrecord.h"
#include "app/standalone/podconfig.h"
#include "app/standalone/podrequest.h"
#include "app/standalone/timestamp.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto defaultOrg = "mIWUHBeeDM8mwAFPIQ8pS"; // of a session without an organization

Outcome<QHash<QString, QString>> nodesByConfig(const QString &clusterId, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT p.configid, m.host_name FROM placement p JOIN member m ON m.nodeid = p.nodeid WHERE m.clusterid = ? "
                       "GROUP BY p.configid, m.host_name ORDER BY p.configid, min(p.ordinal)"_s,
                       {clusterId});
    if (!rows)
        return storageRefusal(rows.error());
    QHash<QString, QString> nodes;
    while (rows->next()) {
        QString &list = nodes[rows->value(0).toString()];
        list += (list.isEmpty() ? QString() : u", "_s) + rows->value(1).toString();
    }
    return nodes;
}

Outcome<Answer> getCpcpodyaml(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), connection);
    if (!cluster)
        return Refused(cluster.error());
    const auto configs = configsOf(cluster->id, connection);
    const auto nodes = nodesByConfig(cluster->id, connection);
    if (!configs || !nodes)
        return Refused(configs ? nodes.error() : configs.error());
    std::string data = "{\"total\":" + std::to_string(configs->size()) + ",\"rows\":[";
    for (size_t i = 0; i < configs->size(); ++i) {
        data += i == 0 ? "" : ",";
        appendConfig(data, (*configs)[i], nodes->value((*configs)[i].id), static_cast<qint64>(i) + 1);
    }
    return kbossAnswer("获取资源实例静态配置成功", data + "]}");
}

Outcome<Answer> newCpcpodyaml(const CheckedRequest &request, Backend &backend)
{
    auto config = askedConfig(request, backend);
    if (!config)
        return Refused(config.error());
    const auto workload = createConfig(*config, backend);
    if (!workload)
        return Refused(workload.error());
    return kbossAnswer("新增资源实例参数成功,请10秒后查看实时资源实例面板", appliedConfig(*config, *workload));
}

Outcome<PodConfig> changedConfig(PodConfig config, const CheckedRequest &request, const SecretBox &box)
{
    if (config.clusterId != request.text("clusterid"))
        return refuse(u"资源实例配置不属于该集群(clusterid)"_s, u"clusterid"_s);
    const WorkloadTexts texts = textsOf(request);
    for (auto text = texts.cbegin(); text != texts.cend(); ++text)
        config.texts[text.key()] = text.value();
    if (const QString password = request.text("source_authpasswd"); password != QLatin1String(secretMask))
        config.password = box.seal(password);
    config.updatedMs = nowMs();
    return config;
}

Outcome<Answer> updateCpcpodyaml(const CheckedRequest &request, Backend &backend)
{
    const auto changed = changeConfig(
        request.text("id"), [&](PodConfig stored) { return changedConfig(std::move(stored), request, backend.box); }, backend);
    if (!changed)
        return Refused(changed.error());
    return kbossAnswer("资源参数更新成功,请10秒后查看实时资源实例面板", appliedConfig(changed->config, changed->workload));
}

Outcome<Answer> deleteCpcpodyaml(const CheckedRequest &request, Backend &backend)
{
    const QString id = request.text("id");
    const auto config = storedConfig(id, backend.database.connection());
    if (!config)
        return Refused(config.error());
    if (request.has("orgid") && request.text("orgid") != config->orgId)
        return refuse(u"资源实例配置不属于该机构(orgid)"_s, u"orgid"_s);
    if (auto done = deleteConfig(id, backend); !done)
        return Refused(done.error());
    std::string data;
    JsonObject object(data);
    object.text("id", id);
    object.close();
    return kbossAnswer("级联删除集群资源成功,请10秒后查看实时资源实例面板", data);
}

void appendTaken(std::string &list, const StockPlan::Taken &taken)
{
    const qint64 base = taken.type == u"cpu"_s ? 1000 : taken.type == u"gpu"_s ? 1 : 1024;
    list += list.back() == '[' ? "" : ",";
    JsonObject object(list);
    object.text("type", taken.type);
    object.text("model", taken.model);
    object.raw("amount", decimalText(taken.amount, base));
    object.text("unit", taken.type == u"cpu"_s ? u"核"_s : taken.type == u"gpu"_s ? u"卡"_s : u"Gi"_s);
    object.raw("left", decimalText(taken.left, base));
    object.close();
}

std::string checkData(const Outcome<StockPlan> &plan)
{
    std::string data;
    JsonObject object(data);
    object.boolean("fits", plan.has_value());
    object.text("reason", plan ? QString() : plan.error().message);
    std::string &nodes = object.member("nodes");
    nodes += '[';
    if (plan) {
        for (const QString &host : plan->hosts) {
            nodes += nodes.back() == '[' ? "" : ",";
            appendJsonString(nodes, host);
        }
    }
    nodes += ']';
    std::string &parts = object.member("parts");
    parts += '[';
    if (plan) {
        for (const StockPlan::Taken &taken : plan->parts)
            appendTaken(parts, taken);
    }
    parts += ']';
    object.close();
    return data;
}

Outcome<Answer> checkCpcpodyaml(const CheckedRequest &request, Backend &backend)
{
    auto config = askedConfig(request, backend);
    if (!config)
        return Refused(config.error());
    if (request.has("id"))
        config->id = request.text("id");
    if (const auto workload = workloadOf(*config, backend.box); !workload)
        return Refused(workload.error());
    const auto plan = planConfig(*config, request.has("id"), backend);
    if (!plan && plan.error().http >= 500)
        return Refused(plan.error());
    return kbossAnswer("检查完成", checkData(plan));
}

} // namespace

Outcome<PodConfig> askedConfig(const CheckedRequest &request, Backend &backend)
{
    const auto cluster = storedCluster(request.text("clusterid"), backend.database.connection());
    if (!cluster)
        return Refused(cluster.error());
    PodConfig config;
    config.id = newConfigId();
    config.cpcid = cluster->cpcid;
    config.clusterId = cluster->id;
    config.orgId = request.text("orgid", QLatin1String(defaultOrg));
    config.texts = textsOf(request);
    if (request.text("source_authpasswd") == QLatin1String(secretMask) && !request.has("id"))
        return refuse(u"初始密码(source_authpasswd): 新建时不能使用掩码"_s, u"source_authpasswd"_s);
    config.password = backend.box.seal(request.text("source_authpasswd"));
    config.updatedMs = nowMs();
    auto org = runSql(backend.database.connection(), u"SELECT name FROM org WHERE id = ?"_s, {config.orgId});
    if (!org)
        return storageRefusal(org.error());
    config.userName = request.has("userid") ? request.text("userid") : org->next() ? org->value(0).toString() : request.user;
    return config;
}

void addPodConfigHandlers(HandlerTable &table)
{
    table.insert(u"getCpcpodyaml"_s, getCpcpodyaml);
    table.insert(u"newCpcpodyaml"_s, newCpcpodyaml);
    table.insert(u"updateCpcpodyaml"_s, updateCpcpodyaml);
    table.insert(u"deleteCpcpodyaml"_s, deleteCpcpodyaml);
    table.insert(u"checkCpcpodyaml"_s, checkCpcpodyaml);
}

} // namespace kboss::standalone
