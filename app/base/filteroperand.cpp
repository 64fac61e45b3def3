#include "app/base/filteroperand.h"

#include "app/base/localzone.h"
#include "app/base/quantity.h"
#include "app/base/timescan.h"

#include <QTimeZone>

namespace kboss {
namespace {

constexpr qint64 dayMs = 86'400'000;

Unexpected refuse(const QString &field, const QString &why)
{
    return fail(ErrorKind::Rejected, field + QStringLiteral(": ") + why, field);
}

bool isOrder(FilterOp op)
{
    return op != FilterOp::Equals && op != FilterOp::NotEquals && op != FilterOp::Has;
}

FilterPattern patternOf(const QString &value, Qt::CaseSensitivity cases)
{
    FilterPattern pattern{value, false, false, cases};
    if (pattern.text.startsWith(u'*')) {
        pattern.openStart = true;
        pattern.text.remove(0, 1);
    }
    if (pattern.text.endsWith(u'*')) {
        pattern.openEnd = true;
        pattern.text.chop(1);
    }
    return pattern;
}

// Reads the value of one restriction; `operand` has field, part, type and op by then.
class ValueReader {
public:
    ValueReader(const FilterNode &node, const FieldSchema &field, FilterOperand &operand) : m_node(node), m_field(field), m_operand(operand) { }

