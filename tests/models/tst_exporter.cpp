#include "models/exportsink.h"
#include "tests/models/fakerowsource.h"
#include "tests/models/thingtype.h"

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

const QTimeZone shanghai("Asia/Shanghai");

// A type with one column of every kind.
std::shared_ptr<const ResourceType> mixedType()
{
    const QByteArray view = R"({
        "id": "mixed", "title": {"zh": "计费账户", "en": "Accounts"}, "titleOne": {"zh": "户", "en": "Account"}, "group": "system",
        "list": {"operation": "x"}, "key": "id", "name": "name",
        "columns": [
            {"id": "id", "label": {"zh": "标识", "en": "ID"}},
            {"id": "name", "label": {"zh": "名称", "en": "Name"}},
            {"id": "state", "type": "enum", "label": {"zh": "状态", "en": "State"}, "format": "chip", "values": [{"value": "0", "label": {"zh": "空闲", "en": "Idle"}}]},
            {"id": "balance", "type": "money", "label": {"zh": "余额", "en": "Balance"}},
            {"id": "amount", "type": "integer", "label": {"zh": "数量", "en": "Amount"}, "unit": {"zh": "核", "en": "cores"}},
            {"id": "active", "type": "boolean", "label": {"zh": "启用", "en": "Active"}},
            {"id": "day", "type": "date", "label": {"zh": "日期", "en": "Day"}},
            {"id": "at", "type": "datetime", "label": {"zh": "时间", "en": "Time"}},
            {"id": "rate", "type": "decimal", "label": {"zh": "比率", "en": "Rate"}},
            {"id": "api_pwd", "type": "secret", "label": {"zh": "密码", "en": "Password"}}
        ],
        "details": []
    })";
    return ResourceSet::parse(view, u"mixed.json"_s).value();
}

const QStringList allFields{u"id"_s, u"name"_s, u"state"_s, u"balance"_s, u"amount"_s, u"active"_s, u"day"_s, u"at"_s, u"rate"_s, u"api_pwd"_s};

const qint64 moment = QDateTime(QDate(2026, 11, 22), QTime(12, 29, 47), shanghai).toMSecsSinceEpoch();

Row mixedRow(const QString &key, const QString &name)
{
    return {key,
            {key, name, u"0"_s, Money{u"CNY"_s, -42180, -360'000'000}, qint64(12), true, QDate(9999, 12, 31), Instant{moment},
             Decimal::parse(u"0.10").value(), Value(u"topsecret"_s)}};
}

// RFC 4180, strictly: nothing after a closing quote, no bare quotes, CRLF between records.
QList<QStringList> readCsv(const QByteArray &bytes, bool *wellFormed)
{
    const QString text = QString::fromUtf8(bytes.mid(3));
    *wellFormed = bytes.startsWith("\xEF\xBB\xBF");
    QList<QStringList> records;
    QStringList record;
    qsizetype at = 0;
    while (at < text.size()) {
        QString field;
        if (text.at(at) == u'"') {
            for (++at; at < text.size(); ++at) {
                if (text.at(at) != u'"')
                    field += text.at(at);
                else if (text.mid(at + 1, 1) == "\""_L1)
                    field += text.at(++at);
                else
                    break;
            }
            ++at;
        } else {
            for (; at < text.size() && text.at(at) != u',' && text.at(at) != u'\r'; ++at) {
                *wellFormed = *wellFormed && text.at(at) != u'"' && text.at(at) != u'\n';
                field += text.at(at);
            }
        }
        record.append(field);
        if (text.mid(at, 1) == ","_L1) {
            ++at;
            continue;
        }
        *wellFormed = *wellFormed && text.mid(at, 2) == "\r\n"_L1;
        at += 2;
        records.append(std::exchange(record, {}));
    }
    return records;
}

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray unzipped(const QString &file, const QString &member)
{
    QProcess unzip;
    const QString script = u"import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))"_s;
    unzip.start(u"python3"_s, {u"-c"_s, script, file, member});
    return unzip.waitForFinished(20'000) && unzip.exitCode() == 0 ? unzip.readAllStandardOutput() : QByteArray();
}

// Cells of a sheet by reference: "B2" -> (type, text).
QHash<QString, std::pair<QString, QString>> readSheet(const QByteArray &xml)
{
    QHash<QString, std::pair<QString, QString>> cells;
    QXmlStreamReader reader(xml);
    QString reference, type, value;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == "c"_L1) {
            reference = reader.attributes().value("r"_L1).toString();
            type = reader.attributes().value("t"_L1).toString();
            value.clear();
        } else if (reader.isStartElement() && (reader.name() == "v"_L1 || reader.name() == "t"_L1)) {
            value = reader.readElementText();
            cells.insert(reference, {type, value});
        }
    }
    return cells;
}

