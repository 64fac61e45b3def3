#include "tests/support/host/installlab.h"

#include <algorithm>

namespace kboss::test {

using namespace Qt::StringLiterals;

InstallLab::InstallLab(int hosts, const HostOptions &common)
{
    for (int index = 0; index < hosts; ++index) {
        HostOptions options = common;
        options.name = u"node-%1"_s.arg(index + 1);
        options.clusterFolder = m_folder.path();
        m_hosts.push_back(std::make_unique<InstallHost>(options));
    }
}

InstallLab::InstallLab(std::vector<HostOptions> hosts)
{
    for (HostOptions &options : hosts) {
        if (options.name.isEmpty())
            options.name = u"node-%1"_s.arg(m_hosts.size() + 1);
        options.clusterFolder = m_folder.path();
        m_hosts.push_back(std::make_unique<InstallHost>(options));
    }
}

bool InstallLab::start()
{
    bool good = true;
    for (const auto &host : m_hosts)
        good = host->begin() && good;
    for (const auto &host : m_hosts)
        good = host->waitUntilUp(60'000) && good;
    for (const auto &host : m_hosts)
        m_error += host->errorText();
    return good;
}

QString InstallLab::stateSnapshot(const QStringList &leaveOut) const
{
    QString text;
    for (const auto &host : m_hosts)
        text += u"==== %1\n"_s.arg(host->name()) + host->stateSnapshot(leaveOut);
    return text;
}

std::vector<HostCall> InstallLab::calls(const QString &tool, const QString &argumentsContain) const
{
    std::vector<HostCall> all;
    for (const auto &host : m_hosts) {
        const std::vector<HostCall> some = host->calls(tool, argumentsContain);
        all.insert(all.end(), some.begin(), some.end());
    }
    std::stable_sort(all.begin(), all.end(), [](const HostCall &a, const HostCall &b) { return a.beginMs < b.beginMs; });
    return all;
}

QStringList InstallLab::argvSeen() const
{
    QStringList all;
    for (const auto &host : m_hosts)
        all += host->argvSeen();
    return all;
}

QStringList InstallLab::environSeen() const
{
    QStringList all;
    for (const auto &host : m_hosts)
        all += host->environSeen();
    all.removeDuplicates();
    return all;
}

} // namespace kboss::test
