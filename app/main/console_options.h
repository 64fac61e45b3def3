#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>
#include <optional>

namespace kboss {

// What was said on the command line. Secrets come as files only.
struct ConsoleOptions {
    QString dataFolder; // empty = the system's place
    QString profile; // id or name
    std::optional<QUrl> service;
    bool standalone = false;
    QString sample = QStringLiteral("small");
    QString tokenFile, user, passwordFile;
    QString page, language, traceFile, tourFolder;
    bool offline = false;

    enum class Outcome { Run, Said, Wrong };
    Outcome outcome = Outcome::Run;
    QString text; // for Said (help, version: standard output) and Wrong (standard error)

    static ConsoleOptions read(const QStringList &arguments);
};

} // namespace kboss
