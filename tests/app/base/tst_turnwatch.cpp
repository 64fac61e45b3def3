#include "tests/support/turnwatch.h"

#include <QTest>
#include <QTimer>
#include <thread>

using namespace kboss;
using namespace std::chrono_literals;

namespace {

void burn(std::chrono::milliseconds span)
{
    timespec now{};
    const auto busy = [&now] {
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
    };
    const auto end = busy() + span;
    while (busy() < end) { }
}

// Turns of the loop for so long, one of which does the work.
void loopWith(const std::function<void()> &work)
{
    bool done = false;
    QTimer::singleShot(20ms, qApp, work);
    QTimer::singleShot(300ms, qApp, [&done] { done = true; });
    QTRY_VERIFY_WITH_TIMEOUT(done, 20'000);
}

} // namespace

class TestTurnWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aQuietLoopIsQuiet()
    {
        TurnWatch watch;
        loopWith([] {});
        QVERIFY2(watch.turns() > 20, watch.words());
        QVERIFY2(watch.longestBusyMs() < 50 && watch.longestStallMs() < 50, watch.words());
    }
    void workIsSeen()
    {
        TurnWatch watch;
        loopWith([] { burn(80ms); });
        QVERIFY2(watch.longestBusyMs() >= 80 && watch.longestStallMs() >= 79, watch.words());
    }
    void blockingIsSeen()
    {
        TurnWatch watch;
        loopWith([] { std::this_thread::sleep_for(80ms); });
        QVERIFY2(watch.longestBusyMs() < 50 && watch.longestStallMs() >= 70, watch.words());
    }
    void theLoadOfOthersIsNotOurs()
    {
        std::vector<std::jthread> others;
        for (unsigned i = 0; i < 6 * std::max(1u, std::thread::hardware_concurrency()); ++i)
            others.emplace_back([](const std::stop_token &stop) {
                while (!stop.stop_requested()) { }
            });
        TurnWatch watch;
        loopWith([] { burn(20ms); });
        QVERIFY2(watch.longestBusyMs() < 50 && watch.longestStallMs() < 50, watch.words());
    }
};

QTEST_GUILESS_MAIN(TestTurnWatch)
#include "tst_turnwatch.moc"
