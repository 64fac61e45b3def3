#include "app/services/quotejson.h"

#include "app/services/valuejson.h"

namespace kboss {

namespace {

using nlohmann::json;

// Reads members and keeps the first fault.
class Reader {
public:
    Reader(const json &object, QString *fault) : m_object(object), m_fault(fault)
    {
        if (!object.is_object())
            complain("object");
    }

    QString text(const char *name, bool needed = false)
    {
        const json *found = member(name);
        if (!found) {
            if (needed)
                complain(name);
            return {};
        }
        if (!found->is_string()) {
            complain(name);
            return {};
        }
        return QString::fromStdString(found->get<std::string>());
    }

    qint64 number(const char *name, qint64 least)
    {
        const json *found = member(name);
        if (!found || !found->is_number_integer() || found->get<qint64>() < least) {
            complain(name);
            return least;
        }
        return found->get<qint64>();
    }

    Decimal decimal(const char *name)
    {
        const Result<Decimal> value = Decimal::parse(text(name, true));
        if (!value)
            complain(name);
        return value ? *value : Decimal();
    }

    QDate date(const char *name)
    {
        const QString written = text(name);
        const QDate day = QDate::fromString(written, Qt::ISODate);
        if (!written.isEmpty() && !day.isValid())
            complain(name);
        return day;
    }

    const json *list(const char *name)
    {
        const json *found = member(name);
        if (found && found->is_array())
            return found;
        complain(name);
        return nullptr;
    }

    const json *member(const char *name) const
    {
        if (!m_object.is_object())
            return nullptr;
        const auto found = m_object.find(name);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }

private:
    void complain(const char *name)
    {
        if (m_fault->isEmpty())
            *m_fault = QString::fromLatin1(name);
    }

    const json &m_object;
    QString *m_fault;
};

json partToJson(const QuotePart &part)
{
    return {{"type", toUtf8(part.type)},
            {"model", toUtf8(part.model)},
            {"amount", part.amount},
            {"unit_price", part.priced ? json(toUtf8(part.unitPrice.toString())) : json()},
            {"resource_unit", toUtf8(part.resourceUnit)},
            {"charge_unit", toUtf8(part.chargeUnit)},
            {"account_unit", toUtf8(part.accountUnit)}};
}

json contentToJson(const QuoteContent &content)
{
    json parts = json::array();
    for (const QuotePart &part : content.parts)
        parts.push_back(partToJson(part));
    return {{"customer", toUtf8(content.customer)},
            {"center_id", toUtf8(content.centerId)},
            {"center_name", toUtf8(content.centerName)},
            {"cluster_id", toUtf8(content.clusterId)},
            {"cluster_name", toUtf8(content.clusterName)},
            {"term", content.term},
            {"term_unit", toUtf8(content.termUnit)},
            {"valid_until", toUtf8(content.validUntil.toString(Qt::ISODate))},
            {"instances", content.instances},
            {"parts", std::move(parts)},
            {"prices_ms", content.pricesMs},
            {"total", toUtf8(content.total.toString())}};
}

QuotePart partFromJson(const json &object, QString *fault)
{
    Reader reader(object, fault);
    QuotePart part;
    part.type = reader.text("type", true);
    part.model = reader.text("model", true);
    part.amount = reader.number("amount", 1);
    part.priced = reader.member("unit_price") != nullptr;
    if (part.priced)
        part.unitPrice = reader.decimal("unit_price");
    part.resourceUnit = reader.text("resource_unit", true);
    part.chargeUnit = reader.text("charge_unit", true);
    part.accountUnit = reader.text("account_unit", true);
    return part;
}

QuoteContent contentFromJson(const json &object, QString *fault)
{
    Reader reader(object, fault);
    QuoteContent content;
    content.customer = reader.text("customer");
    content.centerId = reader.text("center_id");
    content.centerName = reader.text("center_name");
    content.clusterId = reader.text("cluster_id");
    content.clusterName = reader.text("cluster_name");
    content.term = reader.number("term", 1);
    content.termUnit = reader.text("term_unit", true);
    content.validUntil = reader.date("valid_until");
    content.instances = reader.number("instances", 1);
    if (const json *parts = reader.list("parts")) {
        for (const json &part : *parts)
            content.parts.push_back(partFromJson(part, fault));
    }
    content.pricesMs = reader.number("prices_ms", 0);
    content.total = reader.decimal("total");
    return content;
}

QuoteVersion versionFromJson(const json &object, QString *fault)
{
    Reader reader(object, fault);
    QuoteVersion version;
    version.number = static_cast<int>(reader.number("number", 1));
    version.savedMs = reader.number("saved_ms", 0);
    version.savedBy = reader.text("saved_by");
    if (const json *content = reader.member("content"))
        version.content = contentFromJson(*content, fault);
    else if (fault->isEmpty())
        *fault = QStringLiteral("content");
    return version;
}

} // namespace

json quoteToJson(const Quote &quote)
{
    json versions = json::array();
    for (const QuoteVersion &version : quote.versions) {
        versions.push_back({{"number", version.number},
                            {"saved_ms", version.savedMs},
                            {"saved_by", toUtf8(version.savedBy)},
                            {"content", contentToJson(version.content)}});
    }
    json object{{"id", toUtf8(quote.id)}, {"server", toUtf8(quote.server)}, {"created_ms", quote.createdMs}, {"versions", std::move(versions)}};
    if (quote.working)
        object["working"] = contentToJson(*quote.working);
    if (!quote.instanceId.isEmpty()) {
        object["instance_id"] = toUtf8(quote.instanceId);
        object["instance_ms"] = quote.instanceMs;
        if (quote.instanceVersion > 0)
            object["instance_version"] = quote.instanceVersion;
    }
    return object;
}

Result<Quote> quoteFromJson(const json &object)
{
    QString fault;
    Reader reader(object, &fault);
    Quote quote;
    quote.id = reader.text("id", true);
    quote.server = reader.text("server", true);
    quote.createdMs = reader.number("created_ms", 0);
    if (const json *versions = reader.list("versions")) {
        for (const json &version : *versions)
            quote.versions.push_back(versionFromJson(version, &fault));
    }
    if (const json *working = reader.member("working"))
        quote.working = contentFromJson(*working, &fault);
    quote.instanceId = reader.text("instance_id");
    if (!quote.instanceId.isEmpty()) {
        quote.instanceMs = reader.number("instance_ms", 0);
        if (reader.member("instance_version"))
            quote.instanceVersion = static_cast<int>(reader.number("instance_version", 0));
    }
    if (!fault.isEmpty())
        return fail(ErrorKind::Storage, QStringLiteral("A quote's \"%1\" is missing or wrong").arg(fault), fault);
    return quote;
}

} // namespace kboss
