#pragma once

#include "ui/datatable.h"

#include <functional>

namespace kboss {

// Reads the rows at these positions of a view, block by block, at most `most`; rows deleted meanwhile are left out. The view's positions are fixed,
// so what was chosen is what is read. GUI thread; the handler runs once, unless `context` died.
void collectRows(const RowViewPtr &view, const RowRanges &ranges, qint64 most, QObject *context,
                 std::function<void(Result<std::vector<Row>>)> handler);

// For the clipboard, with a head line; secrets are left out whatever is asked.
QString rowsAsTsv(const std::vector<Row> &rows, const QStringList &fields, const ResourceType &type, const QTimeZone &zone);
QString rowsAsJson(const std::vector<Row> &rows, const QStringList &fields, const ResourceType &type, const QTimeZone &zone);

QString rowName(const ResourceType &type, const Row &row); // its name, or its key
const Value *rowValue(const ResourceType &type, const Row &row, const QString &field); // null when there is no such field

} // namespace kboss
