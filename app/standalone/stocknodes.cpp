#include "app/standalone/sqlwrite.h"
#include "app/standalone/stock.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 miPerGi = 1024;

struct Share {
    const char *type;
    QString model;
    qint64 amount; // base units
};

std::vector<Share> sharesOf(const Node &node)
{
    return {{"cpu", node.cpuModel, node.cpu * 1000},
            {"memory", node.memoryModel, node.memory * miPerGi},
            {"disk", u"SYS"_s, node.sysDisk * miPerGi},
            {"disk", u"DATA"_s, node.dataDisk * miPerGi},
            {"gpu", node.gpuModel, node.gpu}};
}

// Only parts that the center sells: a model nobody has priced has no stock.
Outcome<QString> partOf(const Share &share, const Node &node, const QSqlDatabase &connection)
{
    auto row =
        runSql(connection, u"SELECT id FROM part WHERE cpcid = ? AND type = ? AND model = ?"_s, {node.cpcid, QLatin1String(share.type), share.model});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? row->value(0).toString() : QString();
}

struct Brought {
    QString partId, type, model;
    qint64 amount = 0, stock = 0, consumed = 0; // base units; stock and consumed of the cluster
};

Outcome<std::vector<Brought>> broughtBy(const Node &node, const QString &clusterId, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT p.id, p.type, p.model, b.amount, s.stock, s.consumed FROM node_stock b JOIN part p ON p.id = b.partid "
                       "JOIN part_stock s ON s.partid = p.id AND s.clusterid = ? WHERE b.nodeid = ?"_s,
                       {clusterId, node.id});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<Brought> all;
    while (rows->next()) {
        const auto text = [&](int column) { return rows->value(column).toString(); };
        const auto number = [&](int column) { return rows->value(column).toLongLong(); };
        all.push_back({text(0), text(1), text(2), number(3), number(4), number(5)});
    }
    return all;
}

} // namespace

Outcome<void> addNodeStock(const Node &node, const QString &clusterId, WriteTransaction &write)
{
    for (const Share &share : sharesOf(node)) {
        const auto part = partOf(share, node, write.connection());
        if (!part)
            return Refused(part.error());
        if (part->isEmpty() || share.amount == 0)
            continue;
        if (auto done = run(write,
                            u"INSERT INTO part_stock(partid, clusterid, stock, consumed) VALUES(?, ?, ?, 0) "
                            "ON CONFLICT(partid, clusterid) DO UPDATE SET stock = stock + excluded.stock"_s,
                            {*part, clusterId, share.amount});
            !done)
            return done;
        if (auto done = run(write,
                            u"INSERT INTO node_stock(nodeid, partid, amount) VALUES(?, ?, ?) "
                            "ON CONFLICT(nodeid, partid) DO UPDATE SET amount = amount + excluded.amount"_s,
                            {node.id, *part, share.amount});
            !done)
            return done;
    }
    return {};
}

Outcome<void> removeNodeStock(const Node &node, const QString &clusterId, WriteTransaction &write)
{
    const auto brought = broughtBy(node, clusterId, write.connection());
    if (!brought)
        return Refused(brought.error());
    for (const Brought &one : *brought) {
        // What a database from before schema 3 has counted may be less: never below zero.
        const qint64 left = std::max<qint64>(0, one.stock - one.amount);
        if (left < one.consumed)
            return refuse(u"节点 %1 的部件 %2 %3 正被资源实例使用,不能移除"_s.arg(node.name, one.type, one.model));
        if (auto done = run(write, u"UPDATE part_stock SET stock = ? WHERE partid = ? AND clusterid = ?"_s, {left, one.partId, clusterId}); !done)
            return done;
    }
    return run(write, u"DELETE FROM node_stock WHERE nodeid = ?"_s, {node.id});
}

} // namespace kboss::standalone
