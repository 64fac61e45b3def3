#include "app/standalone/instances.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/quoterequest.h"
#include "app/standalone/timestamp.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<Answer> getCpccProvider(const CheckedRequest &request, Backend &backend)
{
    QStringList where;
    QList<QVariant> values;
    for (const auto &[field, column] : std::initializer_list<std::pair<const char *, QString>>{{"orgid", u"c.orgid"_s}, {"cpccid", u"c.id"_s}}) {
        if (!request.has(field))
            continue;
        where << column + u" = ?"_s;
        values << request.text(field);
    }
    auto rows =
        runSql(backend.database.connection(),
               u"SELECT c.id, c.name, c.orgid, coalesce(s.id, ''), coalesce(s.name, ''), (SELECT count(*) FROM product p WHERE p.supplierid = s.id) "
               "FROM center c LEFT JOIN supplier s ON s.cpcid = c.id %1 ORDER BY c.seq"_s.arg(where.isEmpty() ? QString()
                                                                                                              : u"WHERE "_s + where.join(u" AND "_s)),
               values);
    if (!rows)
        return storageRefusal(rows.error());
    std::string list;
    while (rows->next()) {
        const auto text = [&](int column) { return rows->value(column).toString(); };
        const bool converted = !text(3).isEmpty();
        list += list.empty() ? "" : ",";
        JsonObject object(list);
        object.text("cpccid", text(0));
        object.text("cpccname", text(1));
        object.boolean("provider_convert_state", converted);
        object.boolean("init_product", rows->value(5).toLongLong() > 0);
        if (converted) {
            JsonObject info(object.member("provider_info"));
            info.text("providerid", text(3));
            info.text("name", text(4));
            info.close();
        } else {
            object.null("provider_info");
        }
        object.text("providerid", text(3));
        object.text("provider_name", text(4));
        object.number("product_count", rows->value(5).toLongLong());
        object.text("orgid", text(2));
        object.close();
    }
    return kbossAnswer("get cpcc success", '[' + list + ']');
}

Outcome<QString> orgOfCenter(const QString &cpcid, const char *field, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT orgid FROM center WHERE id = ?"_s, {cpcid});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? Outcome<QString>(row->value(0).toString())
                       : Outcome<QString>(refuse(u"算力中心不存在(%1): %2"_s.arg(QLatin1String(field), cpcid), QLatin1String(field)));
}

Outcome<Answer> cpccProviderAdd(const CheckedRequest &request, Backend &backend)
{
    const QString center = request.text("orgcode"), name = request.text("name").trimmed();
    if (name.isEmpty())
        return refuse(u"名称(name): 不能为空"_s, u"name"_s);
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto org = orgOfCenter(center, "orgcode", write.connection());
    if (!org)
        return Refused(org.error());
    auto same = runSql(write.connection(), u"SELECT name FROM supplier WHERE cpcid = ?"_s, {center});
    if (!same)
        return storageRefusal(same.error());
    if (same->next())
        return refuse(u"该算力中心已转为供应商(orgcode): %1"_s.arg(same->value(0).toString()), u"orgcode"_s);
    same->finish();
    const QString id = newId(), orgId = request.text("orgid", *org);
    const auto done = runSql(write.connection(),
                             u"INSERT INTO supplier(id, seq, cpcid, name, orgid, created_ms) "
                             "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM supplier), ?, ?, ?, ?)"_s,
                             {id, center, name, orgId, nowMs()});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("providerid", id);
    object.text("name", name);
    object.text("cpccid", center);
    object.text("orgid", orgId);
    object.close();
    return kbossAnswer("转换供应商成功", data);
}

Outcome<Answer> getProviderCpccWidget(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    if (auto exists = centerExists(request.text("cpcid"), connection); !exists)
        return Refused(exists.error());
    const auto parts = partsOf(request.text("cpcid"), connection);
    if (!parts)
        return Refused(parts.error());
    std::string list;
    qint64 number = 0;
    for (const Part &part : *parts) {
        if (request.has("type") && part.price.type != request.text("type"))
            continue;
        list += list.empty() ? "" : ",";
        appendPart(list, part, ++number);
    }
    return kbossAnswer("获取算力部件成功", "{\"total\":" + std::to_string(number) + ",\"rows\":[" + list + "]}");
}

