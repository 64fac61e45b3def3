#include "models/quotesheet.h"

#include "app/base/oneline.h"
#include "app/base/watchresult.h"
#include "models/formatters.h"
#include "models/quotewords.h"

#include <QCoreApplication>
#include <QPromise>
#include <QThreadPool>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostName = 200, mostNote = 600; // characters: what is handed out fits on paper whatever a thing is called

QString words(const char *text)
{
    return QCoreApplication::translate("Quote", text);
}

std::vector<QuoteSheet::Fact> factsOf(const QuoteContent &quote, const QuoteSheetFacts &facts)
{
    std::vector<QuoteSheet::Fact> list;
    const auto add = [&list](const char *label, const QString &text) {
        if (!text.isEmpty())
            list.push_back({words(label), oneLine(text, mostName)});
    };
    add(QT_TRANSLATE_NOOP("Quote", "Customer"), quote.customer);
    add(QT_TRANSLATE_NOOP("Quote", "Center"), quote.centerName);
    add(QT_TRANSLATE_NOOP("Quote", "Cluster"), quote.clusterName);
    const QString hours = words(QT_TRANSLATE_NOOP("Quote", "%1 h")).arg(groupedNumber(Decimal(hoursOfTerm(quote.term, quote.termUnit))));
    add(QT_TRANSLATE_NOOP("Quote", "Term"), u"%1 = %2"_s.arg(termWords(quote.term, quote.termUnit), hours));
    if (quote.instances > 1)
        add(QT_TRANSLATE_NOOP("Quote", "Instances"), QString::number(quote.instances));
    add(QT_TRANSLATE_NOOP("Quote", "Valid until"), quote.validUntil.isValid() ? quote.validUntil.toString(Qt::ISODate) : QString());
    if (quote.pricesMs > 0)
        add(QT_TRANSLATE_NOOP("Quote", "Prices as of"), formatFullTime(quote.pricesMs, facts.zone));
    return list;
}

QString padded(const QString &text, int width, bool right)
{
    // CJK takes two columns where widths are counted in characters.
    int columns = 0;
    for (const QChar c : text)
        columns += c.unicode() >= 0x1100 && (c.unicode() < 0x2000 || c.unicode() > 0x206f) && c.unicode() != 0x2212 ? 2 : 1;
    const QString space(std::max(0, width - columns), u' ');
    return right ? space + text : text + space;
}

} // namespace

QuoteSheet quoteSheet(const QuoteContent &quote, const QuoteView &view, const QuoteSheetFacts &facts)
{
    QuoteSheet sheet;
    sheet.title = words(QT_TRANSLATE_NOOP("Quote", "Quote %1")).arg(facts.id);
    sheet.subtitle =
        facts.version > 0 ? words(QT_TRANSLATE_NOOP("Quote", "version %1")).arg(facts.version) : words(QT_TRANSLATE_NOOP("Quote", "draft"));
    sheet.facts = factsOf(quote, facts);
    for (const char *head : {QT_TRANSLATE_NOOP("Quote", "Part"), QT_TRANSLATE_NOOP("Quote", "Model"), QT_TRANSLATE_NOOP("Quote", "Unit price"),
                             QT_TRANSLATE_NOOP("Quote", "Conversion"), QT_TRANSLATE_NOOP("Quote", "Amount"), QT_TRANSLATE_NOOP("Quote", "Term"),
                             QT_TRANSLATE_NOOP("Quote", "Subtotal (CNY)")})
        sheet.heads << words(head);
    sheet.decimals = view.decimals;
    for (const QuoteLineView &line : view.lines) {
        QString note;
        if (!line.counted)
            note = words(QT_TRANSLATE_NOOP("Quote", "Not in the total: %1")).arg(oneLine(line.shortage, mostNote));
        sheet.lines.push_back({partTypeTitle(line.part.type), oneLine(line.part.model, mostName), line.price, line.conversion, line.amount, line.term,
                               line.arithmetic, note, line.subtotal});
    }
    sheet.sums = {{words(QT_TRANSLATE_NOOP("Quote", "Sum before rounding")), view.exact},
                  {words(QT_TRANSLATE_NOOP("Quote", "Rounded to 0.01, half up, once for the whole quote")), view.rounding}};
    sheet.totalLabel = words(QT_TRANSLATE_NOOP("Quote", "Total"));
    sheet.totalNote = linesWords(view.counted, view.left);
    sheet.currency = unitWord(u"元"_s);
    sheet.total = view.total;
    sheet.notes << words(QT_TRANSLATE_NOOP("Quote", "A month has 30 days, a week 7 days, a day 24 hours; 1 Gi = 1,024 Mi."));
    sheet.notes << words(QT_TRANSLATE_NOOP("Quote", "Made on %1.")).arg(formatFullTime(facts.nowMs, facts.zone));
    sheet.families = facts.families;
    return sheet;
}

QString quoteText(const QuoteSheet &sheet)
{
    QStringList out{sheet.title + u", "_s + sheet.subtitle};
    for (const QuoteSheet::Fact &fact : sheet.facts)
        out << fact.label + u": "_s + fact.text;
    out << QString();
    for (const QuoteSheet::Line &line : sheet.lines) {
        out << u"%1 %2"_s.arg(line.type, line.model);
        out << u"  %1 | %2 | %3 | %4"_s.arg(line.price, line.conversion, line.amount, line.term);
        out << u"  %1 = %2"_s.arg(line.arithmetic, groupedNumber(line.subtotal, sheet.decimals));
        if (!line.note.isEmpty())
            out << u"  "_s + line.note;
    }
    out << QString();
    std::vector<std::pair<QString, QString>> figures;
    for (const auto &[label, value] : sheet.sums)
        figures.emplace_back(label, groupedNumber(value, sheet.decimals));
    // The total's point stands under the others' where it has two decimals.
    figures.emplace_back(sheet.totalLabel + u" ("_s + sheet.currency + u')', groupedNumber(sheet.total, 2) + QString(sheet.decimals - 2, u' '));
    for (const auto &[label, value] : figures)
        out << padded(label, 52, false) + u' ' + padded(value, 24, true);
    out << sheet.totalNote << QString();
    for (QString &line : out) {
        while (line.endsWith(u' '))
            line.chop(1);
    }
    return (out + sheet.notes).join(u'\n') + u'\n';
}

Job *startQuoteExport(const QuoteSheet &sheet, QuoteFormat format, const QString &file, QObject *parent)
{
    auto *job = new Job(words(QT_TRANSLATE_NOOP("Quote", "Export %1")).arg(sheet.title), parent);
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    watchResult(promise->future(), job, [job](const Result<void> &outcome) { job->finish(outcome); });
    QThreadPool::globalInstance()->start([promise, sheet, format, file] {
        promise->addResult(format == QuoteFormat::Pdf ? writeQuotePdf(sheet, file) : writeQuoteXlsx(sheet, file));
        promise->finish();
    });
    return job;
}

} // namespace kboss
