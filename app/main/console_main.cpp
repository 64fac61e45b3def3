#include "app/base/heap.h"
#include "app/main/console_app.h"
#include "app/main/service_parent.h"

#include <QApplication>
#include <QIcon>
#include <cstdio>

namespace {

// A tour needs no display, and a machine without one should not need to be told.
void chooseOffscreen(const kboss::ConsoleOptions &options)
{
#ifdef Q_OS_LINUX
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!options.tourFolder.isEmpty() && !display && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
#else
    Q_UNUSED(options)
#endif
}

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

} // namespace

int main(int argc, char **argv)
{
    kboss::keepHeapSmall();
    kboss::service::leaveNoCore(); // passwords of hosts are in its memory
    QCoreApplication::setApplicationName(QStringLiteral("kboss-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KBOSS_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Kboss Console"));
    QGuiApplication::setDesktopFileName(QStringLiteral("kboss-console"));
    kboss::ConsoleOptions options = kboss::ConsoleOptions::read(argumentsOf(argc, argv));
    if (options.outcome != kboss::ConsoleOptions::Outcome::Run) {
        const bool wrong = options.outcome == kboss::ConsoleOptions::Outcome::Wrong;
        std::fputs(qPrintable(options.text), wrong ? stderr : stdout);
        return wrong ? 2 : 0;
    }
    chooseOffscreen(options);
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/app.svg")));
    kboss::ConsoleApp console(std::move(options));
    if (const auto started = console.start(); !started) {
        std::fprintf(stderr, "kboss-console: %s\n", qPrintable(started.error().detail));
        return started.error().kind == kboss::ErrorKind::NotFound ? 2 : 1;
    }
    return QApplication::exec();
}
