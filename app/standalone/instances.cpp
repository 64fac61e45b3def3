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

Outcome<StockPlan> planOf(const PodConfig &config, Backend &backend)
{
    const auto workload = workloadOf(config, backend.box);
    if (!workload)
        return Refused(workload.error());
    return planStock(config.clusterId, needOf(*workload), placedReplicas(*workload), backend.database.connection());
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
    const auto plan = planOf(*config, backend);
    if (!plan)
        return Refused(plan.error());
    const auto price =
        priceOf(*plan, config->cpcid, request.number("duration", 0), request.text("duration_unit"), backend.priceRule, backend.database.connection());
    if (!price)
        return Refused(price.error());
    const auto workload = createConfig(*config, backend);
    if (!workload)
        return Refused(workload.error());
    const auto id = insertInstance(config->id, request.text("productid"), request.text("userid"), config->orgId, price->total,
                                   request.number("duration", 0), request.text("duration_unit"), backend.database);
    if (!id) {
        deleteConfig(config->id, backend);
        return Refused(id.error());
    }
    return kbossAnswer("创建实例成功", instanceData(*id, request.text("productid"), *config, *workload, price->total, request));
}

} // namespace

Outcome<WorkloadPrice> priceOf(const StockPlan &plan, const QString &cpcid, qint64 term, const QString &termUnit, PriceRule rule,
                               const QSqlDatabase &connection)
{
    const auto parts = partsOf(cpcid, connection);
    if (!parts)
        return Refused(parts.error());
    std::vector<PriceLine> lines;
    for (const StockPlan::Taken &taken : plan.parts) {
        const Part *part = findPart(*parts, taken.type, taken.model);
        if (!part)
            return refuse(u"无效的 %1 部件型号: %2"_s.arg(taken.type, taken.model));
        auto line = priceLine(part->price, taken.amount, term, termUnit, rule);
        const auto subtotal = line ? applied(line->subtotal, {1, basePerAmount(taken.type)}) : Result<Decimal>(fail(ErrorKind::Rejected, {}));
        if (!subtotal)
            return refuse(u"%1 %2 的价格无法计算"_s.arg(taken.type, taken.model));
        line->subtotal = *subtotal;
        lines.push_back(std::move(*line));
    }
    auto trace = traceOf(std::move(lines));
    if (!trace)
        return refuse(u"价格位数过多,无法精确计算"_s);
    return WorkloadPrice{trace->total, std::move(trace->lines)};
}

Outcome<QString> insertInstance(const QString &configId, const QString &productId, const QString &userId, const QString &orgId, const Decimal &price,
                                qint64 term, const QString &termUnit, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    const QString id = newId();
    const auto done = runSql(write.connection(),
                             u"INSERT INTO instance(id, seq, configid, productid, userid, orgid, price, duration, duration_unit, created_ms) "
                             "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM instance), ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                             {id, configId, productId, userId, orgId, price.toString(), term, termUnit, nowMs()});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    return id;
}

void addInstanceHandlers(HandlerTable &table)
{
    table.insert(u"createCpccInstance"_s, createCpccInstance);
}

} // namespace kboss::standalone
