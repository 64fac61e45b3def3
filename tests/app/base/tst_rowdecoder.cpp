#include "app/base/rowdecoder.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

TableSchema nodeSchema()
{
    return {u"node"_s,
            u"id"_s,
            {{u"id"_s, u"id"_s, FieldType::Text, false, {}},
             {u"name"_s, u"name"_s, FieldType::Text, false, {}},
             {u"sshport"_s, u"sshport"_s, FieldType::Integer, false, {}},
             {u"adminpwd"_s, u"adminpwd"_s, FieldType::Secret, false, {}},
             {u"enable_date"_s, u"enable_date"_s, FieldType::Date, false, {}},
             {u"created"_s, u"created"_s, FieldType::DateTime, false, {}},
             {u"balance"_s, u"balance"_s, FieldType::Money, false, {}},
             {u"rate"_s, u"rate"_s, FieldType::Decimal, false, {}},
             {u"active"_s, u"active"_s, FieldType::Boolean, false, {}},
             {u"state"_s, u"state"_s, FieldType::Enum, false, {u"0"_s, u"1"_s}},
             {u"cpu"_s, u"spec/limits/cpu"_s, FieldType::Decimal, false, {}}}};
}

const RowDecoder::Pointers kbossRows{{u"/data/rows"_s, u"/data"_s, u"/msg"_s}, u"/data/total"_s, u"/data/next"_s};

QByteArray page(const QByteArray &rows)
{
    return R"({"status":true,"data":{"total":"7","rows":[)" + rows + R"(],"next":"p2"}})";
}

std::string text(const QByteArray &bytes)
{
    return bytes.toStdString();
}

} // namespace

class TestRowDecoder final : public QObject {
    Q_OBJECT

private:
    DecodedPage decode(const QByteArray &json, const RowDecoder::Pointers &pointers = kbossRows);
    Value cell(const QByteArray &member, int field);
private Q_SLOTS:
    void readsEnvelope();
    void takesFirstPlaceThatIsAnArray();
    void refusesWhatIsNotTheContract_data();
    void refusesWhatIsNotTheContract();
    void cutsSecretsOutOfRaw_data();
    void cutsSecretsOutOfRaw();
    void neverKeepsSecretText();
    void secretIsMarkedOnlyWhenThere();
    void fitsValues_data();
    void fitsValues();
    void everyTypeInEveryField();
    void notesSayWhereAndAreBounded();
    void skipsRowsWithoutKey();
    void lastOfTwoMembersCounts();
    void hashFollowsRaw();
    void repairsInvalidUtf8();
    void membersMayChangePlaces();
    void manyNamesAreBounded();
    void aDecoderServesManyPages();
};

DecodedPage TestRowDecoder::decode(const QByteArray &json, const RowDecoder::Pointers &pointers)
{
    RowDecoder decoder(nodeSchema());
    auto result = decoder.decodePage(json, pointers);
    if (!result)
        qFatal("not decoded: %s", qPrintable(result.error().detail));
    return *std::move(result);
}

Value TestRowDecoder::cell(const QByteArray &member, int field)
{
    const DecodedPage decoded = decode(page("{\"id\":\"a\"," + member + "}"));
    return decoded.rows.toRow(0).cells[static_cast<size_t>(field)];
}

void TestRowDecoder::readsEnvelope()
{
    const DecodedPage decoded = decode(page(R"({"id":"a"},{"id":"b"})"));
    QCOMPARE(decoded.rows.rowCount(), 2);
    QCOMPARE(decoded.total, 7);
    QCOMPARE(decoded.nextPageToken, u"p2"_s);
    QCOMPARE(decoded.rows.key(1), std::string_view("b"));
}

