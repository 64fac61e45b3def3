#include "tests/app/services/scriptedworld.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QSignalSpy>

using namespace kboss;
using State = Freshness::State;

class TestSyncService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pagesToTheEndWithProgress()
    {
        ScriptedWorld world(2'345);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        QCOMPARE(sync.freshness(spec.id).state, State::None);
        QSignalSpy started(&sync, &SyncService::jobStarted);
        Job *job = sync.refresh(spec.id);
        QCOMPARE(sync.refresh(spec.id), job); // never two
        QCOMPARE(started.count(), 1);
        QList<qint64> progress;
        connect(job, &Job::changed, this, [&] { progress.append(job->done()); });
        QVERIFY(runsTo(job, Job::State::Done));
        QVERIFY(progress.contains(1'000) && progress.contains(2'345));
        QCOMPARE(world.server.seenCount(), 3);
        QVERIFY(world.server.seen().at(1).target.contains("page_token=1000"));
        QCOMPARE(world.rows(spec.id).size(), size_t(2'345));
        QCOMPARE(sync.freshness(spec.id).state, State::Live);
        QCOMPARE(sync.freshness(spec.id).asOfMs, world.clock.nowMs());
        QCOMPARE(sync.lastError(spec.id).kind, ErrorKind::Cancelled);
    }

    void aBrokenPageKeepsTheOldRows_data()
    {
        QTest::addColumn<QByteArray>("kind");
        for (const char *kind : {"html", "cut", "types", "500", "401", "hang"})
            QTest::newRow(kind) << QByteArray(kind);
    }

    void aBrokenPageKeepsTheOldRows()
    {
        QFETCH(QByteArray, kind);
        ScriptedWorld world(1'500);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        QVERIFY(runsTo(sync.refresh(spec.id), Job::State::Done));
        const Freshness before = sync.freshness(spec.id);
        world.clock.advance(5'000);
        spoil(world, [kind](const SeenRequest &request) -> std::optional<ServerAnswer> {
            if (!request.target.contains("page_token"))
                return ServerAnswer::json(R"({"billing_accounts":[{"id":"ba-0","display_name":"new"}],"next_page_token":"1","total_size":2})");
            if (kind == "html")
                return ServerAnswer::html();
            if (kind == "401")
                return ServerAnswer::json(R"({"error":{"code":401,"message":"expired","status":"UNAUTHENTICATED"}})", 401);
            if (kind == "500")
                return ServerAnswer::json(R"({"error":{"code":500,"message":"disk on fire","status":"INTERNAL"}})", 500);
            if (kind == "types")
                return ServerAnswer::json(R"({"billing_accounts":{"a":1},"next_page_token":3})");
            ServerAnswer answer = ServerAnswer::json(R"({"billing_accounts":[)");
            answer.promisedLength = 5'000;
            answer.closeAfter = kind == "cut";
            answer.hang = kind == "hang";
            return answer;
        });
        Job *job = sync.refresh(spec.id);
        QVERIFY(runsTo(job, Job::State::Failed));
        const Error error = sync.lastError(spec.id);
        QVERIFY(!error.detail.isEmpty());
        const Freshness after = sync.freshness(spec.id);
        QVERIFY2(after.state == State::Failed || after.state == State::Cached, "never live");
        if (kind != "hang" && kind != "cut")
            QCOMPARE(after.state, State::Failed);
        if (kind == "401")
            QCOMPARE(error.kind, ErrorKind::Auth);
        if (kind == "500")
            QVERIFY(error.detail.contains(QStringLiteral("disk on fire")));
        QCOMPARE(after.asOfMs, before.asOfMs);
        const auto rows = world.rows(spec.id);
        QCOMPARE(rows.size(), size_t(1'500));
        QVERIFY(rows.front().cells[1] == Value(QStringLiteral("account 0"))); // nothing of the broken one
        spoil(world, nullptr);
        QVERIFY(runsTo(sync.refresh(spec.id), Job::State::Done));
        QCOMPARE(sync.freshness(spec.id).state, State::Live);
    }

    void aRefusedPageTokenBeginsOnceAgain()
    {
        ScriptedWorld world(1'200);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        auto refusals = std::make_shared<int>(1);
        spoil(world, [refusals](const SeenRequest &request) -> std::optional<ServerAnswer> {
            if (!request.target.contains("page_token") || (*refusals)-- <= 0)
                return std::nullopt;
            return ServerAnswer::json(R"({"error":{"code":400,"message":"page token expired","status":"INVALID_ARGUMENT"}})", 400);
        });
        QVERIFY(runsTo(sync.refresh(spec.id), Job::State::Done));
        QCOMPARE(world.rows(spec.id).size(), size_t(1'200));
        QCOMPARE(world.server.seenCount(), 4);
        *refusals = 2;
        QVERIFY(runsTo(sync.refresh(spec.id), Job::State::Failed)); // once only
        QVERIFY(sync.lastError(spec.id).detail.contains(QStringLiteral("page token expired")));
        QCOMPARE(world.rows(spec.id).size(), size_t(1'200));
    }

    void cancelIsSilentAndQuick()
    {
        ScriptedWorld world(10);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        spoil(world, [](const SeenRequest &) {
            ServerAnswer answer;
            answer.hang = true;
            return std::optional(answer);
        });
        Job *job = sync.refresh(spec.id);
        QTRY_COMPARE(world.server.seenCount(), 1);
        QCOMPARE(sync.freshness(spec.id).state, State::Partial);
        job->cancel();
        QVERIFY(runsTo(job, Job::State::Cancelled));
        QCOMPARE(sync.freshness(spec.id).state, State::None);
        QCOMPARE(sync.lastError(spec.id).kind, ErrorKind::Cancelled);
    }

    void agesAndPollsOnlyWhileVisible()
    {
        ScriptedWorld world(3);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        sync.setVisible(spec.id, true);
        sync.setVisible(spec.id, true);
        QTRY_COMPARE(sync.freshness(spec.id).state, State::Live);
        QCOMPARE(world.server.seenCount(), 1);
        world.clock.advance(9'000); // a small step: no sleep
        sync.setVisible(spec.id, false);
        letPass(1'200); // a tick: nothing is due
        QCOMPARE(world.server.seenCount(), 1);
        for (int i = 0; i < 3; ++i) {
            world.clock.advance(9'000);
            letPass(1'200);
        }
        QTRY_COMPARE(world.server.seenCount(), 2); // one view is still there
        QTRY_COMPARE(sync.freshness(spec.id).state, State::Live);
        sync.setVisible(spec.id, false);
        for (int i = 0; i < 4; ++i) {
            world.clock.advance(9'000);
            letPass(1'100);
        }
        QCOMPARE(world.server.seenCount(), 2);
        QCOMPARE(sync.freshness(spec.id).state, State::Cached);
    }

    void asksAtOnceAfterSleep()
    {
        ScriptedWorld world(3);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec(3'600);
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        sync.setVisible(spec.id, true);
        QTRY_COMPARE(sync.freshness(spec.id).state, State::Live);
        QCOMPARE(world.server.seenCount(), 1);
        world.clock.advance(600'000); // ten minutes passed that the program did not see; the period is an hour
        QTRY_COMPARE_WITH_TIMEOUT(world.server.seenCount(), 2, 3'000);
    }

    void aWriteRepeatsARefreshThatWasUnderWay()
    {
        QSemaphore asked, told; // the answer waits until the write is told
        ScriptedWorld world(3);
        SyncService sync(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        spoil(world, [&asked, &told](const SeenRequest &) -> std::optional<ServerAnswer> {
            asked.release();
            told.tryAcquire(1, 5'000);
            return std::nullopt;
        });
        Job *job = sync.refresh(spec.id);
        QTRY_COMPARE(asked.available(), 1);
        sync.afterWrite(spec.id, true);
        told.release(2);
        QVERIFY(runsTo(job, Job::State::Done));
        QTRY_COMPARE(world.server.seenCount(), 2);
        sync.afterWrite(spec.id, true); // patched, none under way: nothing to do
        QTRY_COMPARE(sync.freshness(spec.id).state, State::Live);
        QCOMPARE(world.server.seenCount(), 2);
    }

    void withoutAClientItSaysSo()
    {
        ScriptedWorld world(3);
        SyncService sync(nullptr, world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync.attach(spec)));
        sync.setVisible(spec.id, true);
        Job *job = sync.refresh(spec.id);
        QVERIFY(runsTo(job, Job::State::Failed));
        QCOMPARE(sync.lastError(spec.id).kind, ErrorKind::Offline);
        sync.setClient(world.client.get());
        QTRY_COMPARE(sync.freshness(spec.id).state, State::Live);
        QCOMPARE(world.rows(spec.id).size(), size_t(3));
    }

    void endsWhileItIsAtWork()
    {
        ScriptedWorld world(5'000);
        auto sync = std::make_unique<SyncService>(world.client.get(), world.store.get(), world.clock);
        const DatasetSpec spec = ScriptedWorld::spec();
        QVERIFY(ScriptedWorld::wait(sync->attach(spec)));
        spoil(world, [](const SeenRequest &request) -> std::optional<ServerAnswer> {
            ServerAnswer answer;
            answer.hang = true;
            return request.target.contains("page_token=3000") ? std::optional(answer) : std::nullopt;
        });
        QPointer<Job> job = sync->refresh(spec.id);
        QTRY_VERIFY(job->done() > 0);
        int ended = 0;
        connect(job, &Job::finished, this, [&ended] { ++ended; });
        sync.reset();
        QCOMPARE(ended, 1);
        QVERIFY(!job);
    }

private:
    // For "nothing happens": there is no event to wait for.
    static void letPass(int ms)
    {
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(timer.elapsed() >= ms, ms + 2'000);
    }

    static void spoil(ScriptedWorld &world, std::function<std::optional<ServerAnswer>(const SeenRequest &)> how)
    {
        const QMutexLocker lock(&world.mutex);
        world.spoil = std::move(how);
    }

    static bool runsTo(Job *job, Job::State state)
    {
        std::optional<Job::State> end;
        connect(job, &Job::finished, job, [&end, job] { end = job->state(); });
        return QTest::qWaitFor([&end] { return end.has_value(); }, 15'000) && end == state;
    }
};

QTEST_GUILESS_MAIN(TestSyncService)
#include "tst_syncservice.moc"
