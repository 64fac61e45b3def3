#include "app/cache/engine.h"

#include "app/cache/moneycolumns.h"
#include "app/cache/schemajson.h"
#include "app/cache/storefile.h"

namespace kboss {

namespace {

std::shared_ptr<StoreFile> storeFile(const QString &path)
{
    auto file = std::make_shared<StoreFile>();
    file->path = path;
    return file;
}

} // namespace

StoreEngine::StoreEngine(const QString &path, const Clock &clock, bool readOnly, Listener listener)
    : m_file(storeFile(path)), m_clock(clock), m_readOnly(readOnly), m_listener(std::move(listener)),
      m_writer(m_file, Connection::Role::Writer, Worker::AtEnd::Drain), m_pages(m_file, Connection::Role::Pages, Worker::AtEnd::Drop),
      m_quick(m_file, Connection::Role::Pages, Worker::AtEnd::Drop), m_scans(m_file, Connection::Role::Scans, Worker::AtEnd::Drop),
      m_bulk(m_file, Connection::Role::Scans, Worker::AtEnd::Drop)
{
    m_file->onDamage = [this](const Error &error) { recover(error); };
}

void StoreEngine::close()
{
    for (Worker *worker : {&m_bulk, &m_scans, &m_quick, &m_pages, &m_writer})
        worker->stop();
}

DatasetPtr StoreEngine::dataset(const DatasetId &id) const
{
    const std::lock_guard lock(m_mutex);
    return m_datasets.value(id);
}

std::vector<DatasetPtr> StoreEngine::declared() const
{
    const std::lock_guard lock(m_mutex);
    return {m_datasets.begin(), m_datasets.end()};
}

void StoreEngine::setDataset(DatasetPtr dataset)
{
    const std::lock_guard lock(m_mutex);
    m_datasets.insert(dataset->id, dataset);
}

void StoreEngine::dropProfile(const QString &profile)
{
    const std::lock_guard lock(m_mutex);
    m_datasets.removeIf([&profile](const auto &entry) { return entry.key().profile == profile; });
}

void StoreEngine::reportFailure(const Error &error)
{
    if (error.kind == ErrorKind::Storage && m_listener.failed)
        m_listener.failed(error);
}

void StoreEngine::reportChange(const DatasetId &id, const ChangedKeys &keys)
{
    if (!keys.isEmpty() && m_listener.changed)
        m_listener.changed(id, keys.keys(), keys.many());
}

void StoreEngine::noteVersion(int number, qint64 version)
{
    const std::lock_guard lock(m_mutex);
    m_versions[number] = version;
}

Result<void> StoreEngine::commit(Transaction &transaction, const DatasetRecord &record)
{
    noteVersion(record.number, record.info.version); // before others can see it
    auto done = transaction.commit();
    if (!done)
        noteVersion(record.number, 0);
    return done;
}

qint64 StoreEngine::knownVersion(int number) const
{
    const std::lock_guard lock(m_mutex);
    return m_versions.value(number, -1);
}

void StoreEngine::touch(const DatasetId &id, std::string_view key)
{
    std::erase_if(m_marks, [](const auto &marks) { return marks.expired(); });
    for (const auto &weak : m_marks) {
        if (const auto marks = weak.lock(); marks && marks->id == id)
            marks->touched.emplace(key);
    }
}

std::shared_ptr<MoneyColumns> StoreEngine::moneyColumns(int number)
{
    const std::lock_guard lock(m_mutex);
    auto columns = m_money[number].lock();
    if (!columns) {
        columns = std::make_shared<MoneyColumns>();
        m_money[number] = columns;
    }
    return columns;
}

void StoreEngine::recover(const Error &error)
{
    if (m_readOnly || m_recovering.exchange(true))
        return;
    m_writer.post([this, error](const Result<Connection *> &connection) {
        if (!connection && connection.error().kind == ErrorKind::Cancelled)
            return;
        m_writer.closeConnection();
        Error report = error;
        const auto aside = setStoreAside(m_file->path, m_clock);
        ++m_file->generation;
        auto fresh = prepareStoreFile(m_file->path, m_clock);
        auto opened = Connection::open(m_file->path, Connection::Role::Writer);
        if (fresh && opened)
            rebuild(**opened);
        report.detail += aside ? QStringLiteral("; the damaged file was set aside as %1, the store starts anew").arg(*aside)
                               : QStringLiteral("; ") + aside.error().detail;
        m_recovering = false;
        reportFailure(report);
        for (const DatasetPtr &dataset : declared())
            m_listener.changed(dataset->id, {}, true);
    });
}

Result<void> StoreEngine::rebuild(Connection &connection)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return fail(transaction.error());
    for (const DatasetPtr &dataset : declared()) {
        DatasetRecord record;
        record.number = dataset->layout.number();
        record.id = dataset->id;
        record.schema = schemaToJson(dataset->schema);
        if (auto number = insertDataset(connection, record); !number)
            return fail(number.error());
        if (auto done = connection.exec(dataset->layout.createTables()); !done)
            return done;
        noteVersion(record.number, 0);
    }
    return transaction->commit();
}

} // namespace kboss
