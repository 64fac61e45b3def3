#include "tests/support/host/cutproxy.h"

#include <QByteArray>
#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <list>
#include <mutex>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace kboss::test {

namespace {

constexpr qsizetype mostWaiting = 256 * 1024; // bytes that one direction holds back

sockaddr_in addressOf(const QByteArray &address, quint16 port)
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address.constData(), &to.sin_addr);
    return to;
}

void setUp(int fd)
{
    const int on = 1;
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void reset(int fd)
{
    const linger hard{1, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(fd);
}

struct Way {
    int from = -1, to = -1;
    QByteArray waiting;
    bool ended = false, told = false; // nothing more comes; the other side knows
};

struct Relay {
    Way up, down; // towards the server, and back
    bool isOver() const { return up.told && down.told; }
};

} // namespace

struct CutProxy::Private {
    sockaddr_in target{};
    int listener = -1;
    quint16 port = 0;
    int wakeRead = -1, wakeWrite = -1;
    std::atomic_bool over = false, frozen = false, refusing = false, cutNow = false;
    std::atomic<qint64> limit = -1, toServer = 0, taken = 0;
    std::atomic_int open = 0;
    std::list<Relay> relays; // of the thread
    std::thread thread;

    void run();
    void takeOne();
    bool step(Way &way, const pollfd &from, const pollfd &to, bool isUp);
    void end(Relay &relay, bool hard);
    void endAll();
    void wake() { [[maybe_unused]] const ssize_t done = ::write(wakeWrite, "x", 1); }
};

void CutProxy::Private::takeOne()
{
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0)
        return;
    if (refusing) {
        reset(client);
        return;
    }
    ++taken;
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(server, reinterpret_cast<const sockaddr *>(&target), sizeof target) != 0) {
        ::close(server);
        reset(client);
        return;
    }
    setUp(client);
    setUp(server);
    relays.push_back({{client, server, {}, false, false}, {server, client, {}, false, false}});
    ++open;
}

// false = the connection is broken
bool CutProxy::Private::step(Way &way, const pollfd &from, const pollfd &to, bool isUp)
{
    if ((from.revents & (POLLIN | POLLHUP | POLLERR)) && !way.ended && way.waiting.size() < mostWaiting) {
        char block[65536];
        const ssize_t size = ::recv(way.from, block, sizeof block, 0);
        if (size > 0) {
            way.waiting.append(block, size);
            if (isUp && limit >= 0 && (limit -= size) < 0) {
                limit = -1;
                return false;
            }
            toServer += isUp ? size : 0;
        } else if (size == 0) {
            way.ended = true;
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        }
    }
    if (!way.waiting.isEmpty() && (to.revents & POLLOUT)) {
        const ssize_t size = ::send(way.to, way.waiting.constData(), size_t(way.waiting.size()), MSG_NOSIGNAL);
        if (size > 0)
            way.waiting.remove(0, size);
        else if (errno != EAGAIN && errno != EINTR)
            return false;
    }
    if (way.ended && way.waiting.isEmpty() && !way.told) {
        ::shutdown(way.to, SHUT_WR);
        way.told = true;
    }
    return true;
}

void CutProxy::Private::end(Relay &relay, bool hard)
{
    for (const int fd : {relay.up.from, relay.up.to})
        hard ? reset(fd) : void(::close(fd));
    --open;
}

void CutProxy::Private::endAll()
{
    for (Relay &relay : relays)
        end(relay, true);
    relays.clear();
}

void CutProxy::Private::run()
{
    while (!over) {
        if (cutNow.exchange(false))
            endAll();
        std::vector<pollfd> fds{{wakeRead, POLLIN, 0}, {listener, POLLIN, 0}};
        for (const Relay &relay : relays) {
            const auto events = [](const Way &in, const Way &out) {
                return short((!in.ended && in.waiting.size() < mostWaiting ? POLLIN : 0) | (!out.waiting.isEmpty() ? POLLOUT : 0));
            };
            fds.push_back({frozen ? -1 : relay.up.from, events(relay.up, relay.down), 0});
            fds.push_back({frozen ? -1 : relay.up.to, events(relay.down, relay.up), 0});
        }
        if (::poll(fds.data(), fds.size(), -1) < 0)
            continue;
        char words[64];
        if (fds[0].revents && ::read(wakeRead, words, sizeof words) < 0)
            continue;
        size_t at = 2;
        for (auto relay = relays.begin(); relay != relays.end(); at += 2) {
            const bool good = frozen || (step(relay->up, fds[at], fds[at + 1], true) && step(relay->down, fds[at + 1], fds[at], false));
            if (!good || relay->isOver()) {
                end(*relay, !good);
                relay = relays.erase(relay);
            } else {
                ++relay;
            }
        }
        if (fds[1].revents)
            takeOne();
    }
    endAll();
}

CutProxy::CutProxy(const QByteArray &address, quint16 port) : d(std::make_unique<Private>())
{
    d->target = addressOf(address, port);
    d->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own = addressOf("127.0.0.1", 0);
    socklen_t size = sizeof own;
    int pipes[2] = {-1, -1};
    if (::bind(d->listener, reinterpret_cast<const sockaddr *>(&own), size) != 0 || ::listen(d->listener, 64) != 0
        || ::pipe2(pipes, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    ::getsockname(d->listener, reinterpret_cast<sockaddr *>(&own), &size);
    d->port = ntohs(own.sin_port);
    d->wakeRead = pipes[0];
    d->wakeWrite = pipes[1];
    d->thread = std::thread([this] { d->run(); });
}

CutProxy::~CutProxy()
{
    d->over = true;
    d->wake();
    if (d->thread.joinable())
        d->thread.join();
    for (const int fd : {d->listener, d->wakeRead, d->wakeWrite})
        ::close(fd);
}

quint16 CutProxy::port() const
{
    return d->port;
}

void CutProxy::cut()
{
    d->cutNow = true;
    d->wake();
}

void CutProxy::refuse(bool on)
{
    d->refusing = on;
    if (on)
        cut();
}

void CutProxy::freeze(bool on)
{
    d->frozen = on;
    d->wake();
}

void CutProxy::cutAfter(qint64 bytes)
{
    d->limit = bytes;
}

int CutProxy::connections() const
{
    return d->open;
}

qint64 CutProxy::taken() const
{
    return d->taken;
}

qint64 CutProxy::bytesToServer() const
{
    return d->toServer;
}

} // namespace kboss::test
