#include "app/standalone/clusterrecord.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/partrecord.h"
#include "app/standalone/stock.h"
#include "app/standalone/timestamp.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<Answer> getCpcwidget(const CheckedRequest &request, Backend &backend)
{
    const QString center = request.text("cpcid");
    if (auto exists = centerExists(center, backend.database.connection()); !exists)
        return Refused(exists.error());
    const auto parts = partsOf(center, backend.database.connection());
    if (!parts)
        return Refused(parts.error());
    std::string data = "{\"total\":" + std::to_string(parts->size()) + ",\"rows\":[";
    for (size_t i = 0; i < parts->size(); ++i) {
        data += i == 0 ? "" : ",";
        appendPart(data, (*parts)[i], static_cast<qint64>(i) + 1);
    }
    return kbossAnswer("获取算力部件成功", data + "]}");
}

// A unit that cannot be converted would make a price nobody can count with.
Outcome<PartPrice> askedPrice(const CheckedRequest &request)
{
    PartPrice price;
    price.type = request.text("type");
    price.model = request.text("model").trimmed();
    price.resourceUnit = request.text("resource_unit");
    price.chargeUnit = request.text("charge_unit");
    price.accountUnit = request.text("account_unit");
    if (price.model.isEmpty())
        return refuse(u"型号(model): 不能为空"_s, u"model"_s);
    if (!unitRatio(price.type, price.resourceUnit))
        return refuse(u"资源单位(resource_unit): %1 不能以 %2 计量"_s.arg(price.type, price.resourceUnit), u"resource_unit"_s);
    const auto amount = Decimal::parse(request.text("unit_price"));
    if (!amount || amount->isNegative())
        return refuse(u"单价(unit_price): 必须是不小于 0 的十进制数"_s, u"unit_price"_s);
    price.unitPrice = amount->normalized();
    return price;
}

Outcome<void> addStock(const QString &partId, const QString &clusterId, qint64 amount, WriteTransaction &write)
{
    const auto done = runSql(write.connection(),
                             u"INSERT INTO part_stock(partid, clusterid, stock, consumed) VALUES(?, ?, ?, 0) "
                             "ON CONFLICT(partid, clusterid) DO UPDATE SET stock = stock + excluded.stock"_s,
                             {partId, clusterId, amount});
    return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
}

Answer newPartAnswer(const CheckedRequest &request, const Part &part)
{
    std::string data;
    JsonObject object(data);
    object.text("account_unit", part.price.accountUnit);
    object.text("charge_unit", part.price.chargeUnit);
    object.text("cpcid", part.cpcid);
    object.text("model", part.price.model);
    object.text("resource_unit", part.price.resourceUnit);
    object.text("stock", QString::number(request.number("stock", 0)));
    object.text("type", part.price.type);
    object.text("unit_price", part.price.unitPrice.toString());
    object.text("id", part.id);
    object.text("update_time", std::string_view(localTime(part.updatedMs)));
    object.close();
    return kbossAnswer("新增算力部件成功", data);
}

Outcome<QString> insertPart(const Part &part, WriteTransaction &write)
{
    const auto done = runSql(write.connection(),
                             u"INSERT INTO part(id, seq, cpcid, type, model, unit_price, resource_unit, charge_unit, account_unit, updated_ms) "
                             "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM part), ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                             {part.id, part.cpcid, part.price.type, part.price.model, part.price.unitPrice.toString(), part.price.resourceUnit,
                              part.price.chargeUnit, part.price.accountUnit, part.updatedMs});
    return done ? Outcome<QString>(part.id) : Outcome<QString>(storageRefusal(done.error()));
}

// More of a part that is there: what would change it is refused, so that nobody believes it was changed.
Outcome<void> samePart(const PartPrice &present, const PartPrice &asked)
{
    if (present.resourceUnit != asked.resourceUnit)
        return refuse(u"资源单位(resource_unit): 该部件以 %1 计量"_s.arg(present.resourceUnit), u"resource_unit"_s);
    if (present.unitPrice != asked.unitPrice)
        return refuse(u"单价(unit_price): 该部件的单价是 %1,请前往编辑!"_s.arg(present.unitPrice.toString()), u"unit_price"_s);
    if (present.chargeUnit != asked.chargeUnit)
        return refuse(u"计费单位(charge_unit): 该部件按 %1 计费"_s.arg(present.chargeUnit), u"charge_unit"_s);
    if (present.accountUnit != asked.accountUnit)
        return refuse(u"计费人民币单位(account_unit): 该部件以 %1 计价"_s.arg(present.accountUnit), u"account_unit"_s);
    return {};
}

Outcome<Answer> addCpcwidget(const CheckedRequest &request, Backend &backend)
{
    auto price = askedPrice(request);
    if (!price)
        return Refused(price.error());
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), write.connection());
    if (!cluster)
        return Refused(cluster.error());
    const auto parts = partsOf(cluster->cpcid, write.connection());
    if (!parts)
        return Refused(parts.error());
    Part part;
    const Part *present = findPart(*parts, price->type, price->model);
    if (present && request.text("add_opt") != u"yes"_s)
        return refuse(u"该部件已存在,请前往编辑!"_s, u"model"_s);
    if (const auto same = present ? samePart(present->price, *price) : Outcome<void>(); !same)
        return Refused(same.error());
    if (present) {
        part = *present;
    } else {
        part = {newId(), cluster->cpcid, *price, nowMs(), {}};
        if (auto inserted = insertPart(part, write); !inserted)
            return Refused(inserted.error());
    }
    const qint64 amount = request.number("stock", 0) * baseOf(part.price.type, part.price.resourceUnit);
    if (auto added = addStock(part.id, cluster->id, amount, write); !added)
        return Refused(added.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    return newPartAnswer(request, part);
}

