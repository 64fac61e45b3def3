#pragma once

#include "app/base/filter.h"

#include <QDate>

namespace kboss {

// A text pattern: the value without the "*" at its ends.
struct FilterPattern {
    QString text;
    bool openStart = false, openEnd = false; // anything may stand before, after
    Qt::CaseSensitivity cases = Qt::CaseSensitive;

    bool matches(const QString &candidate) const;
};

// What a restriction compares with, read once: for evaluation in memory and for making SQL.
struct FilterOperand {
    enum class Part { Whole, Units, Nanos, Currency }; // of a Money
    int field = -1;
    Part part = Part::Whole;
    FieldType type = FieldType::Text; // to compare by: Integer for units and nanos, Text for a currency
    FilterOp op = FilterOp::Equals;
    bool presence = false; // field:* ; nothing below is set then
    FilterPattern pattern; // Text, Enum; for an order comparison pattern.text as it is
    Decimal number; // Integer, Decimal, Money
    QString currency; // Money: only this one, or empty
    bool boolean = false;
    qint64 fromMs = 0, toMs = 0; // DateTime: half-open
    QDate date;
};

// Rejected, with the field named, for what the schema does not allow.
Result<FilterOperand> resolveOperand(const FilterNode &restriction, const TableSchema &schema);

// The pattern of a bare value.
FilterPattern searchPattern(const QString &value);

// A filter made ready for many rows of one schema. Thread-safe once built; the schema is copied.
class FilterMatcher {
public:
    FilterMatcher(const FilterPtr &filter, const TableSchema &schema);

    bool operator()(const Row &row) const;

private:
    struct Step {
        FilterNode::Kind kind = FilterNode::Kind::And;
        std::vector<Step> children;
        FilterOperand operand; // field -1: holds for no row
        FilterPattern search;
    };
    static Step build(const FilterNode &node, const TableSchema &schema);
    bool holds(const Step &step, const Row &row) const;

    bool m_all = false;
    Step m_root;
    std::vector<size_t> m_texts; // fields that a bare value looks into
};

} // namespace kboss
