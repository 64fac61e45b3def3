#pragma once

#include "app/cluster/installrunner.h"

#include <condition_variable>
#include <deque>
#include <thread>
#include <variant>

namespace kboss {

// Tells an observer on a thread of its own, one call at a time, so that a slow one keeps nobody waiting. What it has not heard yet is kept: all changes of states
// (of progress within one state only the last), and log lines up to a bound; beyond it lines are left out, and a line says how many. Any thread.
class ObserverQueue {
public:
    static constexpr size_t s_mostLines = 100'000;

    explicit ObserverQueue(InstallRunner::Observer observer);
    ~ObserverQueue(); // nothing is told any more

    void changed(const StepStatus &status);
    void logged(StepLogLine line);
    void ended();

private:
    struct Ended { };
    using Item = std::variant<StepStatus, StepLogLine, Ended>;

    void run(const std::stop_token &stop);
    void tell(const Item &item) const;

    const InstallRunner::Observer m_observer;
    std::mutex m_mutex;
    std::condition_variable_any m_news;
    std::deque<Item> m_items;
    size_t m_lines = 0, m_leftOut = 0; // of m_items; since the last line
    std::map<QString, size_t> m_latest; // step -> number of its last item
    size_t m_first = 0; // number of the front item
    std::jthread m_thread; // last: uses all of the above
};

} // namespace kboss
