#include "app/cache/worker.h"

namespace kboss {

namespace {

Error closedError()
{
    return Error{ErrorKind::Cancelled, QStringLiteral("the store is closed"), {}, {}, {}, 0};
}

} // namespace

Worker::Worker(std::shared_ptr<StoreFile> file, Connection::Role role, AtEnd atEnd) : m_file(std::move(file)), m_role(role), m_atEnd(atEnd) { }

Worker::~Worker()
{
    stop();
}

void Worker::post(Job job, CancelToken cancel)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back({std::move(job), std::move(cancel)});
            if (!m_thread.joinable())
                m_thread = std::thread([this] { loop(); });
            m_wake.notify_one();
            return;
        }
    }
    job(fail(closedError()));
}

void Worker::stop()
{
    std::thread thread;
    std::deque<Item> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        if (m_atEnd == AtEnd::Drop) {
            dropped.swap(m_queue);
            m_dropAll.request_stop();
        }
        thread.swap(m_thread);
        m_wake.notify_one();
    }
    for (Item &item : dropped)
        item.job(fail(closedError()));
    if (thread.joinable())
        thread.join();
}

void Worker::loop()
{
    while (true) {
        Item item;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                break;
            item = std::move(m_queue.front());
            m_queue.pop_front();
        }
        execute(std::move(item));
    }
    m_connection.reset();
}

void Worker::execute(Item item)
{
    if (item.cancel.stop_requested()) {
        item.job(fail(ErrorKind::Cancelled, {}));
        return;
    }
    const auto ready = connection();
    if (!ready) {
        item.job(ready);
        return;
    }
    // A job can be stopped by its own token or by the end of the worker; the statement watches one token that both stop.
    CancelSource either;
    const auto stopEither = [&either] { either.request_stop(); };
    const std::stop_callback byCaller(item.cancel, stopEither);
    const std::stop_callback byEnd(m_atEnd == AtEnd::Drop ? m_dropAll.get_token() : CancelToken(), stopEither);
    (*ready)->setCancelToken(m_role == Connection::Role::Writer ? CancelToken() : either.get_token());
    item.job(ready);
    if (!m_connection)
        return;
    m_connection->setCancelToken({});
    if (m_connection->damage() && m_file->onDamage)
        m_file->onDamage(*m_connection->damage());
}

Result<Connection *> Worker::connection()
{
    const int generation = m_file->generation.load();
    if (m_connection && m_generation != generation)
        m_connection.reset();
    if (!m_connection) {
        bool damaged = false;
        auto opened = Connection::open(m_file->path, m_role, &damaged);
        if (!opened) {
            if (damaged && m_file->onDamage)
                m_file->onDamage(opened.error());
            return fail(opened.error());
        }
        m_connection = std::move(*opened);
        m_generation = generation;
    }
    return m_connection.get();
}

} // namespace kboss
