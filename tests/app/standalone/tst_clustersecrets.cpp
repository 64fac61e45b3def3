#include "tests/support/kubectlcluster.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>
#include <memory>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// Kubeconfigs and join commands of clusters: sealed on disk, and in no answer but the one that the description gives them to.
class TestClusterSecrets : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<HttpClient> m_http;
    QString m_center;
    QStringList m_idle;

    HttpAnswer get(const QString &path, const Items &items) { return m_http->get(u"/dev/cpcc/"_s + path, queryOf(items)); }
    HttpAnswer post(const QString &path, const Items &items)
    {
        return m_http->post(path.startsWith(u'/') ? path : u"/dev/cpcc/"_s + path, queryOf(items));
    }
    QJsonArray clusters() { return rowsOf(get(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, m_center}})); }
    QJsonObject job(const QString &id)
    {
        return rowsOf(get(u"cpcjob/get_cpcjob.dspy"_s, {{u"cpcid"_s, m_center}, {u"id"_s, id}})).first().toObject();
    }
    QString ended(const QString &id)
    {
        QElapsedTimer clock;
        clock.start();
        for (QJsonObject state = job(id); clock.elapsed() < 30'000; state = job(id)) {
            if (state[u"state"_s] == u"done"_s || state[u"state"_s] == u"failed"_s)
                return state[u"state"_s].toString() + state[u"message"_s].toString();
        }
        return u"never"_s;
    }
    HttpAnswer newCluster(const QString &name, const QString &node)
    {
        return post(u"cpccluster/new_cluster.dspy"_s,
                    {{u"cpcid"_s, m_center},
                     {u"ctl_nodeid"_s, node},
                     {u"cluster_type"_s, u"0"_s},
                     {u"cluster_name"_s, name},
                     {u"enable_date"_s, u"2026-01-01"_s},
                     {u"export_date"_s, u"2028-01-01"_s}});
    }
    // In no file below the service's folder, its database, its journal and what it left beside them.
    bool nowhereOnDisk(const QStringList &secrets) const
    {
        int files = 0;
        for (QDirIterator all(m_service->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); all.hasNext(); ++files) {
            QFile file(all.next());
            if (!file.open(QIODevice::ReadOnly))
                return false;
            const QByteArray content = file.readAll();
            for (const QString &secret : secrets) {
                if (content.contains(secret.toUtf8())) {
                    qWarning().noquote() << secret << "stands in" << file.fileName();
                    return false;
                }
            }
        }
        return files > 0;
    }

private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<ServiceProcess>();
        qputenv("FAKE_KUBECTL_STATE", m_service->folder().toUtf8());
        QVERIFY2(m_service->start(u"small"_s, {u"--job-seconds"_s, u"0"_s, u"--kubectl"_s, scriptedKubectl()}), qPrintable(m_service->errorText()));
        m_http = std::make_unique<HttpClient>(m_service->url());
        m_center = rowsOf(get(u"cpclist/get_cpclist.dspy"_s, {})).first()[u"id"_s].toString();
        m_idle.clear();
        for (const QJsonValue &node : get(u"cpcnode/get_cpcidle_device.dspy"_s, {{u"cpcid"_s, m_center}}).json()[u"data"_s].toArray())
            m_idle << node[u"id"_s].toString();
    }
    void cleanup()
    {
        m_http.reset();
        m_service.reset();
    }

    void secretsAreSealedOnDisk()
    {
        const QString join = clusters().first().toObject()[u"clusterjoin"_s].toString();
        const QString token = join.section(u"--token "_s, 1).section(u' ', 0, 0);
        QVERIFY(token.size() > 20);
        m_service->stop();
        QVERIFY(nowhereOnDisk({token}));
    }

    // Imported, renamed, with a job that removes it: its credentials stand nowhere in clear and come with the list of clusters alone.
    void anImportedKubeconfigIsSealedAndStaysInside()
    {
        const QString secret = u"imported-secret-token"_s;
        const HttpAnswer taken = m_http->post(
            u"/dev/cpcc/cpccluster/import_cluster.dspy"_s,
            queryOf({{u"cpcid"_s, m_center}, {u"cluster_name"_s, u"密"_s}, {u"enable_date"_s, u"2026-01-01"_s}, {u"export_date"_s, u"2028-01-01"_s}}),
            QJsonDocument(QJsonObject{{u"kubeconfig"_s, tokenKubeconfig(secret)}}).toJson());
        QVERIFY2(isGood(taken), taken.body.constData());
        const QString imported = dataOf(taken)[u"id"_s].toString();
        QVERIFY(clusters().last()[u"kubeconfig"_s].toString().contains(secret)); // the description lists it
        QVERIFY(nowhereOnDisk({secret}));
        const QJsonObject simulated = clusters().first().toObject();
        const QString join = simulated[u"clusterjoin"_s].toString().section(u"--token "_s, 1).section(u' ', 0, 0);
        QVERIFY(join.size() > 20);
        const auto rename = [this](const QString &cluster, const QString &name) {
            return post(u"cpccluster/update_cpccluster.dspy"_s, {{u"cpcid"_s, m_center}, {u"id"_s, cluster}, {u"name"_s, name}});
        };
        QList<HttpAnswer> answers{taken, rename(imported, u"密二"_s), rename(simulated[u"id"_s].toString(), u"密三"_s)};
        for (const QString &path : {u"cpcworker/get_cpcworker.dspy"_s, u"cpcpod/get_cpcpod.dspy"_s})
            answers << get(path, {{u"cpcid"_s, m_center}, {u"clusterid"_s, imported}});
        const HttpAnswer made = newCluster(u"新"_s, m_idle[0]);
        QCOMPARE(ended(dataOf(made)[u"jobid"_s].toString()), u"done"_s);
        const QString own = clusters().last()[u"clusterjoin"_s].toString().section(u"--token "_s, 1).section(u' ', 0, 0);
        QVERIFY(own.size() > 20);
        answers << made;
        for (const QString &cluster : {imported, dataOf(made)[u"clusterid"_s].toString()}) {
            answers << post(u"/computing/cpcluster_delete.dspy"_s, {{u"id"_s, cluster}});
            QCOMPARE(ended(dataOf(answers.last())[u"jobid"_s].toString()), u"done"_s);
        }
        answers << get(u"cpcjob/get_cpcjob.dspy"_s, {});
        for (const HttpAnswer &answer : std::as_const(answers)) {
            QVERIFY2(isGood(answer), answer.body.constData());
            for (const QString &hidden : {secret, join, own})
                QVERIFY2(!answer.body.contains(hidden.toUtf8()), answer.body.constData());
        }
        m_http.reset();
        m_service->stop();
        QVERIFY(nowhereOnDisk({secret, join, own}));
    }
};

QTEST_GUILESS_MAIN(TestClusterSecrets)
#include "tst_clustersecrets.moc"
