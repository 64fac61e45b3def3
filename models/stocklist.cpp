#include "models/stocklist.h"

#include "models/formatters.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using nlohmann::json;

QString phrase(const char *text)
{
    return QCoreApplication::translate("Stock", text);
}

std::optional<QString> memberText(const json &object, const QString &member)
{
    const auto found = object.find(member.toStdString());
    if (found == object.end() || found->is_null() || found->is_structured())
        return std::nullopt;
    return QString::fromStdString(found->is_string() ? found->get<std::string>() : found->dump());
}

std::optional<Decimal> memberNumber(const json &object, const QString &member)
{
    const auto text = memberText(object, member);
    const auto number = text ? Decimal::parse(*text) : Result<Decimal>(fail(ErrorKind::Rejected, {}));
    return number ? std::optional(*number) : std::nullopt;
}

// used × 100 ≥ total × percent, exact
bool reaches(const StockPlace &place, int percent)
{
    const auto share = place.used.times(Decimal(100)), limit = place.total.times(Decimal(percent));
    return percent > 0 && share && limit && *share >= *limit;
}

void complete(StockPlace &place, const ColumnSpec &column)
{
    place.lowFrom = column.warnFrom;
    if (place.total.isZero() || place.total.isNegative()) {
        place.tone = Tone::Off;
        return;
    }
    place.share = std::clamp(place.used.toString().toDouble() / place.total.toString().toDouble(), 0.0, 1.0);
    place.tone = reaches(place, column.badFrom) ? Tone::Bad : reaches(place, column.warnFrom) ? Tone::Warn : Tone::None;
}

} // namespace

QString StockPlace::words() const
{
    return formatAmount(used.normalized(), 0) + u" / "_s + formatAmount(total.normalized(), 0);
}

QString StockPlace::state() const
{
    if (total.isZero())
        return phrase(QT_TRANSLATE_NOOP("Stock", "no stock here"));
    if (used >= total)
        return phrase(QT_TRANSLATE_NOOP("Stock", "nothing left"));
    const auto left = total.minus(used);
    if (tone != Tone::None && left)
        return phrase(QT_TRANSLATE_NOOP("Stock", "low: %1 left, %2 % or less")).arg(formatAmount(left->normalized(), 0)).arg(100 - lowFrom);
    return used.isZero() ? phrase(QT_TRANSLATE_NOOP("Stock", "unused")) : QString();
}

std::vector<StockPlace> stockPlaces(const QString &text, const ColumnSpec &column)
{
    std::vector<StockPlace> places;
    const json list = json::parse(text.toStdString(), nullptr, false);
    if (!list.is_array() || !column.list)
        return places;
    for (const json &item : list) {
        if (!item.is_object())
            continue;
        const auto name = memberText(item, column.list->name);
        const auto used = memberNumber(item, column.list->used), total = memberNumber(item, column.list->total);
        if (!name || !used || !total)
            continue;
        StockPlace place;
        place.name = *name;
        place.used = *used;
        place.total = *total;
        complete(place, column);
        places.push_back(std::move(place));
    }
    return places;
}

StockPlace stockSum(const std::vector<StockPlace> &places, const ColumnSpec &column)
{
    StockPlace sum;
    for (const StockPlace &place : places) {
        sum.used = sum.used.plus(place.used).value_or(sum.used);
        sum.total = sum.total.plus(place.total).value_or(sum.total);
    }
    complete(sum, column);
    return sum;
}

} // namespace kboss
