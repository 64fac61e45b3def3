#include "app/cluster/workload.h"

#include <QTest>
#include <yaml-cpp/yaml.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

WorkloadTexts goodTexts()
{
    return {{u"id"_s, u"evfldtxjkr3jd8zxnfhd5"_s},
            {u"clusterid"_s, u"4hBm8atruISOU2bs24t_N"_s},
            {u"orgid"_s, u"mIWUHBeeDM8mwAFPIQ8pS"_s},
            {u"source_name"_s, u"kyy-new5090gpu-ubuntu2204"_s},
            {u"source_authuser"_s, u"root"_s},
            {u"source_authpasswd"_s, u"p'a\"s: #x\n- y"_s},
            {u"source_podengine"_s, u"StatefulSet"_s},
            {u"source_replicasetnum"_s, u"2"_s},
            {u"instance_type"_s, u"LinuxOS"_s},
            {u"pod_imagepath"_s, u"docker.io/library/ubuntu:22.04"_s},
            {u"source_memrate"_s, u"512Mi"_s},
            {u"source_cpurate"_s, u"1500m"_s},
            {u"source_gpu"_s, u"1"_s},
            {u"gpu_model"_s, u"RTX5090-32G"_s},
            {u"source_selflabel"_s, u"app:ubuntu3"_s},
            {u"source_portmode"_s, u"NodePort"_s},
            {u"source_restartpolicy"_s, u"Always"_s},
            {u"source_apiport"_s, u"6035"_s},
            {u"source_insideport"_s, u"3306"_s},
            {u"source_outsideport"_s, u"30063"_s},
            {u"source_mountpath"_s, u"/mnt/data"_s},
            {u"source_storagelimits"_s, u"49Gi"_s},
            {u"source_nodeselector"_s, u"kyy-gpu=false"_s}};
}

std::vector<YAML::Node> objectsOf(const Workload &workload)
{
    return YAML::LoadAll(toYaml(workload, YamlFor::Apply));
}

} // namespace