void TestRowDecoder::takesFirstPlaceThatIsAnArray()
{
    QCOMPARE(decode(R"({"msg":[{"id":"m"}],"data":[{"id":"d"}]})").rows.key(0), std::string_view("d"));
    QCOMPARE(decode(R"({"msg":[{"id":"m"}],"data":{"rows":null}})").rows.key(0), std::string_view("m"));
    QCOMPARE(decode(R"({"msg":"no","data":{"rows":null}})").rows.rowCount(), 0);
    QCOMPARE(decode(R"([{"id":"r"}])", {{QString()}, {}, {}}).rows.key(0), std::string_view("r"));
    QCOMPARE(decode("\xEF\xBB\xBF[{\"id\":\"r\"}]", {{QString()}, {}, {}}).rows.key(0), std::string_view("r"));
    QCOMPARE(decode(R"({"a":[0,{"rows":[{"id":"x"}]}]})", {{u"/a/1/rows"_s}, {}, {}}).rows.key(0), std::string_view("x"));
}

void TestRowDecoder::refusesWhatIsNotTheContract_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("markup") << QByteArray("<html><body>502</body></html>");
    QTest::newRow("no rows") << QByteArray(R"({"data":{"rows":{"id":"a"}}})");
    QTest::newRow("scalar") << QByteArray("12");
    QTest::newRow("cut in a row") << page(R"({"id":"a"},{"id":)").left(50);
    QTest::newRow("cut in a string") << page(R"({"id":"abc"})").chopped(20);
    QTest::newRow("tail") << page(R"({"id":"a"})") + "x";
    QTest::newRow("bad word") << page(R"({"id":"a","x":tru})");
    QTest::newRow("bad number") << page(R"({"id":"a","x":012})");
    QTest::newRow("bad escape") << page(R"({"id":"a","x":"\q"})");
    QTest::newRow("bad nested") << page(R"({"id":"a","x":{"y":[1,}]}})");
    QTest::newRow("deep in a row") << page(R"({"id":"a","x":)" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}");
    QTest::newRow("deep root") << QByteArray(200000, '[');
    QTest::newRow("deep objects") << QByteArray("{\"data\":").repeated(50000);
}

void TestRowDecoder::refusesWhatIsNotTheContract()
{
    QFETCH(QByteArray, json);
    RowDecoder decoder(nodeSchema());
    const auto result = decoder.decodePage(json, kbossRows);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Protocol);
}

void TestRowDecoder::cutsSecretsOutOfRaw_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("raw");
    const auto add = [](const char *name, const char *row, const char *raw) { QTest::newRow(name) << QByteArray(row) << QByteArray(raw); };
    add("none", R"({"id":"a","x":1})", R"({"id":"a","x":1})");
    add("first", R"({"adminpwd":"s","id":"a"})", R"({"id":"a"})");
    add("last", R"({"id":"a","adminpwd":"s"})", R"({"id":"a"})");
    add("middle", R"({"id":"a","adminpwd":"s","x":null})", R"({"id":"a","x":null})");
    add("unknown member", R"({"id":"a","kubeconfig":{"k":[1]},"x":[]})", R"({"id":"a","x":[]})");
    add("escaped name", R"({"id":"a","admin\u0070wd":"s"})", R"({"id":"a"})");
    add("nested", R"({"id":"a","n":{"api_pwd":"s","u":[{"token":"s"},2]},"x":1})", R"({"id":"a","n":{"u":[{},2]},"x":1})");
    add("in a JSON string", "{\"id\":\"a\",\"n\":\"{\\\"password\\\":\\\"s\\\",\\\"u\\\":1}\",\"x\":1}",
        "{\"id\":\"a\",\"n\":\"{\\\"u\\\":1}\",\"x\":1}");
    add("in a misfit", R"({"id":"a","balance":{"passwd":"s"},"x":1})", R"({"id":"a","balance":{},"x":1})");
    add("row number", R"({"id":"a","row_num_":1,"x":1})", R"({"id":"a","x":1})");
    add("blanks", "{ \"id\" : \"a\" , \"adminpwd\" : \"s\" , \"x\" : 1 }", "{\"id\" : \"a\",\"x\" : 1}");
    add("unknown kept", R"({"id":"a","page_token":"keep","deep":{"a":{"b":[true,null,-1.5e3]}}})",
        R"({"id":"a","page_token":"keep","deep":{"a":{"b":[true,null,-1.5e3]}}})");
}

