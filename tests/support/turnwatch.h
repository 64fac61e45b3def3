#pragma once

#include <QByteArray>
#include <QTimer>
#include <chrono>

namespace kboss {

// Watches how long the event loop of the thread it was made on leaves a 1 ms timer waiting, and what the thread did meanwhile. What the machine took away is not
// counted: the processor's time is by the thread's own clock, and a wait is less the thread's time in the run queue as the kernel counts it. So it tells work and
// blocking on this thread from a machine that is busy with something else. (LoopTicker judges a wait as a whole.)
class TurnWatch : public QObject {
public:
    explicit TurnWatch(QObject *parent = nullptr);
    ~TurnWatch() override;

    double longestBusyMs() const { return m_longestBusy; } // processor's time of this thread within one wait
    double longestStallMs() const { return m_longestStall; } // one wait, less the run queue's
    double longestRawMs() const { return m_longestRaw; } // one wait, by the clock on the wall
    int turns() const { return m_turns; }
    QByteArray words() const;

private:
    struct Now {
        std::chrono::steady_clock::time_point wall;
        double busyMs = 0, queuedMs = 0;
    };
    Now now() const;
    void tick();

    QTimer m_timer;
    int m_schedstat = -1, m_turns = 0;
    Now m_last;
    double m_longestBusy = 0, m_longestStall = 0, m_longestRaw = 0;
};

} // namespace kboss
