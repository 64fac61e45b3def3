// StepRun: one step, from the first probe to the last, or its undo.
#include "app/cluster/installrunnerparts.h"

namespace kboss {

using namespace Qt::StringLiterals;
using State = StepStatus::State;
using LogKind = StepLogLine::Kind;
using LineKind = JournalLine::Kind;

namespace {

constexpr int probeMs = 300'000;
constexpr int noteMs = 120'000;
constexpr int mostLosses = 3; // of the connection, in one step

bool isLoss(const Error &error)
{
    return error.kind == ErrorKind::Ssh;
}

// Nobody may try again by himself.
bool isFinal(const Error &error)
{
    return error.kind == ErrorKind::HostKey || error.kind == ErrorKind::Auth;
}

bool isAway(const Error &error)
{
    return isLoss(error) || isFinal(error) || error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout;
}

QString nameOf(StepState state)
{
    switch (state) {
    case StepState::Open:
        return u"open"_s;
    case StepState::Done:
        return u"done"_s;
    case StepState::NotNeeded:
        return u"not needed"_s;
    case StepState::Foreign:
        break;
    }
    return u"somebody else's"_s;
}

QString words(StepState state, const QString &detail)
{
    return detail.isEmpty() ? nameOf(state) : nameOf(state) + u": "_s + detail;
}

} // namespace

StepRun::StepRun(InstallRunner::Private &runner, size_t step)
    : m_runner(runner), m_number(step), m_step(runner.schedule.entries[step].step), m_target(runner.parts.plan.find(m_step.host)),
      m_host(runner.parts.hosts.find(m_step.host))
{
}

template <class Value> Result<Value> StepRun::call(int deadlineMs, const std::function<Result<Value>(HostContext &)> &work)
{
    if (!m_target || !m_host)
        return kboss::fail(ErrorKind::NotFound, u"the plan has no host %1"_s.arg(m_step.host));
    CancelSource source;
    std::shared_ptr<const InstallPlan> plan;
    LockRights rights{m_runner.parts.formerInstalls, m_runner.parts.takesStaleLocks, {}};
    InstallSchedule::Lane &lane = m_runner.schedule.lanes[m_runner.schedule.entries[m_number].lane];
    {
        const std::lock_guard lock(m_runner.mutex);
        if (lane.lost)
            return kboss::fail(*lane.lost); // nothing more is done there
        lane.current = source;
        plan = m_runner.planFor(m_number);
        rights.breaks = lane.breaks;
    }
    const std::stop_callback onStop(m_runner.all.get_token(), [&source] { source.request_stop(); });
    const Deadlines::Guard deadline(m_runner.deadlines, deadlineMs, source);
    HostContext context({*plan, m_runner.parts.installId, *m_target, m_runner.parts.hosts, *m_host, m_runner.parts.clock, m_runner.secrets, m_step.id,
                         m_runner.parts.owner, m_runner.parts.paths, source.get_token(),
                         [this](LogKind kind, const QString &text) { log(kind, text); },
                         [this](qint64 done, qint64 whole) {
                             const std::lock_guard lock(m_runner.mutex);
                             m_runner.change(m_number, [&](StepStatus &status) {
                                 status.done = done;
                                 status.whole = whole;
                             });
                         },
                         [this](const QString &what) { return m_runner.parts.journal.write(LineKind::Accepted, m_step.id, what); },
                         [this, &lane](const HostLock &met) {
                             const std::lock_guard lock(m_runner.mutex);
                             lane.met = met;
                         },
                         std::move(rights)});
    Result<Value> result = work(context);
    m_ranDetached = m_ranDetached || context.ranDetached();
    if (result)
        return result;
    Error error = result.error();
    error.detail = m_runner.secrets.masked(error.detail);
    if (error.kind == ErrorKind::Cancelled && !isStopped()) {
        const std::lock_guard lock(m_runner.mutex);
        if (lane.lost)
            error = *lane.lost;
        else if (deadline.isOver())
            error = {ErrorKind::Timeout, u"%1 did not end within %2 s"_s.arg(m_step.name).arg(deadlineMs / 1000), {}, {}, {}, 0};
    }
    return kboss::fail(error);
}

Result<void> StepRun::withContext(const std::function<Result<void>(HostContext &)> &work, int deadlineMs)
{
    for (int losses = 1;; ++losses) {
        auto done = call<void>(deadlineMs, work);
        if (done || !isLoss(done.error()) || losses == mostLosses)
            return done;
    }
}

Result<StepFinding> StepRun::probe()
{
    if (!m_step.probe)
        return kboss::fail(ErrorKind::Internal, u"the step cannot be probed"_s);
    for (int losses = 1;; ++losses) {
        const auto found = call<StepFinding>(probeMs, [this](HostContext &context) { return m_step.probe(context); });
        if (!found && isLoss(found.error()) && losses < mostLosses) {
            log(LogKind::Runner, u"the connection went: %1"_s.arg(found.error().detail));
            continue;
        }
        if (found)
            log(LogKind::Probe, words(found->state, found->detail));
        return found;
    }
}

void StepRun::run()
{
    {
        const std::lock_guard lock(m_runner.mutex);
        const auto &entry = m_runner.schedule.entries[m_number];
        if (!entry.fault.isEmpty())
            return m_runner.failStep(m_number, {ErrorKind::Internal, entry.fault, {}, {}, {}, 0});
    }
    if (firstProbe() == Verdict::GoOn && mayAct() == Verdict::GoOn && begin() == Verdict::GoOn)
        act();
    const std::lock_guard lock(m_runner.mutex);
    if (m_runner.schedule.entries[m_number].status.state != State::Waiting) // else it may wait for its turn
        m_runner.schedule.endTurn(m_number);
}

StepRun::Verdict StepRun::firstProbe()
{
    {
        const std::lock_guard lock(m_runner.mutex);
        m_runner.change(m_number, [this](StepStatus &status) {
            status.state = State::Probing;
            status.beganMs = status.beganMs == 0 ? now() : status.beganMs;
        });
    }
    const auto found = probe();
    const bool dry = m_runner.parts.dryRun;
    if (!found && isStopped()) {
        putBack();
        return Verdict::Over;
    }
    const bool cannotBeKnown = [&] {
        const std::lock_guard lock(m_runner.mutex);
        return dry && !found && !isAway(found.error()) && m_runner.schedule.dependsOnWouldRun(m_number);
    }();
    if (!found && !cannotBeKnown) {
        fail(found.error());
        return Verdict::Over;
    }
    if (found && (found->state == StepState::Done || found->state == StepState::NotNeeded)) {
        done(*found, true);
        return Verdict::Over;
    }
    if (found && found->state == StepState::Foreign) {
        fail({ErrorKind::Conflict, m_runner.secrets.masked(found->detail), {}, {}, {}, 0});
        return Verdict::Over;
    }
    if (!dry)
        return Verdict::GoOn;
    const std::lock_guard lock(m_runner.mutex);
    m_runner.change(m_number, [&](StepStatus &status) {
        status.state = State::WouldRun;
        status.detail = m_runner.secrets.masked(found ? found->detail : found.error().detail);
        status.endedMs = now();
    });
    return Verdict::Over;
}

StepRun::Verdict StepRun::mayAct()
{
    if (!m_step.act) {
        fail({ErrorKind::Rejected, u"it is not so, and nothing here can make it so"_s, {}, {}, {}, 0});
        return Verdict::Over;
    }
    const std::lock_guard lock(m_runner.mutex);
    if (!m_runner.paused && !m_runner.stopped && m_runner.schedule.takeTurn(m_number))
        return Verdict::GoOn;
    m_runner.change(m_number, [](StepStatus &status) { status.state = State::Waiting; });
    return Verdict::Over;
}

StepRun::Verdict StepRun::begin()
{
    bool inBetween = false;
    {
        const std::lock_guard lock(m_runner.mutex);
        inBetween = m_runner.schedule.entries[m_number].last == LineKind::Begun;
        m_runner.change(m_number, [](StepStatus &status) { status.state = State::Running; });
    }
    log(LogKind::Runner, inBetween ? u"goes on: it was begun before, and not ended"_s : u"begins"_s);
    if (auto kept = write(LineKind::Begun); !kept) {
        fail(kept.error());
        return Verdict::Over;
    }
    m_begun = true;
    const auto written = noteOnHost(LineKind::Begun, {});
    if (written)
        return Verdict::GoOn;
    if (isStopped())
        putBack();
    else
        fail(written.error());
    return Verdict::Over;
}

void StepRun::act()
{
    for (;;) {
        const auto acted = call<void>(m_step.deadlineMs, [this](HostContext &context) { return m_step.act(context); });
        if (!acted && isStopped())
            return putBack();
        if (!acted)
            log(LogKind::Error, acted.error().detail);
        if (!judge(acted))
            return;
        log(LogKind::Runner, u"the connection went; it goes on from what is there"_s);
    }
}

bool StepRun::judge(const Result<void> &acted)
{
    const bool lockLost = [&] {
        const std::lock_guard lock(m_runner.mutex);
        return m_runner.schedule.lanes[m_runner.schedule.entries[m_number].lane].lost.has_value();
    }();
    if (!acted && (isFinal(acted.error()) || lockLost)) {
        fail(acted.error());
        return false;
    }
    const auto found = probe();
    if (!found && isStopped()) {
        putBack();
        return false;
    }
    if (found && (found->state == StepState::Done || found->state == StepState::NotNeeded)) {
        seal();
        done(*found, false);
        return false;
    }
    if (!found && isFinal(found.error())) {
        fail(found.error());
        return false;
    }
    if (!acted && isLoss(acted.error()) && found && found->state == StepState::Open && ++m_losses < mostLosses)
        return true;
    if (acted)
        seal(); // its actions have done what they could: another try begins them anew
    if (!acted)
        fail(acted.error());
    else if (!found)
        fail(found.error());
    else if (found->state == StepState::Foreign)
        fail({ErrorKind::Conflict, found->detail, {}, {}, {}, 0});
    else
        fail({ErrorKind::Rejected,
              u"it was done without an error, and still the host says %1"_s.arg(words(found->state, found->detail)),
              {},
              {},
              {},
              0});
    return false;
}

void StepRun::seal()
{
    if (!m_ranDetached)
        return;
    const auto sealed = withContext([](HostContext &context) { return context.seal(); }, noteMs);
    if (!sealed)
        log(LogKind::Runner, u"its actions could not be marked as done: %1"_s.arg(sealed.error().detail));
}

Result<void> StepRun::noteOnHost(LineKind kind, const QString &detail)
{
    if (!isOnHostJournal())
        return {};
    return withContext([&](HostContext &context) { return context.writeHostJournal(kind, detail); }, noteMs);
}

Result<void> StepRun::write(LineKind kind, const QString &detail)
{
    if (m_runner.parts.dryRun)
        return {};
    if (auto written = m_runner.parts.journal.write(kind, m_step.id, detail); !written)
        return written;
    const std::lock_guard lock(m_runner.mutex);
    auto &entry = m_runner.schedule.entries[m_number];
    entry.last = kind;
    if (kind == LineKind::Begun || kind == LineKind::Undone || kind == LineKind::Waiting)
        entry.begun = kind == LineKind::Begun;
    return {};
}

void StepRun::note(LineKind kind, const QString &detail)
{
    if (const auto written = write(kind, detail); !written)
        log(LogKind::Error, written.error().detail);
    // A host that cannot be reached, or that is another, is told nothing.
    if (const auto written = m_begun && m_host ? noteOnHost(kind, detail) : Result<void>(); !written)
        log(LogKind::Runner, u"the journal on the host: %1"_s.arg(written.error().detail));
}

void StepRun::done(const StepFinding &finding, bool already)
{
    const QString detail = m_runner.secrets.masked(finding.detail);
    bool wasBegun = false, isKnown = false;
    {
        const std::lock_guard lock(m_runner.mutex);
        const auto &entry = m_runner.schedule.entries[m_number];
        wasBegun = entry.begun;
        isKnown = already && (entry.last == LineKind::Done || entry.last == LineKind::AlreadyDone);
    }
    if (!isKnown) {
        m_begun = wasBegun;
        note(wasBegun ? LineKind::Done : LineKind::AlreadyDone, wasBegun ? QString() : detail);
    }
    const std::lock_guard lock(m_runner.mutex);
    m_runner.change(m_number, [&](StepStatus &status) {
        status.state = finding.state == StepState::NotNeeded ? State::NotNeeded : State::Done;
        status.alreadyDone = already && !wasBegun;
        status.detail = detail;
        status.endedMs = now();
    });
}

void StepRun::fail(Error error)
{
    error.detail = m_runner.secrets.masked(error.detail);
    log(LogKind::Error, error.detail);
    if (isAway(error))
        m_begun = false; // not again over a connection that is not there
    note(LineKind::Failed, error.detail);
    const std::lock_guard lock(m_runner.mutex);
    m_runner.failStep(m_number, error);
}

void StepRun::putBack()
{
    const std::lock_guard lock(m_runner.mutex);
    m_runner.change(m_number, [](StepStatus &status) { status.state = State::Waiting; });
    m_runner.schedule.endTurn(m_number);
}

bool StepRun::mayUndo()
{
    if (!m_step.mayUndo)
        return true;
    const auto may = call<void>(probeMs, [this](HostContext &context) { return m_step.mayUndo(context); });
    if (may)
        return true;
    log(LogKind::Error, may.error().detail);
    const std::lock_guard lock(m_runner.mutex); // no line in the journal: nothing has happened to it
    m_runner.failStep(m_number, may.error());
    return false;
}

void StepRun::goneWith(const QString &other)
{
    m_begun = true;
    note(LineKind::Waiting, u"with %1"_s.arg(other));
    const std::lock_guard lock(m_runner.mutex);
    m_runner.change(m_number, [&](StepStatus &status) {
        status = {};
        status.id = m_step.id;
        status.state = State::SetAside;
        status.detail = u"it went with %1"_s.arg(other);
    });
}

bool StepRun::undo(bool alone)
{
    {
        const std::lock_guard lock(m_runner.mutex);
        m_runner.change(m_number, [this](StepStatus &status) {
            status = {};
            status.id = m_step.id;
            status.state = State::Undoing;
            status.beganMs = now();
        });
    }
    log(LogKind::Runner, u"is undone"_s);
    m_begun = true;
    if (auto written = write(LineKind::Undoing); !written) {
        fail(written.error());
        return false;
    }
    auto undone = noteOnHost(LineKind::Undoing, {});
    if (undone && m_step.undo)
        undone = withContext([this](HostContext &context) { return m_step.undo(context); }, m_step.deadlineMs);
    if (undone) {
        m_ranDetached = true; // those of the action begin anew when it is repeated
        seal();
    }
    Result<StepFinding> found = StepFinding{};
    if (undone && m_step.undo)
        found = probe();
    if (!undone || (!found && (isAway(found.error()) || isStopped()))) {
        const Error error = undone ? found.error() : undone.error();
        if (!isStopped()) {
            fail(error);
            return false;
        }
        const std::lock_guard lock(m_runner.mutex); // the journal's last word of it is that it is being undone
        m_runner.failStep(m_number, error);
        return false;
    }
    if (found && found->state == StepState::Done && !m_step.leavesWhatWas) {
        fail({ErrorKind::Rejected,
              u"it was undone without an error, and still the host says %1"_s.arg(words(found->state, found->detail)),
              {},
              {},
              {},
              0});
        return false;
    }
    const auto gone = [&] {
        const std::lock_guard lock(m_runner.mutex);
        return alone ? m_runner.schedule.goesWithReset(m_number) : std::vector<size_t>();
    }();
    for (const size_t other : gone) // before its own line: cut here, its host stays aside, and it is undone once more by whoever goes on with it
        StepRun(m_runner, other).goneWith(m_step.id);
    note(LineKind::Undone);
    const std::lock_guard lock(m_runner.mutex);
    m_runner.change(m_number, [this](StepStatus &status) {
        status.state = State::Undone;
        status.endedMs = now();
    });
    return true;
}

} // namespace kboss
