#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QStringList>
#include <stop_token>

namespace kboss {

// The program kubectl, and how it is to be run.
struct KubectlSettings {
    QString program = QStringLiteral("kubectl");
    QString folder; // for kubeconfigs where there are no files in memory (secretfile.h)
    std::stop_token stop; // ends calls under way
};

// kubectl with one cluster's credentials. Every call starts a process of its own and waits for its end; any thread that may wait. The kubeconfig is a
// SecretFile while a call runs; it is never an argument.
class Kubectl {
public:
    Kubectl(KubectlSettings settings, QByteArray kubeconfig) : m_settings(std::move(settings)), m_kubeconfig(std::move(kubeconfig)) { }

    // Standard output of `kubectl <arguments>`, `input` on standard input. Errors: Timeout after `seconds`; Cancelled when it was told to stop; Rejected with
    // kubectl's own last lines, without klog's; Offline when the server cannot be reached; Internal when the program is not there.
    Result<QByteArray> run(const QStringList &arguments, const QByteArray &input = {}, int seconds = 30) const;

private:
    KubectlSettings m_settings;
    QByteArray m_kubeconfig;
};

// What of kubectl's standard error is for people: without klog lines (E1122 …), notes of a stack, and repeated lines; at most 600 characters.
QString kubectlReason(const QByteArray &standardError);

} // namespace kboss
