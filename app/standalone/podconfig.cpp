#include "app/standalone/podconfig.h"

#include "app/standalone/jsontext.h"
#include "app/standalone/mask.h"
#include "app/standalone/partrecord.h"

#include <QRandomGenerator>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

struct Field {
    const char *name;
    bool number;
};
// In the order of the description, without the password.
constexpr Field fields[] = {
    {"source_name", false},
    {"source_authuser", false},
    {"source_podengine", false},
    {"source_replicasetnum", true},
    {"pod_imagepath", false},
    {"source_memrate", false},
    {"source_cpurate", false},
    {"source_gpu", true},
    {"cpu_model", false},
    {"memory_model", false},
    {"gpu_model", false},
    {"disk_sys_limit", false},
    {"source_selflabel", false},
    {"source_portmode", false},
    {"source_restartpolicy", false},
    {"source_apiport", true},
    {"source_insideport", true},
    {"source_outsideport", true},
    {"source_mountpath", false},
    {"source_storagelimits", false},
    {"instance_type", false},
    {"source_nodeselector", false},
};

QString configSelect()
{
    return u"SELECT id, cpcid, clusterid, orgid, username, state, fields, auth_password, updated_ms FROM podconfig"_s;
}

PodConfig readConfig(const QSqlQuery &row)
{
    const auto text = [&row](int column) { return row.value(column).toString(); };
    PodConfig config{text(0), text(1), text(2), text(3), text(4), text(5), {}, text(7), row.value(8).toLongLong()};
    const auto stored = nlohmann::json::parse(text(6).toStdString(), nullptr, false);
    for (const Field &field : fields) {
        if (stored.is_object())
            config.texts.insert(QLatin1String(field.name), QString::fromStdString(stored.value(field.name, std::string())));
    }
    return config;
}

Outcome<std::vector<PodConfig>> readAll(const QString &where, const QList<QVariant> &values, const QSqlDatabase &connection)
{
    auto rows = runSql(connection, configSelect() + where + u" ORDER BY seq"_s, values);
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<PodConfig> configs;
    while (rows->next())
        configs.push_back(readConfig(*rows));
    return configs;
}

QString faultWords(const WorkloadFault &fault)
{
    using Reason = WorkloadFault::Reason;
    switch (fault.reason) {
    case Reason::Missing:
        return u"不能为空"_s;
    case Reason::NotAQuantity:
        return u"不是数量,例如 512Mi、1000m: "_s + fault.detail;
    case Reason::NotPositive:
        return u"必须大于 0: "_s + fault.detail;
    case Reason::NotAPort:
        return u"端口必须是 1 到 65535: "_s + fault.detail;
    case Reason::OutsideNodePortRange:
        return u"节点端口必须是 30000 到 32767: "_s + fault.detail;
    case Reason::BadLabel:
        return u"不符合 Kubernetes 标签的写法: "_s + fault.detail;
    case Reason::BadPath:
        return u"必须是绝对路径,不能含 .. 或冒号: "_s + fault.detail;
    case Reason::BadName:
        return u"名称要含字母或数字,最长 63: "_s + fault.detail;
    case Reason::RestartNotAllowed:
        return u"Job 和 CronJob 不能总是重启,其他控制器只能总是重启"_s;
    case Reason::ReplicasNotAllowed:
        return u"只有 StatefulSet 和 Deployment 可以有多个副本"_s;
    case Reason::UnknownChoice:
        return u"没有这个选项: "_s + fault.detail;
    case Reason::NeedsDatabaseImage:
        return u"镜像与实例类型不符: "_s + fault.detail;
    case Reason::GpuWithoutModel:
        return u"分配 GPU 时必须指定型号"_s;
    case Reason::TooLarge:
        break;
    }
    return u"过大: "_s + fault.detail;
}

void appendNames(JsonObject &object, const WorkloadNames &names)
{
    object.text("namespace_name", names.nameSpace);
    object.text("serviceaccount_name", names.serviceAccount);
    object.text("podcd_name", names.controller);
    object.text("service_name", names.service);
}

