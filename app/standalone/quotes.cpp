#include "app/standalone/clusterrecord.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/partrecord.h"
#include "app/standalone/quoterequest.h"
#include "app/standalone/stock.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

const QStringList &partTypes()
{
    static const QStringList types{u"cpu"_s, u"memory"_s, u"disk"_s, u"gpu"_s};
    return types;
}

QString faultWords(PriceFault fault)
{
    switch (fault) {
    case PriceFault::AmountNotPositive:
        return u"数量必须大于 0"_s;
    case PriceFault::TermNotPositive:
        return u"时长必须大于 0"_s;
    case PriceFault::UnknownTermUnit:
        return u"时长单位无效或时长过大"_s;
    case PriceFault::UnknownResourceUnit:
        return u"部件的资源单位无法换算"_s;
    case PriceFault::UnknownChargeUnit:
        return u"部件的计费周期无法换算"_s;
    case PriceFault::UnknownAccountUnit:
        return u"部件的货币单位无法换算"_s;
    case PriceFault::TooManyDigits:
        break;
    }
    return u"价格位数过多,无法精确计算"_s;
}

qint64 basePerAmount(const QString &type)
{
    return type == u"cpu"_s ? 1000 : type == u"disk"_s ? 1024 : 1;
}

// What there is of it, in base units; of one cluster, or of the whole center.
qint64 available(const Part &part, const QString &clusterId)
{
    qint64 base = 0;
    for (const PartStock &stock : part.stocks) {
        if (clusterId.isEmpty() || stock.clusterId == clusterId)
            base += stock.stock - stock.consumed;
    }
    return base;
}

struct QuoteLine {
    AskedPart asked;
    std::optional<PriceLine> price;
    QString error;
};

struct QuoteAsk {
    const std::vector<Part> &parts;
    QString clusterId, termUnit;
    qint64 term = 0;
    PriceRule rule = PriceRule::Convert;
};

using Taken = QHash<QString, qint64>; // by part, what lines before have asked for: base units

QuoteLine quoteLine(const AskedPart &asked, const QuoteAsk &ask, Taken &taken)
{
    QuoteLine line{asked, std::nullopt, {}};
    if (!partTypes().contains(asked.type) || std::ranges::none_of(ask.parts, [&](const Part &part) { return part.price.type == asked.type; })) {
        line.error = u"没有该类型组件"_s;
        return line;
    }
    const Part *part = findPart(ask.parts, asked.type, asked.model);
    if (!part) {
        line.error = u"无效的 %1 部件型号: %2"_s.arg(asked.type, asked.model);
        return line;
    }
    const qint64 base = basePerAmount(asked.type);
    if (const qint64 left = (available(*part, ask.clusterId) - taken.value(part->id)) / base; asked.amount > left) {
        line.error = u"%1 %2 库存不足 (库存: %3, 请求: %4)"_s.arg(asked.type, asked.model).arg(left).arg(asked.amount);
        return line;
    }
    taken[part->id] += asked.amount * base;
    auto price = priceLine(part->price, asked.amount, ask.term, ask.termUnit, ask.rule);
    if (price)
        line.price = std::move(*price);
    else
        line.error = u"%1 %2: %3"_s.arg(asked.type, asked.model, faultWords(price.error()));
    return line;
}

QString ratioText(const Ratio &ratio)
{
    return (ratio.times == 1 ? QString() : u" × %1"_s.arg(ratio.times)) + (ratio.by == 1 ? QString() : u" ÷ %1"_s.arg(ratio.by));
}

// "8192 Mi ÷ 1024 = 8 Gi; 单价 × 60 = 0.3 元/Gi·小时"
QString conversionText(const PriceLine &line)
{
    QStringList steps;
    const QString unit = line.part.resourceUnit;
    if (!line.unit.isOne())
        steps << u"%1 %2%3 = %4 %5"_s.arg(QString::number(line.amount), amountUnit(line.part.type), ratioText(line.unit), line.inPartUnit.toString(),
                                          unit);
    if (!line.money.isOne() || !line.charge.isOne())
        steps << u"单价%1%2 %3 %4 元/%5·小时"_s.arg(ratioText(line.money), ratioText(line.charge), line.hourlyExact ? u"="_s : u"≈"_s,
                                                    line.hourly.toString(), unit);
    return steps.join(u"; "_s);
}

void appendLine(std::string &out, const QuoteLine &line, const QuoteAsk &ask)
{
    JsonObject object(out);
    if (!line.price) {
        object.text("resource_type", line.asked.type);
        object.text("error", line.error);
        object.close();
        return;
    }
    object.text("resource_name", line.asked.type + u' ' + line.asked.model);
    object.text("resource_type", line.asked.type);
    object.number("amount", line.asked.amount);
    object.text("resource_unit", amountUnit(line.asked.type));
    object.raw("unit_price", decimalJson(line.price->part.unitPrice));
    object.text("duration", QString::number(ask.term));
    object.text("duration_unit", ask.termUnit);
    object.raw("subtotal", decimalJson(line.price->subtotal));
    object.text("price_unit", u"%1/%2·%3"_s.arg(line.price->part.accountUnit, line.price->part.resourceUnit, line.price->part.chargeUnit));
    object.text("conversion", conversionText(*line.price));
    object.close();
}

