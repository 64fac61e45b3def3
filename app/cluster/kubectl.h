#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace kboss {

// The program kubectl with one cluster's credentials. Every call starts a process of its own and waits for its end; any thread that may wait. The kubeconfig
// stands in a file of mode 0600 in a folder of mode 0700 while a call runs, and is gone afterwards; it is never an argument.
class Kubectl {
public:
    Kubectl(QString program, QByteArray kubeconfig) : m_program(std::move(program)), m_kubeconfig(std::move(kubeconfig)) { }

    // Standard output of `kubectl <arguments>`, `input` on standard input. Errors: Timeout after `seconds`; Rejected with kubectl's own last lines, without
    // klog's; Offline when the server cannot be reached; Internal when the program is not there.
    Result<QByteArray> run(const QStringList &arguments, const QByteArray &input = {}, int seconds = 30) const;

private:
    QString m_program;
    QByteArray m_kubeconfig;
};

// What of kubectl's standard error is for people: without klog lines (E1122 …), notes of a stack, and repeated lines; at most 600 characters.
QString kubectlReason(const QByteArray &standardError);

} // namespace kboss
