#include "app/base/rowdecoder.h"

#include "app/base/pagewalker.h"
#include "app/base/rowassembler.h"

#include <cstring>

namespace kboss {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr qsizetype maxBytes = 512LL * 1024 * 1024;
constexpr size_t maxNotes = 100;
constexpr qsizetype maxNoteText = 120;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Unexpected notJson(const QString &why)
{
    return fail(ErrorKind::Protocol, QStringLiteral("answer is not the JSON expected: ") + why);
}

} // namespace

struct RowDecoder::Private {
    Private(TableSchema theSchema, const QTimeZone &zone) : schema(std::move(theSchema)), assembler(schema, zone) { }

    simdjson::error_code open(const char *data, size_t size, size_t capacity, ondemand::document &document);
    Result<DecodedPage> decodePage(const char *data, size_t size, size_t capacity, const Pointers &pointers, simdjson::error_code &error);
    bool takeRows(ondemand::array rows, const char *end, DecodedPage &page);
    bool takeRow(ondemand::object object, const char *end, DecodedPage &page);
    void addNotes(DecodedPage &page);
    void reserveCells(DecodedPage &page, size_t rowLength);

    TableSchema schema;
    RowAssembler assembler;
    ondemand::parser parser;
    std::vector<char> padded;
    QString error;
};

RowDecoder::RowDecoder(TableSchema schema, QTimeZone sourceZone) : d(std::make_unique<Private>(std::move(schema), sourceZone)) { }

RowDecoder::~RowDecoder() = default;
RowDecoder::RowDecoder(RowDecoder &&) noexcept = default;

const TableSchema &RowDecoder::schema() const
{
    return d->schema;
}

simdjson::error_code RowDecoder::Private::open(const char *data, size_t size, size_t capacity, ondemand::document &document)
{
    if (capacity - size < simdjson::SIMDJSON_PADDING) {
        padded.resize(size + simdjson::SIMDJSON_PADDING);
        memcpy(padded.data(), data, size);
        memset(padded.data() + size, 0, simdjson::SIMDJSON_PADDING);
        data = padded.data();
        capacity = padded.size();
    }
    return parser.iterate(data, size, capacity).get(document);
}

void RowDecoder::Private::addNotes(DecodedPage &page)
{
    const int row = page.rows.rowCount() - 1;
    for (const int field : assembler.misfits()) {
        const RowBatch::Cell &cell = page.rows.cell(row, field);
        if (cell.kind != RowBatch::Kind::Misfit)
            continue;
        ++page.noteCount;
        if (page.notes.size() < maxNotes)
            page.notes.push_back(
                {toText(page.rows.key(row)), schema.fields[static_cast<size_t>(field)].id, toText(page.rows.text(cell)).left(maxNoteText)});
    }
}

// Room for as many rows like the first as the text can hold, so that cells are not moved while they grow; never more bytes than the text has.
void RowDecoder::Private::reserveCells(DecodedPage &page, size_t rowLength)
{
    const size_t bytes = page.rows.m_arena.capacity();
    const size_t rows = bytes / std::max<size_t>(rowLength, 1);
    page.rows.m_cells.reserve(std::min(rows * schema.fields.size(), bytes / sizeof(RowBatch::Cell)));
}

bool RowDecoder::Private::takeRow(ondemand::object object, const char *end, DecodedPage &page)
{
    RowAssembler::RowPlace place;
    switch (assembler.add(object, end, {page.rows.m_cells, page.rows.m_arena}, place)) {
    case RowAssembler::Outcome::Broken:
        error = assembler.error();
        return false;
    case RowAssembler::Outcome::Skipped:
        ++page.skippedRows;
        return true;
    case RowAssembler::Outcome::Added:
        break;
    }
    page.rows.m_rows.push_back({place.rawOffset, place.rawLength, place.keyOffset, place.keyLength, place.hash});
    if (page.rows.rowCount() == 1)
        reserveCells(page, place.rawLength);
    if (!assembler.misfits().empty())
        addNotes(page);
    return true;
}

bool RowDecoder::Private::takeRows(ondemand::array rows, const char *end, DecodedPage &page)
{
    for (auto element : rows) {
        ondemand::value value;
        ondemand::object object;
        ondemand::json_type type = ondemand::json_type::null;
        auto code = std::move(element).get(value);
        if (!code)
            code = value.type().get(type);
        if (!code && type != ondemand::json_type::object) {
            ++page.skippedRows;
            continue;
        }
        if (!code)
            code = value.get_object().get(object);
        if (code) {
            error = QString::fromLatin1(simdjson::error_message(code));
            return false;
        }
        if (!takeRow(object, end, page))
            return false;
    }
    return true;
}

Result<DecodedPage> RowDecoder::Private::decodePage(const char *data, size_t size, size_t capacity, const Pointers &pointers,
                                                    simdjson::error_code &code)
{
    DecodedPage page;
    page.rows = RowBatch(static_cast<int>(schema.fields.size()));
    ondemand::document document;
    code = open(data, size, capacity, document);
    if (code)
        return notJson(QString::fromLatin1(simdjson::error_message(code)));
    const char *end = (padded.empty() ? data : padded.data()) + size;
    page.rows.m_arena.reserve(size + size / 8);
    error.clear();
    PageWalker walker(pointers, [&](ondemand::array rows) { return takeRows(rows, end, page); });
    const QString why = walker.walk(document);
    if (!why.isEmpty() || !error.isEmpty())
        return notJson(why.isEmpty() ? error : why);
    page.total = walker.total();
    page.nextPageToken = walker.nextPageToken();
    return page;
}

Result<DecodedPage> RowDecoder::decodePage(const QByteArray &json, const Pointers &pointers)
{
    if (json.size() > maxBytes)
        return fail(ErrorKind::Protocol, QStringLiteral("answer is too large"));
    const qsizetype mark = json.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    const auto size = static_cast<size_t>(json.size() - mark);
    d->padded.clear();
    simdjson::error_code code = simdjson::SUCCESS;
    const auto capacity = static_cast<size_t>(std::max(json.capacity(), json.size()) - mark);
    auto page = d->decodePage(json.constData() + mark, size, capacity, pointers, code);
    if (code != simdjson::UTF8_ERROR)
        return page;
    const QByteArray repaired = QString::fromUtf8(json).toUtf8();
    d->padded.clear();
    page = d->decodePage(repaired.constData(), static_cast<size_t>(repaired.size()), static_cast<size_t>(repaired.size()), pointers, code);
    if (page) {
        ++page->noteCount;
        page->notes.insert(page->notes.begin(), {QString(), QString(), QStringLiteral("not UTF-8")});
        page->notes.resize(std::min(page->notes.size(), maxNotes));
    }
    return page;
}

Result<RowBatch> RowDecoder::decodeRow(std::string_view rawJson)
{
    if (rawJson.size() > static_cast<size_t>(maxBytes))
        return fail(ErrorKind::Protocol, QStringLiteral("row is too large"));
    DecodedPage page;
    page.rows = RowBatch(static_cast<int>(d->schema.fields.size()));
    ondemand::document document;
    ondemand::object object;
    d->padded.clear();
    auto code = d->open(rawJson.data(), rawJson.size(), rawJson.size(), document);
    if (!code)
        code = document.get_object().get(object);
    if (code)
        return notJson(QString::fromLatin1(simdjson::error_message(code)));
    if (!d->takeRow(object, d->padded.data() + rawJson.size(), page))
        return notJson(d->error);
    if (page.rows.isEmpty())
        return notJson(QStringLiteral("row without a key"));
    return std::move(page.rows);
}

} // namespace kboss
