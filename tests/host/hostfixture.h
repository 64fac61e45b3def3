#pragma once

#include "app/ssh/sshsession.h"
#include "tests/support/host/installlab.h"

#include <QTemporaryDir>
#include <QTest>

namespace kboss::test {

// Sessions into InstallHosts, with a ledger of their own.
class HostFixture {
public:
    HostFixture() : m_ledger(m_folder.filePath(QStringLiteral("ledger.json")), m_clock) { }

    SshTarget target(const InstallHost &host, const QString &user = QStringLiteral("root")) const
    {
        SshTarget target;
        target.address = {host.address(), host.port()};
        target.credential.user = user;
        if (user == QStringLiteral("root"))
            target.credential.keyFile = host.keyFile();
        else
            target.credential.password = host.options().password.toUtf8();
        return target;
    }

    Result<std::unique_ptr<SshSession>> open(const SshTarget &target, const SshLimits &limits = {})
    {
        const auto key = SshSession::readHostKey(target, m_ledger);
        if (!key)
            return kboss::fail(key.error());
        if (const auto pinned = m_ledger.pin(target.address, *key, QStringLiteral("test")); !pinned)
            return kboss::fail(pinned.error());
        return SshSession::open(target, m_ledger, limits);
    }

    // The words of `line` by a shell, as an administrator types them.
    static CommandResult run(SshSession &session, const QString &line, const QByteArray &input = {}, bool asRoot = false)
    {
        const auto done = session.run({{QStringLiteral("sh"), QStringLiteral("-c"), line}, input, asRoot, 60'000, 64 * 1024 * 1024, {}});
        if (!done)
            qWarning().noquote() << line << done.error().detail;
        return done.value_or(CommandResult{});
    }

    HostKeyLedger &ledger() { return m_ledger; }
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    HostKeyLedger m_ledger;
};

} // namespace kboss::test
