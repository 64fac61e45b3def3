#include "app/standalone/jsontext.h"

#include <charconv>

namespace kboss::standalone {

namespace {

void appendEscaped(std::string &out, unsigned char c)
{
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        out += "\\u00";
        out += digits[c >> 4];
        out += digits[c & 15];
    }
}

} // namespace

void appendJsonString(std::string &out, std::string_view utf8)
{
    out += '"';
    size_t clean = 0;
    for (size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(utf8.substr(clean, i - clean));
        appendEscaped(out, c);
        clean = i + 1;
    }
    out.append(utf8.substr(clean));
    out += '"';
}

void appendJsonString(std::string &out, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    appendJsonString(out, std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())));
}

void appendJsonNumber(std::string &out, qint64 number)
{
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    out.append(buffer, end);
}

std::string &JsonObject::member(std::string_view name)
{
    if (!m_first)
        m_out += ',';
    m_first = false;
    m_out += '"';
    m_out += name;
    m_out += "\":";
    return m_out;
}

void JsonObject::text(std::string_view name, const QString &value)
{
    appendJsonString(member(name), value);
}
void JsonObject::text(std::string_view name, std::string_view value)
{
    appendJsonString(member(name), value);
}
void JsonObject::number(std::string_view name, qint64 value)
{
    appendJsonNumber(member(name), value);
}
void JsonObject::boolean(std::string_view name, bool value)
{
    member(name) += value ? "true" : "false";
}
void JsonObject::null(std::string_view name)
{
    member(name) += "null";
}
void JsonObject::raw(std::string_view name, std::string_view json)
{
    member(name) += json;
}

} // namespace kboss::standalone
