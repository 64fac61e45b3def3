#pragma once

#include "app/api/apiclient.h"
#include "app/api/inflater.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QTimer>

class QNetworkAccessManager;

namespace kboss {

// How one exchange ended.
struct ExchangeResult {
    int status = 0; // 0 = no answer
    QByteArray contentType, retryAfter, body;
    std::optional<Error> error; // the exchange itself failed: network, limits, deadlines
    bool passing = false; // another try may succeed
    bool http2 = false;
    qint64 elapsedMs = 0, firstByteMs = -1, bytes = 0;
};

// One request on the wire and its answer, within the limits. Emits finished() exactly once unless destroyed first; destroying aborts.
// A write leaves at most once: the network layer may not send it again when the connection breaks.
class Exchange : public QObject {
    Q_OBJECT
public:
    struct Deadlines {
        int connectMs, firstByteMs;
        bool tellsSent; // false over HTTP/2
    };

    Exchange(QNetworkAccessManager &network, const QNetworkRequest &request, const WireRequest &wire, bool isWrite, Deadlines deadlines,
             qint64 maxBytes, QObject *parent);
    ~Exchange() override;

    void cancel(); // silent: no finished() follows
    const ExchangeResult &result() const { return m_result; }

Q_SIGNALS:
    void finished();

private:
    void onSent();
    void onHead();
    void onBytes();
    void onFinished();
    void onTlsErrors(const QList<QSslError> &errors);
    void onDeadline(const QString &what, bool passing);
    void makeRoom();
    void takeSlice();
    void onWhole();
    void take(const QByteArray &bytes);
    void stop(Error error, bool passing);
    void end();

    QNetworkReply *m_reply = nullptr; // a child of the network manager; deleteLater() once done
    std::unique_ptr<Inflater> m_inflater;
    QTimer m_connectTimer, m_firstByteTimer, m_nextSlice;
    QElapsedTimer m_clock;
    ExchangeResult m_result;
    QString m_tlsReason;
    qint64 m_maxBytes;
    Deadlines m_deadlines;
    bool m_isWrite;
    bool m_tellsSent;
    bool m_sent = false;
    bool m_headSeen = false;
    bool m_ended = false;
};

} // namespace kboss
