#pragma once

#include "tests/support/host/installhost.h"

#include <QTemporaryDir>

namespace kboss::test {

// Several hosts that can reach each other and become one cluster (or several).
class InstallLab {
public:
    // `common` for all: name and number are set for each ("node-1" …).
    explicit InstallLab(int hosts, const HostOptions &common = {});
    explicit InstallLab(std::vector<HostOptions> hosts);

    bool start(); // all at once
    QString errorText() const { return m_error; }

    int size() const { return int(m_hosts.size()); }
    InstallHost &operator[](int index) { return *m_hosts.at(size_t(index)); }
    const InstallHost &operator[](int index) const { return *m_hosts.at(size_t(index)); }

    QString stateSnapshot(const QStringList &leaveOut = {}) const; // of all hosts, in order
    std::vector<HostCall> calls(const QString &tool, const QString &argumentsContain = {}) const; // of all, by time
    QStringList argvSeen() const, environSeen() const;

private:
    QTemporaryDir m_folder; // the clusters' state
    std::vector<std::unique_ptr<InstallHost>> m_hosts;
    QString m_error;
};

} // namespace kboss::test
