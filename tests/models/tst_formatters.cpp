#include "models/formatters.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTest>
#include <QTranslator>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

const QTimeZone shanghai("Asia/Shanghai");
const qint64 now = QDateTime(QDate(2026, 11, 22), QTime(12, 31, 47), shanghai).toMSecsSinceEpoch();
constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;

// Stands in for translations/kboss_zh_CN.ts.
class Chinese final : public QTranslator {
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        static const QHash<QByteArray, QString> words{
            {"just now", u"刚刚"_s},
            {"1 minute ago", u"1 分钟前"_s},
            {"%1 minutes ago", u"%1 分钟前"_s},
            {"1 hour ago", u"1 小时前"_s},
            {"%1 hours ago", u"%1 小时前"_s},
            {"yesterday", u"昨天"_s},
            {"%1 days ago", u"%1 天前"_s},
            {"1 month ago", u"1 个月前"_s},
            {"%1 years ago", u"%1 年前"_s},
            {"in %1 days", u"%1 天后"_s},
            {"%1 s", u"%1 秒"_s},
            {"no end", u"长期"_s},
        };
        return qstrcmp(context, "Formatters") == 0 ? words.value(QByteArray(source)) : QString();
    }
};

ColumnSpec column(FieldType type, ColumnFormat format)
{
    ColumnSpec spec;
    spec.field.type = type;
    spec.format = format;
    return spec;
}

const FormatContext context{shanghai, now};

Money money(const char *amount, const char *currency = "CNY")
{
    return Money::fromDecimal(QString::fromLatin1(currency), Decimal::parse(QString::fromLatin1(amount)).value()).value();
}

CellText amount(const char *text)
{
    return formatCell(money(text), column(FieldType::Money, ColumnFormat::Amount), context);
}

} // namespace

class TestFormatters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void relativeTimes_data();
    void relativeTimes();
    void ages();
    void amounts();
    void numbers();
    void chipsAndWords();
    void idsAreShortAndWhole();
    void secretsAreSixDots();
    void times();
    void expiry_data();
    void expiry();
    void nothingAndMisfits();
    void rowsKnowTheirRules();
    void clustersSayWhatIsWrong();
    void exportsAreExact();
};

