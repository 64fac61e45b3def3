#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <memory>
#include <vector>

class QTcpSocket;

namespace kboss {

// Looks every two seconds whether somebody still listens at the servers of this machine: a connection that is closed again, no request. So a
// service that died is noticed before the next poll, and its return before the next probe. Servers elsewhere are left alone. GUI thread.
class LocalWatch : public QObject {
    Q_OBJECT
public:
    explicit LocalWatch(const QList<QUrl> &servers, QObject *parent = nullptr);
    ~LocalWatch() override;

    void start(); // nothing to do without a server here
    void stop();
    bool isWatching() const { return m_timer.isActive(); }

Q_SIGNALS:
    void gone(); // one of them refuses connections; again at each look until it is back
    void returned(); // all that were gone listen again

private:
    struct Knock {
        QString host;
        quint16 port = 0;
        std::unique_ptr<QTcpSocket> socket;
        bool refused = false;
    };
    void look();
    void ended(Knock &knock, bool refused);

    QTimer m_timer;
    std::vector<Knock> m_knocks; // does not grow after construction
};

} // namespace kboss
