#pragma once

#include "tests/support/serveranswer.h"

#include <QObject>
#include <QTimer>
#include <functional>

class QTcpSocket;

namespace kboss {

// One connection of the scripted server: reads requests one after another and plays the answers. Lives on the server's thread.
class ScriptedConnection : public QObject {
    Q_OBJECT
public:
    ScriptedConnection(QTcpSocket *socket, std::function<ServerAnswer(const SeenRequest &)> answer, QObject *parent);

private:
    void onReadyRead();
    bool takeRequest(SeenRequest &request);
    void play();
    void sendHead();
    void sendBody();
    void onTick();
    void finishAnswer();

    QTcpSocket *m_socket;
    std::function<ServerAnswer(const SeenRequest &)> m_answerTo;
    QByteArray m_in;
    ServerAnswer m_answer;
    QTimer m_tick;
    qsizetype m_sent = 0;
    bool m_answering = false;
};

} // namespace kboss
