#pragma once

#include "app/cluster/installrunner.h"
#include "app/ssh/sshlink.h"

#include <QHash>
#include <map>
#include <mutex>

namespace kboss {

// One link a host, shared by checks and runs. Any thread; links live as long as this, which waits for its calls when it ends: not on the GUI thread.
// Internal to app/services.
class InstallLinks final : public InstallHosts {
public:
    InstallLinks(const HostKeyLedger &ledger, SshLimits limits = {}, SshPatience patience = {});

    void setTargets(const QHash<QString, SshTarget> &targets); // links whose target is another one now connect anew; returns at once
    void renew(const QStringList &names); // the next use connects anew, also after an error that was final
    RemoteHost *find(const QString &name) override; // null = no such host
    Result<SshInfo> connect(const QString &name, CancelToken token = {});

private:
    SshLink *linkOf(const QString &name);

    const HostKeyLedger &m_ledger;
    const SshLimits m_limits;
    const SshPatience m_patience;
    std::mutex m_mutex; // never held while anything is waited for: the GUI thread takes it as well
    QHash<QString, SshTarget> m_targets;
    struct Kept {
        std::mutex setting; // held while its link is made or set anew, which may wait for its calls; guards target and link
        SshTarget target; // it was given
        std::unique_ptr<SshLink> link;
        bool isOld = false; // under m_mutex
    };
    std::map<QString, Kept> m_links; // none goes before all do
};

bool sameTarget(const SshTarget &a, const SshTarget &b);

} // namespace kboss
