#include "app/services/valuejson.h"

#include "app/base/timetext.h"

namespace kboss {

namespace {

using nlohmann::json;

struct Writer {
    json operator()(std::monostate) const { return nullptr; }
    json operator()(const QString &text) const { return toUtf8(text); }
    json operator()(qint64 number) const { return number; }
    json operator()(bool flag) const { return flag; }
    json operator()(const Decimal &number) const { return toUtf8(number.normalized().toString()); }
    json operator()(const Money &money) const
    {
        return json{{"currency_code", toUtf8(money.currency)}, {"units", std::to_string(money.units)}, {"nanos", money.nanos}};
    }
    json operator()(const Instant &instant) const { return toUtf8(formatRfc3339(instant.ms)); }
    json operator()(const QDate &date) const { return toUtf8(date.toString(Qt::ISODate)); }
    json operator()(const SecretMark &) const { return toUtf8(QStringLiteral("••••••")); }
    json operator()(const Misfit &misfit) const { return toUtf8(misfit.raw); }
};

} // namespace

json toJson(const Value &value)
{
    return std::visit(Writer{}, value);
}

Value valueFromJson(const json &value)
{
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_number_integer())
        return value.get<qint64>();
    if (value.is_object() && value.contains("currency_code") && value.contains("units") && value.contains("nanos")) {
        const qint64 units = fromJsonText(value["units"]).toLongLong();
        const auto money = Money::make(fromJsonText(value["currency_code"]), units, fromJsonText(value["nanos"]).toInt());
        if (money)
            return *money;
    }
    if (value.is_null())
        return std::monostate{};
    return fromJsonText(value);
}

std::string toUtf8(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

QString fromJsonText(const json &value)
{
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    return QString::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace kboss
