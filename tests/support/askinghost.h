#pragma once

#include <QByteArray>
#include <atomic>
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <thread>
#include <vector>

namespace kboss::test {

// An SSH server on loopback that signs people in by password and by questions, and counts. Lets nobody do anything. Ends with this object.
class AskingHost {
public:
    struct Manner {
        int methods = SSH_AUTH_METHOD_INTERACTIVE; // that it takes
        QByteArray password;
        QByteArray code; // asked for after the password; empty = not. With one the method "password" alone never does
        QByteArray title, text; // of the questions
    };
    explicit AskingHost(Manner manner) : m_manner(std::move(manner)) { }
    ~AskingHost()
    {
        m_end = true;
        if (m_thread.joinable())
            m_thread.join();
        if (m_bind)
            ssh_bind_free(m_bind);
    }

    bool start()
    {
        ssh_key key = nullptr;
        const char *address = "127.0.0.1";
        m_bind = ssh_bind_new();
        const bool no = false;
        unsigned int port = 0;
        if (!m_bind || ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK || ssh_bind_options_set(m_bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no) < 0
            || ssh_bind_options_set(m_bind, SSH_BIND_OPTIONS_BINDADDR, address) < 0 || ssh_bind_options_set(m_bind, SSH_BIND_OPTIONS_IMPORT_KEY, key) < 0
            || ssh_bind_options_set(m_bind, SSH_BIND_OPTIONS_BINDPORT, &port) < 0 || ssh_bind_listen(m_bind) != SSH_OK)
            return false;
        m_port = portOf(ssh_bind_get_fd(m_bind));
        m_thread = std::thread([this] { serve(); });
        return m_port != 0;
    }

    quint16 port() const { return m_port; }
    int passwordsSeen() const { return m_passwords; }
    int signedIn() const { return m_signedIn; }

private:
    static quint16 portOf(int fd);
    static bool isReady(int fd);

    void serve()
    {
        std::vector<std::thread> all;
        while (!m_end) {
            if (!isReady(ssh_bind_get_fd(m_bind)))
                continue;
            ssh_session session = ssh_new();
            if (ssh_bind_accept(m_bind, session) == SSH_OK)
                all.emplace_back([this, session] { talk(session); });
            else
                ssh_free(session);
        }
        for (std::thread &one : all)
            one.join();
    }

    void talk(ssh_session session)
    {
        ssh_set_auth_methods(session, m_manner.methods);
        if (ssh_handle_key_exchange(session) == SSH_OK) {
            bool isIn = false;
            while (!isIn && !m_end) {
                ssh_message message = ssh_message_get(session);
                if (!message)
                    break;
                isIn = answer(session, message);
                ssh_message_free(message);
            }
            while (isIn && !m_end) { // until the other side goes
                ssh_message message = ssh_message_get(session);
                if (!message)
                    break;
                ssh_message_reply_default(message);
                ssh_message_free(message);
            }
        }
        ssh_disconnect(session);
        ssh_free(session);
    }

    bool let(ssh_message message, bool in)
    {
        m_signedIn += in ? 1 : 0;
        if (in)
            return ssh_message_auth_reply_success(message, 0) == SSH_OK;
        ssh_message_auth_set_methods(message, m_manner.methods);
        ssh_message_reply_default(message);
        return false;
    }

    bool answer(ssh_session session, ssh_message message)
    {
        if (ssh_message_type(message) == SSH_REQUEST_SERVICE) {
            ssh_message_service_reply_success(message);
            return false;
        }
        if (ssh_message_type(message) != SSH_REQUEST_AUTH) {
            ssh_message_reply_default(message);
            return false;
        }
        if (ssh_message_subtype(message) == SSH_AUTH_METHOD_PASSWORD) {
            ++m_passwords;
            QT_WARNING_PUSH
            QT_WARNING_DISABLE_DEPRECATED // there is no other way without callbacks
            const char *password = ssh_message_auth_password(message);
            QT_WARNING_POP
            return let(message, m_manner.code.isEmpty() && m_manner.password == password);
        }
        if (ssh_message_subtype(message) != SSH_AUTH_METHOD_INTERACTIVE)
            return let(message, false);
        if (ssh_message_auth_kbdint_is_response(message)) {
            ++m_passwords;
            const char *password = ssh_userauth_kbdint_getanswer(session, 0);
            const char *code = m_manner.code.isEmpty() ? "" : ssh_userauth_kbdint_getanswer(session, 1);
            return let(message, password && code && m_manner.password == password && m_manner.code == code);
        }
        const char *prompts[] = {"Password: ", "Verification code: "};
        char echo[] = {0, 1};
        ssh_message_auth_interactive_request(message, m_manner.title.constData(), m_manner.text.constData(), m_manner.code.isEmpty() ? 1 : 2, prompts, echo);
        return false;
    }

    const Manner m_manner;
    ssh_bind m_bind = nullptr;
    std::thread m_thread;
    std::atomic_bool m_end = false;
    std::atomic_int m_passwords = 0, m_signedIn = 0;
    quint16 m_port = 0;
};

} // namespace kboss::test

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

inline quint16 kboss::test::AskingHost::portOf(int fd)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    return ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) == 0 ? ntohs(address.sin_port) : quint16(0);
}

inline bool kboss::test::AskingHost::isReady(int fd)
{
    pollfd wait{fd, POLLIN, 0};
    return ::poll(&wait, 1, 50) > 0;
}
