#pragma once

#include "app/base/result.h"
#include "app/base/rowbatch.h"

#include <QByteArray>
#include <QTimeZone>
#include <memory>

namespace kboss {

// A field of one row that did not fit its type: what was there instead.
struct DecodeNote {
    QString rowKey;
    QString field;
    QString raw; // at most 120 characters
};

struct DecodedPage {
    RowBatch rows;
    std::vector<DecodeNote> notes; // at most 100; noteCount says how many there were
    qint64 noteCount = 0;
    qint64 total = -1;             // as the server said, -1 unknown
    QString nextPageToken;
    int skippedRows = 0;           // not objects, or without a key
};

// Reads rows out of a JSON answer, tolerantly (the quirks of the services: numbers as strings, "" or "NULL" for null,
// "未设置" for empty, booleans as "0"/"1", dates in several forms, "512Mi", "21.2%", "0.004核"), and without its secrets: members of type
// Secret, and members anywhere below whose name is known to carry one (secretnames.h), are left out of raw().
// What goes wrong in one field is a Misfit and a note, never the end of a page; text that is not UTF-8 is repaired and noted.
// raw() also leaves out row_num_, the row's number in its answer: it would make a changed row of every row behind a new one.
// Of members sent twice the last counts. Nesting deeper than 100 and texts over 512 MB are Protocol errors.
// One instance serves one schema; it keeps a parser's buffers and is not thread-safe: one a thread.
class RowDecoder {
public:
    explicit RowDecoder(TableSchema schema, QTimeZone sourceZone = QTimeZone("Asia/Shanghai"));
    ~RowDecoder();
    RowDecoder(RowDecoder &&) noexcept;

    struct Pointers { // JSON pointers into the answer ("" = the whole); the first of `rows` that leads to an array is taken
        std::vector<QString> rows;
        QString total;
        QString nextPageToken;
    };

    // Spare capacity of 64 bytes in `json` saves a copy of it. Protocol error when the text is not JSON or none of the pointers leads to an array (null counts as no rows).
    Result<DecodedPage> decodePage(const QByteArray &json, const Pointers &pointers);

    // One stored raw row, e.g. after a change of schema.
    Result<RowBatch> decodeRow(std::string_view rawJson);

    const TableSchema &schema() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
