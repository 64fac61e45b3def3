#include "ui/installsignin.h"

#include "models/installcounts.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
enum Line : int { Password, KeyFile, Passphrase, Sudo };
}

QString signInWord(const HostSignInState &state)
{
    const auto word = [](const char *text) { return QCoreApplication::translate("kboss::InstallSignIn", text); };
    if (!state.isEnough())
        return state.kept == HostSignInState::Secret::Asking ? word(QT_TRANSLATE_NOOP("kboss::InstallSignIn", "asking the keychain"))
                                                             : word(QT_TRANSLATE_NOOP("kboss::InstallSignIn", "none yet"));
    const QString by = state.agent ? word(QT_TRANSLATE_NOOP("kboss::InstallSignIn", "agent"))
        : !state.keyFile.isEmpty() ? word(QT_TRANSLATE_NOOP("kboss::InstallSignIn", "key %1")).arg(state.keyFile.section(u'/', -1))
                                   : word(QT_TRANSLATE_NOOP("kboss::InstallSignIn", "password ••••••"));
    if (state.kept == HostSignInState::Secret::InKeychain)
        return by + u" · "_s + word(QT_TRANSLATE_NOOP("kboss::InstallSignIn", "keychain"));
    return by;
}

InstallSignIn::InstallSignIn(const AppContext &context, Installation *installation, const QStringList &hosts, QWidget *parent)
    : QDialog(parent), m_context(context), m_installation(installation), m_hosts(hosts), m_byPassword(new QRadioButton(this)),
      m_byKey(new QRadioButton(this)), m_byAgent(new QRadioButton(this)), m_text(makeLabel({}, "label", this)),
      m_keychain(makeLabel({}, "hint", this)), m_browse(makeButton({}, "", this)), m_accept(makeButton({}, "primary", this)),
      m_cancel(makeButton({}, "", this)), m_remember(new QCheckBox(this))
{
    setObjectName(u"installSignIn"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("ground", u"panel"_s);
    setMinimumWidth(context.theme->size("dialog"));
    build();
    fill();
    for (QRadioButton *button : {m_byPassword, m_byKey, m_byAgent})
        connect(button, &QRadioButton::toggled, this, &InstallSignIn::update);
    for (const auto &[label, edit] : m_lines)
        connect(edit, &QLineEdit::textChanged, this, &InstallSignIn::update);
    connect(m_accept, &QPushButton::clicked, this, &InstallSignIn::send);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_browse, &QPushButton::clicked, this, &InstallSignIn::chooseFile);
    connect(installation, &QObject::destroyed, this, &QDialog::reject);
    update();
}

void InstallSignIn::build()
{
    const Theme *theme = m_context.theme;
    m_text->setWordWrap(true);
    m_keychain->setWordWrap(true);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(theme->size("space-4"));
    for (QRadioButton *button : {m_byPassword, m_byKey, m_byAgent})
        ways->addWidget(button);
    ways->addStretch();
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(theme->size("space-3"));
    grid->setVerticalSpacing(theme->size("space-2"));
    grid->setColumnMinimumWidth(0, theme->size("form-label"));
    const char *const names[] = {"password", "keyFile", "passphrase", "sudo"};
    for (int line = 0; line < 4; ++line) {
        auto *edit = new QLineEdit(this);
        edit->setObjectName(QLatin1String(names[line]));
        if (line != KeyFile)
            edit->setEchoMode(QLineEdit::Password);
        auto *label = makeLabel({}, "label", this);
        label->setBuddy(edit);
        grid->addWidget(label, line, 0);
        grid->addWidget(edit, line, 1);
        m_lines.emplace_back(label, edit);
    }
    grid->addWidget(m_browse, KeyFile, 2);
    grid->addWidget(m_remember, 4, 1);
    grid->addWidget(m_keychain, 5, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_accept);
    m_accept->setDefault(true);
    m_accept->setObjectName(u"signInAccept"_s);
    auto *layout = new QVBoxLayout(this);
    const int margin = theme->size("space-5");
    layout->setContentsMargins(margin, margin, margin, theme->size("space-4"));
    layout->setSpacing(theme->size("space-3"));
    layout->addWidget(m_text);
    layout->addLayout(ways);
    layout->addLayout(grid);
    layout->addLayout(buttons);
}

