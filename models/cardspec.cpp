#include "models/cardspec.h"

#include <algorithm>

namespace kboss {

namespace {

constexpr size_t mostDates = 2, mostFacts = 4;

int indexOf(const ResourceType &type, const QString &field)
{
    const auto found = std::find_if(type.columns.begin(), type.columns.end(), [&](const ColumnSpec &spec) { return spec.field.id == field; });
    return found == type.columns.end() ? -1 : static_cast<int>(found - type.columns.begin());
}

int innerOf(const ResourceType &type, const ColumnSpec &usage)
{
    for (const DetailSection &section : type.details) {
        const qsizetype at = section.fields.indexOf(usage.field.id);
        const int next = at < 0 ? -1 : indexOf(type, section.fields.value(at + 1));
        if (next < 0)
            continue;
        const ColumnSpec &spec = type.columns[static_cast<size_t>(next)];
        const bool number = spec.format == ColumnFormat::Quantity && !spec.unit.text().isEmpty();
        return number && spec.unit.en == usage.unit.en ? next : -1;
    }
    return -1;
}

} // namespace

CardSpec cardSpecOf(const ResourceType &type)
{
    CardSpec card;
    card.name = indexOf(type, type.nameField);
    for (size_t i = 0; i < type.columns.size(); ++i) {
        const ColumnSpec &spec = type.columns[i];
        const int at = static_cast<int>(i);
        if (!spec.visible || at == card.name)
            continue;
        if (spec.format == ColumnFormat::Chip && card.state < 0)
            card.state = at;
        else if (spec.format == ColumnFormat::Usage)
            card.bars.push_back({at, innerOf(type, spec)});
        else if (spec.format == ColumnFormat::ExpiryDate && card.dates.size() < mostDates)
            card.dates.push_back(at);
        else if ((spec.format == ColumnFormat::Plain || spec.format == ColumnFormat::Mono || spec.format == ColumnFormat::Integer)
                 && card.facts.size() < mostFacts)
            card.facts.push_back(at);
    }
    if (card.name < 0 || card.bars.size() < 2 || card.dates.empty())
        return {};
    return card;
}

const Jump *pageJumpOf(const ResourceType &type)
{
    const auto found = std::find_if(type.jumps.begin(), type.jumps.end(), [](const Jump &jump) { return !jump.page.isEmpty(); });
    return found == type.jumps.end() ? nullptr : &*found;
}

} // namespace kboss
