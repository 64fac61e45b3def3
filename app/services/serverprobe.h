#pragma once

#include "app/api/apiclient.h"

#include <QPointer>
#include <QTimer>

namespace kboss {

// Asks every few seconds whether a server that was gone is back: a small read, whose answer makes the client's connection say so.
// Also hears of the system's own view of the network, where there is one. GUI thread.
class ServerProbe : public QObject {
    Q_OBJECT
public:
    explicit ServerProbe(int periodMs = 5'000, QObject *parent = nullptr);

    void run(ApiClient *client, const Call &call); // keeps asking until stop(); a new call replaces the old one
    void stop();
    bool isRunning() const { return m_timer.isActive(); }

private:
    void ask();
    void watchNetwork();

    QTimer m_timer;
    QPointer<ApiClient> m_client;
    Call m_call;
    bool m_asking = false;
    bool m_watching = false;
};

} // namespace kboss
