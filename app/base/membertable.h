#pragma once

#include "app/base/schema.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kboss {

// What to do with a member of a row object, decided once for each spelling of its name.
struct RowMember {
    struct Nested {
        std::vector<std::string> path; // names below the member
        int field = -1;
        bool secret = false;
    };
    std::string name; // as spelled in the JSON, escapes and all
    std::vector<int> fields; // filled from the member itself
    std::vector<Nested> nested;
    bool secret = false; // not to be kept, its value not to be looked at
    bool transient = false; // decoded, but no part of the row as stored: the row's number in this answer
    bool money = false; // the one field it fills is a Money
};

// Finds a member's role; quick when rows have their members in the same order. Not thread-safe.
class MemberTable {
public:
    explicit MemberTable(const TableSchema &schema);

    void startRow() { m_next = 0; }
    // `key` points behind the opening quote; text ends at `end`. nullptr when the name has no end or a bad escape.
    const RowMember *find(const char *key, const char *end);

private:
    struct Hash {
        using is_transparent = void;
        size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    const RowMember *lookUp(std::string_view spelled);
    bool classify(std::string_view spelled, RowMember &member) const;

    std::vector<std::pair<std::vector<std::string>, int>> m_paths; // of the fields
    std::vector<bool> m_secretField, m_moneyField;
    std::unordered_map<std::string, RowMember, Hash, std::equal_to<>> m_known;
    std::vector<const RowMember *> m_order; // of the last row
    size_t m_next = 0;
    RowMember m_spare; // for names beyond those remembered
};

} // namespace kboss
