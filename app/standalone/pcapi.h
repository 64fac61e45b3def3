#pragma once

#include "app/base/clock.h"
#include "app/cluster/workloadapply.h"
#include "app/standalone/handler.h"
#include "app/standalone/pcapiinstalls.h"
#include "app/standalone/pcapisessions.h"

namespace kboss::standalone {

// What the pcapi operations work with: whom the service knows among hosts, its connections, and the end of all of it. Any thread.
class Pcapi {
public:
    explicit Pcapi(const QString &folder, PcapiInstallSettings settings = {}); // of the service's data
    ~Pcapi();

    static QString ledgerFile(const QString &folder); // host keys that were pinned
    HostKeyLedger &ledger() { return m_ledger; }
    PcapiSessions &sessions() { return m_sessions; }
    CancelToken token() const { return m_stop.get_token(); }
    PcapiInstalls &installs() { return m_installs; }
    void stop(); // calls under way end at once

private:
    SystemClock m_clock;
    HostKeyLedger m_ledger;
    std::stop_source m_stop;
    PcapiSessions m_sessions;
    PcapiInstalls m_installs;
};

// kubectl on the control plane that a request names by host, port, user and psssword: as root with the cluster's own administrator kubeconfig where the user may
// become root, else as the user with what they have. Lives as long as the request.
class ControlPlane {
public:
    static Result<ControlPlane> reach(const CheckedRequest &request, Backend &backend);

    // Errors as of Kubectl::run(), and NotFound when the host has no kubectl. Never through a shell: each word is one.
    Result<QByteArray> kubectl(const QStringList &arguments, const QByteArray &input = {}, int seconds = 30) const;
    RunKubectl runner() const;

private:
    ControlPlane(std::shared_ptr<SshSession> session, CancelToken token) : m_session(std::move(session)), m_token(std::move(token)) { }
    Result<void> findRights();

    std::shared_ptr<SshSession> m_session;
    CancelToken m_token;
    bool m_asRoot = true;
    QStringList m_config; // words of kubectl
    QString m_noRights; // why not as root
};

SshTarget sshTargetOf(const CheckedRequest &request);

// In words for the caller, English: what failed, and what to do about a host key that nobody has confirmed.
QString pcapiWords(const Error &error, const CheckedRequest &request);

void addPcapiReadHandlers(HandlerTable &table);
void addPcapiNodeHandlers(HandlerTable &table);
void addPcapiYamlHandlers(HandlerTable &table);
void addPcapiFitHandlers(HandlerTable &table);
void addPcapiInstallHandlers(HandlerTable &table);

} // namespace kboss::standalone
