#include "app/base/celldecoder.h"

#include "app/base/decimal.h"
#include "app/base/moneyjson.h"
#include "app/base/quantity.h"
#include "app/base/timescan.h"

#include <algorithm>
#include <charconv>

namespace kboss {
namespace {

using Kind = RowBatch::Kind;
using Cell = RowBatch::Cell;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

DecodedCell textCell(Kind kind, std::string_view text)
{
    Cell cell;
    cell.kind = kind;
    cell.length = static_cast<quint32>(text.size());
    return {cell, text};
}

DecodedCell numberCell(Kind kind, qint64 number)
{
    Cell cell;
    cell.kind = kind;
    cell.number = number;
    return {cell, {}};
}

DecodedCell misfit(const JsonToken &token)
{
    return textCell(Kind::Misfit, token.text);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool isScalar(const JsonToken &token)
{
    return token.kind == JsonToken::Kind::String || token.kind == JsonToken::Kind::Number;
}

bool parseInt64(std::string_view text, qint64 &value)
{
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

// "1.50", "-2", "1e3": digits, where the point stands, and the sign. False for anything else or more than 38 digits.
bool expandNumber(std::string_view text, std::string &out)
{
    const size_t exponentAt = text.find_first_of("eE");
    int exponent = 0;
    if (exponentAt != std::string_view::npos) {
        qint64 value = 0;
        if (!parseInt64(text.substr(exponentAt + 1), value) || value < -200 || value > 200)
            return false;
        exponent = static_cast<int>(value);
    }
    std::string_view mantissa = text.substr(0, exponentAt);
    const bool negative = !mantissa.empty() && mantissa.front() == '-';
    if (negative || (!mantissa.empty() && mantissa.front() == '+'))
        mantissa.remove_prefix(1);
    const size_t point = mantissa.find('.');
    std::string digits(mantissa.substr(0, point));
    int scale = 0;
    if (point != std::string_view::npos) {
        digits.append(mantissa.substr(point + 1));
        scale = static_cast<int>(mantissa.size() - point - 1);
    }
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
        return false;
    scale -= exponent;
    if (scale < 0)
        digits.append(static_cast<size_t>(-scale), '0');
    scale = std::max(scale, 0);
    while (scale > 0 && scale > Decimal::maxScale && digits.back() == '0' && digits.size() > 1) {
        digits.pop_back();
        --scale;
    }
    if (scale > Decimal::maxScale)
        return false;
    if (digits.size() <= static_cast<size_t>(scale))
        digits.insert(0, static_cast<size_t>(scale) + 1 - digits.size(), '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - static_cast<size_t>(scale) - 1));
    const size_t significant = digits.size() - std::min(digits.find_first_not_of('0'), digits.size());
    if (significant > Decimal::maxDigits)
        return false;
    if (scale > 0)
        digits.insert(digits.size() - static_cast<size_t>(scale), 1, '.');
    out = (negative && significant > 0 ? "-" : "") + digits;
    return true;
}

// Plain digits that need no rewriting: at most 38, no leading zero.
bool isPlainDecimal(std::string_view text)
{
    if (!text.empty() && text.front() == '-')
        text.remove_prefix(1);
    if (text.empty() || text.size() > Decimal::maxDigits || !isDigit(text.front()) || !isDigit(text.back()))
        return false;
    if (text.front() == '0' && (text.size() == 1 || text[1] != '.'))
        return text.size() == 1;
    bool point = false;
    for (const char c : text) {
        if (c == '.' && !point)
            point = true;
        else if (!isDigit(c))
            return false;
    }
    return true;
}

} // namespace

bool isEmptyWord(std::string_view text)
{
    return text.empty() || text == "NULL" || text == "未设置";
}

CellDecoder::CellDecoder(const QTimeZone &zone) : m_zone(zone) { }

DecodedCell CellDecoder::decode(FieldType type, const JsonToken &token)
{
    if (token.kind == JsonToken::Kind::Null || (token.kind == JsonToken::Kind::String && isEmptyWord(token.text)))
        return {};
    switch (type) {
    case FieldType::Text:
    case FieldType::Enum:
        return textCell(token.kind < JsonToken::Kind::Object ? Kind::Text : Kind::Misfit, token.text);
    case FieldType::Integer:
        return integer(token);
    case FieldType::Boolean:
        return boolean(token);
    case FieldType::Decimal:
        return decimal(token);
    case FieldType::Money:
        return money(token);
    case FieldType::DateTime:
        return instant(token);
    case FieldType::Date:
        return date(token);
    case FieldType::Secret:
        return numberCell(Kind::Secret, 0);
    }
    return misfit(token);
}

DecodedCell CellDecoder::decode(const FieldSchema &field, const JsonToken &token)
{
    const bool nothing = token.kind == JsonToken::Kind::Null || (token.kind == JsonToken::Kind::String && isEmptyWord(token.text));
    if (field.reading == FieldReading::Plain || nothing)
        return decode(field.type, token);
    switch (field.reading) {
    case FieldReading::Duration:
        return duration(token);
    case FieldReading::Cores:
    case FieldReading::Gibibytes:
        return quantity(field.reading, token);
    case FieldReading::Tags:
        return tags(token);
    case FieldReading::Plain:
        break;
    }
    return misfit(token);
}

DecodedCell CellDecoder::duration(const JsonToken &token)
{
    const auto seconds = isScalar(token) ? scanDuration(token.text) : std::nullopt;
    return seconds ? numberCell(Kind::Integer, *seconds) : misfit(token);
}

DecodedCell CellDecoder::quantity(FieldReading reading, const JsonToken &token)
{
    if (token.kind == JsonToken::Kind::Number)
        return decimal(token);
    const bool fits = isScalar(token) && scanQuantity(token.text, reading, m_buffer);
    return fits ? textCell(Kind::Decimal, m_buffer) : misfit(token);
}

DecodedCell CellDecoder::tags(const JsonToken &token)
{
    if (token.kind < JsonToken::Kind::Object)
        return textCell(Kind::Text, token.text);
    if (!scanTags(token.text, m_buffer))
        return misfit(token);
    return m_buffer.empty() ? DecodedCell() : textCell(Kind::Text, m_buffer);
}

DecodedCell CellDecoder::integer(const JsonToken &token)
{
    if (!isScalar(token))
        return misfit(token);
    std::string_view text = trimmed(token.text);
    if (token.kind == JsonToken::Kind::String && endsWith(text, "Gi"))
        text = trimmed(text.substr(0, text.size() - 2));
    qint64 number = 0;
    if (parseInt64(text, number))
        return numberCell(Kind::Integer, number);
    std::string digits; // 22.0 and 1e3 are whole numbers too
    if (!expandNumber(text, digits))
        return misfit(token);
    if (const size_t point = digits.find('.'); point != std::string::npos) {
        if (digits.find_first_not_of('0', point + 1) != std::string::npos)
            return misfit(token);
        digits.resize(point);
    }
    return parseInt64(digits, number) ? numberCell(Kind::Integer, number) : misfit(token);
}

DecodedCell CellDecoder::boolean(const JsonToken &token)
{
    const std::string_view text = trimmed(token.text);
    if (token.kind > JsonToken::Kind::Boolean || text.size() > 5)
        return misfit(token);
    char lower[5] = {};
    std::transform(text.begin(), text.end(), lower, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    const std::string_view word(lower, text.size());
    if (word == "true" || word == "1")
        return numberCell(Kind::Boolean, 1);
    if (word == "false" || word == "0")
        return numberCell(Kind::Boolean, 0);
    return misfit(token);
}

DecodedCell CellDecoder::decimal(const JsonToken &token)
{
    if (!isScalar(token))
        return misfit(token);
    std::string_view text = trimmed(token.text);
    if (token.kind == JsonToken::Kind::String) {
        for (const std::string_view unit : {"%", "％", "核"}) {
            if (endsWith(text, unit)) {
                text = trimmed(text.substr(0, text.size() - unit.size()));
                break;
            }
        }
    }
    if (isPlainDecimal(text))
        return textCell(Kind::Decimal, text);
    return expandNumber(text, m_buffer) ? textCell(Kind::Decimal, m_buffer) : misfit(token);
}

DecodedCell CellDecoder::money(const JsonToken &token)
{
    MoneyParts parts;
    if (token.kind != JsonToken::Kind::Object || !readMoneyJson(token.text, parts))
        return misfit(token);
    if (parts.currency.empty() && parts.units == 0 && parts.nanos == 0)
        return {};
    if (parts.currency.size() != 3 || (parts.units > 0 && parts.nanos < 0) || (parts.units < 0 && parts.nanos > 0))
        return misfit(token);
    DecodedCell result = textCell(Kind::Money, parts.currency);
    if (std::any_of(parts.currency.begin(), parts.currency.end(), [](char c) { return c < 'A' || c > 'Z'; })) {
        m_buffer.assign(parts.currency);
        for (char &c : m_buffer) {
            if (c >= 'a' && c <= 'z')
                c = static_cast<char>(c - 0x20);
            else if (c < 'A' || c > 'Z')
                return misfit(token);
        }
        result.text = m_buffer;
    }
    result.cell.number = parts.units;
    result.cell.nanos = parts.nanos;
    return result;
}

DecodedCell CellDecoder::instant(const JsonToken &token)
{
    const auto time = isScalar(token) ? scanTime(token.text) : std::nullopt;
    if (!time)
        return misfit(token);
    if (time->epochMs)
        return numberCell(Kind::Instant, *time->epochMs);
    const qint64 wall = wallMs(*time);
    return numberCell(Kind::Instant, time->offsetSeconds ? wall - *time->offsetSeconds * 1000LL : m_zone.toUtcMs(wall));
}

DecodedCell CellDecoder::date(const JsonToken &token)
{
    const auto time = isScalar(token) ? scanTime(token.text) : std::nullopt;
    if (!time || time->epochMs)
        return misfit(token);
    if (token.text.size() == 10 && token.text[4] == '-' && token.text[7] == '-' && isDigit(token.text[9]))
        return textCell(Kind::Date, token.text);
    char text[16];
    const int size = snprintf(text, sizeof text, "%04d-%02d-%02d", time->year, time->month, time->day);
    m_buffer.assign(text, static_cast<size_t>(size));
    return textCell(Kind::Date, m_buffer);
}

} // namespace kboss
