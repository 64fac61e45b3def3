#pragma once

#include "models/quotefit.h"

namespace kboss {

// Words of quotes in the current language. The service's own unit words ("核", "小时", "元") are data: they come in, and what people read comes out.
QString unitWord(const QString &unit); // "小时" → "h"; words it does not know stay as they are
QString partTypeTitle(const QString &type); // "Memory"
QString partTypeUnit(const QString &type); // what amounts are counted in on screen: "Gi"
QString groupedNumber(const Decimal &value, int leastDecimals = 0); // "524,288", minus as U+2212
QString amountWords(const QString &type, qint64 amount); // "64 cores"; memory in Gi where that is whole, else in Mi
QString priceWords(const QuotePart &part); // "0.18 CNY/core·h"
QString termWords(qint64 term, const QString &unit); // "30 days"
qint64 hoursOfTerm(qint64 term, const QString &unit); // a month has 30 days, a week 7; 0 for a word it does not know
QString shortageWords(const LineFit &fit, const QuotePart &part, const QuoteContent &quote); // one sentence; empty when it fits
QString fitWords(const LineFit &fit, const QuotePart &part, bool nodesKnown); // of a line that fits: "cluster has 412 left · gpu-07"
QString linesWords(int lines, int left); // "3 lines"; "3 lines, without the one that does not fit"
QString nodesWords(const std::vector<NodeLeft> &nodes, const QString &type); // "gpu-07 has 8 · gpu-09 has 6"
QString alternativeWords(const Alternative &alternative, const QuoteContent &quote, size_t index);

// What a person types as an amount: "512", "512Gi", "1536 mi", "1.5 Gi", "8 卡". In the units of quotes; nothing when it is no whole amount of them.
std::optional<qint64> typedAmount(const QString &type, const QString &text);

} // namespace kboss
