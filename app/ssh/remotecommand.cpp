#include "app/ssh/remotecommand.h"

#include <algorithm>

namespace kboss {

namespace {

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/' || c == ':'
        || c == ',' || c == '@' || c == '%' || c == '+';
}

} // namespace

QByteArray shellQuoted(const QString &word)
{
    const QByteArray text = word.toUtf8();
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isPlain))
        return text;
    QByteArray quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? QByteArray("'\\''") : QByteArray(1, c);
    return quoted + '\'';
}

QByteArray shellLine(const QStringList &words)
{
    QByteArray line;
    for (const QString &word : words)
        line += (line.isEmpty() ? "" : " ") + shellQuoted(word);
    return line;
}

} // namespace kboss
