#include "models/quotesheet.h"
#include "models/quotewords.h"
#include "tests/models/quoteground.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

QString run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        return u"%1 failed: "_s.arg(program) + QString::fromUtf8(process.readAllStandardError()) + process.errorString();
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

class TestQuoteSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        setCurrentLanguage(u"en"_s);
        m_quote = m_world.quote({{u"cpu"_s, u"INTEL(R) XEON(R) PLATINUM 8582C"_s, 64},
                                 {u"memory"_s, u"Samsung DDR4 DIMMs"_s, 1536},
                                 {u"disk"_s, u"DATA"_s, 10240},
                                 {u"gpu"_s, u"A100-80G"_s, 12}});
        m_quote.customer = u"上海诺瓦生物信息有限公司"_s;
        m_quote.validUntil = QDate(2026, 12, 6);
        m_quote.pricesMs = 1'795'000'000'000;
        m_quote.term = 1;
        m_quote.termUnit = u"小时"_s;
        m_sheet = sheet(m_quote);
    }

    // By hand: 0.18 × 64 = 11.52; 0.005 × 1.5 = 0.0075; 2.16 ÷ 100 ÷ 24 × 10240 = 9.216; together 20.7435 → 20.74.
    void theTextHasTheWholeCalculation()
    {
        const QString text = quoteText(m_sheet);
        for (const QString &part : {u"Quote Q-20261122-017, version 3"_s, u"Customer: 上海诺瓦生物信息有限公司"_s, u"Term: 1 hour = 1 h"_s,
                                    u"Valid until: 2026-12-06"_s, u"0.18 × 64 × 1 = 11.52000"_s, u"1,536 Mi ÷ 1,024 = 1.5 Gi"_s,
                                    u"0.005 × 1.5 × 1 = 0.00750"_s, u"÷ 100 ÷ 24 = 0.0009 CNY/Gi·h"_s, u"0.0009 × 10,240 × 1 = 9.21600"_s,
                                    u"Not in the total: An instance runs on one node"_s, u"3 lines, without the one that does not fit"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u"\n----\n"_s + text));
        QVERIFY(text.contains(QRegularExpression(u"Sum before rounding +20\\.74350\\n"_s)));
        QVERIFY(text.contains(QRegularExpression(u"once for the whole quote +\u22120\\.00350\\n"_s)));
        QVERIFY(text.contains(QRegularExpression(u"Total \\(CNY\\) +20\\.74\\n"_s)));
    }

    void thePdfCanBeReadAgain()
    {
        const QString file = m_folder.filePath(u"quote.pdf"_s);
        QVERIFY(writeQuotePdf(m_sheet, file));
        // One glyph may stand for two characters (a character and its radical): the text comes back in compatibility forms.
        const QString text = run(u"pdftotext"_s, {u"-layout"_s, file, u"-"_s}).normalized(QString::NormalizationForm_KC);
        for (const QString &part : {u"Q-20261122-017"_s, u"上海诺瓦生物信息有限公司"_s, u"A100-80G"_s, u"11.52000"_s, u"9.21600"_s, u"20.74350"_s,
                                    u"0.00350"_s, u"1,536 Mi"_s, u"2026-12-06"_s, u"亦庄"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u"\n----\n"_s + text));
        QVERIFY2(text.contains(QRegularExpression(u"CNY +20\\.74"_s)), qPrintable(text));
        const QString fonts = run(u"pdffonts"_s, {file});
        for (const QString &line : fonts.split(u'\n').mid(2)) {
            if (!line.trimmed().isEmpty())
                QVERIFY2(line.contains(QRegularExpression(u"\\byes\\b"_s)), qPrintable(u"embedded: "_s + fonts));
        }
        QVERIFY2(run(u"pdfinfo"_s, {file}).contains(u"A4"_s), "paper of people here");
    }

    void aLongQuoteTakesMorePages()
    {
        QuoteContent quote = m_quote;
        QuoteGround world;
        for (int i = 0; i < 60; ++i) {
            world.offers.push_back(world.offers[3]);
            world.offers.back().model = u"DATA-%1"_s.arg(i);
            quote.parts.push_back(quotePart(world.offers.back(), 10));
        }
        const QuoteSheet sheet = quoteSheet(quote, viewQuote(quote, world.ground()), facts());
        const QString file = m_folder.filePath(u"long.pdf"_s);
        QVERIFY(writeQuotePdf(sheet, file));
        const QString info = run(u"pdfinfo"_s, {file}), text = run(u"pdftotext"_s, {u"-layout"_s, file, u"-"_s});
        const QRegularExpressionMatch pages = QRegularExpression(u"Pages: +([0-9]+)"_s).match(info);
        QVERIFY2(pages.hasMatch() && pages.captured(1).toInt() >= 4, qPrintable(info));
        for (int i = 0; i < 60; ++i)
            QVERIFY2(text.contains(u"DATA-%1"_s.arg(i)), qPrintable(QString::number(i)));
        QVERIFY(text.contains(QRegularExpression(u"CNY +"_s)));
    }

    void theSpreadsheetHoldsExactAmounts()
    {
        const QString file = m_folder.filePath(u"quote.xlsx"_s);
        QVERIFY(writeQuoteXlsx(m_sheet, file));
        const QStringList numbers = numbersOf(run(u"unzip"_s, {u"-p"_s, file, u"xl/worksheets/sheet1.xml"_s}));
        for (const QString &number : {u"11.52"_s, u"0.0075"_s, u"117.6"_s, u"20.7435"_s, u"-0.0035"_s, u"20.74"_s})
            QVERIFY2(numbers.contains(number), qPrintable(number + u" in "_s + numbers.join(u' ')));
        const QString strings = run(u"unzip"_s, {u"-p"_s, file, u"xl/sharedStrings.xml"_s});
        for (const QString &part : {u"上海诺瓦生物信息有限公司"_s, u"1,536 Mi ÷ 1,024 = 1.5 Gi"_s, u"Subtotal (CNY)"_s,
                                    u">9.21600<"_s}) // the double next to 9.216 is another number with sixteen digits
            QVERIFY2(strings.contains(part), qPrintable(part));
    }

    void amountsThatNoDoubleHoldsAreText()
    {
        QuoteSheet sheet = m_sheet;
        sheet.lines[0].subtotal = Decimal::parse(u"0.12345678901234567891"_s).value();
        sheet.lines[0].model = u"=1+1"_s;
        const QString file = m_folder.filePath(u"exact.xlsx"_s);
        QVERIFY(writeQuoteXlsx(sheet, file));
        const QString strings = run(u"unzip"_s, {u"-p"_s, file, u"xl/sharedStrings.xml"_s});
        QVERIFY(strings.contains(u">0.12345678901234567891<"_s));
        QVERIFY2(strings.contains(u">'=1+1<"_s) || strings.contains(u">&apos;=1+1<"_s), "no formula comes from a model's name");
    }

    void troubledNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("markup") << u"<b>A&B</b>]]>"_s;
        QTest::newRow("long") << QString(10'000, u'W');
        QTest::newRow("control") << u"one\ntwo\tthree\u0001\u001b[31m\u202efour"_s;
        QTest::newRow("right to left") << u"مجموعة الحوسبة"_s;
        QTest::newRow("emoji") << u"🚀👩‍👩‍👧"_s.repeated(60);
    }

    // Whatever a part or a customer is called, the quote stays a quote.
    void troubledNames()
    {
        QFETCH(QString, name);
        QuoteContent quote = m_quote;
        quote.customer = quote.clusterName = name;
        for (QuotePart &part : quote.parts)
            part.model = name + part.model;
        const QuoteSheet made = sheet(quote);
        const QString text = quoteText(made);
        QCOMPARE(text.count(u'\n'), quoteText(m_sheet).count(u'\n') + (made.lines.size() > 3 ? text.count(u"Not in the total"_s) - 1 : 0));
        QVERIFY(std::none_of(text.begin(), text.end(), [](QChar c) { return (c.unicode() < 0x20 && c != u'\n') || c.unicode() == 0x202e; }));
        QVERIFY(text.size() < 8'000);
        QVERIFY(text.isValidUtf16());
        const QString pdf = m_folder.filePath(u"trouble.pdf"_s), book = m_folder.filePath(u"trouble.xlsx"_s);
        QVERIFY(writeQuotePdf(made, pdf));
        const auto pages = QRegularExpression(u"Pages: +([0-9]+)"_s).match(run(u"pdfinfo"_s, {pdf}));
        QVERIFY(pages.hasMatch() && pages.captured(1).toInt() <= 4);
        QVERIFY(writeQuoteXlsx(made, book));
        QXmlStreamReader strings(run(u"unzip"_s, {u"-p"_s, book, u"xl/sharedStrings.xml"_s}));
        while (!strings.atEnd())
            strings.readNext();
        QVERIFY2(!strings.hasError(), qPrintable(strings.errorString()));
    }

    void whatCannotBeWrittenIsSaidAndLeavesNothing()
    {
        for (const QuoteFormat format : {QuoteFormat::Pdf, QuoteFormat::Xlsx}) {
            const QString file = m_folder.filePath(u"no/such/quote"_s);
            Job *job = startQuoteExport(m_sheet, format, file);
            QSignalSpy finished(job, &Job::finished);
            QVERIFY(finished.wait());
            QCOMPARE(job->state(), Job::State::Failed);
            QCOMPARE(job->error().kind, ErrorKind::Storage);
            QVERIFY(!QFileInfo::exists(file));
        }
    }

    void theJobWritesWholeFilesOnly()
    {
        const QString file = m_folder.filePath(u"job.pdf"_s);
        Job *job = startQuoteExport(m_sheet, QuoteFormat::Pdf, file);
        QSignalSpy finished(job, &Job::finished);
        QVERIFY(finished.wait());
        QCOMPARE(job->state(), Job::State::Done);
        QVERIFY(QFileInfo(file).size() > 1'000);
        QCOMPARE(QDir(m_folder.path()).entryList({u"*.part"_s}, QDir::Files | QDir::Hidden).size(), 0);
    }

private:
    QuoteSheetFacts facts() const
    {
        return {u"Q-20261122-017"_s, 3, 1'795'000'000'000, QTimeZone("Asia/Shanghai"), {u"DejaVu Sans"_s, u"Noto Sans CJK SC"_s}};
    }
    QuoteSheet sheet(const QuoteContent &quote) const { return quoteSheet(quote, viewQuote(quote, m_world.ground()), facts()); }

    static QStringList numbersOf(const QString &xml)
    {
        QStringList numbers;
        QXmlStreamReader reader(xml);
        bool isText = false;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement() && reader.name() == "c"_L1)
                isText = reader.attributes().value("t"_L1) == "s"_L1;
            else if (reader.isStartElement() && reader.name() == "v"_L1 && !isText)
                numbers << reader.readElementText();
        }
        return numbers;
    }

    QuoteGround m_world;
    QuoteContent m_quote;
    QuoteSheet m_sheet;
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestQuoteSheet)
#include "tst_quotesheet.moc"
