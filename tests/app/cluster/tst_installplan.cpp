#include "app/cluster/addressrange.h"
#include "app/cluster/installplan.h"

#include <QTest>
#include <functional>

using namespace kboss;
using namespace Qt::StringLiterals;

using Why = PlanFault::Why;
using Change = std::function<void(InstallPlan &)>;
Q_DECLARE_METATYPE(Change)

namespace {

InstallPlan good()
{
    InstallPlan plan;
    plan.cluster = u"北京生产"_s;
    plan.version = u"v1.34.9"_s;
    plan.hosts = {{u"cp-1"_s, u"10.20.0.11"_s, 22, u"ops"_s, HostRole::ControlPlane, {}},
                  {u"gpu-1"_s, u"10.20.0.21"_s, 22, u"ops"_s, HostRole::Worker, u"cp-1"_s},
                  {u"gpu-2"_s, u"10.20.0.22"_s, 2222, u"root"_s, HostRole::Worker, u"jump@bastion.example.com:2200"_s}};
    plan.registryMirror = u"registry.cn-hangzhou.aliyuncs.com/google_containers"_s;
    plan.packageMirror = u"https://mirrors.example.com/kubernetes-new/core/stable"_s;
    plan.addons = {u"metrics-server"_s, u"gpu-operator"_s};
    plan.httpsProxy = u"http://proxy.example.com:3128"_s;
    plan.noProxy = {u".example.com"_s};
    plan.acceptedProblems = {u"cp-1/SystemVerification"_s};
    return plan;
}

void addControl(InstallPlan &plan, int count)
{
    for (int i = 0; i < count; ++i)
        plan.hosts.push_back({u"more-%1"_s.arg(i), u"10.20.1.%1"_s.arg(i + 1), 22, u"ops"_s, HostRole::ControlPlane, {}});
}

} // namespace

class TstInstallPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGoodPlanHasNoFaults();
    void faultsNameTheirField_data();
    void faultsNameTheirField();
    void ranges_data();
    void ranges();
    void theFileKeepsEverything();
    void aFileThatIsNoneIsRefused_data();
    void aFileThatIsNoneIsRefused();
};

void TstInstallPlan::aGoodPlanHasNoFaults()
{
    QVERIFY(checkPlan(good()).empty());
    InstallPlan three = good();
    addControl(three, 2);
    three.endpoint = u"api.example.com:6443"_s;
    QVERIFY(checkPlan(three).empty());
    InstallPlan six = good();
    six.podRange = u"fd00:10:244::/56"_s;
    six.serviceRange = u"fd00:10:96::/112"_s;
    QVERIFY(checkPlan(six).empty());
}

