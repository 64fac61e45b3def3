#pragma once

#include "app/services/pagecursor.h"
#include "app/services/syncservice.h"

#include <QPointer>
#include <functional>

class QThreadPool;

namespace kboss {

// One row as the server has it now.
struct ServerRow {
    Row row;
    RowBatch batch; // the row alone, as the store takes it
    nlohmann::json raw; // with its secrets: stays in memory, goes nowhere but back to the server
};

// The row of one JSON object, as a list answer would have brought it. Protocol when it has no key.
Result<ServerRow> toServerRow(const nlohmann::json &object, const TableSchema &schema, const QTimeZone &zone);

// Reads a list page by page until the row of a key has come. NotFound when the list ended without it.
// Lives on the GUI thread, decodes on the pool; deletes itself when it has ended.
class RowSearch : public QObject {
    Q_OBJECT
public:
    RowSearch(ApiClient *client, QThreadPool *pool, OperationHandle operation, const Call &call, const DatasetSpec &spec, QString key,
              QObject *parent);

    void start();

    std::function<void(const Result<ServerRow> &)> ended; // called once

private:
    void fetch();
    void pageCame(const WireResponse &response);
    void end(const Result<ServerRow> &row);

    QPointer<ApiClient> m_client;
    QThreadPool *m_pool;
    OperationHandle m_operation;
    PageCursor m_cursor;
    DatasetSpec m_spec;
    QString m_key;
};

} // namespace kboss
