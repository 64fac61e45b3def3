// Every played program of an InstallHost: hands its words, environment, streams and folder to the host's first process, which plays it, and ends as
// it says.
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

bool sendAll(int to, const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t sent = ::send(to, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes += sent;
        size -= size_t(sent);
    }
    return true;
}

bool sendStreams(int to, uint32_t size)
{
    int fds[4] = {0, 1, 2, ::open(".", O_PATH | O_DIRECTORY | O_CLOEXEC)};
    for (int &fd : fds) {
        if (fd < 0 || ::fcntl(fd, F_GETFD) < 0)
            fd = ::open(&fd == fds + 3 ? "/" : "/dev/null", &fd == fds + 3 ? O_PATH | O_DIRECTORY : O_RDWR);
    }
    iovec part{&size, sizeof size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fds)] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fds);
    std::memcpy(CMSG_DATA(header), fds, sizeof fds);
    return ::sendmsg(to, &message, MSG_NOSIGNAL) == ssize_t(sizeof size);
}

} // namespace

int main(int argc, char **argv, char **envp)
{
    const char *slash = std::strrchr(argv[0], '/');
    std::string text = slash ? slash + 1 : argv[0];
    text += '\0' + std::to_string(argc - 1) + '\0';
    for (int i = 1; i < argc; ++i)
        (text += argv[i]) += '\0';
    for (char **one = envp; *one; ++one)
        (text += *one) += '\0';
    const int to = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, "/usr/lib/installhost/s");
    if (::connect(to, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return 127;
    if (!sendStreams(to, uint32_t(text.size())) || !sendAll(to, text.data(), text.size()))
        return 126;
    int32_t code = 1000 + SIGKILL;
    while (::recv(to, &code, sizeof code, MSG_WAITALL) < 0 && errno == EINTR)
        continue;
    if (code >= 1000) {
        ::kill(::getpid(), code - 1000);
        ::pause();
    }
    return code;
}
