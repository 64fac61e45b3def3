#pragma once

#include "app/cache/catalog.h"
#include "app/cache/cells.h"
#include "app/cache/layout.h"

namespace kboss {

// The keys of rows that changed, up to 10,000; beyond that only that there were many.
class ChangedKeys {
public:
    void add(std::string_view key);
    bool isEmpty() const { return m_keys.isEmpty() && !m_many; }
    const QSet<QString> &keys() const { return m_keys; }
    bool many() const { return m_many; }

private:
    static constexpr qsizetype limit = 10'000;
    QSet<QString> m_keys;
    bool m_many = false;
};

// Writes rows of one dataset with their raw text and history. Lives inside one transaction on the writer's connection;
// row count and next id are kept in `record`, which the caller writes back.
class RowWriter {
public:
    struct Found {
        qint64 id = 0; // 0 = no such row
        quint64 hash = 0;
    };

    static Result<RowWriter> prepare(Connection &connection, const Dataset &dataset, DatasetRecord &record, qint64 timeMs);

    Result<Found> find(std::string_view key);
    // False when the key is there already: nothing was written.
    Result<bool> insert(const RowBatch &batch, int row);
    Result<void> replace(qint64 id, const RowBatch &batch, int row); // the version before goes to history
    Result<void> remove(qint64 id); // likewise

    // The same for a row of a staging table: key, hash, raw, columns… of `staged`.
    Result<void> insertStaged(const Statement &staged);
    Result<void> replaceStaged(qint64 id, const Statement &staged);

private:
    RowWriter(Connection &connection, const Dataset &dataset, DatasetRecord &record, qint64 timeMs);
    Result<void> run(Statement &statement);
    Result<void> keepHistory(qint64 id);
    void bindStagedColumns(Statement &target, int first, const Statement &staged) const;

    Connection *m_connection;
    const Dataset *m_dataset;
    DatasetRecord *m_record;
    qint64 m_timeMs;
    CellBinder m_binder;
    Statement *m_find = nullptr, *m_insert = nullptr, *m_update = nullptr, *m_history = nullptr, *m_delete = nullptr;
    Statement *m_insertRaw = nullptr, *m_updateRaw = nullptr, *m_deleteRaw = nullptr;
};

} // namespace kboss
