#include "ui/rowcollector.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/base/watchresult.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockRows = 500;

struct Collecting {
    RowViewPtr view;
    RowRanges blocks;
    size_t next = 0;
    std::vector<Row> rows;
    std::function<void(Result<std::vector<Row>>)> handler;
};

void collectNext(const std::shared_ptr<Collecting> &state, QObject *context)
{
    if (state->next >= state->blocks.size()) {
        state->handler(std::move(state->rows));
        return;
    }
    const auto [first, count] = state->blocks[state->next++];
    watchResult(state->view->window(first, static_cast<int>(count)), context, [state, context](const Result<std::vector<Row>> &block) {
        if (!block) {
            state->handler(fail(block.error()));
            return;
        }
        for (const Row &row : *block) {
            if (!row.key.isEmpty())
                state->rows.push_back(row);
        }
        collectNext(state, context);
    });
}

bool isSecret(const ResourceType &type, const QString &field)
{
    const ColumnSpec *column = type.column(field);
    return !column || column->field.type == FieldType::Secret || column->format == ColumnFormat::Secret;
}

} // namespace

void collectRows(const RowViewPtr &view, const RowRanges &ranges, qint64 most, QObject *context,
                 std::function<void(Result<std::vector<Row>>)> handler)
{
    auto state = std::make_shared<Collecting>();
    state->view = view;
    state->handler = std::move(handler);
    qint64 left = most;
    for (const auto &[first, count] : ranges) {
        for (qint64 at = 0; at < count && left > 0; at += blockRows) {
            const qint64 part = std::min({blockRows, count - at, left});
            state->blocks.emplace_back(first + at, part);
            left -= part;
        }
    }
    collectNext(state, context);
}

const Value *rowValue(const ResourceType &type, const Row &row, const QString &field)
{
    for (size_t i = 0; i < type.columns.size() && i < row.cells.size(); ++i) {
        if (type.columns[i].field.id == field)
            return &row.cells[i];
    }
    return nullptr;
}

QString rowName(const ResourceType &type, const Row &row)
{
    const Value *value = rowValue(type, row, type.nameField);
    const QString *text = value ? std::get_if<QString>(value) : nullptr;
    return text && !text->isEmpty() ? *text : row.key;
}

QString rowsAsTsv(const std::vector<Row> &rows, const QStringList &fields, const ResourceType &type, const QTimeZone &zone)
{
    const auto clean = [](QString text) { return text.replace(u'\t', u' ').replace(u'\n', u' ').remove(u'\r'); };
    QStringList lines, head;
    for (const QString &field : fields) {
        if (!isSecret(type, field))
            head << clean(type.column(field)->label.text());
    }
    lines << head.join(u'\t');
    for (const Row &row : rows) {
        QStringList cells;
        for (const QString &field : fields) {
            const Value *value = isSecret(type, field) ? nullptr : rowValue(type, row, field);
            if (value)
                cells << clean(exportText(*value, *type.column(field), zone));
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

QString rowsAsJson(const std::vector<Row> &rows, const QStringList &fields, const ResourceType &type, const QTimeZone &zone)
{
    QJsonArray array;
    for (const Row &row : rows) {
        QJsonObject object;
        for (const QString &field : fields) {
            const Value *value = isSecret(type, field) ? nullptr : rowValue(type, row, field);
            if (!value || isNull(*value))
                continue;
            if (const bool *flag = std::get_if<bool>(value))
                object.insert(field, *flag);
            else if (const qint64 *number = std::get_if<qint64>(value))
                object.insert(field, *number);
            else if (const Money *money = std::get_if<Money>(value)) // text keeps every decimal
                object.insert(field, QJsonObject{{u"amount"_s, money->amount().toString(2)}, {u"currency"_s, money->currency}});
            else
                object.insert(field, exportText(*value, *type.column(field), zone));
        }
        array.append(object);
    }
    return QString::fromUtf8(QJsonDocument(array).toJson());
}

} // namespace kboss
