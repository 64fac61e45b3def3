#pragma once

#include "app/services/session.h"
#include "tests/support/fakeprompt.h"
#include "tests/support/httpclient.h"
#include "tests/support/serviceprocess.h"
#include "ui/appcontext.h"
#include "ui/joblist.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/tracelog.h"

#include <QTest>

namespace kboss {

// A page's world with real parts: the service in its own process, a session with its cache on disk, the theme; only questions are answered by the
// test.
struct ConsoleFixture {
    test::ServiceProcess service;
    QTemporaryDir data;
    std::shared_ptr<const ContractSet> contracts;
    ResourceSet resources;
    SystemClock clock;
    SecretStore secrets;
    SecretStore *keychain = &secrets; // another one, where a test needs one that is there on every machine
    std::unique_ptr<Session> session;
    Theme theme;
    FakePrompt prompt;
    std::unique_ptr<JobList> jobs;
    std::unique_ptr<TraceLog> trace;
    Settings settings{QString()};
    AppContext context;
    bool readOnly = false; // of the profile, at the next openSession()
    QString notice, noticeAction, errorWhat, failure;
    Error error;
    std::function<void()> noticeRun;

    bool open(const QString &sample = QStringLiteral("small"), const QStringList &serviceArguments = {}, int startMs = 30'000)
    {
        using namespace Qt::StringLiterals;
        const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
        auto loaded = ContractSet::load(source + u"/resources/api"_s);
        if (!loaded)
            return no(loaded.error().detail);
        contracts = std::make_shared<const ContractSet>(std::move(*loaded));
        auto views = ResourceSet::load(source + u"/resources/views"_s, *contracts);
        if (!views)
            return no(views.error().detail);
        resources = std::move(*views);
        if (const auto themed = theme.load(source + u"/resources/themes/tokens.json"_s); !themed)
            return no(themed.error().detail);
        theme.apply();
        setCurrentLanguage(u"en"_s);
        if (!service.start(sample, serviceArguments, startMs))
            return no(service.errorText());
        jobs = std::make_unique<JobList>(clock);
        trace = std::make_unique<TraceLog>(data.filePath(u"trace.jsonl"_s));
        return openSession(service.url());
    }

    bool openSession(const QUrl &url)
    {
        using namespace Qt::StringLiterals;
        Profile profile;
        profile.id = u"test"_s;
        profile.name = u"Test"_s;
        profile.color = u"info"_s;
        profile.temporary = true;
        profile.readOnly = readOnly;
        profile.proxyMode = ServerSettings::Proxy::None;
        for (ServiceKind kind : {ServiceKind::Kboss, ServiceKind::Billing})
            profile.urls.insert(kind, url);
        auto opened = Session::open(profile, {data.filePath(u"data"_s), {}}, contracts, keychain, clock);
        if (!opened)
            return no(opened.error().detail);
        session = std::move(*opened);
        context = {};
        context.session = session.get();
        context.contracts = contracts.get();
        context.resources = &resources;
        context.theme = &theme;
        context.prompt = &prompt;
        context.jobs = jobs.get();
        context.trace = trace.get();
        context.settings = &settings;
        context.secrets = keychain;
        context.clock = &clock;
        context.openPage = [](const QString &) {};
        context.showError = [this](const Error &e, const QString &what, std::function<void()>) {
            error = e;
            errorWhat = what;
        };
        context.showNotice = [this](const QString &text, const QString &actionText, std::function<void()> action) {
            notice = text;
            noticeAction = actionText;
            noticeRun = std::move(action);
        };
        session->start();
        return true;
    }

    // The service again where it was: same database, same address.
    bool restartService()
    {
        using namespace Qt::StringLiterals;
        return service.start(u"small"_s, {u"--listen"_s, u"127.0.0.1:"_s + QString::number(lastPort)});
    }
    void stopService()
    {
        lastPort = service.url().port();
        service.kill();
    }
    int lastPort = 0;

private:
    bool no(const QString &reason)
    {
        failure = reason;
        qWarning().noquote() << reason;
        return false;
    }
};

} // namespace kboss
