#include "app/standalone/bulkinsert.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

BulkInsert::BulkInsert(sqlite3 *database, const QString &table, const QStringList &columns) : m_database(database)
{
    const QString marks = u"?, "_s.repeated(columns.size() - 1) + u'?';
    const QByteArray sql = u"INSERT INTO %1(%2) VALUES(%3)"_s.arg(table, columns.join(u", "_s), marks).toUtf8();
    if (sqlite3_prepare_v2(database, sql.constData(), -1, &m_statement, nullptr) != SQLITE_OK)
        m_error = QString::fromUtf8(sqlite3_errmsg(database));
}

BulkInsert::~BulkInsert()
{
    sqlite3_finalize(m_statement);
}

BulkInsert &BulkInsert::operator<<(const std::string &text)
{
    sqlite3_bind_text(m_statement, m_next++, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return *this;
}

BulkInsert &BulkInsert::operator<<(const char *text)
{
    sqlite3_bind_text(m_statement, m_next++, text, -1, SQLITE_STATIC);
    return *this;
}

BulkInsert &BulkInsert::operator<<(qint64 number)
{
    sqlite3_bind_int64(m_statement, m_next++, number);
    return *this;
}

BulkInsert &BulkInsert::null()
{
    sqlite3_bind_null(m_statement, m_next++);
    return *this;
}

void BulkInsert::endRow()
{
    m_next = 1;
    if (!m_error.isEmpty())
        return;
    if (sqlite3_step(m_statement) != SQLITE_DONE)
        m_error = QString::fromUtf8(sqlite3_errmsg(m_database));
    sqlite3_reset(m_statement);
}

Result<void> BulkInsert::outcome() const
{
    if (!m_error.isEmpty())
        return fail(ErrorKind::Storage, m_error);
    return {};
}

} // namespace kboss::standalone