// The parts of a combination are sold by the center, and one instance can be all of them.
Outcome<void> checkCombination(const QString &spec, const QString &cpcid, const QSqlDatabase &connection)
{
    const auto asked = readAskedParts(spec, "spec_note");
    if (!asked)
        return Refused(asked.error());
    const auto parts = partsOf(cpcid, connection);
    if (!parts)
        return Refused(parts.error());
    for (const AskedPart &part : *asked) {
        if (!findPart(*parts, part.type, part.model))
            return refuse(u"规格(spec_note): 无效的 %1 部件型号: %2"_s.arg(part.type, part.model), u"spec_note"_s);
    }
    if (const auto need = needOf(*asked, "spec_note"); !need)
        return Refused(need.error());
    return {};
}

Outcome<void> checkProduct(const CheckedRequest &request, const QSqlDatabase &connection)
{
    auto supplier = runSql(connection, u"SELECT s.cpcid, c.id FROM supplier s LEFT JOIN cluster c ON c.cpcid = s.cpcid AND c.id = ? WHERE s.id = ?"_s,
                           {request.text("clusterid"), request.text("providerid")});
    if (!supplier)
        return storageRefusal(supplier.error());
    if (!supplier->next())
        return refuse(u"供应商不存在(providerid): %1"_s.arg(request.text("providerid")), u"providerid"_s);
    if (supplier->value(1).isNull())
        return refuse(u"集群不属于该供应商(clusterid): %1"_s.arg(request.text("clusterid")), u"clusterid"_s);
    const QString center = supplier->value(0).toString();
    supplier->finish();
    if (request.text("product_type") == u"combination"_s)
        return checkCombination(request.text("spec_note"), center, connection);
    if (request.has("spec_note"))
        return refuse(u"规格(spec_note): 自定义产品不带规格"_s, u"spec_note"_s);
    auto same = runSql(connection, u"SELECT 1 FROM product WHERE clusterid = ? AND product_type = 'customize'"_s, {request.text("clusterid")});
    if (!same)
        return storageRefusal(same.error());
    return same->next() ? Outcome<void>(refuse(u"该集群已有自定义产品(product_type)"_s, u"product_type"_s)) : Outcome<void>();
}

Outcome<Answer> cpccProductAdd(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto good = checkProduct(request, write.connection()); !good)
        return Refused(good.error());
    const QString id = newId();
    const auto done =
        runSql(write.connection(),
               u"INSERT INTO product(id, seq, supplierid, clusterid, product_type, spec_note, created_ms) "
               "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM product), ?, ?, ?, ?, ?)"_s,
               {id, request.text("providerid"), request.text("clusterid"), request.text("product_type"), request.text("spec_note"), nowMs()});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("productid", id);
    object.text("providerid", request.text("providerid"));
    object.text("product_type", request.text("product_type"));
    object.text("clusterid", request.text("clusterid"));
    object.close();
    return kbossAnswer("配置产品成功", data);
}

struct Offer {
    QString productId, supplierId, supplierName, type, spec;
    QString specText, reason;
    std::optional<Decimal> price;
    bool available = true;
};

QString specText(const std::vector<AskedPart> &parts)
{
    QStringList words;
    for (const AskedPart &part : parts)
        words << u"%1 × %2 %3"_s.arg(part.model).arg(part.amount).arg(amountUnit(part.type));
    return words.join(u" + "_s);
}

