#pragma once

#include <QMutex>
#include <QObject>
#include <deque>
#include <memory>

namespace kboss {

// One request as people may see it: nothing secret is ever in here.
struct RequestLogEntry {
    QString id;
    qint64 atMs = 0;
    QString operation, method, url; // redacted
    int status = 0;                 // 0 = no answer
    qint64 elapsedMs = 0;
    qint64 bytes = 0;
    int attempt = 1;
    QString error; // errorKindName + detail, redacted
};

// The last 2,000 requests in memory, all of them in a rotating file (5 files of 2 MB, mode 0600). append() from any thread.
class RequestLog : public QObject {
    Q_OBJECT
public:
    explicit RequestLog(const QString &file, QObject *parent = nullptr); // empty = memory only
    ~RequestLog() override;

    void append(const RequestLogEntry &entry);
    QList<RequestLogEntry> entries() const; // newest last

Q_SIGNALS:
    void appended(const kboss::RequestLogEntry &entry);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss

Q_DECLARE_METATYPE(kboss::RequestLogEntry)
