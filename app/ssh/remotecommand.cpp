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

QByteArray supervised(const QStringList &words)
{
    return "exec sh -c 'echo " + QByteArray(processMark) + "$$; exec \"$@\"' sh " + shellLine(words);
}

// Field 5 of /proc/N/stat is the group; the name in field 2 may hold spaces and brackets.
QStringList endOfGroup(const QString &signal, qint64 process)
{
    const QString script = QStringLiteral("read -r l < \"/proc/$1/stat\" && set -- \"$1\" ${l##*) } && kill -s \"$0\" -- \"-$4\"");
    return {QStringLiteral("sh"), QStringLiteral("-c"), script, signal, QString::number(process)};
}

} // namespace kboss
