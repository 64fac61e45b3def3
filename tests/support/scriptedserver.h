#pragma once

#include "tests/support/serveranswer.h"

#include <QMutex>
#include <QObject>
#include <QSslCertificate>
#include <QThread>
#include <QUrl>
#include <functional>
#include <memory>

namespace kboss {

// An HTTP/1.1 server on 127.0.0.1 that answers as it is told, well or badly. It serves on a thread of its own, so that neither the test nor the
// thing tested can disturb it. With TLS it shows a self-signed certificate made for the occasion. All functions from any thread.
class ScriptedServer : public QObject {
    Q_OBJECT
public:
    enum class Security { Plain, SelfSigned };
    using Handler = std::function<ServerAnswer(const SeenRequest &)>; // runs on the server's thread

    explicit ScriptedServer(Security security = Security::Plain);
    ~ScriptedServer() override;

    QUrl url() const;
    QSslCertificate certificate() const { return m_certificate; }

    void answerWith(Handler handler);
    void answerInTurn(QList<ServerAnswer> answers); // the last one again and again

    QList<SeenRequest> seen() const;
    int seenCount() const { return static_cast<int>(seen().size()); }

private:
    class Listener;
    ServerAnswer answerTo(const SeenRequest &request);

    QThread m_thread;
    Listener *m_listener = nullptr; // lives on m_thread
    QSslCertificate m_certificate;
    quint16 m_port = 0;
    bool m_tls = false;
    mutable QMutex m_mutex;
    Handler m_handler;
    QList<SeenRequest> m_seen;
};

} // namespace kboss
