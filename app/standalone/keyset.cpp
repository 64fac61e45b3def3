#include "app/standalone/keyset.h"

#include "app/standalone/billingtable.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QStringList sortColumns(const FieldSchema &field)
{
    if (field.type == FieldType::Money) // by amount: units, then nanos
        return columnNames(field).mid(0, 2);
    return {columnName(field.id)};
}

// The condition that `column` comes after `value`; empty when nothing does.
QString after(const OrderColumn &column, const QVariant &value, QList<QVariant> &bound)
{
    if (value.isNull())
        return column.descending ? QString() : column.name + u" IS NOT NULL"_s;
    bound << value;
    if (!column.descending)
        return column.name + u" > ?"_s;
    return column.nullable ? u"(%1 < ? OR %1 IS NULL)"_s.arg(column.name) : column.name + u" < ?"_s;
}

QString same(const OrderColumn &column, const QVariant &value, QList<QVariant> &bound)
{
    if (value.isNull())
        return column.name + u" IS NULL"_s;
    bound << value;
    return column.name + u" = ?"_s;
}

} // namespace

QList<OrderColumn> billingOrder(const std::vector<SortKey> &keys)
{
    QList<OrderColumn> order;
    bool keyed = false;
    for (const SortKey &key : keys) {
        const int index = billingSchema().indexOf(key.field);
        const FieldSchema &field = billingSchema().fields[static_cast<size_t>(index)];
        for (const QString &name : sortColumns(field))
            order.push_back({name, key.descending, billingFieldNullable(field.id)});
        keyed = keyed || field.id == billingSchema().key;
    }
    if (!keyed)
        order.push_back({columnName(billingSchema().key), !order.isEmpty() && order.last().descending, false});
    return order;
}

QString orderByText(const QList<OrderColumn> &order)
{
    QStringList parts;
    for (const OrderColumn &column : order) {
        QString part = column.name + (column.descending ? u" DESC"_s : u" ASC"_s);
        if (column.nullable)
            part += column.descending ? u" NULLS LAST"_s : u" NULLS FIRST"_s;
        parts << part;
    }
    return parts.join(u", "_s);
}

SqlFragment seekAfter(const QList<OrderColumn> &order, const QList<QVariant> &values)
{
    SqlFragment seek;
    const OrderColumn &first = order.first();
    const bool bounded = !values.first().isNull() && !(first.descending && first.nullable);
    if (bounded) {
        seek.text = first.name + (first.descending ? u" <= ? AND "_s : u" >= ? AND "_s);
        seek.values << values.first();
    }
    QStringList alternatives;
    for (qsizetype i = 0; i < order.size(); ++i) {
        QList<QVariant> bound;
        QStringList parts;
        for (qsizetype j = 0; j < i; ++j)
            parts << same(order[j], values[j], bound);
        const QString step = after(order[i], values[i], bound);
        if (step.isEmpty())
            continue;
        parts << step;
        alternatives << u'(' + parts.join(u" AND "_s) + u')';
        seek.values << bound;
    }
    seek.text += alternatives.isEmpty() ? u"1 = 0"_s : u'(' + alternatives.join(u" OR "_s) + u')';
    return seek;
}

} // namespace kboss::standalone
