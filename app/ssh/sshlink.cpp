#include "app/ssh/sshlink.h"

#include <condition_variable>
#include <mutex>

namespace kboss {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int mostIdleTries = 5; // of an upload that does not get on though the host can be reached
constexpr int triesOfKnownCredentials = 2;

bool isAway(const Error &error)
{
    return error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Ssh;
}

bool isFinal(const Error &error)
{
    return error.kind == ErrorKind::Auth || error.kind == ErrorKind::HostKey;
}

} // namespace

// One caller dials, the others wait for what becomes of it; the wait between tries is the same for all.
struct SshLink::Private {
    using Session = std::shared_ptr<SshSession>;

    // What one call may still wait for.
    struct Call {
        CancelToken token;
        quint64 closes = 0;
        bool once = false; // no second try
        std::optional<Steady::time_point> until; // since the host was first found away
    };

    Private(SshTarget to, const HostKeyLedger &keys, const SshLimits &bounds, const SshPatience &waits, Observer watcher)
        : ledger(keys), limits(bounds), patience(waits), observer(std::move(watcher)), target(std::move(to))
    {
    }

    const HostKeyLedger &ledger;
    const SshLimits limits;
    const SshPatience patience;
    const Observer observer;

    std::mutex mutex;
    std::condition_variable_any changed;
    SshTarget target;
    Session session;
    std::optional<Error> finalError, lastError;
    bool dialing = false, wasGood = false; // wasGood: this target was signed in to before
    CancelSource dial;
    quint64 targets = 0, closes = 0; // how often each was changed
    int failures = 0, refusals = 0, calls = 0;
    Steady::time_point nextTry;

    void tell(SshLinkEvent::Kind kind, const QString &text, int waitMs = 0) const
    {
        if (observer)
            observer({kind, text, waitMs});
    }

    Result<Session> ready(Call &call);
    Result<Session> dialNow(std::unique_lock<std::mutex> &lock, Call &call);
    Result<void> notReached(std::unique_lock<std::mutex> &lock, Call &call, const Error &error);
    Result<void> waitUntilNextTry(std::unique_lock<std::mutex> &lock, Call &call);
    void forget(const Session &lost, const Error &why);
    void drop(); // session, dial and waits; the lock is not held
    bool isEnded(const Call &call) const { return call.closes != closes || call.token.stop_requested(); } // under the lock
    bool isClosed(const Call &call)
    {
        const std::lock_guard lock(mutex);
        return call.closes != closes;
    }
};

namespace {

// Counts the calls under way, so that the link ends after them.
template <class Private> class Counted {
public:
    explicit Counted(Private &parts) : m_parts(parts)
    {
        const std::lock_guard lock(m_parts.mutex);
        ++m_parts.calls;
        closes = m_parts.closes;
    }
    ~Counted()
    {
        const std::lock_guard lock(m_parts.mutex);
        --m_parts.calls;
        m_parts.changed.notify_all();
    }
    Q_DISABLE_COPY_MOVE(Counted)

    quint64 closes = 0;

private:
    Private &m_parts;
};

} // namespace

SshLink::SshLink(SshTarget target, const HostKeyLedger &ledger, SshLimits limits, SshPatience patience, Observer observer)
    : d(std::make_unique<Private>(std::move(target), ledger, limits, patience, std::move(observer)))
{
}

SshLink::~SshLink()
{
    close();
    std::unique_lock lock(d->mutex);
    d->changed.wait(lock, [this] { return d->calls == 0; });
}

Result<SshLink::Private::Session> SshLink::Private::ready(Call &call)
{
    std::unique_lock lock(mutex);
    for (;;) {
        if (isEnded(call))
            return fail(ErrorKind::Cancelled, {});
        if (finalError)
            return fail(*finalError);
        if (session && session->isOpen())
            return session;
        if (session) {
            const Session lost = std::move(session);
            session.reset();
            lock.unlock();
            tell(SshLinkEvent::Kind::Lost, u"the connection with %1 has ended"_s.arg(lost->target().address.text()));
            lock.lock();
            continue;
        }
        if (dialing) {
            changed.wait(lock, call.token, [this, &call] { return !dialing || isEnded(call); });
            continue;
        }
        if (!call.once && Steady::now() < nextTry) {
            if (auto waited = waitUntilNextTry(lock, call); !waited)
                return fail(waited.error());
            continue;
        }
        auto dialled = dialNow(lock, call);
        if (dialled && !*dialled)
            continue; // the target was changed meanwhile, or it is tried again
        return dialled;
    }
}

Result<void> SshLink::Private::waitUntilNextTry(std::unique_lock<std::mutex> &lock, Call &call)
{
    if (!call.until)
        call.until = Steady::now() + milliseconds(patience.wholeMs);
    if (nextTry > *call.until) {
        const Error error = lastError.value_or(Error{ErrorKind::Offline, {}, {}, {}, {}, 0});
        lock.unlock();
        tell(SshLinkEvent::Kind::GivenUp, error.detail);
        lock.lock();
        return fail(error);
    }
    const auto due = nextTry;
    changed.wait_until(lock, call.token, due, [this, &call, due] { return nextTry != due || session || finalError || isEnded(call); });
    return {};
}

