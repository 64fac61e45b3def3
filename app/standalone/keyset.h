#pragma once

#include "app/base/filter.h"
#include "app/cache/filtersql.h"

namespace kboss::standalone {

// One column of an ORDER BY that is total: the last one is the row's key.
struct OrderColumn {
    QString name;
    bool descending = false;
    bool nullable = false; // null comes first when ascending, last when descending
};

// The columns of an order over the billing accounts, the key appended in the direction of the last field.
QList<OrderColumn> billingOrder(const std::vector<SortKey> &keys);

QString orderByText(const QList<OrderColumn> &order);

// "rows after the one with these values", in a form that lets an index on the first column do the search.
SqlFragment seekAfter(const QList<OrderColumn> &order, const QList<QVariant> &values);

} // namespace kboss::standalone
