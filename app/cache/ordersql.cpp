#include "app/cache/filtersql.h"

namespace kboss {

using namespace Qt::StringLiterals;

QString columnName(const QString &fieldId)
{
    return u"c_"_s + fieldId;
}

QStringList columnNames(const FieldSchema &field)
{
    const QString name = columnName(field.id);
    if (field.type == FieldType::Money)
        return {name + u"_u"_s, name + u"_n"_s, name + u"_c"_s};
    if (field.type == FieldType::Decimal)
        return {name, name + u"_k"_s};
    return {name};
}

// NULL sorts first, misfits (BLOBs) last; descending is the exact reverse.
Result<SqlFragment> orderSql(const std::vector<SortKey> &order, const TableSchema &schema)
{
    QStringList terms;
    for (const SortKey &sort : order) {
        const int index = schema.indexOf(sort.field);
        if (index < 0)
            return fail(ErrorKind::Rejected, u"no such field"_s, sort.field);
        const FieldSchema &field = schema.fields[static_cast<size_t>(index)];
        if (field.type == FieldType::Secret)
            return fail(ErrorKind::Rejected, u"secrets are not sorted by"_s, sort.field);
        const QStringList names = columnNames(field);
        const QString direction = sort.descending ? u" DESC"_s : QString();
        if (field.type == FieldType::Money)
            terms << names[0] + direction << names[1] + direction;
        else
            terms << names.back() + direction;
    }
    return SqlFragment{terms.join(u", "_s), {}};
}

} // namespace kboss