Outcome<Answer> updateCpcwidget(const CheckedRequest &request, Backend &backend)
{
    const auto amount = Decimal::parse(request.text("unit_price"));
    if (!amount || amount->isNegative())
        return refuse(u"单价(unit_price): 必须是不小于 0 的十进制数"_s, u"unit_price"_s);
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto parts = partsOf(request.text("cpcid"), write.connection());
    if (!parts)
        return Refused(parts.error());
    const Part *part = findPart(*parts, request.text("type"), request.text("model"));
    if (!part)
        return refuse(u"没有该部件(model): %1 %2"_s.arg(request.text("type"), request.text("model")), u"model"_s);
    if (request.has("id") && request.text("id") != part->id)
        return refuse(u"部件(id)与类型和型号不符"_s, u"id"_s);
    const QString price = amount->normalized().toString();
    const auto done = runSql(write.connection(), u"UPDATE part SET unit_price = ?, updated_ms = ? WHERE id = ?"_s, {price, nowMs(), part->id});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("cpcid", part->cpcid);
    object.text("id", part->id);
    object.text("unit_price", price);
    object.close();
    return kbossAnswer("更新算力部件成功", data);
}

Outcome<Answer> deleteCpcwidget(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const QString id = request.text("id");
    const auto parts = partsOf(request.text("cpcid"), write.connection());
    if (!parts)
        return Refused(parts.error());
    const auto part = std::ranges::find(*parts, id, &Part::id);
    if (part == parts->end())
        return refuse(u"算力中心没有该部件(id): %1"_s.arg(id), u"id"_s);
    if (part->consumed() > 0)
        return refuse(u"部件 %1 %2 正被资源实例使用,不能移除"_s.arg(part->price.type, part->price.model), u"id"_s);
    for (const QString &sql : {u"DELETE FROM part_stock WHERE partid = ?"_s, u"DELETE FROM part WHERE id = ?"_s}) {
        if (const auto done = runSql(write.connection(), sql, {id}); !done)
            return storageRefusal(done.error());
    }
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("id", id);
    object.close();
    return kbossAnswer("移除算力部件成功", data);
}

void appendRoom(std::string &out, const NodeRoom &room, const QString &clusterName, qint64 rowNumber)
{
    JsonObject object(out);
    object.text("id", room.nodeId);
    object.text("clusterid", room.clusterId);
    object.text("clustername", clusterName);
    object.text("node_name", room.hostName);
    object.text("role", room.control ? u"control"_s : u"worker"_s);
    object.boolean("cordoned", room.cordoned);
    object.text("labels", room.labels.join(u", "_s));
    object.text("cpu_model", room.cpuModel);
    object.raw("cpu_total", decimalText(room.total.cpuMilli, 1000));
    object.raw("cpu_used", decimalText(room.used.cpuMilli, 1000));
    object.text("memory_model", room.memoryModel);
    object.raw("memory_total", decimalText(room.total.memoryMi, 1024));
    object.raw("memory_used", decimalText(room.used.memoryMi, 1024));
    object.raw("sysdisk_total", decimalText(room.total.systemDiskMi, 1024));
    object.raw("sysdisk_used", decimalText(room.used.systemDiskMi, 1024));
    object.raw("datadisk_total", decimalText(room.total.dataDiskMi, 1024));
    object.raw("datadisk_used", decimalText(room.used.dataDiskMi, 1024));
    object.text("gpu_model", room.gpuModel);
    object.number("gpu_total", room.total.gpus);
    object.number("gpu_used", room.used.gpus);
    object.number("row_num_", rowNumber);
    object.close();
}

Outcome<Answer> getCpcnodestock(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    if (auto exists = centerExists(request.text("cpcid"), connection); !exists)
        return Refused(exists.error());
    const auto clusters = clustersOf(request.text("cpcid"), connection);
    if (!clusters)
        return Refused(clusters.error());
    std::string list;
    qint64 number = 0;
    for (const Cluster &cluster : *clusters) {
        const auto rooms = roomsOf(cluster.id, connection);
        if (!rooms)
            return Refused(rooms.error());
        for (const NodeRoom &room : *rooms) {
            list += list.empty() ? "" : ",";
            appendRoom(list, room, cluster.name, ++number);
        }
    }
    return kbossAnswer("获取节点库存成功", "{\"total\":" + std::to_string(number) + ",\"rows\":[" + list + "]}");
}

} // namespace

void addPartHandlers(HandlerTable &table)
{
    table.insert(u"getCpcwidget"_s, getCpcwidget);
    table.insert(u"addCpcwidget"_s, addCpcwidget);
    table.insert(u"updateCpcwidget"_s, updateCpcwidget);
    table.insert(u"deleteCpcwidget"_s, deleteCpcwidget);
    table.insert(u"getCpcnodestock"_s, getCpcnodestock);
}

} // namespace kboss::standalone
