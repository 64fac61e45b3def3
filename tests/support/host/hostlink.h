#pragma once

#include "tests/support/host/hostcall.h"

#include <QByteArray>
#include <memory>
#include <sys/types.h>
#include <vector>

// Ways between an InstallHost and its processes; of use to nobody else.
namespace kboss::test {

struct HostLogs {
    QByteArray calls, argv, environ, troubles;
};

// N of 127.0.1.N, kept from all other tests of this machine while this object lives.
class HostNumber {
public:
    explicit HostNumber(int wanted = 0); // 0 = the first that is free
    ~HostNumber();
    Q_DISABLE_COPY_MOVE(HostNumber)

    int number() const { return m_number; } // 0 = none is left, or the wanted one is taken

private:
    bool take(int number);

    int m_number = 0, m_fd = -1;
};

quint16 freePort(const QString &address);
QString emptyFolder(const QString &kind); // in the folder for temporary files
QByteArray askHost(pid_t init, const char *door, const QByteArray &request, int ms); // empty = no answer in time
std::vector<HostCall> callsOf(const QByteArray &book);

} // namespace kboss::test