Outcome<std::string> priceData(const std::vector<QuoteLine> &lines, const QuoteAsk &ask, const QString &message, bool good)
{
    std::vector<PriceLine> priced;
    for (const QuoteLine &line : lines) {
        if (line.price)
            priced.push_back(*line.price);
    }
    const auto trace = traceOf(std::move(priced));
    if (!trace)
        return refuse(faultWords(PriceFault::TooManyDigits));
    std::string data;
    JsonObject object(data);
    object.raw("total_price", decimalJson(trace->total));
    object.text("currency", std::string_view("元"));
    std::string &details = object.member("price_details");
    details += '[';
    for (const QuoteLine &line : lines) {
        details += details.back() == '[' ? "" : ",";
        appendLine(details, line, ask);
    }
    details += ']';
    object.boolean("status", good);
    object.text("message", message);
    object.text("duration", QString::number(ask.term));
    object.text("duration_unit", ask.termUnit);
    object.text("price_rule", ask.rule == PriceRule::Literal ? u"literal"_s : u"convert"_s);
    object.close();
    return data;
}

// A failure keeps its data here: the description gives the sum of the rest.
Answer priceAnswer(bool good, const QString &message, const std::string &data)
{
    Answer answer;
    JsonObject object(answer.body);
    object.boolean("status", good);
    object.text("msg", good ? u"获取部件组合价格成功"_s : message);
    object.raw("data", data);
    object.close();
    return answer;
}

Outcome<Answer> accrualPrice(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const QString center = request.text("cpcid"), cluster = request.text("clusterid");
    if (auto exists = centerExists(center, connection); !exists)
        return Refused(exists.error());
    if (!cluster.isEmpty()) {
        if (const auto known = readyCluster(center, cluster, connection); !known)
            return Refused(known.error());
    }
    const auto asked = readAskedParts(request.text("resources"), "resources");
    if (!asked)
        return Refused(asked.error());
    const auto parts = partsOf(center, connection);
    if (!parts)
        return Refused(parts.error());
    const QuoteAsk ask{*parts, cluster, request.text("duration_unit"), request.number("duration", 0), backend.priceRule};
    std::vector<QuoteLine> lines;
    QStringList errors;
    Taken taken;
    for (const AskedPart &part : *asked) {
        lines.push_back(quoteLine(part, ask, taken));
        if (!lines.back().error.isEmpty() && !errors.contains(lines.back().error))
            errors << lines.back().error;
    }
    const QString message = errors.isEmpty() ? u"汇算正常"_s : errors.join(u"; "_s);
    const auto data = priceData(lines, ask, message, errors.isEmpty());
    return data ? Outcome<Answer>(priceAnswer(errors.isEmpty(), message, *data)) : Outcome<Answer>(Refused(data.error()));
}

Outcome<Answer> obtainingGpuinfo(const CheckedRequest &request, Backend &backend)
{
    QStringList where{u"p.type = 'gpu'"_s};
    QList<QVariant> values;
    if (request.has("cpcid")) {
        where << u"p.cpcid = ?"_s;
        values << request.text("cpcid");
    }
    if (request.has("clusterid")) {
        where << u"s.clusterid = ?"_s;
        values << request.text("clusterid");
    }
    auto rows = runSql(backend.database.connection(),
                       u"SELECT p.model, sum(s.stock - s.consumed) FROM part p JOIN part_stock s ON s.partid = p.id WHERE %1 GROUP BY p.model "
                       "ORDER BY p.model"_s.arg(where.join(u" AND "_s)),
                       values);
    if (!rows)
        return storageRefusal(rows.error());
    std::string data;
    JsonObject object(data);
    while (rows->next())
        object.number(rows->value(0).toString().toStdString(), rows->value(1).toLongLong());
    object.close();
    return kbossAnswer("获取集群GPU库存成功", data);
}

Outcome<Answer> determineAccommodat(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), connection);
    if (!cluster)
        return Refused(cluster.error());
    const auto combinations = readCombinations(request.text("resources"));
    if (!combinations)
        return Refused(combinations.error());
    const auto selector = readSelector(request.text("kyylabels"), "kyylabels");
    if (!selector)
        return Refused(selector.error());
    std::string ids;
    for (const Combination &combination : *combinations) {
        auto need = needOf(combination.parts, "resources");
        if (!need)
            return refuse(u"%1: %2"_s.arg(combination.id, need.error().message), u"resources"_s);
        need->selector = *selector;
        if (checkStock(cluster->id, *need, 1, connection))
            continue;
        ids += ids.empty() ? "" : ",";
        appendJsonString(ids, combination.id);
    }
    Answer answer;
    JsonObject object(answer.body);
    object.boolean("status", true);
    object.text("msg", std::string_view("获取不可部署产品ID成功"));
    object.raw("data", '[' + ids + ']');
    object.text("reason", std::string_view("dynamic"));
    object.close();
    return answer;
}

} // namespace

void addQuoteHandlers(HandlerTable &table)
{
    table.insert(u"accrualPrice"_s, accrualPrice);
    table.insert(u"obtainingGpuinfo"_s, obtainingGpuinfo);
    table.insert(u"determineAccommodat"_s, determineAccommodat);
}

} // namespace kboss::standalone
