#include "app/services/serverfeatures.h"
#include "tests/support/kboss.h"
#include "tests/support/scriptedserver.h"
#include "tests/ui/consolefixture.h"
#include "ui/serverjobs.h"

#include <QJsonDocument>
#include <QMutex>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// Jobs of the service among the jobs of the console.
class TestServerJobs : public QObject {
    Q_OBJECT

    QMutex m_mutex;
    QJsonArray m_open, m_ended; // what the scripted service answers

    static QJsonObject row(const QString &id, const QString &state, int percent, const QString &message = {})
    {
        return {{u"id"_s, id},
                {u"kind"_s, u"new_worker"_s},
                {u"cpcid"_s, u"center-1"_s},
                {u"clusterid"_s, u"c1"_s},
                {u"clustername"_s, u"gpu-01"_s},
                {u"node_name"_s, u"idle-07"_s},
                {u"state"_s, state},
                {u"step"_s, 2},
                {u"step_count"_s, 6},
                {u"step_name"_s, u"step at %1"_s.arg(percent)},
                {u"percent"_s, percent},
                {u"message"_s, message}};
    }
    void say(const QJsonArray &open, const QJsonArray &ended = {})
    {
        const QMutexLocker lock(&m_mutex);
        m_open = open;
        m_ended = ended;
    }
    // A service that has jobs and nothing else.
    void script(ScriptedServer &server)
    {
        server.answerWith([this](const SeenRequest &request) {
            if (!request.target.contains("get_cpcjob"))
                return ServerAnswer::html(404);
            const QMutexLocker lock(&m_mutex);
            const QJsonArray rows = request.target.contains("open=1") ? m_open : m_ended;
            return ServerAnswer::json(
                QJsonDocument(
                    QJsonObject{{u"status"_s, true}, {u"msg"_s, u"ok"_s}, {u"data"_s, QJsonObject{{u"total"_s, rows.size()}, {u"rows"_s, rows}}}})
                    .toJson());
        });
    }
    static int asked(const ScriptedServer &server)
    {
        int count = 0;
        for (const SeenRequest &request : server.seen())
            count += request.target.contains("get_cpcjob");
        return count;
    }
    static bool openAt(ConsoleFixture &world, const QUrl &url)
    {
        const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
        world.contracts = std::make_shared<const ContractSet>(*ContractSet::load(source + u"/resources/api"_s));
        world.resources = *ResourceSet::load(source + u"/resources/views"_s, *world.contracts);
        setCurrentLanguage(u"en"_s);
        world.jobs = std::make_unique<JobList>(world.clock);
        world.trace = std::make_unique<TraceLog>(world.data.filePath(u"trace.jsonl"_s));
        return world.openSession(url);
    }

private Q_SLOTS:
    void cleanup() { say({}); }

