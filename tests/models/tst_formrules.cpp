#include "models/formrules.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// One typed field at a time: kinds of text, and values against their contract.
class TestFormRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void addresses_data();
    void addresses();
    void urlsAndPhones();
    void typedValues_data();
    void typedValues();

private:
    std::unique_ptr<ContractSet> m_contracts;
    std::unique_ptr<ResourceSet> m_views;
};

void TestFormRules::initTestCase()
{
    const QString resources = qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/"_s;
    auto contracts = ContractSet::load(resources + u"api"_s);
    QVERIFY2(contracts, contracts ? "" : qPrintable(contracts.error().detail));
    m_contracts = std::make_unique<ContractSet>(*std::move(contracts));
    auto views = ResourceSet::load(resources + u"views"_s, *m_contracts);
    QVERIFY2(views, views ? "" : qPrintable(views.error().detail));
    m_views = std::make_unique<ResourceSet>(*std::move(views));
}

void TestFormRules::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char *good : {"192.168.0.8", "0.0.0.0", "255.255.255.255", "::1", "fe80::1", "2001:db8:0:0:0:0:0:1", "::ffff:10.0.0.1", "1::", "host",
                             "gpu-1.cn-north.example.com", "3com.example"})
        QTest::newRow(good) << QString::fromLatin1(good) << true;
    for (const char *bad : {"", "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4.", "1:2:3:4:5:6:7", "1::2::3", "12345::", ":::", "g::1",
                            "-host", "host-", "a b", "a..b", "host_1", "http://x", "10.0.0.1:22", "主机"})
        QTest::newRow(*bad ? bad : "empty") << QString::fromUtf8(bad) << false;
}

void TestFormRules::addresses()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QCOMPARE(checkKind(InputKind::Address, text).isEmpty(), good);
}

void TestFormRules::urlsAndPhones()
{
    for (const char *good : {"https://kboss.example.com", "http://127.0.0.1:8080/pcapi", "https://[::1]/"})
        QVERIFY2(checkKind(InputKind::Url, QString::fromLatin1(good)).isEmpty(), good);
    for (const char *bad : {"kboss.example.com", "ftp://x", "https://", "https://user:pw@host", "https://a b", "javascript:x"})
        QVERIFY2(!checkKind(InputKind::Url, QString::fromLatin1(bad)).isEmpty(), bad);
    for (const char *good : {"13800000000", "+86 138-0000-0000", "(010) 12345678"})
        QVERIFY2(checkKind(InputKind::Phone, QString::fromLatin1(good)).isEmpty(), good);
    for (const char *bad : {"1234", "138x0000", "+", "1+38000000"})
        QVERIFY2(!checkKind(InputKind::Phone, QString::fromLatin1(bad)).isEmpty(), bad);
}

void TestFormRules::typedValues_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value"); // typedText of it, or "!" for refused
    const auto row = [](const char *name, const char *text, const char *value) {
        QTest::addRow("%s %s", name, text) << QString::fromLatin1(name) << QString::fromUtf8(text) << QString::fromUtf8(value);
    };
    row("cpu_stock", "64", "64");
    row("cpu_stock", "1,024", "1024");
    row("cpu_stock", "６４", "64");
    row("cpu_stock", "-1", "!");
    row("cpu_stock", "1.5", "!");
    row("cpu_stock", "many", "!");
    row("cpu_stock", "10,24", "!");
    row("cpu_stock", "99999999999999999999", "!");
    row("cpu_stock", "100000001", "!");
    row("sshport", "22", "22");
    row("sshport", "65535", "65535");
    row("sshport", "0", "!");
    row("sshport", "65536", "!");
    row("ip", " 192.168.0.8 ", "192.168.0.8");
    row("ip", "192.168.0.256", "!");
    row("devicetype", "1", "1");
    row("devicetype", "2", "!");
    row("role", "", "");
    row("role", "boss", "!");
    row("enable_date", "2026-11-22", "2026-11-22");
    row("enable_date", "2026-02-30", "!");
    row("enable_date", "soon", "!");
    row("external_ip", "", "");
    row("external_ip", "8.8.8", "!");
}

void TestFormRules::typedValues()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QString, value);
    const ResourceType *node = m_views->find(u"compute-node"_s);
    for (const FormField &field : formFields(*node, *node->action(u"create"_s), *m_contracts)) {
        if (field.name != name)
            continue;
        const auto typed = typedValue(field, text, {});
        if (value == "!"_L1) {
            QVERIFY(!typed);
            QCOMPARE(typed.error().kind, ErrorKind::Rejected);
            QCOMPARE(typed.error().field, name);
            QVERIFY(!typed.error().detail.isEmpty());
        } else {
            QVERIFY2(typed, typed ? "" : qPrintable(typed.error().detail));
            QCOMPARE(typedText(*typed, field), value);
        }
        return;
    }
    QFAIL("no such field");
}

QTEST_GUILESS_MAIN(TestFormRules)
#include "tst_formrules.moc"
