#pragma once

#include "app/services/pagecursor.h"
#include "app/services/syncservice.h"

#include <QPointer>
#include <deque>
#include <functional>

class QThreadPool;

namespace kboss {

// One refresh of one dataset: pages to the end, the next one under way while the last is decoded (pool) and stored (the store's writer).
// Lives on the GUI thread beside its job; calls `ended` exactly once, unless it is destroyed before.
class DatasetRefresh : public QObject {
    Q_OBJECT
public:
    struct Parts {
        ApiClient *client = nullptr;
        CacheStore *store = nullptr;
        QThreadPool *pool = nullptr;
    };

    DatasetRefresh(const Parts &parts, const DatasetSpec &spec, OperationHandle operation, Job *job, QObject *parent);
    ~DatasetRefresh() override;

    void start();
    void abandon(); // no more of it is heard; deletes itself later

    std::function<void(const Result<RefreshSummary> &)> ended; // called once

private:
    void pump();
    void fetch(const Call &call);
    void pageCame(const Result<WireResponse> &answer, bool wasFirst);
    void decodeNext();
    void pageDecoded(Result<DecodedPage> page);
    void store(RowBatch rows);
    void commit();
    bool restartOnce();
    void end(const Result<RefreshSummary> &result);

    Parts m_parts;
    DatasetSpec m_spec;
    OperationHandle m_operation;
    QPointer<Job> m_job;
    PageCursor m_cursor;
    std::shared_ptr<RefreshWriter> m_writer;
    std::shared_ptr<RowDecoder> m_decoder; // used by one pool task at a time
    CancelSource m_cancel; // of what is on the wire
    std::deque<WireResponse> m_undecoded;
    qint64 m_rows = 0;
    int m_round = 0; // grows with a restart; what belongs to an older one is dropped
    int m_storing = 0;
    bool m_fetching = false;
    bool m_aheadAsked = false; // the page after the undecoded one was asked for already
    bool m_decoding = false;
    bool m_committing = false;
    bool m_restarted = false;
    bool m_over = false;
    std::optional<std::stop_callback<std::function<void()>>> m_onCancel;
};

} // namespace kboss
