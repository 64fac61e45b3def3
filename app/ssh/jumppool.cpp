#include "app/ssh/jumppool.h"

#include <QCryptographicHash>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostForwards = 256; // what goes on over a jump host are forwards alone: they are no sessions that sshd counts

QByteArray keyOf(const SshTarget &target, const HostKeyLedger &ledger)
{
    const SshCredential &credential = target.credential;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &part :
         {target.text().toUtf8(), credential.keyFile.toUtf8(), credential.agentSocket.toUtf8(), credential.password, credential.passphrase,
          QByteArray::number(credential.agent), QByteArray::number(reinterpret_cast<quintptr>(&ledger)),
          target.jump ? keyOf(*target.jump, ledger) : QByteArray()}) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    }
    return hash.result();
}

} // namespace

Result<std::shared_ptr<SshSession>> JumpPool::open(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits,
                                                   const CancelToken &token)
{
    const QByteArray key = keyOf(target, ledger);
    std::unique_lock lock(m_mutex);
    m_entries.removeIf([](const auto &one) { return !one.value()->isOpening && one.value()->session.expired(); });
    auto &slot = m_entries[key];
    if (!slot)
        slot = std::make_shared<Entry>();
    const std::shared_ptr<Entry> entry = slot;
    while (entry->isOpening) {
        const quint64 before = entry->tries;
        if (!m_changed.wait(lock, token, [&] { return entry->tries != before; }))
            return fail(ErrorKind::Cancelled, {});
        if (entry->error)
            return fail(*entry->error);
    }
    if (const auto session = entry->session.lock(); session && session->isOpen()) {
        lock.unlock();
        if (const auto known = ledger.judge(target.address, session->info().hostKey); known && known->kind == HostKeyVerdict::Kind::Known)
            return session;
        return SshSession::open(target, ledger, limits, token); // which says what is wrong with it
    }
    entry->isOpening = true;
    lock.unlock();
    SshLimits own = limits;
    own.mostChannels = mostForwards;
    auto opened = SshSession::open(target, ledger, own, token);
    const auto session = opened ? std::shared_ptr<SshSession>(std::move(*opened)) : nullptr;
    lock.lock();
    entry->isOpening = false;
    ++entry->tries;
    entry->session = session;
    entry->error = session || opened.error().kind == ErrorKind::Cancelled
        ? std::nullopt
        : std::optional(opened.error()); // whose call was cancelled says nothing of the host
    m_changed.notify_all();
    return session ? Result<std::shared_ptr<SshSession>>(session) : fail(opened.error());
}

} // namespace kboss
