#include "app/main/console_app.h"

#include "app/main/console_profiles.h"
#include "ui/argumentpages.h"
#include "ui/dialogprompt.h"
#include "ui/installdesks.h"
#include "ui/installsample.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/pagefactory.h"
#include "ui/serverjobs.h"
#include "ui/sessionwatcher.h"
#include "ui/tour.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

namespace kboss {

using namespace Qt::StringLiterals;

ConsoleApp::ConsoleApp(ConsoleOptions options) : m_options(std::move(options))
{
    m_dataFolder = m_options.dataFolder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                                  : QDir(m_options.dataFolder).absolutePath();
    m_configFolder = m_options.dataFolder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) : m_dataFolder;
    m_trace = std::make_unique<TraceLog>(m_options.traceFile);
    m_trace->write("process-start");
}

ConsoleApp::~ConsoleApp()
{
    m_tour.reset();
    m_serverJobs.reset();
    m_watcher.reset();
    if (m_window)
        m_window->leaveContext();
    if (m_jobs) // not when start() failed early
        m_jobs->cancelAll();
    m_session.reset();
    m_window.reset();
}

Result<void> ConsoleApp::start()
{
    if (const auto documents = loadDocuments(); !documents)
        return documents;
    for (const QString &folder : {m_dataFolder, m_configFolder}) {
        if (const auto made = makeFolder(folder); !made)
            return made;
    }
    m_jobs = std::make_unique<JobList>(m_clock);
    m_theme = std::make_unique<Theme>();
    if (const auto loaded = m_theme->load(u":/themes/tokens.json"_s); !loaded)
        return loaded;
    readSettings();
    m_profiles = std::make_unique<ProfileStore>(QDir(m_configFolder).filePath(u"profiles.json"_s));
    if (const auto loaded = m_profiles->load(); !loaded)
        m_atStart.push_back(loaded.error());
    bool none = false;
    const auto profile = chooseProfile(&none);
    if (!profile)
        return fail(profile.error());
    if (const auto read = readCredential(&m_credential); !read)
        return read;
    m_secrets = std::make_unique<SecretStore>();
    m_prompt = std::make_unique<DialogPrompt>(m_theme.get());
    m_window = std::make_unique<MainWindow>(m_theme.get(), m_settings.get(), m_trace.get());
    m_offline = m_options.offline;
    makeContext();
    if (!none)
        openSession(*profile);
    m_window->setContext(m_context);
    m_window->restoreLook();
    openFirstPages();
    connect(m_language.get(), &Language::changed, m_window.get(), [this] {
        m_trace->write("language", {}, -1, {{u"language"_s, m_language->current()}});
        m_window->retranslate();
    });
    connect(m_window.get(), &MainWindow::signInRequested, this, [this] {
        if (m_watcher)
            m_watcher->askForCredential();
    });
    connect(m_window.get(), &MainWindow::closing, this, [this] { end(m_exitCode); });
    connect(m_window.get(), &MainWindow::firstPainted, this, [this] {
        m_painted = true;
        startSession();
    });
    if (!m_options.tourFolder.isEmpty()) {
        m_tour = std::make_unique<Tour>(m_options.tourFolder, m_window.get(), m_context, m_offline);
        for (const Error &error : m_atStart)
            m_tour->tellFault(error);
        connect(m_tour.get(), &Tour::finished, this, &ConsoleApp::end);
        m_tour->start();
    }
    m_window->show();
    return {};
}

Result<void> ConsoleApp::loadDocuments()
{
    auto contracts = ContractSet::load(u":/api"_s);
    if (!contracts)
        return fail(contracts.error());
    m_contracts = std::make_shared<const ContractSet>(std::move(*contracts));
    auto resources = ResourceSet::load(u":/views"_s, *m_contracts);
    if (!resources)
        return fail(resources.error());
    m_resources = std::move(*resources);
    const QString page = m_options.page;
    const QStringList own{u"start"_s, u"profiles"_s, u"activity"_s, u"journal"_s, u"request-log"_s, u"installs"_s};
    m_context.argumentPages = consoleArgumentPages();
    const ResourceType *type = m_resources.find(page);
    if (!page.isEmpty() && !own.contains(page) && !(type && type->hasPage()) && !argumentPageOf(m_context, page))
        return fail(ErrorKind::NotFound, u"--page: there is no page \"%1\""_s.arg(page));
    return {};
}

