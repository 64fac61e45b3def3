#include "app/cache/declare.h"

#include "app/base/rowdecoder.h"
#include "app/cache/schemajson.h"

#include <QRegularExpression>
#include <sqlite3.h>

namespace kboss {

namespace {

Result<void> checkSchema(const TableSchema &schema)
{
    static const QRegularExpression plainName(QStringLiteral("^[a-z][a-z0-9_]*$"));
    if (schema.indexOf(schema.key) < 0)
        return fail(ErrorKind::Internal, QStringLiteral("the key field is not among the fields"), schema.key);
    for (const FieldSchema &field : schema.fields) {
        if (!plainName.match(field.id).hasMatch())
            return fail(ErrorKind::Internal, QStringLiteral("not a field name"), field.id);
    }
    return {};
}

// Copies rows of a table into one of the new schema by decoding their raw text again. The select gives raw, the `plain` columns that are
// kept as they are, and the marks of secrets, which raw does not hold; `insert` takes the plain columns, then hash, key, raw, then the cells.
class Rederivation {
public:
    Rederivation(Connection &connection, const TableSchema &before, const TableSchema &schema, const Layout &layout)
        : m_connection(connection), m_decoder(schema), m_binder(m_decoder.schema())
    {
        for (size_t i = 0; i < schema.fields.size(); ++i) {
            const int known = before.indexOf(schema.fields[i].id);
            const int column = layout.firstColumn(static_cast<int>(i));
            if (schema.fields[i].type == FieldType::Secret && known >= 0 && before.fields[static_cast<size_t>(known)].type == FieldType::Secret)
                m_marks.push_back({column, layout.columns()[static_cast<size_t>(column)]});
        }
    }

    Result<qint64> run(const std::string &columns, const std::string &tables, int plain, const std::string &insert, const std::string &insertRaw = {})
    {
        std::string select = "SELECT " + columns;
        for (const Mark &mark : m_marks)
            select += "," + mark.name;
        auto from = m_connection.prepare(select + tables);
        auto to = m_connection.prepare(insert);
        auto raws = insertRaw.empty() ? Result<Statement>(Statement()) : m_connection.prepare(insertRaw);
        if (!from || !to || !raws)
            return m_connection.failed();
        qint64 rows = 0;
        int code = SQLITE_DONE;
        while ((code = from->step()) == SQLITE_ROW) {
            const auto decoded = m_decoder.decodeRow(from->text(0));
            if (!decoded || decoded->rowCount() != 1)
                continue; // no longer a row by the new schema
            if (!copy(*from, plain, *to, *decoded))
                return m_connection.failed();
            if (sqlite3_changes(m_connection.handle()) == 0)
                continue; // a second row of the same key
            ++rows;
            if (!insertRaw.empty() && !copyRaw(*from, *raws, *decoded))
                return m_connection.failed();
        }
        return code == SQLITE_DONE ? Result<qint64>(rows) : Result<qint64>(m_connection.failed());
    }

private:
    bool copy(const Statement &from, int plain, Statement &to, const RowBatch &decoded)
    {
        for (int i = 1; i <= plain; ++i)
            sqlite3_bind_value(to.handle(), i, sqlite3_column_value(from.handle(), i));
        to.bind(plain + 1, static_cast<qint64>(decoded.hash(0)));
        to.bind(plain + 2, decoded.key(0));
        to.bindBlob(plain + 3, decoded.raw(0));
        m_binder.bind(to, plain + 4, decoded, 0);
        for (size_t i = 0; i < m_marks.size(); ++i)
            sqlite3_bind_value(to.handle(), plain + 4 + m_marks[i].column, sqlite3_column_value(from.handle(), plain + 1 + static_cast<int>(i)));
        const bool done = to.step() == SQLITE_DONE;
        to.reset();
        return done;
    }

    static bool copyRaw(const Statement &from, Statement &raws, const RowBatch &decoded)
    {
        raws.bind(1, from.integer(1));
        raws.bindBlob(2, decoded.raw(0));
        const bool done = raws.step() == SQLITE_DONE;
        raws.reset();
        return done;
    }

    struct Mark {
        int column;
        std::string name;
    };

