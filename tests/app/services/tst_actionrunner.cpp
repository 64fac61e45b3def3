#include "app/services/actionrunner.h"
#include "tests/app/services/scriptedworld.h"

#include <QDirIterator>
#include <QSignalSpy>

using namespace kboss;

namespace {

struct Desk {
    explicit Desk(int rows)
        : world(rows), journal(world.folder.filePath(QStringLiteral("journal.jsonl")), world.clock),
          sync(world.client.get(), world.store.get(), world.clock), actions(world.client.get(), world.store.get(), &sync, &journal)
    {
        actions.setWho(QStringLiteral("liu"), QStringLiteral("test"));
    }

    bool ready()
    {
        if (!journal.open() || !ScriptedWorld::wait(sync.attach(spec)))
            return false;
        sync.refresh(spec.id);
        return QTest::qWaitFor([&] { return sync.freshness(spec.id).state == Freshness::State::Live; }, 10'000);
    }

    // The plan for another credit line of a row, as it is in the cache now.
    WritePlan plan(int index, int units) const
    {
        const QString key = QStringLiteral("ba-%1").arg(index);
        WritePlan plan;
        plan.action = QStringLiteral("billing-account.update");
        plan.resource = QStringLiteral("billing-account");
        plan.key = key;
        plan.name = key;
        for (const Row &row : world.rows(spec.id)) {
            if (row.key == key)
                plan.seen = row;
        }
        plan.dataset = spec;
        plan.call = update(key, units);
        plan.changes = {{QStringLiteral("credit_line"), plan.seen.cells.at(2), Value(Money{QStringLiteral("CNY"), units, 0})}};
        plan.reread = Call{QStringLiteral("listBillingAccounts"), {{"filter", "id = \"" + key.toStdString() + "\""}}, {}};
        plan.compare = {QStringLiteral("display_name"), QStringLiteral("credit_line")};
        plan.inverse = update(key, static_cast<int>(std::get<Money>(plan.seen.cells.at(2)).units));
        return plan;
    }

    static Call update(const QString &key, int units)
    {
        const std::string id = key.toStdString();
        return {QStringLiteral("updateBillingAccount"),
                {{"billing_account_id", id}},
                {{"id", id},
                 {"display_name", "account " + id.substr(3)},
                 {"credit_line", ScriptedWorld::money(units)},
                 {"threshold_balance", ScriptedWorld::money(10)}}};
    }

    void change(size_t index, const char *field, const nlohmann::json &value)
    {
        const QMutexLocker lock(&world.mutex);
        world.accounts[index][field] = value;
    }

    nlohmann::json onServer(size_t index, const char *field)
    {
        const QMutexLocker lock(&world.mutex);
        return world.accounts[index][field];
    }

    int patches() const
    {
        int count = 0;
        for (const SeenRequest &request : world.server.seen())
            count += request.method == "PATCH" ? 1 : 0;
        return count;
    }

    void spoilPatch(std::function<std::optional<ServerAnswer>()> how)
    {
        const QMutexLocker lock(&world.mutex);
        world.spoil = [how = std::move(how)](const SeenRequest &request) { return request.method == "PATCH" ? how() : std::nullopt; };
    }

    QStringList outcomes() const
    {
        QStringList outcomes;
        const auto entries = journal.read();
        for (const JournalEntry &entry : *entries)
            outcomes.prepend(entry.outcome);
        return outcomes;
    }

    ScriptedWorld world;
    DatasetSpec spec = ScriptedWorld::spec();
    Journal journal;
    SyncService sync;
    ActionRunner actions;
};

} // namespace

class TestActionRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesAndUndoes()
    {
        Desk desk(20);
        QVERIFY(desk.ready());
        QSignalSpy finished(&desk.actions, &ActionRunner::actionFinished);
        const WritePlan plan = desk.plan(3, 777);
        const auto outcome = ScriptedWorld::wait(desk.actions.run(plan));
        QVERIFY2(outcome.has_value(), qPrintable(outcome ? QString() : outcome.error().detail));
        QVERIFY(outcome->undoable);
        QVERIFY(outcome->row.cells.at(2) == Value(Money{QStringLiteral("CNY"), 777, 0}));
        QVERIFY(desk.onServer(3, "credit_line") == ScriptedWorld::money(777));
        QCOMPARE(desk.patches(), 1);
        QTRY_VERIFY(desk.plan(3, 1).seen.cells.at(2) == Value(Money{QStringLiteral("CNY"), 777, 0})); // patched in the cache
        QCOMPARE(desk.outcomes(), (QStringList{QStringLiteral("intent"), QStringLiteral("ok")}));
        QCOMPARE(finished.count(), 1);
        const JournalEntry entry = desk.journal.read()->first();
        QCOMPARE(entry.who, QStringLiteral("liu"));
        QVERIFY(entry.before["credit_line"]["units"] == "103");
        QVERIFY(entry.after["credit_line"]["units"] == "777");

