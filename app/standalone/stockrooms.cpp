#include "app/standalone/stock.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 miPerGi = 1024;

NodeRoom readRoom(const QSqlQuery &row)
{
    int at = 0;
    const auto text = [&] { return row.value(at++).toString(); };
    const auto number = [&] { return row.value(at++).toLongLong(); };
    NodeRoom room;
    room.nodeId = text();
    room.hostName = text();
    room.clusterId = text();
    room.cordoned = number() != 0;
    room.control = number() != 0;
    room.cpuModel = text();
    room.memoryModel = text();
    room.gpuModel = text();
    room.total.cpuMilli = number() * 1000;
    room.total.memoryMi = number() * miPerGi;
    room.total.systemDiskMi = number() * miPerGi;
    room.total.dataDiskMi = number() * miPerGi;
    room.total.gpus = number();
    room.used.cpuMilli = number();
    room.used.memoryMi = number();
    room.used.systemDiskMi = number();
    room.used.dataDiskMi = number();
    room.used.gpus = number();
    return room;
}

} // namespace

Outcome<std::vector<NodeRoom>> roomsOf(const QString &clusterId, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT n.id, m.host_name, m.clusterid, m.cordoned, m.control, n.cpu_model, n.memory_model, n.gpu_model, n.cpu_stock, "
                       "n.memory_stock, n.sysdisk_stock, n.datadisk_stock, n.gpu_stock, coalesce(sum(p.cpu_milli), 0), "
                       "coalesce(sum(p.memory_mi), 0), coalesce(sum(p.system_mi), 0), coalesce(sum(p.data_mi), 0), coalesce(sum(p.gpus), 0) "
                       "FROM member m JOIN node n ON n.id = m.nodeid LEFT JOIN placement p ON p.nodeid = n.id WHERE m.clusterid = ? "
                       "GROUP BY n.id ORDER BY m.host_name"_s,
                       {clusterId});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<NodeRoom> rooms;
    QHash<QString, size_t> byId;
    while (rows->next()) {
        rooms.push_back(readRoom(*rows));
        byId.insert(rooms.back().nodeId, rooms.size() - 1);
    }
    auto labels = runSql(connection,
                         u"SELECT l.nodeid, l.label_key || '=' || l.label_value FROM member_label l JOIN member m ON m.nodeid = l.nodeid "
                         "WHERE m.clusterid = ? ORDER BY l.label_key"_s,
                         {clusterId});
    if (!labels)
        return storageRefusal(labels.error());
    while (labels->next())
        rooms[byId.value(labels->value(0).toString())].labels << labels->value(1).toString();
    return rooms;
}

} // namespace kboss::standalone
