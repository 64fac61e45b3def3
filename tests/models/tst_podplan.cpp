#include "models/linediff.h"
#include "models/podplan.h"
#include "models/podwords.h"

#include <QFile>
#include <QTest>
#include <algorithm>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const ResourceType> view(const char *name)
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/views/"_s + QLatin1String(name) + u".json"_s);
    return file.open(QIODevice::ReadOnly) ? ResourceSet::parse(file.readAll(), file.fileName()).value() : nullptr;
}

using Cells = QHash<QString, Value>;

Row row(const ResourceType &type, const QString &key, const Cells &cells)
{
    Row made;
    made.key = key;
    for (const ColumnSpec &column : type.columns)
        made.cells.push_back(cells.value(column.field.id));
    return made;
}

Decimal number(qint64 value)
{
    return Decimal(value);
}

WorkloadTexts goodTexts()
{
    return {{u"id"_s, u"c1"_s},
            {u"clusterid"_s, u"k1"_s},
            {u"source_name"_s, u"train"_s},
            {u"source_authuser"_s, u"root"_s},
            {u"source_authpasswd"_s, u"-"_s},
            {u"source_podengine"_s, u"StatefulSet"_s},
            {u"source_replicasetnum"_s, u"2"_s},
            {u"instance_type"_s, u"LinuxOS"_s},
            {u"pod_imagepath"_s, u"docker.io/library/ubuntu:22.04"_s},
            {u"source_memrate"_s, u"16Gi"_s},
            {u"source_cpurate"_s, u"4"_s},
            {u"source_gpu"_s, u"0"_s},
            {u"disk_sys_limit"_s, u"10Gi"_s},
            {u"source_selflabel"_s, u"app:train"_s},
            {u"source_portmode"_s, u"NodePort"_s},
            {u"source_restartpolicy"_s, u"Always"_s},
            {u"source_apiport"_s, u"22"_s},
            {u"source_insideport"_s, u"22"_s},
            {u"source_outsideport"_s, u"30000"_s},
            {u"source_mountpath"_s, u"/mnt/data"_s},
            {u"source_storagelimits"_s, u"50Gi"_s}};
}

} // namespace

// What a pod configuration takes and where, from the rows of two lists as they were read.
class TestPodPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { setCurrentLanguage(u"en"_s); }
    void readsRoomsAndStock();
    void fits_data();
    void fits();
    void namesThePartThatIsShort();
    void namesTheNodeAndWhatItLacks();
    void whatItHoldsIsFree();
    void bothAreHeldWhereTheClusterAnswersLater();
    void replicasAndTheirNodes();
    void portsOfTheCluster();
    void amountsAreGroupedAndCounted();
    void cascadeOfADeletion();
    void differences();

private:
    Row node(const char *name, const char *cluster, qint64 cores, qint64 gi, bool control = false) const;
    Row part(const char *type, const char *model, const char *unit, qint64 stock, qint64 consumed) const;
    Row config(const char *id, const char *port, const char *mode = "NodePort") const;
    std::vector<NodeRoom> rooms() const
    {
        return podRooms(*m_nodes, {node("n1", "k1", 32, 128), node("n2", "k1", 16, 64), node("m", "k1", 64, 512, true), node("x", "k2", 99, 999)},
                        u"k1"_s);
    }
    PartStocks stocks(qint64 memory = 192) const;
    static Workload workload(const WorkloadTexts &texts) { return readWorkload(texts).value(); }

    std::shared_ptr<const ResourceType> m_nodes, m_parts, m_configs;
};

void TestPodPlan::initTestCase()
{
    m_nodes = view("node-stock");
    m_parts = view("compute-part");
    m_configs = view("pod-config");
    QVERIFY(m_nodes && m_parts && m_configs);
}

Row TestPodPlan::node(const char *name, const char *cluster, qint64 cores, qint64 gi, bool control) const
{
    return row(*m_nodes, QLatin1String(name),
               {{u"node_name"_s, QString::fromLatin1(name)},
                {u"clusterid"_s, QString::fromLatin1(cluster)},
                {u"role"_s, control ? u"control"_s : u"worker"_s},
                {u"cordoned"_s, false},
                {u"cpu_model"_s, u"EPYC"_s},
                {u"memory_model"_s, u"DDR5"_s},
                {u"labels"_s, u"disk=ssd, zone=a"_s},
                {u"cpu_total"_s, number(cores)},
                {u"memory_total"_s, number(gi)},
                {u"sysdisk_total"_s, number(500)},
                {u"datadisk_total"_s, number(2000)},
                {u"gpu_total"_s, number(0)}});
}

