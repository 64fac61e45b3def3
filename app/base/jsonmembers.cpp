#include "app/base/jsonmembers.h"

#include "app/base/jsonscrub.h"

namespace kboss {
namespace {

// Walks the members of one object; the text is known to be good JSON.
class Members {
public:
    explicit Members(std::string_view object) : m_text(object) { }

    bool next(std::string_view &name, std::string_view &value)
    {
        m_at = m_text.find_first_not_of("{, \t\r\n", m_at);
        if (m_at == std::string_view::npos || m_text[m_at] != '"')
            return false;
        const size_t from = m_at;
        skipString();
        name = m_text.substr(from + 1, m_at - from - 2);
        m_at = m_text.find_first_not_of(": \t\r\n", m_at);
        if (m_at == std::string_view::npos)
            return false;
        const size_t start = m_at;
        skipValue();
        value = m_text.substr(start, m_at - start);
        return true;
    }

private:
    void skipString()
    {
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_text.size());
    }
    void skipValue()
    {
        int depth = 0;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                skipString();
                if (depth == 0)
                    return;
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t'))
                return;
            ++m_at;
            if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && --depth == 0)
                return;
        }
    }

    std::string_view m_text;
    size_t m_at = 0;
};

bool named(std::string_view spelled, const std::string &name)
{
    if (spelled.find('\\') == std::string_view::npos)
        return spelled == name;
    std::string plain;
    return unescapeJson(spelled, plain) && plain == name;
}

JsonToken tokenOf(std::string_view value, std::string &buffer)
{
    using Kind = JsonToken::Kind;
    switch (value.empty() ? 'n' : value.front()) {
    case '"':
        buffer.clear();
        unescapeJson(value.substr(1, value.size() - 2), buffer);
        return {Kind::String, buffer};
    case '{':
        return {Kind::Object, value};
    case '[':
        return {Kind::Array, value};
    case 't':
    case 'f':
        return {Kind::Boolean, value};
    case 'n':
        return {Kind::Null, {}};
    default:
        return {Kind::Number, value};
    }
}

} // namespace

bool findMember(std::string_view object, const std::vector<std::string> &path, JsonToken &token, std::string &buffer)
{
    std::string_view here = object;
    for (const std::string &step : path) {
        if (here.empty() || here.front() != '{')
            return false;
        Members members(here);
        std::string_view name, value, found;
        while (members.next(name, value)) {
            if (named(name, step))
                found = value;
        }
        if (found.empty())
            return false;
        here = found;
    }
    token = tokenOf(here, buffer);
    return true;
}

} // namespace kboss
