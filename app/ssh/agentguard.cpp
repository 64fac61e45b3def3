#include "app/ssh/agentguard.h"

#include <QFile>
#include <condition_variable>
#include <cstring>
#include <mutex>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace kboss {

int AgentGuard::connectTo(const QString &socket)
{
#ifdef Q_OS_UNIX
    const QByteArray path = socket.isEmpty() ? qgetenv("SSH_AUTH_SOCK") : QFile::encodeName(socket);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.isEmpty() || static_cast<size_t>(path.size()) >= sizeof address.sun_path)
        return -1;
    std::memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
#else
    Q_UNUSED(socket);
    return -1;
#endif
}

AgentGuard::AgentGuard(int fd, std::chrono::steady_clock::time_point deadline, const CancelToken &token)
    : m_thread([this, fd, deadline, token](const std::stop_token &over) {
          std::mutex mutex;
          std::condition_variable_any changed;
          const std::stop_callback onCancel(token, [&] {
              const std::lock_guard lock(mutex);
              changed.notify_all();
          });
          std::unique_lock lock(mutex);
          changed.wait_until(lock, over, deadline, [&token] { return token.stop_requested(); });
          if (over.stop_requested())
              return;
          m_cut = true;
#ifdef Q_OS_UNIX
          ::shutdown(fd, SHUT_RDWR);
#else
          Q_UNUSED(fd);
#endif
      })
{
}

AgentGuard::~AgentGuard() = default;

} // namespace kboss
