#pragma once

#include "tests/support/fakeclock.h"
#include "tests/support/fakeprompt.h"
#include "ui/appcontext.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/tracelog.h"

#include <QTemporaryDir>
#include <memory>

namespace kboss {

// A main window over a context without a session: real theme, languages, settings and profiles, answers from a FakePrompt.
struct UiFixture {
    QTemporaryDir folder;
    FakeClock clock;
    TraceLog trace;
    Settings settings;
    Theme theme;
    Language language;
    JobList jobs;
    FakePrompt prompt;
    ProfileStore profiles;
    AppContext context;
    std::unique_ptr<MainWindow> window;
    QStringList connected;

    static QString source(const QString &path) { return qEnvironmentVariable("KBOSS_SOURCE_DIR") + QLatin1Char('/') + path; }
    static QString translations() { return qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/../app/main"); }

    UiFixture()
        : settings(folder.filePath(QStringLiteral("settings.json"))), language(translations()), jobs(clock),
          profiles(folder.filePath(QStringLiteral("profiles.json")))
    {
        (void)theme.load(source(QStringLiteral("resources/themes/tokens.json")));
        theme.apply();
        language.set(QStringLiteral("zh_CN"));
        (void)profiles.load();
        (void)settings.load();
        context.theme = &theme;
        context.prompt = &prompt;
        context.jobs = &jobs;
        context.trace = &trace;
        context.settings = &settings;
        context.clock = &clock;
        context.profiles = &profiles;
        context.language = &language;
        context.dataFolder = folder.path();
        context.openPage = [this](const QString &id) { window->openPage(id); };
        context.showError = [this](const Error &error, const QString &what, std::function<void()> retry) { window->showError(error, what, retry); };
        context.showNotice = [this](const QString &text, const QString &action, std::function<void()> run) { window->showNotice(text, action, run); };
        context.connectTo = [this](const QString &id) { connected << id; };
        context.tryHere = [this](const QString &sample) { connected << sample; };
        context.setOffline = [](bool) {};
        context.signOut = [] {};
        window = std::make_unique<MainWindow>(&theme, &settings, &trace);
        QObject::connect(&language, &Language::changed, window.get(), &MainWindow::retranslate);
        window->setContext(context);
        window->resize(1600, 1000);
    }
};

} // namespace kboss
