#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <functional>

namespace kboss {

// One thing that can be found by name with Ctrl+K.
struct Command {
    QString id;
    QString title;
    QString other; // the name in the other language, also found
    QString kind; // "Page", "Action", "Connection" … shown at the right
    QString icon;
    QKeySequence shortcut;
    bool enabled = true;
    std::function<void()> run;
};

// Which commands match what was typed, best first: start of the name, start of a word, inside the name, pinyin initials, letters in order.
// All of them in their own order for an empty text.
QList<int> matchCommands(const QList<Command> &commands, const QString &typed);

} // namespace kboss
