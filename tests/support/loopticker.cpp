#include "tests/support/loopticker.h"

#include <algorithm>
#include <cstdio>
#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace kboss {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr double keptGapMs = 5, keptOversleepMs = 2;

double milliseconds(steady_clock::duration span)
{
    return std::chrono::duration<double, std::milli>(span).count();
}

} // namespace

LoopTicker::LoopTicker(QObject *parent) : QObject(parent), m_last(steady_clock::now())
{
#ifdef Q_OS_LINUX
    m_schedstat = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
#endif
    m_lastQueued = queuedSinceStart();
    m_control = std::jthread([this](std::stop_token stop) { watchMachine(std::move(stop)); });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.callOnTimeout(this, [this] { tick(); });
    m_timer.start(1ms);
}

LoopTicker::~LoopTicker()
{
    m_control.request_stop();
    m_control.join();
#ifdef Q_OS_LINUX
    if (m_schedstat >= 0)
        ::close(m_schedstat);
#endif
}

void LoopTicker::reset()
{
    tick();
    m_gaps.clear();
}

double LoopTicker::queuedSinceStart() const
{
#ifdef Q_OS_LINUX
    char text[128] = {};
    if (m_schedstat >= 0 && ::pread(m_schedstat, text, sizeof text - 1, 0) > 0) {
        unsigned long long ran = 0, queued = 0;
        if (std::sscanf(text, "%llu %llu", &ran, &queued) == 2)
            return static_cast<double>(queued) / 1e6;
    }
#endif
    return 0;
}

void LoopTicker::tick()
{
    const Time now = steady_clock::now();
    const double queued = queuedSinceStart();
    if (milliseconds(now - m_last) >= keptGapMs)
        m_gaps.push_back({m_last, now, queued - m_lastQueued});
    m_lastQueued = queued;
    m_last = steady_clock::now();
}

void LoopTicker::watchMachine(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        const Time from = steady_clock::now();
        std::this_thread::sleep_for(1ms);
        const Time to = steady_clock::now();
        const double over = milliseconds(to - from) - 1;
        if (over < keptOversleepMs)
            continue;
        const std::lock_guard lock(m_mutex);
        m_oversleeps.push_back({from, to, over});
        if (m_oversleeps.size() > 20'000)
            m_oversleeps.erase(m_oversleeps.begin(), m_oversleeps.begin() + 10'000);
    }
}

double LoopTicker::stolenMs(const Gap &gap)
{
    double overslept = 0;
    const std::lock_guard lock(m_mutex);
    for (const Gap &sleep : m_oversleeps) {
        const double shared = milliseconds(std::min(sleep.to, gap.to) - std::max(sleep.from, gap.from));
        if (shared > 1)
            overslept += std::min(shared - 1, sleep.queuedMs);
    }
    return std::max(overslept, gap.queuedMs);
}

double LoopTicker::longestStallMs()
{
    tick();
    std::this_thread::sleep_for(3ms); // the control thread may still owe its note of the last gap
    m_last = steady_clock::now();
    m_lastQueued = queuedSinceStart();
    double longest = 0;
    for (const Gap &gap : m_gaps)
        longest = std::max(longest, milliseconds(gap.to - gap.from) - stolenMs(gap));
    return longest;
}

double LoopTicker::longestRawMs()
{
    tick();
    double longest = 0;
    for (const Gap &gap : m_gaps)
        longest = std::max(longest, milliseconds(gap.to - gap.from));
    return longest;
}

bool LoopTicker::within(double limitMs)
{
    const double raw = longestRawMs(), net = longestStallMs();
    m_verdict = "longest stall " + QByteArray::number(net, 'f', 1) + " ms (" + QByteArray::number(raw, 'f', 1) + " ms by the clock), allowed "
        + QByteArray::number(limitMs, 'f', 1) + " ms";
    return net <= limitMs;
}

} // namespace kboss
