#pragma once

#include "app/base/clock.h"
#include "app/cluster/joinalone.h"
#include "app/ssh/hostkeyledger.h"
#include "app/ssh/sshtarget.h"

#include <map>
#include <mutex>

namespace kboss::standalone {

// What installations begin with that a request does not say.
struct PcapiInstallSettings {
    QString version = QStringLiteral("v1.34.9"); // of Kubernetes
    QString packageMirror, registryMirror; // as of InstallPlan; empty = where Kubernetes publishes
};

// Installations of single hosts by the engine of app/cluster, each with its journal below the service's data. One a host at a time: who asks for the same meanwhile
// waits for the one that runs. It goes on when nobody waits any more, and after an end of the service what ran detached on the host is found again by the next
// request. A lock that an earlier installation of this service has left on a host is taken over, once nobody works there for it any more. Any thread.
class PcapiInstalls {
public:
    PcapiInstalls(QString folder, const HostKeyLedger &ledger, PcapiInstallSettings settings);
    ~PcapiInstalls(); // ends calls under way; nothing on hosts

    struct Ask {
        SshTarget target; // has signed in already
        QString name; // of the host, as it says itself
        std::optional<JoinCommand> join; // nothing = a control plane
    };
    // Until the end, the deadline (Timeout: it goes on, and what it is doing) or the token. Conflict when the host is being made something else; Rejected with the step
    // that failed and its reason.
    Result<void> install(const Ask &ask, int waitMs, CancelToken token);
    void stop();

private:
    struct Running;
    Result<std::shared_ptr<Running>> runningFor(const Ask &ask);
    Result<std::shared_ptr<Running>> begin(const Ask &ask, const InstallPlan &plan);
    Result<InstallPlan> planOf(const Ask &ask) const;
    QStringList endedInstalls() const; // of this service, by what they are called on hosts; under the lock

    const QString m_folder;
    const HostKeyLedger &m_ledger;
    const PcapiInstallSettings m_settings;
    const SystemClock m_clock;
    std::mutex m_mutex;
    bool m_stopped = false;
    std::map<QString, std::shared_ptr<Running>> m_running; // by "host:port"; ended ones until the next request
};

} // namespace kboss::standalone
