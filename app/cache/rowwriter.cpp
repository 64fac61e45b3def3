#include "app/cache/rowwriter.h"

#include <sqlite3.h>

namespace kboss {

namespace {

constexpr int stagedKey = 0, stagedHash = 1, stagedRaw = 2, stagedColumns = 3;

} // namespace

void ChangedKeys::add(std::string_view key)
{
    if (m_many)
        return;
    m_keys.insert(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
    if (m_keys.size() > limit) {
        m_keys.clear();
        m_many = true;
    }
}

RowWriter::RowWriter(Connection &connection, const Dataset &dataset, DatasetRecord &record, qint64 timeMs)
    : m_connection(&connection), m_dataset(&dataset), m_record(&record), m_timeMs(timeMs), m_binder(dataset.schema)
{
}

Result<RowWriter> RowWriter::prepare(Connection &connection, const Dataset &dataset, DatasetRecord &record, qint64 timeMs)
{
    RowWriter writer(connection, dataset, record, timeMs);
    const Layout &layout = dataset.layout;
    const std::pair<Statement **, std::string> statements[] = {
        {&writer.m_find, "SELECT id,hash FROM " + layout.rows() + " WHERE key=?"},
        {&writer.m_insert, layout.insertRow()},
        {&writer.m_update, layout.updateRow()},
        {&writer.m_history, layout.insertHistory()},
        {&writer.m_delete, "DELETE FROM " + layout.rows() + " WHERE id=?"},
        {&writer.m_insertRaw, "INSERT INTO " + layout.raws() + "(id,raw) VALUES(?,?)"},
        {&writer.m_updateRaw, "UPDATE " + layout.raws() + " SET raw=?2 WHERE id=?1"},
        {&writer.m_deleteRaw, "DELETE FROM " + layout.raws() + " WHERE id=?"},
    };
    for (const auto &[target, sql] : statements) {
        auto cached = connection.cached(sql);
        if (!cached)
            return fail(cached.error());
        *target = *cached;
    }
    if (const std::string sql = layout.findSame(); !sql.empty()) {
        auto cached = connection.cached(sql);
        if (!cached)
            return fail(cached.error());
        writer.m_same = *cached;
    }
    return writer;
}

Result<void> RowWriter::run(Statement &statement)
{
    const int code = statement.step();
    if (code == SQLITE_DONE) {
        statement.reset();
        return {};
    }
    auto failure = m_connection->failed();
    statement.reset();
    return failure;
}

Result<RowWriter::Found> RowWriter::find(std::string_view key)
{
    m_find->bind(1, key);
    const int code = m_find->step();
    Found found;
    if (code == SQLITE_ROW)
        found = {m_find->integer(0), static_cast<quint64>(m_find->integer(1))};
    else if (code != SQLITE_DONE)
        return m_connection->failed();
    m_find->reset();
    return found;
}

Result<bool> RowWriter::insert(const RowBatch &batch, int row)
{
    const qint64 id = m_record->nextId;
    m_insert->bind(1, id);
    m_insert->bind(2, batch.key(row));
    m_insert->bind(3, static_cast<qint64>(batch.hash(row)));
    m_insert->bind(4, m_timeMs);
    m_binder.bind(*m_insert, 5, batch, row);
    if (auto done = run(*m_insert); !done)
        return fail(done.error());
    if (sqlite3_changes(m_connection->handle()) == 0)
        return false;
    m_insertRaw->bind(1, id);
    m_insertRaw->bindBlob(2, batch.raw(row));
    if (auto done = run(*m_insertRaw); !done)
        return fail(done.error());
    ++m_record->nextId;
    ++m_record->info.rows;
    return true;
}

Result<void> RowWriter::keepHistory(qint64 id)
{
    m_history->bind(1, id);
    m_history->bind(2, m_timeMs);
    return run(*m_history);
}

template <class Bind> Result<bool> RowWriter::isQuiet(qint64 id, Bind bind)
{
    if (!m_same)
        return false;
    m_same->bind(1, id);
    bind(*m_same);
    const int code = m_same->step();
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return m_connection->failed();
    m_same->reset();
    return code == SQLITE_ROW;
}

Result<bool> RowWriter::replace(qint64 id, const RowBatch &batch, int row)
{
    const auto quiet = isQuiet(id, [&](Statement &same) { m_binder.bind(same, 2, batch, row); });
    if (!quiet)
        return fail(quiet.error());
    if (auto done = *quiet ? Result<void>() : keepHistory(id); !done)
        return fail(done.error());
    m_update->bind(1, id);
    m_update->bind(2, static_cast<qint64>(batch.hash(row)));
    if (*quiet)
        m_update->bindNull(3);
    else
        m_update->bind(3, m_timeMs);
    m_binder.bind(*m_update, 4, batch, row);
    if (auto done = run(*m_update); !done)
        return fail(done.error());
    m_updateRaw->bind(1, id);
    m_updateRaw->bindBlob(2, batch.raw(row));
    if (auto done = run(*m_updateRaw); !done)
        return fail(done.error());
    return !*quiet;
}

Result<void> RowWriter::remove(qint64 id)
{
    if (auto done = keepHistory(id); !done)
        return done;
    m_delete->bind(1, id);
    if (auto done = run(*m_delete); !done)
        return done;
    m_deleteRaw->bind(1, id);
    --m_record->info.rows;
    return run(*m_deleteRaw);
}

void RowWriter::bindStagedColumns(Statement &target, int first, const Statement &staged) const
{
    const int count = static_cast<int>(m_dataset->layout.columns().size());
    for (int i = 0; i < count; ++i)
        sqlite3_bind_value(target.handle(), first + i, sqlite3_column_value(staged.handle(), stagedColumns + i));
}

Result<void> RowWriter::insertStaged(const Statement &staged)
{
    const qint64 id = m_record->nextId++;
    ++m_record->info.rows;
    m_insert->bind(1, id);
    m_insert->bind(2, staged.text(stagedKey));
    m_insert->bind(3, staged.integer(stagedHash));
    m_insert->bind(4, m_timeMs);
    bindStagedColumns(*m_insert, 5, staged);
    if (auto done = run(*m_insert); !done)
        return done;
    m_insertRaw->bind(1, id);
    m_insertRaw->bindBlob(2, staged.text(stagedRaw));
    return run(*m_insertRaw);
}

Result<bool> RowWriter::replaceStaged(qint64 id, const Statement &staged)
{
    const auto quiet = isQuiet(id, [&](Statement &same) { bindStagedColumns(same, 2, staged); });
    if (!quiet)
        return fail(quiet.error());
    if (auto done = *quiet ? Result<void>() : keepHistory(id); !done)
        return fail(done.error());
    m_update->bind(1, id);
    m_update->bind(2, staged.integer(stagedHash));
    if (*quiet)
        m_update->bindNull(3);
    else
        m_update->bind(3, m_timeMs);
    bindStagedColumns(*m_update, 4, staged);
    if (auto done = run(*m_update); !done)
        return fail(done.error());
    m_updateRaw->bind(1, id);
    m_updateRaw->bindBlob(2, staged.text(stagedRaw));
    if (auto done = run(*m_updateRaw); !done)
        return fail(done.error());
    return !*quiet;
}

} // namespace kboss
