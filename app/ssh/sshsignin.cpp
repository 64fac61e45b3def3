// SshWire: signing in.
#include "app/base/signinrefusal.h"
#include "app/ssh/agentguard.h"
#include "app/ssh/sshwire.h"

#include <QFile>
#include <array>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRounds = 8; // of methods that were each a part of the sign-in, and of questions
constexpr qint64 largestKey = 64 * 1024;

bool isEncrypted(const QByteArray &pem)
{
    if (pem.contains("ENCRYPTED"))
        return true;
    const qsizetype begin = pem.indexOf("-----BEGIN OPENSSH PRIVATE KEY-----"), end = pem.indexOf("-----END");
    if (begin < 0 || end < begin)
        return false;
    const QByteArray blob = QByteArray::fromBase64(pem.mid(begin + 35, end - begin - 35).simplified().replace(' ', ""));
    return blob.startsWith("openssh-key-v1") && !blob.mid(15).startsWith(QByteArray("\0\0\0\4none", 8)); // the name of the cipher
}

struct KeyFree {
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using KeyHandle = std::unique_ptr<ssh_key_struct, KeyFree>;

Result<KeyHandle> readKey(const SshCredential &credential)
{
    QFile file(credential.keyFile);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"the key file %1 cannot be read: %2"_s.arg(credential.keyFile, file.errorString()), u"keyFile"_s);
    const QByteArray content = file.read(largestKey);
    if (isEncrypted(content) && credential.passphrase.isEmpty())
        return fail(ErrorKind::Auth, u"the key file %1 needs its passphrase"_s.arg(credential.keyFile), u"passphrase"_s);
    ssh_key key = nullptr;
    const int code = ssh_pki_import_privkey_base64(content.constData(), credential.passphrase.isEmpty() ? nullptr : credential.passphrase.constData(),
                                                   nullptr, nullptr, &key);
    if (code != SSH_OK) {
        return isEncrypted(content)
            ? fail(ErrorKind::Auth, u"the passphrase of the key file %1 is wrong"_s.arg(credential.keyFile), u"passphrase"_s)
            : fail(ErrorKind::Auth, u"the key file %1 is no private key that can be read"_s.arg(credential.keyFile), u"keyFile"_s);
    }
    return KeyHandle(key);
}

} // namespace

QString SshWire::accepted() const
{
    const int list = ssh_userauth_list(m_session.get(), nullptr);
    QStringList words;
    if (list & SSH_AUTH_METHOD_PUBLICKEY)
        words << u"a key"_s;
    if (list & SSH_AUTH_METHOD_PASSWORD)
        words << u"a password"_s;
    if (list & SSH_AUTH_METHOD_INTERACTIVE)
        words << u"questions and answers"_s;
    if (list & SSH_AUTH_METHOD_GSSAPI_MIC)
        words << u"Kerberos"_s;
    return words.isEmpty() ? u"nothing that is known here"_s : words.join(u", "_s);
}

QString SshWire::notice() const
{
    char *text = ssh_get_issue_banner(m_session.get());
    const QString shown = QString::fromUtf8(text).left(4096);
    ssh_string_free_char(text);
    return shown;
}

// A host whose PAM lets an account not in says why as a notice, and hangs up: nobody needs to try that again.
Unexpected SshWire::lost() const
{
    const QString said = notice();
    if (const auto fault = SignInRefusal::fromWords(m_said + u'\n' + said))
        return fail(ErrorKind::Auth,
                    u"%1: %2 (it says \"%3\")"_s.arg(m_target.text(), SignInRefusal::wayOn(*fault), (m_said + said).simplified().left(300)), *fault);
    return fail(ErrorKind::Ssh,
                u"%1 ended the connection during the sign-in: %2"_s.arg(m_target.address.text(), QString::fromUtf8(ssh_get_error(m_session.get()))));
}

