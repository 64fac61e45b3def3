#include "app/base/moneyjson.h"

#include <charconv>

namespace kboss {
namespace {

class Reader {
public:
    explicit Reader(std::string_view json) : m_at(json.data()), m_end(json.data() + json.size()) { }

    bool take(char c)
    {
        space();
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }
    bool atEnd()
    {
        space();
        return m_at == m_end;
    }
    bool string(std::string_view &text)
    {
        if (!take('"'))
            return false;
        const char *from = m_at;
        for (; m_at != m_end; ++m_at) {
            if (*m_at == '"') {
                text = {from, static_cast<size_t>(m_at++ - from)};
                return true;
            }
            if (*m_at == '\\')
                return false;
        }
        return false;
    }
    template <class T> bool number(T &value)
    {
        space();
        std::string_view text;
        if (m_at != m_end && *m_at == '"')
            return string(text) && (text.empty() || whole(text.data(), text.data() + text.size(), value) == text.data() + text.size());
        if (m_end - m_at >= 4 && std::string_view(m_at, 4) == "null") {
            m_at += 4;
            return true;
        }
        const char *end = whole(m_at, m_end, value);
        if (!end || end == m_at)
            return false;
        m_at = end;
        return true;
    }

private:
    void space()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }
    template <class T> static const char *whole(const char *from, const char *to, T &value)
    {
        const auto [end, error] = std::from_chars(from, to, value);
        return error == std::errc() ? end : nullptr;
    }

    const char *m_at;
    const char *m_end;
};

bool readMember(Reader &reader, MoneyParts &parts)
{
    std::string_view name;
    if (!reader.string(name) || !reader.take(':'))
        return false;
    if (name == "units")
        return reader.number(parts.units);
    if (name == "nanos")
        return reader.number(parts.nanos) && parts.nanos > -1'000'000'000 && parts.nanos < 1'000'000'000;
    return name == "currency_code" && reader.string(parts.currency);
}

} // namespace

bool readMoneyJson(std::string_view json, MoneyParts &parts)
{
    Reader reader(json);
    if (!reader.take('{'))
        return false;
    if (reader.take('}'))
        return reader.atEnd();
    do {
        if (!readMember(reader, parts))
            return false;
    } while (reader.take(','));
    return reader.take('}') && reader.atEnd();
}

} // namespace kboss
