#include "app/secrets/keychainthread.h"

#include <QCoreApplication>
#include <QThread>
#include <deque>
#include <memory>
#include <qt6keychain/keychain.h>

namespace kboss {

namespace {

// Lives on the keychain's thread. One request at a time, so that what nobody waits for any more can still be left out.
class KeychainQueue : public QObject {
public:
    void add(KeychainRequest request)
    {
        m_waiting.push_back(std::move(request));
        next();
    }

private:
    void next()
    {
        while (!m_busy && !m_waiting.empty()) {
            KeychainRequest request = std::move(m_waiting.front());
            m_waiting.pop_front();
            if (request.wanted())
                start(std::move(request));
        }
    }

    void start(KeychainRequest request)
    {
        m_busy = true;
        QKeychain::Job *job = makeJob(request);
        job->setKey(request.key);
        connect(job, &QKeychain::Job::finished, this, [this, answered = std::move(request.answered)](QKeychain::Job *done) {
            KeychainAnswer answer;
            answer.code = static_cast<int>(done->error());
            answer.detail = done->errorString();
            if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done))
                answer.secret = read->textData();
            answered(std::move(answer));
            m_busy = false;
            QMetaObject::invokeMethod(
                this, [this] { next(); }, Qt::QueuedConnection);
        });
        job->start();
    }

    static QKeychain::Job *makeJob(const KeychainRequest &request)
    {
        switch (request.verb) {
        case KeychainVerb::Read:
            return new QKeychain::ReadPasswordJob(request.service);
        case KeychainVerb::Write: {
            auto *job = new QKeychain::WritePasswordJob(request.service);
            job->setTextData(request.secret);
            return job;
        }
        case KeychainVerb::Remove:
            break;
        }
        return new QKeychain::DeletePasswordJob(request.service);
    }

    std::deque<KeychainRequest> m_waiting;
    bool m_busy = false;
};

QThread *g_thread = nullptr;
KeychainQueue *g_queue = nullptr;

// A thread that is blocked in a backend is left behind: leaving the program must not wait for a vault that does not answer.
void endThread()
{
    if (!g_thread)
        return;
    g_thread->quit();
    if (g_thread->wait(200)) {
        delete g_queue;
        delete g_thread;
    }
    g_queue = nullptr;
    g_thread = nullptr;
}

KeychainQueue *queue()
{
    if (!g_thread) {
        g_thread = new QThread;
        g_thread->setObjectName(QStringLiteral("keychain"));
        g_queue = new KeychainQueue;
        g_queue->moveToThread(g_thread);
        g_thread->start();
        qAddPostRoutine(endThread);
    }
    return g_queue;
}

} // namespace

void askKeychain(KeychainRequest request)
{
    KeychainQueue *target = queue();
    QMetaObject::invokeMethod(
        target, [target, request = std::move(request)]() mutable { target->add(std::move(request)); }, Qt::QueuedConnection);
}

} // namespace kboss
