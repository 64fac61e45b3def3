#pragma once

#include "app/base/clock.h"
#include "app/services/hostlist.h"
#include "app/services/installation.h"

#include <QFuture>
#include <QObject>
#include <functional>
#include <memory>

namespace kboss {

class ActionRunner;
class ApiClient;
class CacheStore;
class Job;
class SecretStore;
struct InstallShared;

// Words of jobs, in the person's language: the user interface gives them.
struct InstallWords {
    std::function<QString(const InstallEntry &, InstallRun::Kind)> title; // "Installing hz-prod-02"
    std::function<QString(const InstallStepInfo &)> step;
};

// The installations of clusters of one profile: each in a folder of its own, installs/<id>, below the profile's (0700, files 0600, no secrets). One a session,
// GUI thread; files and hosts are only touched on threads of its own. Ends with the session: threads are joined, what runs detached on hosts goes on.
class InstallDesk : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QString folder; // of the installations
        QString ledgerFile; // host keys, shared by all profiles
        QString secretPrefix; // of entries in the keychain: the profile's id
        QString who; // who does it, for pins, locks and journals
        bool readOnly = false; // of the profile: hosts are installed, but nothing is registered with the service
        SecretStore *secrets = nullptr; // null = ask each time
        QString dataKey; // of the profile, in the cache
        CacheStore *store = nullptr; // rows of nodes, for hosts from idle nodes; may be null
        std::function<ApiClient *()> client; // null or gives null = offline
        ActionRunner *actions = nullptr; // how the service is told; null = it cannot be
        const Clock *clock = nullptr;
        HostPaths hostPaths = {}; // where things stand on hosts
        // Which steps a run has; empty = none. Any thread.
        std::function<std::vector<InstallStep>(InstallRun::Kind kind, const QString &worker, const InstallPlan &plan, const InstallOptions &options)> steps;
    };
    static decltype(Parts::steps) clusterSteps(); // those of app/cluster
    explicit InstallDesk(Parts parts, QObject *parent = nullptr);
    ~InstallDesk() override;

    // Reads the list. Those that a console left under way are opened at once, Interrupted, and announced as jobs.
    QFuture<Result<void>> load();
    bool isLoaded() const;
    const std::vector<InstallEntry> &entries() const; // newest first
    const InstallEntry *find(const QString &id) const;

    QFuture<Result<QString>> create(const InstallPlan &plan = {}, const InstallDetails &details = {}); // the new one's id
    QFuture<Result<QString>> duplicate(const QString &id); // plan and ways of signing in, as a draft
    // Conflict while it is running. One that was begun and not undone leaves things on hosts: only with `leaveHosts`.
    QFuture<Result<void>> remove(const QString &id, bool leaveHosts = false);
    QFuture<Result<QString>> importPlan(const QString &file); // as a draft; errors name line or member
    QFuture<Result<void>> exportPlan(const QString &id, const QString &file);

    // Ready to be worked with; the same object each time, owned by the desk, kept while it runs or anybody has it. Errors: NotFound, Storage, Conflict (another process).
    QFuture<Result<Installation *>> open(const QString &id);
    Installation *opened(const QString &id) const; // null = not open
    void close(const QString &id); // nobody looks at it any more; what runs goes on, and the object goes once nothing runs

    // Hosts from a file: CSV (UTF-8, UTF-16 with a mark, GBK) or XLSX, told by its content. Off the GUI thread.
    QFuture<Result<HostList>> readHosts(const QString &file);
    // A center's idle nodes: as the service has them, else (offline) as the cache does. Names are those of the rows where they can be names of hosts, else made
    // from addresses. NotFound when neither has any.
    QFuture<Result<HostList>> idleNodes(const QString &centerId);

    // What hosts ask during sign-ins, the oldest first, whoever signs in: checks, a run, a look. Each stays until it is answered or given up, its time is over, or
    // who signs in ends.
    const std::vector<HostQuestion> &questions() const;
    void answer(quint64 question, const QString &text); // kept nowhere
    void giveUp(quint64 question); // the sign-in fails (Auth)

    const QString &who() const;
    void setWho(const QString &who);
    void setWords(InstallWords words);

Q_SIGNALS:
    void changed(); // the list
    void questionsChanged();
    void jobStarted(kboss::Job *job); // to be shown among the console's jobs; cancel() of it stops the run here, not what runs detached on hosts
    void failed(const kboss::Error &error); // a file that could not be written

private:
    friend class Installation;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
