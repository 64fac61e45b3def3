#pragma once

#include "app/cache/sqlite.h"

#include <QFuture>
#include <QPromise>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kboss {

// What the worker threads of one store share: the file, and what happens when one of them meets a damaged page.
struct StoreFile {
    QString path;
    std::atomic<int> generation = 0; // grows when the file was rebuilt: connections are opened anew
    std::function<void(const Error &)> onDamage; // any worker thread
};

// A thread with its own connection, opened at the first job, and a queue of jobs in order. post() and run() from any thread.
class Worker {
public:
    using Job = std::function<void(Result<Connection *>)>;
    enum class AtEnd { Drain, Drop }; // what happens to queued jobs when the worker ends; dropped ones see Cancelled

    Worker(std::shared_ptr<StoreFile> file, Connection::Role role, AtEnd atEnd);
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    void post(Job job, CancelToken cancel = {});
    void stop(); // ends the thread; later jobs see Cancelled. Not from the worker's own thread.
    void closeConnection() { m_connection.reset(); } // only inside a job

    template <class T> QFuture<Result<T>> run(std::function<Result<T>(Connection &)> job, CancelToken cancel = {})
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        post(
            [promise, job = std::move(job)](Result<Connection *> connection) {
                promise->addResult(connection ? job(**connection) : Result<T>(Unexpected(connection.error())));
                promise->finish();
            },
            std::move(cancel));
        return future;
    }

private:
    struct Item {
        Job job;
        CancelToken cancel;
    };
    void loop();
    void execute(Item item);
    Result<Connection *> connection();

    std::shared_ptr<StoreFile> m_file;
    Connection::Role m_role;
    AtEnd m_atEnd;
    std::unique_ptr<Connection> m_connection; // worker thread only
    int m_generation = 0; // worker thread only
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Item> m_queue;
    bool m_stopping = false;
    CancelSource m_dropAll; // stops the job in hand of a Drop worker
    std::thread m_thread;
};

} // namespace kboss
