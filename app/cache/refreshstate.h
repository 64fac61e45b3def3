#pragma once

#include "app/cache/refresh.h"

#include <vector>

namespace kboss {

// The writer thread's side of a Refresh.
struct Refresh::State {
    EnginePtr engine;
    DatasetPtr dataset;

    struct Page {
        RowBatch rows;
        std::shared_ptr<QPromise<Result<void>>> promise;
    };
    std::mutex mutex;
    std::vector<Page> waiting; // guarded by mutex

    // Writer thread only.
    bool started = false, firstLoad = false, emptyAtStart = false;
    int generation = 0;
    qint64 fetchedAtStart = 0;
    qint64 idLimit = 0; // rows from this id on came after the refresh began
    std::vector<bool> seen; // by id
    qint64 walkedTo = 0; // see RowMatcher
    qint64 seenCount = 0;
    std::string staging;
    std::shared_ptr<RefreshMarks> marks;
    RefreshSummary summary;
    Error broken; // the first failure; detail empty = none. A refresh that lost a page must not be committed.

    Result<void> start(Connection &connection);
    void takeWaiting(Connection &connection);
    Result<void> writeGroup(Connection &connection, const std::vector<Page> &group);
    Result<void> loadGroup(Connection &connection, const std::vector<Page> &group);
    Result<void> loadRow(RowWriter &writer, RowMatcher &matcher, const RowBatch &rows, int row, ChangedKeys &keys);
    Result<void> stageGroup(Connection &connection, const std::vector<Page> &group);
    Result<void> stageRow(RowMatcher &matcher, Statement &stage, Statement &unstage, const RowBatch &rows, int row);
    bool markSeen(qint64 id); // false when it was seen before

    Result<RefreshSummary> commit(Connection &connection);
    Result<void> removeUnseen(Connection &connection, const DatasetRecord &record, RowWriter &writer, ChangedKeys &keys);
    Result<void> moveStaged(Connection &connection, RowWriter &writer, ChangedKeys &keys);
    void finish(DatasetRecord &record, qint64 now, bool changed);
    Result<void> fail(Connection &connection, const Error &reason);
    void dropStaging(Connection &connection);
};

} // namespace kboss
