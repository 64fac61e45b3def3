#include "app/base/decimal.h"
#include "app/base/filter.h"
#include "app/base/quantity.h"
#include "app/base/rowdecoder.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// Ages, cores, memory and labels as the services write them.
class TestQuantity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void notDurations_data();
    void notDurations();
    void quantities_data();
    void quantities();
    void notQuantities_data();
    void notQuantities();
    void tags();
    void rowsAreDecodedByTheirReading();
    void keysAreMadeOfTheirParts();
    void filtersTakeUnits();
};

void TestQuantity::durations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("hours") << u"16h"_s << qint64(57'600);
    QTest::newRow("days and hours") << u"5d18h"_s << qint64(496'800);
    QTest::newRow("days") << u"70d"_s << qint64(6'048'000);
    QTest::newRow("seconds") << u"45s"_s << qint64(45);
    QTest::newRow("minutes") << u"3m20s"_s << qint64(200);
    QTest::newRow("years") << u"2y30d"_s << qint64(65'664'000);
    QTest::newRow("nothing yet") << u"0s"_s << qint64(0);
    QTest::newRow("bare seconds") << u"57600"_s << qint64(57'600);
    QTest::newRow("blanks around") << u" 16h "_s << qint64(57'600);
}

void TestQuantity::durations()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const auto scanned = scanDuration(text.toStdString());
    QVERIFY(scanned);
    QCOMPARE(*scanned, seconds);
}

void TestQuantity::notDurations_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "h", "-1h", "1.5h", "16 h", "5d18", "16x", "<invalid>", "99999999999999999999d", "9999999999999y"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestQuantity::notDurations()
{
    QFETCH(QString, text);
    QVERIFY(!scanDuration(text.toStdString()));
}

void TestQuantity::quantities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("cores");
    QTest::addColumn<QString>("digits");
    const auto row = [](const char *text, bool cores, const char *digits) {
        QTest::addRow("%s %s", text, cores ? "cores" : "GiB") << QString::fromUtf8(text) << cores << QString::fromLatin1(digits);
    };
    row("0.004核", true, "0.004");
    row("250m", true, "0.25");
    row("1500000n", true, "0.0015");
    row("2", true, "2");
    row("15.210", true, "15.21");
    row("2.539Mi", false, "0.0024794921875");
    row("5Gi", false, "5");
    row("2", false, "2");
    row("1Ti", false, "1024");
    row("1Ki", false, "0.00000095367431640625");
    row("1024Mi", false, "1");
    row("0Mi", false, "0");
    row("1073741824B", false, "1");
    row("1G", false, "0.931322574615478515625");
}

void TestQuantity::quantities()
{
    QFETCH(QString, text);
    QFETCH(bool, cores);
    QFETCH(QString, digits);
    std::string scanned;
    QVERIFY(scanQuantity(text.toStdString(), cores ? FieldReading::Cores : FieldReading::Gibibytes, scanned));
    QCOMPARE(QString::fromStdString(scanned), digits);
}

void TestQuantity::notQuantities_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "Mi", "2 x", "1.2.3Mi", "--1", "5Gb", "0.1234567890123456789012345678901234567Ki"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestQuantity::notQuantities()
{
    QFETCH(QString, text);
    std::string scanned;
    QVERIFY(!scanQuantity(text.toStdString(), FieldReading::Gibibytes, scanned));
}

void TestQuantity::tags()
{
    std::string text;
    QVERIFY(scanTags(R"(["zone=b1","kyy-gpu=a100"])", text));
    QCOMPARE(text, std::string("zone=b1, kyy-gpu=a100"));
    QVERIFY(scanTags(R"({"zone":"b1","tier":2,"ready":true})", text));
    QCOMPARE(text, std::string("zone=b1, tier=2, ready=true"));
    QVERIFY(scanTags("[]", text));
    QVERIFY(text.empty());
    QVERIFY(!scanTags(R"([{"a":1}])", text));
    QVERIFY(!scanTags("nonsense", text));
}

namespace {

FieldSchema field(const char *id, FieldType type, FieldReading reading)
{
    FieldSchema schema{QString::fromLatin1(id), QString::fromLatin1(id), type, false, {}};
    schema.reading = reading;
    return schema;
}

TableSchema podSchema()
{
    return {u"pod"_s,
            u"id"_s,
            {field("id", FieldType::Text, FieldReading::Plain), field("age", FieldType::Integer, FieldReading::Duration),
             field("cpu", FieldType::Decimal, FieldReading::Cores), field("memory", FieldType::Decimal, FieldReading::Gibibytes),
             field("labels", FieldType::Text, FieldReading::Tags)}};
}

} // namespace

void TestQuantity::rowsAreDecodedByTheirReading()
{
    RowDecoder decoder(podSchema());
    const auto page = decoder.decodePage(R"([
        {"id":"a","age":"5d18h","cpu":"0.004核","memory":"2.539Mi","labels":["a=1","b=2"]},
        {"id":"b","age":"soon","cpu":"many","memory":null,"labels":"a=1, b=2"},
        {"id":"c","age":30,"cpu":2,"memory":"","labels":[]}])",
                                         {{QString()}, {}, {}});
    QVERIFY(page);
    const Row a = page->rows.toRow(0), b = page->rows.toRow(1), c = page->rows.toRow(2);
    QCOMPARE(std::get<qint64>(a.cells[1]), qint64(496'800));
    QVERIFY(std::get<Decimal>(a.cells[2]) == *Decimal::parse(u"0.004"));
    QVERIFY(std::get<Decimal>(a.cells[3]) == *Decimal::parse(u"0.0024794921875"));
    QCOMPARE(std::get<QString>(a.cells[4]), u"a=1, b=2"_s);
    QCOMPARE(std::get<Misfit>(b.cells[1]).raw, u"soon"_s);
    QCOMPARE(std::get<Misfit>(b.cells[2]).raw, u"many"_s);
    QVERIFY(isNull(b.cells[3]));
    QCOMPARE(std::get<QString>(b.cells[4]), u"a=1, b=2"_s);
    QCOMPARE(std::get<qint64>(c.cells[1]), qint64(30));
    QVERIFY(std::get<Decimal>(c.cells[2]) == Decimal(2));
    QVERIFY(isNull(c.cells[3]) && isNull(c.cells[4]));
}

void TestQuantity::keysAreMadeOfTheirParts()
{
    const auto text = [](const char *id) { return field(id, FieldType::Text, FieldReading::Plain); };
    const TableSchema schema{u"pod"_s, u"id"_s, {text("id"), text("space"), text("name")}, {u"space"_s, u"name"_s}};
    RowDecoder decoder(schema);
    const auto page = decoder.decodePage(R"([{"space":"a","name":"p-0"},{"id":"own","space":"a","name":"p-1"},{"space":"a"},
        {"name":"q\u0041","space":"b"}])",
                                         {{QString()}, {}, {}});
    QVERIFY(page);
    QCOMPARE(page->rows.rowCount(), 3); // one has no key
    QCOMPARE(page->rows.toRow(0).key, u"a/p-0"_s);
    QCOMPARE(std::get<QString>(page->rows.toRow(0).cells[0]), u"a/p-0"_s);
    QCOMPARE(page->rows.toRow(1).key, u"own"_s);
    QCOMPARE(page->rows.toRow(2).key, u"b/qA"_s);
}

void TestQuantity::filtersTakeUnits()
{
    const TableSchema schema = podSchema();
    const Row row{u"a"_s, {u"a"_s, qint64(2 * 86'400), *Decimal::parse(u"0.25"), *Decimal::parse(u"0.5"), u"zone=b1, gpu=a100"_s}};
    const auto holds = [&](const QString &text) {
        const auto filter = parseFilter(text);
        if (!filter || !checkFilter(*filter, schema))
            qWarning().noquote() << text << "is refused";
        return filter && matches(*filter, schema, row);
    };
    QVERIFY(holds(u"age >= \"2d\""_s));
    QVERIFY(!holds(u"age > \"2d\""_s));
    QVERIFY(holds(u"age < \"49h\""_s));
    QVERIFY(holds(u"age = 172800"_s));
    QVERIFY(holds(u"cpu = \"250m\""_s));
    QVERIFY(holds(u"memory = \"512Mi\" AND memory < 1"_s));
    QVERIFY(holds(u"labels : \"gpu=a100\""_s));
    QVERIFY(!checkFilter(*parseFilter(u"age > \"soon\""_s), schema));
    QVERIFY(!checkFilter(*parseFilter(u"memory > \"2Gb\""_s), schema));
}

QTEST_GUILESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
