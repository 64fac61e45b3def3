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

} // namespace

Outcome<void> addNodeStock(const Node &node, const QString &clusterId, WriteTransaction &write)
{
    for (const Share &share : sharesOf(node)) {
        const auto part = partOf(share, node, write.connection());
        if (!part)
            return Refused(part.error());
        if (part->isEmpty() || share.amount == 0)
            continue;
        const auto done = runSql(write.connection(),
                                 u"INSERT INTO part_stock(partid, clusterid, stock, consumed) VALUES(?, ?, ?, 0) "
                                 "ON CONFLICT(partid, clusterid) DO UPDATE SET stock = stock + excluded.stock"_s,
                                 {*part, clusterId, share.amount});
        if (!done)
            return storageRefusal(done.error());
    }
    return {};
}

Outcome<void> removeNodeStock(const Node &node, const QString &clusterId, WriteTransaction &write)
{
    for (const Share &share : sharesOf(node)) {
        const auto part = partOf(share, node, write.connection());
        if (!part)
            return Refused(part.error());
        if (part->isEmpty() || share.amount == 0)
            continue;
        auto row = runSql(write.connection(), u"SELECT stock, consumed FROM part_stock WHERE partid = ? AND clusterid = ?"_s, {*part, clusterId});
        if (!row)
            return storageRefusal(row.error());
        if (!row->next())
            continue;
        const qint64 stock = row->value(0).toLongLong(), consumed = row->value(1).toLongLong();
        row->finish();
        // What was entered by hand may be less than the hardware: never below zero.
        const qint64 left = std::max<qint64>(0, stock - share.amount);
        if (left < consumed)
            return refuse(u"节点 %1 的部件 %2 %3 正被资源实例使用,不能移除"_s.arg(node.name, QLatin1String(share.type), share.model));
        const auto done =
            runSql(write.connection(), u"UPDATE part_stock SET stock = ? WHERE partid = ? AND clusterid = ?"_s, {left, *part, clusterId});
        if (!done)
            return storageRefusal(done.error());
    }
    return {};
}

} // namespace kboss::standalone
