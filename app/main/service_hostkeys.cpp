#include "app/main/service_hostkeys.h"

#include "app/ssh/sshsession.h"
#include "app/standalone/pcapi.h"

#include <QFileInfo>
#include <cstdio>

namespace kboss::service {

using namespace Qt::StringLiterals;

namespace {

Result<SshAddress> readAddress(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    SshAddress address{text.left(std::max<qsizetype>(colon, 0)), text.mid(colon + 1).toUShort()};
    if (address.host.startsWith(u'[') && address.host.endsWith(u']'))
        address.host = address.host.mid(1, address.host.size() - 2);
    if (address.host.isEmpty() || address.port == 0)
        return fail(ErrorKind::Rejected, u"a host is HOST:PORT, not %1"_s.arg(text));
    return address;
}

Result<void> pin(const QString &text, HostKeyLedger &ledger)
{
    const QString wanted = text.section(u' ', 1).trimmed();
    const auto address = readAddress(text.section(u' ', 0, 0));
    if (!address)
        return fail(address.error());
    if (!wanted.startsWith(u"SHA256:"_s))
        return fail(ErrorKind::Rejected, u"--pin-host-key takes \"HOST:PORT SHA256:…\", the fingerprint as ssh-keygen -l prints it"_s);
    SshTarget target;
    target.address = *address;
    const auto key = SshSession::readHostKey(target, ledger);
    if (!key)
        return fail(key.error());
    if (key->fingerprint() != wanted)
        return fail(
            ErrorKind::HostKey,
            u"%1 shows %2 %3, which is not the fingerprint that was given; nothing was kept"_s.arg(address->text(), key->type(), key->fingerprint()));
    if (auto pinned = ledger.pin(*address, *key, qEnvironmentVariable("USER", u"command line"_s)); !pinned)
        return pinned;
    std::printf("%s is known by %s %s\n", qUtf8Printable(address->text()), qUtf8Printable(key->type()), qUtf8Printable(key->fingerprint()));
    return {};
}

Result<void> forget(const QString &text, HostKeyLedger &ledger)
{
    const auto address = readAddress(text);
    if (!address)
        return fail(address.error());
    if (auto gone = ledger.forget(*address); !gone)
        return gone;
    std::printf("%s is not known any more\n", qUtf8Printable(address->text()));
    return {};
}

} // namespace

Result<void> changeHostKeys(const Options &options)
{
    const SystemClock clock;
    HostKeyLedger ledger(standalone::Pcapi::ledgerFile(QFileInfo(options.service.database).absolutePath()), clock);
    if (auto gone = options.forgetHostKey.isEmpty() ? Result<void>() : forget(options.forgetHostKey, ledger); !gone)
        return gone;
    return options.pinHostKey.isEmpty() ? Result<void>() : pin(options.pinHostKey, ledger);
}

} // namespace kboss::service