    Result<void> read()
    {
        switch (m_operand.type) {
        case FieldType::Text:
            return text();
        case FieldType::Enum:
            return code();
        case FieldType::Integer:
        case FieldType::Decimal:
            return number(m_node.value);
        case FieldType::Money:
            return money();
        case FieldType::Boolean:
            return boolean();
        case FieldType::DateTime:
            return instant();
        case FieldType::Date:
            return date();
        case FieldType::Secret:
            break;
        }
        return refuse(m_node.field, QStringLiteral("cannot be filtered by"));
    }

private:
    Result<void> text()
    {
        if (isOrder(m_node.op)) {
            m_operand.pattern.text = m_node.value;
            return {};
        }
        const bool has = m_node.op == FilterOp::Has;
        m_operand.pattern = patternOf(m_node.value, has ? Qt::CaseInsensitive : Qt::CaseSensitive);
        if (has && !m_operand.pattern.openStart && !m_operand.pattern.openEnd)
            m_operand.pattern.openStart = m_operand.pattern.openEnd = true;
        return {};
    }
    Result<void> code()
    {
        if (isOrder(m_node.op))
            return refuse(m_node.field, QStringLiteral("has no order"));
        const bool known = m_field.enumValues.empty() || m_node.op == FilterOp::Has || m_node.value.startsWith(u'*') || m_node.value.endsWith(u'*')
            || std::find(m_field.enumValues.begin(), m_field.enumValues.end(), m_node.value) != m_field.enumValues.end();
        if (!known)
            return refuse(m_node.field, QStringLiteral("\"%1\" is not one of its values").arg(m_node.value));
        return text();
    }
    Result<void> number(const QString &value)
    {
        const bool read = m_operand.part == FilterOperand::Part::Whole && m_field.reading != FieldReading::Plain;
        const auto number = Decimal::parse(read ? plainOperand(value, m_field.reading) : value);
        if (!number && m_field.reading == FieldReading::Duration)
            return refuse(m_node.field, QStringLiteral("a duration like 2d or 3h30m expected instead of \"%1\"").arg(m_node.value));
        if (!number)
            return refuse(m_node.field, QStringLiteral("a number expected instead of \"%1\"").arg(m_node.value));
        m_operand.number = *number;
        return {};
    }
    Result<void> money()
    {
        const QString value = m_node.value.simplified();
        const qsizetype blank = value.indexOf(u' ');
        if (blank < 0)
            return number(value);
        m_operand.currency = value.mid(blank + 1).toUpper();
        const bool letters = m_operand.currency.size() == 3
            && std::all_of(m_operand.currency.begin(), m_operand.currency.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
        if (!letters)
            return refuse(m_node.field, QStringLiteral("an amount like 1000 or \"1000 CNY\" expected instead of \"%1\"").arg(m_node.value));
        return number(value.left(blank));
    }
    Result<void> boolean()
    {
        const QString word = m_node.value.toLower();
        if (isOrder(m_node.op))
            return refuse(m_node.field, QStringLiteral("has no order"));
        if (word != QLatin1String("true") && word != QLatin1String("false"))
            return refuse(m_node.field, QStringLiteral("true or false expected instead of \"%1\"").arg(m_node.value));
        m_operand.boolean = word == QLatin1String("true");
        return {};
    }
    std::optional<ScannedTime> scanned() const
    {
        const QByteArray bytes = m_node.value.toUtf8();
        return scanTime({bytes.constData(), static_cast<size_t>(bytes.size())});
    }
    Result<void> instant()
    {
        const auto time = scanned();
        if (!time)
            return refuse(m_node.field,
                          QStringLiteral("a time like 2026-11-22T04:29:47Z or 2026-11-22 expected instead of \"%1\"").arg(m_node.value));
        if (time->epochMs) {
            m_operand.fromMs = *time->epochMs;
        } else {
            const qint64 wall = wallMs(*time);
            const LocalZone zone(QTimeZone("Asia/Shanghai"));
            m_operand.fromMs = time->offsetSeconds ? wall - *time->offsetSeconds * 1000LL : zone.toUtcMs(wall);
            m_operand.toMs = time->hasTime ? 0 : zone.toUtcMs(wall + dayMs);
        }
        if (m_operand.toMs == 0 || m_operand.toMs <= m_operand.fromMs)
            m_operand.toMs = m_operand.fromMs + 1;
        return {};
    }
    Result<void> date()
    {
        const auto time = scanned();
        if (!time || time->epochMs)
            return refuse(m_node.field, QStringLiteral("a date like 2026-11-22 expected instead of \"%1\"").arg(m_node.value));
        m_operand.date = QDate(time->year, time->month, time->day);
        return {};
    }

    const FilterNode &m_node;
    const FieldSchema &m_field;
    FilterOperand &m_operand;
};

// The field itself, or the part of a Money that the last step of the path names.
bool findField(const QString &path, const TableSchema &schema, FilterOperand &operand)
{
    operand.field = schema.indexOf(path);
    const qsizetype dot = path.lastIndexOf(u'.');
    if (operand.field < 0 && dot > 0) {
        const int whole = schema.indexOf(path.left(dot));
        const QStringView part = QStringView(path).mid(dot + 1);
        if (whole < 0 || schema.fields[static_cast<size_t>(whole)].type != FieldType::Money)
            return false;
        if (part == u"units")
            operand.part = FilterOperand::Part::Units;
        else if (part == u"nanos")
            operand.part = FilterOperand::Part::Nanos;
        else if (part == u"currency_code")
            operand.part = FilterOperand::Part::Currency;
        else
            return false;
        operand.field = whole;
        operand.type = operand.part == FilterOperand::Part::Currency ? FieldType::Text : FieldType::Integer;
        return true;
    }
    if (operand.field < 0)
        return false;
    operand.type = schema.fields[static_cast<size_t>(operand.field)].type;
    return true;
}

} // namespace

bool FilterPattern::matches(const QString &candidate) const
{
    if (openStart && openEnd)
        return candidate.contains(text, cases);
    if (openStart)
        return candidate.endsWith(text, cases);
    if (openEnd)
        return candidate.startsWith(text, cases);
    return candidate.compare(text, cases) == 0;
}

FilterPattern searchPattern(const QString &value)
{
    FilterPattern pattern = patternOf(value, Qt::CaseInsensitive);
    if (!pattern.openStart && !pattern.openEnd)
        pattern.openStart = pattern.openEnd = true;
    return pattern;
}

Result<FilterOperand> resolveOperand(const FilterNode &restriction, const TableSchema &schema)
{
    FilterOperand operand;
    operand.op = restriction.op;
    if (!findField(restriction.field, schema, operand))
        return refuse(restriction.field, QStringLiteral("there is no such field"));
    if (operand.type == FieldType::Secret)
        return refuse(restriction.field, QStringLiteral("cannot be filtered by"));
    if (restriction.op == FilterOp::Has && restriction.value == u'*') {
        operand.presence = true;
        return operand;
    }
    const auto read = ValueReader(restriction, schema.fields[static_cast<size_t>(operand.field)], operand).read();
    if (!read)
        return fail(read.error());
    return operand;
}

} // namespace kboss
