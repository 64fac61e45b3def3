#include "app/services/hostlist.h"

#include <QTest>
#include <zlib.h>

using namespace kboss;
using namespace Qt::StringLiterals;
using Why = HostListFault::Why;

namespace {

void put16(QByteArray &to, quint32 value)
{
    to += static_cast<char>(value & 0xff);
    to += static_cast<char>((value >> 8) & 0xff);
}
void put32(QByteArray &to, quint32 value)
{
    put16(to, value & 0xffff);
    put16(to, value >> 16);
}

QByteArray deflated(const QByteArray &content)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(content.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(content.constData()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

// A zip archive as spreadsheets write it. `claimed`: the unpacked size its directory tells; -1 = the true one.
QByteArray zip(const QList<std::pair<QByteArray, QByteArray>> &files, qint64 claimed = -1)
{
    QByteArray whole, directory;
    for (const auto &[name, content] : files) {
        const QByteArray packed = deflated(content);
        const auto size = static_cast<quint32>(claimed < 0 ? content.size() : claimed);
        const auto at = static_cast<quint32>(whole.size());
        QByteArray common;
        put16(common, 20);
        put16(common, 0);
        put16(common, 8);
        put32(common, 0);
        put32(common, 0); // checksum: not looked at
        put32(common, static_cast<quint32>(packed.size()));
        put32(common, size);
        put16(common, static_cast<quint32>(name.size()));
        put16(common, 0);
        whole += "PK\3\4" + common + name + packed;
        directory += QByteArray("PK\1\2\x14\0", 6) + common;
        put16(directory, 0);
        put16(directory, 0);
        put16(directory, 0);
        put32(directory, 0);
        put32(directory, at);
        directory += name;
    }
    const auto start = static_cast<quint32>(whole.size());
    whole += directory + QByteArray("PK\5\6\0\0\0\0", 8);
    put16(whole, static_cast<quint32>(files.size()));
    put16(whole, static_cast<quint32>(files.size()));
    put32(whole, static_cast<quint32>(directory.size()));
    put32(whole, start);
    put16(whole, 0);
    return whole;
}

QByteArray workbook(const QByteArray &rows, const QByteArray &shared, qint64 claimed = -1)
{
    return zip({{"xl/workbook.xml", "<workbook xmlns:r='x'><sheets><sheet name='a' sheetId='1' r:id='rId7'/></sheets></workbook>"},
                {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='rId7' Target='worksheets/sheet3.xml'/></Relationships>"},
                {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
                {"xl/worksheets/sheet3.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}},
               claimed);
}

} // namespace

class TestHostList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsCsv()
    {
        const auto list = readHostList(u"\ufeff主机名,地址,端口,用户,角色,跳板\r\n"
                                       "hz-cp-01,10.20.4.11,22,ops,控制面,\r\n"
                                       "\"hz-wk-01\",\"10.20.4.21\",2222,\"o\"\"ps\",worker,\"hz-cp-01\"\r\n"
                                       "\r\n"
                                       ",fd00::21,,ops,,\n"_s.toUtf8());
        QVERIFY(list);
        QVERIFY2(list->faults.empty(), list->faults.empty() ? "" : qPrintable(list->faults[0].text));
        QCOMPARE(list->rows, 3);
        QCOMPARE(list->hosts.size(), 3);
        QCOMPARE(list->hosts[0], (PlanHost{u"hz-cp-01"_s, u"10.20.4.11"_s, 22, u"ops"_s, HostRole::ControlPlane, {}}));
        QCOMPARE(list->hosts[1], (PlanHost{u"hz-wk-01"_s, u"10.20.4.21"_s, 2222, u"o\"ps"_s, HostRole::Worker, u"hz-cp-01"_s}));
        QCOMPARE(list->hosts[2].name, u"host-fd00-21"_s);
    }

    void readsWhatSpreadsheetsSave_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray gbk = "\xc3\xfb\xb3\xc6;\xb5\xd8\xd6\xb7;\xbd\xc7\xc9\xab\nn1;10.0.0.1;\xd6\xf7\xbd\xda\xb5\xe3\n";
        QTest::newRow("GBK") << gbk;
        const QString utf16 = u"\ufeff名称\t地址\t角色\nn1\t10.0.0.1\t主节点\n"_s;
        QTest::newRow("UTF-16 with a mark") << QByteArray(reinterpret_cast<const char *>(utf16.utf16()), utf16.size() * 2);
        QTest::newRow("workbook") << workbook(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>地址</t></is></c>"
            "<c r='C1' t='s'><v>1</v></c></row>"
            "<row r='3'><c r='A3' t='str'><v>n1</v></c><c r='B3' t='s'><v>2</v></c><c r='C3' t='s'><v>3</v></c></row>",
            "<si><t>名称</t></si><si><r><t>角</t></r><r><t>色</t></r></si><si><t>10.0.0.1</t></si>"
            "<si><t>主节点</t><rPh><t>zhu</t></rPh></si>");
    }

    void readsWhatSpreadsheetsSave()
    {
        QFETCH(const QByteArray, content);
        const auto list = readHostList(content);
        QVERIFY2(list, list ? "" : qPrintable(list.error().detail));
        QVERIFY2(list->faults.empty(), list->faults.empty() ? "" : qPrintable(list->faults[0].text));
        QCOMPARE(list->hosts.size(), 1);
        QCOMPARE(list->hosts[0].name, u"n1"_s);
        QCOMPARE(list->hosts[0].role, HostRole::ControlPlane);
    }

    void faultsSayWhere()
    {
        const auto list = readHostList("name,address,port,role\n"
                                       "a,10.0.0.300,22,worker\n"
                                       "b,10.0.0.2,70000,worker\n"
                                       "c_c,10.0.0.3,22,worker\n"
                                       "d,10.0.0.4,22,boss\n"
                                       "e,10.0.0.5,22,worker\n"
                                       "e,10.0.0.6,22,worker\n"
                                       "f,10.0.0.5,22,worker\n"
                                       "g,,22,worker\n");
        QVERIFY(list);
        const std::vector<HostListFault> expected{{2, 2, Why::NotAnAddress, u"10.0.0.300"_s},
                                                  {3, 3, Why::NotAPort, u"70000"_s},
                                                  {4, 1, Why::NotAName, u"c_c"_s},
                                                  {5, 4, Why::NotARole, u"boss"_s},
                                                  {7, 1, Why::Twice, u"e"_s},
                                                  {8, 2, Why::Twice, u"10.0.0.5"_s},
                                                  {9, 2, Why::Missing, {}}};
        QCOMPARE(list->faults, expected);
        QCOMPARE(list->hosts.size(), 1);
        QCOMPARE(list->rows, 8);
    }

    void wholeFilesThatAreWrong_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("why");
        QTest::newRow("empty") << QByteArray() << int(Why::NoHeader);
        QTest::newRow("no addresses") << QByteArray("name,user\na,b\n") << int(Why::NoHeader);
        QTest::newRow("passwords") << QByteArray("address,root password\n10.0.0.1,x\n") << int(Why::PasswordColumn);
        QTest::newRow("unknown") << QByteArray("address,colour\n10.0.0.1,red\n") << int(Why::UnknownColumn);
        QTest::newRow("twice") << QByteArray("address,ip\n10.0.0.1,10.0.0.2\n") << int(Why::ColumnTwice);
        QTest::newRow("open quote") << QByteArray("address,user\n10.0.0.1,\"x\n") << int(Why::OpenQuote);
        QTest::newRow("after the quote") << QByteArray("address,user\n10.0.0.1,\"x\" y\n") << int(Why::AfterQuote);
        QTest::newRow("bytes") << QByteArray("address\n\xff\xff\x80\x80") << int(Why::NotText);
    }

    void wholeFilesThatAreWrong()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const int, why);
        const auto list = readHostList(content);
        QVERIFY(list);
        QVERIFY(!list->faults.empty());
        QCOMPARE(int(list->faults[0].why), why);
    }

    void sizesAreBounded()
    {
        QVERIFY(!readHostList(QByteArray(5 * 1024 * 1024, 'x')));
        QByteArray many = "address\n";
        for (int i = 0; i < 5'100; ++i)
            many += QStringLiteral("10.0.%1.%2\n").arg(i / 250).arg(i % 250).toLatin1();
        const auto list = readHostList(many);
        QVERIFY(list);
        QCOMPARE(list->hosts.size(), 5'000);
        QCOMPARE(list->faults.back().why, Why::TooManyHosts);
        // A part that tells it is large is refused before memory is taken; one that lies is refused when it does not fit.
        QVERIFY(!readXlsxRows(workbook("<row r='1'/>", {}, 900 * 1024 * 1024)));
        QVERIFY(!readXlsxRows(workbook("<row r='1'/>", {}, 3)));
        const QByteArray good = workbook("<row r='1'><c r='A1'><v>1</v></c></row>", {});
        QVERIFY(readXlsxRows(good));
        for (qsizetype cut = 0; cut < good.size(); cut += 7)
            QVERIFY2(!readXlsxRows(good.left(cut)), "no cut one is taken for a whole one");
    }
};

QTEST_GUILESS_MAIN(TestHostList)
#include "tst_hostlist.moc"
