#include "app/base/quantity.h"

#include "app/base/decimal.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace kboss {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

qint64 secondsOf(char unit)
{
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3'600;
    case 'd':
        return 86'400;
    case 'w':
        return 7 * 86'400;
    case 'y':
        return 365 * 86'400;
    default:
        return 0;
    }
}

// value × factor / 10^scale
struct Unit {
    std::string_view name;
    qint64 factor;
    int scale;
};

constexpr Unit coreUnits[] = {{"cores", 1, 0}, {"core", 1, 0}, {"核", 1, 0}, {"m", 1, 3}, {"u", 1, 6}, {"n", 1, 9}, {"", 1, 0}};
// 2^-10 is 9765625 × 10^-10, 2^-20 is 95367431640625 × 10^-20.
constexpr Unit binaryUnits[] = {
    {"Ki", 95'367'431'640'625, 20}, {"Mi", 9'765'625, 10}, {"Gi", 1, 0}, {"Ti", 1'024, 0}, {"Pi", 1'048'576, 0}, {"", 1, 0}};
constexpr Unit byteUnits[] = {{"k", 1'000, 0}, {"K", 1'000, 0}, {"M", 1'000'000, 0}, {"G", 1'000'000'000, 0}, {"T", 1'000'000'000'000, 0},
                              {"B", 1, 0}};
constexpr qint64 bytesOfGibibyte = qint64(1) << 30;
constexpr int byteScale = 30; // 2^-30 has thirty decimals

const Unit *unitOf(std::string_view name, const Unit *first, const Unit *last)
{
    for (const Unit *unit = first; unit != last; ++unit) {
        if (unit->name == name)
            return unit;
    }
    return nullptr;
}

std::optional<Decimal> scaled(const Decimal &number, const Unit &unit)
{
    const auto product = number.times(Decimal(unit.factor));
    if (!product || product->scale() + unit.scale > Decimal::maxScale)
        return std::nullopt;
    const auto result = Decimal::fromParts(product->coefficient(), product->scale() + unit.scale);
    return result ? std::optional(result->normalized()) : std::nullopt;
}

std::optional<Decimal> fromBytes(const Decimal &number, const Unit &unit)
{
    const auto bytes = number.times(Decimal(unit.factor));
    const auto result = bytes ? bytes->dividedBy(Decimal(bytesOfGibibyte), byteScale, Rounding::HalfEven) : bytes;
    return result ? std::optional(result->normalized()) : std::nullopt;
}

} // namespace

std::optional<qint64> scanDuration(std::string_view text)
{
    text = trimmed(text);
    if (text.empty())
        return std::nullopt;
    constexpr qint64 most = std::numeric_limits<qint64>::max() / (400 * 86'400);
    qint64 seconds = 0;
    while (!text.empty()) {
        qint64 number = 0;
        size_t digits = 0;
        for (; digits < text.size() && isDigit(text[digits]); ++digits) {
            number = number * 10 + (text[digits] - '0');
            if (number > most)
                return std::nullopt;
        }
        if (digits == 0)
            return std::nullopt;
        if (digits == text.size()) // whole seconds, if that is all there is
            return seconds == 0 ? std::optional(number) : std::nullopt;
        const qint64 unit = secondsOf(text[digits]);
        if (unit == 0)
            return std::nullopt;
        seconds += number * unit;
        text.remove_prefix(digits + 1);
        if (seconds > std::numeric_limits<qint64>::max() / 2)
            return std::nullopt;
    }
    return seconds;
}

bool scanQuantity(std::string_view text, FieldReading reading, std::string &digits)
{
    text = trimmed(text);
    size_t end = 0;
    while (end < text.size() && (isDigit(text[end]) || text[end] == '.' || ((text[end] == '-' || text[end] == '+') && end == 0)))
        ++end;
    const std::string_view name = trimmed(text.substr(end));
    std::string_view figures = text.substr(0, end);
    if (!figures.empty() && figures.front() == '+')
        figures.remove_prefix(1);
    const auto number = Decimal::parse(QString::fromLatin1(figures.data(), static_cast<qsizetype>(figures.size())));
    if (!number)
        return false;
    std::optional<Decimal> value;
    if (reading == FieldReading::Cores) {
        if (const Unit *unit = unitOf(name, std::begin(coreUnits), std::end(coreUnits)))
            value = scaled(*number, *unit);
    } else if (const Unit *unit = unitOf(name, std::begin(binaryUnits), std::end(binaryUnits))) {
        value = scaled(*number, *unit);
    } else if (const Unit *bytes = unitOf(name, std::begin(byteUnits), std::end(byteUnits))) {
        value = fromBytes(*number, *bytes);
    }
    if (value)
        digits = value->toString().toStdString();
    return value.has_value();
}

bool scanTags(std::string_view json, std::string &tags)
{
    const auto value = nlohmann::ordered_json::parse(json.begin(), json.end(), nullptr, false);
    tags.clear();
    const auto add = [&tags](const std::string &tag) {
        if (!tags.empty())
            tags += ", ";
        tags += tag;
    };
    const auto textOf = [](const nlohmann::ordered_json &item) { return item.is_string() ? item.get<std::string>() : item.dump(); };
    if (value.is_array()) {
        for (const auto &item : value) {
            if (!item.is_primitive())
                return false;
            add(textOf(item));
        }
        return true;
    }
    if (!value.is_object())
        return false;
    for (const auto &[key, item] : value.items()) {
        if (!item.is_primitive())
            return false;
        add(key + '=' + textOf(item));
    }
    return true;
}

QString plainOperand(const QString &typed, FieldReading reading)
{
    const std::string text = typed.trimmed().toStdString();
    if (reading == FieldReading::Duration) {
        const auto seconds = scanDuration(text);
        return seconds ? QString::number(*seconds) : QString();
    }
    std::string digits;
    return scanQuantity(text, reading, digits) ? QString::fromStdString(digits) : QString();
}

} // namespace kboss
