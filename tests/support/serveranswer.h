#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <utility>

namespace kboss {

// What came in.
struct SeenRequest {
    QByteArray method, target;
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;

    QByteArray header(const QByteArray &name) const { return headers.value(name.toLower()); }
};

// What goes out, and how badly.
struct ServerAnswer {
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    qint64 promisedLength = -1; // another Content-Length than the body's
    int delayMs = 0; // before the first byte
    int byteDelayMs = 0; // between bytes of the body; 0 = all at once
    bool chunked = false;
    bool endless = false; // chunked: the body again and again
    bool hang = false; // no answer at all, the connection stays
    bool closeSilently = false; // no answer at all, the connection ends
    bool closeAfter = false; // the connection ends after the body

    static ServerAnswer json(const QByteArray &body, int status = 200);
    static ServerAnswer html(int status = 200);
};

QByteArray gzipped(const QByteArray &data);

} // namespace kboss
