#include "app/services/serverfeatures.h"
#include "tests/app/services/scriptedworld.h"

#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// A server of the description does not have what the description calls a draft: the client learns it from the first answer.
class TestServerFeatures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<ScriptedWorld>();
        m_world->server.answerWith([this](const SeenRequest &) { return ServerAnswer::html(m_status); });
        m_features = std::make_unique<ServerFeatures>(m_world->contracts);
        m_features->watch(m_world->client.get());
    }

    void draftsAreMissedOnce_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {404, 405, 501})
            QTest::addRow("%d", status) << status;
    }
    void draftsAreMissedOnce()
    {
        QFETCH(int, status);
        m_status = status;
        QSignalSpy changed(m_features.get(), &ServerFeatures::changed);
        QVERIFY(!m_features->isMissing(u"cpclusterDelete"_s));
        QVERIFY(!send(u"cpclusterDelete"_s, {{"id", "c1"}}));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.front().front().toString(), u"cpclusterDelete"_s);
        QVERIFY(m_features->isMissing(u"cpclusterDelete"_s));
        QVERIFY(!m_features->isMissing(u"newCluster"_s));
        QVERIFY(!send(u"cpclusterDelete"_s, {{"id", "c1"}}));
        QVERIFY(!send(u"getCpcjob"_s, {{"cpcid", "p1"}})); // an extension
        QTRY_COMPARE(changed.size(), 2); // the second answer to the draft told nothing new
        QVERIFY(m_features->isMissing(u"getCpcjob"_s));
    }

    void describedOperationsAreNeverMissing()
    {
        m_status = 404;
        QVERIFY(!send(u"getCpccluster"_s, {{"cpcid", "p1"}}));
        QVERIFY(!send(u"getCpcjob"_s, {{"cpcid", "p1"}}));
        QTRY_VERIFY(m_features->isMissing(u"getCpcjob"_s));
        QVERIFY(!m_features->isMissing(u"getCpccluster"_s));
        QCOMPARE(m_features->standing(u"getCpccluster"_s), Standing::Described);
        QCOMPARE(m_features->standing(u"getCpcjob"_s), Standing::Extension);
        QCOMPARE(m_features->standing(u"cpclusterDelete"_s), Standing::Draft);
        QCOMPARE(m_features->standing(u"nothing"_s), Standing::Described);
    }

    void nobodyKnowsBeforeItIsTried()
    {
        QCOMPARE(m_features->support(u"getCpccluster"_s), Support::Known);
        QCOMPARE(m_features->support(u"newCluster"_s), Support::Doubtful); // a draft
        QCOMPARE(m_features->support(u"importCluster"_s), Support::Doubtful); // an extension
        m_status = 501;
        QVERIFY(!send(u"cpclusterDelete"_s, {{"id", "c1"}}));
        QTRY_COMPARE(m_features->support(u"cpclusterDelete"_s), Support::Missing);
        QCOMPARE(m_features->support(u"newCluster"_s), Support::Doubtful);
    }

    // It has them all: its 404 speaks of what was asked for.
    void theStandaloneServiceIsBelieved()
    {
        m_status = 404;
        QVERIFY(!send(u"cpclusterDelete"_s, {{"id", "c1"}}));
        QTRY_VERIFY(m_features->isMissing(u"cpclusterDelete"_s));
        QSignalSpy changed(m_features.get(), &ServerFeatures::changed);
        m_features->tellStandalone();
        m_features->tellStandalone();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_features->support(u"cpclusterDelete"_s), Support::Known);
        QSignalSpy failed(m_world->client.get(), &ApiClient::requestFailed);
        QVERIFY(!send(u"cpclusterDelete"_s, {{"id", "c1"}}));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(m_features->support(u"cpclusterDelete"_s), Support::Known);
    }

    void otherFaultsSayNothingAboutTheServer()
    {
        m_status = 500;
        QSignalSpy failed(m_world->client.get(), &ApiClient::requestFailed);
        QVERIFY(!send(u"cpclusterDelete"_s, {{"id", "c1"}}));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!m_features->isMissing(u"cpclusterDelete"_s));
    }

private:
    bool send(const QString &operation, const nlohmann::json &parameters)
    {
        Call call;
        call.operation = operation;
        call.parameters = parameters;
        return ScriptedWorld::wait(m_world->client->send(call)).has_value();
    }

    int m_status = 404;
    std::unique_ptr<ScriptedWorld> m_world;
    std::unique_ptr<ServerFeatures> m_features;
};

QTEST_GUILESS_MAIN(TestServerFeatures)
#include "tst_serverfeatures.moc"
