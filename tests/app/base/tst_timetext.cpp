#include "app/base/localzone.h"
#include "app/base/timetext.h"

#include <QDateTime>
#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestTimeText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void instants_data();
    void instants();
    void refuses_data();
    void refuses();
    void dates_data();
    void dates();
    void formattedComesBack();
    void zonesAgreeWithQt();
};

void TestTimeText::instants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    const auto add = [](const char *text, const char *utc) { QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(utc); };
    add("2026-11-22T04:29:47Z", "2026-11-22T04:29:47.000Z");
    add("2026-11-22t04:29:47.5z", "2026-11-22T04:29:47.500Z");
    add("2026-11-22T04:29:47.123456789+08:00", "2026-11-21T20:29:47.123Z");
    add("2026-11-22T04:29:47-0330", "2026-11-22T07:59:47.000Z");
    add("2026-11-22 12:29:47", "2026-11-22T04:29:47.000Z");
    add("2026-11-22 12:29:47.250", "2026-11-22T04:29:47.250Z");
    add("2026/11/22 12:29:47", "2026-11-22T04:29:47.000Z");
    add("2026-11-22T12:29", "2026-11-22T04:29:00.000Z");
    add("2026-11-22", "2026-11-21T16:00:00.000Z");
    add("2026/1/2", "2026-01-01T16:00:00.000Z");
    add("20261122", "2026-11-21T16:00:00.000Z");
    add("20261122122947", "2026-11-22T04:29:47.000Z");
    add(" 2026-11-22 ", "2026-11-21T16:00:00.000Z");
    add("1795321787", "2026-11-22T04:29:47.000Z");
    add("1795321787123", "2026-11-22T04:29:47.123Z");
    add("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z");
    add("2024-02-29", "2024-02-28T16:00:00.000Z");
    add("9999-12-31", "9999-12-30T16:00:00.000Z");
    add("1988-07-01 12:00:00", "1988-07-01T03:00:00.000Z"); // summer time of 1986 to 1991
}

void TestTimeText::instants()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const auto ms = parseInstant(text, QTimeZone("Asia/Shanghai"));
    QVERIFY(ms);
    QCOMPARE(formatRfc3339(*ms), utc);
}

void TestTimeText::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u""_s, u"now"_s, u"2026-13-01"_s, u"2025-02-29"_s, u"2026-11-22T25:00:00Z"_s, u"2026-11-22T04:60:00Z"_s, u"2026-11-22T"_s, u"2026-11"_s,
          u"26-11-22"_s, u"2026-11/22"_s, u"2026-11-22T04:29:47+8"_s, u"2026-11-22T04:29:47Zx"_s, u"20261322"_s, u"12345678901"_s, u"-1"_s,
          u"2026-11-22T04:29:47."_s, u"99999999999999999999"_s, u"二〇二六年"_s, QString(100, u' ')})
        QTest::newRow(qPrintable(u"<%1>"_s.arg(text))) << text;
}

void TestTimeText::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parseInstant(text, QTimeZone("Asia/Shanghai")));
    QVERIFY(!parseDate(text));
}

void TestTimeText::dates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("date");
    QTest::newRow("iso") << u"2025-05-16"_s << QDate(2025, 5, 16);
    QTest::newRow("slashes") << u"2025/05/16"_s << QDate(2025, 5, 16);
    QTest::newRow("compact") << u"20250516"_s << QDate(2025, 5, 16);
    QTest::newRow("with time") << u"2025-05-16 23:59:59"_s << QDate(2025, 5, 16);
    QTest::newRow("as written, whatever the zone") << u"2025-05-16T23:59:59-11:00"_s << QDate(2025, 5, 16);
    QTest::newRow("no end") << u"9999-12-31"_s << QDate(9999, 12, 31);
}

void TestTimeText::dates()
{
    QFETCH(QString, text);
    QFETCH(QDate, date);
    const auto parsed = parseDate(text);
    QVERIFY(parsed);
    QCOMPARE(*parsed, date);
    QVERIFY(!parseDate(u"1795321787"));
}

void TestTimeText::formattedComesBack()
{
    QVERIFY(rc::check("parseInstant(formatRfc3339(ms)) is ms, as Qt prints it", [] {
        const qint64 ms = *rc::gen::inRange<qint64>(-62'135'596'800'000, 253'402'300'799'999);
        const QString text = formatRfc3339(ms);
        RC_ASSERT(text == QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs));
        RC_ASSERT(parseInstant(text, QTimeZone("America/New_York")) == ms);
    }));
    QVERIFY(formatRfc3339(std::numeric_limits<qint64>::max() / 4).isEmpty());
}

void TestTimeText::zonesAgreeWithQt()
{
    QVERIFY(rc::check("LocalZone is QDateTime, only quicker", [] {
        const QTimeZone zone(
            *rc::gen::element(QByteArray("Asia/Shanghai"), QByteArray("America/New_York"), QByteArray("Europe/Berlin"), QByteArray("UTC")));
        const LocalZone local(zone);
        for (int i = 0; i < 20; ++i) {
            const qint64 wall = *rc::gen::inRange<qint64>(-1'000'000'000'000, 4'000'000'000'000);
            const QDateTime utc = QDateTime::fromMSecsSinceEpoch(wall, Qt::UTC);
            RC_ASSERT(local.toUtcMs(wall) == QDateTime(utc.date(), utc.time(), zone).toMSecsSinceEpoch());
        }
    }));
}

QTEST_APPLESS_MAIN(TestTimeText)
#include "tst_timetext.moc"
