#include "app/cluster/reachtest.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int listenSeconds = 20; // the listeners' own end, when nobody ends them before
constexpr int readyMs = 8'000, connectMs = 15'000;
constexpr int atOnce = 12; // hosts that connect

bool wantsRoot(const std::vector<ReachPort> &ports)
{
    return std::any_of(ports.begin(), ports.end(), [](const ReachPort &one) { return one.port < 1024; });
}

// A listener on one host: runs on a thread of its own until it is told to stop.
class Listener {
public:
    Listener(const HostToCheck &host, std::vector<ReachPort> ports)
        : m_command{listenCommand(*host.facts, host.host->address, ports, listenSeconds),
                    {},
                    wantsRoot(ports) && host.facts->isRoot(),
                    (listenSeconds + 10) * 1000,
                    64 * 1024,
                    {}}
    {
        m_command.output = [this](const QByteArray &bytes, bool isError) {
            const std::lock_guard lock(m_mutex);
            if (!isError && m_said.size() < 16'384)
                m_said += bytes;
            m_changed.notify_all();
        };
        if (!m_command.words.isEmpty())
            m_thread = std::thread([this, remote = host.remote] { run(*remote); });
    }
    ~Listener()
    {
        m_stop.request_stop();
        if (m_thread.joinable())
            m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Listener)

    // What each port has become: "tcp:6443" → "open", "taken", "no". Empty when it did not begin in time.
    QHash<QString, QString> waitUntilReady(std::chrono::steady_clock::time_point end, const CancelToken &token)
    {
        std::unique_lock lock(m_mutex);
        while (m_thread.joinable() && !m_ended && !m_said.contains('\n') && !token.stop_requested() && std::chrono::steady_clock::now() < end)
            m_changed.wait_for(lock, std::chrono::milliseconds(50));
        QHash<QString, QString> ports;
        const QString line = QString::fromUtf8(m_said.left(std::max<qsizetype>(0, m_said.indexOf('\n'))));
        for (const QString &word : line.split(u' ').mid(1))
            ports.insert(word.section(u'=', 0, 0), word.section(u'=', 1));
        return ports;
    }

private:
    void run(RemoteHost &remote)
    {
        (void)remote.run(m_command, m_stop.get_token());
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_changed.notify_all();
    }

    RemoteCommand m_command;
    CancelSource m_stop;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QByteArray m_said;
    bool m_ended = false;
    std::thread m_thread;
};

bool canAsk(const HostToCheck &host)
{
    return host.facts && host.remote;
}

std::vector<ReachPort> portsOn(const InstallPlan &plan, const PlanHost &to, const std::vector<HostToCheck> &hosts)
{
    std::vector<ReachPort> ports;
    for (const HostToCheck &from : hosts) {
        for (const ReachPort &port : from.host->name == to.name ? std::vector<ReachPort>() : portsBetween(plan, *from.host, to)) {
            if (std::find(ports.begin(), ports.end(), port) == ports.end())
                ports.push_back(port);
        }
    }
    return ports;
}

void addNotTested(std::vector<ReachAnswer> &answers, const InstallPlan &plan, const PlanHost &from, const std::vector<HostToCheck> &hosts,
                  const QString &why)
{
    for (const HostToCheck &to : hosts) {
        for (const ReachPort &port : to.host->name == from.name ? std::vector<ReachPort>() : portsBetween(plan, from, *to.host)) {
            const bool known = std::any_of(answers.begin(), answers.end(), [&](const ReachAnswer &one) {
                return one.from == from.name && one.to == to.host->name && one.port == port;
            });
            if (!known)
                answers.push_back({from.name, to.host->name, port, ReachAnswer::State::NotTested, why});
        }
    }
}

std::vector<ReachAnswer> connectFrom(const InstallPlan &plan, const HostToCheck &from, const std::vector<HostToCheck> &hosts,
                                     const CancelToken &token)
{
    std::vector<ReachAnswer> answers;
    QString why = u"not connected"_s;
    if (canAsk(from)) {
        const QStringList command = connectCommand(*from.facts);
        why = u"neither python3 nor perl"_s;
        if (!command.isEmpty()) {
            const auto said = from.remote->run({command, reachOrders(plan, *from.host, hosts), false, connectMs, 1024 * 1024, {}}, token);
            if (said)
                answers = readReach(from.host->name, said->out);
            why = said ? QString::fromUtf8(said->err).trimmed().left(300) : said.error().detail;
        }
    }
    addNotTested(answers, plan, *from.host, hosts, why);
    return answers;
}

} // namespace

std::vector<ReachPort> portsBetween(const InstallPlan &plan, const PlanHost &from, const PlanHost &to)
{
    std::vector<ReachPort> ports;
    if (to.role == HostRole::ControlPlane)
        ports.push_back({6443, false});
    if (to.role == HostRole::ControlPlane && from.role == HostRole::ControlPlane) {
        ports.push_back({2379, false});
        ports.push_back({2380, false});
    }
    ports.push_back({10250, false});
    if (plan.networkAddon == u"flannel"_s)
        ports.push_back({8472, true});
    else if (plan.networkAddon == u"calico"_s) {
        ports.push_back({179, false});
        ports.push_back({4789, true});
    }
    return ports;
}

QStringList portsInto(const InstallPlan &plan, const PlanHost &to)
{
    QStringList ports;
    for (const PlanHost &from : plan.hosts) {
        for (const ReachPort &one : from.name == to.name && plan.hosts.size() > 1 ? std::vector<ReachPort>() : portsBetween(plan, from, to))
            ports << u"%1/%2"_s.arg(one.port).arg(one.isUdp ? u"udp"_s : u"tcp"_s);
    }
    ports.removeDuplicates();
    return ports;
}

std::vector<ReachAnswer> testReach(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, CancelToken token)
{
    std::vector<std::unique_ptr<Listener>> listeners;
    for (const HostToCheck &one : hosts)
        listeners.push_back(canAsk(one) ? std::make_unique<Listener>(one, portsOn(plan, *one.host, hosts)) : nullptr);
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(readyMs);
    QHash<QString, QHash<QString, QString>> ready;
    for (size_t n = 0; n < hosts.size(); ++n) {
        if (listeners[n])
            ready.insert(hosts[n].host->name, listeners[n]->waitUntilReady(end, token));
    }
    std::vector<std::vector<ReachAnswer>> parts(hosts.size());
    std::atomic<size_t> next = 0;
    std::vector<std::thread> threads;
    for (int n = 0; n < std::min<int>(atOnce, int(hosts.size())); ++n) {
        threads.emplace_back([&] {
            for (size_t i = next++; i < hosts.size() && !token.stop_requested(); i = next++)
                parts[i] = connectFrom(plan, hosts[i], hosts, token);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    std::vector<ReachAnswer> answers;
    for (std::vector<ReachAnswer> &part : parts) {
        for (ReachAnswer &one : part) {
            const QString state = ready.value(one.to).value((one.port.isUdp ? u"udp:%1"_s : u"tcp:%1"_s).arg(one.port.port));
            // Refused where a listener of ours is: something between them keeps it out. Without a listener it says that the way is free, and silence
            // over UDP nothing.
            if (one.state == ReachAnswer::State::Refused && state == u"open"_s)
                one.state = ReachAnswer::State::Filtered;
            else if (one.port.isUdp && one.state == ReachAnswer::State::Filtered && state != u"open"_s)
                one.state = ReachAnswer::State::NotTested;
            answers.push_back(std::move(one));
        }
    }
    return answers;
}

} // namespace kboss
