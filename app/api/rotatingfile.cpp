#include "app/api/rotatingfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

constexpr size_t maxWaiting = 20'000; // lines; a dead disk must not become memory

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

} // namespace

RotatingFile::RotatingFile(QString path, qint64 maxBytes, int files)
    : m_path(std::move(path)), m_maxBytes(maxBytes), m_files(files), m_thread([this] { work(); })
{
}

RotatingFile::~RotatingFile()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void RotatingFile::write(const QByteArray &line)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_lines.size() < maxWaiting)
            m_lines.push_back(line);
    }
    m_wake.notify_one();
}

void RotatingFile::work()
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_ending || !m_lines.empty(); });
        const std::deque<QByteArray> lines = std::exchange(m_lines, {});
        const bool last = m_ending;
        lock.unlock();
        for (const QByteArray &line : lines)
            append(line);
        lock.lock();
        if (last && m_lines.empty())
            return;
    }
}

void RotatingFile::append(const QByteArray &lines)
{
    QFile file(m_path);
    if (file.size() > 0 && file.size() + lines.size() > m_maxBytes)
        rotate();
    if (!file.exists()) {
        // Made empty and closed to others before anything is written to it.
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
            return;
        file.setPermissions(ownerOnly);
        file.close();
    }
    if (file.open(QIODevice::Append))
        file.write(lines);
}

void RotatingFile::rotate()
{
    const auto name = [this](int i) { return i == 0 ? m_path : m_path + u'.' + QString::number(i); };
    QFile::remove(name(m_files - 1));
    for (int i = m_files - 2; i >= 0; --i)
        QFile::rename(name(i), name(i + 1));
}

} // namespace kboss
