#include "tests/support/host/hostlink.h"

#include <QDir>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <QTcpServer>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace kboss::test {

using namespace Qt::StringLiterals;

HostNumber::HostNumber(int wanted)
{
    for (int number = wanted ? wanted : 1; !m_number && number < (wanted ? wanted + 1 : 254); ++number)
        take(number);
}

HostNumber::~HostNumber()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool HostNumber::take(int number)
{
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = "kboss-install-host-" + QByteArray::number(number);
    std::memcpy(address.sun_path + 1, name.constData(), size_t(name.size())); // an abstract name: gone with the process
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&address), socklen_t(offsetof(sockaddr_un, sun_path) + 1 + size_t(name.size()))) != 0) {
        ::close(fd);
        return false;
    }
    m_fd = fd;
    m_number = number;
    return true;
}

quint16 freePort(const QString &address)
{
    QTcpServer server;
    return server.listen(QHostAddress(address)) ? server.serverPort() : quint16(0);
}

QString emptyFolder(const QString &kind)
{
    QByteArray name = QDir::tempPath().toLocal8Bit() + "/kboss-" + kind.toLatin1() + "-XXXXXX";
    return ::mkdtemp(name.data()) ? QString::fromLocal8Bit(name) : QString();
}

QByteArray askHost(pid_t init, const char *door, const QByteArray &request, int ms)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray path = "/proc/" + QByteArray::number(init)
        + "/root"
          "/usr/lib/installhost/"
        + door;
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{ms / 1000, (ms % 1000) * 1000};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    QByteArray answer;
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
        for (qsizetype at = 0; at < request.size();) {
            const ssize_t sent = ::send(fd, request.constData() + at, size_t(request.size() - at), MSG_NOSIGNAL);
            if (sent <= 0 && errno != EINTR)
                break;
            at += std::max<ssize_t>(sent, 0);
        }
        ::shutdown(fd, SHUT_WR);
        char block[65536];
        for (;;) {
            const ssize_t size = ::recv(fd, block, sizeof block, 0);
            if (size < 0 && errno == EINTR)
                continue;
            if (size <= 0)
                break;
            answer.append(block, size);
        }
    }
    ::close(fd);
    return answer;
}

std::vector<HostCall> callsOf(const QByteArray &book)
{
    std::vector<HostCall> calls;
    QHash<QString, size_t> places;
    for (const QByteArray &line : book.split('\n')) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        const QString id = entry[u"id"_s].toString();
        if (entry.contains(u"tool"_s)) {
            HostCall call;
            call.tool = entry[u"tool"_s].toString();
            for (const QJsonValue &word : entry[u"arguments"_s].toArray())
                call.arguments << word.toString();
            call.beginMs = entry[u"begin"_s].toInteger();
            call.user = entry[u"user"_s].toString();
            places.insert(id, calls.size());
            calls.push_back(std::move(call));
        } else if (places.contains(id)) {
            HostCall &call = calls[places.value(id)];
            call.endMs = entry[u"end"_s].toInteger();
            call.exit = entry[u"exit"_s].toInt();
            call.faulted = entry[u"faulted"_s].toBool();
        }
    }
    return calls;
}

} // namespace kboss::test
