#include "app/ssh/sshwire.h"

#include <QDateTime>
#include <QFile>
#include <algorithm>
#include <poll.h>

namespace kboss {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// Nothing with SHA-1, CBC, DSA or short primes.
constexpr auto keyExchanges = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
                              "diffie-hellman-group18-sha512,diffie-hellman-group16-sha512,diffie-hellman-group-exchange-sha256";
constexpr auto ciphers = "aes256-gcm@openssh.com,aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr";
constexpr auto macs = "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
constexpr const char *keyTypes[] = {"ssh-ed25519",         "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
                                    "ecdsa-sha2-nistp521", "rsa-sha2-512",        "rsa-sha2-256"};
constexpr int shortestRsa = 2048;

QString typeOf(const char *algorithm)
{
    const QString name = QLatin1String(algorithm);
    return name.startsWith(u"rsa-sha2"_s) ? u"ssh-rsa"_s : name;
}

// Types of keys that are pinned first: then a host with several keys shows one that is known.
QByteArray hostKeyOrder(const std::vector<HostKeyPin> &pins)
{
    QByteArray first, rest;
    for (const char *algorithm : keyTypes) {
        const bool pinned =
            std::any_of(pins.begin(), pins.end(), [algorithm](const HostKeyPin &pin) { return !pin.revoked && pin.key.type() == typeOf(algorithm); });
        QByteArray &list = pinned ? first : rest;
        list += (list.isEmpty() ? "" : ",") + QByteArray(algorithm);
    }
    return first.isEmpty() ? rest : rest.isEmpty() ? first : first + ',' + rest;
}

ErrorKind kindOfConnectError(const QString &reason)
{
    static constexpr const char *unreachable[] = {"refused",         "resolve",   "No route",           "unreachable",
                                                  "Name or service", "not known", "Timeout connecting", "Connection timed out"};
    const bool offline = std::any_of(std::begin(unreachable), std::end(unreachable),
                                     [&reason](const char *word) { return reason.contains(QLatin1String(word), Qt::CaseInsensitive); });
    return offline ? ErrorKind::Offline : ErrorKind::Ssh;
}

QString pinWords(const HostKeyPin &pin)
{
    return u"%1 %2, pinned %3 by %4"_s.arg(pin.key.type(), pin.key.fingerprint(),
                                           QDateTime::fromMSecsSinceEpoch(pin.firstSeenMs, Qt::UTC).toString(Qt::ISODate), pin.by);
}

} // namespace

void SessionFree::operator()(ssh_session session) const
{
    ssh_silent_disconnect(session);
    ssh_free(session);
}

SshWire::SshWire(const SshTarget &target, int fd, const SshLimits &limits, CancelToken token)
    : m_target(target), m_fd(fd), m_limits(limits), m_token(std::move(token)), m_deadline(steady_clock::now() + milliseconds(limits.connectMs)),
      m_session(ssh_new())
{
}

Result<int> SshWire::settle(int again, const std::function<int()> &step)
{
    for (;;) {
        if (m_token.stop_requested())
            return fail(ErrorKind::Cancelled, {});
        if (steady_clock::now() > m_deadline)
            return fail(ErrorKind::Timeout, u"%1 did not answer within %2 s"_s.arg(m_target.text()).arg(m_limits.connectMs / 1000));
        const int code = step();
        if (code != again)
            return code;
        const int wants = ssh_get_poll_flags(m_session.get());
        pollfd wait{ssh_get_fd(m_session.get()), static_cast<short>(POLLIN | (wants & SSH_WRITE_PENDING ? POLLOUT : 0)), 0};
        ::poll(&wait, 1, 20);
    }
}

