#include "app/base/jsonscrub.h"

#include "app/base/secretnames.h"

#include <cstring>

namespace kboss {
namespace {

constexpr int maxDepth = 100;
constexpr std::string_view dots = "\"\u2022\u2022\u2022\u2022\u2022\u2022\"";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool hexQuad(std::string_view text, size_t at, unsigned &value)
{
    if (text.size() < at + 4)
        return false;
    value = 0;
    for (size_t i = at; i < at + 4; ++i) {
        const int digit = hexValue(text[i]);
        if (digit < 0)
            return false;
        value = value * 16 + static_cast<unsigned>(digit);
    }
    return true;
}

void appendUtf8(unsigned code, std::string &out)
{
    const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

// `at` stands after "\u"; moves behind what was read.
bool unescapeUnicode(std::string_view text, size_t &at, std::string &out)
{
    unsigned code = 0;
    if (!hexQuad(text, at, code))
        return false;
    at += 4;
    if (code >= 0xD800 && code <= 0xDFFF) {
        unsigned low = 0;
        const bool pair = code < 0xDC00 && text.substr(at, 2) == "\\u" && hexQuad(text, at + 2, low) && low >= 0xDC00 && low <= 0xDFFF;
        if (pair) {
            at += 6;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else {
            code = 0xFFFD;
        }
    }
    appendUtf8(code, out);
    return true;
}

void appendEscaped(std::string_view text, std::string &out)
{
    static constexpr char hex[] = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            out.append("\\u00");
            out.push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15]);
        } else {
            out.push_back(c);
        }
    }
}

class Scrubber {
public:
    Scrubber(std::string_view json, SecretMember how, std::string &out, int depth) : m_json(json), m_out(out), m_how(how), m_depth(depth) { }

    bool run()
    {
        space();
        if (!value())
            return false;
        space();
        return m_at == m_json.size();
    }
    bool changed() const { return m_changed; }

private:
    char peek() const { return m_at < m_json.size() ? m_json[m_at] : '\0'; }
    void space()
    {
        while (m_at < m_json.size() && (m_json[m_at] == ' ' || m_json[m_at] == '\n' || m_json[m_at] == '\r' || m_json[m_at] == '\t'))
            ++m_at;
    }
    bool value();
    bool object();
    bool member(bool &first);
    bool array();
    bool scalar();
    bool stringValue();
    bool string(std::string_view &inner); // without its quotes

    std::string_view m_json;
    std::string &m_out;
    SecretMember m_how;
    size_t m_at = 0;
    int m_depth;
    bool m_changed = false;
    std::string m_name;
};

bool Scrubber::value()
{
    switch (peek()) {
    case '{':
        return object();
    case '[':
        return array();
    case '"':
        return stringValue();
    default:
        return scalar();
    }
}

bool Scrubber::object()
{
    if (++m_depth > maxDepth)
        return false;
    m_out.push_back('{');
    ++m_at;
    space();
    bool first = true;
    if (peek() != '}') {
        while (true) {
            if (!member(first))
                return false;
            space();
            if (peek() != ',')
                break;
            ++m_at;
            space();
        }
    }
    if (peek() != '}')
        return false;
    ++m_at;
    m_out.push_back('}');
    --m_depth;
    return true;
}

bool Scrubber::member(bool &first)
{
    std::string_view inner;
    if (peek() != '"' || !string(inner))
        return false;
    m_name.clear();
    if (!unescapeJson(inner, m_name))
        return false;
    const bool secret = isSecretName(m_name);
    space();
    if (peek() != ':')
        return false;
    ++m_at;
    space();
    const size_t before = m_out.size();
    if (!first)
        m_out.push_back(',');
    m_out.append(inner.data() - 1, inner.size() + 2);
    m_out.push_back(':');
    const size_t from = m_out.size();
    if (!value())
        return false;
    if (!secret) {
        first = false;
        return true;
    }
    m_changed = true;
    if (m_how == SecretMember::Cut) {
        m_out.resize(before);
    } else {
        m_out.resize(from);
        m_out.append(dots);
        first = false;
    }
    return true;
}

