#pragma once

#include <QFile>
#include <QJsonObject>

namespace kboss {

// --trace FILE: one JSON object a line, {"t_ms": from process start, "event": "window-shown" | "first-rows" | "page-ready" | "language" …,
// "page", "rows"}. Never a secret. GUI thread. Without a file it does nothing.
class TraceLog {
public:
    explicit TraceLog(const QString &file = {});
    void write(const char *event, const QString &page = {}, qint64 rows = -1, QJsonObject more = {});
    qint64 elapsedMs() const; // since the process started

private:
    QFile m_file;
};

} // namespace kboss
