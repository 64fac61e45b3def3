#pragma once

#include "app/cluster/installrunner.h"
#include "app/cluster/stepsecrets.h"

namespace kboss {

// Makes lines of what a program writes: without colours and other escapes, of a line that is drawn over again (CR) its last state, long ones cut.
class LineMaker {
public:
    QStringList add(const QByteArray &bytes);
    QStringList rest(); // what had no end

private:
    static QString clean(QByteArray line);
    QByteArray m_rest;
};

// InstallContext on a real host, for one call of one step. Made by the runner; also good for a single step elsewhere.
class HostContext final : public InstallContext {
public:
    struct Parts {
        const InstallPlan &plan;
        QString installId;
        const PlanHost &target;
        InstallHosts &hosts;
        RemoteHost &host; // of the target
        const Clock &clock;
        StepSecrets &secrets;
        QString step; // id
        QString owner;
        HostPaths paths;
        CancelToken token;
        // Sinks; must not wait: they may be called on the thread of a connection. May be empty.
        std::function<void(StepLogLine::Kind kind, const QString &text)> line; // masked
        std::function<void(qint64 done, qint64 whole)> progress;
        std::function<Result<void>(const QString &what)> accepted; // the journal here
        std::function<void(const HostLock &lock)> lockMet;
        LockRights rights = {};
    };
    explicit HostContext(Parts parts) : m_parts(std::move(parts)) { }

    const InstallPlan &plan() const override { return m_parts.plan; }
    const QString &installId() const override { return m_parts.installId; }
    const PlanHost &target() const override { return m_parts.target; }
    const Clock &clock() const override { return m_parts.clock; }
    const CancelToken &token() const override { return m_parts.token; }
    QString owner() const override { return m_parts.owner; }
    const LockRights *lockRights() const override { return &m_parts.rights; }
    void meetLock(const HostLock &lock) override
    {
        if (m_parts.lockMet)
            m_parts.lockMet(lock);
    }
    HostPaths paths() const override { return m_parts.paths; }
    QString folder() const override { return m_parts.paths.folder(m_parts.installId); }

    RemoteHost &host() override { return m_parts.host; }
    RemoteHost *hostNamed(const QString &name) override { return m_parts.hosts.find(name); }
    Result<CommandResult> run(const QStringList &words, const QByteArray &input, int deadlineMs, RemoteHost *on) override;
    Result<CommandResult> runQuietly(const QStringList &words, const QByteArray &input, int deadlineMs, RemoteHost *on) override;
    Result<void> runDetached(const DetachedAction &action) override;
    Result<void> keepCopy(const QString &path) override;
    Result<void> restoreFile(const QString &path) override;

    void say(const QString &line) override { tell(StepLogLine::Kind::Output, line); }
    Result<void> accept(const QString &what) override;
    void progress(qint64 done, qint64 whole) override;
    QByteArray secret(const QString &name) const override { return m_parts.secrets.get(name); }
    void setSecret(const QString &name, const QByteArray &value) override { m_parts.secrets.set(name, value); }

    // For the runner.
    void tell(StepLogLine::Kind kind, const QString &text);
    Result<void> writeHostJournal(JournalLine::Kind kind, const QString &detail = {});
    Result<void> seal(); // see sealActions()
    bool ranDetached() const { return m_ranDetached; }

private:
    QString commandText(const QStringList &words, RemoteHost *on) const;
    Result<void> copyScript(const char *script, const QString &path);

    Parts m_parts;
    bool m_ranDetached = false;
};

} // namespace kboss
