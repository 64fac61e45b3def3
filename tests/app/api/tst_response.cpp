#include "app/api/inflater.h"
#include "app/api/jsonscan.h"
#include "app/api/response.h"
#include "app/api/retrypolicy.h"
#include "tests/support/serveranswer.h"

#include <QtTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

class TestResponse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void goodEnvelopes_data();
    void goodEnvelopes();
    void namesTheField();
    void rowsOfEveryShape_data();
    void rowsOfEveryShape();
    void pagesByToken();
    void rowsThatAreNone();
    void decodesObjects();
    void depth_data();
    void depth();
    void anyCutOfAnAnswerIsSurvived();
    void inflatesInPieces();
    void retryAfter();
    void backoffStaysInItsBounds();

private:
    const Operation &operation(const char *id) const { return *m_contracts.find(QLatin1String(id)); }
    static WireResponse answer(const QByteArray &body, int status = 200) { return {status, "application/json", body, u"r1"_s, 1}; }
    static TableSchema schema();
    ContractSet m_contracts;
};

void TestResponse::initTestCase()
{
    const auto set = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/api"_s);
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    m_contracts = *set;
}

TableSchema TestResponse::schema()
{
    TableSchema table;
    table.resource = u"thing"_s;
    table.key = u"id"_s;
    table.fields = {{u"id"_s, u"id"_s, FieldType::Text, false, {}}, {u"name"_s, u"name"_s, FieldType::Text, false, {}}};
    return table;
}

void TestResponse::goodEnvelopes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("true") << QByteArray(R"({"status":true,"msg":"ok","data":{}})");
    QTest::newRow("text") << QByteArray(R"({"status":"true"})");
    QTest::newRow("number") << QByteArray(R"({"status":1})");
    QTest::newRow("digit") << QByteArray(R"({"status":"1"})");
    QTest::newRow("behind the data") << QByteArray(R"({"data":{"rows":[{"status":false},{"a":"}]"}],"total":2},"status":true})");
    QTest::newRow("with white space") << QByteArray("\r\n\t {\"status\":true}\n");
}

void TestResponse::goodEnvelopes()
{
    QFETCH(QByteArray, body);
    const auto checked = checkEnvelope(operation("getCpclist"), answer(body));
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
}

void TestResponse::namesTheField()
{
    const auto own = checkEnvelope(operation("addCpclist"), answer(R"({"status":false,"msg":"bad port","field":"sshport"})", 400));
    QVERIFY(!own);
    QCOMPARE(own.error().field, u"sshport"_s);
    const auto google = checkEnvelope(operation("updateBillingAccount"),
                                      answer(R"({"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT",
                                                 "details":[{"fieldViolations":[{"field":"credit_line.nanos","description":"d"}]}]}})",
                                             400));
    QVERIFY(!google);
    QCOMPARE(google.error().kind, ErrorKind::Rejected);
    QCOMPARE(google.error().field, u"credit_line.nanos"_s);
    QCOMPARE(google.error().requestId, u"r1"_s);
    QCOMPARE(google.error().httpStatus, 400);
}

void TestResponse::rowsOfEveryShape_data()
{
    QTest::addColumn<QString>("operationId");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("rows");
    QTest::addColumn<qint64>("total");
    QTest::newRow("rows below data") << u"getCpclist"_s << QByteArray(R"({"status":true,"data":{"total":9,"rows":[{"id":"a"},{"id":"b"}]}})") << 2
                                     << qint64(9);
    QTest::newRow("data is the list") << u"getCpclist"_s << QByteArray(R"({"status":true,"data":[{"id":"a"}]})") << 1 << qint64(-1);
    QTest::newRow("total as a text") << u"getCpclist"_s << QByteArray(R"({"status":true,"data":{"total":"9","rows":[]}})") << 0 << qint64(9);
    QTest::newRow("idle nodes") << u"getCpcidleDevice"_s << QByteArray(R"({"status":true,"data":[{"id":"a"},{"id":"b"},{"id":"c"}]})") << 3
                                << qint64(-1);
    QTest::newRow("accounts") << u"listBillingAccounts"_s << QByteArray(R"({"billing_accounts":[{"id":"a"}],"next_page_token":"t","total_size":7})")
                              << 1 << qint64(7);
}

void TestResponse::rowsOfEveryShape()
{
    QFETCH(QString, operationId);
    QFETCH(QByteArray, body);
    QFETCH(int, rows);
    QFETCH(qint64, total);
    RowDecoder decoder(schema());
    const auto page = decodeRows(*m_contracts.find(operationId), answer(body), decoder);
    QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
    QCOMPARE(page->rows.rowCount(), rows);
    QCOMPARE(page->total, total);
}

void TestResponse::pagesByToken()
{
    RowDecoder decoder(schema());
    const auto page =
        decodeRows(operation("listBillingAccounts"), answer(R"({"billing_accounts":[],"next_page_token":"abc=","total_size":7})"), decoder);
    QVERIFY(page);
    QCOMPARE(page->nextPageToken, u"abc="_s);
}

