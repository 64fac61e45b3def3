#pragma once

#include "app/base/freshness.h"
#include "app/base/value.h"
#include "models/resourcetype.h"

#include <QTimeZone>

namespace kboss {

// What one cell shows, ready to paint: made once per row that comes into view, not per paint.
struct CellText {
    QString text; // for the table
    QString full; // for hover, copy, export, accessibility: full time, full id, plain number
    Tone tone = Tone::None;
    bool chip = false; // shape + ground in `tone`
    bool marker = false; // the shape alone before the text (a balance under its threshold, an end that is near or past)
    bool right = false;
    bool mono = false;
    bool dim = false; // zero, not set
    double bar = -1; // 0…1, -1 = none
    QString hint; // a further sentence for hover: "expired 20 days ago"
    Tone markerTone = Tone::Warn; // the marker's shape and colour
    QStringList tags = {}; // shown as chips of their own instead of `text`
    struct Bar {
        double share = 0; // 0…1
        Tone tone = Tone::None;
    };
    std::vector<Bar> bars = {}; // one for each place of a list, instead of `text`
};

struct FormatContext {
    QTimeZone zone;
    qint64 nowMs = 0;
};

CellText formatCell(const Value &value, const ColumnSpec &column, const FormatContext &context);

bool alignsRight(const ColumnSpec &column); // numbers, amounts and times

// One row at a time, with what depends on other fields of the row: toneWhen, markBelow, insteadWhen. Filters are parsed once. A value; any thread.
class RowFormatter {
public:
    explicit RowFormatter(const ResourceType &type); // the type must outlive it
    std::vector<CellText> format(const Row &row, const FormatContext &context) const;

private:
    struct Rules {
        FilterPtr toneWhen, markUnless, insteadWhen;
        int markBelow = -1, limit = -1, otherwise = -1;
    };
    void applyLimit(const Row &row, size_t column, CellText &cell) const;
    void applyRules(const Row &row, size_t column, CellText &cell) const;

    const ResourceType *m_type;
    TableSchema m_schema;
    std::vector<Rules> m_rules;
};

QString formatRelativeTime(qint64 ms, qint64 nowMs, const QTimeZone &zone); // "3 天前" / "3 days ago"
QString formatFullTime(qint64 ms, const QTimeZone &zone); // "2026-11-22 12:29:47"
QString formatAge(qint64 ageMs); // "12 秒" / "12 s"
QString formatDuration(qint64 seconds); // in the largest unit of which there are two: "45s" "14m" "16h" "3d" "2y"
QString formatDurationWords(qint64 seconds); // all of it: "5 天 18 小时 3 分"
QString formatQuantity(const Decimal &value); // thousands, at most two decimals below a hundred and one above it; what is not zero never reads as zero
// For CSV and XLSX: exact, machine-readable (amount without grouping, RFC 3339 times), never a secret.
QString exportText(const Value &value, const ColumnSpec &column, const QTimeZone &zone);

} // namespace kboss
