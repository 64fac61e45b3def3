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

// Compute centers on the world's server: list, add, delete; a new one gets the key center-7.
struct Centers {
    explicit Centers(ScriptedWorld &world)
    {
        const QMutexLocker lock(&world.mutex);
        world.spoil = [this](const SeenRequest &request) { return answer(request); };
    }

    static DatasetSpec spec()
    {
        DatasetSpec spec;
        spec.id = {QStringLiteral("test"), QStringLiteral("getCpclist"), QStringLiteral("{}")};
        spec.schema.resource = QStringLiteral("compute-center");
        spec.schema.key = QStringLiteral("id");
        for (const QString &id : {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("contactname")})
            spec.schema.fields.push_back({id, id, FieldType::Text, false, {}});
        spec.title = QStringLiteral("centers");
        return spec;
    }

    static WritePlan plan(const DatasetSpec &spec)
    {
        WritePlan plan;
        plan.action = QStringLiteral("compute-center.add");
        plan.resource = QStringLiteral("compute-center");
        plan.name = QStringLiteral("South");
        plan.dataset = spec;
        plan.call = {QStringLiteral("addCpclist"),
                     {{"name", "South"},
                      {"pcapi_url", "https://pcapi.example.com"},
                      {"api_user", "ops"},
                      {"api_pwd", "geheim-42"},
                      {"contactname", "Li"},
                      {"contactphone", "13800000000"}},
                     {}};
        plan.changes = {{QStringLiteral("name"), {}, Value(QStringLiteral("South"))},
                        {QStringLiteral("contactname"), {}, Value(QStringLiteral("Li"))}};
        plan.reread = Call{QStringLiteral("getCpclist"), nlohmann::json::object(), {}};
        plan.inverse = Call{QStringLiteral("deleteCpclist"), {{"id", "{id}"}}, {}};
        return plan;
    }

    QStringList keys(ScriptedWorld &world) const
    {
        const QMutexLocker lock(&world.mutex);
        QStringList keys;
        for (const nlohmann::json &center : rows)
            keys.append(QString::fromStdString(center["id"].get<std::string>()));
        return keys;
    }

    int deletes(ScriptedWorld &world) const
    {
        const QMutexLocker lock(&world.mutex);
        return deleted;
    }

    void rename(ScriptedWorld &world, const std::string &key, const char *name)
    {
        const QMutexLocker lock(&world.mutex);
        for (nlohmann::json &center : rows) {
            if (center["id"] == key)
                center["name"] = name;
        }
    }

private:
    std::optional<ServerAnswer> answer(const SeenRequest &request)
    {
        const QUrl url(QStringLiteral("http://x") + QString::fromUtf8(request.target));
        const QUrlQuery query(url);
        if (url.path().endsWith(QStringLiteral("get_cpclist.dspy")))
            return good({{"total", rows.size()}, {"rows", rows}});
        if (url.path().endsWith(QStringLiteral("add_cpclist.dspy"))) {
            rows.push_back(center("center-7", query.queryItemValue(QStringLiteral("name")), query.queryItemValue(QStringLiteral("contactname"))));
            return good(rows.back());
        }
        if (!url.path().endsWith(QStringLiteral("delete_cpclist.dspy")))
            return std::nullopt;
        ++deleted;
        const std::string id = query.queryItemValue(QStringLiteral("id")).toStdString();
        std::erase_if(rows, [&id](const nlohmann::json &center) { return center["id"] == id; });
        return good({{"id", id}});
    }

    static ServerAnswer good(const nlohmann::json &data)
    {
        return ServerAnswer::json(QByteArray::fromStdString(nlohmann::json{{"status", true}, {"msg", "ok"}, {"data", data}}.dump()));
    }

    static nlohmann::json center(const std::string &id, const QString &name, const QString &contact)
    {
        return {{"id", id}, {"name", name.toStdString()}, {"contactname", contact.toStdString()}};
    }

    std::vector<nlohmann::json> rows{center("center-1", QStringLiteral("North"), QStringLiteral("Wang"))};
    int deleted = 0;
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

    // The key of what a create made is known only from its answer: the journal keeps it, and the undo puts it in the place of {id}.
    void aCreateIsUndoneByTheKeyTheServiceGave()
    {
        Desk desk(0);
        Centers centers(desk.world);
        QVERIFY(desk.journal.open());
        const DatasetSpec spec = Centers::spec();
        QVERIFY(ScriptedWorld::wait(desk.sync.attach(spec)));
        const WritePlan plan = Centers::plan(spec);
        const auto made = ScriptedWorld::wait(desk.actions.run(plan));
        QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().detail));
        QVERIFY(made->undoable);
        QCOMPARE(made->row.key, QStringLiteral("center-7"));
        QCOMPARE(centers.keys(desk.world), (QStringList{QStringLiteral("center-1"), QStringLiteral("center-7")}));
        const auto entries = *desk.journal.read();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries.first().key, QStringLiteral("center-7"));
        QVERIFY(entries.first().inverse["parameters"]["id"] == "{id}");

        // Its intent was written before anybody knew the key: no guess is sent.
        const auto blind = ScriptedWorld::wait(desk.actions.undo(entries.last(), plan));
        QVERIFY(!blind);
        QCOMPARE(blind.error().kind, ErrorKind::Rejected);
        QCOMPARE(centers.deletes(desk.world), 0);

        const auto undone = ScriptedWorld::wait(desk.actions.undo(entries.first(), plan));
        QVERIFY2(undone.has_value(), qPrintable(undone ? QString() : undone.error().detail));
        QCOMPARE(centers.keys(desk.world), QStringList{QStringLiteral("center-1")}); // the other one is still there
        QCOMPARE(centers.deletes(desk.world), 1);
        const auto twice = ScriptedWorld::wait(desk.actions.undo(entries.first(), plan));
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, ErrorKind::NotFound);
        QCOMPARE(centers.deletes(desk.world), 1);
        QVERIFY(desk.journal.verify());
    }

    void undoingACreateIsRefusedAfterAForeignChange()
    {
        Desk desk(0);
        Centers centers(desk.world);
        QVERIFY(desk.journal.open());
        const DatasetSpec spec = Centers::spec();
        QVERIFY(ScriptedWorld::wait(desk.sync.attach(spec)));
        const WritePlan plan = Centers::plan(spec);
        QVERIFY(ScriptedWorld::wait(desk.actions.run(plan)));
        centers.rename(desk.world, "center-7", "renamed by somebody");
        const auto undone = ScriptedWorld::wait(desk.actions.undo(desk.journal.read()->first(), plan));
        QVERIFY(!undone);
        QCOMPARE(undone.error().kind, ErrorKind::Conflict);
        QCOMPARE(undone.error().field, QStringLiteral("name"));
        QCOMPARE(centers.deletes(desk.world), 0);
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
