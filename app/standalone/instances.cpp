#include "app/standalone/instances.h"

#include "app/standalone/jsontext.h"
#include "app/standalone/podrequest.h"
#include "app/standalone/timestamp.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// Base units in one unit of amounts: 64,000 thousandths are 64 cores, memory is counted in Mi as it stands, disks in Gi.
qint64 basePerAmount(const QString &type)
{
    return type == u"cpu"_s ? 1000 : type == u"disk"_s ? 1024 : 1;
}

Outcome<PodConfig> askedInstance(const CheckedRequest &request, Backend &backend)
{
    auto config = askedConfig(request, backend);
    if (!config)
        return config;
    const QSqlDatabase connection = backend.database.connection();
    for (const auto &[field, sql] : std::initializer_list<std::pair<const char *, QString>>{
             {"productid", u"SELECT 1 FROM product WHERE id = ? AND clusterid = ?"_s},
             {"providerid", u"SELECT 1 FROM supplier s JOIN cluster c ON c.cpcid = s.cpcid WHERE s.id = ? AND c.id = ?"_s}}) {
        if (!request.has(field))
            continue;
        auto row = runSql(connection, sql, {request.text(field), config->clusterId});
        if (!row)
            return storageRefusal(row.error());
        if (!row->next())
            return refuse(u"%1: 在该集群中不存在: %2"_s.arg(QLatin1String(field), request.text(field)), QLatin1String(field));
    }
    return config;
}

// The total a customer has agreed to, as a quote said it; nothing = any.
Outcome<std::optional<Decimal>> expectedTotal(const CheckedRequest &request)
{
    if (!request.has("expected_total"))
        return std::optional<Decimal>();
    const auto total = Decimal::parse(request.text("expected_total"));
    if (!total || total->isNegative())
        return refuse(u"预期总价(expected_total): 必须是不小于 0 的十进制数"_s, u"expected_total"_s);
    return std::optional(*total);
}

struct Sale {
    const CheckedRequest &request;
    const PodConfig &config;
    std::optional<Decimal> expected;
    Decimal price; // once sold
    QString id;
};

Outcome<void> sell(Sale &sale, PriceRule rule, WriteTransaction &write)
{
    const qint64 term = sale.request.number("duration", 0);
    const QString unit = sale.request.text("duration_unit");
    const auto price = priceOf(sale.config.id, sale.config.cpcid, term, unit, rule, write.connection());
    if (!price)
        return Refused(price.error());
    if (sale.expected && *sale.expected != *price)
        return refuse(
            u"总价与预期不符(expected_total): 预期 %1 元,实际 %2 元"_s.arg(sale.expected->normalized().toString(), price->normalized().toString()),
            u"expected_total"_s);
    const auto id =
        insertInstance(sale.config.id, sale.request.text("productid"), sale.request.text("userid"), sale.config.orgId, *price, term, unit, write);
    if (!id)
        return Refused(id.error());
    sale.price = *price;
    sale.id = *id;
    return {};
}

std::string instanceData(const QString &id, const QString &productId, const PodConfig &config, const Workload &workload, const Decimal &price,
                         const CheckedRequest &request)
{
    const WorkloadNames names = namesOf(workload);
    std::string data;
    JsonObject object(data);
    object.text("id", id);
    object.text("podyaml_id", config.id);
    object.text("productid", productId);
    object.raw("price", decimalJson(price));
    object.text("currency", std::string_view("元"));
    object.text("duration", QString::number(request.number("duration", 0)));
    object.text("duration_unit", request.text("duration_unit"));
    object.text("clusterid", config.clusterId);
    object.text("namespace_name", names.nameSpace);
    object.text("serviceaccount_name", names.serviceAccount);
    object.text("podcd_name", names.controller);
    object.text("service_name", names.service);
    object.close();
    return data;
}

Outcome<Answer> createCpccInstance(const CheckedRequest &request, Backend &backend)
{
    const auto config = askedInstance(request, backend);
    if (!config)
        return Refused(config.error());
    const auto expected = expectedTotal(request);
    if (!expected)
        return Refused(expected.error());
    Sale sale{request, *config, *expected, {}, {}};
    const auto workload = createConfig(*config, backend, [&](WriteTransaction &write) { return sell(sale, backend.priceRule, write); });
    if (!workload)
        return Refused(workload.error());
    return kbossAnswer("创建实例成功", instanceData(sale.id, request.text("productid"), *config, *workload, sale.price, request));
}

} // namespace

Outcome<Decimal> priceOf(const QString &configId, const QString &cpcid, qint64 term, const QString &termUnit, PriceRule rule,
                         const QSqlDatabase &connection)
{
    const auto parts = partsOf(cpcid, connection);
    if (!parts)
        return Refused(parts.error());
    auto taken = runSql(connection, u"SELECT partid, amount FROM consumption WHERE configid = ? ORDER BY partid"_s, {configId});
    if (!taken)
        return storageRefusal(taken.error());
    std::vector<PriceLine> lines;
    while (taken->next()) {
        const auto part = std::ranges::find(*parts, taken->value(0).toString(), &Part::id);
        if (part == parts->end())
            return refuse(u"无效的部件: %1"_s.arg(taken->value(0).toString()));
        auto line = priceLine(part->price, taken->value(1).toLongLong(), term, termUnit, rule);
        const auto subtotal = line ? applied(line->subtotal, {1, basePerAmount(part->price.type)}) : Result<Decimal>(fail(ErrorKind::Rejected, {}));
        if (!subtotal)
            return refuse(u"%1 %2 的价格无法计算"_s.arg(part->price.type, part->price.model));
        line->subtotal = *subtotal;
        lines.push_back(std::move(*line));
    }
    const auto trace = traceOf(std::move(lines));
    return trace ? Outcome<Decimal>(trace->total) : Outcome<Decimal>(refuse(u"价格位数过多,无法精确计算"_s));
}

Outcome<QString> insertInstance(const QString &configId, const QString &productId, const QString &userId, const QString &orgId, const Decimal &price,
                                qint64 term, const QString &termUnit, WriteTransaction &write)
{
    const QString id = newId();
    const auto done = runSql(write.connection(),
                             u"INSERT INTO instance(id, seq, configid, productid, userid, orgid, price, duration, duration_unit, created_ms) "
                             "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM instance), ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                             {id, configId, productId, userId, orgId, price.toString(), term, termUnit, nowMs()});
    return done ? Outcome<QString>(id) : Outcome<QString>(storageRefusal(done.error()));
}

void addInstanceHandlers(HandlerTable &table)
{
    table.insert(u"createCpccInstance"_s, createCpccInstance);
}

} // namespace kboss::standalone
