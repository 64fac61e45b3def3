#pragma once

#include "app/ssh/sshsession.h"
#include "tests/support/sshhost.h"

#include <QTemporaryDir>
#include <QTest>

namespace kboss::test {

using namespace Qt::StringLiterals;

// A real sshd, a ledger that is new in each function, and sessions. What tests of sessions inherit from.
class SshFixture : public QObject {
protected:
    void startHost()
    {
        m_host = std::make_unique<SshHost>();
        QVERIFY2(m_host->start({u"MaxSessions 4"_s}), qPrintable(m_host->errorText()));
    }
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ledger = std::make_unique<HostKeyLedger>(m_folder->filePath(u"ledger.json"_s), m_clock);
    }
    void end()
    {
        m_ledger.reset();
        m_folder.reset();
    }

    static SshTarget target(const SshHost &host)
    {
        SshTarget target;
        target.address = {u"127.0.0.1"_s, host.port()};
        target.credential.user = host.user();
        target.credential.keyFile = host.keyFile();
        return target;
    }
    Result<void> trust(const SshHost &host)
    {
        const auto key = SshSession::readHostKey(target(host), *m_ledger);
        return key ? m_ledger->pin(target(host).address, *key, u"test"_s) : Result<void>(fail(key.error()));
    }
    Result<std::unique_ptr<SshSession>> open(const SshHost &host, const SshLimits &limits = {}) { return SshSession::open(target(host), *m_ledger, limits); }
    static CommandResult run(SshSession &session, const QStringList &words, const QByteArray &input = {})
    {
        const auto done = session.run({words, input, false, 20'000, 64 * 1024 * 1024, {}});
        if (!done)
            qWarning().noquote() << done.error().detail;
        return done.value_or(CommandResult{});
    }

    std::unique_ptr<SshHost> m_host;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HostKeyLedger> m_ledger;
    SystemClock m_clock;
};

} // namespace kboss::test
