#include "app/standalone/clusterrecord.h"
#include "app/standalone/mask.h"
#include "app/standalone/noderecord.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<Node> storedNode(const QString &id, const QSqlDatabase &connection)
{
    auto row = runSql(connection, nodeSelect() + u" WHERE id = ?"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(u"算力设备不存在: %1"_s.arg(id), u"id"_s);
    return readNode(*row);
}

Outcome<Answer> getCpcnode(const CheckedRequest &request, Backend &backend)
{
    const auto order = kbossOrder(request.text("sort"), nodeSortFields());
    if (!order)
        return Refused(order.error());
    const QString center = request.text("cpcid");
    const QSqlDatabase connection = backend.database.connection();
    if (auto exists = centerExists(center, connection); !exists)
        return Refused(exists.error());
    auto count = runSql(connection, u"SELECT count(*) FROM node WHERE cpcid = ?"_s, {center});
    if (!count || !count->next())
        return storageRefusal(count ? Error{} : count.error());
    const KbossWindow window = kbossWindow(request);
    auto rows =
        runSql(connection, nodeSelect() + u" WHERE cpcid = ? ORDER BY %1 LIMIT ? OFFSET ?"_s.arg(*order), {center, window.limit, window.offset});
    if (!rows)
        return storageRefusal(rows.error());
    std::string data = "{\"total\":" + std::to_string(count->value(0).toLongLong()) + ",\"rows\":[";
    for (qint64 number = window.offset + 1; rows->next(); ++number) {
        data += number == window.offset + 1 ? "" : ",";
        appendListedNode(data, readNode(*rows), number);
    }
    return kbossAnswer("获取算力设备成功", data + "]}");
}

Outcome<Answer> getCpcidleDevice(const CheckedRequest &request, Backend &backend)
{
    const QString center = request.text("cpcid");
    const QSqlDatabase connection = backend.database.connection();
    if (auto exists = centerExists(center, connection); !exists)
        return Refused(exists.error());
    auto rows = runSql(connection, nodeSelect() + u" WHERE cpcid = ? AND node_status = '0' ORDER BY seq"_s, {center});
    if (!rows)
        return storageRefusal(rows.error());
    std::string data = "[";
    while (rows->next()) {
        data += data.size() == 1 ? "" : ",";
        appendListedNode(data, readNode(*rows), 0);
    }
    return kbossAnswer("获取空闲设备成功", data + "]");
}

// Takes what the request says over `node`, which holds what is stored (or the defaults of a new one).
Outcome<void> takeArguments(const CheckedRequest &request, Node &node)
{
    node.name = request.text("name").trimmed();
    if (node.name.isEmpty())
        return refuse(u"设备名称(name): 不能为空"_s, u"name"_s);
    const auto period = readPeriod(request, "export_date", node.period);
    if (!period)
        return Refused(period.error());
    node.period = *period;
    node.cpcid = request.text("cpcid");
    node.ip = request.text("ip").trimmed();
    node.deviceType = request.text("devicetype");
    node.sshPort = request.number("sshport", 22);
    node.adminUser = request.text("adminuser");
    node.status = request.text("node_status");
    const QString external = request.text("external_ip").trimmed();
    node.externalIp = external == u"未设置"_s ? QString() : external;
    node.cpuModel = request.text("cpu_model");
    node.memoryModel = request.text("memory_model");
    node.gpuModel = request.text("gpu_model");
    node.cpu = request.number("cpu_stock", 0);
    node.memory = request.number("memory_stock", 0);
    node.sysDisk = request.number("sysdisk_stock", 0);
    node.dataDisk = request.number("datadisk_stock", 0);
    node.gpu = request.number("gpu_stock", 0);
    node.role = request.text("role");
    return {};
}

Outcome<void> addressIsFree(const Node &node, const QSqlDatabase &connection)
{
    auto same = runSql(connection, u"SELECT name FROM node WHERE cpcid = ? AND ip = ? AND sshport = ? AND id <> ?"_s,
                       {node.cpcid, node.ip, node.sshPort, node.id});
    if (!same)
        return storageRefusal(same.error());
    if (!same->next())
        return {};
    return refuse(u"该算力中心已有相同地址和端口的设备(ip): %1:%2,名称 %3"_s.arg(node.ip).arg(node.sshPort).arg(same->value(0).toString()), u"ip"_s);
}

// What a cluster and its stock reckon with.
struct Fixed {
    const char *field, *name;
    QString Node::*text;
    qint64 Node::*number;
};
constexpr Fixed fixedFields[] = {
    {"ip", "IP 地址", &Node::ip, nullptr},
    {"role", "集群角色", &Node::role, nullptr},
    {"cpu_model", "CPU 型号", &Node::cpuModel, nullptr},
    {"cpu_stock", "CPU 库存量", nullptr, &Node::cpu},
    {"memory_model", "内存型号", &Node::memoryModel, nullptr},
    {"memory_stock", "内存库存量", nullptr, &Node::memory},
    {"sysdisk_stock", "系统盘库存量", nullptr, &Node::sysDisk},
    {"datadisk_stock", "数据盘库存量", nullptr, &Node::dataDisk},
    {"gpu_model", "GPU 型号", &Node::gpuModel, nullptr},
    {"gpu_stock", "GPU 库存量", nullptr, &Node::gpu},
};

// The cluster a node serves, or is being installed for; empty when it serves none.
Outcome<QString> servedCluster(const Node &node, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT c.name FROM member m JOIN cluster c ON c.id = m.clusterid WHERE m.nodeid = ?"_s, {node.id});
    if (!row)
        return storageRefusal(row.error());
    if (row->next())
        return row->value(0).toString();
    return node.clusterId.isEmpty() ? QString() : node.clusterName;
}

Refused servesCluster(const QString &cluster, const char *field, const char *name)
{
    return refuse(u"算力设备正在集群 %1 中使用,不能修改%2(%3);请先把它移出集群"_s.arg(cluster, QString::fromUtf8(name), QLatin1String(field)),
                  QLatin1String(field));
}

// While a node serves a cluster its hardware is in the stock there and its address in the members: those stay. What a request repeats is no change.
Outcome<void> mayBecome(const Node &before, const Node &after, const QSqlDatabase &connection)
{
    const auto cluster = servedCluster(before, connection);
    if (!cluster)
        return Refused(cluster.error());
    if (cluster->isEmpty())
        return {};
    if (after.status != before.status && after.status != u"1"_s)
        return servesCluster(*cluster, "node_status", "设备状态");
    for (const Fixed &fixed : fixedFields) {
        if (fixed.text ? before.*fixed.text != after.*fixed.text : before.*fixed.number != after.*fixed.number)
            return servesCluster(*cluster, fixed.field, fixed.name);
    }
    return {};
}

Outcome<Answer> finish(WriteTransaction &write, Result<QSqlQuery> done, const char *message, const std::string &data)
{
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    return kbossAnswer(message, data);
}

Outcome<Answer> addCpcnode(const CheckedRequest &request, Backend &backend)
{
    Node node;
    node.id = newId();
    node.period = {QDate::currentDate().toString(Qt::ISODate), u"9999-12-31"_s};
    if (auto taken = takeArguments(request, node); !taken)
        return Refused(taken.error());
    if (request.text("adminpwd") == QLatin1String(secretMask))
        return refuse(u"管理密码(adminpwd): 新建时不能使用掩码"_s, u"adminpwd"_s);
    node.password = backend.box.seal(request.text("adminpwd"));
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto exists = centerExists(node.cpcid, write.connection()); !exists)
        return Refused(exists.error());
    if (auto free = addressIsFree(node, write.connection()); !free)
        return Refused(free.error());
    QString marks = u", ?"_s.repeated(nodeColumns().size());
    const QString sql =
        u"INSERT INTO node(seq, id, %1) VALUES((SELECT coalesce(max(seq), 0) + 1 FROM node), ?%2)"_s.arg(nodeColumns().join(u", "_s), marks);
    return finish(write, runSql(write.connection(), sql, QList<QVariant>{node.id} + nodeValues(node)), "新增算力设备成功", nodeRecord(node));
}