    Connection &m_connection;
    RowDecoder m_decoder;
    CellBinder m_binder;
    std::vector<Mark> m_marks;
};

std::string numbered(size_t from, size_t count)
{
    std::string text;
    for (size_t i = 0; i < count; ++i)
        text += ",?" + std::to_string(from + i);
    return text;
}

Result<void> rederive(Connection &connection, DatasetRecord &record, const TableSchema &schema)
{
    const Layout before(record.number, schemaFromJson(record.schema));
    const Layout next(record.number, schema, "_next"), after(record.number, schema);
    if (auto done = connection.exec(next.createTables()); !done)
        return done;
    Rederivation copy(connection, schemaFromJson(record.schema), schema, next);
    const size_t columns = next.columns().size();
    const auto rows = copy.run("r.raw,d.id,d.valid_from", " FROM " + before.rows() + " d JOIN " + before.raws() + " r ON r.id=d.id ORDER BY d.id", 2,
                               "INSERT INTO " + next.rows() + "(id,valid_from,hash,key" + next.columnList() + ") SELECT ?1,?2,?3,?4"
                                   + numbered(6, columns) + " WHERE ?5 NOT NULL ON CONFLICT(key) DO NOTHING",
                               "INSERT INTO " + next.raws() + "(id,raw) VALUES(?,?)");
    if (!rows)
        return fail(rows.error());
    const auto history = copy.run("raw,id,valid_from,valid_to", " FROM " + before.history() + " ORDER BY rowid", 3,
                                  "INSERT INTO " + next.history() + "(id,valid_from,valid_to,hash,key,raw" + next.columnList()
                                      + ") VALUES(?1,?2,?3,?4,?5,?6" + numbered(7, columns) + ")");
    if (!history)
        return fail(history.error());
    record.info.rows = *rows;
    ++record.info.version;
    record.schema = schemaToJson(schema);
    std::string moved = before.dropTables();
    for (const auto &[from, to] : {std::pair{next.rows(), after.rows()}, {next.raws(), after.raws()}, {next.history(), after.history()}})
        moved += "ALTER TABLE " + from + " RENAME TO " + to + ";";
    for (const char *index : {"_id", "_from", "_to"})
        moved += "DROP INDEX " + next.history() + index + ";";
    moved += after.createHistoryIndexes();
    if (record.info.complete)
        moved += after.createIndexes();
    if (auto done = connection.exec(moved); !done)
        return done;
    return updateDataset(connection, record);
}

} // namespace

Result<DatasetPtr> declareDataset(Connection &connection, const DatasetId &id, const TableSchema &schema)
{
    if (auto done = checkSchema(schema); !done)
        return fail(done.error());
    if (auto known = findDeclared(connection, id, schema); known || known.error().kind != ErrorKind::NotFound)
        return known;
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return fail(transaction.error());
    auto found = findDataset(connection, id);
    if (!found)
        return fail(found.error());
    DatasetRecord record;
    if (!*found) {
        record.id = id;
        record.schema = schemaToJson(schema);
        const auto number = insertDataset(connection, record);
        if (!number)
            return fail(number.error());
        record.number = *number;
        if (auto done = connection.exec(Layout(*number, schema).createTables()); !done)
            return fail(done.error());
    } else {
        record = **found;
        if (record.schema != schemaToJson(schema)) {
            if (auto done = rederive(connection, record, schema); !done)
                return fail(done.error());
        }
    }
    if (auto done = transaction->commit(); !done)
        return fail(done.error());
    return std::make_shared<const Dataset>(Dataset{id, schema, Layout(record.number, schema)});
}

Result<DatasetPtr> findDeclared(Connection &connection, const DatasetId &id, const TableSchema &schema)
{
    const auto found = findDataset(connection, id);
    if (!found)
        return fail(found.error());
    if (!*found || (*found)->schema != schemaToJson(schema))
        return fail(ErrorKind::NotFound, QStringLiteral("the store is read-only and does not hold this dataset in this form"));
    return std::make_shared<const Dataset>(Dataset{id, schema, Layout((*found)->number, schema)});
}

Result<void> forgetProfileTables(Connection &connection, const QString &profile)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return fail(transaction.error());
    const auto records = readDatasets(connection);
    if (!records)
        return fail(records.error());
    for (const DatasetRecord &record : *records) {
        if (record.id.profile != profile)
            continue;
        connection.forgetCached();
        if (auto done = connection.exec(Layout(record.number, schemaFromJson(record.schema)).dropTables()); !done)
            return done;
        if (auto done = deleteDataset(connection, record.number); !done)
            return done;
    }
    return transaction->commit();
}

} // namespace kboss
