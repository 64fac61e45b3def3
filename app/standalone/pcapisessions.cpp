#include "app/standalone/pcapisessions.h"

#include <sodium.h>

namespace kboss::standalone {

using namespace Qt::StringLiterals;
using std::chrono::steady_clock;

namespace {

QByteArray randomKey()
{
    QByteArray key(crypto_generichash_KEYBYTES, '\0');
    randombytes_buf(key.data(), static_cast<size_t>(key.size()));
    return key;
}

QByteArray markOf(const QByteArray &password, const QByteArray &key)
{
    QByteArray mark(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(mark.data()), 32, reinterpret_cast<const unsigned char *>(password.constData()),
                       static_cast<unsigned long long>(password.size()), reinterpret_cast<const unsigned char *>(key.constData()),
                       static_cast<size_t>(key.size()));
    return mark;
}

} // namespace

PcapiSessions::PcapiSessions(const HostKeyLedger &ledger, PcapiLimits limits)
    : m_ledger(ledger), m_limits(limits), m_markKey(randomKey()), m_sweeper([this](std::stop_token stop) { sweep(std::move(stop)); })
{
}

PcapiSessions::~PcapiSessions() = default;

size_t PcapiSessions::count() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<size_t>(m_entries.size());
}

std::shared_ptr<SshSession> PcapiSessions::known(const QString &name, const QByteArray &mark)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(name);
    if (found == m_entries.end() || !found->session->isOpen() || sodium_memcmp(found->passwordMark.constData(), mark.constData(), 32) != 0)
        return nullptr;
    found->used = steady_clock::now();
    return found->session;
}

Result<std::shared_ptr<SshSession>> PcapiSessions::get(const SshTarget &target, CancelToken token)
{
    const QString name = target.text();
    const QByteArray mark = markOf(target.credential.password, m_markKey);
    if (auto session = known(name, mark))
        return session;
    const auto held = m_opening.hold(name); // who comes meanwhile takes what this one opens
    if (auto session = known(name, mark))
        return session;
    auto opened = SshSession::open(target, m_ledger, m_limits.ssh, std::move(token));
    if (!opened)
        return fail(opened.error());
    Entry entry{std::move(*opened), mark, steady_clock::now()};
    auto session = entry.session;
    if (auto kept = keep(name, std::move(entry)); !kept)
        return fail(kept.error());
    return session;
}

Result<void> PcapiSessions::keep(const QString &name, Entry entry)
{
    std::shared_ptr<SshSession> ended; // closed outside of the lock
    const std::lock_guard lock(m_mutex);
    if (!m_entries.contains(name) && static_cast<size_t>(m_entries.size()) >= m_limits.mostSessions) {
        auto oldest = m_entries.end();
        for (auto one = m_entries.begin(); one != m_entries.end(); ++one) {
            if (one->session.use_count() == 1 && (oldest == m_entries.end() || one->used < oldest->used))
                oldest = one;
        }
        if (oldest == m_entries.end())
            return fail(ErrorKind::Conflict, u"%1 hosts are being worked on already; try again later"_s.arg(m_limits.mostSessions));
        ended = std::move(oldest->session);
        m_entries.erase(oldest);
    }
    m_entries.insert(name, std::move(entry));
    return {};
}

std::vector<std::shared_ptr<SshSession>> PcapiSessions::takeIdle()
{
    std::vector<std::shared_ptr<SshSession>> idle;
    const auto before = steady_clock::now() - m_limits.idle;
    m_entries.removeIf([&](auto one) {
        const bool unused = one->session.use_count() == 1 && (one->used < before || !one->session->isOpen());
        if (unused)
            idle.push_back(std::move(one->session));
        return unused;
    });
    return idle;
}

void PcapiSessions::sweep(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        m_wake.wait_for(lock, stop, std::min(m_limits.idle, std::chrono::milliseconds(5'000)), [] { return false; });
        auto idle = takeIdle();
        lock.unlock();
        idle.clear();
        lock.lock();
    }
}

} // namespace kboss::standalone