QStringList leftovers(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
}

} // namespace

class TestExporter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { setCurrentLanguage(u"zh_CN"_s); }
    void cleanup() { QThreadPool::globalInstance()->waitForDone(); }
    void formulasAreKnown_data();
    void formulasAreKnown();
    void csvReadsBack();
    void xlsxReadsBack();
    void xlsxGoesOnInFurtherSheets();
    void amountsTooLongForDoublesStayExact();
    void everythingThatMatches_data();
    void everythingThatMatches();
    void nothingMatchesGivesTheHead();
    void cancelLeavesNothing_data();
    void cancelLeavesNothing();
    void droppedJobLeavesNothing();
    void oldFileStaysUntilTheNewOneIsWhole();
    void badPathSaysWhy();
};

void TestExporter::formulasAreKnown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("formula");
    for (const char *text : {"=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\tx", "\r=1", "+86 138 0000", "--5", "-", "+.5"})
        QTest::newRow(text) << QString::fromLatin1(text) << true;
    for (const char *text : {"", "a=1", "-5", "+5.25", "-0.000000001", "1=2", " =1", "12"})
        QTest::newRow(text) << QString::fromLatin1(text) << false;
}

void TestExporter::formulasAreKnown()
{
    QFETCH(QString, text);
    QFETCH(bool, formula);
    QCOMPARE(looksLikeFormula(text), formula);
}

void TestExporter::csvReadsBack()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"out.csv"_s);
    auto sink = makeCsvSink(file, exportColumns(*mixedType(), allFields, shanghai), shanghai);
    QVERIFY(sink->begin());
    const QStringList names{u"上海诺瓦, \"生物\"\r\n第二行"_s, u"=HYPERLINK(\"x\")"_s, u" 空格 "_s, u"plain"_s, u"-5"_s};
    std::vector<Row> rows{{QString(), {}}}; // one that was deleted meanwhile
    for (const QString &name : names)
        rows.push_back(mixedRow(u"k1"_s, name));
    rows.back().cells[4] = Misfit{u"=about 3"_s};
    QVERIFY(sink->write(rows));
    QVERIFY(!QFile::exists(file));
    QVERIFY(sink->finish());
    QCOMPARE(leftovers(folder.path()), QStringList{u"out.csv"_s});

    bool wellFormed = false;
    const QByteArray bytes = contents(file);
    QVERIFY(!bytes.contains("topsecret"));
    const auto records = readCsv(bytes, &wellFormed);
    QVERIFY(wellFormed);
    QCOMPARE(records.size(), qsizetype(6));
    QCOMPARE(records[0].join(u'|'), u"标识|名称|状态|状态, code|余额|余额, currency|数量 (核)|启用|日期|时间 (Asia/Shanghai)|比率"_s);
    QCOMPARE(records[1],
             (QStringList{u"k1"_s, names[0], u"空闲"_s, u"0"_s, u"-42180.36"_s, u"CNY"_s, u"12"_s, u"true"_s, u"9999-12-31"_s,
                          u"2026-11-22T12:29:47+08:00"_s, u"0.10"_s}));
    QCOMPARE(records[2][1], u"'=HYPERLINK(\"x\")"_s);
    QCOMPARE(records[3][1], u" 空格 "_s);
    QCOMPARE(records[5][1], u"-5"_s);
    QCOMPARE(records[5][6], u"'=about 3"_s);
}

