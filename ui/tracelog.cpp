#include "ui/tracelog.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

#ifdef Q_OS_LINUX
#include <time.h>
#include <unistd.h>
#endif

namespace kboss {

namespace {

#ifdef Q_OS_LINUX
// Milliseconds since the kernel started this process: field 22 of /proc/self/stat, in ticks since boot.
qint64 sinceProcessStart()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    if (fields.size() < 20 || clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return -1;
    const qint64 startMs = fields.at(19).toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 - startMs;
}
#else
qint64 sinceProcessStart()
{
    return -1;
}
#endif

struct Start {
    QElapsedTimer timer;
    qint64 offset = 0;
    Start()
    {
        offset = qMax<qint64>(0, sinceProcessStart());
        timer.start();
    }
};
const Start processStart;

} // namespace

TraceLog::TraceLog(const QString &file) : m_file(file)
{
    if (!file.isEmpty() && m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void TraceLog::write(const char *event, const QString &page, qint64 rows, QJsonObject more)
{
    if (!m_file.isOpen())
        return;
    more.insert(QStringLiteral("t_ms"), elapsedMs());
    more.insert(QStringLiteral("event"), QString::fromLatin1(event));
    if (!page.isEmpty())
        more.insert(QStringLiteral("page"), page);
    if (rows >= 0)
        more.insert(QStringLiteral("rows"), rows);
    m_file.write(QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n');
    m_file.flush();
}

qint64 TraceLog::elapsedMs() const
{
    return processStart.offset + processStart.timer.elapsed();
}

} // namespace kboss