Row TestPodPlan::part(const char *type, const char *model, const char *unit, qint64 stock, qint64 consumed) const
{
    const QString list = u"[{\"clusterid\": \"k1\", \"clustername\": \"one\", \"stock\": %1, \"consumed\": \"%2\"}]"_s.arg(stock).arg(consumed);
    return row(*m_parts, QLatin1String(model),
               {{u"type"_s, QString::fromLatin1(type)},
                {u"model"_s, QString::fromLatin1(model)},
                {u"resource_unit"_s, QString::fromUtf8(unit)},
                {u"import_export"_s, list}});
}

Row TestPodPlan::config(const char *id, const char *port, const char *mode) const
{
    Cells cells;
    const WorkloadTexts texts = goodTexts();
    for (auto text = texts.cbegin(); text != texts.cend(); ++text)
        cells.insert(text.key(), text.value());
    cells.insert(u"source_replicasetnum"_s, qint64(2));
    cells.insert(u"source_outsideport"_s, QString::fromLatin1(port).toLongLong());
    cells.insert(u"source_portmode"_s, QString::fromLatin1(mode));
    cells.insert(u"namespace_name"_s, u"k1-org"_s);
    cells.insert(u"serviceaccount_name"_s, u"k1-org-serviceaccount"_s);
    cells.insert(u"podcd_name"_s, QLatin1String(id) + u"-statefulset"_s);
    cells.insert(u"service_name"_s, QLatin1String(id) + u"-service"_s);
    cells.insert(u"pod_nodes"_s, u"n1, n2"_s);
    return row(*m_configs, QLatin1String(id), cells);
}

PartStocks TestPodPlan::stocks(qint64 memory) const
{
    return podStocks(*m_parts,
                     {part("cpu", "EPYC", "核", 48, 8), part("memory", "DDR5", "Gi", memory, 0), part("disk", "SYS", "Gi", 1000, 0),
                      part("disk", "DATA", "Mi", 4'096'000, 0)},
                     u"k1"_s);
}