void TestRowDecoder::cutsSecretsOutOfRaw()
{
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, raw);
    const DecodedPage decoded = decode(page(row));
    QCOMPARE(decoded.rows.rowCount(), 1);
    QCOMPARE(std::string(decoded.rows.raw(0)), text(raw));
    QCOMPARE(decoded.rows.key(0), std::string_view("a"));
    const Row again = RowDecoder(nodeSchema()).decodeRow(decoded.rows.raw(0))->toRow(0);
    Row expected = decoded.rows.toRow(0);
    expected.cells[3] = Value(); // the secret is gone from the stored text
    QCOMPARE(again == expected, true);
}

void TestRowDecoder::neverKeepsSecretText()
{
    const DecodedPage decoded =
        decode(page(R"({"id":"a","adminpwd":"hunter2","spec":{"limits":{"cpu":{"password":"hunter2"}}},"rate":{"pwd":"hunter2"}})"));
    const Row row = decoded.rows.toRow(0);
    QVERIFY(std::holds_alternative<SecretMark>(row.cells[3]));
    for (const Value &value : row.cells) {
        if (const auto *misfit = std::get_if<Misfit>(&value))
            QVERIFY(!misfit->raw.contains(u"hunter2"));
    }
    for (const DecodeNote &note : decoded.notes)
        QVERIFY(!note.raw.contains(u"hunter2"));
    QVERIFY(decoded.rows.raw(0).find("hunter2") == std::string_view::npos);
}

void TestRowDecoder::secretIsMarkedOnlyWhenThere()
{
    QVERIFY(std::holds_alternative<SecretMark>(cell(R"("adminpwd":"x")", 3)));
    QVERIFY(isNull(cell(R"("adminpwd":"")", 3)));
    QVERIFY(isNull(cell(R"("adminpwd":null)", 3)));
}

void TestRowDecoder::fitsValues_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("shown"); // "!raw" is a Misfit
    const auto add = [](const char *member, int field, const QString &shown) { QTest::newRow(member) << QByteArray(member) << field << shown; };
    add(R"("name":"首都")", 1, u"首都"_s);
    add(R"("name":"\u9996\ud83d\ude00\n")", 1, u"首😀\n"_s);
    add(R"("name":"\ud83d")", 1, u"\uFFFD"_s);
    add(R"("name":"NULL")", 1, u"-"_s);
    add(R"("name":"未设置")", 1, u"-"_s);
    add(R"("name":"")", 1, u"-"_s);
    add(R"("name":12.50)", 1, u"12.50"_s);
    add(R"("name":["a"])", 1, u"![\"a\"]"_s);
    add(R"("sshport":"22")", 2, u"22"_s);
    add(R"("sshport":22.0)", 2, u"22"_s);
    add(R"("sshport":"512Gi")", 2, u"512"_s);
    add(R"("sshport":"512Mi")", 2, u"!512Mi"_s);
    add(R"("sshport":9223372036854775807)", 2, u"9223372036854775807"_s);
    add(R"("sshport":9223372036854775808)", 2, u"!9223372036854775808"_s);
    add(R"("sshport":1e999999)", 2, u"!1e999999"_s);
    add(R"("sshport":true)", 2, u"!true"_s);
    add(R"("sshport":{"a":1})", 2, u"!{\"a\":1}"_s);
    add(R"("enable_date":"9999-12-31")", 4, u"9999-12-31"_s);
    add(R"("enable_date":"2025/05/06 10:00:00")", 4, u"2025-05-06"_s);
    add(R"("enable_date":"20250506")", 4, u"2025-05-06"_s);
    add(R"("enable_date":"2025-02-30")", 4, u"!2025-02-30"_s);
    add(R"("created":"2025-05-06 08:00:00")", 5, u"@1746489600000"_s);
    add(R"("created":"2025-05-06T00:00:00Z")", 5, u"@1746489600000"_s);
    add(R"("created":1746489600)", 5, u"@1746489600000"_s);
    add(R"("created":"yesterday")", 5, u"!yesterday"_s);
    add(R"("balance":{"currency_code":"CNY","units":"1234","nanos":560000000})", 6, u"CNY 1234.56"_s);
    add(R"("balance":{"nanos":-5,"currency_code":"usd"})", 6, u"USD -0.000000005"_s);
    add(R"("balance":{"currency_code":"CNY"})", 6, u"CNY 0"_s);
    add(R"("balance":{})", 6, u"-"_s);
    add(R"("balance":{"currency_code":"CNY","units":1,"nanos":-1})", 6, u"!{\"currency_code\":\"CNY\",\"units\":1,\"nanos\":-1}"_s);
    add(R"("balance":"12.5")", 6, u"!12.5"_s);
    add(R"("rate":"21.2%")", 7, u"21.2"_s);
    add(R"("rate":"0.004核")", 7, u"0.004"_s);
    add(R"("rate":"512Mi")", 7, u"!512Mi"_s);
    add(R"("rate":1.50)", 7, u"1.50"_s);
    add(R"("rate":12e-1)", 7, u"1.2"_s);
    add(R"("rate":-0)", 7, u"0"_s);
    add(R"("rate":1e38)", 7, u"!1e38"_s);
    add(R"("active":"1")", 8, u"true"_s);
    add(R"("active":0)", 8, u"false"_s);
    add(R"("active":"False")", 8, u"false"_s);
    add(R"("active":2)", 8, u"!2"_s);
    add(R"("state":7)", 9, u"7"_s);
    add(R"("state":"new-code")", 9, u"new-code"_s);
    add(R"("spec":{"limits":{"cpu":"1.5"}})", 10, u"1.5"_s);
    add(R"("spec":{"limits":7})", 10, u"-"_s);
    add(R"("spec":{"a":[{"cpu":1}],"limi\u0074s":{"x":"}","cpu":2}})", 10, u"2"_s);
}

