#include "ui/signindialog.h"

#include "app/services/onresult.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace kboss {

SignInDialog::SignInDialog(const AppContext &context, QWidget *parent)
    : QDialog(parent), m_context(context),
      m_kind(context.session->profile().signIn == SignInKind::None ? SignInKind::Password : context.session->profile().signIn),
      m_title(makeLabel({}, "title", this)), m_text(makeLabel({}, "label", this)), m_userLabel(makeLabel({}, "label", this)),
      m_secretLabel(makeLabel({}, "label", this)), m_extraLabel(makeLabel({}, "label", this)), m_keychain(makeLabel({}, "hint", this)),
      m_user(new QLineEdit(context.session->profile().userName, this)), m_secret(new QLineEdit(this)), m_extra(new QLineEdit(this)),
      m_remember(new QCheckBox(this)), m_accept(makeButton({}, "primary", this)), m_cancel(makeButton({}, "", this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("ground", QStringLiteral("panel"));
    setMinimumWidth(context.theme->size("dialog"));
    build();
    connect(m_accept, &QPushButton::clicked, this, &SignInDialog::send);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    for (QLineEdit *field : {m_user, m_secret, m_extra})
        connect(field, &QLineEdit::textChanged, this, &SignInDialog::updateAccept);
    connect(context.session, &QObject::destroyed, this, &QDialog::reject);
    connect(context.session, &Session::stateChanged, this, [this](Session::State state) {
        if (state == Session::State::Online)
            accept();
    });
    retranslate();
    updateAccept();
    probeKeychain();
}

void SignInDialog::build()
{
    const Theme *theme = m_context.theme;
    m_secret->setEchoMode(m_kind == SignInKind::Code ? QLineEdit::Normal : QLineEdit::Password);
    m_extra->setEchoMode(QLineEdit::Password);
    const bool user = m_kind == SignInKind::Password, extra = m_kind == SignInKind::Code;
    m_userLabel->setVisible(user);
    m_user->setVisible(user);
    m_extraLabel->setVisible(extra);
    m_extra->setVisible(extra);
    m_remember->setVisible(!extra && !m_context.session->profile().temporary);
    m_remember->setEnabled(false);
    m_keychain->setVisible(m_remember->isVisibleTo(this));
    m_keychain->setWordWrap(true);
    m_text->setWordWrap(true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(theme->size("space-3"));
    grid->setVerticalSpacing(theme->size("space-2"));
    grid->setColumnMinimumWidth(0, theme->size("form-label"));
    const std::pair<QLabel *, QLineEdit *> lines[] = {{m_userLabel, m_user}, {m_secretLabel, m_secret}, {m_extraLabel, m_extra}};
    int row = 0;
    for (const auto &[label, field] : lines) {
        label->setBuddy(field);
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row++, 1);
    }
    grid->addWidget(m_remember, row++, 1);
    grid->addWidget(m_keychain, row, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_accept);
    m_accept->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    const int margin = theme->size("space-5");
    layout->setContentsMargins(margin, margin, margin, theme->size("space-4"));
    layout->setSpacing(theme->size("space-3"));
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addLayout(grid);
    layout->addLayout(buttons);
    (user && m_user->text().isEmpty() ? m_user : m_secret)->setFocus();
}

void SignInDialog::probeKeychain()
{
    if (m_remember->isHidden() || !m_context.secrets)
        return;
    m_keychain->setText(tr("Looking for a keychain…"));
    onResult(m_context.secrets->probe(), this, [this](const Result<void> &there) {
        m_remember->setEnabled(there.has_value());
        m_keychain->setText(there ? tr("It is kept in this computer's keychain and nowhere else.")
                                  : tr("There is no keychain on this computer: you will be asked each time. Nothing is written to a file."));
    });
}

void SignInDialog::updateAccept()
{
    const bool complete = !m_secret->text().isEmpty() && (m_kind != SignInKind::Password || !m_user->text().trimmed().isEmpty());
    m_accept->setEnabled(complete);
}

void SignInDialog::send()
{
    SessionCredential credential;
    credential.user = m_user->text().trimmed();
    switch (m_kind) {
    case SignInKind::Token:
        credential.token = m_secret->text().trimmed();
        break;
    case SignInKind::Code:
        credential.code = m_secret->text().trimmed();
        credential.token = m_extra->text().trimmed();
        break;
    default:
        credential.password = m_secret->text();
        break;
    }
    m_secret->clear();
    m_extra->clear();
    m_context.session->giveCredential(credential, m_remember->isEnabled() && m_remember->isChecked());
    accept();
}

void SignInDialog::retranslate()
{
    const Profile &profile = m_context.session->profile();
    setWindowTitle(tr("Sign in"));
    m_title->setText(tr("Sign in to “%1”").arg(profile.name));
    m_text->setText(tr("Until then you see the local copy, and nothing can be changed."));
    m_userLabel->setText(tr("User name"));
    m_secretLabel->setText(m_kind == SignInKind::Token ? tr("Token") : m_kind == SignInKind::Code ? tr("One-time code") : tr("Password"));
    m_extraLabel->setText(tr("Billing token"));
    m_user->setAccessibleName(m_userLabel->text());
    m_secret->setAccessibleName(m_secretLabel->text());
    m_extra->setAccessibleName(m_extraLabel->text());
    m_remember->setText(tr("Remember on this computer"));
    m_accept->setText(tr("Sign in"));
    m_cancel->setText(tr("Not now"));
}

} // namespace kboss
