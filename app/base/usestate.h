#pragma once

#include "app/base/rowbatch.h"

namespace kboss {

// How much of a stock is used, as one of five codes made from two numbers of the same row, exactly: "none" where there is no stock, "full" where nothing
// is left, "low" from `lowFrom` percent used on, "unused" where nothing is used, else "normal". Null where one of the numbers is.
// It is a field of type Enum that no member of the row object fills: its FieldSchema::pointer is pointer() of the rule, which no member's name can be.
struct UseRule {
    QString used, total; // ids of Integer or Decimal fields; empty = no rule
    int lowFrom = 90;

    bool isSet() const { return !total.isEmpty(); }
    QString pointer() const; // "=use:consumed:stock:90"
    static UseRule of(const FieldSchema &field); // not set where the field is an ordinary one
    friend bool operator==(const UseRule &, const UseRule &) = default;
};

// The code of a rule for these two numbers.
const char *useState(const Decimal &used, const Decimal &total, int lowFrom);

// Fills the cells of a row that UseRule makes, once its others are there. `cells` are the row's, text goes to the end of the arena.
class UseCells {
public:
    explicit UseCells(const TableSchema &schema);
    void fill(RowBatch::Cell *cells, std::vector<char> &arena) const;

private:
    struct Made {
        size_t field, used, total;
        int lowFrom;
    };
    std::vector<Made> m_made;
};

} // namespace kboss
