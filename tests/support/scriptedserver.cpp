#include "tests/support/scriptedserver.h"

#include "tests/support/scriptedconnection.h"
#include "tests/support/testcertificate.h"

#include <QSslSocket>
#include <QTcpServer>

namespace kboss {

class ScriptedServer::Listener : public QTcpServer {
public:
    Listener(ScriptedServer *server, std::optional<TestCertificate> tls) : m_server(server), m_tls(std::move(tls)) { }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        if (!socket->setSocketDescriptor(descriptor)) {
            delete socket;
            return;
        }
        if (m_tls) {
            socket->setLocalCertificate(m_tls->certificate);
            socket->setPrivateKey(m_tls->key);
            socket->startServerEncryption();
        }
        new ScriptedConnection(
            socket, [server = m_server](const SeenRequest &request) { return server->answerTo(request); }, this);
    }

private:
    ScriptedServer *m_server;
    std::optional<TestCertificate> m_tls;
};

ScriptedServer::ScriptedServer(Security security) : m_tls(security == Security::SelfSigned)
{
    std::optional<TestCertificate> tls;
    if (m_tls) {
        tls = TestCertificate::make();
        m_certificate = tls->certificate;
    }
    m_listener = new Listener(this, tls);
    m_listener->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_listener,
        [this] {
            m_listener->listen(QHostAddress::LocalHost, 0);
            m_port = m_listener->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

ScriptedServer::~ScriptedServer()
{
    QMetaObject::invokeMethod(
        m_listener, [this] { delete m_listener; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

QUrl ScriptedServer::url() const
{
    QUrl url;
    url.setScheme(m_tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_port);
    return url;
}

void ScriptedServer::answerWith(Handler handler)
{
    const QMutexLocker lock(&m_mutex);
    m_handler = std::move(handler);
}

void ScriptedServer::answerInTurn(QList<ServerAnswer> answers)
{
    answerWith([answers = std::move(answers), next = qsizetype(0)](const SeenRequest &) mutable {
        const ServerAnswer answer = answers.value(qMin(next, answers.size() - 1));
        ++next;
        return answer;
    });
}

QList<SeenRequest> ScriptedServer::seen() const
{
    const QMutexLocker lock(&m_mutex);
    return m_seen;
}

ServerAnswer ScriptedServer::answerTo(const SeenRequest &request)
{
    const QMutexLocker lock(&m_mutex);
    m_seen.append(request);
    return m_handler ? m_handler(request) : ServerAnswer::json("{}", 404);
}

} // namespace kboss
