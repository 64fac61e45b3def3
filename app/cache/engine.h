#pragma once

#include "app/base/clock.h"
#include "app/cache/layout.h"
#include "app/cache/rowwriter.h"
#include "app/cache/worker.h"

#include <QHash>
#include <unordered_set>

namespace kboss {

class MoneyColumns;

// What is alive of one refresh for others: keys that were written by applyRow() or removeRow() while its pages were under way must not be
// overwritten by what those pages say. Writer thread only.
struct RefreshMarks {
    DatasetId id;
    std::unordered_set<std::string> touched;
};

// The parts of a CacheStore that its sources, views and refreshes share and may outlive it with: threads, declared datasets, listeners.
// After close() every job answers Cancelled.
class StoreEngine : public std::enable_shared_from_this<StoreEngine> {
public:
    struct Listener { // called on worker threads; not after close()
        std::function<void(const DatasetId &, const QSet<QString> &, bool)> changed;
        std::function<void(const Error &)> failed;
    };

    StoreEngine(const QString &path, const Clock &clock, bool readOnly, Listener listener);
    void close();

    bool isReadOnly() const { return m_readOnly; }
    qint64 nowMs() const { return m_clock.nowMs(); }
    int generation() const { return m_file->generation; }

    DatasetPtr dataset(const DatasetId &id) const; // null unless declared
    std::vector<DatasetPtr> declared() const;
    void setDataset(DatasetPtr dataset);
    void dropProfile(const QString &profile);

    // A job on the writer thread. Read-only stores and failures answer Storage errors; failures are reported to the listener as well.
    template <class T> QFuture<Result<T>> write(std::function<Result<T>(Connection &)> job)
    {
        return m_writer.run<T>([this, job = std::move(job)](Connection &connection) -> Result<T> {
            if (m_readOnly)
                return fail(ErrorKind::Storage, QStringLiteral("the store is read-only: it was written by a newer program"));
            Result<T> result = job(connection);
            if (!result)
                reportFailure(result.error());
            return result;
        });
    }

    void reportFailure(const Error &error);
    void reportChange(const DatasetId &id, const ChangedKeys &keys);

    // Versions of datasets that this process has seen or made, so that other processes' commits can be told apart.
    Result<void> commit(Transaction &transaction, const DatasetRecord &record); // and notes the record's version
    void noteVersion(int number, qint64 version);
    qint64 knownVersion(int number) const; // -1 unknown

    void addMarks(const std::shared_ptr<RefreshMarks> &marks) { m_marks.push_back(marks); } // writer thread
    void touch(const DatasetId &id, std::string_view key); // writer thread

    Worker &pages() { return m_pages; } // short reads by position
    Worker &quick() { return m_quick; } // first rows, info
    Worker &scans() { return m_scans; } // opening views, totals, changes
    Worker &bulk() { return m_bulk; } // exports

    // Money columns loaded for totals; kept while a view holds them.
    std::shared_ptr<MoneyColumns> moneyColumns(int number);

private:
    void recover(const Error &error);
    Result<void> rebuild(Connection &connection);

    std::shared_ptr<StoreFile> m_file;
    const Clock &m_clock;
    const bool m_readOnly;
    Listener m_listener;
    std::atomic<bool> m_recovering = false;
    mutable std::mutex m_mutex;
    QHash<DatasetId, DatasetPtr> m_datasets;
    QHash<int, qint64> m_versions;
    QHash<int, std::weak_ptr<MoneyColumns>> m_money;
    std::vector<std::weak_ptr<RefreshMarks>> m_marks;
    Worker m_writer, m_pages, m_quick, m_scans, m_bulk;
};
using EnginePtr = std::shared_ptr<StoreEngine>;

} // namespace kboss
