#pragma once

#include "app/cache/catalog.h"
#include "app/cache/cells.h"
#include "app/cache/layout.h"

namespace kboss {

// The keys of rows that changed, up to 10,000; beyond that only that there were many.
class ChangedKeys {
public:
    void add(std::string_view key);
    void note(std::string_view key, bool told) // not told = only restless fields changed
    {
        if (told)
            add(key);
        else
            m_quiet = true;
    }
    bool isEmpty() const { return m_keys.isEmpty() && !m_many && !m_quiet; }
    const QSet<QString> &keys() const { return m_keys; }
    bool many() const { return m_many; }

private:
    static constexpr qsizetype limit = 10'000;
    QSet<QString> m_keys;
    bool m_many = false;
    bool m_quiet = false; // there are changes that nobody is told the keys of
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
    // The version before goes to history, unless only restless fields changed; says whether more than those did.
    Result<bool> replace(qint64 id, const RowBatch &batch, int row);
    Result<void> remove(qint64 id); // likewise

    // The same for a row of a staging table: key, hash, raw, columns… of `staged`.
    Result<void> insertStaged(const Statement &staged);
    Result<bool> replaceStaged(qint64 id, const Statement &staged);

private:
    RowWriter(Connection &connection, const Dataset &dataset, DatasetRecord &record, qint64 timeMs);
    Result<void> run(Statement &statement);
    Result<void> keepHistory(qint64 id);
    // Whether only restless fields differ from the row as it is: then there is no history of it, and the row keeps its time.
    template <class Bind> Result<bool> isQuiet(qint64 id, Bind bind);
    void bindStagedColumns(Statement &target, int first, const Statement &staged) const;

    Connection *m_connection;
    const Dataset *m_dataset;
    DatasetRecord *m_record;
    qint64 m_timeMs;
    CellBinder m_binder;
    Statement *m_find = nullptr, *m_insert = nullptr, *m_update = nullptr, *m_history = nullptr, *m_delete = nullptr;
    Statement *m_insertRaw = nullptr, *m_updateRaw = nullptr, *m_deleteRaw = nullptr;
    Statement *m_same = nullptr; // null without restless fields
};

} // namespace kboss