void TestExporter::xlsxReadsBack()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"out.xlsx"_s);
    auto sink = makeXlsxSink(file, u"计费账户"_s, exportColumns(*mixedType(), allFields, shanghai), shanghai);
    QVERIFY(sink->begin());
    QVERIFY(sink->write({mixedRow(u"k1"_s, u"上海诺瓦, \"生物\"\n第二行"_s), mixedRow(u"k2"_s, u"=1+1"_s)}));
    QVERIFY(sink->finish());
    QCOMPARE(leftovers(folder.path()), QStringList{u"out.xlsx"_s});
    const QByteArray xml = unzipped(file, u"xl/worksheets/sheet1.xml"_s);
    const auto cells = readSheet(xml);
    using Cell = std::pair<QString, QString>;
    QCOMPARE(cells.value(u"A1"_s).second, u"标识"_s);
    QCOMPARE(cells.value(u"B2"_s), Cell(u"inlineStr"_s, u"上海诺瓦, \"生物\"\n第二行"_s));
    QCOMPARE(cells.value(u"B3"_s).second, u"'=1+1"_s);
    QCOMPARE(cells.value(u"C2"_s).second, u"空闲"_s);
    QCOMPARE(cells.value(u"D2"_s).second, u"0"_s);
    QCOMPARE(cells.value(u"E2"_s), Cell(QString(), u"-42180.36"_s));
    QCOMPARE(cells.value(u"F2"_s).second, u"CNY"_s);
    QCOMPARE(cells.value(u"G2"_s), Cell(QString(), u"12"_s));
    QCOMPARE(cells.value(u"H2"_s), Cell(u"b"_s, u"1"_s));
    QCOMPARE(cells.value(u"I2"_s).second, u"2958465"_s); // 9999-12-31
    QCOMPARE(cells.value(u"J2"_s).second.left(11), u"46348.52068"_s); // 2026-11-22 12:29:47
    QCOMPARE(cells.value(u"K2"_s).second, u"0.1"_s);
    QVERIFY(!cells.contains(u"L2"_s));
    QVERIFY(xml.contains("state=\"frozen\""));
    QVERIFY(!xml.contains("topsecret"));
    QVERIFY(unzipped(file, u"xl/workbook.xml"_s).contains("计费账户"));
}

void TestExporter::xlsxGoesOnInFurtherSheets()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"out.xlsx"_s);
    auto sink = makeXlsxSink(file, u"表"_s, exportColumns(*mixedType(), {u"id"_s}, shanghai), shanghai, 10);
    QVERIFY(sink->begin());
    std::vector<Row> rows;
    for (int n = 0; n < 25; ++n)
        rows.push_back(mixedRow(u"k%1"_s.arg(n), u"x"_s));
    QVERIFY(sink->write(rows));
    QVERIFY(sink->finish());
    const auto second = readSheet(unzipped(file, u"xl/worksheets/sheet2.xml"_s)), third = readSheet(unzipped(file, u"xl/worksheets/sheet3.xml"_s));
    QCOMPARE(second.value(u"A1"_s).second, u"标识"_s);
    QCOMPARE(second.value(u"A2"_s).second, u"k10"_s);
    QCOMPARE(second.value(u"A11"_s).second, u"k19"_s);
    QCOMPARE(third.value(u"A6"_s).second, u"k24"_s);
    QVERIFY(!third.contains(u"A7"_s));
}

void TestExporter::amountsTooLongForDoublesStayExact()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"out.xlsx"_s);
    auto sink = makeXlsxSink(file, u"表"_s, exportColumns(*mixedType(), {u"balance"_s, u"amount"_s}, shanghai), shanghai);
    Row row = mixedRow(u"k"_s, u"x"_s);
    row.cells[3] = Money{u"CNY"_s, 9'223'372'036'854'775'807, 999'999'999};
    row.cells[4] = std::numeric_limits<qint64>::max();
    Row small = mixedRow(u"k"_s, u"x"_s);
    small.cells[3] = Money{u"CNY"_s, 1234, 560'000'001};
    QVERIFY(sink->begin() && sink->write({row, small}) && sink->finish());
    const auto cells = readSheet(unzipped(file, u"xl/worksheets/sheet1.xml"_s));
    using Cell = std::pair<QString, QString>;
    QCOMPARE(cells.value(u"A2"_s), Cell(u"inlineStr"_s, u"9223372036854775807.999999999"_s));
    QCOMPARE(cells.value(u"C2"_s), Cell(u"inlineStr"_s, u"9223372036854775807"_s));
    QCOMPARE(cells.value(u"A3"_s), Cell(QString(), u"1234.560000001"_s));
}

void TestExporter::everythingThatMatches_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("csv") << int(ExportFormat::Csv);
    QTest::newRow("xlsx") << int(ExportFormat::Xlsx);
}

