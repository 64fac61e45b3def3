#include "app/cache/cells.h"

#include "app/cache/filtersql.h"

#include <sqlite3.h>

namespace kboss {

namespace {

QString toText(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QDate toDate(std::string_view text) // "yyyy-MM-dd"
{
    if (text.size() != 10)
        return QDate::fromString(toText(text), Qt::ISODate);
    const auto number = [text](size_t at, size_t length) {
        int value = 0;
        for (size_t i = at; i < at + length; ++i)
            value = value * 10 + (text[i] - '0');
        return value;
    };
    return QDate(number(0, 4), number(5, 2), number(8, 2));
}

Value toDecimal(std::string_view text)
{
    const QString digits = toText(text);
    const auto parsed = Decimal::parse(digits);
    return parsed ? Value(*parsed) : Value(Misfit{digits});
}

} // namespace

int columnCount(FieldType type)
{
    return type == FieldType::Money ? 3 : type == FieldType::Decimal ? 2 : 1;
}

void CellBinder::bind(Statement &statement, int first, const RowBatch &batch, int row)
{
    m_decimalKeys.clear();
    m_decimalKeys.reserve(m_schema.fields.size()); // pointers into it are bound: no moves
    int parameter = first;
    for (size_t field = 0; field < m_schema.fields.size(); ++field)
        parameter += bindCell(statement, parameter, batch, batch.cell(row, static_cast<int>(field)), m_schema.fields[field]);
}

int CellBinder::bindCell(Statement &statement, int parameter, const RowBatch &batch, const RowBatch::Cell &cell, const FieldSchema &field)
{
    const int used = columnCount(field.type);
    switch (cell.kind) {
    case RowBatch::Kind::Null:
        for (int i = 0; i < used; ++i)
            statement.bindNull(parameter + i);
        break;
    case RowBatch::Kind::Misfit:
        for (int i = 0; i < used; ++i)
            statement.bindBlob(parameter + i, i == 0 ? batch.text(cell) : std::string_view());
        break;
    case RowBatch::Kind::Text:
    case RowBatch::Kind::Date:
        statement.bind(parameter, batch.text(cell));
        break;
    case RowBatch::Kind::Integer:
    case RowBatch::Kind::Boolean:
    case RowBatch::Kind::Instant:
        statement.bind(parameter, cell.number);
        break;
    case RowBatch::Kind::Secret:
        statement.bind(parameter, qint64(1));
        break;
    case RowBatch::Kind::Money:
        statement.bind(parameter, cell.number);
        statement.bind(parameter + 1, qint64(cell.nanos));
        statement.bind(parameter + 2, batch.text(cell));
        break;
    case RowBatch::Kind::Decimal: {
        const auto parsed = Decimal::parse(toText(batch.text(cell)));
        m_decimalKeys.push_back(parsed ? decimalKey(*parsed) : QByteArray());
        const QByteArray &key = m_decimalKeys.back();
        statement.bind(parameter, batch.text(cell));
        statement.bind(parameter + 1, {key.constData(), static_cast<size_t>(key.size())});
        break;
    }
    }
    return used;
}

std::vector<Value> CellReader::read(const Statement &statement, int first)
{
    std::vector<Value> cells;
    cells.reserve(m_schema.fields.size());
    int column = first;
    for (size_t i = 0; i < m_schema.fields.size(); ++i) {
        cells.push_back(cell(statement, column, m_schema.fields[i], m_codes[i]));
        column += columnCount(m_schema.fields[i].type);
    }
    return cells;
}

const QString &CellReader::repeated(std::string_view bytes, Code &code)
{
    if (code.bytes != bytes) {
        code.bytes = bytes;
        code.text = toText(bytes);
    }
    return code.text;
}

Value CellReader::cell(const Statement &statement, int column, const FieldSchema &field, Code &code) const
{
    const int type = statement.type(column);
    if (type == SQLITE_NULL)
        return {};
    if (type == SQLITE_BLOB)
        return Misfit{statement.string(column)};
    switch (field.type) {
    case FieldType::Integer:
        return statement.integer(column);
    case FieldType::Boolean:
        return statement.integer(column) != 0;
    case FieldType::DateTime:
        return Instant{statement.integer(column)};
    case FieldType::Date:
        return toDate(statement.text(column));
    case FieldType::Secret:
        return SecretMark{};
    case FieldType::Enum:
        return repeated(statement.text(column), code);
    case FieldType::Decimal:
        return toDecimal(statement.text(column));
    case FieldType::Money:
        return Money{repeated(statement.text(column + 2), code), statement.integer(column), static_cast<qint32>(statement.integer(column + 1))};
    case FieldType::Text:
        break;
    }
    return statement.string(column);
}

} // namespace kboss