void TestResponse::rowsThatAreNone()
{
    RowDecoder decoder(schema());
    const auto page = decodeRows(operation("getCpclist"), answer(R"({"status":true,"data":"nothing"})"), decoder);
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Protocol);
    QCOMPARE(page.error().operation, u"getCpclist"_s);
}

void TestResponse::decodesObjects()
{
    const auto record = decodeObject(operation("addCpclist"), answer(R"({"status":true,"data":{"id":"x"}})"));
    QVERIFY(record);
    QCOMPARE(QString::fromStdString((*record)["id"]), u"x"_s);
    const auto whole = decodeObject(operation("updateBillingAccount"), answer(R"({"id":"x"})"));
    QCOMPARE(QString::fromStdString((*whole)["id"]), u"x"_s);
    QVERIFY(decodeObject(operation("addCpclist"), answer(R"({"status":true})"))->is_null());
    QVERIFY(decodeObject(operation("logoutUser"), answer(R"({"status":true})"))->is_null());
    QVERIFY(!decodeObject(operation("addCpclist"), answer(R"({"status":true,"da)")));
}

void TestResponse::depth_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("within"); // 3
    QTest::newRow("three") << QByteArray("[[[]]]") << true;
    QTest::newRow("four") << QByteArray("[[[[]]]]") << false;
    QTest::newRow("wide") << QByteArray("[[[]],[[]],{\"a\":{}}]") << true;
    QTest::newRow("in a string") << QByteArray(R"(["[[[[[[[["])") << true;
    QTest::newRow("behind an escaped quote") << QByteArray(R"(["\"[[[[[[[["])") << true;
    QTest::newRow("behind an escaped backslash") << QByteArray(R"(["\\",[[[]]]])") << false;
    QTest::newRow("a string without end") << QByteArray(R"(["[[[[[[)") << true;
    QTest::newRow("ends in a backslash") << QByteArray("[\"\\") << true;
}

void TestResponse::depth()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, within);
    QCOMPARE(jsonDepthWithin(json, 3), within);
}

void TestResponse::anyCutOfAnAnswerIsSurvived()
{
    const QByteArray body = R"({"status":true,"msg":"好\u4e00\"","data":{"total":2,"rows":[{"id":"a","x":[1,2.5e3,null,{"y":"z"}]},{"id":"b"}]}})";
    RowDecoder decoder(schema());
    for (qsizetype length = 0; length < body.size(); ++length) {
        const WireResponse response = answer(body.left(length));
        const auto checked = checkEnvelope(operation("getCpclist"), response);
        const auto rows = decodeRows(operation("getCpclist"), response, decoder);
        QVERIFY2(!checked || !rows, body.left(length).constData());
        QVERIFY(!decodeObject(operation("addCpclist"), response));
    }
}

void TestResponse::inflatesInPieces()
{
    QByteArray text;
    for (int i = 0; i < 20'000; ++i)
        text += QByteArray::number(i * 7919 % 10'007);
    const QByteArray packed = gzipped(text);
    Inflater inflater(text.size());
    QByteArray out;
    for (qsizetype i = 0; i < packed.size(); i += 7)
        QVERIFY(inflater.feed(packed.mid(i, 7), out));
    QVERIFY(inflater.isComplete());
    QCOMPARE(out, text);
    Inflater small(text.size() - 1);
    QByteArray kept;
    QVERIFY(!small.feed(packed, kept));
    QVERIFY(kept.size() < text.size());
}

void TestResponse::retryAfter()
{
    QCOMPARE(parseRetryAfter("3", 0), std::optional<qint64>(3'000));
    QCOMPARE(parseRetryAfter(" 0 ", 0), std::optional<qint64>(0));
    QCOMPARE(parseRetryAfter("-1", 0), std::nullopt);
    QCOMPARE(parseRetryAfter("soon", 0), std::nullopt);
    QCOMPARE(parseRetryAfter("", 0), std::nullopt);
    QCOMPARE(parseRetryAfter("Thu, 01 Jan 1970 00:01:00 GMT", 40'000), std::optional<qint64>(20'000));
    QCOMPARE(parseRetryAfter("Thu, 01 Jan 1970 00:00:00 GMT", 40'000), std::optional<qint64>(0));
}

void TestResponse::backoffStaysInItsBounds()
{
    int longest = 0;
    for (int i = 0; i < 500; ++i) {
        const int delay = backoffDelay(250, 3);
        QVERIFY(delay >= 0 && delay <= 1'000);
        longest = qMax(longest, delay);
    }
    QVERIFY(longest > 500); // it is spread, not fixed
    QCOMPARE(backoffDelay(0, 5), 0);
    QVERIFY(backoffDelay(250, 1'000) <= 30'000);
}

QTEST_GUILESS_MAIN(TestResponse)
#include "tst_response.moc"
