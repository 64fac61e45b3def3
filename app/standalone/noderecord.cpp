#include "app/standalone/noderecord.h"

#include "app/standalone/mask.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// Members that lists and write answers share.
void appendCommon(JsonObject &object, const Node &node)
{
    object.text("id", node.id);
    object.text("cpcid", node.cpcid);
    object.text("name", node.name);
    object.text("node_status", node.status);
    object.text("ip", node.ip);
    object.text("devicetype", node.deviceType);
    object.text("adminuser", node.adminUser);
    object.text("adminpwd", std::string_view(secretMask));
    object.text("enable_date", node.period.from);
    object.text("export_date", node.period.until);
    object.text("external_ip", node.externalIp.isEmpty() ? u"未设置"_s : node.externalIp);
    object.text("cpu_model", node.cpuModel);
    object.number("cpu_stock", node.cpu);
    object.text("memory_model", node.memoryModel);
    object.number("memory_stock", node.memory);
    object.number("sysdisk_stock", node.sysDisk);
    object.number("datadisk_stock", node.dataDisk);
    object.text("gpu_model", node.gpuModel);
    object.number("gpu_stock", node.gpu);
    object.text("role", node.role);
}

} // namespace

const QStringList &nodeColumns()
{
    static const QStringList columns{u"cpcid"_s,          u"name"_s,      u"clusterid"_s, u"cluster_name"_s, u"node_status"_s,  u"ip"_s,
                                     u"devicetype"_s,     u"sshport"_s,   u"adminuser"_s, u"adminpwd"_s,     u"enable_date"_s,  u"export_date"_s,
                                     u"external_ip"_s,    u"cpu_model"_s, u"cpu_stock"_s, u"memory_model"_s, u"memory_stock"_s, u"sysdisk_stock"_s,
                                     u"datadisk_stock"_s, u"gpu_model"_s, u"gpu_stock"_s, u"role"_s};
    return columns;
}

const QStringList &nodeSortFields()
{
    static const QStringList fields = [] {
        QStringList made = nodeColumns();
        made.removeAll(u"adminpwd"_s);
        made << u"id"_s << u"node_status_text"_s << u"devicetype_text"_s;
        return made;
    }();
    return fields;
}

QString nodeSelect()
{
    return u"SELECT id, "_s + nodeColumns().join(u", "_s)
        + u", CASE node_status WHEN '1' THEN '占用' ELSE '空闲' END AS node_status_text, "
          "CASE devicetype WHEN '1' THEN '物理机' ELSE '虚拟机' END AS devicetype_text FROM node"_s;
}

Node readNode(const QSqlQuery &row)
{
    int at = 0;
    const auto text = [&] { return row.value(at++).toString(); };
    const auto number = [&] { return row.value(at++).toLongLong(); };
    Node node;
    node.id = text();
    node.cpcid = text();
    node.name = text();
    node.clusterId = text();
    node.clusterName = text();
    node.status = text();
    node.ip = text();
    node.deviceType = text();
    node.sshPort = number();
    node.adminUser = text();
    node.password = text();
    node.period.from = text();
    node.period.until = text();
    node.externalIp = text();
    node.cpuModel = text();
    node.cpu = number();
    node.memoryModel = text();
    node.memory = number();
    node.sysDisk = number();
    node.dataDisk = number();
    node.gpuModel = text();
    node.gpu = number();
    node.role = text();
    return node;
}

QList<QVariant> nodeValues(const Node &node)
{
    return {node.cpcid,       node.name,        node.clusterId.isEmpty() ? QVariant() : QVariant(node.clusterId),
            node.clusterName, node.status,      node.ip,
            node.deviceType,  node.sshPort,     node.adminUser,
            node.password,    node.period.from, node.period.until,
            node.externalIp,  node.cpuModel,    node.cpu,
            node.memoryModel, node.memory,      node.sysDisk,
            node.dataDisk,    node.gpuModel,    node.gpu,
            node.role};
}

void appendListedNode(std::string &out, const Node &node, qint64 rowNumber)
{
    JsonObject object(out);
    appendCommon(object, node);
    if (node.clusterId.isEmpty())
        object.null("clusterid");
    else
        object.text("clusterid", node.clusterId);
    object.number("sshport", node.sshPort);
    object.text("node_status_text", node.status == u"1"_s ? u"占用"_s : u"空闲"_s);
    object.text("devicetype_text", node.deviceType == u"1"_s ? u"物理机"_s : u"虚拟机"_s);
    object.text("cluster_name", node.clusterName);
    if (rowNumber > 0)
        object.number("row_num_", rowNumber);
    object.close();
}

std::string nodeRecord(const Node &node)
{
    std::string out;
    JsonObject object(out);
    appendCommon(object, node);
    object.text("sshport", QString::number(node.sshPort));
    object.close();
    return out;
}

} // namespace kboss::standalone