// The price of what the combination names, and whether a node can hold it now.
void completeOffer(Offer &offer, const Cluster &cluster, const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const auto asked = readAskedParts(offer.spec, "spec_note");
    const auto parts = partsOf(cluster.cpcid, connection);
    if (!asked || !parts) {
        offer.available = false;
        offer.reason = asked ? parts.error().message : asked.error().message;
        return;
    }
    offer.specText = specText(*asked);
    std::vector<PriceLine> lines;
    for (const AskedPart &wanted : *asked) {
        const Part *part = findPart(*parts, wanted.type, wanted.model);
        auto line = part ? priceLine(part->price, wanted.amount, request.number("duration", 0), request.text("duration_unit"), backend.priceRule)
                         : tl::unexpected(PriceFault::UnknownResourceUnit);
        if (!line) {
            offer.available = false;
            offer.reason = u"无效的 %1 部件型号: %2"_s.arg(wanted.type, wanted.model);
            return;
        }
        lines.push_back(std::move(*line));
    }
    if (const auto trace = traceOf(std::move(lines)))
        offer.price = trace->total;
    const auto need = needOf(*asked, "spec_note");
    if (auto fits = need ? checkStock(cluster.id, *need, 1, connection) : Outcome<void>(Refused(need.error())); !fits) {
        offer.available = false;
        offer.reason = fits.error().message;
    }
}

bool isWanted(const Offer &offer, const QString &resources)
{
    const bool gpu = offer.spec.contains(u"\"gpu\""_s);
    return resources == u"all"_s || offer.type == u"customize"_s || (resources == u"gpu"_s) == gpu;
}

void appendOffer(std::string &out, const Offer &offer, const Cluster &cluster, const CheckedRequest &request, qint64 rowNumber)
{
    JsonObject object(out);
    object.text("productid", offer.productId);
    object.text("providerid", offer.supplierId);
    object.text("provider_name", offer.supplierName);
    object.text("clusterid", cluster.id);
    object.text("clustername", cluster.name);
    object.text("product_type", offer.type);
    object.text("spec_note", offer.spec);
    object.text("spec_text", offer.specText);
    if (offer.price)
        object.raw("price", decimalJson(*offer.price));
    else
        object.null("price");
    object.text("duration", QString::number(request.number("duration", 0)));
    object.text("duration_unit", request.text("duration_unit"));
    object.boolean("available", offer.available);
    object.text("reason", offer.reason);
    object.number("row_num_", rowNumber);
    object.close();
}

Outcome<Answer> cpccKehuKanChanpin(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const auto cluster = storedCluster(request.text("clusterid"), connection);
    if (!cluster)
        return Refused(cluster.error());
    auto rows = runSql(connection,
                       u"SELECT p.id, s.id, s.name, p.product_type, p.spec_note FROM product p JOIN supplier s ON s.id = p.supplierid "
                       "WHERE p.clusterid = ? ORDER BY p.seq"_s,
                       {cluster->id});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<Offer> offers;
    while (rows->next()) {
        const auto text = [&](int column) { return rows->value(column).toString(); };
        offers.push_back({text(0), text(1), text(2), text(3), text(4), {}, {}, std::nullopt, true});
    }
    std::string list;
    qint64 number = 0;
    for (Offer &offer : offers) {
        if (!isWanted(offer, request.text("resource_type")))
            continue;
        if (offer.type == u"combination"_s)
            completeOffer(offer, *cluster, request, backend);
        list += list.empty() ? "" : ",";
        appendOffer(list, offer, *cluster, request, ++number);
    }
    return kbossAnswer("获取产品成功", "{\"total\":" + std::to_string(number) + ",\"rows\":[" + list + "]}");
}

} // namespace

void addSupplierHandlers(HandlerTable &table)
{
    table.insert(u"getCpccProvider"_s, getCpccProvider);
    table.insert(u"cpccProviderAdd"_s, cpccProviderAdd);
    table.insert(u"getProviderCpccWidget"_s, getProviderCpccWidget);
    table.insert(u"cpccProductAdd"_s, cpccProductAdd);
    table.insert(u"cpccKehuKanChanpin"_s, cpccKehuKanChanpin);
}

} // namespace kboss::standalone
