#include "app/main/service_parent.h"

#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif
#ifdef Q_OS_UNIX
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#else
#include <condition_variable>
#include <mutex>
#endif

namespace kboss::service {

using namespace Qt::StringLiterals;

namespace {

void drainInput()
{
    char buffer[4096];
    while (std::fread(buffer, 1, sizeof buffer, stdin) > 0) { }
}

#ifdef Q_OS_UNIX
sigset_t endSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}
#else
std::mutex endMutex;
std::condition_variable endCondition;
bool ended = false;

void end(int = 0)
{
    const std::lock_guard lock(endMutex);
    ended = true;
    endCondition.notify_all();
}
#endif

} // namespace

void leaveNoCore()
{
#ifdef Q_OS_UNIX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
}

void blockEndSignals()
{
#ifdef Q_OS_UNIX
    const sigset_t set = endSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
#else
    std::signal(SIGTERM, end);
    std::signal(SIGINT, end);
#endif
}

void endWithParent()
{
#ifdef Q_OS_LINUX
    prctl(PR_SET_PDEATHSIG, SIGTERM); // one that ended before is seen by its end of standard input
#endif
}

Result<QByteArray> readChildToken()
{
    std::string line;
    for (int c = std::getc(stdin); c != EOF && c != '\n' && line.size() < 64 * 1024; c = std::getc(stdin))
        line += static_cast<char>(c);
    const auto json = nlohmann::json::parse(line, nullptr, false);
    const auto token = json.is_object() ? json.find("token") : json.end();
    if (!json.is_object() || token == json.end() || !token->is_string() || token->get_ref<const std::string &>().empty())
        return fail(ErrorKind::Rejected, u"--child needs a line {\"token\": \"…\"} on standard input"_s);
    return QByteArray::fromStdString(token->get<std::string>());
}

void waitForEnd(bool watchInput)
{
#ifdef Q_OS_UNIX
    if (watchInput) {
        std::thread([] {
            drainInput();
            kill(getpid(), SIGTERM);
        }).detach();
    }
    const sigset_t set = endSignals();
    int taken = 0;
    sigwait(&set, &taken);
#else
    if (watchInput) {
        std::thread([] {
            drainInput();
            end();
        }).detach();
    }
    std::unique_lock lock(endMutex);
    endCondition.wait(lock, [] { return ended; });
#endif
}

} // namespace kboss::service
