#pragma once

#include "app/cluster/hostchecks.h"
#include "app/cluster/hostfacts.h"
#include "app/cluster/hostfix.h"
#include "app/services/installvalues.h"

#include <QFuture>
#include <QObject>
#include <memory>

namespace kboss {

// A warning or error that a person let pass on one host, by name and with a reason: in the plan by "host/Name", and with the installation for the record.
struct AcceptedCheck {
    QString host, name, reason, by;
    qint64 ms = 0;
    friend bool operator==(const AcceptedCheck &, const AcceptedCheck &) = default;
};

// The checks of an installation's hosts: rows × hosts. Owned by its Installation; GUI thread. Hosts are asked side by side on threads of their own, 30 at once, over
// the links that the run uses later; those between hosts come last. Nothing is changed on a host but by applyFix() and undoFix().
class InstallChecks : public QObject {
    Q_OBJECT
public:
    ~InstallChecks() override;

    struct HostState {
        enum class State { NotAsked, Connecting, Facts, Checking, Done, Failed, Cancelled };
        QString host;
        State state = State::NotAsked;
        Error error; // of Failed: could not sign in, no answer …
        qint64 beganMs = 0, endedMs = 0;
    };

    const std::vector<CheckName> &rows() const; // in reading order; grows when a host brings names of its own (rowsChanged)
    CheckResult result(const QString &host, const QString &name) const; // Unknown without evidence when it was never asked
    std::vector<CheckResult> results(const QString &host) const; // in the order of rows()
    HostState hostState(const QString &host) const;
    const HostFacts *facts(const QString &host) const; // null = not read
    int count(CheckResult::State state) const; // over all hosts and rows
    bool isRunning() const;
    qint64 beganMs() const; // of the last run of all
    qint64 endedMs() const; // 0 = not yet
    bool isPassed() const; // all hosts done since the plan last changed, and nothing blocks
    bool isStale() const; // the plan was changed since

    void run(const QStringList &hosts = {}); // all, or these: all their checks anew; the checks between hosts whenever anything was asked
    void runOne(const QString &host, const QString &name); // where one alone cannot be asked, its host's
    void cancel();

    // By name and host, with a reason (Rejected without, or when there is no such problem). Kept in the plan and with the installation.
    Result<void> accept(const QString &host, const QString &name, const QString &reason);
    void takeBack(const QString &host, const QString &name);
    const std::vector<AcceptedCheck> &accepted() const;
    const AcceptedCheck *acceptedOf(const QString &host, const QString &name) const;

    // What mending it would change; from facts alone. NotFound when no program can.
    Result<HostFix> planFix(const QString &host, const QString &name) const;
    QFuture<Result<QString>> applyFix(const HostFix &fix); // its output; the host is checked again by itself afterwards
    QFuture<Result<QString>> undoFix(const QString &host, const QString &fixId); // the same
    std::vector<AppliedFix> fixes(const QString &host) const; // not undone, as the host told at the last run; the newest first
    bool isFixing(const QString &host) const;

Q_SIGNALS:
    void rowsChanged();
    void resultChanged(const QString &host, const QString &name);
    void hostChanged(const QString &host); // hostState(), facts(), fixes(), isFixing()
    void runningChanged();
    void acceptedChanged();

private:
    friend class Installation;
    struct Private;
    explicit InstallChecks(std::unique_ptr<Private> parts, QObject *parent);
    std::unique_ptr<Private> d;
};

} // namespace kboss