void TstInstallPlan::faultsNameTheirField_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("why");
    const auto row = [](const char *name, Change change, const char *field, Why why) {
        QTest::newRow(name) << std::move(change) << QString::fromLatin1(field) << static_cast<int>(why);
    };
    row(
        "no name of the cluster", [](InstallPlan &p) { p.cluster = u" "_s; }, "/cluster", Why::Missing);
    row(
        "no hosts", [](InstallPlan &p) { p.hosts.clear(); }, "/hosts", Why::Missing);
    row(
        "version without v", [](InstallPlan &p) { p.version = u"1.34.9"_s; }, "/version", Why::NotAVersion);
    row(
        "version of two parts", [](InstallPlan &p) { p.version = u"v1.34"_s; }, "/version", Why::NotAVersion);
    row(
        "upper case", [](InstallPlan &p) { p.hosts[1].name = u"GPU-1"_s; }, "/hosts/1/name", Why::NotAName);
    row(
        "64 letters", [](InstallPlan &p) { p.hosts[1].name = QString(64, u'a'); }, "/hosts/1/name", Why::NotAName);
    row(
        "the same name", [](InstallPlan &p) { p.hosts[2].name = u"gpu-1"_s; }, "/hosts/2/name", Why::Twice);
    row(
        "the same address",
        [](InstallPlan &p) {
            p.hosts[2].address = u"10.20.0.21"_s;
            p.hosts[2].port = 22;
        },
        "/hosts/2/address", Why::Twice);
    row(
        "no address", [](InstallPlan &p) { p.hosts[0].address = u"10.20.0.256"_s; }, "/hosts/0/address", Why::NotAnAddress);
    row(
        "an octal address", [](InstallPlan &p) { p.hosts[0].address = u"10.20.0.011"_s; }, "/hosts/0/address", Why::NotAnAddress);
    row(
        "port 0", [](InstallPlan &p) { p.hosts[0].port = 0; }, "/hosts/0/port", Why::NotAPort);
    row(
        "no user", [](InstallPlan &p) { p.hosts[0].user.clear(); }, "/hosts/0/user", Why::Missing);
    row(
        "jump over nobody", [](InstallPlan &p) { p.hosts[1].jump = u"nobody"_s; }, "/hosts/1/jump", Why::NoSuchHost);
    row(
        "jump over itself", [](InstallPlan &p) { p.hosts[1].jump = u"gpu-1"_s; }, "/hosts/1/jump", Why::JumpInACircle);
    row(
        "a circle of two", [](InstallPlan &p) { p.hosts[0].jump = u"gpu-1"_s; }, "/hosts/0/jump", Why::JumpInACircle);
    row(
        "workers alone", [](InstallPlan &p) { p.hosts[0].role = HostRole::Worker; }, "/hosts", Why::NoControlPlane);
    row(
        "two of etcd",
        [](InstallPlan &p) {
            addControl(p, 1);
            p.endpoint = u"api:6443"_s;
        },
        "/hosts", Why::EvenControlPlane);
    row(
        "nine of etcd",
        [](InstallPlan &p) {
            addControl(p, 8);
            p.endpoint = u"api:6443"_s;
        },
        "/hosts", Why::TooManyControlPlanes);
    row(
        "three without an endpoint", [](InstallPlan &p) { addControl(p, 2); }, "/endpoint", Why::EndpointNeeded);
    row(
        "endpoint without a port", [](InstallPlan &p) { p.endpoint = u"api.example.com"_s; }, "/endpoint", Why::NotAnEndpoint);
    row(
        "endpoint among the pods", [](InstallPlan &p) { p.endpoint = u"10.244.3.1:6443"_s; }, "/endpoint", Why::Overlaps);
    row(
        "pods and services overlap", [](InstallPlan &p) { p.podRange = u"10.96.0.0/16"_s; }, "/serviceRange", Why::Overlaps);
    row(
        "a host among the pods", [](InstallPlan &p) { p.podRange = u"10.20.0.0/16"_s; }, "/hosts/0/address", Why::Overlaps);
    row(
        "no range", [](InstallPlan &p) { p.podRange = u"10.0.0.0/99"_s; }, "/podRange", Why::NotARange);
    row(
        "an address, no range", [](InstallPlan &p) { p.serviceRange = u"10.96.0.1/12"_s; }, "/serviceRange", Why::NotARange);
    row(
        "two nodes' worth of pods", [](InstallPlan &p) { p.podRange = u"10.244.0.0/23"_s; }, "/podRange", Why::RangeTooSmall);
    row(
        "eight services", [](InstallPlan &p) { p.serviceRange = u"10.96.0.0/29"_s; }, "/serviceRange", Why::RangeTooSmall);
    row(
        "a mirror with a scheme", [](InstallPlan &p) { p.registryMirror = u"https://r.example.com"_s; }, "/registryMirror", Why::NotAUrl);
    row(
        "a mirror with a password", [](InstallPlan &p) { p.registryMirror = u"u:p@r.example.com"_s; }, "/registryMirror", Why::HoldsASecret);
    row(
        "an exemption with a line of its own", [](InstallPlan &p) { p.noProxy = {u"a\nExecStartPre=/bin/true"_s}; }, "/noProxy", Why::NotAnAddress);
    row(
        "a mirror that ends a line", [](InstallPlan &p) { p.registryMirror = u"r.example.com\n"_s; }, "/registryMirror", Why::NotAUrl);
    row(
        "a proxy with a password", [](InstallPlan &p) { p.httpProxy = u"http://u:p@proxy:3128"_s; }, "/httpProxy", Why::HoldsASecret);
    row(
        "a proxy without a scheme", [](InstallPlan &p) { p.httpsProxy = u"proxy:3128"_s; }, "/httpsProxy", Why::NotAUrl);
    row(
        "a package mirror with a password", [](InstallPlan &p) { p.packageMirror = u"https://u:p@m.example.com/k8s"_s; }, "/packageMirror",
        Why::HoldsASecret);
    row(
        "a package mirror without a scheme", [](InstallPlan &p) { p.packageMirror = u"m.example.com/k8s"_s; }, "/packageMirror", Why::NotAUrl);
    row(
        "an add-on of no kind", [](InstallPlan &p) { p.addons = {u"helm"_s}; }, "/addons/0", Why::UnknownChoice);
    row(
        "an add-on twice",
        [](InstallPlan &p) {
            p.addons = {u"metrics-server"_s, u"metrics-server"_s};
        },
        "/addons/1", Why::Twice);
    row(
        "an add-on nobody knows", [](InstallPlan &p) { p.networkAddon = u"weave"_s; }, "/networkAddon", Why::UnknownChoice);
}

