#pragma once

#include "app/cluster/installreport.h"
#include "app/services/guimail.h"
#include "app/services/installfigures.h"
#include "app/services/installlinks.h"
#include "app/services/installlog.h"
#include "app/services/installrun.h"
#include "app/services/serviceplatform.h"

#include <QTemporaryDir>
#include <QTimer>

namespace kboss {

// What a run works with while it can do anything; ends on a thread that may wait. The runner goes first.
struct RunEngine {
    std::unique_ptr<QTemporaryDir> look; // holds the journal of a dry run
    std::unique_ptr<InstallJournal> journal;
    std::shared_ptr<InstallLinks> links;
    std::shared_ptr<ServicePlatform> platform;
    std::vector<InstallFile> files; // that it brings
    std::unique_ptr<InstallRunner> runner;
    Result<void> said; // to what it was told at once
};

// What the runner's threads tell, until the GUI thread takes it.
class RunInbox : public std::enable_shared_from_this<RunInbox> {
public:
    struct Batch {
        QHash<QString, StepStatus> changed; // the newest of each
        QStringList order;
        std::vector<StepLogLine> lines;
        bool ended = false;
    };
    RunInbox(GuiMail::Sender sender, QStringList secrets, std::function<void(Batch)> deliver)
        : m_sender(std::move(sender)), m_secrets(std::move(secrets)), m_deliver(std::move(deliver))
    {
    }

    InstallRunner::Observer observer();
    Batch take();
    void setSecrets(const QStringList &secrets); // of later sign-ins
    StepStatus clean(StepStatus status) const;

private:
    void tell(bool *told);
    QStringList secrets() const;

    const GuiMail::Sender m_sender;
    QStringList m_secrets; // under the lock
    const std::function<void(Batch)> m_deliver; // on the GUI thread
    mutable std::mutex m_mutex;
    Batch m_batch;
    bool m_told = false;
};

// What an installation lends a run.
struct RunLent {
    InstallShared &shared;
    InstallRun::Kind kind = InstallRun::Kind::Install;
    QString worker;
    QString owner; // of locks and journals: the same in every try
    QString id; // of the installation
    QString journal; // folder below its own
    InstallPlan plan;
    InstallDetails details;
    std::vector<InstallFile> files; // that are brought to hosts, without sums
    std::vector<AcceptedCheck> accepted;
    std::shared_ptr<InstallLinks> links;
    std::shared_ptr<ServicePlatform> platform;
    std::function<QStringList()> secrets; // not to be in logs
    std::function<QFuture<Result<void>>()> keep; // puts the installation on disk: ends before anything is begun. Empty = nothing to keep
    InstallRun::State state = InstallRun::State::Starting;
    qint64 begunMs = 0, endedMs = 0;
    std::map<QString, LockBreak> breaks = {}; // by host, for the next try alone
    std::shared_ptr<RunEngine> before = {}; // of an earlier run: it ends first

    QStringList acceptedProblems() const; // as in a plan
};

struct InstallRun::Private {
    explicit Private(RunLent what);

    InstallRun *q = nullptr;
    RunLent lent;
    State state = State::Starting;
    Error error;
    std::vector<InstallStepInfo> steps;
    QHash<QString, size_t> places; // of steps
    StepStates states;
    InstallLog log;
    std::unique_ptr<GuiMail> mail; // at most 20 times a second
    std::shared_ptr<RunInbox> inbox;
    std::shared_ptr<RunEngine> engine;
    QTimer ticks;
    QString installId;
    qint64 begunMs = 0, endedMs = 0, truthMs = 0;
    bool stopWanted = false;
    int ordering = 0; // orders on their way to the runner
    bool endTold = false; // by the runner, since the last order
    std::vector<AcceptedCheck> given; // what the runner knows as accepted
    std::vector<JournalLine> lines; // of the journal, as far as they are not in the engine's
    QSet<QString> counted; // steps whose time was taken

    using Then = std::function<Result<void>(InstallRunner &)>;
    void begin(bool paused, Then then = {}, std::shared_ptr<QPromise<Result<void>>> promise = {});
    void engineCame(const Result<std::shared_ptr<RunEngine>> &came, bool paused, const std::shared_ptr<QPromise<Result<void>>> &promise);
    std::vector<InstallStep> stepsNow() const;
    void fillSteps();
    void takeFiles(const std::vector<InstallFile> &files); // other ones than were known: other steps
    void endEngine(std::function<void()> then = {});
    void take(const RunInbox::Batch &batch);
    void takeStatus(const StepStatus &status);
    void finish();
    void learnTimes();
    void setState(State next);
    QFuture<Result<void>> order(Then then, bool goesOn);
    Then withAccepted(Then then); // tells it first what was accepted meanwhile
    void askAgain(const QString &host); // empty = of all
    Then undoneAgain() const; // where hosts that were undone are all there is left to do; else empty
    void readOld(); // states and log of an earlier console
    std::function<InstallReport()> report() const;
};

} // namespace kboss
