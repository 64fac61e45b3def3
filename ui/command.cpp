#include "ui/command.h"

#include "app/base/pinyin.h"

#include <algorithm>

namespace kboss {

namespace {

bool lettersInOrder(const QString &text, const QString &letters)
{
    qsizetype at = 0;
    for (const QChar letter : letters) {
        at = text.indexOf(letter, at);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

// 0 = best, -1 = no match
int rankIn(const QString &name, const QString &typed)
{
    const QString text = name.toLower();
    if (text.startsWith(typed))
        return 0;
    if (text.contains(QLatin1Char(' ') + typed))
        return 1;
    const QString initials = pinyinInitials(name);
    if (initials.startsWith(typed))
        return 0;
    if (text.contains(typed))
        return 3;
    if (initials.contains(typed))
        return 4;
    return typed.size() > 1 && lettersInOrder(text, typed) ? 6 : -1;
}

int rank(const Command &command, const QString &typed)
{
    const int own = rankIn(command.title, typed);
    const int other = command.other.isEmpty() ? -1 : rankIn(command.other, typed);
    if (own < 0 && other < 0)
        return matchesTextOrPinyin(command.kind, typed) ? 8 : -1;
    if (own < 0)
        return other + 1;
    return other < 0 ? own : std::min(own, other + 1);
}

} // namespace

QList<int> matchCommands(const QList<Command> &commands, const QString &typed)
{
    const QString text = typed.trimmed().toLower();
    QList<std::pair<int, int>> found;
    for (int i = 0; i < commands.size(); ++i) {
        const int value = text.isEmpty() ? 0 : rank(commands.at(i), text);
        if (value >= 0)
            found << std::pair(value, i);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<int> order;
    for (const auto &[value, index] : std::as_const(found))
        order << index;
    return order;
}

} // namespace kboss