class TestWorkload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAsTheDescriptionShowsThem()
    {
        const auto workload = readWorkload(goodTexts());
        QVERIFY(workload);
        const WorkloadNames names = namesOf(*workload);
        QCOMPARE(names.nameSpace, u"4hbm8atruisou2bs24t-n-miwuhbeedm8mwafpiq8ps"_s);
        QCOMPARE(names.serviceAccount, u"4hbm8atruisou2bs24t-n-miwuhbeedm8mwafpiq8ps-serviceaccount"_s);
        QCOMPARE(names.controller, u"evfldtxjkr3jd8zxnfhd5-statefulset"_s);
        QCOMPARE(names.service, u"evfldtxjkr3jd8zxnfhd5-service"_s);
    }

    void readsQuantities()
    {
        const auto workload = readWorkload(goodTexts());
        QVERIFY(workload);
        QCOMPARE(workload->cpuMilli, 1500);
        QCOMPARE(workload->memoryMi, 512);
        QCOMPARE(workload->dataDiskMi, 49 * 1024);
        QCOMPARE(workload->replicas, 2);
        QCOMPARE(workload->selfLabel, std::pair(u"app"_s, u"ubuntu3"_s));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("reason");
        using Reason = WorkloadFault::Reason;
        const auto row = [](const QString &field, const QString &text, Reason reason) {
            QTest::newRow(qPrintable(field + u'=' + text)) << field << text << static_cast<int>(reason);
        };
        row(u"source_name"_s, u""_s, Reason::Missing);
        row(u"source_name"_s, u"!!!"_s, Reason::BadName);
        row(u"source_cpurate"_s, u"many"_s, Reason::NotAQuantity);
        row(u"source_cpurate"_s, u"0"_s, Reason::NotPositive);
        row(u"source_memrate"_s, u"-1Gi"_s, Reason::NotAQuantity);
        row(u"source_memrate"_s, u"9999999999Ti"_s, Reason::NotAQuantity);
        row(u"source_apiport"_s, u"70000"_s, Reason::NotAPort);
        row(u"source_outsideport"_s, u"8080"_s, Reason::OutsideNodePortRange);
        row(u"source_selflabel"_s, u"app=x"_s, Reason::BadLabel);
        row(u"source_nodeselector"_s, u"no blanks=x"_s, Reason::BadLabel);
        row(u"source_mountpath"_s, u"mnt"_s, Reason::BadPath);
        row(u"source_mountpath"_s, u"/mnt/../etc"_s, Reason::BadPath);
        row(u"source_mountpath"_s, u"/a:/b"_s, Reason::BadPath);
        row(u"source_restartpolicy"_s, u"Never"_s, Reason::RestartNotAllowed);
        row(u"source_podengine"_s, u"ReplicaSet"_s, Reason::UnknownChoice);
        row(u"pod_imagepath"_s, u"docker.io/library/mysql:8.0"_s, Reason::NeedsDatabaseImage);
        row(u"gpu_model"_s, u""_s, Reason::GpuWithoutModel);
        row(u"source_replicasetnum"_s, u"1001"_s, Reason::TooLarge);
    }

    void refuses()
    {
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(int, reason);
        WorkloadTexts texts = goodTexts();
        texts[field] = text;
        const auto workload = readWorkload(texts);
        QVERIFY(!workload);
        QCOMPARE(workload.error().size(), size_t(1));
        QCOMPARE(workload.error().front().field, field);
        QCOMPARE(static_cast<int>(workload.error().front().reason), reason);
    }

    void tellsEveryFaultAtOnce()
    {
        WorkloadTexts texts = goodTexts();
        texts[u"source_name"_s].clear();
        texts[u"source_apiport"_s] = u"x"_s;
        texts[u"source_mountpath"_s] = u"x"_s;
        const auto workload = readWorkload(texts);
        QVERIFY(!workload);
        QCOMPARE(workload.error().size(), size_t(3));
    }

    void oneTemplateForEachController_data()
    {
        QTest::addColumn<QString>("controller");
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"StatefulSet", "Deployment", "DaemonSet", "CronJob", "Job"})
            QTest::newRow(kind) << QString::fromLatin1(kind) << QString::fromLatin1(kind);
        QTest::newRow("Standalone") << u"Standalone"_s << u"Pod"_s;
    }

    void oneTemplateForEachController()
    {
        QFETCH(QString, controller);
        QFETCH(QString, kind);
        WorkloadTexts texts = goodTexts();
        texts[u"source_podengine"_s] = controller;
        texts[u"source_replicasetnum"_s] = u"1"_s;
        texts[u"source_restartpolicy"_s] = controller.endsWith(u"Job"_s) ? u"OnFailure"_s : u"Always"_s;
        const auto workload = readWorkload(texts);
        QVERIFY(workload);
        QStringList kinds;
        for (const YAML::Node &object : objectsOf(*workload)) {
            kinds << QString::fromStdString(object["kind"].as<std::string>());
            if (object["kind"].as<std::string>() != "Namespace")
                QCOMPARE(QString::fromStdString(object["metadata"]["namespace"].as<std::string>()), namesOf(*workload).nameSpace);
        }
        QVERIFY2(kinds.contains(kind), qPrintable(kinds.join(u' ')));
        QCOMPARE(kinds.contains(u"PersistentVolumeClaim"_s), controller == u"CronJob"_s || controller == u"Job"_s || controller == u"Standalone"_s);
        QVERIFY(kinds.contains(u"Service"_s) && kinds.contains(u"Secret"_s) && kinds.contains(u"ServiceAccount"_s));
    }

    // Two replicas are charged two disks: each has one.
    void everyReplicaHasADiskOfItsOwn()
    {
        WorkloadTexts texts = goodTexts();
        texts[u"source_podengine"_s] = u"Deployment"_s;
        const auto workload = readWorkload(texts);
        QVERIFY(workload);
        const auto objects = objectsOf(*workload);
        const YAML::Node volume = objects[3]["spec"]["template"]["spec"]["volumes"][0];
        QVERIFY(!volume["persistentVolumeClaim"]);
        QCOMPARE(QString::fromStdString(volume["ephemeral"]["volumeClaimTemplate"]["spec"]["resources"]["requests"]["storage"].as<std::string>()),
                 u"49Gi"_s);
    }

    void podsGoToTheNodesThatHaveTheModels()
    {
        auto workload = readWorkload(goodTexts());
        QVERIFY(workload);
        QVERIFY(!objectsOf(*workload)[3]["spec"]["template"]["spec"]["affinity"]);
        workload->hosts = {u"gpu-1"_s, u"gpu-2"_s};
        const YAML::Node terms = objectsOf(*workload)[3]["spec"]["template"]["spec"]["affinity"]["nodeAffinity"]
                                                     ["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"];
        const YAML::Node expression = terms[0]["matchExpressions"][0];
        QCOMPARE(QString::fromStdString(expression["key"].as<std::string>()), u"kubernetes.io/hostname"_s);
        QCOMPARE(expression["values"].size(), size_t(2));
        QCOMPARE(QString::fromStdString(expression["values"][1].as<std::string>()), u"gpu-2"_s);
    }

    void textsCannotBecomeYaml()
    {
        const auto workload = readWorkload(goodTexts());
        QVERIFY(workload);
        const auto objects = objectsOf(*workload);
        QCOMPARE(objects.size(), size_t(5));
        QCOMPARE(QString::fromStdString(objects[2]["stringData"]["password"].as<std::string>()), u"p'a\"s: #x\n- y"_s);
        const YAML::Node container = objects[3]["spec"]["template"]["spec"]["containers"][0];
        QCOMPARE(container["ports"][0]["containerPort"].as<int>(), 3306);
        QCOMPARE(QString::fromStdString(container["resources"]["limits"]["cpu"].as<std::string>()), u"1500m"_s);
        QCOMPARE(QString::fromStdString(objects[3]["spec"]["template"]["spec"]["nodeSelector"]["kyy-gpu"].as<std::string>()), u"false"_s);
        QVERIFY(QByteArray::fromStdString(toYaml(*workload, YamlFor::Apply)).contains("kyy-gpu: \"false\"")); // a text, not a boolean
    }

    void previewHoldsNoPassword()
    {
        const auto workload = readWorkload(goodTexts());
        QVERIFY(workload);
        QVERIFY(!QByteArray::fromStdString(toYaml(*workload, YamlFor::Preview)).contains("#x"));
    }
};

QTEST_GUILESS_MAIN(TestWorkload)
#include "tst_workload.moc"
