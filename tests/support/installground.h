#pragma once

#include "tests/support/host/installlab.h"
#include "tests/support/host/secretsearch.h"
#include "tests/support/labinstall.h"

namespace kboss::test {

using namespace Qt::StringLiterals;

inline constexpr int longMs = 600'000; // on a machine that has other things to do

// The lines that only one of two states has.
inline QString difference(const QString &one, const QString &other)
{
    const QStringList left = one.split(u'\n'), right = other.split(u'\n');
    QStringList lines;
    for (const QString &line : left)
        lines += right.contains(line) ? QStringList() : QStringList{u"- "_s + line};
    for (const QString &line : right)
        lines += left.contains(line) ? QStringList() : QStringList{u"+ "_s + line};
    return lines.join(u'\n');
}

// Hosts, and the plan of a cluster of them.
class InstallGround {
public:
    explicit InstallGround(int controls, int workers, int firstNumber = 0, const std::function<void(HostOptions &)> &alter = {})
    {
        std::vector<HostOptions> hosts;
        for (int i = 0; i < controls + workers; ++i) {
            HostOptions options;
            options.name = i < controls ? u"cp-%1"_s.arg(i + 1) : u"w-%1"_s.arg(i - controls + 1);
            options.swap = i == 0;
            options.number = firstNumber > 0 ? firstNumber + i : 0;
            if (alter)
                alter(options);
            hosts.push_back(options);
        }
        lab = std::make_unique<InstallLab>(hosts);
        controlCount = controls;
    }

    bool start()
    {
        if (!folder.isValid() || !lab->start())
            return false;
        install.folder = folder.path();
        install.password = (*lab)[0].options().password.toUtf8();
        install.plan.cluster = u"test"_s;
        install.plan.version = u"v1.34.9"_s;
        install.plan.packageMirror = u"https://packages.example/core"_s;
        for (int i = 0; i < lab->size(); ++i) {
            const InstallHost &host = (*lab)[i];
            install.plan.hosts.push_back(
                {host.name(), host.address(), host.port(), u"ops"_s, i < controlCount ? HostRole::ControlPlane : HostRole::Worker, {}});
            install.knownHosts += '[' + host.address().toUtf8() + "]:" + QByteArray::number(host.port()) + ' ' + host.hostKey() + '\n';
        }
        if (controlCount > 1)
            install.plan.endpoint = (*lab)[0].address() + u":6443"_s;
        if (plan)
            plan(install);
        install.save();
        return true;
    }

    // Runs one kind of work to its end; empty = everything went well.
    QString run(LabInstall::Kind kind, const QString &worker = {})
    {
        std::mutex mutex;
        InstallRunner *running = nullptr; // while it may be asked
        InstallRunner::Observer observer;
        observer.changed = [this, &mutex, &running](const StepStatus &status) {
            search.note(status.id, status.detail + u' ' + status.error.detail);
            const std::lock_guard lock(mutex);
            for (const QString &name : {u"join-token"_s, u"certificate-key"_s})
                search.addJoinCommand(running ? running->secret(name) : QByteArray());
        };
        observer.logged = [this](const StepLogLine &line) { search.note(line.step, line.text); };
        LabRun run(install, kind, worker, observer);
        if (!run.errorText().isEmpty())
            return run.errorText();
        {
            const std::lock_guard lock(mutex);
            running = &run.runner();
        }
        run.runner().start();
        const bool ended = run.runner().wait(longMs);
        {
            const std::lock_guard lock(mutex);
            running = nullptr;
        }
        search.addPrivateKeys(run.runner().secret(u"kubeconfig"_s));
        for (int i = 0; i < lab->size(); ++i)
            search.addPrivateKeysOf((*lab)[i]);
        return ended ? run.trouble() : u"not ended: "_s + run.trouble();
    }

    // Where secrets of the runs were found, on this machine or on the hosts: nowhere. What stands in for a keychain is not looked at.
    QStringList secretsSeen()
    {
        search.add(u"the password"_s, install.password);
        QStringList found = search.inNotes() + search.inProcesses() + search.inFolder(folder.path(), {u"password"_s, u"platform/kubeconfig"_s});
        for (int i = 0; i < lab->size(); ++i)
            found += search.onHost((*lab)[i]);
        return found;
    }

    // Calls of programs that change something, as one text a call.
    QStringList changes() const
    {
        static const QStringList tools{u"kubeadm"_s, u"apt-get"_s, u"apt-mark"_s, u"systemctl"_s, u"modprobe"_s,
                                       u"swapoff"_s, u"ctr"_s,     u"crictl"_s,   u"kubectl"_s,   u"systemd-run"_s};
        static const QStringList asking{u"is-active"_s, u"is-enabled"_s,       u"images"_s, u"get"_s,  u"version"_s,    u"showhold"_s,
                                        u"cat"_s,       u"check-expiration"_s, u"config"_s, u"exec"_s, u"list-units"_s, u"show"_s, u"list"_s};
        QStringList found;
        for (int i = 0; i < lab->size(); ++i) {
            for (const HostCall &call : (*lab)[i].calls()) {
                const bool asks =
                    std::any_of(call.arguments.begin(), call.arguments.end(), [](const QString &word) { return asking.contains(word); });
                if (tools.contains(call.tool) && !asks)
                    found << (*lab)[i].name() + u": "_s + call.line();
            }
        }
        return found;
    }

    std::function<void(LabInstall &)> plan; // alters it, in start()
    QTemporaryDir folder;
    std::unique_ptr<InstallLab> lab;
    LabInstall install;
    SecretSearch search;
    int controlCount = 1;
};

} // namespace kboss::test
