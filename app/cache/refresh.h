#pragma once

#include "app/cache/engine.h"
#include "app/cache/rowmatcher.h"

namespace kboss {

// One refresh of one dataset. Pages go to the writer thread and are taken from there in groups, so that many small pages become one
// transaction. A first load writes rows at once; a later refresh stages what differs in a temporary table (which no crash leaves behind)
// and remembers what it has seen as one bit a row; commit() then moves everything in one transaction.
class Refresh final : public RefreshWriter {
public:
    Refresh(EnginePtr engine, DatasetPtr dataset);
    ~Refresh() override;

    QFuture<Result<void>> append(RowBatch rows) override;
    QFuture<Result<RefreshSummary>> commit() override;
    void abort(const Error &reason) override;

private:
    struct State;
    std::shared_ptr<State> m_state;
    bool m_ended = false;
};

// For a dataset that was never declared: everything answers NotFound.
std::unique_ptr<RefreshWriter> refusedRefresh(const Error &error);

// applyRow() and removeRow(): writer thread.
Result<void> applyRows(StoreEngine &engine, Connection &connection, const Dataset &dataset, const RowBatch &rows);
Result<void> removeKey(StoreEngine &engine, Connection &connection, const Dataset &dataset, const QString &key);

} // namespace kboss
