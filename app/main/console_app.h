#pragma once

#include "app/main/console_options.h"
#include "ui/appcontext.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/tracelog.h"

#include <QObject>
#include <memory>

namespace kboss {

class DialogPrompt;
class MainWindow;
class ServerJobs;
class SessionWatcher;
class Tour;

// The composition root of the console: makes everything, hands it down, takes it apart in reverse order. GUI thread.
class ConsoleApp : public QObject {
    Q_OBJECT
public:
    explicit ConsoleApp(ConsoleOptions options);
    ~ConsoleApp() override;

    Result<void> start(); // shows the window; nothing slow happens before its first paint
    int exitCode() const { return m_exitCode; }

private:
    Result<void> loadDocuments();
    static Result<void> makeFolder(const QString &folder);
    void readSettings();
    Result<Profile> chooseProfile(bool *none);
    Result<void> readCredential(SessionCredential *credential) const;
    void makeContext();
    void connectTo(const Profile &profile, bool offline);
    void openSession(const Profile &profile);
    void startSession();
    void openFirstPages();
    void tryHere(const QString &sample);
    void forget(const QString &profileId);
    void end(int exitCode);

    ConsoleOptions m_options;
    SystemClock m_clock;
    QString m_dataFolder, m_configFolder;
    std::unique_ptr<TraceLog> m_trace;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<JobList> m_jobs;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<DialogPrompt> m_prompt;
    std::unique_ptr<ProfileStore> m_profiles;
    std::shared_ptr<const ContractSet> m_contracts;
    ResourceSet m_resources;
    AppContext m_context;
    SessionCredential m_credential;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SessionWatcher> m_watcher;
    std::unique_ptr<ServerJobs> m_serverJobs;
    std::unique_ptr<Tour> m_tour;
    std::vector<Error> m_atStart; // said when there is a window
    bool m_offline = false, m_painted = false;
    int m_exitCode = 0;
};

} // namespace kboss
