#include "tests/support/host/installhost.h"

#include "tests/support/host/hostlink.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTcpSocket>
#include <chrono>
#include <thread>

// What a test does to an InstallHost.
namespace kboss::test {

using namespace Qt::StringLiterals;

void InstallHost::forgetCalls()
{
    order("forget");
}

void InstallHost::fail(const HostFault &fault)
{
    static const char *const when[] = {"Before", "After", "Killed"};
    order("rule",
          {{u"tool"_s, fault.tool},
           {u"contains"_s, fault.argumentsContain},
           {u"times"_s, fault.times},
           {u"exit"_s, fault.exitCode},
           {u"stderr"_s, fault.stderrText},
           {u"when"_s, QLatin1String(when[int(fault.when)])}});
}

void InstallHost::slow(const QString &tool, const QString &argumentsContain, double seconds)
{
    order("rule", {{u"tool"_s, tool}, {u"contains"_s, argumentsContain}, {u"seconds"_s, seconds}});
}

void InstallHost::clearFaults()
{
    order("clear");
}

void InstallHost::setSwap(bool on)
{
    order("swap", {{u"on"_s, on}});
}

void InstallHost::setClockOffset(int seconds)
{
    order("clock", {{u"seconds"_s, seconds}});
}

void InstallHost::fillDisk()
{
    order("disk", {{u"full"_s, true}});
}

void InstallHost::freeDisk()
{
    order("disk", {{u"full"_s, false}});
}

void InstallHost::holdPackageLock()
{
    order("lock", {{u"on"_s, true}});
}

void InstallHost::releasePackageLock()
{
    order("lock", {{u"on"_s, false}});
}

void InstallHost::occupyPort(int port)
{
    order("port", {{u"on"_s, true}, {u"port"_s, port}});
}

void InstallHost::freePort(int port)
{
    order("port", {{u"on"_s, false}, {u"port"_s, port}});
}

void InstallHost::leaveOldInstall()
{
    order("old");
}

void InstallHost::setHostName(const QString &name)
{
    order("name", {{u"name"_s, name}});
}

void InstallHost::setRegistry(bool reachable)
{
    order("setting", {{u"name"_s, u"registry"_s}, {u"value"_s, reachable}});
}

void InstallHost::setOffline(bool offline)
{
    order("setting", {{u"name"_s, u"offline"_s}, {u"value"_s, offline}});
}

void InstallHost::hideProgram(const QString &name)
{
    order("hide", {{u"name"_s, name}});
}

void InstallHost::setUrl(const QString &url, const QByteArray &content)
{
    order("url", {{u"url"_s, url}, {u"content"_s, QString::fromLatin1(content.toBase64())}});
}

void InstallHost::setPower(bool reachable)
{
    askHost(m_init, "p", reachable ? "cont" : "stop", 2000);
}

void InstallHost::reboot()
{
    askHost(m_init, "p", "now", 2000);
}

bool InstallHost::waitUntilBooted(int count, int ms) const
{
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < ms; std::this_thread::sleep_for(std::chrono::milliseconds(10))) {
        if (bootCount() < count)
            continue;
        QTcpSocket socket;
        socket.connectToHost(address(), m_port);
        if (socket.waitForConnected(500) && socket.waitForReadyRead(2000))
            return true;
    }
    return false;
}

int InstallHost::bootCount() const
{
    const QString before = m_error;
    const int count = order("boots", {}, 2000)[u"boots"_s].toInt();
    m_error = before; // while it boots it does not answer
    return count;
}

void InstallHost::stopSsh()
{
    order("ssh", {{u"on"_s, false}});
}

bool InstallHost::startSsh()
{
    return !order("ssh", {{u"on"_s, true}}).contains(u"error"_s);
}

void InstallHost::killConnections()
{
    order("kill");
}

bool InstallHost::renewHostKey()
{
    return !order("key").contains(u"error"_s);
}

} // namespace kboss::test