        const auto undone = ScriptedWorld::wait(desk.actions.undo(entry, desk.plan(3, 777)));
        QVERIFY2(undone.has_value(), qPrintable(undone ? QString() : undone.error().detail));
        QVERIFY(desk.onServer(3, "credit_line") == ScriptedWorld::money(103));
        const JournalEntry undo = desk.journal.read()->at(1); // its intent
        QCOMPARE(undo.action, QStringLiteral("billing-account.update.undo"));
        QCOMPARE(undo.refersTo, outcome->journalNumber);
        const auto twice = ScriptedWorld::wait(desk.actions.undo(entry, desk.plan(3, 777)));
        QVERIFY(!twice); // it is not as the action left it any more
        QCOMPARE(twice.error().kind, ErrorKind::Conflict);
        QCOMPARE(desk.patches(), 2);
        QVERIFY(desk.journal.verify());
    }

    void undoIsRefusedAfterAForeignChange()
    {
        Desk desk(5);
        QVERIFY(desk.ready());
        QVERIFY(ScriptedWorld::wait(desk.actions.run(desk.plan(1, 500))));
        const JournalEntry entry = desk.journal.read()->first();
        desk.change(1, "credit_line", ScriptedWorld::money(501));
        const auto undone = ScriptedWorld::wait(desk.actions.undo(entry, desk.plan(1, 500)));
        QCOMPARE(undone.error().kind, ErrorKind::Conflict);
        QCOMPARE(undone.error().field, QStringLiteral("credit_line"));
        QVERIFY(desk.onServer(1, "credit_line") == ScriptedWorld::money(501));
    }

