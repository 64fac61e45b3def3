#pragma once

#include <QString>
#include <QStringList>

namespace kboss::test {

// One run of a played program on an InstallHost.
struct HostCall {
    QString tool; // "kubeadm"
    QStringList arguments; // without the program's name
    qint64 beginMs = 0, endMs = 0; // since 1970; end 0 = it never came to its end
    int exit = -1;
    QString user; // who ran it
    bool faulted = false; // a HostFault made it fail

    bool ended() const { return endMs > 0; }
    QString line() const { return tool + u' ' + arguments.join(u' '); }
};

// A program is to fail.
struct HostFault {
    enum class When {
        Before, // nothing was done
        After, // it was done, and the program says it failed
        Killed, // it was done, the program ends by SIGKILL before it says anything
    };

    QString tool; // also "kubeadm:certs" and so on: when init or join, whole or by phases, comes to that phase
    QString argumentsContain; // of the words joined by blanks; empty = any
    int times = 1; // -1 = always
    int exitCode = 1;
    QString stderrText; // "@name" = the recorded output of that name (tests/support/kubeadm/name.txt), both streams
    When when = When::Before;
};

} // namespace kboss::test
