#pragma once

#include "app/base/job.h"
#include "models/quoteview.h"

#include <QTimeZone>

namespace kboss {

// A quote as it is handed out: every word in the language of the moment it was made, every figure exact. A value; any thread.
struct QuoteSheet {
    struct Line {
        QString type, model, price, conversion, amount, term, arithmetic;
        QString note; // why it is not in the total; empty when it is
        Decimal subtotal;
    };
    struct Fact {
        QString label, text;
    };
    QString title, subtitle; // "Quote Q-20261122-017", "version 3"
    std::vector<Fact> facts; // customer, center, cluster, term, valid until, prices as of
    QStringList heads; // part, model, unit price, conversion, amount, term, subtotal
    std::vector<Line> lines;
    int decimals = 5; // of the subtotals
    std::vector<std::pair<QString, Decimal>> sums; // before the total
    QString totalLabel, totalNote, currency;
    Decimal total;
    QStringList notes; // at the end
    QStringList families; // fonts, Latin first, one with CJK among them
};

struct QuoteSheetFacts {
    QString id; // of the quote
    int version = 0; // 0 = not saved
    qint64 nowMs = 0;
    QTimeZone zone;
    QStringList families;
};
QuoteSheet quoteSheet(const QuoteContent &quote, const QuoteView &view, const QuoteSheetFacts &facts);

// The whole calculation as text, columns apart by spaces; what a person pastes into a mail.
QString quoteText(const QuoteSheet &sheet);

enum class QuoteFormat { Pdf, Xlsx };
// Written as a temporary beside it and renamed when whole, on a worker thread. PDF: A4, fonts embedded, page numbers. XLSX: amounts as numbers where
// a double holds them exactly, else text. Storage with the path's reason.
Job *startQuoteExport(const QuoteSheet &sheet, QuoteFormat format, const QString &file, QObject *parent = nullptr);

// What the job does; any thread.
Result<void> writeQuotePdf(const QuoteSheet &sheet, const QString &file);
Result<void> writeQuoteXlsx(const QuoteSheet &sheet, const QString &file);

} // namespace kboss
