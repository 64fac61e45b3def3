#include "tests/support/kboss.h"
#include "tests/support/serviceprocess.h"

#include <QRandomGenerator>
#include <QScopeGuard>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>
#include <QUuid>
#include <atomic>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;
using nlohmann::json;

namespace {

constexpr int clients = 8, operations = 1000;

struct Tally {
    std::atomic<int> answered = 0, broken = 0, created = 0, changed = 0, removed = 0;
};

// One client of the service on a thread of its own: creates, changes and deletes pod configurations in any order. What it was told is what it
// believes.
class Client {
public:
    Client(int number, quint32 seed, std::string cluster, std::string center, std::string gpu, Tally &tally)
        : m_number(number), m_cluster(std::move(cluster)), m_center(std::move(center)), m_gpu(std::move(gpu)),
          m_random(seed + static_cast<quint32>(number)), m_tally(tally)
    {
    }

    void use(const QUrl &url)
    {
        m_http = std::make_unique<httplib::Client>(url.host().toStdString(), url.port());
        m_http->set_read_timeout(20);
    }

    // One operation, also against a service that is not there. No answer when the connection broke: then it may have happened or not.
    void turn()
    {
        const quint32 draw = m_random.bounded(100u);
        if (ids.empty() || draw < 45)
            create();
        else if (draw < 70)
            change();
        else
            remove();
    }

    std::vector<std::string> ids; // acknowledged, so they are there
    std::set<std::string> gone; // acknowledged, so they are not
    std::set<std::string> doubtful; // whose deletion was asked for and not answered
    int doubtfulCreations = 0;

private:
    enum class Told { Yes, No, Nothing, NeverSent };

    httplib::Params texts()
    {
        static const char *const cores[] = {"1", "2", "4", "16"}, *const memory[] = {"1Gi", "2Gi", "8Gi", "64Gi"};
        static const char *const selectors[] = {"", "", "zone=b1", "zone=b2", "kyy-gpu=true", "kyy-gpu=true,zone=b3"};
        const bool gpu = m_random.bounded(3) == 0;
        httplib::Params params{{"clusterid", m_cluster},
                               {"source_name", "race-" + std::to_string(m_number)},
                               {"source_podengine", "Deployment"},
                               {"instance_type", "LinuxOS"},
                               {"pod_imagepath", "docker.io/library/ubuntu:22.04"},
                               {"source_replicasetnum", std::to_string(m_random.bounded(1, 4))},
                               {"source_cpurate", cores[m_random.bounded(4)]},
                               {"source_memrate", memory[m_random.bounded(4)]},
                               {"source_gpu", gpu ? std::to_string(m_random.bounded(1, 3)) : "0"},
                               {"source_storagelimits", "100Gi"},
                               {"source_mountpath", "/mnt/data"},
                               {"source_authuser", "root"},
                               {"source_authpasswd", "secret"},
                               {"source_portmode", "LoadBalancer"},
                               {"source_apiport", "80"},
                               {"source_insideport", "80"},
                               {"source_outsideport", "30000"},
                               {"source_restartpolicy", "Always"},
                               {"source_selflabel", "app:race"}};
        if (gpu)
            params.emplace("gpu_model", m_gpu);
        if (const std::string selector = selectors[m_random.bounded(6)]; !selector.empty())
            params.emplace("source_nodeselector", selector);
        return params;
    }

    std::pair<Told, json> send(const std::string &verb, const httplib::Params &params)
    {
        const auto answer = m_http->Post(httplib::append_query_params("/dev/cpcc/cpcpodyaml/" + verb + "_cpcpodyaml.dspy", params));
        if (!answer)
            return {answer.error() == httplib::Error::Connection ? Told::NeverSent : Told::Nothing, {}};
        ++m_tally.answered;
        json document = json::parse(answer->body, nullptr, false);
        if (answer->status >= 500 || !document.is_object()) {
            ++m_tally.broken;
            return {Told::Nothing, {}};
        }
        return {document.value("status", false) ? Told::Yes : Told::No, document};
    }

    void create()
    {
        const auto [told, answer] = send("new", texts());
        if (told == Told::Yes) {
            ids.push_back(answer["data"]["id"]);
            ++m_tally.created;
        }
        doubtfulCreations += told == Told::Nothing;
    }

    void change()
    {
        httplib::Params params = texts();
        params.emplace("cpcid", m_center);
        params.emplace("id", ids[static_cast<size_t>(m_random.bounded(static_cast<int>(ids.size())))]);
        m_tally.changed += send("update", params).first == Told::Yes;
    }

    void remove()
    {
        const auto at = ids.begin() + m_random.bounded(static_cast<int>(ids.size()));
        const Told told = send("delete", {{"id", *at}}).first;
        if (told == Told::No || told == Told::NeverSent)
            return; // still there
        (told == Told::Yes ? gone : doubtful).insert(*at);
        ids.erase(at);
        m_tally.removed += told == Told::Yes;
    }