void InstallSignIn::fill()
{
    setWindowTitle(tr("Sign-in to hosts"));
    m_text->setText(m_hosts.isEmpty()         ? tr("For all hosts that have no sign-in of their own.")
                        : m_hosts.size() == 1 ? tr("For host %1 alone.").arg(m_hosts.first())
                                              : tr("For these hosts: %1.").arg(m_hosts.join(u", "_s)));
    m_byPassword->setText(tr("Password"));
    m_byKey->setText(tr("Key file"));
    m_byAgent->setText(tr("Agent"));
    const QString labels[] = {tr("Password"), tr("Key file"), tr("Passphrase"), tr("sudo password")};
    for (size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].first->setText(labels[i]);
        m_lines[i].second->setAccessibleName(labels[i]);
    }
    m_lines[Passphrase].second->setPlaceholderText(tr("where the key has one"));
    m_browse->setText(tr("Choose…"));
    m_cancel->setText(tr("Cancel"));
    m_accept->setText(m_hosts.size() == 1     ? tr("Use for %1").arg(m_hosts.first())
                          : m_hosts.isEmpty() ? tr("Use for all")
                                              : tr("Use for %1").arg(countText(Counted::Hosts, m_hosts.size())));
    const HostSignInState known = m_installation->signIn(m_hosts.isEmpty() ? QString() : m_hosts.first());
    (known.agent ? m_byAgent : known.keyFile.isEmpty() ? m_byPassword : m_byKey)->setChecked(true);
    m_lines[KeyFile].second->setText(known.keyFile);
    const bool keychain = m_installation->isKeychainThere();
    m_remember->setText(tr("Remember in the keychain"));
    m_remember->setVisible(keychain);
    m_remember->setChecked(keychain);
    m_keychain->setText(keychain ? tr("Nothing secret is written to a file, a plan, a log or a command line.")
                                 : tr("There is no keychain on this computer: it is asked each time. Nothing is written to a file."));
}

void InstallSignIn::update()
{
    const bool key = m_byKey->isChecked(), agent = m_byAgent->isChecked();
    const bool shown[] = {m_byPassword->isChecked(), key, key, true};
    for (size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].first->setVisible(shown[i]);
        m_lines[i].second->setVisible(shown[i]);
    }
    m_lines[Sudo].second->setPlaceholderText(m_byPassword->isChecked() ? tr("the same") : tr("where sudo asks for one"));
    m_browse->setVisible(key);
    m_accept->setEnabled(agent || (key ? !m_lines[KeyFile].second->text().trimmed().isEmpty() : !m_lines[Password].second->text().isEmpty()));
}

void InstallSignIn::chooseFile()
{
    Question question;
    question.title = tr("Key file");
    question.text = tr("Private key of OpenSSH or PEM");
    question.input = u"file-open"_s;
    question.acceptText = tr("Choose");
    question.inputValue = m_lines[KeyFile].second->text();
    m_context.prompt->ask(this, question, [this](const Answer &answer) {
        if (answer.accepted)
            m_lines[KeyFile].second->setText(answer.input);
    });
}

void InstallSignIn::send()
{
    HostSignIn signIn;
    signIn.agent = m_byAgent->isChecked();
    if (m_byPassword->isChecked())
        signIn.password = m_lines[Password].second->text();
    if (m_byKey->isChecked()) {
        signIn.keyFile = m_lines[KeyFile].second->text().trimmed();
        signIn.passphrase = m_lines[Passphrase].second->text();
    }
    signIn.sudoPassword = m_lines[Sudo].second->text();
    for (const auto &[label, edit] : m_lines)
        edit->clear();
    const bool remember = m_remember->isChecked() && !m_remember->isHidden();
    for (const QString &host : m_hosts.isEmpty() ? QStringList{QString()} : m_hosts)
        m_installation->setSignIn(host, signIn, remember);
    accept();
}

} // namespace kboss