// What was there before keeps the permissions somebody gave it.
Result<void> ConsoleApp::makeFolder(const QString &folder)
{
    const QFileInfo info(folder);
    const bool there = info.isDir();
    if (!there
        && (!QDir().mkpath(folder) || !QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner)))
        return fail(ErrorKind::Storage, folder + u" cannot be made"_s);
    if (there && !info.isWritable())
        return fail(ErrorKind::Storage, folder + u" cannot be written to"_s);
    return {};
}

void ConsoleApp::readSettings()
{
    // A tour starts from nothing and leaves nothing, so that its pictures are the same everywhere.
    const bool tour = !m_options.tourFolder.isEmpty();
    m_settings = std::make_unique<Settings>(tour ? QString() : QDir(m_dataFolder).filePath(u"settings.json"_s));
    if (const auto loaded = m_settings->load(); !loaded)
        m_atStart.push_back(loaded.error());
    connect(m_settings.get(), &Settings::failed, this, [this](const Error &error) {
        if (m_context.showError)
            m_context.showError(error, tr("Saving the settings"), {});
    });
    m_language = std::make_unique<Language>(u":/i18n"_s);
    const QString kept = m_settings->value(u"look/language"_s, u"zh_CN"_s).toString();
    m_language->set(m_options.language.isEmpty() ? kept : m_options.language);
    if (m_language->current().isEmpty())
        m_language->set(u"zh_CN"_s);
    m_theme->setDensity(m_settings->value(u"look/density"_s, u"normal"_s).toString());
    if (m_settings->value(u"look/dark"_s, false).toBool())
        m_theme->setDark(true);
    else
        m_theme->apply();
}

Result<Profile> ConsoleApp::chooseProfile(bool *none)
{
    if (m_options.service)
        return serviceProfile(*m_options.service, m_options);
    if (m_options.standalone)
        return standaloneProfile(m_options.sample, true);
    if (!m_options.profile.isEmpty()) {
        for (const Profile &profile : m_profiles->profiles()) {
            if (profile.id == m_options.profile || profile.name == m_options.profile)
                return profile;
        }
        return fail(ErrorKind::NotFound, u"there is no profile \"%1\""_s.arg(m_options.profile));
    }
    const QString last = m_settings->value(u"last-profile"_s).toString();
    if (const Profile *profile = m_profiles->find(last))
        return *profile;
    if (m_profiles->profiles().size() == 1)
        return m_profiles->profiles().constFirst();
    *none = true;
    return Profile{};
}

Result<void> ConsoleApp::readCredential(SessionCredential *credential) const
{
    const auto read = [](const QString &name) -> Result<QString> {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorKind::Storage, name + u": "_s + file.errorString());
        return QString::fromUtf8(file.read(64 * 1024)).trimmed();
    };
    if (!m_options.tokenFile.isEmpty()) {
        const auto token = read(m_options.tokenFile);
        if (!token)
            return fail(token.error());
        credential->token = *token;
    }
    if (!m_options.passwordFile.isEmpty()) {
        const auto password = read(m_options.passwordFile);
        if (!password)
            return fail(password.error());
        credential->user = m_options.user;
        credential->password = *password;
    }
    return {};
}

