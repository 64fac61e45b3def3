#include "app/standalone/partrecord.h"

#include "app/standalone/jsontext.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// amount / base as a JSON number, exact: bases are 1000 and powers of two.
std::string quantityJson(qint64 amount, qint64 base)
{
    const auto quotient = Decimal(amount).dividedBy(Decimal(base), 30, Rounding::HalfEven);
    return decimalJson(quotient ? *quotient : Decimal());
}

Outcome<void> readStocks(std::vector<Part> &parts, const QString &cpcid, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT s.partid, c.id, c.name, s.stock, s.consumed FROM part_stock s JOIN cluster c ON c.id = s.clusterid WHERE c.cpcid = ? "
                       "ORDER BY c.seq"_s,
                       {cpcid});
    if (!rows)
        return storageRefusal(rows.error());
    QHash<QString, Part *> byId;
    for (Part &part : parts)
        byId.insert(part.id, &part);
    while (rows->next()) {
        if (Part *part = byId.value(rows->value(0).toString()))
            part->stocks.push_back({rows->value(1).toString(), rows->value(2).toString(), rows->value(3).toLongLong(), rows->value(4).toLongLong()});
    }
    return {};
}

} // namespace

qint64 Part::stock() const
{
    qint64 sum = 0;
    for (const PartStock &one : stocks)
        sum += one.stock;
    return sum;
}

qint64 Part::consumed() const
{
    qint64 sum = 0;
    for (const PartStock &one : stocks)
        sum += one.consumed;
    return sum;
}

Outcome<std::vector<Part>> partsOf(const QString &cpcid, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT id, type, model, unit_price, resource_unit, charge_unit, account_unit, updated_ms FROM part WHERE cpcid = ? "
                       "ORDER BY seq"_s,
                       {cpcid});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<Part> parts;
    while (rows->next()) {
        const auto text = [&](int column) { return rows->value(column).toString(); };
        const auto price = Decimal::parse(text(3));
        if (!price)
            return storageRefusal(price.error());
        parts.push_back({text(0), cpcid, {text(1), text(2), *price, text(4), text(5), text(6)}, rows->value(7).toLongLong(), {}});
    }
    if (auto done = readStocks(parts, cpcid, connection); !done)
        return Refused(done.error());
    return parts;
}

const Part *findPart(const std::vector<Part> &parts, const QString &type, const QString &model)
{
    const auto found = std::ranges::find_if(parts, [&](const Part &part) { return part.price.type == type && part.price.model == model; });
    return found == parts.end() ? nullptr : &*found;
}

void appendPart(std::string &out, const Part &part, qint64 rowNumber)
{
    const qint64 base = baseOf(part.price.type, part.price.resourceUnit);
    JsonObject object(out);
    object.text("id", part.id);
    object.text("cpcid", part.cpcid);
    object.text("type", part.price.type);
    object.text("model", part.price.model);
    object.raw("unit_price", decimalJson(part.price.unitPrice));
    object.text("resource_unit", part.price.resourceUnit);
    object.raw("stock", quantityJson(part.stock(), base));
    object.raw("consumed", quantityJson(part.consumed(), base));
    object.text("charge_unit", part.price.chargeUnit);
    object.text("account_unit", part.price.accountUnit);
    object.text("update_time", std::string_view(localTime(part.updatedMs)));
    std::string &list = object.member("import_export");
    list += '[';
    for (const PartStock &stock : part.stocks) {
        list += list.back() == '[' ? "" : ",";
        JsonObject inner(list);
        inner.text("clusterid", stock.clusterId);
        inner.text("clustername", stock.clusterName);
        inner.raw("stock", quantityJson(stock.stock, base));
        inner.raw("consumed", quantityJson(stock.consumed, base));
        inner.close();
    }
    list += ']';
    object.number("row_num_", rowNumber);
    object.close();
}

qint64 baseOf(const QString &type, const QString &resourceUnit)
{
    if (type == u"cpu"_s)
        return resourceUnit == u"m"_s ? 1 : 1000;
    if (type == u"gpu"_s || resourceUnit == u"Mi"_s)
        return 1;
    return resourceUnit == u"Ti"_s ? 1024 * 1024 : 1024;
}

std::string localTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"yyyy-MM-dd HH:mm:ss"_s).toStdString();
}

std::string decimalJson(const Decimal &value)
{
    return value.normalized().toString().toStdString();
}

} // namespace kboss::standalone
