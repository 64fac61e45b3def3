#include "tests/support/kboss.h"
#include "tests/support/serviceprocess.h"

#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QUuid>
#include <atomic>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;
using nlohmann::json;

namespace {

constexpr int clients = 8, operations = 1000;

// One client of the service on a thread of its own: creates, changes and deletes pod configurations in any order. What it was told is what it
// believes.
class Client {
public:
    Client(int number, std::string cluster, std::string center)
        : m_number(number), m_cluster(std::move(cluster)), m_center(std::move(center)), m_random(7u + static_cast<quint32>(number))
    {
    }

    void use(const QUrl &url)
    {
        m_http = std::make_unique<httplib::Client>(url.host().toStdString(), url.port());
        m_http->set_read_timeout(20);
    }

    // One operation. Nothing when the connection broke: then it may have happened or not.
    void turn()
    {
        const quint32 draw = m_random.bounded(100u);
        if (m_ids.empty() || draw < 45)
            create();
        else if (draw < 70)
            change();
        else
            remove();
    }

private:
    httplib::Params texts()
    {
        static const char *const cores[] = {"1", "4", "16", "48"}, *const memory[] = {"1Gi", "8Gi", "64Gi", "200Gi"};
        return {{"clusterid", m_cluster},
                {"source_name", "race-" + std::to_string(m_number)},
                {"source_podengine", "Deployment"},
                {"instance_type", "LinuxOS"},
                {"pod_imagepath", "docker.io/library/ubuntu:22.04"},
                {"source_replicasetnum", std::to_string(m_random.bounded(1, 4))},
                {"source_cpurate", cores[m_random.bounded(4)]},
                {"source_memrate", memory[m_random.bounded(4)]},
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
    }

    std::optional<json> send(const std::string &verb, const httplib::Params &params)
    {
        const auto answer = m_http->Post(httplib::append_query_params("/dev/cpcc/cpcpodyaml/" + verb + "_cpcpodyaml.dspy", params));
        if (!answer)
            return std::nullopt;
        ++answered;
        json document = json::parse(answer->body, nullptr, false);
        if (answer->status >= 500 || !document.is_object())
            ++broken;
        return document;
    }

    void create()
    {
        httplib::Params params = texts();
        params.emplace("source_gpu", "0");
        const auto answer = send("new", params);
        if (answer && answer->value("status", false))
            m_ids.push_back((*answer)["data"]["id"]);
    }

    void change()
    {
        httplib::Params params = texts();
        params.emplace("cpcid", m_center);
        params.emplace("id", m_ids[static_cast<size_t>(m_random.bounded(static_cast<int>(m_ids.size())))]);
        send("update", params);
    }

    void remove()
    {
        const auto at = m_ids.begin() + m_random.bounded(static_cast<int>(m_ids.size()));
        send("delete", {{"id", *at}});
        m_ids.erase(at);
    }

    int m_number;
    std::string m_cluster, m_center;
    QRandomGenerator m_random;
    std::unique_ptr<httplib::Client> m_http;
    std::vector<std::string> m_ids;

public:
    static inline std::atomic<int> answered = 0, broken = 0;
};

} // namespace

// Stock under many hands: never negative, never lost, also when the service is killed in between.
class TestStockRace : public QObject {
    Q_OBJECT

    ServiceProcess m_service;
    std::string m_center, m_cluster;

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
        checkBooks(); // the sample's own
    }

    void thousandOperationsOfEightClientsWithKills()
    {
        std::vector<std::unique_ptr<Client>> all;
        for (int i = 0; i < clients; ++i)
            all.push_back(std::make_unique<Client>(i, m_cluster, m_center));
        constexpr int rounds = 5;
        for (int round = 0; round < rounds; ++round) {
            QVERIFY2(m_service.start(), qPrintable(m_service.errorText()));
            std::vector<std::thread> threads;
            std::atomic<int> turns = 0;
            for (auto &client : all) {
                client->use(m_service.url());
                threads.emplace_back([&client, &turns] {
                    while (turns.fetch_add(1) < operations / rounds)
                        client->turn();
                });
            }
            QTRY_VERIFY_WITH_TIMEOUT(turns.load() > operations / rounds * 3 / 4, 120'000);
            if (round + 1 < rounds)
                m_service.kill(); // as kill -9, with requests under way
            for (std::thread &thread : threads)
                thread.join();
            if (round + 1 == rounds)
                m_service.stop();
            checkBooks();
        }
        QVERIFY2(Client::answered > operations / 2, qPrintable(QString::number(Client::answered)));
        QCOMPARE(Client::broken.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestStockRace)
#include "tst_stockrace.moc"
