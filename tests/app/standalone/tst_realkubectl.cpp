#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"
#include "tests/support/kubectlcluster.h"
#include "tests/support/ownplace.h"

#include <QScopeGuard>
#include <QTest>
#include <memory>

using namespace kboss::test;
using namespace Qt::StringLiterals;
using kboss::Kubectl;
using kboss::KubeNode;

// The kubectl back end through the whole service: against the scripted kubectl, and against a real one with a real cluster where KBOSS_TEST_KUBECTL
// and KBOSS_TEST_KUBECONFIG are given. What it makes there is in a namespace of its own; that, the label and the cordon are taken back however the
// test ends.
class TestRealKubectl : public QObject {
    Q_OBJECT

    static constexpr auto label = "kboss-test=1";

    std::unique_ptr<OwnPlace> m_place;
    std::unique_ptr<Kubectl> m_kubectl; // to look for oneself

    bool prepare(const QString &program, const QByteArray &kubeconfig)
    {
        m_place = std::make_unique<OwnPlace>();
        qputenv("FAKE_KUBECTL_STATE", m_place->service.folder().toUtf8());
        m_kubectl = std::make_unique<Kubectl>(kboss::KubectlSettings{program, {}, {}}, kubeconfig);
        return m_place->start({u"--kubectl"_s, program}) && m_place->addCenter();
    }
    // A worker that takes pods, and whose address no other node has.
    KubeNode worker() const
    {
        const auto output = m_kubectl->run({u"get"_s, u"nodes"_s, u"-o"_s, u"json"_s});
        const auto objects = output ? kboss::readKubeObjects(*output) : kboss::fail(output.error());
        if (!objects)
            return {};
        for (const KubeNode &node : objects->nodes) {
            if (node.ready && !node.control && !node.cordoned && std::ranges::count(objects->nodes, node.internalIp, &KubeNode::internalIp) == 1)
                return node;
        }
        return {};
    }
    KubeNode seen(const QString &host) const
    {
        const auto output = m_kubectl->run({u"get"_s, u"node"_s, host, u"-o"_s, u"json"_s});
        const auto objects = output ? kboss::readKubeObjects(*output) : kboss::fail(output.error());
        return objects && !objects->nodes.empty() ? objects->nodes.front() : KubeNode();
    }
    // The object's JSON; empty = it is not there.
    QByteArray object(const QString &name, const QString &nameSpace) const
    {
        return m_kubectl->run({u"get"_s, name, u"-n"_s, nameSpace, u"-o"_s, u"json"_s}).value_or(QByteArray());
    }
    bool import(const QByteArray &kubeconfig)
    {
        const HttpAnswer taken = m_place->http->post(u"/dev/cpcc/cpccluster/import_cluster.dspy"_s,
                                                     queryOf({{u"cpcid"_s, m_place->center},
                                                              {u"cluster_name"_s, u"试验"_s},
                                                              {u"enable_date"_s, u"2026-01-01"_s},
                                                              {u"export_date"_s, u"2036-01-01"_s}}),
                                                     QJsonDocument(QJsonObject{{u"kubeconfig"_s, QString::fromUtf8(kubeconfig)}}).toJson());
        m_place->cluster = dataOf(taken)[u"id"_s].toString();
        if (!isGood(taken) || dataOf(taken)[u"node_known"_s].toInt() != 1)
            qWarning("%s", taken.body.constData());
        return isGood(taken) && dataOf(taken)[u"node_known"_s].toInt() == 1;
    }
    bool addParts()
    {
        return isGood(m_place->addPart(u"cpu"_s, u"EPYC"_s, u"2"_s, 8)) && isGood(m_place->addPart(u"memory"_s, u"DDR5"_s, u"0.5"_s, 16))
            && isGood(m_place->addPart(u"disk"_s, u"SYS"_s, u"0.01"_s, 100)) && isGood(m_place->addPart(u"disk"_s, u"DATA"_s, u"0.01"_s, 100));
    }
    HttpAnswer turn(const QString &path, const QString &host, const Items &more)
    {
        return m_place->post(path, OwnPlace::with(m_place->place(), OwnPlace::with({{u"worker_node"_s, host}}, more)));
    }
    void takeBack(const QString &host, const QString &nameSpace) const
    {
        for (const QStringList &command :
             {QStringList{u"uncordon"_s, host}, QStringList{u"label"_s, u"node"_s, host, QString::fromLatin1(label).section(u'=', 0, 0) + u'-'},
              QStringList{u"delete"_s, u"namespace/"_s + nameSpace, u"--ignore-not-found"_s, u"--wait=false"_s}}) {
            if (const auto done = nameSpace.isEmpty() && command.first() == u"delete"_s ? QByteArray() : m_kubectl->run(command); !done)
                qWarning().noquote() << "could not be taken back:" << command << done.error().detail;
        }
    }

private Q_SLOTS:
    void aWorkloadALabelAndACordon_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("file");
        QTest::newRow("scripted") << scriptedKubectl() << QString();
        QTest::newRow("real") << qEnvironmentVariable("KBOSS_TEST_KUBECTL") << qEnvironmentVariable("KBOSS_TEST_KUBECONFIG");
    }
    void aWorkloadALabelAndACordon()
    {
        QFETCH(const QString, program);
        QFETCH(const QString, file);
        const bool scripted = program == scriptedKubectl();
        if (!scripted && (program.isEmpty() || file.isEmpty()))
            QSKIP("KBOSS_TEST_KUBECTL and KBOSS_TEST_KUBECONFIG are not set");
        QFile given(file);
        QVERIFY2(file.isEmpty() || given.open(QIODevice::ReadOnly), qPrintable(file));
        const QByteArray kubeconfig = file.isEmpty() ? tokenKubeconfig().toUtf8() : given.readAll();
        QVERIFY2(prepare(program, kubeconfig), qPrintable(m_place->service.errorText()));
        if (scripted)
            giveEachNodeItsAddress();
        const KubeNode node = worker();
        QVERIFY2(!node.name.isEmpty(), "the cluster has no worker that is ready, takes pods and has an address of its own");
        QVERIFY(!m_place->addNode(node.name, {{u"ip"_s, node.internalIp}}).isEmpty());
        QVERIFY(import(kubeconfig));
        QVERIFY(addParts());
        QString nameSpace;
        const auto end = qScopeGuard([&] { takeBack(node.name, nameSpace); });

        const HttpAnswer made = m_place->newConfig({{u"source_cpurate"_s, u"100m"_s}, {u"source_memrate"_s, u"64Mi"_s}});
        const QJsonObject config = m_place->configs().first().toObject();
        nameSpace = config[u"namespace_name"_s].toString();
        QVERIFY2(isGood(made), made.body.constData());
        QVERIFY(!nameSpace.isEmpty());
        const QString name = config[u"podcd_name"_s].toString();
        QVERIFY2(object(u"deployment/"_s + name, nameSpace).contains(name.toUtf8()), qPrintable(name));
        if (!scripted) // the controllers of a real cluster make the pod of it
            QVERIFY(inTime([&] { return hasPodOf(config[u"id"_s].toString()); }));

        QVERIFY(isGood(turn(u"cpclabel/setup_cpclabel.dspy"_s, node.name, {{u"label"_s, QString::fromLatin1(label)}, {u"opt"_s, u"label"_s}})));
        QVERIFY(seen(node.name).labels.contains(QLatin1String(label)));
        const auto cordon = [&](const QString &state) {
            return isGood(turn(u"cpcworker/switch_cpcworker.dspy"_s, node.name, {{u"state"_s, state}, {u"darin"_s, u"false"_s}}));
        };
        QVERIFY(cordon(u"cordon"_s));
        QVERIFY(seen(node.name).cordoned);
        QVERIFY(cordon(u"uncordon"_s));
        QVERIFY(!seen(node.name).cordoned);
        QVERIFY(isGood(turn(u"cpclabel/setup_cpclabel.dspy"_s, node.name, {{u"label"_s, QString::fromLatin1(label)}, {u"opt"_s, u"unlabel"_s}})));
        QCOMPARE(seen(node.name).labels, node.labels);

        const HttpAnswer deleted = m_place->deleteConfig(config[u"id"_s].toString());
        QVERIFY2(isGood(deleted), deleted.body.constData());
        QVERIFY(inTime([&] { return object(u"deployment/"_s + name, nameSpace).isEmpty(); }));
    }

private:
    void giveEachNodeItsAddress() const
    {
        QFile recorded(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/nodes.json"_s);
        QVERIFY(recorded.open(QIODevice::ReadOnly));
        QByteArray objects = recorded.readAll();
        const QByteArray same = "\"127.0.0.1\"";
        int number = 0;
        for (qsizetype at = objects.indexOf(same); at >= 0; at = objects.indexOf(same))
            objects.replace(at, same.size(), "\"127.0.1." + QByteArray::number(++number) + '"');
        m_place->service.writeFile(u"nodes.json"_s, objects);
    }
    // Within a minute by the clock, however long one look takes.
    template <class Look> static bool inTime(Look look)
    {
        QElapsedTimer clock;
        clock.start();
        while (!look()) {
            if (clock.elapsed() > 60'000)
                return false;
            QTest::qSleep(200);
        }
        return true;
    }
    bool hasPodOf(const QString &config) const
    {
        for (const QJsonValue &pod : rowsOf(m_place->get(u"cpcpod/get_cpcpod.dspy"_s, m_place->place()))) {
            if (pod[u"pod_config"_s] == config)
                return true;
        }
        return false;
    }
};

QTEST_GUILESS_MAIN(TestRealKubectl)
#include "tst_realkubectl.moc"
