#pragma once

#include "app/services/installvalues.h"
#include "ui/appcontext.h"

#include <QPointer>
#include <QObject>

class QWidget;

namespace kboss {

class InstallDesk;

// What hosts ask during a sign-in (a one-time code, a new password), one question after another, wherever a person is in the console. What is typed is kept nowhere.
// A question that nobody answers in time goes by itself. GUI thread; owned by the desk.
class InstallAsker : public QObject {
    Q_OBJECT
public:
    InstallAsker(const AppContext &context, InstallDesk *desk);
    ~InstallAsker() override;

private:
    void show();
    void ask(const HostQuestion &question);

    AppContext m_context;
    InstallDesk *m_desk;
    quint64 m_shown = 0; // 0 = none
    QPointer<QWidget> m_asker; // the dialog goes with it
};

} // namespace kboss
