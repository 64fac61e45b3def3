#include "models/partspec.h"

#include "models/quotewords.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using nlohmann::json;

QString phrase(const char *text)
{
    return QCoreApplication::translate("PartSpec", text);
}

Unexpected unreadable()
{
    return fail(ErrorKind::Rejected, phrase(QT_TRANSLATE_NOOP("PartSpec", "Not a list of parts")));
}

std::optional<SpecPart> partOf(const json &item)
{
    if (!item.is_object())
        return std::nullopt;
    const auto type = item.find("type"), model = item.find("model"), amount = item.find("amount");
    const bool whole =
        type != item.end() && model != item.end() && amount != item.end() && type->is_string() && model->is_string() && amount->is_number_integer();
    if (!whole)
        return std::nullopt;
    return SpecPart{QString::fromStdString(type->get<std::string>()), QString::fromStdString(model->get<std::string>()), amount->get<qint64>()};
}

} // namespace

Result<std::vector<SpecPart>> readSpec(const QString &text)
{
    std::vector<SpecPart> parts;
    if (text.trimmed().isEmpty())
        return parts;
    const json list = json::parse(text.toStdString(), nullptr, false);
    if (!list.is_array())
        return unreadable();
    for (const json &item : list) {
        const auto part = partOf(item);
        if (!part)
            return unreadable();
        parts.push_back(*part);
    }
    return parts;
}

QString writeSpec(const std::vector<SpecPart> &parts)
{
    if (parts.empty())
        return {};
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const SpecPart &part : parts)
        list.push_back({{"type", part.type.toStdString()}, {"model", part.model.toStdString()}, {"amount", part.amount}});
    return QString::fromStdString(list.dump());
}

QString specWords(const QString &text)
{
    const auto parts = readSpec(text);
    if (!parts)
        return text;
    QStringList words;
    for (const SpecPart &part : *parts)
        words << part.model + u" × "_s + amountWords(part.type, part.amount);
    return words.join(u" + "_s);
}

PricedSpec priceSpec(const std::vector<SpecPart> &parts, const std::vector<PartOffer> &offers, qint64 term, const QString &termUnit)
{
    PricedSpec spec;
    QuoteContent quote;
    quote.term = term;
    quote.termUnit = termUnit;
    std::vector<bool> sold;
    for (const SpecPart &part : parts) {
        const PartOffer *offer = findOffer(offers, part.type, part.model);
        sold.push_back(offer != nullptr);
        quote.parts.push_back(offer ? quotePart(*offer, part.amount) : QuotePart{part.type, part.model, part.amount, {}, {}, {}, {}});
    }
    std::vector<PricedLine> lines = priceLines(quote);
    for (size_t i = 0; i < lines.size(); ++i) {
        if (!sold[i])
            lines[i].fault = phrase(QT_TRANSLATE_NOOP("PartSpec", "The center does not sell this part now"));
        spec.lines.push_back({quote.parts[i], lines[i]});
        const auto sum = lines[i].fault.isEmpty() ? spec.total.plus(lines[i].subtotal) : Result<Decimal>(fail(ErrorKind::Rejected, lines[i].fault));
        if (sum)
            spec.total = *sum;
        else if (spec.fault.isEmpty())
            spec.fault = sum.error().detail;
    }
    return spec;
}

std::vector<SpecPart> oneOfEach(const std::vector<PartOffer> &offers, const QString &clusterId)
{
    std::vector<SpecPart> parts;
    for (const PartOffer &offer : offers) {
        if (offer.in(clusterId))
            parts.push_back({offer.type, offer.model, offer.type == "memory"_L1 ? 1024 : 1});
    }
    std::stable_sort(parts.begin(), parts.end(), [](const SpecPart &a, const SpecPart &b) { return partRank(a.type) < partRank(b.type); });
    return parts;
}

} // namespace kboss
