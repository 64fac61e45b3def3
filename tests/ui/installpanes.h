#pragma once

#include "tests/app/services/installworld.h"
#include "tests/support/fakeprompt.h"
#include "ui/appcontext.h"
#include "ui/language.h"
#include "ui/theme.h"

#include <QWidget>

namespace kboss {

// What pages of the wizard need, over a real desk with two real sshd: only questions are answered by the test, and what the steps do is small.
struct InstallPanes {
    test::InstallWorld world;
    Theme theme;
    FakePrompt prompt;
    SystemClock clock;
    Language language{qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/../app/main")};
    AppContext context;
    std::unique_ptr<InstallDesk> desk;
    Installation *installation = nullptr;
    Error error;
    QString notice;

    bool start()
    {
        if (!theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/themes/tokens.json")) || !world.start())
            return false;
        theme.apply();
        setCurrentLanguage(QStringLiteral("en"));
        context.theme = &theme;
        context.prompt = &prompt;
        context.clock = &clock;
        context.showError = [this](const Error &e, const QString &, std::function<void()>) { error = e; };
        context.showNotice = [this](const QString &text, const QString &, std::function<void()>) { notice = text; };
        return true;
    }
    // A new installation of two hosts, signed in to and trusted.
    void renew()
    {
        desk.reset();
        QVERIFY(world.renew());
        desk = world.makeDesk();
        QVERIFY(test::wait(desk->load()));
        installation = world.ready(desk.get());
        QVERIFY(installation);
    }
    bool ended(const InstallRun *run) const
    {
        return run->state() == InstallRun::State::Done || run->state() == InstallRun::State::Failed || run->state() == InstallRun::State::Stopped;
    }
    // For eyes: to the folder in KBOSS_PICTURES, where one is named.
    static void picture(QWidget *widget, const QString &name)
    {
        const QString folder = qEnvironmentVariable("KBOSS_PICTURES");
        if (!folder.isEmpty())
            widget->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
};

} // namespace kboss
