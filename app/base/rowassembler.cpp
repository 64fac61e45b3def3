#include "app/base/rowassembler.h"

#include "app/base/jsonmembers.h"
#include "app/base/jsonscrub.h"
#include "app/base/moneyjson.h"

#include <algorithm>
#include <cstring>
#include <xxhash.h>

namespace kboss {
namespace {

namespace ondemand = simdjson::ondemand;
using Outcome = RowAssembler::Outcome;

std::string_view withoutTail(std::string_view text)
{
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

constexpr quint32 sideOffset = std::numeric_limits<quint32>::max(); // until the row is finished

bool mayHoldJson(std::string_view text)
{
    const size_t head = text.find_first_not_of(" \t\r\n");
    return head != std::string_view::npos && (text[head] == '{' || text[head] == '[');
}

} // namespace

RowAssembler::RowAssembler(const TableSchema &schema, const QTimeZone &zone)
    : m_schema(schema), m_keyField(schema.indexOf(schema.key)), m_members(schema), m_cells(zone), m_made(schema)
{
    for (const QString &part : schema.keyFrom) {
        if (const int field = schema.indexOf(part); field >= 0)
            m_keyFrom.push_back(static_cast<size_t>(field));
    }
}

bool RowAssembler::broken(const QString &why)
{
    m_error = why;
    return false;
}

Outcome RowAssembler::add(ondemand::object object, const char *end, Storage storage, RowPlace &place)
{
    m_storage = &storage;
    m_firstCell = storage.cells.size();
    m_rowStart = storage.arena.size();
    m_runFrom = m_runTo = nullptr;
    m_comma = false;
    m_side.clear();
    m_sideCells.clear();
    m_misfits.clear();
    m_members.startRow();
    storage.cells.resize(m_firstCell + m_schema.fields.size());
    storage.arena.push_back('{');
    for (auto result : object) {
        ondemand::field field;
        if (const auto error = std::move(result).get(field)) {
            broken(QString::fromLatin1(simdjson::error_message(error)));
            return Outcome::Broken;
        }
        if (!addMember(field, end))
            return Outcome::Broken;
    }
    flush();
    storage.arena.push_back('}');
    if (finish(place))
        return Outcome::Added;
    storage.cells.resize(m_firstCell);
    storage.arena.resize(m_rowStart);
    return Outcome::Skipped;
}

bool RowAssembler::addMember(ondemand::field &field, const char *end)
{
    const char *name = field.key().raw();
    const RowMember *member = m_members.find(name, end);
    if (!member)
        return broken(QStringLiteral("bad member name"));
    JsonToken token;
    std::string_view span;
    if (!scan(std::move(field).value(), token, span))
        return false;
    if (member->secret) {
        flush();
        for (const int index : member->fields)
            put(index, m_cells.decode(FieldType::Secret, token));
        return true;
    }
    std::string_view kept = span;
    MoneyParts money;
    const bool knownShape = member->money && token.kind == JsonToken::Kind::Object && readMoneyJson(span, money);
    if (!knownShape && !cleanText(token, span, kept))
        return broken(QStringLiteral("bad value, or nested too deep"));
    if (member->transient)
        flush();
    else
        keep(name - 1, span, kept);
    for (const int index : member->fields)
        put(index, m_cells.decode(m_schema.fields[static_cast<size_t>(index)], token));
    for (const RowMember::Nested &nested : member->nested)
        fillNested(nested, nested.secret ? JsonToken{token.kind, span} : token);
    return true;
}

// The value's kind and text. Numbers and words are checked here, since on-demand parsing looks at them only when asked for.
bool RowAssembler::scan(ondemand::value value, JsonToken &token, std::string_view &span)
{
    using Kind = JsonToken::Kind;
    span = withoutTail(value.raw_json_token());
    const char first = span.empty() ? '\0' : span.front();
    if (first == '"') {
        if (span.size() < 2 || span.back() != '"')
            return broken(QStringLiteral("string without end"));
        token = {Kind::String, span.substr(1, span.size() - 2)};
        if (memchr(token.text.data(), '\\', token.text.size())) {
            m_unescaped.clear();
            if (!unescapeJson(token.text, m_unescaped))
                return broken(QStringLiteral("bad escape in a string"));
            token.text = m_unescaped;
        }
        return true;
    }
    if (first == '{' || first == '[') {
        simdjson::error_code error = simdjson::SUCCESS;
        if (first == '{') {
            ondemand::object object;
            if (!(error = value.get_object().get(object)))
                error = object.raw_json().get(span);
        } else {
            ondemand::array array;
            if (!(error = value.get_array().get(array)))
                error = array.raw_json().get(span);
        }
        if (error)
            return broken(QString::fromLatin1(simdjson::error_message(error)));
        span = withoutTail(span);
        token = {first == '{' ? Kind::Object : Kind::Array, span};
        return true;
    }
    if (span == "null")
        token = {Kind::Null, {}};
    else if (span == "true" || span == "false")
        token = {Kind::Boolean, span};
    else if (isJsonNumber(span))
        token = {Kind::Number, span};
    else
        return broken(QStringLiteral("a value expected"));
    return true;
}

// Objects, arrays and strings that hold JSON lose their secrets; `kept` is what stands for the value from now on.
bool RowAssembler::cleanText(JsonToken &token, std::string_view span, std::string_view &kept)
{
    using Kind = JsonToken::Kind;
    const bool nested = token.kind == Kind::Object || token.kind == Kind::Array;
    const bool text = token.kind == Kind::String && token.text.data() == m_unescaped.data() && mayHoldJson(token.text);
    if (!nested && !text)
        return true;
    m_scrubbed.clear();
    bool changed = false;
    if (!scrubJson(span, SecretMember::Cut, m_scrubbed, &changed))
        return false;
    if (!changed)
        return true;
    kept = m_scrubbed;
    token.text = kept;
    if (text) {
        m_unescaped.clear();
        unescapeJson(kept.substr(1, kept.size() - 2), m_unescaped);
        token.text = m_unescaped;
    }
    return true;
}

// Goes on with the run of text that is copied as it came, or ends it where the value is not kept literally.
void RowAssembler::keep(const char *from, std::string_view span, std::string_view kept)
{
    if (!m_runFrom) {
        if (m_comma)
            m_storage->arena.push_back(',');
        m_runFrom = from;
        m_runAt = m_storage->arena.size();
        m_comma = true;
    }
    if (kept.data() == span.data()) {
        m_runTo = span.data() + span.size();
        return;
    }
    m_runTo = span.data();
    flush();
    m_storage->arena.insert(m_storage->arena.end(), kept.begin(), kept.end());
}

void RowAssembler::flush()
{
    if (m_runFrom)
        m_storage->arena.insert(m_storage->arena.end(), m_runFrom, m_runTo);
    m_runFrom = m_runTo = nullptr;
}

void RowAssembler::fillNested(const RowMember::Nested &nested, const JsonToken &token)
{
    if (token.kind != JsonToken::Kind::Object)
        return;
    std::string buffer;
    JsonToken found;
    if (!findMember(token.text, nested.path, found, buffer))
        return;
    put(nested.field,
        nested.secret ? m_cells.decode(FieldType::Secret, found) : m_cells.decode(m_schema.fields[static_cast<size_t>(nested.field)], found));
}

void RowAssembler::put(int field, const DecodedCell &decoded)
{
    const size_t index = m_firstCell + static_cast<size_t>(field);
    RowBatch::Cell &cell = m_storage->cells[index];
    cell = decoded.cell;
    cell.length = static_cast<quint32>(decoded.text.size());
    if (cell.kind == RowBatch::Kind::Misfit && std::find(m_misfits.begin(), m_misfits.end(), field) == m_misfits.end())
        m_misfits.push_back(field);
    if (decoded.text.empty())
        return;
    const char *text = decoded.text.data();
    if (m_runFrom && text >= m_runFrom && text < m_runTo) {
        cell.offset = static_cast<quint32>(m_runAt + static_cast<size_t>(text - m_runFrom));
        return;
    }
    cell.offset = sideOffset;
    m_sideCells.push_back({index, m_side.size()});
    m_side.append(decoded.text);
}

void RowAssembler::makeKey()
{
    auto &arena = m_storage->arena;
    const size_t at = arena.size();
    for (const size_t field : m_keyFrom) {
        const RowBatch::Cell part = m_storage->cells[m_firstCell + field];
        if (part.kind != RowBatch::Kind::Text) {
            arena.resize(at); // a part of it is missing: no key
            return;
        }
        if (arena.size() > at)
            arena.push_back('/');
        const size_t from = arena.size();
        arena.resize(from + part.length);
        std::copy_n(arena.begin() + part.offset, part.length, arena.begin() + static_cast<std::ptrdiff_t>(from));
    }
    RowBatch::Cell &key = m_storage->cells[m_firstCell + static_cast<size_t>(m_keyField)];
    key.kind = RowBatch::Kind::Text;
    key.offset = static_cast<quint32>(at);
    key.length = static_cast<quint32>(arena.size() - at);
}

// Side texts behind the raw text; key and hash. False when the row has no key.
bool RowAssembler::finish(RowPlace &place)
{
    auto &arena = m_storage->arena;
    if (m_keyField < 0)
        return false;
    place.rawOffset = static_cast<quint32>(m_rowStart);
    place.rawLength = static_cast<quint32>(arena.size() - m_rowStart);
    place.hash = XXH3_64bits(arena.data() + m_rowStart, place.rawLength);
    for (auto side = m_sideCells.rbegin(); side != m_sideCells.rend(); ++side) { // of members sent twice the last counts
        RowBatch::Cell &cell = m_storage->cells[side->cell];
        if (cell.offset == sideOffset)
            cell.offset = static_cast<quint32>(arena.size() + side->at);
    }
    arena.insert(arena.end(), m_side.begin(), m_side.end());
    m_made.fill(m_storage->cells.data() + m_firstCell, arena);
    const RowBatch::Cell &key = m_storage->cells[m_firstCell + static_cast<size_t>(m_keyField)];
    if (key.kind == RowBatch::Kind::Null && !m_keyFrom.empty())
        makeKey();
    if (key.kind == RowBatch::Kind::Integer) {
        const std::string digits = std::to_string(key.number);
        place.keyOffset = static_cast<quint32>(arena.size());
        place.keyLength = static_cast<quint32>(digits.size());
        arena.insert(arena.end(), digits.begin(), digits.end());
        return true;
    }
    place.keyOffset = key.offset;
    place.keyLength = key.length;
    return key.length > 0 && key.kind != RowBatch::Kind::Misfit && key.kind != RowBatch::Kind::Money;
}

} // namespace kboss