void TestExporter::everythingThatMatches()
{
    QFETCH(int, format);
    const QTemporaryDir folder;
    const FakeRowSource source(20'000);
    const auto type = thingType();
    auto opening = source.open({}, {});
    QTRY_VERIFY(opening.isFinished());
    const QString file = folder.filePath(u"out"_s);
    Job *job =
        startExport({opening.result().value(), {u"id"_s, u"name"_s, u"balance"_s, u"api_pwd"_s}, ExportFormat(format), file, shanghai}, *type, this);
    QSignalSpy finished(job, &Job::finished);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    QCOMPARE(job->state(), Job::State::Done);
    QCOMPARE(job->done(), qint64(20'000));
    QCOMPARE(job->total(), qint64(20'000));
    if (format == int(ExportFormat::Csv)) {
        bool wellFormed = false;
        const auto records = readCsv(contents(file), &wellFormed);
        QVERIFY(wellFormed);
        QCOMPARE(records.size(), qsizetype(20'001));
        QCOMPARE(records[20'000], (QStringList{u"k19999"_s, u"算力账户 19999"_s, u"19999.00"_s, u"CNY"_s}));
    } else {
        const auto cells = readSheet(unzipped(file, u"xl/worksheets/sheet1.xml"_s));
        QCOMPARE(cells.size(), qsizetype(4 * 20'001));
        QCOMPARE(cells.value(u"B20001"_s).second, u"算力账户 19999"_s);
        QCOMPARE(cells.value(u"C20001"_s).second, u"19999"_s);
    }
    QCOMPARE(leftovers(folder.path()), QStringList{u"out"_s});
}

void TestExporter::nothingMatchesGivesTheHead()
{
    const QTemporaryDir folder;
    const FakeRowSource source(0);
    const auto type = thingType();
    auto opening = source.open({}, {});
    QTRY_VERIFY(opening.isFinished());
    Job *job = startExport({opening.result().value(), {u"id"_s}, ExportFormat::Csv, folder.filePath(u"out.csv"_s), shanghai}, *type, this);
    QSignalSpy finished(job, &Job::finished);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(job->state(), Job::State::Done);
    QCOMPARE(contents(folder.filePath(u"out.csv"_s)), QByteArray("\xEF\xBB\xBF标识\r\n"));
}

void TestExporter::cancelLeavesNothing_data()
{
    everythingThatMatches_data();
}

void TestExporter::cancelLeavesNothing()
{
    QFETCH(int, format);
    const QTemporaryDir folder;
    const FakeRowSource source(2'000'000);
    const auto type = thingType();
    auto opening = source.open({}, {});
    QTRY_VERIFY(opening.isFinished());
    Job *job = startExport({opening.result().value(), {u"id"_s, u"name"_s}, ExportFormat(format), folder.filePath(u"out"_s), shanghai}, *type, this);
    QSignalSpy finished(job, &Job::finished);
    QTRY_VERIFY_WITH_TIMEOUT(job->done() > 0, 20'000);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QCOMPARE(job->state(), Job::State::Cancelled);
    QVERIFY(leftovers(folder.path()).isEmpty());
}

void TestExporter::droppedJobLeavesNothing()
{
    const QTemporaryDir folder;
    const FakeRowSource source(2'000'000);
    const auto type = thingType();
    auto opening = source.open({}, {});
    QTRY_VERIFY(opening.isFinished());
    auto owner = std::make_unique<QObject>();
    const Job *job =
        startExport({opening.result().value(), {u"id"_s, u"name"_s}, ExportFormat::Csv, folder.filePath(u"out"_s), shanghai}, *type, owner.get());
    QTRY_VERIFY_WITH_TIMEOUT(job->done() > 0, 20'000);
    owner.reset();
    QTRY_VERIFY_WITH_TIMEOUT(leftovers(folder.path()).isEmpty(), 20'000);
}

void TestExporter::oldFileStaysUntilTheNewOneIsWhole()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"out.csv"_s);
    QFile old(file);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    auto sink = makeCsvSink(file, exportColumns(*mixedType(), {u"id"_s}, shanghai), shanghai);
    QVERIFY(sink->begin() && sink->write({mixedRow(u"k"_s, u"x"_s)}));
    QCOMPARE(contents(file), QByteArray("old"));
    QVERIFY(sink->finish());
    QVERIFY(contents(file).endsWith("k\r\n"));
    QCOMPARE(leftovers(folder.path()).size(), qsizetype(1));
}

void TestExporter::badPathSaysWhy()
{
    const FakeRowSource source(10);
    const auto type = thingType();
    auto opening = source.open({}, {});
    QTRY_VERIFY(opening.isFinished());
    for (const auto format : {ExportFormat::Csv, ExportFormat::Xlsx}) {
        Job *job = startExport({opening.result().value(), {u"id"_s}, format, u"/nowhere/at/all/out"_s, shanghai}, *type, this);
        QSignalSpy finished(job, &Job::finished);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(job->state(), Job::State::Failed);
        QCOMPARE(job->error().kind, ErrorKind::Storage);
        QVERIFY2(job->error().detail.contains("/nowhere/at/all/out"_L1), qPrintable(job->error().detail));
    }
}

QTEST_GUILESS_MAIN(TestExporter)
#include "tst_exporter.moc"