Unexpected SshWire::refused() const
{
    QString text = m_tried.isEmpty() ? u"%1: there is nothing to sign in with that the host takes"_s.arg(m_target.text())
                                     : u"%1: %2 refused"_s.arg(m_target.text(), m_tried.join(u", "_s));
    text += u"; it takes %1"_s.arg(accepted());
    if (!m_troubles.isEmpty())
        text += u". "_s + m_troubles.join(u". "_s);
    if (SignInRefusal::fromWords(m_said))
        text += u". It says \"%1\""_s.arg(m_said.simplified().left(300));
    const bool byPassword = m_tried.contains(u"the password"_s) || m_tried.contains(u"the answers"_s);
    const QString fault = SignInRefusal::fromWords(m_said).value_or(byPassword              ? SignInRefusal::Password
                                                                        : m_tried.isEmpty() ? QString()
                                                                                            : SignInRefusal::Key);
    return fail(ErrorKind::Auth, fault.isEmpty() ? text : text + u". "_s + SignInRefusal::wayOn(fault), fault);
}

Result<SshWire::Try> SshWire::outcome(const Result<int> &code, const QString &method)
{
    if (!code)
        return fail(code.error());
    switch (*code) {
    case SSH_AUTH_SUCCESS:
        return Try::Good;
    case SSH_AUTH_PARTIAL:
        return Try::Partial;
    case SSH_AUTH_DENIED:
        m_tried << method;
        return Try::Refused;
    default:
        return ssh_is_connected(m_session.get()) ? Result<Try>(Try::Refused) : lost();
    }
}

Result<SshWire::Try> SshWire::tryAgent()
{
    if (!m_target.credential.agent)
        return Try::NotOffered;
    const QString method = u"the keys of the agent"_s;
    if (m_agent < 0 && (m_agent = AgentGuard::connectTo(m_target.credential.agentSocket)) >= 0)
        ssh_set_agent_socket(m_session.get(), m_agent);
    if (m_agent < 0)
        return outcome(settle(SSH_AUTH_AGAIN, [this] { return ssh_userauth_agent(m_session.get(), nullptr); }), method);
    const AgentGuard guard(m_agent, m_deadline, m_token);
    const auto code = settle(SSH_AUTH_AGAIN, [this] { return ssh_userauth_agent(m_session.get(), nullptr); });
    if (guard.wasCut())
        return m_token.stop_requested() ? fail(ErrorKind::Cancelled, {})
                                        : fail(ErrorKind::Timeout, u"the key agent of this computer did not answer in time"_s, u"agent"_s);
    return outcome(code, method);
}

Result<SshWire::Try> SshWire::tryKey()
{
    if (m_target.credential.keyFile.isEmpty())
        return Try::NotOffered;
    const auto key = readKey(m_target.credential);
    if (!key) {
        m_troubles << key.error().detail;
        return Try::NotOffered;
    }
    return outcome(settle(SSH_AUTH_AGAIN, [&] { return ssh_userauth_publickey(m_session.get(), nullptr, key->get()); }), u"the key file"_s);
}

Result<SshWire::Try> SshWire::tryPassword()
{
    if (m_target.credential.password.isEmpty() || m_passwordGiven)
        return Try::NotOffered;
    m_passwordGiven = true;
    return outcome(
        settle(SSH_AUTH_AGAIN, [this] { return ssh_userauth_password(m_session.get(), nullptr, m_target.credential.password.constData()); }),
        u"the password"_s);
}

