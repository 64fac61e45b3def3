#include "app/cache/changewatch.h"

#include "app/cache/changes.h"

namespace kboss {

struct ChangeWatch::Seen { // reader thread only
    Connection *connection = nullptr;
    qint64 dataVersion = -1;
    QHash<int, qint64> lastChangeMs;
    std::atomic<bool> busy = false;
};

ChangeWatch::ChangeWatch(EnginePtr engine, QObject *context)
{
    m_timer.setInterval(periodMs);
    m_timer.setTimerType(Qt::CoarseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, context, [engine, seen = std::make_shared<Seen>()] {
        if (seen->busy.exchange(true))
            return;
        engine->quick().post([engine = engine.get(), seen](const Result<Connection *> &connection) {
            if (connection)
                look(*engine, **connection, *seen);
            seen->busy = false;
        });
    });
    m_timer.start();
}

void ChangeWatch::look(StoreEngine &engine, Connection &connection, Seen &seen)
{
    const auto version = connection.integer("PRAGMA data_version"); // counts for one connection only
    if (!version || (seen.connection == &connection && *version == seen.dataVersion))
        return;
    seen.connection = &connection;
    seen.dataVersion = *version;
    for (const DatasetPtr &dataset : engine.declared())
        tell(engine, connection, *dataset, seen);
}

void ChangeWatch::tell(StoreEngine &engine, Connection &connection, const Dataset &dataset, Seen &seen)
{
    const int number = dataset.layout.number();
    const qint64 known = engine.knownVersion(number);
    const auto record = readDataset(connection, number);
    if (!record)
        return;
    const auto before = seen.lastChangeMs.constFind(number);
    const qint64 since = before == seen.lastChangeMs.constEnd() ? record->lastChangeMs - 1 : *before - 1;
    seen.lastChangeMs.insert(number, record->lastChangeMs);
    if (known < 0 || record->info.version <= known)
        return;
    engine.noteVersion(number, record->info.version);
    ChangedKeys keys;
    const auto changed = keysChangedSince(connection, dataset, since, 10'001);
    for (const std::string &key : changed.value_or(std::vector<std::string>()))
        keys.add(key);
    engine.reportChange(dataset.id, keys);
}

} // namespace kboss