void TstInstallPlan::faultsNameTheirField()
{
    QFETCH(const Change, change);
    QFETCH(const QString, field);
    QFETCH(const int, why);
    InstallPlan plan = good();
    change(plan);
    QStringList found;
    bool hit = false;
    for (const PlanFault &fault : checkPlan(plan)) {
        found << fault.field + u' ' + QString::number(static_cast<int>(fault.why));
        hit = hit || (fault.field == field && static_cast<int>(fault.why) == why);
        QVERIFY(!fault.other.contains(u":p@"_s)); // no secret in a fault
    }
    QVERIFY2(hit, qPrintable(found.join(u"; "_s)));
}

void TstInstallPlan::ranges_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("overlap");
    QTest::newRow("one in the other") << u"10.0.0.0/8"_s << u"10.244.0.0/16"_s << true;
    QTest::newRow("the other way round") << u"10.244.0.0/16"_s << u"10.0.0.0/8"_s << true;
    QTest::newRow("neighbours") << u"10.0.0.0/16"_s << u"10.1.0.0/16"_s << false;
    QTest::newRow("all") << u"0.0.0.0/0"_s << u"192.168.0.0/24"_s << true;
    QTest::newRow("one address") << u"10.0.0.7/32"_s << u"10.0.0.0/29"_s << true;
    QTest::newRow("IPv6") << u"fd00::/48"_s << u"fd00:0:0:8::/64"_s << true;
    QTest::newRow("of either kind") << u"::/0"_s << u"10.0.0.0/8"_s << false;
}

void TstInstallPlan::ranges()
{
    QFETCH(const QString, a);
    QFETCH(const QString, b);
    QFETCH(const bool, overlap);
    const auto first = AddressRange::parse(a), second = AddressRange::parse(b);
    QVERIFY(first && second);
    QCOMPARE(first->overlaps(*second), overlap);
}

void TstInstallPlan::theFileKeepsEverything()
{
    const QByteArray file = writePlan(good());
    const auto read = readPlan(file);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
    QVERIFY(*read == good());
    QCOMPARE(writePlan(*read), file);
    QVERIFY(file.contains("北京生产"));
}

void TstInstallPlan::aFileThatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *from, const char *to, const char *word) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(word);
    };
    row("cut", "\n}\n", "", "no plan");
    row("newer", "\"format\": 1", "\"format\": 2", "newer");
    row("without a format", "\"format\": 1,", "", "/format");
    row("a password", "\"user\": \"root\"", "\"user\": \"root\", \"password\": \"x\"", "/hosts/2/password is not known");
    row("a member of its own", "\"version\"", "\"extra\": 1, \"version\"", "/extra is not known");
    row("a port as text", "\"port\": 2222", "\"port\": \"2222\"", "/hosts/2/port");
    row("another role", "\"control-plane\"", "\"boss\"", "/hosts/0/role");
    row("hosts that are none", "\"hosts\": [", "\"hosts\": [7,", "/hosts/0/");
    row("a list that is none", "\"noProxy\": [\n    \".example.com\"\n  ]", "\"noProxy\": \"x\"", "/noProxy");
}

void TstInstallPlan::aFileThatIsNoneIsRefused()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const QString, word);
    QByteArray file = writePlan(good());
    const qsizetype at = file.indexOf(from);
    QVERIFY(at >= 0);
    file.replace(at, from.size(), to);
    const auto read = readPlan(file);
    QVERIFY(!read);
    QVERIFY2(read.error().detail.contains(word), qPrintable(read.error().detail));
}

QTEST_GUILESS_MAIN(TstInstallPlan)
#include "tst_installplan.moc"
