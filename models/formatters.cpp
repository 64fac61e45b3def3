#include "models/formatters.h"

#include "models/stocklist.h"

#include <QCoreApplication>
#include <QDateTime>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestWholeId = 14, idHead = 7, idTail = 4;

QString words(const char *text)
{
    return QCoreApplication::translate("Formatters", text);
}

QString grouped(qint64 number)
{
    QString digits = QString::number(number);
    const bool negative = digits.startsWith(u'-');
    if (negative)
        digits.remove(0, 1);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, u',');
    return negative ? QChar(0x2212) + digits : digits;
}

CellText notSet()
{
    CellText cell;
    cell.text = QChar(0x2014);
    cell.dim = true;
    cell.hint = words(QT_TRANSLATE_NOOP("Formatters", "not set"));
    return cell;
}

CellText plainText(const QString &text)
{
    CellText cell;
    cell.text = text;
    cell.full = text;
    return cell;
}

CellText misfit(const QString &raw, const ColumnSpec &column)
{
    CellText cell = plainText(raw);
    cell.tone = Tone::Warn;
    cell.marker = true;
    cell.chip = column.format == ColumnFormat::Chip;
    cell.hint = words(QT_TRANSLATE_NOOP("Formatters", "The server sent this; it does not fit the field's type"));
    return cell;
}

CellText secret()
{
    CellText cell;
    cell.text = QString(6, QChar(0x2022));
    cell.full = cell.text;
    cell.mono = true;
    return cell;
}

CellText flag(bool on)
{
    CellText cell = plainText(on ? words(QT_TRANSLATE_NOOP("Formatters", "Yes")) : words(QT_TRANSLATE_NOOP("Formatters", "No")));
    cell.dim = !on;
    return cell;
}

CellText amount(const Decimal &value)
{
    CellText cell;
    cell.text = formatAmount(value);
    cell.full = value.normalized().toString(2);
    cell.right = true;
    cell.dim = value.isZero();
    if (value.isNegative())
        cell.tone = Tone::Bad;
    return cell;
}

CellText money(const Money &value)
{
    CellText cell = amount(value.amount());
    cell.hint = value.currency;
    return cell;
}

Tone toneOf(double percent, const ColumnSpec &column)
{
    if (column.badFrom > 0 && percent >= column.badFrom)
        return Tone::Bad;
    return column.warnFrom > 0 && percent >= column.warnFrom ? Tone::Warn : Tone::None;
}

CellText share(const Decimal &percent, const ColumnSpec &column)
{
    const bool withBar = column.format == ColumnFormat::Bar;
    CellText cell;
    cell.full = percent.normalized().toString();
    cell.text = (percent.isNegative() ? QChar(0x2212) + percent.negated().normalized().toString() : cell.full) + u" %"_s;
    cell.right = true;
    cell.dim = percent.isZero();
    if (!withBar)
        return cell;
    const double share = percent.toString().toDouble();
    cell.bar = std::clamp(share / 100.0, 0.0, 1.0);
    cell.tone = toneOf(share, column);
    return cell;
}

CellText duration(qint64 seconds)
{
    CellText cell;
    cell.text = formatDuration(seconds);
    cell.full = formatDurationWords(seconds);
    cell.right = true;
    return cell;
}

CellText quantity(const Decimal &value)
{
    CellText cell;
    cell.text = formatQuantity(value);
    cell.full = value.normalized().toString();
    cell.right = true;
    cell.dim = value.isZero();
    return cell;
}

bool isQuantity(const ColumnSpec &column)
{
    return column.format == ColumnFormat::Quantity || column.format == ColumnFormat::Usage;
}

CellText integer(qint64 value, const ColumnSpec &column)
{
    if (column.format == ColumnFormat::Duration)
        return duration(value);
    if (isQuantity(column))
        return quantity(Decimal(value));
    if (column.format == ColumnFormat::Percent || column.format == ColumnFormat::Bar)
        return share(Decimal(value), column);
    CellText cell;
    cell.full = QString::number(value);
    cell.mono = column.format == ColumnFormat::Mono || column.format == ColumnFormat::ShortId;
    cell.text = cell.mono ? cell.full : grouped(value);
    cell.right = !cell.mono;
    cell.dim = value == 0 && !cell.mono;
    if (value < 0)
        cell.tone = Tone::Bad;
    return cell;
}

CellText decimal(const Decimal &value, const ColumnSpec &column)
{
    if (isQuantity(column))
        return quantity(value);
    if (column.format == ColumnFormat::Percent || column.format == ColumnFormat::Bar)
        return share(value, column);
    return amount(value);
}

CellText instant(Instant value, const ColumnSpec &column, const FormatContext &context)
{
    CellText cell;
    cell.full = formatFullTime(value.ms, context.zone);
    cell.text = column.format == ColumnFormat::RelativeTime ? formatRelativeTime(value.ms, context.nowMs, context.zone) : cell.full;
    cell.right = true;
    return cell;
}