void TestRowDecoder::fitsValues()
{
    QFETCH(QByteArray, member);
    QFETCH(int, field);
    QFETCH(QString, shown);
    const Value value = cell(member, field);
    QString got = u"-"_s;
    if (const auto *s = std::get_if<QString>(&value))
        got = *s;
    else if (const auto *i = std::get_if<qint64>(&value))
        got = QString::number(*i);
    else if (const auto *b = std::get_if<bool>(&value))
        got = *b ? u"true"_s : u"false"_s;
    else if (const auto *n = std::get_if<Decimal>(&value))
        got = n->toString();
    else if (const auto *m = std::get_if<Money>(&value))
        got = m->currency + u' ' + m->amount().toString();
    else if (const auto *t = std::get_if<Instant>(&value))
        got = u'@' + QString::number(t->ms);
    else if (const auto *date = std::get_if<QDate>(&value))
        got = date->toString(Qt::ISODate);
    else if (const auto *misfit = std::get_if<Misfit>(&value))
        got = u'!' + misfit->raw;
    QCOMPARE(got, shown);
}

void TestRowDecoder::everyTypeInEveryField()
{
    const QByteArrayList values = {
        "null", "true", "1", "-1.5e300", "\"x\"", "\"\"", "{}", "[]", "{\"currency_code\":1}", "\"\\u0000\"", "123456789012345678901234567890"};
    const TableSchema schema = nodeSchema();
    for (const QByteArray &value : values) {
        QByteArray row = "{\"id\":\"a\"";
        for (size_t i = 1; i < schema.fields.size(); ++i)
            row += ",\"" + schema.fields[i].pointer.toUtf8().split('/').first() + "\":" + value;
        const DecodedPage decoded = decode(page(row + "}"));
        QCOMPARE(decoded.rows.rowCount(), 1);
        QCOMPARE(decoded.rows.toRow(0).cells.size(), schema.fields.size());
    }
}

void TestRowDecoder::notesSayWhereAndAreBounded()
{
    QByteArray rows;
    for (int i = 0; i < 300; ++i)
        rows += (i ? "," : "") + QByteArray(R"({"id":"k)") + QByteArray::number(i) + R"(","sshport":")" + QByteArray(500, 'x') + "\"}";
    const DecodedPage decoded = decode(page(rows));
    QCOMPARE(decoded.rows.rowCount(), 300);
    QCOMPARE(decoded.noteCount, 300);
    QCOMPARE(decoded.notes.size(), size_t(100));
    QCOMPARE(decoded.notes[3].rowKey, u"k3"_s);
    QCOMPARE(decoded.notes[3].field, u"sshport"_s);
    QCOMPARE(decoded.notes[3].raw.size(), 120);
}

