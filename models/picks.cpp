#include "models/picks.h"

#include "models/formrules.h"
#include "models/viewcheck.h"

#include <QCollator>
#include <QSet>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString fieldText(const ResourceType *type, const Row &row, const QString &field)
{
    if (!type || row.key.isEmpty())
        return {};
    const QString open = u'{' + field + u'}', filled = fillTemplate(open, type, row, {});
    return filled == open ? QString() : filled;
}

class Filler {
public:
    Filler(const FormGround &ground, const FormInput &input, QStringList &missing) : m_ground(ground), m_input(input), m_missing(missing) { }

    QString fill(const QString &text, bool quoted) const
    {
        QString filled = text;
        for (const QString &name : placeholders(text)) {
            QString value = valueOf(name);
            if (quoted)
                value.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
            filled.replace(u'{' + name + u'}', value);
        }
        return filled;
    }

private:
    QString valueOf(const QString &name) const
    {
        if (name.startsWith("parent."_L1)) {
            const QString field = name.mid(7);
            const QString text = fieldText(m_ground.parentType, m_ground.parent, field);
            return text.isEmpty() && (!m_ground.parentType || field == m_ground.parentType->keyField) ? m_ground.parent.key : text;
        }
        if (!name.startsWith("form."_L1))
            return fieldText(m_ground.type, m_ground.row, name);
        const QString text = m_input.value(name.mid(5)).trimmed();
        if (text.isEmpty() && !m_missing.contains(name.mid(5)))
            m_missing << name.mid(5);
        return text;
    }

    const FormGround &m_ground;
    const FormInput &m_input;
    QStringList &m_missing;
};

} // namespace

PickSource pickSource(const PickSpec &pick, const ResourceType &picked, const FormGround &ground, const FormInput &input)
{
    PickSource source;
    const Filler filler(ground, input, source.missing);
    for (auto it = picked.listParameters.begin(); it != picked.listParameters.end(); ++it) {
        if (placeholders(it.value()).isEmpty())
            source.parameters.insert(it.key(), it.value());
    }
    for (auto it = pick.parameters.begin(); it != pick.parameters.end(); ++it)
        source.parameters.insert(it.key(), filler.fill(it.value(), false));
    source.filter = filler.fill(pick.filter, true);
    return source;
}

std::vector<PickChoice> pickChoices(const PickSpec &pick, const ResourceType &picked, const std::vector<Row> &rows, const FormatContext &format)
{
    const TableSchema schema = picked.schema();
    const auto shown = [&](const Row &row, const QString &field) {
        const int at = schema.indexOf(field);
        const auto *column = picked.column(field);
        const bool there = at >= 0 && static_cast<size_t>(at) < row.cells.size() && column;
        return there ? formatCell(row.cells[static_cast<size_t>(at)], *column, format).text : QString();
    };
    std::vector<PickChoice> choices;
    QSet<QString> seen;
    for (const Row &row : rows) {
        PickChoice choice;
        const bool plain = placeholders(pick.value).isEmpty();
        choice.value = fillTemplate(plain ? u'{' + pick.value + u'}' : pick.value, &picked, row, {});
        if (!placeholders(choice.value).isEmpty() || seen.contains(choice.value))
            continue;
        seen.insert(choice.value);
        choice.name = shown(row, pick.show.value(0));
        QStringList notes;
        for (const QString &field : pick.show.mid(1)) {
            if (const QString text = shown(row, field); !text.isEmpty() && text != choice.name)
                notes << text;
        }
        choice.note = notes.join(u" · "_s);
        choices.push_back(std::move(choice));
    }
    QCollator order{QLocale(currentLanguage())};
    order.setNumericMode(true);
    std::stable_sort(choices.begin(), choices.end(), [&](const PickChoice &a, const PickChoice &b) { return order.compare(a.name, b.name) < 0; });
    return choices;
}

std::vector<PickChoice> suggestedChoices(const FormField &field, const FormInput &input)
{
    std::vector<PickChoice> choices;
    if (!field.offer)
        return choices;
    QStringList values = field.offer->suggest;
    if (!field.offer->suggestBy.isEmpty())
        values += field.offer->suggestBy.value(input.value(field.offer->by));
    for (const QString &value : values) {
        PickChoice choice{value, value, {}};
        for (const EnumLabel &known : field.values) {
            if (known.value == value)
                choice.name = known.label.text();
        }
        choices.push_back(std::move(choice));
    }
    return choices;
}

std::optional<QString> followedValue(const FormField &field, const FormInput &input)
{
    if (!field.offer || field.offer->follow.isEmpty())
        return std::nullopt;
    const auto found = field.offer->follow.constFind(input.value(field.offer->by));
    return found == field.offer->follow.constEnd() ? std::nullopt : std::optional(*found);
}

QStringList splitValues(const QString &text, const QString &separator)
{
    QStringList values;
    const QStringList parts = separator.isEmpty() ? QStringList{text} : text.split(separator);
    for (const QString &part : parts) {
        if (const QString value = part.trimmed(); !value.isEmpty() && !values.contains(value))
            values << value;
    }
    return values;
}

} // namespace kboss
