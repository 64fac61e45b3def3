#include "tests/support/turnwatch.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace kboss {

TurnWatch::TurnWatch(QObject *parent) : QObject(parent), m_schedstat(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC))
{
    m_last = now();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.callOnTimeout(this, [this] { tick(); });
    m_timer.start(1);
}

TurnWatch::~TurnWatch()
{
    if (m_schedstat >= 0)
        ::close(m_schedstat);
}

TurnWatch::Now TurnWatch::now() const
{
    Now now{std::chrono::steady_clock::now(), 0, 0};
    timespec busy{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &busy);
    now.busyMs = static_cast<double>(busy.tv_sec) * 1e3 + static_cast<double>(busy.tv_nsec) / 1e6;
    char text[128] = {};
    unsigned long long ran = 0, queued = 0;
    if (m_schedstat >= 0 && ::pread(m_schedstat, text, sizeof text - 1, 0) > 0 && std::sscanf(text, "%llu %llu", &ran, &queued) == 2)
        now.queuedMs = static_cast<double>(queued) / 1e6;
    return now;
}

void TurnWatch::tick()
{
    const Now here = now();
    const double raw = std::chrono::duration<double, std::milli>(here.wall - m_last.wall).count();
    ++m_turns;
    m_longestRaw = std::max(m_longestRaw, raw);
    m_longestBusy = std::max(m_longestBusy, here.busyMs - m_last.busyMs);
    m_longestStall = std::max(m_longestStall, raw - (here.queuedMs - m_last.queuedMs));
    m_last = here;
}

QByteArray TurnWatch::words() const
{
    const auto text = [](double ms) { return QByteArray::number(ms, 'f', 1); };
    return QByteArray::number(m_turns) + " turns of the loop; the longest: " + text(m_longestBusy) + " ms of the processor, " + text(m_longestStall)
        + " ms without what the machine took, " + text(m_longestRaw) + " ms by the clock";
}

} // namespace kboss