void appendTexts(JsonObject &object, const PodConfig &config)
{
    for (const Field &field : fields) {
        const QString text = config.texts.value(QLatin1String(field.name));
        if (field.number)
            object.number(field.name, text.toLongLong());
        else
            object.text(field.name, text);
    }
    object.text("source_authpasswd", std::string_view(secretMask));
}

// Names depend on these texts alone, so they need no check of the others.
WorkloadNames namesOfConfig(const PodConfig &config)
{
    static constexpr const char *controllers[] = {"StatefulSet", "Deployment", "DaemonSet", "CronJob", "Job", "Standalone"};
    Workload workload;
    workload.id = config.id;
    workload.clusterId = config.clusterId;
    workload.orgId = config.orgId;
    for (size_t i = 0; i < std::size(controllers); ++i) {
        if (config.texts.value(u"source_podengine"_s) == QLatin1String(controllers[i]))
            workload.controller = static_cast<Controller>(i);
    }
    return namesOf(workload);
}

} // namespace

Outcome<PodConfig> storedConfig(const QString &id, const QSqlDatabase &connection)
{
    auto found = readAll(u" WHERE id = ?"_s, {id}, connection);
    if (!found)
        return Refused(found.error());
    return found->empty() ? Outcome<PodConfig>(refuse(u"资源实例配置不存在(id): %1"_s.arg(id), u"id"_s))
                          : Outcome<PodConfig>(std::move(found->front()));
}

Outcome<std::vector<PodConfig>> configsOf(const QString &clusterId, const QSqlDatabase &connection)
{
    return readAll(u" WHERE clusterid = ?"_s, {clusterId}, connection);
}

Outcome<std::vector<PodConfig>> unfinishedConfigs(const QSqlDatabase &connection)
{
    return readAll(u" WHERE state <> 'applied'"_s, {}, connection);
}

WorkloadTexts textsOf(const CheckedRequest &request)
{
    WorkloadTexts texts;
    for (const Field &field : fields) {
        if (request.has(field.name))
            texts.insert(QLatin1String(field.name), field.number ? QString::number(request.number(field.name, 0)) : request.text(field.name));
    }
    return texts;
}

Outcome<Workload> workloadOf(const PodConfig &config, const SecretBox &box)
{
    const auto password = box.unseal(config.password);
    if (!password)
        return storageRefusal(password.error());
    WorkloadTexts texts = config.texts;
    texts.insert(u"id"_s, config.id);
    texts.insert(u"clusterid"_s, config.clusterId);
    texts.insert(u"orgid"_s, config.orgId);
    texts.insert(u"source_authpasswd"_s, *password);
    auto workload = readWorkload(texts);
    if (workload)
        return std::move(*workload);
    const WorkloadFault &first = workload.error().front();
    return refuse(u"%1: %2"_s.arg(first.field, faultWords(first)), first.field);
}

void appendConfig(std::string &out, const PodConfig &config, const QString &nodes, qint64 rowNumber)
{
    JsonObject object(out);
    object.text("id", config.id);
    appendNames(object, namesOfConfig(config));
    object.text("clusterid", config.clusterId);
    object.text("cpcid", config.cpcid);
    appendTexts(object, config);
    object.text("username", config.userName);
    object.text("state", config.state);
    object.text("pod_nodes", nodes);
    object.text("update_time", std::string_view(localTime(config.updatedMs)));
    object.number("row_num_", rowNumber);
    object.close();
}

std::string appliedConfig(const PodConfig &config, const Workload &workload)
{
    std::string out;
    JsonObject object(out);
    object.text("id", config.id);
    object.text("action", std::string_view("apply"));
    appendNames(object, namesOf(workload));
    object.text("clusterid", config.clusterId);
    object.text("cpcid", config.cpcid);
    object.text("orgid", config.orgId);
    appendTexts(object, config);
    object.close();
    return out;
}

QString newConfigId()
{
    static constexpr char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    QString id;
    for (int i = 0; i < 21; ++i)
        id += QLatin1Char(alphabet[QRandomGenerator::system()->bounded(i == 0 ? 26 : 36)]);
    return id;
}

} // namespace kboss::standalone
