#include "app/cluster/observerqueue.h"

namespace kboss {

using namespace Qt::StringLiterals;

ObserverQueue::ObserverQueue(InstallRunner::Observer observer) : m_observer(std::move(observer))
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

ObserverQueue::~ObserverQueue() = default; // the thread is asked to stop, and joined

void ObserverQueue::changed(const StepStatus &status)
{
    if (!m_observer.changed)
        return;
    const std::lock_guard lock(m_mutex);
    const auto known = m_latest.find(status.id);
    if (known != m_latest.end() && known->second >= m_first) {
        auto &waiting = std::get<StepStatus>(m_items[known->second - m_first]);
        if (waiting.state == status.state) {
            waiting = status;
            return;
        }
    }
    m_latest[status.id] = m_first + m_items.size();
    m_items.emplace_back(status);
    m_news.notify_one();
}

void ObserverQueue::logged(StepLogLine line)
{
    if (!m_observer.logged)
        return;
    const std::lock_guard lock(m_mutex);
    if (m_lines >= s_mostLines) {
        ++m_leftOut;
        return;
    }
    if (m_leftOut > 0) {
        StepLogLine gap = line;
        gap.kind = StepLogLine::Kind::Runner;
        gap.text = u"(%1 lines are left out here: they came faster than they could be taken)"_s.arg(m_leftOut);
        m_leftOut = 0;
        ++m_lines;
        m_items.emplace_back(std::move(gap));
    }
    ++m_lines;
    m_items.emplace_back(std::move(line));
    m_news.notify_one();
}

void ObserverQueue::ended()
{
    const std::lock_guard lock(m_mutex);
    m_items.emplace_back(Ended());
    m_news.notify_one();
}

void ObserverQueue::run(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (m_news.wait(lock, stop, [this] { return !m_items.empty(); })) {
        if (stop.stop_requested())
            return;
        const Item item = std::move(m_items.front());
        m_items.pop_front();
        ++m_first;
        m_lines -= std::holds_alternative<StepLogLine>(item);
        lock.unlock();
        tell(item);
        lock.lock();
    }
}

void ObserverQueue::tell(const Item &item) const
{
    if (const auto *status = std::get_if<StepStatus>(&item))
        m_observer.changed(*status);
    else if (const auto *line = std::get_if<StepLogLine>(&item))
        m_observer.logged(*line);
    else if (m_observer.ended)
        m_observer.ended();
}

} // namespace kboss
