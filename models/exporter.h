#pragma once

#include "app/base/job.h"
#include "app/cache/rowsource.h"
#include "models/resourcetype.h"

#include <QTimeZone>

namespace kboss {

enum class ExportFormat { Csv, Xlsx };

struct ExportRequest {
    RowViewPtr view; // what is exported is exactly what was seen
    QStringList fields; // column ids, in order; secrets are left out whatever is asked
    ExportFormat format = ExportFormat::Csv;
    QString file; // written as a temporary beside it and renamed when whole
    QTimeZone zone;
};

// All rows, constant memory, on a worker thread; the job says rows done. CSV: UTF-8 with BOM, CRLF, RFC 4180; money in two columns (amount,
// currency). XLSX: amounts as numbers where a double holds them exactly, else text; frozen head; more than 1,048,575 rows go on in further sheets.
// Cells that begin like a formula (= + - @ tab CR) and are not numbers are prefixed by '. Errors: Storage with the path's reason.
Job *startExport(const ExportRequest &request, const ResourceType &type, QObject *parent = nullptr);

} // namespace kboss
