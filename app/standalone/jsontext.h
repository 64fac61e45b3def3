#pragma once

#include <QString>
#include <string>
#include <string_view>

namespace kboss::standalone {

// JSON text appended to a string without a tree in between: list answers are made of thousands of members.
void appendJsonString(std::string &out, std::string_view utf8);
void appendJsonString(std::string &out, const QString &text);
void appendJsonNumber(std::string &out, qint64 number);

// Puts commas where they belong: JsonObject o(out); o.text("id", id); o.close();
class JsonObject {
public:
    explicit JsonObject(std::string &out) : m_out(out) { m_out += '{'; }

    void text(std::string_view name, const QString &value);
    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, qint64 value);
    void boolean(std::string_view name, bool value);
    void null(std::string_view name);
    void raw(std::string_view name, std::string_view json);
    std::string &member(std::string_view name); // writes the name; the caller appends the value
    void close() { m_out += '}'; }

private:
    std::string &m_out;
    bool m_first = true;
};

} // namespace kboss::standalone
