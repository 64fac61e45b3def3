#include "app/cache/rowmatcher.h"

#include <sqlite3.h>

namespace kboss {

Result<RowMatcher> RowMatcher::prepare(Connection &connection, const Dataset &dataset, qint64 afterId)
{
    const std::string rows = dataset.layout.rows();
    auto walk = connection.cached("SELECT id,hash,key FROM " + rows + " WHERE id>? ORDER BY id");
    auto probe = connection.cached("SELECT id,hash FROM " + rows + " WHERE key=?");
    if (!walk || !probe)
        return fail(walk ? probe.error() : walk.error());
    RowMatcher matcher(connection, *walk, *probe);
    matcher.restartAfter(afterId);
    if (auto done = matcher.advance(); !done)
        return fail(done.error());
    return matcher;
}

RowMatcher::RowMatcher(RowMatcher &&other) noexcept
    : m_connection(other.m_connection), m_walk(other.m_walk), m_probe(other.m_probe), m_atRow(other.m_atRow), m_misses(other.m_misses),
      m_lastId(other.m_lastId)
{
    other.m_walk = nullptr;
}

RowMatcher::~RowMatcher()
{
    if (m_walk)
        m_walk->reset();
}

void RowMatcher::restartAfter(qint64 id)
{
    m_walk->reset();
    m_walk->bind(1, id);
    m_lastId = id;
}

Result<void> RowMatcher::advance()
{
    const int code = m_walk->step();
    m_atRow = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return m_connection->failed();
    if (code == SQLITE_DONE)
        m_walk->reset();
    return {};
}

Result<RowWriter::Found> RowMatcher::find(std::string_view key)
{
    RowWriter::Found found;
    if (m_atRow && m_walk->text(2) == key) {
        found = {m_walk->integer(0), static_cast<quint64>(m_walk->integer(1))};
        m_lastId = found.id;
        m_misses = 0;
        if (auto done = advance(); !done)
            return fail(done.error());
        return found;
    }
    StatementUse probe(*m_probe);
    probe->bind(1, key);
    const int code = probe->step();
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return m_connection->failed();
    if (code == SQLITE_DONE)
        return found; // a new row: the walk stays where it is
    found = {probe->integer(0), static_cast<quint64>(probe->integer(1))};
    if (++m_misses > patience)
        return found;
    restartAfter(found.id);
    if (auto done = advance(); !done)
        return fail(done.error());
    return found;
}

} // namespace kboss
