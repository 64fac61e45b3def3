#include "app/api/requestlog.h"

#include "app/api/rotatingfile.h"

#include <nlohmann/json.hpp>

namespace kboss {
namespace {

constexpr size_t keptInMemory = 2'000;

QByteArray lineOf(const RequestLogEntry &entry)
{
    const nlohmann::ordered_json line{
        {"at_ms", entry.atMs},
        {"id", entry.id.toStdString()},
        {"operation", entry.operation.toStdString()},
        {"method", entry.method.toStdString()},
        {"url", entry.url.toStdString()},
        {"status", entry.status},
        {"elapsed_ms", entry.elapsedMs},
        {"bytes", entry.bytes},
        {"attempt", entry.attempt},
        {"error", entry.error.toStdString()},
    };
    return QByteArray::fromStdString(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

} // namespace

struct RequestLog::Private {
    mutable QMutex mutex;
    std::deque<RequestLogEntry> entries;
    std::unique_ptr<RotatingFile> file;
};

RequestLog::RequestLog(const QString &file, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    if (!file.isEmpty())
        d->file = std::make_unique<RotatingFile>(file);
}

RequestLog::~RequestLog() = default;

void RequestLog::append(const RequestLogEntry &entry)
{
    {
        const QMutexLocker lock(&d->mutex);
        d->entries.push_back(entry);
        if (d->entries.size() > keptInMemory)
            d->entries.pop_front();
    }
    if (d->file)
        d->file->write(lineOf(entry));
    Q_EMIT appended(entry);
}

QList<RequestLogEntry> RequestLog::entries() const
{
    const QMutexLocker lock(&d->mutex);
    return QList<RequestLogEntry>(d->entries.begin(), d->entries.end());
}

} // namespace kboss