    // A join is started, the console is closed and opened again: the job is there, and becomes done.
    void aJoinIsFoundAgainAndBecomesDone()
    {
        ConsoleFixture world;
        QVERIFY2(world.open(u"small"_s, {u"--job-seconds"_s, u"15"_s}), qPrintable(world.failure));
        HttpClient http(world.service.url());
        const auto get = [&](const QString &path, const Items &items) { return http.get(u"/dev/cpcc/"_s + path, queryOf(items)); };
        const QString center = rowsOf(get(u"cpclist/get_cpclist.dspy"_s, {})).first()[u"id"_s].toString();
        const QString cluster = rowsOf(get(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, center}})).first()[u"id"_s].toString();
        const QString idle =
            get(u"cpcnode/get_cpcidle_device.dspy"_s, {{u"cpcid"_s, center}}).json()[u"data"_s].toArray().first()[u"id"_s].toString();
        QStringList opened;
        world.context.openRow = [&](const QString &resource, const QStringList &masters, const QString &key, const QString &) {
            opened = QStringList{resource} + masters + QStringList{key};
        };
        QTRY_COMPARE_WITH_TIMEOUT(world.session->state(), Session::State::Online, 10'000);
        auto jobs = std::make_unique<ServerJobs>(world.context);
        QTRY_VERIFY(!jobs->isAsking()); // nothing runs: nobody asks
        QCOMPARE(world.jobs->running(), 0);
        QCOMPARE(world.session->features()->support(u"newCpcworker"_s), Support::Known); // it answered an extension of its own

        const HttpAnswer joined = http.post(u"/dev/cpcc/cpcworker/new_cpcworker.dspy"_s,
                                            queryOf({{u"cpcid"_s, center}, {u"clusterid"_s, cluster}, {u"worker_nodeid"_s, idle}}));
        QVERIFY2(isGood(joined), joined.body.constData());
        const QString id = dataOf(joined)[u"jobid"_s].toString();
        Q_EMIT world.session->actions()->actionFinished(u"cluster-worker.create"_s, idle, 1);
        QTRY_COMPARE_WITH_TIMEOUT(world.jobs->running(), 1, 5'000);
        QVERIFY(world.jobs->newestRunning()->title.startsWith(u"New worker · "_s));
        QTRY_VERIFY_WITH_TIMEOUT(world.jobs->newestRunning() && world.jobs->newestRunning()->done > 0, 5'000);
        QVERIFY(jobs->isAsking());

        jobs.reset(); // the console is closed
        QCOMPARE(world.jobs->running(), 0);
        jobs = std::make_unique<ServerJobs>(world.context); // and opened
        QTRY_COMPARE_WITH_TIMEOUT(world.jobs->running(), 1, 5'000);
        const int number = world.jobs->newestRunning()->number;
        QTRY_VERIFY_WITH_TIMEOUT(world.notice.startsWith(u"Done: New worker"_s), 40'000);
        QCOMPARE(world.jobs->running(), 0);
        const auto record =
            std::find_if(world.jobs->records().begin(), world.jobs->records().end(), [&](const JobRecord &r) { return r.number == number; });
        QCOMPARE(record->state, Job::State::Done);
        QVERIFY(record->log.size() > 1); // the steps it went through
        for (const QString &line : record->log) // in the words of the language
            QVERIFY2(std::all_of(line.begin(), line.end(), [](QChar c) { return c.unicode() < 0x3000; }), qPrintable(line));
        world.noticeRun();
        QCOMPARE(opened, (QStringList{u"cluster-job"_s, center, id}));
        QTRY_VERIFY(!jobs->isAsking());
        jobs.reset();
        world.session.reset();
    }

    void tellsWhatEndedWhileItWasClosed()
    {
        ScriptedServer server;
        script(server);
        ConsoleFixture world;
        say({row(u"j1"_s, u"running"_s, 40)});
        QVERIFY(openAt(world, server.url()));
        auto jobs = std::make_unique<ServerJobs>(world.context);
        QTRY_COMPARE_WITH_TIMEOUT(world.jobs->running(), 1, 10'000);
        jobs.reset();
        say({}, {row(u"j1"_s, u"failed"_s, 60, u"the node does not answer"_s)});
        jobs = std::make_unique<ServerJobs>(world.context);
        QTRY_COMPARE_WITH_TIMEOUT(world.notice, u"Failed: New worker · idle-07 · gpu-01. the node does not answer"_s, 10'000);
        QCOMPARE(world.noticeAction, u"Show the job"_s);
        QCOMPARE(world.jobs->records().front().state, Job::State::Failed);
        QVERIFY(!jobs->isAsking());
        world.notice.clear();
        jobs = std::make_unique<ServerJobs>(world.context);
        QTRY_VERIFY(!jobs->isAsking());
        QVERIFY(world.notice.isEmpty()); // once
        jobs.reset();
        world.session.reset();
    }

    void asksLessOftenWhileNothingMoves()
    {
        ScriptedServer server;
        script(server);
        ConsoleFixture world;
        say({row(u"j1"_s, u"running"_s, 40)});
        QVERIFY(openAt(world, server.url()));
        ServerJobs *jobs = new ServerJobs(world.context);
        QTRY_COMPARE_WITH_TIMEOUT(world.jobs->running(), 1, 10'000);
        QCOMPARE(jobs->pauseMs(), int(ServerJobs::quickMs));
        QTRY_VERIFY_WITH_TIMEOUT(jobs->pauseMs() > 2 * ServerJobs::quickMs, 15'000);
        say({row(u"j1"_s, u"running"_s, 70)});
        QTRY_COMPARE_WITH_TIMEOUT(jobs->pauseMs(), int(ServerJobs::quickMs), 15'000);
        QCOMPARE(world.jobs->newestRunning()->done, 70);
        QCOMPARE(world.jobs->newestRunning()->step, u"step at 70"_s);
        delete jobs;
        world.session.reset();
    }

    void aServerWithoutJobsIsAskedOnce()
    {
        ScriptedServer server;
        server.answerWith([](const SeenRequest &) { return ServerAnswer::html(404); });
        ConsoleFixture world;
        QVERIFY(openAt(world, server.url()));
        ServerJobs *jobs = new ServerJobs(world.context);
        QTRY_VERIFY_WITH_TIMEOUT(world.session->features()->isMissing(u"getCpcjob"_s), 10'000);
        QVERIFY(!jobs->isAsking());
        Q_EMIT world.session->actions()->actionFinished(u"cluster-worker.create"_s, {}, 1);
        QVERIFY(!jobs->isAsking());
        QCOMPARE(asked(server), 1);
        QCOMPARE(world.session->features()->support(u"newCluster"_s), Support::Doubtful);
        delete jobs;
        world.session.reset();
    }

    void nothingIsAskedOffline()
    {
        auto server = std::make_unique<ScriptedServer>();
        script(*server);
        ConsoleFixture world;
        say({row(u"j1"_s, u"running"_s, 40)});
        QVERIFY(openAt(world, server->url()));
        ServerJobs *jobs = new ServerJobs(world.context);
        QTRY_COMPARE_WITH_TIMEOUT(world.jobs->running(), 1, 10'000);
        server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(world.session->state(), Session::State::Offline, 20'000);
        QVERIFY(!jobs->isAsking());
        QCOMPARE(world.jobs->running(), 1); // it goes on, as far as anybody knows
        delete jobs;
        world.session.reset();
    }
};

QTEST_MAIN(TestServerJobs)
#include "tst_serverjobs.moc"