bool Scrubber::array()
{
    if (++m_depth > maxDepth)
        return false;
    m_out.push_back('[');
    ++m_at;
    space();
    if (peek() != ']') {
        while (true) {
            if (!value())
                return false;
            space();
            if (peek() != ',')
                break;
            m_out.push_back(',');
            ++m_at;
            space();
        }
    }
    if (peek() != ']')
        return false;
    ++m_at;
    m_out.push_back(']');
    --m_depth;
    return true;
}

bool Scrubber::string(std::string_view &inner)
{
    const size_t from = ++m_at;
    for (; m_at < m_json.size(); ++m_at) {
        const char c = m_json[m_at];
        if (c == '"') {
            inner = m_json.substr(from, m_at++ - from);
            return true;
        }
        if (c == '\\')
            ++m_at;
        else if (static_cast<unsigned char>(c) < 0x20)
            return false;
    }
    return false;
}

bool Scrubber::stringValue()
{
    std::string_view inner;
    if (!string(inner))
        return false;
    const bool escapes = inner.find('\\') != std::string_view::npos;
    std::string text;
    if (escapes && !unescapeJson(inner, text))
        return false;
    const size_t head = text.find_first_not_of(" \t\r\n");
    std::string scrubbed;
    bool nested = false;
    if (head != std::string::npos && (text[head] == '{' || text[head] == '[')) {
        Scrubber inside(text, m_how, scrubbed, m_depth + 1);
        nested = inside.run() && inside.changed();
        m_changed = m_changed || nested;
    }
    m_out.push_back('"');
    if (nested)
        appendEscaped(scrubbed, m_out);
    else
        m_out.append(inner);
    m_out.push_back('"');
    return true;
}

bool Scrubber::scalar()
{
    const size_t from = m_at;
    while (m_at < m_json.size() && !strchr(",]} \t\r\n", m_json[m_at]))
        ++m_at;
    const std::string_view token = m_json.substr(from, m_at - from);
    if (token != "true" && token != "false" && token != "null" && !isJsonNumber(token))
        return false;
    m_out.append(token);
    return true;
}

} // namespace

bool scrubJson(std::string_view json, SecretMember how, std::string &out, bool *changed)
{
    Scrubber scrubber(json, how, out, 0);
    const bool good = scrubber.run();
    if (changed)
        *changed = scrubber.changed();
    return good;
}

bool unescapeJson(std::string_view inner, std::string &out)
{
    for (size_t at = 0; at < inner.size();) {
        const char c = inner[at++];
        if (c != '\\') {
            out.push_back(c);
            continue;
        }
        if (at == inner.size())
            return false;
        switch (inner[at++]) {
        case '"':
            out.push_back('"');
            break;
        case '\\':
            out.push_back('\\');
            break;
        case '/':
            out.push_back('/');
            break;
        case 'b':
            out.push_back('\b');
            break;
        case 'f':
            out.push_back('\f');
            break;
        case 'n':
            out.push_back('\n');
            break;
        case 'r':
            out.push_back('\r');
            break;
        case 't':
            out.push_back('\t');
            break;
        case 'u':
            if (!unescapeUnicode(inner, at, out))
                return false;
            break;
        default:
            return false;
        }
    }
    return true;
}

bool isJsonNumber(std::string_view token)
{
    size_t at = 0;
    const auto digits = [&] {
        const size_t from = at;
        while (at < token.size() && isDigit(token[at]))
            ++at;
        return at - from;
    };
    if (at < token.size() && token[at] == '-')
        ++at;
    const bool zero = at < token.size() && token[at] == '0';
    const size_t whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (at < token.size() && token[at] == '.' && (++at, digits() == 0))
        return false;
    if (at < token.size() && (token[at] | 0x20) == 'e') {
        ++at;
        if (at < token.size() && (token[at] == '+' || token[at] == '-'))
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == token.size();
}

} // namespace kboss