    int m_number;
    std::string m_cluster, m_center, m_gpu;
    QRandomGenerator m_random;
    std::unique_ptr<httplib::Client> m_http;
    Tally &m_tally;
};

} // namespace

// Stock under many hands: never negative, never lost, also when the service is killed in between.
class TestStockRace : public QObject {
    Q_OBJECT

    ServiceProcess m_service;
    std::string m_center, m_cluster, m_gpu;
    QStringList m_books, m_stock; // at the start
    std::set<std::string> m_own; // configurations of the sample

    // Rows of the database on disk, each as one text.
    QStringList rows(const QString &sql)
    {
        const QString name = QUuid::createUuid().toString();
        QStringList found;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
            database.setDatabaseName(m_service.database());
            QSqlQuery query(database);
            if (!database.open() || !query.exec(sql))
                found << u"cannot be read"_s;
            while (query.next()) {
                QStringList row;
                for (int column = 0; column < query.record().count(); ++column)
                    row << query.value(column).toString();
                found << row.join(u' ');
            }
        }
        QSqlDatabase::removeDatabase(name);
        return found;
    }
    QStringList books()
    {
        return rows(u"SELECT partid, clusterid, stock, consumed FROM part_stock ORDER BY 1, 2"_s)
            + rows(u"SELECT configid, partid, clusterid, amount FROM consumption ORDER BY 1, 2"_s) + rows(u"SELECT * FROM placement ORDER BY 1, 2"_s)
            + rows(u"SELECT * FROM node_stock ORDER BY 1, 2"_s);
    }
    std::set<std::string> configs()
    {
        std::set<std::string> ids;
        for (const QString &id : rows(u"SELECT id FROM podconfig"_s))
            ids.insert(id.toStdString());
        return ids;
    }

    // What was acknowledged is so; what nobody asked for is not there.
    void checkAcknowledged(const std::vector<std::unique_ptr<Client>> &all)
    {
        std::set<std::string> left = configs();
        int doubtful = 0;
        for (const std::string &id : m_own)
            QVERIFY2(left.erase(id) == 1, "a configuration of the sample is lost");
        for (const auto &client : all) {
            for (const std::string &id : client->ids)
                QVERIFY2(left.erase(id) == 1, ("an acknowledged configuration is lost: " + id).c_str());
            for (const std::string &id : client->gone)
                QVERIFY2(!left.contains(id), ("a deleted configuration is back: " + id).c_str());
            for (const std::string &id : client->doubtful)
                left.erase(id);
            doubtful += client->doubtfulCreations;
        }
        QVERIFY2(static_cast<int>(left.size()) <= doubtful, "configurations that nobody asked for");
        QCOMPARE(rows(u"SELECT partid, clusterid, stock FROM part_stock ORDER BY 1, 2"_s), m_stock);
    }

    // By the books themselves, on disk: what is consumed is what configurations hold, by part and by node.
    void checkBooks()
    {
        const QString name = QUuid::createUuid().toString();
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
            database.setDatabaseName(m_service.database());
            QVERIFY(database.open());
            const std::pair<const char *, const char *> rules[] = {
                {"stock below zero or below what is consumed", "SELECT count(*) FROM part_stock WHERE stock < 0 OR consumed < 0 OR consumed > stock"},
                {"consumed without a configuration that holds it, or the other way round",
                 "SELECT count(*) FROM part_stock s WHERE s.consumed <> coalesce((SELECT sum(c.amount) FROM consumption c WHERE c.partid = s.partid "
                 "AND "
                 "c.clusterid = s.clusterid), 0)"},
                {"held by nobody",
                 "SELECT (SELECT count(*) FROM consumption WHERE configid NOT IN (SELECT id FROM podconfig)) + (SELECT count(*) FROM "
                 "placement WHERE configid NOT IN (SELECT id FROM podconfig))"},
                {"a configuration without a place", "SELECT count(*) FROM podconfig WHERE id NOT IN (SELECT configid FROM placement)"},
                {"a node that holds more than it has",
                 "SELECT count(*) FROM (SELECT n.id FROM node n JOIN placement p ON p.nodeid = n.id GROUP BY n.id HAVING sum(p.cpu_milli) > "
                 "n.cpu_stock * 1000 "
                 "OR sum(p.memory_mi) > n.memory_stock * 1024 OR sum(p.gpus) > n.gpu_stock)"},
                {"cpu placed and cpu consumed differ",
                 "SELECT abs(coalesce((SELECT sum(cpu_milli) FROM placement), 0) - coalesce((SELECT sum(c.amount) FROM consumption c JOIN part p ON "
                 "p.id = "
                 "c.partid WHERE p.type = 'cpu'), 0))"},
            };
            for (const auto &[what, sql] : rules) {
                QSqlQuery query(database);
                QVERIFY(query.exec(QLatin1String(sql)) && query.next());
                QVERIFY2(query.value(0).toLongLong() == 0, what);
            }
        }
        QSqlDatabase::removeDatabase(name);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_service.start(), qPrintable(m_service.errorText()));
        HttpClient http(m_service.url());
        m_center = rowsOf(http.get(u"/dev/cpcc/cpclist/get_cpclist.dspy"_s)).first()[u"id"_s].toString().toStdString();
        const QJsonArray clusters =
            rowsOf(http.get(u"/dev/cpcc/cpccluster/get_cpccluster.dspy"_s, queryOf({{u"cpcid"_s, QString::fromStdString(m_center)}})));
        m_cluster = clusters.first()[u"id"_s].toString().toStdString();
        m_service.stop();
        m_gpu =
            rows(u"SELECT n.gpu_model FROM node n JOIN member m ON m.nodeid = n.id WHERE m.control = 0 AND m.cordoned = 0 AND n.gpu_stock > 0 AND "
                 "m.clusterid = '%1' ORDER BY n.id LIMIT 1"_s.arg(QString::fromStdString(m_cluster)))
                .value(0)
                .toStdString();
        QVERIFY(!m_gpu.empty());
        m_own = configs();
        m_books = books();
        m_stock = rows(u"SELECT partid, clusterid, stock FROM part_stock ORDER BY 1, 2"_s);
        checkBooks(); // the sample's own
    }

    // Rounds of answered operations, each but the last ended by a kill at a moment drawn anew. KBOSS_RACE_SEED plays one again.
    void thousandOperationsOfEightClientsWithKills()
    {
        const QByteArray given = qgetenv("KBOSS_RACE_SEED");
        const quint32 seed = given.isEmpty() ? QRandomGenerator::system()->generate() : given.toUInt();
        qInfo().noquote() << "KBOSS_RACE_SEED" << seed;
        QRandomGenerator random(seed);
        Tally tally;
        std::vector<std::unique_ptr<Client>> all;
        for (int i = 0; i < clients; ++i)
            all.push_back(std::make_unique<Client>(i, seed, m_cluster, m_center, m_gpu, tally));
        constexpr int kills = 4;
        int done = 0;
        for (int round = 0; round <= kills; ++round) {
            const int share = operations * (round + 1) / (kills + 1) - done; // what this round is to answer
            done += round < kills ? random.bounded(share / 10, share) : share; // where the kill comes; the rest is for the next round
            race(all, tally, done, round < kills ? random.bounded(20'000) : -1);
            if (QTest::currentTestFailed())
                return;
            if (round == kills)
                m_service.stop();
            checkBooks();
            checkAcknowledged(all);
            if (QTest::currentTestFailed())
                return;
        }
        const QString counts =
            u"%1 answered, %2 created, %3 changed, %4 deleted"_s.arg(tally.answered).arg(tally.created).arg(tally.changed).arg(tally.removed);
        qInfo().noquote() << counts;
        QVERIFY2(tally.answered >= operations && tally.created > 150 && tally.changed > 50 && tally.removed > 100, qPrintable(counts));
        QCOMPARE(tally.broken.load(), 0);
        deleteEverything();
        QCOMPARE(books(), m_books);
        QCOMPARE(configs(), m_own);
    }

private:
    // All clients at work until `answers` operations have been answered since the beginning; then the service is ended as kill -9 does, `killAfterUs`
    // later with requests under way; below 0 it goes on.
    void race(const std::vector<std::unique_ptr<Client>> &all, const Tally &tally, int answers, int killAfterUs)
    {
        QVERIFY2(m_service.start(), qPrintable(m_service.errorText()));
        std::vector<std::thread> threads;
        std::atomic<bool> over = false;
        const bool kill = killAfterUs >= 0;
        for (const auto &client : all) {
            client->use(m_service.url());
            threads.emplace_back([&client, &over, &tally, kill, answers] {
                while (!over && (kill || tally.answered < answers))
                    client->turn();
            });
        }
        const auto end = qScopeGuard([&] {
            over = true;
            for (std::thread &thread : threads)
                thread.join();
        });
        QTRY_VERIFY_WITH_TIMEOUT(tally.answered >= answers, 240'000);
        if (!kill)
            return;
        std::this_thread::sleep_for(std::chrono::microseconds(killAfterUs));
        m_service.kill();
    }

    void deleteEverything()
    {
        QVERIFY2(m_service.start(), qPrintable(m_service.errorText())); // finishes what the kill left half done
        HttpClient http(m_service.url());
        for (const std::string &id : configs()) {
            if (m_own.contains(id))
                continue;
            const HttpAnswer deleted = http.post(u"/dev/cpcc/cpcpodyaml/delete_cpcpodyaml.dspy"_s, queryOf({{u"id"_s, QString::fromStdString(id)}}));
            QVERIFY2(isGood(deleted) || !configs().contains(id), deleted.body.constData());
        }
        m_service.stop();
    }
};

QTEST_GUILESS_MAIN(TestStockRace)
#include "tst_stockrace.moc"
