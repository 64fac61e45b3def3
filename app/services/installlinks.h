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
    std::mutex m_mutex;
    QHash<QString, SshTarget> m_targets;
    struct Kept {
        SshTarget target; // it was given
        std::unique_ptr<SshLink> link;
        bool isOld = false;
    };
    std::map<QString, Kept> m_links;
};

bool sameTarget(const SshTarget &a, const SshTarget &b);

} // namespace kboss
