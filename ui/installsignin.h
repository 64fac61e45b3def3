#pragma once

#include "app/services/installation.h"
#include "ui/appcontext.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace kboss {

// How to sign in to hosts of an installation: password, key file or agent, and the password of sudo where it is another one. What is typed goes to the
// installation and is forgotten here. Opened by open(); deletes itself. GUI thread.
class InstallSignIn : public QDialog {
    Q_OBJECT
public:
    // `hosts`: names; empty = all that have none of their own.
    InstallSignIn(const AppContext &context, Installation *installation, const QStringList &hosts, QWidget *parent);

private:
    void build();
    void fill();
    void send();
    void update();
    void chooseFile();

    AppContext m_context;
    Installation *m_installation;
    QStringList m_hosts;
    QRadioButton *m_byPassword, *m_byKey, *m_byAgent;
    QLabel *m_text, *m_keychain;
    std::vector<std::pair<QLabel *, QLineEdit *>> m_lines; // password, key file, passphrase, sudo
    QPushButton *m_browse, *m_accept, *m_cancel;
    QCheckBox *m_remember;
};

QString signInWord(const HostSignInState &state); // "password, in the keychain"

} // namespace kboss
