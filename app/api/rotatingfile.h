#pragma once

#include <QByteArray>
#include <QString>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kboss {

// A text file of whole lines, 2 MB at most, then "name.1" … "name.4"; mode 0600. write() from any thread and never waits for the disk:
// one thread of its own writes. Destroying writes what is left. A disk that refuses loses lines, nothing else.
class RotatingFile {
public:
    explicit RotatingFile(QString path, qint64 maxBytes = 2 * 1024 * 1024, int files = 5);
    ~RotatingFile();
    RotatingFile(const RotatingFile &) = delete;
    RotatingFile &operator=(const RotatingFile &) = delete;

    void write(const QByteArray &line);

private:
    void work();
    void append(const QByteArray &lines);
    void rotate();

    const QString m_path;
    const qint64 m_maxBytes;
    const int m_files;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<QByteArray> m_lines;
    bool m_ending = false;
    std::thread m_thread; // last: started when the rest is there
};

} // namespace kboss
