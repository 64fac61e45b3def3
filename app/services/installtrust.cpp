#include "app/services/installtrust.h"

#include "app/base/watchresult.h"
#include "app/ssh/sshsession.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;
using State = HostTrust::State;

namespace {

constexpr qint64 largestKnownHosts = 16 * 1024 * 1024;

HostTrust::Pin pinOf(const HostKeyPin &pin)
{
    return {pin.key.type(), pin.key.fingerprint(), pin.by, pin.source, pin.cluster, pin.firstSeenMs, pin.revoked};
}

State stateOf(HostKeyVerdict::Kind kind)
{
    switch (kind) {
    case HostKeyVerdict::Kind::Known:
        return State::Known;
    case HostKeyVerdict::Kind::Unknown:
        return State::Unknown;
    case HostKeyVerdict::Kind::Changed:
        return State::Changed;
    case HostKeyVerdict::Kind::Revoked:
        return State::Revoked;
    }
    return State::Failed;
}

} // namespace

InstallTrust::InstallTrust(InstallShared &shared, std::function<SshTarget(const QString &)> target, QObject *parent)
    : QObject(parent), m_shared(shared), m_target(std::move(target))
{
}

InstallTrust::~InstallTrust()
{
    m_cancel.request_stop();
}

void InstallTrust::setPlaces(const std::vector<InstallPlace> &places)
{
    if (places == m_places)
        return;
    std::vector<HostTrust> rows;
    for (const InstallPlace &place : places) {
        const InstallPlace *before = placeNamed(m_places, place.host);
        const HostTrust *known = find(place.host);
        if (known && before && before->address == place.address && before->jump == place.jump) {
            rows.push_back(*known);
            continue;
        }
        m_keys.remove(place.host);
        HostTrust fresh;
        fresh.host = place.host;
        fresh.address = place.address.text();
        fresh.jump = place.jump;
        fresh.isJumpOnly = place.isJumpOnly;
        rows.push_back(fresh);
    }
    m_places = places;
    m_rows = std::move(rows);
    Q_EMIT changed({});
}

const HostTrust *InstallTrust::find(const QString &host) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&host](const HostTrust &row) { return row.host == host; });
    return found == m_rows.end() ? nullptr : &*found;
}

HostTrust *InstallTrust::row(const QString &host)
{
    return const_cast<HostTrust *>(find(host)); // of m_rows, which are ours
}

bool InstallTrust::isAllKnown() const
{
    return !m_rows.empty() && std::all_of(m_rows.begin(), m_rows.end(), [](const HostTrust &row) { return row.isGood(); });
}

void InstallTrust::read(const QStringList &hosts)
{
    if (m_cancel.stop_requested())
        m_cancel = CancelSource();
    QStringList asked = hosts;
    for (qsizetype i = 0; i < asked.size(); ++i) { // nothing goes without the jump hosts
        const HostTrust *one = find(asked[i]);
        const HostTrust *jump = one && !one->jump.isEmpty() ? find(one->jump) : nullptr;
        if (jump && !jump->isGood() && !asked.contains(jump->host))
            asked << jump->host;
    }
    for (HostTrust &one : m_rows) {
        if ((hosts.isEmpty() || asked.contains(one.host)) && one.state != State::Reading) {
            one.state = State::Waiting;
            one.error = {};
            m_wanted.insert(one.host);
        }
    }
    readWaiting();
    for (const HostTrust &one : std::vector<HostTrust>(m_rows)) {
        if (one.state == State::Waiting && m_wanted.contains(one.host))
            Q_EMIT changed(one.host);
    }
}

// A jump host comes first; those behind it wait until it is trusted.
void InstallTrust::readWaiting()
{
    QStringList free;
    for (const HostTrust &one : m_rows) {
        const HostTrust *jump = one.jump.isEmpty() ? nullptr : find(one.jump);
        if (m_wanted.contains(one.host) && (!jump || jump->isGood()))
            free << one.host;
    }
    for (const QString &host : free) {
        m_wanted.remove(host);
        if (HostTrust *one = row(host))
            readOne(*one);
    }
}

void InstallTrust::readOne(HostTrust &one)
{
    one.state = State::Reading;
    ++m_reading;
    const int round = m_round;
    const SshTarget target = m_target(one.host);
    auto work = [target, &shared = m_shared, token = m_cancel.get_token()]() -> Result<Seen> {
        if (token.stop_requested())
            return fail(ErrorKind::Cancelled, {});
        const auto key = SshSession::readHostKey(target, shared.ledger, shared.limits, token);
        if (!key)
            return fail(key.error());
        const auto verdict = shared.ledger.judge(target.address, *key);
        return verdict ? Result<Seen>(Seen{*key, *verdict}) : Result<Seen>(fail(verdict.error()));
    };
    const QString host = one.host, address = one.address;
    watchResult(InstallShared::run(m_shared.hosts, std::move(work)), this,
                [this, host, address, round](const Result<Seen> &seen) { readCame(host, address, round, seen); });
    Q_EMIT changed(host);
}

void InstallTrust::readCame(const QString &host, const QString &address, int round, const Result<Seen> &seen)
{
    --m_reading;
    HostTrust *one = row(host);
    if (one && one->address == address && one->state == State::Reading) {
        if (seen) {
            one->readMs = m_shared.parts.clock->nowMs();
            m_keys.insert(host, seen->key);
            take(*one, seen->key, seen->verdict);
        } else {
            one->state = seen.error().kind == ErrorKind::Cancelled ? State::Unread : State::Failed;
            one->error = seen.error();
        }
    }
    if (round == m_round)
        readWaiting();
    Q_EMIT changed(host);
}

