#include "app/services/freshnessrules.h"
#include "app/services/pagecursor.h"

#include "tests/support/fakeclock.h"

#include <QTest>

using namespace kboss;
using State = Freshness::State;

class TestFreshnessRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fromNothingToLiveToOldToFailed()
    {
        FakeClock clock;
        FreshnessInput input;
        const auto state = [&] {
            input.nowMs = clock.nowMs();
            return freshnessOf(input).state;
        };
        QCOMPARE(state(), State::None);
        input.reachable = true;
        QCOMPARE(state(), State::None);
        input.refreshing = true;
        QCOMPARE(state(), State::Partial);
        input.refreshing = false;
        input.info.rows = 300; // the first fetch was broken off
        QCOMPARE(state(), State::Partial);
        input.failed = true;
        QCOMPARE(state(), State::Failed);
        input.failed = false;
        input.info.complete = true;
        input.info.fetchedMs = clock.nowMs();
        QCOMPARE(state(), State::Live);
        clock.advance(30'000);
        QCOMPARE(state(), State::Live);
        clock.advance(1);
        QCOMPARE(state(), State::Cached);
        QCOMPARE(freshnessOf(input).asOfMs, clock.nowMs() - 30'001);
        input.refreshing = true; // still old until the new rows are there
        QCOMPARE(state(), State::Cached);
        input.refreshing = false;
        input.failed = true;
        QCOMPARE(state(), State::Failed);
        QCOMPARE(freshnessOf(input).asOfMs, input.info.fetchedMs);
    }

    void neverLiveWithoutAServer()
    {
        FreshnessInput input;
        input.info.complete = true;
        input.info.fetchedMs = input.nowMs = 1'000'000;
        QCOMPARE(freshnessOf(input).state, State::Cached);
    }

    void aClockSetBackDoesNotMakeOldRowsLive()
    {
        FreshnessInput input;
        input.reachable = true;
        input.info.complete = true;
        input.info.fetchedMs = 1'000'000'000;
        input.nowMs = input.info.fetchedMs - 3'600'000;
        QCOMPARE(freshnessOf(input).state, State::Cached);
    }

    void pollsWithinThePeriodAndBacksOff()
    {
        for (const double random : {0.0, 0.5, 1.0}) {
            const qint64 usual = nextPollMs(30'000, 0, 100, random);
            QVERIFY(usual >= 21'000 && usual <= 27'000);
            QVERIFY(nextPollMs(30'000, 0, 60'000, random) >= 120'000); // a long refresh is not begun at once again
            qint64 before = 0;
            for (int failures = 1; failures < 6; ++failures) {
                const qint64 pause = nextPollMs(10'000, failures, 0, random);
                QVERIFY(pause >= before && pause <= 300'000);
                before = pause;
            }
        }
        QVERIFY(nextPollMs(30'000, 50, 0, 1.0) <= 300'000);
        QVERIFY(nextPollMs(30'000, 0, 0, 0.0) != nextPollMs(30'000, 0, 0, 1.0));
    }

    void cursorEndsWhereTheServiceEnds()
    {
        Operation operation;
        operation.id = QStringLiteral("list");
        operation.paging.kind = Paging::Kind::PageRows;
        operation.paging.pageParameter = QStringLiteral("page");
        operation.paging.sizeParameter = QStringLiteral("rows");
        operation.paging.maxSize = 50;
        PageCursor cursor(operation, {{"cpcid", "c1"}});
        QVERIFY(cursor.call().parameters == nlohmann::json({{"cpcid", "c1"}, {"page", 1}, {"rows", 50}}));
        DecodedPage page;
        page.total = 100;
        page.skippedRows = 50; // rows count, whatever they hold
        QVERIFY(cursor.advance(page));
        QVERIFY(!cursor.atEnd());
        QVERIFY(cursor.call().parameters["page"] == 2);
        QVERIFY(!cursor.canLookAhead());
        page.total = 101;
        QVERIFY(cursor.advance(page));
        QVERIFY(cursor.totalChanged());
        QVERIFY(!cursor.atEnd());
        page.skippedRows = 0;
        const auto empty = cursor.advance(page);
        QVERIFY(!empty);
        QCOMPARE(empty.error().kind, ErrorKind::Protocol);
    }

    void cursorDoesNotGoInCircles()
    {
        Operation operation;
        operation.paging.kind = Paging::Kind::PageToken;
        operation.paging.pageParameter = QStringLiteral("page_token");
        operation.paging.sizeParameter = QStringLiteral("page_size");
        PageCursor cursor(operation, nlohmann::json::object());
        QVERIFY(!cursor.call().parameters.contains("page_token"));
        DecodedPage page;
        page.nextPageToken = QStringLiteral("t1");
        QVERIFY(cursor.advance(page));
        QVERIFY(cursor.call().parameters["page_token"] == "t1");
        QVERIFY(!cursor.advance(page));
        cursor.restart();
        for (const char *token : {"t1", "t2", "t3"}) {
            page.nextPageToken = QString::fromLatin1(token);
            QVERIFY(cursor.advance(page));
        }
        page.nextPageToken = QStringLiteral("t1"); // a longer way round
        const auto circle = cursor.advance(page);
        QVERIFY(!circle);
        QCOMPARE(circle.error().kind, ErrorKind::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestFreshnessRules)
#include "tst_freshnessrules.moc"