    void aRowThatChangedMeanwhileIsAConflictAndNothingIsSent()
    {
        Desk desk(5);
        QVERIFY(desk.ready());
        const WritePlan plan = desk.plan(2, 900);
        desk.change(2, "display_name", "renamed by somebody");
        const auto outcome = ScriptedWorld::wait(desk.actions.run(plan));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::Conflict);
        QCOMPARE(outcome.error().field, QStringLiteral("display_name"));
        QVERIFY(outcome.error().detail.contains(QStringLiteral("renamed by somebody")));
        QCOMPARE(desk.patches(), 0);
        QCOMPARE(desk.outcomes(), (QStringList{QStringLiteral("intent"), QStringLiteral("conflict")}));
    }

    void aLostAnswerIsReadAgainAndNeverRepeated_data()
    {
        QTest::addColumn<bool>("carriedOut");
        QTest::newRow("carried out") << true;
        QTest::newRow("not carried out") << false;
    }

    void aLostAnswerIsReadAgainAndNeverRepeated()
    {
        QFETCH(bool, carriedOut);
        Desk desk(5);
        QVERIFY(desk.ready());
        desk.spoilPatch([&desk, carriedOut]() -> std::optional<ServerAnswer> {
            if (carriedOut)
                desk.world.accounts[1]["credit_line"] = ScriptedWorld::money(600);
            ServerAnswer answer;
            answer.closeSilently = true;
            return answer;
        });
        const auto outcome = ScriptedWorld::wait(desk.actions.run(desk.plan(1, 600)));
        QCOMPARE(desk.patches(), 1);
        QCOMPARE(desk.outcomes(), (QStringList{QStringLiteral("intent"), QStringLiteral("unknown")}));
        if (carriedOut) {
            QVERIFY(outcome);
            QVERIFY(outcome->note.contains(QStringLiteral("the change is there")));
        } else {
            QVERIFY(!outcome);
            QVERIFY(outcome.error().kind != ErrorKind::Cancelled);
            QVERIFY2(outcome.error().detail.contains(QStringLiteral("not there so far")), qPrintable(outcome.error().detail));
        }
    }

    void aRefusalIsToldInTheServersWords()
    {
        Desk desk(5);
        QVERIFY(desk.ready());
        desk.spoilPatch([] {
            return std::optional(ServerAnswer::json(R"({"error":{"code":409,"message":"account is being closed","status":"ABORTED"}})", 409));
        });
        const auto outcome = ScriptedWorld::wait(desk.actions.run(desk.plan(1, 600)));
        QVERIFY(!outcome);
        QVERIFY(outcome.error().detail.contains(QStringLiteral("account is being closed")));
        QCOMPARE(desk.outcomes().size(), 2);
        QCOMPARE(desk.outcomes().last(), errorKindName(outcome.error().kind));
    }

    void manyGoOnAfterAFailureAndTheFailedCanBeTriedAgain()
    {
        Desk desk(12);
        QVERIFY(desk.ready());
        std::vector<WritePlan> plans;
        for (int i = 0; i < 10; ++i)
            plans.push_back(desk.plan(i, 5'000 + i));
        desk.change(4, "display_name", "renamed");
        BulkRun *bulk = desk.actions.runMany(plans, QStringLiteral("credit lines"));
        QList<int> ready;
        connect(bulk, &BulkRun::resultReady, this, [&ready](int index) { ready.append(index); });
        std::vector<WritePlan> failed;
        QCOMPARE(endOf(bulk, &failed), Job::State::Done);
        QCOMPARE(ready.size(), 10);
        QCOMPARE(failed.size(), size_t(1));
        QCOMPARE(failed.front().key, QStringLiteral("ba-4"));
        QCOMPARE(desk.patches(), 9);
        desk.change(4, "display_name", "account 4");
        QCOMPARE(endOf(desk.actions.runMany(failed, QStringLiteral("again")), &failed), Job::State::Done);
        QVERIFY(failed.empty());
        QVERIFY(desk.onServer(4, "credit_line") == ScriptedWorld::money(5'004));
    }

    void manyStopBetweenTwoRows()
    {
        Desk desk(12);
        QVERIFY(desk.ready());
        std::vector<WritePlan> plans;
        for (int i = 0; i < 10; ++i)
            plans.push_back(desk.plan(i, 5'000 + i));
        BulkRun *bulk = desk.actions.runMany(plans, QStringLiteral("credit lines"));
        connect(bulk, &BulkRun::resultReady, bulk, [bulk](int index) {
            if (index == 2)
                bulk->cancel();
        });
        std::vector<WritePlan> failed;
        QCOMPARE(endOf(bulk, &failed), Job::State::Cancelled);
        QCOMPARE(desk.patches(), 3);
        QCOMPARE(desk.outcomes().count(QStringLiteral("ok")), 3); // none left half-told
    }

    void readOnlyAndOfflineAreRefusedBeforeTheJournal()
    {
        Desk desk(3);
        QVERIFY(desk.ready());
        const WritePlan plan = desk.plan(1, 600);
        desk.actions.setReadOnly(true);
        QCOMPARE(ScriptedWorld::wait(desk.actions.run(plan)).error().kind, ErrorKind::Forbidden);
        desk.actions.setReadOnly(false);
        desk.world.client->setOfflineByChoice(true);
        QCOMPARE(ScriptedWorld::wait(desk.actions.run(plan)).error().kind, ErrorKind::Offline);
        desk.actions.setClient(nullptr);
        QCOMPARE(ScriptedWorld::wait(desk.actions.run(plan)).error().kind, ErrorKind::Offline);
        QVERIFY(desk.journal.read()->isEmpty());
        QCOMPARE(desk.patches(), 0);
    }

    void secretsTravelInMemoryOnly()
    {
        Desk desk(3);
        QVERIFY(desk.ready());
        WritePlan plan = desk.plan(1, 600);
        plan.carry = {QStringLiteral("password_pay")};
        plan.changes.push_back({QStringLiteral("password_pay"), SecretMark{}, Value(QStringLiteral("geheim-43"))});
        plan.inverse->body["password_pay"] = "geheim-44";
        desk.spoilPatch([] {
            return std::optional(
                ServerAnswer::json(R"({"error":{"code":400,"message":"password geheim-42 is weak","status":"INVALID_ARGUMENT"}})", 400));
        });
        const auto outcome = ScriptedWorld::wait(desk.actions.run(plan));
        QVERIFY(!outcome);
        QVERIFY2(!outcome.error().detail.contains(QStringLiteral("geheim")), qPrintable(outcome.error().detail));
        ScriptedWorld::wait(desk.world.store->flush());
        QDirIterator files(desk.world.folder.path(), QDir::Files, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("geheim"), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked >= 2); // cache and journal
        QVERIFY(desk.journal.read()->first().after["password_pay"] == "••••••");
    }

private:
    static Job::State endOf(BulkRun *bulk, std::vector<WritePlan> *failed)
    {
        auto end = std::make_shared<std::optional<Job::State>>();
        connect(bulk, &Job::finished, bulk, [end, bulk, failed] {
            *end = bulk->state();
            *failed = bulk->failedPlans();
        });
        return QTest::qWaitFor([end] { return end->has_value(); }, 15'000) ? end->value() : Job::State::Running;
    }
};

QTEST_GUILESS_MAIN(TestActionRunner)
#include "tst_actionrunner.moc"
