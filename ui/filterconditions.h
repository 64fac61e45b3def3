#pragma once

#include "models/resourcetype.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTimeZone>

namespace kboss {

// One chip of the filter line.
struct Condition {
    FilterPtr filter;
    bool enabled = true;
};

// The filter line as a value: conditions joined by AND, each of which can be switched off, and the bare words of the search field.
// The whole of it and the service's filter text are two forms of one thing.
class FilterConditions {
public:
    std::vector<Condition> items;
    QString search;

    FilterPtr combined() const; // of the enabled ones; null = all rows
    QString text() const; // combined(), printed
    void replace(const FilterPtr &filter); // splits a top-level AND; what is switched off stays
    bool isActive() const { return combined() != nullptr; }

    QJsonArray toJson() const; // [{"filter": text, "off": true}], the search last
    static FilterConditions fromJson(const QJsonArray &json); // unreadable entries are left out
};

// A condition in words: "Balance < 1,000.00 CNY", "State is Active", "not (…)". For people, in the current language.
class FilterWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::FilterWords)
public:
    FilterWords(const ResourceType &type, QTimeZone zone) : m_type(type), m_zone(std::move(zone)) { }
    QString say(const FilterPtr &filter, bool nested = false) const;
    static QString operatorWord(FilterOp op, FieldType type);
    static const ColumnSpec *columnOf(const ResourceType &type, const QString &field); // "balance.units" → balance

private:
    QString sayRestriction(const FilterNode &node) const;
    QString sayValue(const FilterNode &node, const ColumnSpec *column) const;

    const ResourceType &m_type;
    QTimeZone m_zone;
};

FilterPtr makeRestriction(const QString &field, FilterOp op, const QString &value, bool quoted);

// Where an error of parseFilter() or checkFilter() is in the text, 0-based; -1 when it does not say.
int faultPosition(const Error &error, const QString &text);

} // namespace kboss