// Null = look again.
Result<SshLink::Private::Session> SshLink::Private::dialNow(std::unique_lock<std::mutex> &lock, Call &call)
{
    dialing = true;
    dial = CancelSource();
    const CancelSource source = dial;
    const SshTarget to = target;
    const quint64 before = targets;
    lock.unlock();
    auto opened = [&] {
        CancelSource stop = source;
        const std::stop_callback onCancel(call.token, [&stop] { stop.request_stop(); });
        return SshSession::open(to, ledger, limits, stop.get_token());
    }();
    lock.lock();
    dialing = false;
    changed.notify_all();
    if (isEnded(call))
        return fail(ErrorKind::Cancelled, {});
    if (before != targets)
        return Session();
    if (opened) {
        session = std::move(*opened);
        lastError.reset();
        failures = refusals = 0;
        nextTry = {};
        wasGood = true;
        const Session made = session;
        lock.unlock();
        tell(SshLinkEvent::Kind::Connected, made->info().banner);
        lock.lock();
        return made;
    }
    if (auto goesOn = notReached(lock, call, opened.error()); !goesOn)
        return fail(goesOn.error());
    return Session();
}

Result<void> SshLink::Private::notReached(std::unique_lock<std::mutex> &lock, Call &call, const Error &error)
{
    const bool maybeStarting = error.kind == ErrorKind::Auth && wasGood && ++refusals < triesOfKnownCredentials;
    if (isFinal(error) && !maybeStarting) {
        finalError = error;
        changed.notify_all();
        lock.unlock();
        tell(SshLinkEvent::Kind::GivenUp, error.detail);
        lock.lock();
        return fail(error);
    }
    if (call.once || !(isAway(error) || maybeStarting))
        return fail(error);
    lastError = error;
    const int wait = maybeStarting ? patience.mostWaitMs : std::min(patience.mostWaitMs, patience.firstWaitMs << std::min(failures, 16));
    ++failures;
    nextTry = Steady::now() + milliseconds(wait);
    lock.unlock();
    tell(SshLinkEvent::Kind::Waiting, error.detail, wait);
    lock.lock();
    return {};
}

void SshLink::Private::forget(const Session &lost, const Error &why)
{
    {
        const std::lock_guard lock(mutex);
        if (session != lost)
            return; // somebody else was faster
        session.reset();
    }
    tell(SshLinkEvent::Kind::Lost, why.detail);
}

void SshLink::Private::drop()
{
    Session ended;
    {
        const std::lock_guard lock(mutex);
        ended = std::move(session);
        session.reset();
        dial.request_stop();
        failures = refusals = 0;
        nextTry = {};
        lastError.reset();
        changed.notify_all();
    }
    if (ended)
        ended->close();
}

Result<CommandResult> SshLink::run(const RemoteCommand &command, CancelToken token)
{
    const Counted counted(*d);
    Private::Call call{token, counted.closes, false, {}};
    for (int unsent = 0;; ++unsent) {
        const auto session = d->ready(call);
        if (!session)
            return fail(session.error());
        auto done = (*session)->run(command, token);
        if (done || done.error().kind != ErrorKind::Ssh)
            return done;
        const bool mayBeSent = done.error().field == SshSession::notSent();
        if ((*session)->isOpen() && !mayBeSent)
            return done; // the host's own refusal
        d->forget(*session, done.error());
        if (d->isClosed(call))
            return fail(ErrorKind::Cancelled, {});
        if (!mayBeSent || unsent == mostIdleTries)
            return done;
    }
}

Result<void> SshLink::upload(const RemoteUpload &upload, CancelToken token)
{
    const Counted counted(*d);
    Private::Call call{token, counted.closes, false, {}};
    qint64 furthest = -1;
    bool gotOn = false;
    RemoteUpload watched = upload;
    watched.progress = [&](qint64 sent) {
        gotOn = gotOn || sent > furthest;
        furthest = std::max(furthest, sent);
        if (upload.progress)
            upload.progress(sent);
    };
    for (int idle = 0;;) {
        const auto session = d->ready(call);
        if (!session)
            return fail(session.error());
        gotOn = false;
        auto done = (*session)->upload(watched, token);
        if (done || done.error().kind != ErrorKind::Ssh)
            return done;
        d->forget(*session, done.error());
        idle = gotOn ? 0 : idle + 1;
        if (idle == mostIdleTries)
            return done;
        if (gotOn)
            call.until.reset();
    }
}

Result<SshInfo> SshLink::connect(CancelToken token)
{
    const Counted counted(*d);
    Private::Call call{token, counted.closes, true, {}};
    const auto session = d->ready(call);
    return session ? Result<SshInfo>((*session)->info()) : fail(session.error());
}

void SshLink::reset(SshTarget target)
{
    {
        const std::lock_guard lock(d->mutex);
        d->target = std::move(target);
        d->finalError.reset();
        d->wasGood = false;
        ++d->targets;
    }
    d->drop();
}

void SshLink::close()
{
    {
        const std::lock_guard lock(d->mutex);
        ++d->closes;
    }
    d->drop();
}

SshTarget SshLink::target() const
{
    const std::lock_guard lock(d->mutex);
    return d->target;
}

} // namespace kboss
