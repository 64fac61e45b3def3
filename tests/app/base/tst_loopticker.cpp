#include "tests/support/loopticker.h"

#include <QTest>
#include <thread>

using namespace kboss;
using namespace std::chrono_literals;

class TestLoopTicker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quietLoopPasses();
    void sleepingHandlerIsCaught();
    void busyHandlerIsCaught();
    void loadOfOthersIsNotBlamed();
};

namespace {

void runFor(std::chrono::milliseconds span)
{
    const auto end = std::chrono::steady_clock::now() + span;
    QTRY_VERIFY_WITH_TIMEOUT(std::chrono::steady_clock::now() >= end, 20'000);
}

void burn(std::chrono::milliseconds span)
{
    const auto end = std::chrono::steady_clock::now() + span;
    volatile quint64 work = 0;
    while (std::chrono::steady_clock::now() < end)
        work = work + 1;
}

} // namespace

void TestLoopTicker::quietLoopPasses()
{
    LoopTicker ticker;
    runFor(200ms);
    QVERIFY2(ticker.within(50), ticker.verdict());
}

void TestLoopTicker::sleepingHandlerIsCaught()
{
    LoopTicker ticker;
    QTimer::singleShot(20, this, [] { std::this_thread::sleep_for(120ms); });
    runFor(200ms);
    QVERIFY2(!ticker.within(50), ticker.verdict());
    QVERIFY(ticker.longestRawMs() >= 119);
    ticker.reset();
    runFor(50ms);
    QVERIFY2(ticker.within(50), ticker.verdict());
}

void TestLoopTicker::busyHandlerIsCaught()
{
    LoopTicker ticker;
    QTimer::singleShot(20, this, [] { burn(300ms); });
    runFor(400ms);
    QVERIFY2(!ticker.within(50), ticker.verdict());
}

void TestLoopTicker::loadOfOthersIsNotBlamed()
{
    std::vector<std::jthread> others;
    for (unsigned i = 0; i < 4 * std::max(1U, std::thread::hardware_concurrency()); ++i)
        others.emplace_back([] { burn(700ms); });
    LoopTicker ticker;
    runFor(500ms);
    QVERIFY2(ticker.within(50), ticker.verdict());
}

QTEST_GUILESS_MAIN(TestLoopTicker)
#include "tst_loopticker.moc"
