#pragma once

#include "app/base/canceltoken.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace kboss {

// Asks for the end of what takes too long, on one thread for all. Any thread.
class Deadlines {
public:
    Deadlines();

    // Asks `source` once `ms` are over, unless it has been destroyed before.
    class Guard {
    public:
        Guard(Deadlines &deadlines, int ms, CancelSource source);
        ~Guard();
        Guard(const Guard &) = delete;
        Guard &operator=(const Guard &) = delete;
        bool isOver() const; // it was asked

    private:
        Deadlines &m_deadlines;
        const std::chrono::steady_clock::time_point m_due;
        const std::uint64_t m_number;
    };

private:
    struct Entry {
        std::uint64_t number;
        CancelSource source;
    };
    void run(const std::stop_token &stop);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::multimap<std::chrono::steady_clock::time_point, Entry> m_entries;
    std::uint64_t m_last = 0;
    std::jthread m_thread; // last: uses all of the above
};

} // namespace kboss
