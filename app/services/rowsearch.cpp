#include "app/services/rowsearch.h"

#include "app/services/onresult.h"
#include "app/services/valuejson.h"

#include <QPromise>
#include <QThreadPool>

namespace kboss {

namespace {

using nlohmann::json;

const json *member(const json &value, const QString &pointer)
{
    const json *found = &value;
    for (const QString &name : pointer.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        const auto next = found->is_object() ? found->find(toUtf8(name)) : found->end();
        if (next == found->end())
            return nullptr;
        found = &*next;
    }
    return found;
}

// What one page brought: where the list goes on, and the row when it is among its rows.
struct SearchedPage {
    DecodedPage page;
    std::optional<ServerRow> row;
};

const json *findRaw(const json &answer, const Operation &operation, const FieldSchema &keyField, const QString &key)
{
    for (const QString &pointer : operation.result.rows) {
        const json *rows = member(answer, pointer);
        if (!rows || !rows->is_array())
            continue;
        for (const json &object : *rows) {
            const json *value = member(object, keyField.pointer);
            if (object.is_object() && value && fromJsonText(*value) == key)
                return &object;
        }
        return nullptr;
    }
    return nullptr;
}

Result<SearchedPage> searchPage(const Operation &operation, const WireResponse &response, const TableSchema &schema, const QTimeZone &zone,
                                const QString &key)
{
    RowDecoder decoder(schema, zone);
    auto page = decodeRows(operation, response, decoder);
    if (!page)
        return fail(page.error());
    SearchedPage searched;
    const std::string wanted = toUtf8(key);
    bool there = false;
    for (int row = 0; row < page->rows.rowCount() && !there; ++row)
        there = page->rows.key(row) == wanted;
    searched.page = std::move(*page);
    if (!there)
        return searched;
    const json answer = json::parse(response.body.constBegin(), response.body.constEnd(), nullptr, false);
    const int keyIndex = schema.indexOf(schema.key);
    const json *raw = keyIndex < 0 ? nullptr : findRaw(answer, operation, schema.fields[static_cast<size_t>(keyIndex)], key);
    if (!raw)
        return fail(ErrorKind::Protocol, QStringLiteral("The row %1 cannot be read again").arg(key));
    auto row = toServerRow(*raw, schema, zone);
    if (!row)
        return fail(row.error());
    searched.row = std::move(*row);
    return searched;
}

} // namespace

Result<ServerRow> toServerRow(const json &object, const TableSchema &schema, const QTimeZone &zone)
{
    RowDecoder decoder(schema, zone);
    const std::string text = json::array({object}).dump(-1, ' ', false, json::error_handler_t::replace);
    auto page = decoder.decodePage(QByteArray::fromStdString(text), {{QString()}, {}, {}});
    if (!page)
        return fail(page.error());
    if (page->rows.rowCount() != 1)
        return fail(ErrorKind::Protocol, QStringLiteral("The object has no key"), schema.key);
    ServerRow row;
    row.row = page->rows.toRow(0);
    row.batch = std::move(page->rows);
    row.raw = object;
    return row;
}

RowSearch::RowSearch(ApiClient *client, QThreadPool *pool, OperationHandle operation, const Call &call, const DatasetSpec &spec, QString key,
                     QObject *parent)
    : QObject(parent), m_client(client), m_pool(pool), m_operation(std::move(operation)), m_cursor(*m_operation, call.parameters), m_spec(spec),
      m_key(std::move(key))
{
}

void RowSearch::start()
{
    fetch();
}

void RowSearch::fetch()
{
    if (!m_client)
        return end(fail(ErrorKind::Offline, QStringLiteral("Not connected")));
    onResult(m_client->send(m_cursor.call()), this, [this](const Result<WireResponse> &answer) {
        if (answer)
            pageCame(*answer);
        else
            end(fail(answer.error()));
    });
}

void RowSearch::pageCame(const WireResponse &response)
{
    auto promise = std::make_shared<QPromise<std::shared_ptr<Result<SearchedPage>>>>();
    promise->start();
    onValue(promise->future(), this, [this](const std::shared_ptr<Result<SearchedPage>> &searched) {
        if (!*searched)
            return end(fail(searched->error()));
        if ((*searched)->row)
            return end(std::move(*(*searched)->row));
        if (const auto advanced = m_cursor.advance((*searched)->page); !advanced)
            return end(fail(advanced.error()));
        if (m_cursor.atEnd())
            return end(fail(ErrorKind::NotFound, QStringLiteral("%1 is not there any more").arg(m_key)));
        fetch();
    });
    m_pool->start([promise, response, operation = m_operation, schema = m_spec.schema, zone = m_spec.sourceZone, key = m_key] {
        promise->addResult(std::make_shared<Result<SearchedPage>>(searchPage(*operation, response, schema, zone, key)));
        promise->finish();
    });
}

void RowSearch::end(const Result<ServerRow> &row)
{
    deleteLater();
    ended(row);
}

} // namespace kboss
