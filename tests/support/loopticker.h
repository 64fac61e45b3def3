#pragma once

#include <QTimer>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace kboss {

// Watches the thread it was made on: a 1 ms timer and a clock. A stall is the time between two ticks, less what the machine itself took away
// (the thread's waiting time in the run queue as the kernel counts it, or the oversleep of a control thread in that time, whichever is more),
// so that a loaded machine does not fail a test that is in order. QVERIFY2(ticker.within(50), ticker.verdict()) is the usual line.
class LoopTicker : public QObject {
public:
    explicit LoopTicker(QObject *parent = nullptr);
    ~LoopTicker() override;

    void reset();
    double longestStallMs(); // counts the time since the last tick as well
    double longestRawMs(); // without taking anything away
    bool within(double limitMs);
    const char *verdict() const { return m_verdict.constData(); }

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Gap {
        Time from, to;
        double queuedMs = 0;
    };

    void tick();
    double queuedSinceStart() const;
    void watchMachine(std::stop_token stop);
    double stolenMs(const Gap &gap);

    QTimer m_timer;
    Time m_last;
    double m_lastQueued = 0;
    std::vector<Gap> m_gaps; // of 5 ms and more
    int m_schedstat = -1;
    QByteArray m_verdict;

    std::mutex m_mutex;
    std::vector<Gap> m_oversleeps;
    std::jthread m_control;
};

} // namespace kboss