void TestFormatters::relativeTimes_data()
{
    QTest::addColumn<qint64>("span");
    QTest::addColumn<QString>("en");
    QTest::addColumn<QString>("zh");
    QTest::newRow("now") << qint64(0) << u"just now"_s << u"刚刚"_s;
    QTest::newRow("59 s") << qint64(59'999) << u"just now"_s << u"刚刚"_s;
    QTest::newRow("1 min") << minute << u"1 minute ago"_s << u"1 分钟前"_s;
    QTest::newRow("48 min") << 48 * minute << u"48 minutes ago"_s << u"48 分钟前"_s;
    QTest::newRow("1 h") << hour << u"1 hour ago"_s << u"1 小时前"_s;
    QTest::newRow("11 h, same day") << 11 * hour << u"11 hours ago"_s << u"11 小时前"_s;
    QTest::newRow("14 h, the day before") << 14 * hour << u"yesterday"_s << u"昨天"_s;
    QTest::newRow("the day before") << day << u"yesterday"_s << u"昨天"_s;
    QTest::newRow("3 d") << 3 * day << u"3 days ago"_s << u"3 天前"_s;
    QTest::newRow("30 d") << 30 * day << u"30 days ago"_s << u"30 天前"_s;
    QTest::newRow("40 d") << 40 * day << u"1 month ago"_s << u"1 个月前"_s;
    QTest::newRow("900 d") << 900 * day << u"2 years ago"_s << u"2 年前"_s;
    QTest::newRow("ahead") << -3 * day << u"in 3 days"_s << u"3 天后"_s;
}

void TestFormatters::relativeTimes()
{
    QFETCH(qint64, span);
    QFETCH(QString, en);
    QFETCH(QString, zh);
    QCOMPARE(formatRelativeTime(now - span, now, shanghai), en);
    Chinese chinese;
    QCoreApplication::installTranslator(&chinese);
    QCOMPARE(formatRelativeTime(now - span, now, shanghai), zh);
    QCoreApplication::removeTranslator(&chinese);
}

void TestFormatters::ages()
{
    QCOMPARE(formatAge(12'300), u"12 s"_s);
    QCOMPARE(formatAge(-5), u"0 s"_s);
    QCOMPARE(formatAge(3 * minute), u"3 min"_s);
    QCOMPARE(formatAge(5 * hour), u"5 h"_s);
    QCOMPARE(formatAge(9 * day), u"9 d"_s);
    Chinese chinese;
    QCoreApplication::installTranslator(&chinese);
    QCOMPARE(formatAge(12'300), u"12 秒"_s);
    QCoreApplication::removeTranslator(&chinese);
}

void TestFormatters::amounts()
{
    const CellText plain = amount("1284300.55");
    QCOMPARE(plain.text, u"1,284,300.55"_s);
    QCOMPARE(plain.full, u"1284300.55"_s);
    QCOMPARE(plain.hint, u"CNY"_s);
    QVERIFY(plain.right && !plain.dim && plain.tone == Tone::None);
    const CellText negative = amount("-42180.36");
    QCOMPARE(negative.text, QChar(0x2212) + u"42,180.36"_s);
    QCOMPARE(negative.full, u"-42180.36"_s);
    QCOMPARE(negative.tone, Tone::Bad);
    const CellText zero = amount("0");
    QCOMPARE(zero.text, u"0.00"_s);
    QVERIFY(zero.dim);
    QCOMPARE(amount("0.123456789").text, u"0.123456789"_s);
    QCOMPARE(amount("-0.000000001").tone, Tone::Bad);
    QCOMPARE(amount("9223372036854775807.999999999").text, u"9,223,372,036,854,775,807.999999999"_s);
}

void TestFormatters::numbers()
{
    const auto whole = column(FieldType::Integer, ColumnFormat::Integer);
    QCOMPARE(formatCell(qint64(1234567), whole, context).text, u"1,234,567"_s);
    QCOMPARE(formatCell(qint64(-1234), whole, context).text, QChar(0x2212) + u"1,234"_s);
    QCOMPARE(formatCell(qint64(-1234), whole, context).full, u"-1234"_s);
    QCOMPARE(formatCell(qint64(999), whole, context).text, u"999"_s);
    QVERIFY(formatCell(qint64(0), whole, context).dim);
    QVERIFY(formatCell(qint64(0), whole, context).right);
    const auto port = formatCell(qint64(22222), column(FieldType::Integer, ColumnFormat::Mono), context);
    QCOMPARE(port.text, u"22222"_s);
    QVERIFY(port.mono && !port.right);
    const auto bar = formatCell(Decimal::parse(u"21.2").value(), column(FieldType::Decimal, ColumnFormat::Bar), context);
    QCOMPARE(bar.text, u"21.2 %"_s);
    QCOMPARE(bar.bar, 0.212);
    QCOMPARE(formatCell(Decimal(140), column(FieldType::Decimal, ColumnFormat::Bar), context).bar, 1.0);
    QCOMPARE(formatCell(Decimal(40), column(FieldType::Decimal, ColumnFormat::Percent), context).bar, -1.0);
}

void TestFormatters::chipsAndWords()
{
    auto spec = column(FieldType::Enum, ColumnFormat::Chip);
    spec.values = {{u"0"_s, {u"空闲"_s, u"Idle"_s}, Tone::Good}, {u"1"_s, {u"占用"_s, u"In use"_s}, Tone::Info}};
    setCurrentLanguage(u"zh_CN"_s);
    const CellText idle = formatCell(u"0"_s, spec, context);
    QCOMPARE(idle.text, u"空闲"_s);
    QVERIFY(idle.chip && idle.tone == Tone::Good);
    setCurrentLanguage(u"en"_s);
    QCOMPARE(formatCell(u"1"_s, spec, context).text, u"In use"_s);
    const CellText unknown = formatCell(u"7"_s, spec, context);
    QCOMPARE(unknown.text, u"7"_s);
    QVERIFY(unknown.chip && unknown.tone == Tone::Warn);
    QCOMPARE(formatCell(true, column(FieldType::Boolean, ColumnFormat::Flag), context).text, u"Yes"_s);
    QVERIFY(formatCell(false, column(FieldType::Boolean, ColumnFormat::Flag), context).dim);
    setCurrentLanguage(u"zh_CN"_s);
}

void TestFormatters::idsAreShortAndWhole()
{
    const auto spec = column(FieldType::Text, ColumnFormat::ShortId);
    const CellText id = formatCell(u"ba_7Kq2mmmmmmmmmm9fXw"_s, spec, context);
    QCOMPARE(id.text, u"ba_7Kq2…9fXw"_s);
    QCOMPARE(id.full, u"ba_7Kq2mmmmmmmmmm9fXw"_s);
    QVERIFY(id.mono);
    QCOMPARE(formatCell(u"ba-000001"_s, spec, context).text, u"ba-000001"_s);
}

void TestFormatters::secretsAreSixDots()
{
    const auto spec = column(FieldType::Secret, ColumnFormat::Secret);
    for (const Value &value : {Value(SecretMark()), Value(u"hunter2-very-long"_s), Value(Misfit{u"hunter2"_s})}) {
        const CellText cell = formatCell(value, spec, context);
        QCOMPARE(cell.text, QString(6, QChar(0x2022)));
        QVERIFY(!cell.full.contains("hunter"_L1) && !cell.hint.contains("hunter"_L1));
        QVERIFY(exportText(value, spec, shanghai).isEmpty());
    }
    QVERIFY(formatCell(Value(), spec, context).dim);
}

void TestFormatters::times()
{
    const CellText cell = formatCell(Instant{now - 3 * day}, column(FieldType::DateTime, ColumnFormat::RelativeTime), context);
    QCOMPARE(cell.text, u"3 days ago"_s);
    QCOMPARE(cell.full, u"2026-11-19 12:31:47"_s);
    QCOMPARE(formatCell(Instant{now}, column(FieldType::DateTime, ColumnFormat::DateTime), context).text, u"2026-11-22 12:31:47"_s);
    QCOMPARE(formatFullTime(now, QTimeZone::utc()), u"2026-11-22 04:31:47"_s);
}

void TestFormatters::expiry_data()
{
    QTest::addColumn<QDate>("date");
    QTest::addColumn<int>("tone");
    QTest::addColumn<QString>("hint");
    QTest::newRow("far") << QDate(2027, 6, 1) << int(Tone::None) << QString();
    QTest::newRow("31 days") << QDate(2026, 12, 23) << int(Tone::None) << QString();
    QTest::newRow("30 days") << QDate(2026, 12, 22) << int(Tone::Warn) << u"expires in 30 days"_s;
    QTest::newRow("tomorrow") << QDate(2026, 11, 23) << int(Tone::Warn) << u"expires tomorrow"_s;
    QTest::newRow("today") << QDate(2026, 11, 22) << int(Tone::Warn) << u"expires today"_s;
    QTest::newRow("yesterday") << QDate(2026, 11, 21) << int(Tone::Bad) << u"expired yesterday"_s;
    QTest::newRow("past") << QDate(2026, 11, 2) << int(Tone::Bad) << u"expired 20 days ago"_s;
}

void TestFormatters::expiry()
{
    QFETCH(QDate, date);
    QFETCH(int, tone);
    QFETCH(QString, hint);
    const auto spec = column(FieldType::Date, ColumnFormat::ExpiryDate);
    const CellText cell = formatCell(date, spec, context);
    QCOMPARE(cell.text, date.toString(Qt::ISODate));
    QCOMPARE(int(cell.tone), tone);
    QCOMPARE(cell.marker, tone != int(Tone::None));
    if (cell.marker)
        QCOMPARE(int(cell.markerTone), tone);
    QCOMPARE(cell.hint, hint);
    QCOMPARE(formatCell(date, column(FieldType::Date, ColumnFormat::Date), context).tone, Tone::None);
    const CellText never = formatCell(QDate(9999, 12, 31), spec, context);
    QCOMPARE(never.text, u"no end"_s);
    QCOMPARE(never.full, u"9999-12-31"_s);
    QVERIFY(never.dim && never.tone == Tone::None);
}

void TestFormatters::nothingAndMisfits()
{
    const CellText none = formatCell(Value(), column(FieldType::Money, ColumnFormat::Amount), context);
    QCOMPARE(none.text, u"—"_s);
    QVERIFY(none.full.isEmpty() && none.dim && none.right);
    QVERIFY(formatCell(QString(), column(FieldType::Text, ColumnFormat::Plain), context).dim);
    ColumnSpec model = column(FieldType::Text, ColumnFormat::Plain);
    model.emptyAs = u"STANDARD"_s;
    const CellText standard = formatCell(u"STANDARD"_s, model, context);
    QVERIFY(standard.dim && standard.text == "STANDARD"_L1 && standard.full == "STANDARD"_L1);
    QVERIFY(!formatCell(u"A100-80G"_s, model, context).dim);
    const CellText odd = formatCell(Misfit{u"about 3"_s}, column(FieldType::Integer, ColumnFormat::Integer), context);
    QCOMPARE(odd.text, u"about 3"_s);
    QVERIFY(odd.marker && odd.tone == Tone::Warn && !odd.hint.isEmpty());
}

void TestFormatters::rowsKnowTheirRules()
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/views/billing-account.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto type = ResourceSet::parse(file.readAll(), u"billing-account.json"_s).value();
    const TableSchema schema = type->schema();
    const RowFormatter formatter(*type);
    const auto at = [&](const char *field) { return static_cast<size_t>(schema.indexOf(QString::fromLatin1(field))); };
    Row row{u"a"_s, std::vector<Value>(schema.fields.size())};
    row.cells[at("balance")] = money("18306.72");
    row.cells[at("threshold_balance")] = money("30000");
    row.cells[at("disable_threshold")] = false;
    CellText balance = formatter.format(row, context)[at("balance")];
    QVERIFY(balance.marker && balance.tone == Tone::Warn);
    row.cells[at("balance")] = money("-8214.09");
    balance = formatter.format(row, context)[at("balance")];
    QVERIFY(balance.marker && balance.tone == Tone::Bad && balance.markerTone == Tone::Warn);
    row.cells[at("balance")] = money("18306.72", "USD");
    QVERIFY(!formatter.format(row, context)[at("balance")].marker);
    row.cells[at("balance")] = money("18306.72");
    row.cells[at("disable_threshold")] = true;
    QVERIFY(!formatter.format(row, context)[at("balance")].marker);
    setCurrentLanguage(u"zh_CN"_s);
    const CellText threshold = formatter.format(row, context)[at("threshold_balance")];
    QCOMPARE(threshold.text, u"已关闭"_s);
    QVERIFY(threshold.dim);
    QCOMPARE(formatter.format(Row{}, context).size(), type->columns.size());
}

// A cluster's state as it is, and what servers say that know only "ready" of it; how old its figures are.
void TestFormatters::clustersSayWhatIsWrong()
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/views/compute-cluster.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto type = ResourceSet::parse(file.readAll(), u"compute-cluster.json"_s).value();
    const TableSchema schema = type->schema();
    const RowFormatter formatter(*type);
    const auto at = [&](const char *field) { return static_cast<size_t>(schema.indexOf(QString::fromLatin1(field))); };
    setCurrentLanguage(u"en"_s);
    Row row{u"a"_s, std::vector<Value>(schema.fields.size())};
    const auto shown = [&](const char *field) { return formatter.format(row, context)[at(field)]; };
    row.cells[at("ready")] = u"1"_s;
    QCOMPARE(shown("cluster_state").text, u"Ready"_s);
    row.cells[at("ready")] = u"0"_s;
    QVERIFY(shown("cluster_state").text == "Not ready"_L1 && shown("cluster_state").tone == Tone::Info);
    row.cells[at("cluster_state")] = u"installing"_s;
    QCOMPARE(shown("cluster_state").text, u"Installing"_s);
    row.cells[at("ready")] = u"1"_s;
    row.cells[at("cluster_state")] = u"ready"_s;
    row.cells[at("figures_time")] = u"2026-11-22 12:31:40"_s;
    QVERIFY(shown("cluster_state").tone == Tone::Good && shown("figures_time").text == "live"_L1);
    row.cells[at("cluster_state")] = u"unreachable"_s;
    const CellText state = shown("cluster_state"), figures = shown("figures_time");
    QVERIFY(state.chip && state.text == "No answer"_L1 && state.tone == Tone::Bad);
    QVERIFY(figures.text == "2026-11-22 12:31:40"_L1 && figures.tone == Tone::Bad);
}

void TestFormatters::exportsAreExact()
{
    const auto text = [](const Value &value, FieldType type) { return exportText(value, column(type, ColumnFormat::Plain), shanghai); };
    QCOMPARE(text(money("1284300.55"), FieldType::Money), u"1284300.55"_s);
    QCOMPARE(text(money("-0.000000001"), FieldType::Money), u"-0.000000001"_s);
    QCOMPARE(text(money("-12.5"), FieldType::Money), u"-12.50"_s);
    QCOMPARE(text(money("7"), FieldType::Money), u"7.00"_s);
    QCOMPARE(text(Money{u"CNY"_s, std::numeric_limits<qint64>::min(), -999'999'999}, FieldType::Money), u"-9223372036854775808.999999999"_s);
    QCOMPARE(text(Instant{now}, FieldType::DateTime), u"2026-11-22T12:31:47+08:00"_s);
    QCOMPARE(text(Instant{now + 5}, FieldType::DateTime), u"2026-11-22T12:31:47.005+08:00"_s);
    QCOMPARE(exportText(Instant{now}, column(FieldType::DateTime, ColumnFormat::Plain), QTimeZone::utc()), u"2026-11-22T04:31:47Z"_s);
    const qint64 summer = QDateTime(QDate(2026, 7, 1), QTime(12, 0), QTimeZone("America/New_York")).toMSecsSinceEpoch();
    QCOMPARE(exportText(Instant{summer}, column(FieldType::DateTime, ColumnFormat::Plain), QTimeZone("America/New_York")),
             u"2026-07-01T12:00:00-04:00"_s);
    QCOMPARE(text(QDate(2026, 1, 2), FieldType::Date), u"2026-01-02"_s);
    QCOMPARE(text(true, FieldType::Boolean), u"true"_s);
    QCOMPARE(text(qint64(-5), FieldType::Integer), u"-5"_s);
    QCOMPARE(text(Value(), FieldType::Text), QString());
    QCOMPARE(text(u"上海诺瓦"_s, FieldType::Text), u"上海诺瓦"_s);
}

QTEST_GUILESS_MAIN(TestFormatters)
#include "tst_formatters.moc"
