#pragma once

#include "models/resourcetype.h"

#include <optional>

namespace kboss {

// One row by field names, whatever types the view gives them. Refers to both; any thread.
class RowCells {
public:
    RowCells(const ResourceType &type, const Row &row) : m_type(type), m_row(row) { }

    const Value *value(const QString &field) const
    {
        for (size_t i = 0; i < m_type.columns.size() && i < m_row.cells.size(); ++i) {
            if (m_type.columns[i].field.id == field)
                return &m_row.cells[i];
        }
        return nullptr;
    }
    const Value *value(const char *field) const { return value(QLatin1String(field)); }

    QString text(const QString &field) const
    {
        const Value *found = value(field);
        if (!found)
            return {};
        if (const auto *text = std::get_if<QString>(found))
            return *text;
        if (const auto *misfit = std::get_if<Misfit>(found))
            return misfit->raw;
        if (const auto *number = std::get_if<qint64>(found))
            return QString::number(*number);
        return {};
    }
    QString text(const char *field) const { return text(QString::fromLatin1(field)); }

    std::optional<Decimal> known(const char *field) const // nothing where it is no number
    {
        const Value *found = value(field);
        if (!found)
            return std::nullopt;
        if (const auto *number = std::get_if<qint64>(found))
            return Decimal(*number);
        if (const auto *decimal = std::get_if<Decimal>(found))
            return *decimal;
        if (const auto *money = std::get_if<Money>(found))
            return money->amount();
        const auto read = Decimal::parse(text(field));
        return read ? std::optional(*read) : std::nullopt;
    }
    Decimal number(const char *field) const { return known(field).value_or(Decimal()); }

    bool flag(const char *field) const
    {
        const Value *found = value(field);
        const auto *flag = found ? std::get_if<bool>(found) : nullptr;
        const QString word = flag ? QString() : text(field);
        return flag ? *flag : word == QLatin1String("true") || word == QLatin1String("1");
    }

private:
    const ResourceType &m_type;
    const Row &m_row;
};

} // namespace kboss
