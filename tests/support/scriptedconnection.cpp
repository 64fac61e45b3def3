#include "tests/support/scriptedconnection.h"

#include <QTcpSocket>

namespace kboss {
namespace {

QByteArray asChunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

} // namespace

ScriptedConnection::ScriptedConnection(QTcpSocket *socket, std::function<ServerAnswer(const SeenRequest &)> answer, QObject *parent)
    : QObject(parent), m_socket(socket), m_answerTo(std::move(answer))
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &ScriptedConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_tick, &QTimer::timeout, this, &ScriptedConnection::onTick);
}

void ScriptedConnection::onReadyRead()
{
    m_in += m_socket->readAll();
    SeenRequest request;
    if (m_answering || !takeRequest(request))
        return;
    m_answering = true;
    m_answer = m_answerTo(request);
    if (m_answer.delayMs > 0)
        QTimer::singleShot(m_answer.delayMs, this, &ScriptedConnection::play);
    else
        play();
}

bool ScriptedConnection::takeRequest(SeenRequest &request)
{
    const qsizetype headEnd = m_in.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return false;
    const QList<QByteArray> lines = m_in.left(headEnd).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.header("content-length").toLongLong();
    if (m_in.size() < headEnd + 4 + length)
        return false;
    request.body = m_in.mid(headEnd + 4, length);
    m_in.remove(0, headEnd + 4 + length);
    return true;
}

void ScriptedConnection::play()
{
    if (m_answer.hang)
        return;
    if (m_answer.closeSilently) {
        m_socket->disconnectFromHost();
        return;
    }
    sendHead();
    m_sent = 0;
    if (m_answer.endless || m_answer.byteDelayMs > 0)
        m_tick.start(m_answer.byteDelayMs);
    else
        sendBody();
}

void ScriptedConnection::sendHead()
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(m_answer.status) + " As Scripted\r\n";
    for (const auto &[name, value] : m_answer.headers)
        head += name + ": " + value + "\r\n";
    if (m_answer.chunked)
        head += "Transfer-Encoding: chunked\r\n";
    else
        head += "Content-Length: " + QByteArray::number(m_answer.promisedLength >= 0 ? m_answer.promisedLength : m_answer.body.size()) + "\r\n";
    m_socket->write(head + "\r\n");
}

void ScriptedConnection::sendBody()
{
    m_socket->write(m_answer.chunked ? asChunk(m_answer.body) + "0\r\n\r\n" : m_answer.body);
    finishAnswer();
}

void ScriptedConnection::onTick()
{
    constexpr qint64 enoughWaiting = 4 * 1024 * 1024;
    if (m_answer.endless) {
        if (m_socket->bytesToWrite() < enoughWaiting)
            m_socket->write(m_answer.chunked ? asChunk(m_answer.body) : m_answer.body);
        return;
    }
    if (m_sent < m_answer.body.size()) {
        const QByteArray byte = m_answer.body.mid(m_sent++, 1);
        m_socket->write(m_answer.chunked ? asChunk(byte) : byte);
        return;
    }
    if (m_answer.chunked)
        m_socket->write("0\r\n\r\n");
    m_tick.stop();
    finishAnswer();
}

void ScriptedConnection::finishAnswer()
{
    m_answering = false;
    if (m_answer.closeAfter) {
        m_socket->disconnectFromHost();
        return;
    }
    if (!m_in.isEmpty())
        QMetaObject::invokeMethod(this, &ScriptedConnection::onReadyRead, Qt::QueuedConnection);
}

} // namespace kboss