void TestPodPlan::readsRoomsAndStock()
{
    const auto all = rooms();
    QCOMPARE(all.size(), size_t(3)); // of this cluster alone
    QCOMPARE(all[1].hostName, u"n1"_s);
    QCOMPARE(all[1].total.cpuMilli, 32'000);
    QCOMPARE(all[1].total.memoryMi, 128 * 1024);
    QCOMPARE(all[1].labels, (QStringList{u"disk=ssd"_s, u"zone=a"_s}));
    QVERIFY(all[0].control);
    const auto known = stocks();
    QCOMPARE(known.at({u"cpu"_s, u"EPYC"_s}).stock, 48'000);
    QCOMPARE(known.at({u"cpu"_s, u"EPYC"_s}).consumed, 8'000);
    QCOMPARE(known.at({u"disk"_s, u"DATA"_s}).stock, 4'096'000);
}

void TestPodPlan::fits_data()
{
    QTest::addColumn<QString>("restart");
    QTest::addColumn<int>("pods");
    QTest::newRow("StatefulSet") << u"Always"_s << 2;
    QTest::newRow("Deployment") << u"Always"_s << 2;
    QTest::newRow("DaemonSet") << u"Always"_s << 2; // one on each worker
    QTest::newRow("CronJob") << u"OnFailure"_s << 1;
    QTest::newRow("Job") << u"Never"_s << 1;
    QTest::newRow("Standalone") << u"Always"_s << 1;
}

void TestPodPlan::fits()
{
    QFETCH(QString, restart);
    QFETCH(int, pods);
    for (const auto &[type, image] :
         {std::pair(u"LinuxOS"_s, u"docker.io/jupyter/base-notebook:latest"_s), std::pair(u"RelationalDB"_s, u"docker.io/library/mysql:8.0"_s)}) {
        WorkloadTexts texts = goodTexts();
        const QString controller = QString::fromLatin1(QTest::currentDataTag());
        texts[u"source_podengine"_s] = controller;
        texts[u"source_restartpolicy"_s] = restart;
        texts[u"source_replicasetnum"_s] = controller.endsWith(u"Set"_s) && controller != u"DaemonSet"_s ? u"2"_s
            : controller == u"Deployment"_s                                                              ? u"2"_s
                                                                                                         : u"1"_s;
        texts[u"instance_type"_s] = type;
        texts[u"pod_imagepath"_s] = image;
        const PodCheck check = checkPod(workload(texts), rooms(), stocks(), {});
        QVERIFY2(check.fits, qPrintable(placeText(check)));
        int count = 0;
        for (const auto &[host, number] : check.hosts)
            count += number;
        QCOMPARE(count, pods);
        QCOMPARE(check.nodes.size(), size_t(2));
        QCOMPARE(check.closed, 1);
        QCOMPARE(check.parts.size(), size_t(4));
        QCOMPARE(check.parts[1].type, u"memory"_s);
        QCOMPARE(check.parts[1].needed, pods * 16 * 1024);
    }
}

void TestPodPlan::namesThePartThatIsShort()
{
    const PodCheck check = checkPod(workload(goodTexts()), rooms(), stocks(20), {});
    QVERIFY(!check.fits);
    QVERIFY(!check.none); // the nodes have room, the cluster's stock has not
    QCOMPARE(check.parts[1].model, u"DDR5"_s);
    QCOMPARE(check.parts[1].missing, 12 * 1024);
    PartStocks without = stocks();
    without.erase({u"disk"_s, u"SYS"_s});
    const PodCheck unsold = checkPod(workload(goodTexts()), rooms(), without, {});
    QVERIFY(!unsold.fits && !unsold.parts[2].sold);
}

void TestPodPlan::namesTheNodeAndWhatItLacks()
{
    WorkloadTexts texts = goodTexts();
    texts[u"source_memrate"_s] = u"200Gi"_s;
    const PodCheck check = checkPod(workload(texts), rooms(), stocks(), {});
    QVERIFY(!check.fits && check.none);
    QCOMPARE(placeText(check), u"No single node can hold it. The nearest, n1, lacks Memory 72 Gi"_s);
    QCOMPARE(check.parts[1].needed, 2 * 200 * 1024);
    QVERIFY(check.parts[1].missing > 0);
    texts[u"source_nodeselector"_s] = u"zone=b"_s;
    const PodCheck nobody = checkPod(workload(texts), rooms(), stocks(), {});
    QVERIFY(nobody.none && nobody.none->why == NoPlace::Why::NobodyMay);
    QCOMPARE(nobody.closed, 3);
}

void TestPodPlan::whatItHoldsIsFree()
{
    std::vector<NodeRoom> full = rooms();
    for (NodeRoom &room : full)
        room.used = room.total;
    PartStocks taken = stocks();
    for (auto &[part, stock] : taken)
        stock.consumed = stock.stock;
    const Workload same = workload(goodTexts());
    QVERIFY(!checkPod(same, full, taken, {}).fits);
    const PodCheck again = checkPod(same, full, taken, {needOf(same), {u"n1"_s, u"n2"_s}});
    QVERIFY2(again.fits, qPrintable(placeText(again)));
    QCOMPARE(again.parts[1].free, 32 * 1024);
}

void TestPodPlan::bothAreHeldWhereTheClusterAnswersLater()
{
    std::vector<NodeRoom> full = rooms();
    for (NodeRoom &room : full)
        room.used = room.total;
    PartStocks taken = stocks();
    for (auto &[part, stock] : taken)
        stock.consumed = stock.stock;
    const Workload former = workload(goodTexts());
    const PodHolding atOnce{needOf(former), {u"n1"_s, u"n2"_s}, {}}, later{needOf(former), {u"n1"_s, u"n2"_s}, former};
    WorkloadTexts texts = goodTexts();
    texts[u"source_memrate"_s] = u"8Gi"_s;
    const PodCheck smaller = checkPod(workload(texts), full, taken, later);
    QVERIFY2(smaller.fits && !smaller.beside, qPrintable(placeText(smaller)));
    QCOMPARE(smaller.parts[1].needed, 2 * 8 * 1024); // what it has in the end
    for (const auto &[field, text] : {std::pair(u"source_podengine"_s, u"Deployment"_s), std::pair(u"cpu_model"_s, u"EPYC"_s),
                                      std::pair(u"memory_model"_s, u"DDR5"_s), std::pair(u"source_nodeselector"_s, u"zone=a"_s)}) {
        texts = goodTexts();
        texts[field] = text;
        QVERIFY(checkPod(workload(texts), full, taken, atOnce).fits);
        const PodCheck check = checkPod(workload(texts), full, taken, later);
        QVERIFY2(!check.fits && check.beside, qPrintable(field));
        QVERIFY(nodesText(check).contains(u"room for both"_s));
        QVERIFY(checkPod(workload(texts), rooms(), stocks(), later).fits); // room for both
    }
}

void TestPodPlan::replicasAndTheirNodes()
{
    QCOMPARE(replicaHosts(3, {u"a"_s, u"b"_s}, {u"a"_s, u"b"_s, u"b"_s}), (QStringList{u"a"_s, u"b"_s, u"b"_s}));
    QCOMPARE(replicaHosts(3, {u"a"_s, u"b"_s}, {u"a"_s}), (QStringList{u"a"_s, u"b"_s, u"a"_s})); // its pods are not there
    QCOMPARE(replicaHosts(2, {}, {}), QStringList());
}

void TestPodPlan::portsOfTheCluster()
{
    const std::vector<Row> rows{config("c1", "30000"), config("c2", "30001"), config("c3", "30002", "Ingress")};
    QCOMPARE(freeNodePort(*m_configs, rows), 30002);
    QCOMPARE(nodePortOwner(*m_configs, rows, u"30001"_s, u"c1"_s), u"train"_s);
    QCOMPARE(nodePortOwner(*m_configs, rows, u"30000"_s, u"c1"_s), QString());
    QCOMPARE(nodePortOwner(*m_configs, rows, u"30002"_s, {}), QString());
}

void TestPodPlan::amountsAreGroupedAndCounted()
{
    const auto words = [](const char *type, qint64 amount) { return partAmount(amount, measureOf(QLatin1String(type), {})); };
    QCOMPARE(words("memory", 38'620 * 1024), u"38,620 Gi"_s);
    QCOMPARE(words("memory", 1'234'567 * 1024 + 512), u"1,234,567.5 Gi"_s);
    QCOMPARE(words("memory", -8'040 * 1024), u"-8,040 Gi"_s);
    QCOMPARE(words("memory", 999 * 1024), u"999 Gi"_s);
    QCOMPARE(words("cpu", 1'000), u"1 core"_s);
    QCOMPARE(words("cpu", 1'500), u"1.5 cores"_s);
    QCOMPARE(words("gpu", 1), u"1 card"_s);
    QCOMPARE(words("gpu", 6), u"6 cards"_s);
}

void TestPodPlan::cascadeOfADeletion()
{
    const PodCascade cascade =
        podCascade(*m_configs, config("c1", "30000"), rooms(), {u"c1-statefulset-0"_s, u"c1-statefulset-1"_s}, {u"n1"_s, u"n1"_s});
    QVERIFY(cascade.goes.contains(u"StatefulSet c1-statefulset"_s));
    QVERIFY(cascade.goes.contains(u"Service c1-service"_s));
    QVERIFY(cascade.stays.contains(u"Namespace k1-org"_s));
    QVERIFY(cascade.stays.contains(u"ServiceAccount k1-org-serviceaccount"_s));
    const QStringList lines = cascadeLines(cascade);
    QVERIFY2(lines.contains(u"Comes back: Memory DDR5, 16 Gi, on n1"_s), qPrintable(lines.join(u'\n'))); // its row names both nodes
    QVERIFY(lines.contains(u"Comes back: Memory DDR5, 16 Gi, on n2"_s));
    QVERIFY(lines.contains(u"Goes: 2 pods, c1-statefulset-0, c1-statefulset-1"_s));
    QVERIFY(std::none_of(lines.begin(), lines.end(), [](const QString &line) { return line.contains(u"passw"_s); }));
}

void TestPodPlan::differences()
{
    using Kind = DiffLine::Kind;
    const auto lines = lineDiff(u"a\nb\nc\nd\ne\nf"_s, u"a\nb\nc\nd\nE\nf"_s, 1);
    const std::vector<DiffLine> wanted{{Kind::Same, u"d"_s}, {Kind::Out, u"e"_s}, {Kind::In, u"E"_s}, {Kind::Same, u"f"_s}};
    QCOMPARE(lines, wanted);
    QVERIFY(lineDiff(u"a\nb"_s, u"a\nb"_s).empty());
}

QTEST_GUILESS_MAIN(TestPodPlan)
#include "tst_podplan.moc"
