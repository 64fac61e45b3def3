#pragma once

#include "ui/appcontext.h"

#include <QObject>
#include <QPointer>

namespace kboss {

class SignInDialog;

// Turns what a session does into what a person sees: errors into the message bar, a missing credential into the sign-in form, what happened to
// the store into a notice, long readings into the activity list. GUI thread; gone before the session.
class SessionWatcher : public QObject {
    Q_OBJECT
public:
    SessionWatcher(const AppContext &context, QWidget *window, QObject *parent = nullptr);
    ~SessionWatcher() override;

    void askForCredential(); // opens the form, or raises it

private:
    void stateChanged(Session::State state);
    void tellStore();
    void follow(Job *job);

    const AppContext &m_context;
    QWidget *m_window;
    QPointer<SignInDialog> m_signIn;
};

} // namespace kboss
