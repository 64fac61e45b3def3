#pragma once

#include "app/cache/cachestore.h"
#include "models/resourcetype.h"

#include <QTest>
#include <memory>

namespace kboss {

// The real views, and rows of them by field.
class ClusterRows {
public:
    bool load()
    {
        const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
        auto contracts = ContractSet::load(source + QStringLiteral("/resources/api"));
        auto set = contracts ? ResourceSet::load(source + QStringLiteral("/resources/views"), *contracts) : Result<ResourceSet>(fail(contracts.error()));
        if (!set)
            return false;
        m_set = std::make_unique<ResourceSet>(std::move(*set));
        return true;
    }
    const ResourceType &type(const char *id) const { return *m_set->find(QLatin1String(id)); }

    static Row row(const ResourceType &type, const QString &key, const QHash<QString, Value> &cells)
    {
        Row made;
        made.key = key;
        for (const ColumnSpec &column : type.columns)
            made.cells.push_back(cells.value(column.field.id));
        return made;
    }
    static RowChange change(std::optional<Row> before, std::optional<Row> after, qint64 atMs = 0)
    {
        RowChange made;
        made.kind = !before ? RowChange::Kind::Added : !after ? RowChange::Kind::Removed : RowChange::Kind::Changed;
        made.key = after ? after->key : before->key;
        made.before = std::move(before);
        made.after = std::move(after);
        made.atMs = atMs;
        return made;
    }

private:
    std::unique_ptr<ResourceSet> m_set;
};

} // namespace kboss