Result<std::optional<QByteArray>> SshWire::askPerson(const QString &prompt, bool echo)
{
    if (!m_target.credential.answer)
        return std::optional<QByteArray>();
    const auto text = [](const char *words) { return QString::fromUtf8(words).left(1024); };
    const SshQuestion question{text(ssh_userauth_kbdint_getname(m_session.get())), text(ssh_userauth_kbdint_getinstruction(m_session.get())),
                               prompt.left(1024), echo};
    const Time since = std::chrono::steady_clock::now();
    auto answer = m_target.credential.answer(question, m_token);
    m_deadline += std::chrono::steady_clock::now() - since; // a person's time is not the host's
    if (m_token.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    return answer;
}

// The password answers the first question that hides what is typed; all others go to the person.
Result<SshWire::Try> SshWire::answerPrompts(bool *byPerson)
{
    if (const char *words = ssh_userauth_kbdint_getinstruction(m_session.get()))
        m_said = (m_said + QString::fromUtf8(words).left(1024) + u'\n').left(4096);
    const int count = ssh_userauth_kbdint_getnprompts(m_session.get());
    for (int i = 0; i < count; ++i) {
        char echo = 0;
        const QString prompt = QString::fromUtf8(ssh_userauth_kbdint_getprompt(m_session.get(), static_cast<unsigned>(i), &echo));
        m_said = (m_said + prompt.left(1024) + u'\n').left(4096); // what PAM has to say stands before its question
        std::optional<QByteArray> answer;
        if (!echo && !m_passwordGiven && !m_target.credential.password.isEmpty()) {
            answer = m_target.credential.password;
            m_passwordGiven = true;
        } else {
            auto asked = askPerson(prompt, echo != 0);
            if (!asked)
                return fail(asked.error());
            answer = std::move(*asked);
            *byPerson = true;
        }
        if (!answer) {
            m_troubles << u"the host asks \"%1\", and there is no answer"_s.arg(prompt.trimmed().left(200));
            return Try::Refused;
        }
        if (ssh_userauth_kbdint_setanswer(m_session.get(), static_cast<unsigned>(i), answer->constData()) != 0)
            return fail(ErrorKind::Internal, u"an answer could not be taken"_s);
    }
    return Try::Partial;
}

// Not where it would only ask for what was refused already, nor a person for the password of a host whose key should have done.
bool SshWire::mayInteract() const
{
    const SshCredential &credential = m_target.credential;
    if (!credential.password.isEmpty())
        return !m_passwordGiven;
    const bool isPart = !m_spent.isEmpty(), isAll = !credential.agent && credential.keyFile.isEmpty();
    return credential.answer && (isPart || isAll);
}

Result<SshWire::Try> SshWire::tryInteractive()
{
    if (!mayInteract())
        return Try::NotOffered;
    bool byPerson = false;
    for (int round = 0; round < mostRounds; ++round) {
        const auto code = settle(SSH_AUTH_AGAIN, [this] { return ssh_userauth_kbdint(m_session.get(), nullptr, nullptr); });
        if (!code || *code != SSH_AUTH_INFO)
            return outcome(code, byPerson ? u"the answers"_s : u"the password"_s);
        const auto given = answerPrompts(&byPerson);
        if (!given || *given == Try::Refused)
            return given;
    }
    return fail(ErrorKind::Auth, u"%1 does not stop asking"_s.arg(m_target.text()));
}

Result<SshWire::Try> SshWire::tryAll()
{
    struct Method {
        unsigned bit;
        const char *name;
        Result<Try> (SshWire::*run)();
    };
    static constexpr Method methods[] = {{SSH_AUTH_METHOD_PUBLICKEY, "agent", &SshWire::tryAgent},
                                         {SSH_AUTH_METHOD_PUBLICKEY, "key", &SshWire::tryKey},
                                         {SSH_AUTH_METHOD_PASSWORD, "password", &SshWire::tryPassword},
                                         {SSH_AUTH_METHOD_INTERACTIVE, "interactive", &SshWire::tryInteractive}};
    const auto list = static_cast<unsigned>(ssh_userauth_list(m_session.get(), nullptr));
    std::array order{methods[0], methods[1], methods[2], methods[3]};
    if (m_target.credential.answer)
        std::swap(order[2], order[3]);
    for (const Method &method : order) {
        if (!(list & method.bit) || m_spent.contains(QLatin1String(method.name)))
            continue;
        const auto tried = (this->*method.run)();
        if (!tried || *tried == Try::Good)
            return tried;
        if (*tried == Try::Partial) {
            m_spent << QLatin1String(method.name);
            m_passwordGiven = false; // the next part may want it again
            return tried;
        }
    }
    return Try::Refused;
}

Result<void> SshWire::signIn()
{
    auto tried = outcome(settle(SSH_AUTH_AGAIN, [this] { return ssh_userauth_none(m_session.get(), nullptr); }), u"nothing"_s);
    m_tried.clear();
    for (int round = 0; tried && *tried != Try::Good && round < mostRounds; ++round) {
        tried = tryAll();
        if (tried && *tried == Try::Refused)
            return refused();
    }
    if (!tried)
        return fail(tried.error());
    return *tried == Try::Good ? Result<void>() : refused();
}

} // namespace kboss
