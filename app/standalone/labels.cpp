#include "app/standalone/clusterrecord.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/partrecord.h"
#include "app/standalone/timestamp.h"

#include <QRegularExpression>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto defaultOrg = "mIWUHBeeDM8mwAFPIQ8pS"; // of a session without an organization

struct Label {
    QString id, name, orgid, type, key, value;
    qint64 updatedMs = 0;
};

void appendRecord(JsonObject &object, const Label &label)
{
    object.text("label_key", label.key);
    object.text("label_value", label.value);
    object.text("labeltype", label.type);
    object.text("name", label.name);
    object.text("orgid", label.orgid);
    object.text("id", label.id);
    object.text("update_time", std::string_view(localTime(label.updatedMs)));
}

Outcome<Answer> getCpclabel(const CheckedRequest &request, Backend &backend)
{
    const QString org = request.text("orgid");
    auto rows = runSql(backend.database.connection(),
                       u"SELECT id, name, orgid, labeltype, label_key, label_value, updated_ms FROM label %1 ORDER BY seq"_s.arg(
                           org.isEmpty() ? QString() : u"WHERE orgid = ?"_s),
                       org.isEmpty() ? QList<QVariant>() : QList<QVariant>{org});
    if (!rows)
        return storageRefusal(rows.error());
    std::string list;
    qint64 number = 0;
    while (rows->next()) {
        const auto text = [&](int column) { return rows->value(column).toString(); };
        list += list.empty() ? "" : ",";
        JsonObject object(list);
        appendRecord(object, {text(0), text(1), text(2), text(3), text(4), text(5), rows->value(6).toLongLong()});
        object.text("symbol", text(3) == u"1"_s ? u"="_s : u":"_s);
        object.number("row_num_", ++number);
        object.close();
    }
    return kbossAnswer("获取资源标签成功", "{\"total\":" + std::to_string(number) + ",\"rows\":[" + list + "]}");
}

// Kubernetes label syntax.
Outcome<void> checkLabel(const QString &key, const QString &value, const char *keyField, const char *valueField)
{
    static const QRegularExpression keys(u"\\A([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\\z"_s);
    static const QRegularExpression values(u"\\A([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?\\z"_s);
    if (!keys.match(key).hasMatch())
        return refuse(u"标签属性(%1): 只能由字母、数字、- _ . 组成,可以有一个域名前缀,名称最长 63: %2"_s.arg(QLatin1String(keyField), key),
                      QLatin1String(keyField));
    if (!values.match(value).hasMatch())
        return refuse(u"标签值(%1): 只能由字母、数字、- _ . 组成,首尾为字母或数字,最长 63: %2"_s.arg(QLatin1String(valueField), value),
                      QLatin1String(valueField));
    return {};
}

Outcome<Label> askedLabel(const CheckedRequest &request)
{
    Label label{newId(),
                request.text("name").trimmed(),
                request.text("orgid"),
                request.text("labeltype"),
                request.text("label_key").trimmed(),
                request.text("label_value").trimmed(),
                nowMs()};
    if (label.orgid.isEmpty())
        label.orgid = QLatin1String(defaultOrg);
    if (label.name.isEmpty())
        return refuse(u"标签名称(name): 不能为空"_s, u"name"_s);
    if (auto good = checkLabel(label.key, label.value, "label_key", "label_value"); !good)
        return Refused(good.error());
    return label;
}

Outcome<Answer> addCpclabel(const CheckedRequest &request, Backend &backend)
{
    const auto label = askedLabel(request);
    if (!label)
        return Refused(label.error());
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    auto same = runSql(write.connection(), u"SELECT name FROM label WHERE orgid = ? AND labeltype = ? AND label_key = ? AND label_value = ?"_s,
                       {label->orgid, label->type, label->key, label->value});
    if (!same)
        return storageRefusal(same.error());
    if (same->next())
        return refuse(u"标签已存在(label_key): %1 %2,名称 %3"_s.arg(label->key, label->value, same->value(0).toString()), u"label_key"_s);
    same->finish();
    const auto done = runSql(write.connection(),
                             u"INSERT INTO label(id, seq, name, orgid, labeltype, label_key, label_value, updated_ms) "
                             "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM label), ?, ?, ?, ?, ?, ?)"_s,
                             {label->id, label->name, label->orgid, label->type, label->key, label->value, label->updatedMs});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    appendRecord(object, *label);
    object.close();
    return kbossAnswer("新增资源标签成功", data);
}

Outcome<Answer> deleteCpclabel(const CheckedRequest &request, Backend &backend)
{
    const QString id = request.text("id"), org = request.text("orgid");
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    auto row = runSql(write.connection(), u"SELECT orgid FROM label WHERE id = ?"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(u"标签不存在(id): %1"_s.arg(id), u"id"_s);
    if (!org.isEmpty() && org != row->value(0).toString())
        return refuse(u"标签不属于该机构(orgid): %1"_s.arg(org), u"orgid"_s);
    row->finish();
    if (const auto done = runSql(write.connection(), u"DELETE FROM label WHERE id = ?"_s, {id}); !done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("id", id);
    object.close();
    return kbossAnswer("删除资源标签成功", data);
}

Outcome<Answer> setupCpclabel(const CheckedRequest &request, Backend &backend)
{
    const QString label = request.text("label").trimmed();
    const qsizetype at = label.indexOf(u'=');
    if (at <= 0)
        return refuse(u"标签(label): 要写成 key=value"_s, u"label"_s);
    if (auto good = checkLabel(label.left(at), label.mid(at + 1), "label", "label"); !good)
        return Refused(good.error());
    if (const QString domain = label.left(at).section(u'/', 0, -2); domain.endsWith(u"kubernetes.io"_s) || domain.endsWith(u"k8s.io"_s))
        return refuse(u"标签(label): kubernetes.io 和 k8s.io 的标签由集群自己管理: %1"_s.arg(label), u"label"_s);
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), backend.database.connection());
    if (!cluster)
        return Refused(cluster.error());
    auto open = openCluster(cluster->id, backend.database, backend.box, backend.clusters);
    if (!open)
        return Refused(open.error());
    const QString opt = request.text("opt"), node = request.text("worker_node");
    if (auto done = (*open)->label(node, label, opt == u"label"_s); !done)
        return Refused(done.error());
    std::string data;
    JsonObject object(data);
    object.text("clusterid", cluster->id);
    object.text("cpcid", cluster->cpcid);
    object.text("label", label);
    object.text("opt", opt);
    object.text("orgid", request.text("orgid", QLatin1String(defaultOrg)));
    object.text("worker_node", node);
    object.close();
    return kbossAnswer("设置节点标签成功", data);
}

} // namespace

void addLabelHandlers(HandlerTable &table)
{
    table.insert(u"getCpclabel"_s, getCpclabel);
    table.insert(u"addCpclabel"_s, addCpclabel);
    table.insert(u"deleteCpclabel"_s, deleteCpclabel);
    table.insert(u"setupCpclabel"_s, setupCpclabel);
}

} // namespace kboss::standalone