void InstallTrust::take(HostTrust &one, const HostKey &key, const HostKeyVerdict &verdict)
{
    one.state = stateOf(verdict.kind);
    one.keyType = key.type();
    one.fingerprint = key.fingerprint();
    one.elsewhere = verdict.elsewhere;
    one.error = {};
    one.pins.clear();
    for (const HostKeyPin &pin : verdict.pins)
        one.pins.push_back(pinOf(pin));
}

void InstallTrust::cancel()
{
    m_cancel.request_stop();
    ++m_round;
    for (const QString &host : std::exchange(m_wanted, {})) {
        if (HostTrust *one = row(host); one && one->state == State::Waiting) {
            one->state = State::Unread;
            Q_EMIT changed(host);
        }
    }
}

void InstallTrust::judgeAgain(const QStringList &hosts)
{
    std::vector<std::pair<QString, SshAddress>> asked;
    for (const QString &host : hosts) {
        const InstallPlace *place = placeNamed(m_places, host);
        if (place && m_keys.contains(host))
            asked.emplace_back(host, place->address);
    }
    if (asked.empty())
        return;
    using Verdicts = QHash<QString, HostKeyVerdict>;
    auto work = [asked, keys = m_keys, &shared = m_shared]() -> Result<Verdicts> {
        Verdicts verdicts;
        for (const auto &[host, address] : asked) {
            const auto verdict = shared.ledger.judge(address, keys.value(host));
            if (!verdict)
                return fail(verdict.error());
            verdicts.insert(host, *verdict);
        }
        return verdicts;
    };
    watchResult(InstallShared::run(m_shared.disk, std::move(work)), this, [this](const Result<Verdicts> &verdicts) {
        QStringList judged;
        for (HostTrust &one : m_rows) {
            if (!verdicts || !verdicts->contains(one.host) || !m_keys.contains(one.host) || one.state == State::Reading)
                continue;
            take(one, m_keys.value(one.host), verdicts->value(one.host));
            judged << one.host;
        }
        Q_EMIT keysChanged(judged);
        readWaiting();
        for (const QString &host : judged)
            Q_EMIT changed(host);
    });
}

QFuture<Result<void>> InstallTrust::pin(const QStringList &hosts, const QString &cluster)
{
    std::vector<std::pair<SshAddress, HostKey>> wanted;
    for (const QString &host : hosts) {
        const InstallPlace *place = placeNamed(m_places, host);
        const HostTrust *one = find(host);
        if (!place || !one || !m_keys.contains(host))
            return readyResult<void>(fail(ErrorKind::Rejected, u"The key of %1 was not read yet"_s.arg(host), u"host"_s));
        if (one->state == State::Changed || one->state == State::Revoked)
            return readyResult<void>(
                fail(ErrorKind::Conflict, u"%1 has another key in the ledger, which has to be forgotten first"_s.arg(host), u"host"_s));
        wanted.emplace_back(place->address, m_keys.value(host));
    }
    auto work = [wanted, cluster, by = m_shared.who, ledger = &m_shared.ledger]() -> Result<void> {
        for (const auto &[address, key] : wanted) {
            if (const auto pinned = ledger->pin(address, key, by, cluster); !pinned)
                return pinned;
        }
        return {};
    };
    auto future = InstallShared::run(m_shared.disk, std::move(work));
    watchResult(future, this, [this, hosts](const Result<void> &) { judgeAgain(hosts); });
    return future;
}

QFuture<Result<void>> InstallTrust::forget(const QString &host)
{
    const InstallPlace *place = placeNamed(m_places, host);
    if (!place)
        return readyResult<void>(fail(ErrorKind::NotFound, u"No host %1"_s.arg(host), u"host"_s));
    auto future = InstallShared::run(m_shared.disk, [address = place->address, ledger = &m_shared.ledger] { return ledger->forget(address); });
    watchResult(future, this, [this, host](const Result<void> &) { judgeAgain({host}); });
    return future;
}

void InstallTrust::bind(const QString &cluster)
{
    std::vector<SshAddress> addresses;
    QStringList hosts;
    for (const InstallPlace &place : m_places) {
        if (place.isJumpOnly)
            continue;
        addresses.push_back(place.address);
        hosts << place.host;
    }
    auto work = [addresses, cluster, ledger = &m_shared.ledger]() -> Result<void> {
        Result<void> done;
        for (const SshAddress &address : addresses) {
            if (const auto bound = ledger->bindToCluster(address, cluster); !bound && bound.error().kind != ErrorKind::NotFound)
                done = bound;
        }
        return done;
    };
    watchResult(InstallShared::run(m_shared.disk, std::move(work)), this, [this, hosts](const Result<void> &) { judgeAgain(hosts); });
}

QFuture<Result<HostKeyLedger::Imported>> InstallTrust::importFile(const QString &file)
{
    std::vector<SshAddress> addresses;
    QStringList hosts;
    for (const InstallPlace &place : m_places) {
        addresses.push_back(place.address);
        hosts << place.host;
    }
    auto work = [file, addresses, by = m_shared.who, ledger = &m_shared.ledger]() -> Result<HostKeyLedger::Imported> {
        const auto content = readBounded(file, largestKnownHosts);
        return content ? ledger->importKnownHosts(*content, addresses, by) : Result<HostKeyLedger::Imported>(fail(content.error()));
    };
    auto future = InstallShared::run(m_shared.disk, std::move(work));
    watchResult(future, this, [this, hosts](const Result<HostKeyLedger::Imported> &) { judgeAgain(hosts); });
    return future;
}

} // namespace kboss