void TestRowDecoder::skipsRowsWithoutKey()
{
    const DecodedPage decoded = decode(page(R"({"name":"x"},7,null,[{}],{"id":""},{"id":["a"]},{"id":"good","name":"n"},{"id":5})"));
    QCOMPARE(decoded.skippedRows, 6);
    QCOMPARE(decoded.rows.rowCount(), 2);
    QCOMPARE(decoded.rows.toRow(0).cells[1], Value(u"n"_s));
    QCOMPARE(decoded.rows.key(1), std::string_view("5"));
}

void TestRowDecoder::lastOfTwoMembersCounts()
{
    QCOMPARE(cell(R"("name":"a","name":"b")", 1), Value(u"b"_s));
    QCOMPARE(cell(R"("name":"\u0061\u0062","name":"b")", 1), Value(u"b"_s));
    QCOMPARE(cell(R"("name":"b","name":"\u0061")", 1), Value(u"a"_s));
    QCOMPARE(cell(R"("name":"\u0062","name":"\u0061c")", 1), Value(u"ac"_s));
    QVERIFY(isNull(cell(R"("name":"b","name":null)", 1)));
    const DecodedPage decoded = decode(page(R"({"id":"a","sshport":"x","sshport":"y"})"));
    QCOMPARE(decoded.noteCount, 1);
}

void TestRowDecoder::hashFollowsRaw()
{
    const DecodedPage decoded = decode(
        page(R"({"id":"a","x":1,"adminpwd":"p","row_num_":1},{"id":"a","x":1,"adminpwd":"q","row_num_":2},{"id":"a","x":2},{"x":1,"id":"a"})"));
    QCOMPARE(decoded.rows.hash(0), decoded.rows.hash(1));
    QVERIFY(decoded.rows.hash(0) != decoded.rows.hash(2));
    QVERIFY(decoded.rows.hash(0) != decoded.rows.hash(3));
}

void TestRowDecoder::repairsInvalidUtf8()
{
    const DecodedPage decoded = decode(page("{\"id\":\"a\",\"name\":\"x\xff\xfey\"}"));
    QCOMPARE(decoded.rows.toRow(0).cells[1], Value(u"x\uFFFD\uFFFDy"_s));
    QCOMPARE(decoded.notes.size(), size_t(1));
}

void TestRowDecoder::membersMayChangePlaces()
{
    const DecodedPage decoded =
        decode(page(R"({"id":"a","name":"1","sshport":1},{"sshport":2,"id":"b","name":"2"},{"name":"3","zzz":0,"sshport":3,"id":"c"})"));
    QCOMPARE(decoded.rows.rowCount(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(decoded.rows.toRow(i).cells[1], Value(QString::number(i + 1)));
        QCOMPARE(decoded.rows.toRow(i).cells[2], Value(qint64(i + 1)));
    }
}

void TestRowDecoder::manyNamesAreBounded()
{
    QByteArray row = R"({"id":"a")";
    for (int i = 0; i < 20000; ++i)
        row += ",\"m" + QByteArray::number(i) + "\":" + QByteArray::number(i);
    const DecodedPage decoded = decode(page(row + R"(,"name":"n","m_pwd":"s"})"));
    QCOMPARE(decoded.rows.toRow(0).cells[1], Value(u"n"_s));
    QVERIFY(decoded.rows.raw(0).find("m_pwd") == std::string_view::npos);
}

void TestRowDecoder::aDecoderServesManyPages()
{
    RowDecoder decoder(nodeSchema());
    for (int size : {1, 1000, 3, 200}) {
        QByteArray rows;
        for (int i = 0; i < size; ++i)
            rows += (i ? "," : "") + QByteArray("{\"id\":\"") + QByteArray::number(i) + "\"}";
        QByteArray json = page(rows);
        json.reserve(json.size() + 64);
        const auto decoded = decoder.decodePage(json, kbossRows);
        QVERIFY(decoded);
        QCOMPARE(decoded->rows.rowCount(), size);
        QVERIFY(!decoder.decodePage("{", kbossRows));
    }
}

QTEST_APPLESS_MAIN(TestRowDecoder)
#include "tst_rowdecoder.moc"
