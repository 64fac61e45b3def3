#pragma once

#include "app/cluster/hostpaths.h"
#include "app/cluster/installstep.h"

#include <QMap>

namespace kboss::test {

// An InstallContext in memory: commands are answered by a function, files are kept in a map, everything is noted. For one thread.
class ScriptedInstall final : public InstallContext, public RemoteHost, public Clock {
public:
    struct Command {
        QStringList words;
        QByteArray input;
        bool quiet = false;
    };
    // Answers what `files` does not; the default is exit code 0 without output.
    std::function<CommandResult(const QStringList &words)> answer;
    QMap<QString, QByteArray> files;
    std::vector<Command> commands;
    std::vector<DetachedAction> actions;
    QStringList copied, restored, said, acceptedWords;
    QMap<QString, QByteArray> secrets;
    mutable qint64 ms = 1'790'000'000'000;
    qint64 eachMs = 0; // that pass whenever somebody looks at the clock: waits end soon

    ScriptedInstall(const InstallPlan &plan, const QString &host) : m_plan(plan), m_target(*m_plan.find(host)) { }

    const InstallPlan &plan() const override { return m_plan; }
    const QString &installId() const override { return m_id; }
    const PlanHost &target() const override { return m_target; }
    const Clock &clock() const override { return *this; }
    qint64 nowMs() const override { return ms += eachMs; }
    const CancelToken &token() const override { return m_token; }
    RemoteHost &host() override { return *this; }
    RemoteHost *hostNamed(const QString &) override { return this; }
    Result<CommandResult> run(const QStringList &words, const QByteArray &input, int, RemoteHost *) override { return answered(words, input, false); }
    Result<CommandResult> runQuietly(const QStringList &words, const QByteArray &input, int, RemoteHost *) override { return answered(words, input, true); }
    Result<void> runDetached(const DetachedAction &action) override
    {
        actions.push_back(action);
        return {};
    }
    QString folder() const override { return QStringLiteral("/var/lib/kboss/install/") + m_id; }
    Result<void> keepCopy(const QString &path) override
    {
        copied << path;
        return {};
    }
    Result<void> restoreFile(const QString &path) override
    {
        restored << path;
        return {};
    }
    void say(const QString &line) override { said << line; }
    Result<void> accept(const QString &what) override
    {
        acceptedWords << what;
        return {};
    }
    void progress(qint64, qint64) override { }
    QByteArray secret(const QString &name) const override { return secrets.value(name); }
    void setSecret(const QString &name, const QByteArray &value) override { secrets[name] = value; }

    Result<CommandResult> run(const RemoteCommand &command, CancelToken) override { return answered(command.words, command.input, true); }
    Result<void> upload(const RemoteUpload &upload, CancelToken) override
    {
        const auto content = upload.read(0, upload.size);
        files[upload.remotePath] = content ? *content : QByteArray();
        return {};
    }

private:
    Result<CommandResult> answered(const QStringList &words, const QByteArray &input, bool quiet)
    {
        commands.push_back({words, input, quiet});
        if (words.value(2).startsWith(QLatin1String("[ -e \"$1\" ] || exit 44; cat")))
            return files.contains(words.value(4)) ? CommandResult{0, {}, files.value(words.value(4)), {}} : CommandResult{44, {}, {}, {}};
        return answer ? answer(words) : CommandResult{0, {}, {}, {}};
    }

    InstallPlan m_plan;
    PlanHost m_target;
    QString m_id = QStringLiteral("0123456789ab");
    CancelToken m_token;
};

} // namespace kboss::test