void expiry(CellText &cell, QDate date, const ColumnSpec &column, const FormatContext &context)
{
    const qint64 left = QDateTime::fromMSecsSinceEpoch(context.nowMs, context.zone).date().daysTo(date);
    if (left > column.expiryWarnDays)
        return;
    cell.marker = true;
    cell.tone = cell.markerTone = left < 0 ? Tone::Bad : Tone::Warn;
    if (left < 0)
        cell.hint = left == -1 ? words(QT_TRANSLATE_NOOP("Formatters", "expired yesterday"))
                               : words(QT_TRANSLATE_NOOP("Formatters", "expired %1 days ago")).arg(-left);
    else if (left == 0)
        cell.hint = words(QT_TRANSLATE_NOOP("Formatters", "expires today"));
    else
        cell.hint = left == 1 ? words(QT_TRANSLATE_NOOP("Formatters", "expires tomorrow"))
                              : words(QT_TRANSLATE_NOOP("Formatters", "expires in %1 days")).arg(left);
}

CellText date(QDate value, const ColumnSpec &column, const FormatContext &context)
{
    CellText cell = plainText(value.toString(Qt::ISODate));
    if (value == QDate(9999, 12, 31)) {
        cell.text = words(QT_TRANSLATE_NOOP("Formatters", "no end"));
        cell.dim = true;
    } else if (column.format == ColumnFormat::ExpiryDate) {
        expiry(cell, value, column, context);
    }
    return cell;
}

QString shortened(const QString &id)
{
    return id.size() <= longestWholeId ? id : id.left(idHead) + QChar(0x2026) + id.right(idTail);
}

// A bar for each place; in words on hover and in exports.
CellText stocks(const QString &value, const ColumnSpec &column)
{
    CellText cell;
    QStringList lines;
    for (const StockPlace &place : stockPlaces(value, column)) {
        const QString state = place.state();
        lines << place.name + u"  "_s + place.words() + (state.isEmpty() ? QString() : u"  "_s + state);
        cell.bars.push_back({place.share, place.tone});
    }
    if (lines.isEmpty())
        return notSet();
    cell.text = lines.join(u" · "_s);
    cell.full = lines.join(u'\n');
    return cell;
}

CellText text(const QString &value, const ColumnSpec &column)
{
    if (column.format == ColumnFormat::Stocks)
        return stocks(value, column);
    const auto known = std::find_if(column.values.begin(), column.values.end(), [&](const EnumLabel &entry) { return entry.value == value; });
    CellText cell = plainText(value);
    cell.chip = column.format == ColumnFormat::Chip;
    if (known != column.values.end()) {
        cell.text = cell.full = known->label.text();
        cell.tone = known->tone;
        cell.hint = known->tip.text();
        return cell;
    }
    if (value.isEmpty())
        return notSet();
    if (!column.emptyAs.isEmpty() && value == column.emptyAs) { // the service's own way to write it
        cell.dim = true;
        cell.hint = words(QT_TRANSLATE_NOOP("Formatters", "not set"));
        return cell;
    }
    if (cell.chip)
        cell.tone = Tone::Warn;
    if (column.format == ColumnFormat::Tags)
        cell.tags = value.split(u", "_s, Qt::SkipEmptyParts);
    cell.mono = column.format == ColumnFormat::Mono || column.format == ColumnFormat::ShortId;
    if (column.format == ColumnFormat::ShortId)
        cell.text = shortened(value);
    return cell;
}

struct CellMaker {
    const ColumnSpec &column;
    const FormatContext &context;

    CellText operator()(std::monostate) const { return notSet(); }
    CellText operator()(const QString &value) const { return text(value, column); }
    CellText operator()(qint64 value) const { return integer(value, column); }
    CellText operator()(bool value) const { return flag(value); }
    CellText operator()(const Decimal &value) const { return decimal(value, column); }
    CellText operator()(const Money &value) const { return money(value); }
    CellText operator()(const Instant &value) const { return instant(value, column, context); }
    CellText operator()(const QDate &value) const { return date(value, column, context); }
    CellText operator()(const SecretMark &) const { return secret(); }
    CellText operator()(const Misfit &value) const
    {
        return column.format == ColumnFormat::Stocks ? stocks(value.raw, column) : misfit(value.raw, column); // a JSON list is no text on the wire
    }
};

bool isNumber(const ColumnSpec &column)
{
    switch (column.format) {
    case ColumnFormat::Amount:
    case ColumnFormat::Integer:
    case ColumnFormat::Percent:
    case ColumnFormat::Bar:
    case ColumnFormat::Duration:
    case ColumnFormat::Quantity:
    case ColumnFormat::Usage:
    case ColumnFormat::RelativeTime:
    case ColumnFormat::DateTime:
        return true;
    default:
        return false;
    }
}

} // namespace

CellText formatCell(const Value &value, const ColumnSpec &column, const FormatContext &context)
{
    // A secret is never shown, whatever came in its place.
    if (column.field.type == FieldType::Secret)
        return isNull(value) ? notSet() : secret();
    CellText cell = std::visit(CellMaker{column, context}, value);
    cell.right = isNumber(column);
    return cell;
}

bool alignsRight(const ColumnSpec &column)
{
    return isNumber(column);
}

} // namespace kboss
