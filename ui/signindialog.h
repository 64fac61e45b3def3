#pragma once

#include "ui/appcontext.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kboss {

// Asks for what the profile's kind of sign-in needs and hands it to the session. Whether it can be remembered is found out while it is open, and
// said plainly where there is no keychain. Opened by open(); deletes itself. Keeps nothing.
class SignInDialog : public QDialog {
    Q_OBJECT
public:
    SignInDialog(const AppContext &context, QWidget *parent);

    void retranslate();

private:
    void build();
    void probeKeychain();
    void send();
    void updateAccept();

    const AppContext &m_context;
    SignInKind m_kind;
    QLabel *m_title, *m_text, *m_userLabel, *m_secretLabel, *m_extraLabel, *m_keychain;
    QLineEdit *m_user, *m_secret, *m_extra;
    QCheckBox *m_remember;
    QPushButton *m_accept, *m_cancel;
};

} // namespace kboss