Result<void> SshWire::setOptions(const std::vector<HostKeyPin> &pins)
{
    ssh_session session = m_session.get();
    const QByteArray host = m_target.address.host.toUtf8(), user = m_target.credential.user.toUtf8(), hostKeys = hostKeyOrder(pins);
    const unsigned int port = m_target.address.port;
    const bool no = false;
    const int noDelay = 1;
    const long timeout = std::max(1, m_limits.silenceMs / 1000);
    bool good = ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no) == SSH_OK
        && ssh_options_set(session, SSH_OPTIONS_HOST, host.constData()) == SSH_OK && ssh_options_set(session, SSH_OPTIONS_PORT, &port) == SSH_OK
        && ssh_options_set(session, SSH_OPTIONS_USER, user.constData()) == SSH_OK && ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &timeout) == SSH_OK
        && ssh_options_set(session, SSH_OPTIONS_NODELAY, &noDelay) == SSH_OK
        && ssh_options_set(session, SSH_OPTIONS_KEY_EXCHANGE, keyExchanges) == SSH_OK
        && ssh_options_set(session, SSH_OPTIONS_HOSTKEYS, hostKeys.constData()) == SSH_OK
        && ssh_options_set(session, SSH_OPTIONS_RSA_MIN_SIZE, &shortestRsa) == SSH_OK;
    for (const auto option : {SSH_OPTIONS_CIPHERS_C_S, SSH_OPTIONS_CIPHERS_S_C})
        good = good && ssh_options_set(session, option, ciphers) == SSH_OK;
    for (const auto option : {SSH_OPTIONS_HMAC_C_S, SSH_OPTIONS_HMAC_S_C})
        good = good && ssh_options_set(session, option, macs) == SSH_OK;
    if (good && !m_target.credential.agentSocket.isEmpty())
        good = ssh_options_set(session, SSH_OPTIONS_IDENTITY_AGENT, QFile::encodeName(m_target.credential.agentSocket).constData()) == SSH_OK;
    if (good && m_fd >= 0)
        good = ssh_options_set(session, SSH_OPTIONS_FD, &m_fd) == SSH_OK;
    return good ? Result<void>() : fail(ErrorKind::Internal, u"libssh refuses an option: %1"_s.arg(QString::fromUtf8(ssh_get_error(session))));
}

Result<void> SshWire::connect(const std::vector<HostKeyPin> &pins)
{
    if (!m_session)
        return fail(ErrorKind::Internal, u"no memory for a connection"_s);
    if (m_target.address.host.isEmpty() || m_target.address.port == 0)
        return fail(ErrorKind::Rejected, u"an address needs a host and a port"_s, u"host"_s);
    if (auto set = setOptions(pins); !set)
        return set;
    ssh_set_blocking(m_session.get(), 0);
    const auto code = settle(SSH_AGAIN, [this] { return ssh_connect(m_session.get()); });
    if (!code)
        return fail(code.error());
    if (*code == SSH_OK)
        return {};
    const QString reason = QString::fromUtf8(ssh_get_error(m_session.get()));
    return fail(kindOfConnectError(reason), u"%1: %2"_s.arg(m_target.address.text(), reason));
}

Result<HostKey> SshWire::hostKey() const
{
    ssh_key key = nullptr;
    char *text = nullptr;
    HostKey found;
    if (ssh_get_server_publickey(m_session.get(), &key) == SSH_OK && ssh_pki_export_pubkey_base64(key, &text) == SSH_OK)
        found.blob = QByteArray::fromBase64(text);
    ssh_string_free_char(text);
    ssh_key_free(key);
    if (!found.isValid())
        return fail(ErrorKind::Protocol, u"%1 shows no host key that can be read"_s.arg(m_target.address.text()));
    return found;
}

Result<void> SshWire::judge(const HostKeyLedger &ledger, const HostKey &key) const
{
    const auto verdict = ledger.judge(m_target.address, key);
    if (!verdict)
        return fail(verdict.error());
    const QString shown = u"%1 shows %2 %3"_s.arg(m_target.address.text(), key.type(), key.fingerprint());
    switch (verdict->kind) {
    case HostKeyVerdict::Kind::Known:
        return {};
    case HostKeyVerdict::Kind::Unknown:
        return fail(ErrorKind::HostKey, shown + u", which nobody has confirmed yet"_s, u"unknown"_s);
    case HostKeyVerdict::Kind::Revoked:
        return fail(ErrorKind::HostKey, shown + u", which was revoked"_s, u"revoked"_s);
    case HostKeyVerdict::Kind::Changed:
        break;
    }
    return fail(ErrorKind::HostKey, shown + u", but known is "_s + pinWords(verdict->pins.front()), u"changed"_s);
}

SshInfo SshWire::info() const
{
    SshInfo info;
    info.banner = QString::fromUtf8(ssh_get_serverbanner(m_session.get())).left(256);
    info.notice = notice();
    info.cipher = QString::fromUtf8(ssh_get_cipher_out(m_session.get()));
    if (const auto key = hostKey())
        info.hostKey = *key;
    return info;
}

} // namespace kboss
