#pragma once

#include "app/cluster/hostfix.h"

namespace kboss {

// Puts the two scripts of a fix together, one change at a time: what is done is done by root with every file kept first; what is undone goes the other way, and
// touches only what is still as the fix left it. Values come in as arguments and go out quoted. For hostfix.cpp alone.
class FixScript {
public:
    explicit FixScript(HostFix &fix)
        : m_fix(fix)
    {
    }
    void kernelValue(const QString &name, const QString &before, const QString &after); // now
    void addLine(const QString &path, const QString &line); // a line of its own at the end; a file that was not there goes again when it is empty
    void commentLine(const QString &path, const QString &line); // the line as it is, with "# kboss: " before it
    void command(FixChange::Kind kind, const QString &subject, const QString &before, const QString &after, const QStringList &words, const QStringList &undo);
    void silentCommand(const QStringList &words, const QStringList &undo = {}); // that changes nothing of its own: a reload
    void raw(const QByteArray &script, const QByteArray &undo, const QString &shown, const QString &undoShown = {}); // without a value that came from anywhere
    void keepTree(const QString &path); // whole; the undo brings it back
    void finish(qint64 nowMs);

private:
    void add(const QByteArray &script, const QByteArray &undo, const QByteArray &guard = {});
    HostFix &m_fix;
    QByteArray m_do, m_undo, m_guards;
};

} // namespace kboss
