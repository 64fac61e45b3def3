// In every process of an InstallHost (its /etc/ld.so.preload): writes down with which words and environment it began, tells it the host's time, and
// shows it the host's sockets alone, since all hosts share one network.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

time_t offset = 0;

void note(const char *file, char **words)
{
    const int to = ::open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (to < 0)
        return;
    size_t size = 1;
    for (char **word = words; *word; ++word)
        size += std::strlen(*word) + 1;
    if (char *text = static_cast<char *>(std::malloc(size))) {
        char *end = text;
        for (char **word = words; *word; ++word) {
            for (const char *c = *word; *c; ++c)
                *end++ = *c == '\n' ? '\036' : *c;
            *end++ = '\037';
        }
        *end++ = '\n';
        if (::write(to, text, size_t(end - text)) < 0)
            ::close(to);
        else
            ::close(to);
        std::free(text);
    } else {
        ::close(to);
    }
}

bool isSocketList(const char *path)
{
    return std::strcmp(path, "/proc/net/tcp") == 0 || std::strcmp(path, "/proc/net/tcp6") == 0;
}

// A copy of the list with the lines of the host's own address.
int ownSockets(const char *path)
{
    char own[16] = {};
    const int file = int(::syscall(SYS_openat, AT_FDCWD, "/usr/lib/installhost/sockets", O_RDONLY | O_CLOEXEC));
    if (file >= 0) {
        if (::read(file, own, 8) < 8)
            own[0] = '-';
        ::close(file);
    }
    const int list = int(::syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC));
    FILE *from = list < 0 ? nullptr : ::fdopen(list, "r");
    if (!from)
        return -1;
    const int to = ::memfd_create("tcp", 0);
    char line[512];
    bool first = true;
    while (std::fgets(line, sizeof line, from)) {
        const char *colon = std::strchr(line, ':');
        if (first || (colon && std::strncmp(colon + 2, own, 8) == 0 && colon[10] == ':'))
            ::dprintf(to, "%s", line);
        first = false;
    }
    std::fclose(from);
    ::lseek(to, 0, SEEK_SET);
    return to;
}

int openAny(int folder, const char *path, int flags, mode_t mode)
{
    return isSocketList(path) ? ownSockets(path) : int(::syscall(SYS_openat, folder, path, flags, mode));
}

__attribute__((constructor)) void begin(int, char **argv, char **envp)
{
    const int file = ::open("/usr/lib/installhost/clock", O_RDONLY | O_CLOEXEC);
    char text[32] = {};
    if (file >= 0) {
        if (::read(file, text, sizeof text - 1) > 0)
            offset = std::atol(text);
        ::close(file);
    }
    note("/usr/lib/installhost/argv.log", argv);
    note("/usr/lib/installhost/environ.log", envp);
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const int result = int(::syscall(SYS_clock_gettime, clock, time));
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += offset;
    return result;
}

int gettimeofday(timeval *__restrict time, void *__restrict) noexcept
{
    timespec now{};
    const int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}

int clock_settime(clockid_t, const timespec *time) noexcept // the host's clock, never the machine's
{
    timespec real{};
    ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
    const int file = ::open("/usr/lib/installhost/clock", O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (file < 0)
        return -1;
    ::dprintf(file, "%ld", long(time->tv_sec - real.tv_sec));
    return ::close(file);
}

int settimeofday(const timeval *time, const struct timezone *) noexcept
{
    const timespec to{time->tv_sec, time->tv_usec * 1000};
    return clock_settime(CLOCK_REALTIME, &to);
}

time_t time(time_t *to) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (to)
        *to = now.tv_sec;
    return now.tv_sec;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return openAny(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return openAny(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return openAny(folder, path, flags, mode);
}

int __open_2(const char *path, int flags)
{
    return openAny(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags)
{
    return openAny(AT_FDCWD, path, flags, 0);
}

FILE *fopen(const char *path, const char *mode)
{
    using Open = FILE *(*)(const char *, const char *);
    static const auto real = reinterpret_cast<Open>(::dlsym(RTLD_NEXT, "fopen"));
    return isSocketList(path) ? ::fdopen(ownSockets(path), mode) : real(path, mode);
}
}
