#pragma once

#include "app/base/canceltoken.h"
#include "app/base/clock.h"
#include "app/services/guimail.h"
#include "app/services/installvalues.h"
#include "app/ssh/sshtarget.h"

#include <condition_variable>
#include <map>

namespace kboss {

// What hosts ask during sign-ins, between the threads that sign in and a person. Lives on the GUI thread; internal to app/services. Answers are kept nowhere.
class InstallQuestions : public QObject {
    Q_OBJECT
public:
    static constexpr int s_patienceMs = 110'000; // OpenSSH hangs up after 120 s

    explicit InstallQuestions(const Clock &clock, int patienceMs = s_patienceMs, QObject *parent = nullptr);
    ~InstallQuestions() override; // who asks has ended

    // Any thread but the GUI's: waits for a person. Nothing when it is given up, the time is over, or the token asks for an end.
    std::optional<QByteArray> ask(HostQuestion question, const CancelToken &token);

    const std::vector<HostQuestion> &open() const { return m_open; } // the oldest first
    void answer(quint64 question, const QString &text);
    void giveUp(quint64 question);
    void close(); // nobody answers any more

Q_SIGNALS:
    void changed();

private:
    struct Waiting {
        HostQuestion question;
        bool isOver = false;
        std::optional<QByteArray> answer;
    };
    void end(quint64 question, std::optional<QByteArray> answer);
    void refresh();

    const Clock &m_clock;
    const int m_patienceMs;
    GuiMail m_mail;
    std::vector<HostQuestion> m_open;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<quint64, Waiting> m_waiting;
    quint64 m_last = 0;
    bool m_isClosed = false;
};

} // namespace kboss