void ConsoleApp::makeContext()
{
    m_context.contracts = m_contracts.get();
    m_context.contractsShared = m_contracts;
    m_context.resources = &m_resources;
    m_context.theme = m_theme.get();
    m_context.prompt = m_prompt.get();
    m_context.jobs = m_jobs.get();
    m_context.trace = m_trace.get();
    m_context.settings = m_settings.get();
    m_context.secrets = m_secrets.get();
    m_context.clock = &m_clock;
    m_context.profiles = m_profiles.get();
    m_context.language = m_language.get();
    m_context.dataFolder = m_dataFolder;
    m_context.openPage = [this](const QString &id) { m_window->openPage(id); };
    m_context.openRow = [this](const QString &resource, const QStringList &masters, const QString &key, const QString &filter) {
        m_window->openRow(resource, masters, key, filter);
    };
    m_context.showError = [this](const Error &error, const QString &what, std::function<void()> retry) {
        m_window->showError(error, what, std::move(retry));
    };
    m_context.showNotice = [this](const QString &text, const QString &action, std::function<void()> run) {
        m_window->showNotice(text, action, std::move(run));
    };
    const auto later = [this](auto work) { QTimer::singleShot(0, this, work); }; // pages that ask for this die by it
    m_context.connectTo = [this, later](const QString &id) {
        if (const Profile *profile = m_profiles->find(id))
            later([this, profile = *profile] { m_window->askLeave([this, profile] { connectTo(profile, false); }); });
    };
    m_context.tryHere = [this, later](const QString &sample) { later([this, sample] { m_window->askLeave([this, sample] { tryHere(sample); }); }); };
    m_context.setOffline = [this, later](bool offline) {
        if (m_session)
            later([this, offline] { m_window->askLeave([this, offline] { connectTo(Profile(m_session->profile()), offline); }); });
    };
    m_context.signOut = [this] {
        if (m_session && m_session->client())
            m_session->client()->signOut();
    };
    m_context.forgetProfile = [this](const QString &id) { forget(id); };
}

void ConsoleApp::openSession(const Profile &profile)
{
    auto session = Session::open(profile, {m_dataFolder, serviceProgram()}, m_contracts, m_secrets.get(), m_clock);
    if (!session) {
        m_atStart.push_back(session.error());
        return;
    }
    m_session = std::move(*session);
    m_context.session = m_session.get();
    m_watcher = std::make_unique<SessionWatcher>(m_context, m_window.get());
    m_serverJobs = std::make_unique<ServerJobs>(m_context);
    followInstallations(m_context);
    if (!m_options.tourFolder.isEmpty() && m_options.standalone)
        addSampleInstallation(m_context);
    if (!profile.temporary)
        m_settings->setValue(u"last-profile"_s, profile.id);
}

void ConsoleApp::startSession()
{
    for (const Error &error : m_atStart)
        m_context.showError(error, tr("Starting"), {});
    m_atStart.clear();
    if (!m_session || m_session->state() != Session::State::Idle)
        return;
    if (!m_credential.token.isEmpty() || !m_credential.password.isEmpty())
        m_session->giveCredential(m_credential, false);
    m_credential = {};
    m_session->start(m_offline);
}

void ConsoleApp::connectTo(const Profile &profile, bool offline)
{
    m_serverJobs.reset();
    m_watcher.reset();
    m_window->leaveContext();
    m_jobs->cancelAll();
    m_context.session = nullptr;
    m_session.reset();
    m_offline = offline;
    openSession(profile);
    m_window->setContext(m_context);
    openFirstPages();
    if (m_painted)
        startSession();
}

void ConsoleApp::openFirstPages()
{
    if (!m_options.tourFolder.isEmpty())
        return; // it opens every page itself
    if (!m_options.page.isEmpty())
        m_window->openPage(std::exchange(m_options.page, QString()));
    if (m_window->workspace()->pages().isEmpty())
        m_window->openPage(u"start"_s);
}

void ConsoleApp::tryHere(const QString &sample)
{
    const Profile profile = standaloneProfile(sample, false);
    if (const auto saved = m_profiles->save(profile); !saved) {
        m_context.showError(saved.error(), tr("Saving the connection"), {});
        return;
    }
    connectTo(profile, false);
}

void ConsoleApp::forget(const QString &profileId)
{
    if (m_session && m_session->profile().id == profileId)
        return;
    m_settings->remove(u"workspace/"_s + profileId);
    QDir folder(m_dataFolder + u"/profiles/"_s + profileId);
    if (!profileId.isEmpty() && folder.exists())
        folder.removeRecursively();
}

void ConsoleApp::end(int exitCode)
{
    m_exitCode = exitCode;
    QTimer::singleShot(0, qApp, [exitCode] { QApplication::exit(exitCode); });
}

} // namespace kboss
