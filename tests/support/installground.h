#pragma once

#include "tests/support/host/installlab.h"
#include "tests/support/labinstall.h"

namespace kboss::test {

using namespace Qt::StringLiterals;

inline constexpr int longMs = 240'000;

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
        install.save();
        return true;
    }

    // Runs one kind of work to its end; empty = everything went well.
    QString run(LabInstall::Kind kind, const QString &worker = {})
    {
        LabRun run(install, kind, worker);
        if (!run.errorText().isEmpty())
            return run.errorText();
        run.runner().start();
        return run.runner().wait(longMs) ? run.trouble() : u"not ended: "_s + run.trouble();
    }

    // Calls of programs that change something, as one text a call.
    QStringList changes() const
    {
        static const QStringList tools{u"kubeadm"_s, u"apt-get"_s, u"apt-mark"_s, u"systemctl"_s, u"modprobe"_s,
                                       u"swapoff"_s, u"ctr"_s,     u"crictl"_s,   u"kubectl"_s,   u"systemd-run"_s};
        static const QStringList asking{u"is-active"_s, u"is-enabled"_s,       u"images"_s, u"get"_s,  u"version"_s,    u"showhold"_s,
                                        u"cat"_s,       u"check-expiration"_s, u"config"_s, u"exec"_s, u"list-units"_s, u"show"_s};
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

    QTemporaryDir folder;
    std::unique_ptr<InstallLab> lab;
    LabInstall install;
    int controlCount = 1;
};

} // namespace kboss::test
