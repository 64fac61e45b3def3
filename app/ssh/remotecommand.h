#pragma once

#include <QByteArray>
#include <QStringList>
#include <functional>

namespace kboss {

// One program to run on a host. The words are quoted one by one, so that no character of theirs means anything to a shell.
struct RemoteCommand {
    QStringList words; // program and its arguments: no secrets here, everybody on the host can see them
    QByteArray input; // standard input; secrets go this way
    bool asRoot = false; // through sudo where the user is not root
    int deadlineMs = 60'000; // from the call to the end of the program, also while it waits for a channel
    qint64 mostOutput = 16 * 1024 * 1024; // bytes of each stream; the program is ended beyond
    // Receives output as it arrives, on the session's thread (it must not wait); then CommandResult has none.
    std::function<void(const QByteArray &bytes, bool isError)> output;
};

struct CommandResult {
    int exitCode = -1; // -1 = ended by `signal`
    QString signal; // "KILL", without SIG
    QByteArray out, err;

    bool isGood() const { return exitCode == 0; }
};

QByteArray shellQuoted(const QString &word); // for a POSIX shell, always in quotes unless it is plain
QByteArray shellLine(const QStringList &words);
inline constexpr auto processMark = "kboss-process ";
QByteArray supervised(const QStringList &words); // the same, after a line with processMark and the number of the program's process
QStringList endOfGroup(const QString &signal, qint64 process); // a command that sends a signal to all of the process's group

} // namespace kboss