Outcome<Answer> updateCpcnode(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    auto node = storedNode(request.text("id"), write.connection());
    if (!node)
        return Refused(node.error());
    const Node before = *node;
    const auto serves = servedCluster(before, write.connection());
    if (!serves)
        return Refused(serves.error());
    if ((node->status == u"1"_s || !serves->isEmpty()) && request.text("cpcid") != node->cpcid)
        return refuse(u"算力设备正在占用,不能换到其他算力中心(cpcid)"_s, u"cpcid"_s);
    if (auto taken = takeArguments(request, *node); !taken)
        return Refused(taken.error());
    if (auto fixed = mayBecome(before, *node, write.connection()); !fixed)
        return Refused(fixed.error());
    if (auto exists = centerExists(node->cpcid, write.connection()); !exists)
        return Refused(exists.error());
    if (auto free = addressIsFree(*node, write.connection()); !free)
        return Refused(free.error());
    if (const QString password = request.text("adminpwd"); password != QLatin1String(secretMask))
        node->password = backend.box.seal(password);
    const QString sql = u"UPDATE node SET %1 = ? WHERE id = ?"_s.arg(nodeColumns().join(u" = ?, "_s));
    return finish(write, runSql(write.connection(), sql, nodeValues(*node) + QList<QVariant>{node->id}), "更新算力中心成功", nodeRecord(*node));
}

Outcome<Answer> deleteCpcnode(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto node = storedNode(request.text("id"), write.connection());
    if (!node)
        return Refused(node.error());
    const auto cluster = servedCluster(*node, write.connection());
    if (!cluster)
        return Refused(cluster.error());
    if (node->status == u"1"_s || !cluster->isEmpty())
        return refuse(u"算力设备正在占用,不能移除: %1%2"_s.arg(node->name, cluster->isEmpty() ? QString() : u"(集群 %1)"_s.arg(*cluster)), u"id"_s);
    std::string data;
    JsonObject object(data);
    object.text("id", node->id);
    object.close();
    return finish(write, runSql(write.connection(), u"DELETE FROM node WHERE id = ?"_s, {node->id}), "删除算力设备成功", data);
}

} // namespace

void addNodeHandlers(HandlerTable &table)
{
    table.insert(u"getCpcnode"_s, getCpcnode);
    table.insert(u"getCpcidleDevice"_s, getCpcidleDevice);
    table.insert(u"addCpcnode"_s, addCpcnode);
    table.insert(u"updateCpcnode"_s, updateCpcnode);
    table.insert(u"deleteCpcnode"_s, deleteCpcnode);
}

} // namespace kboss::standalone
