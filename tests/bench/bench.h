#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace kboss::bench {

enum class BenchClock { Cpu, Wall }; // CPU time of all threads of this process

inline double nowMs(BenchClock clock)
{
    if (clock == BenchClock::Wall)
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

inline double measureMs(BenchClock clock, const std::function<void()> &work)
{
    const double begin = nowMs(clock);
    work();
    return nowMs(clock) - begin;
}

inline double quantile(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[std::min(values.size() - 1, static_cast<size_t>(q * static_cast<double>(values.size())))];
}

inline double median(std::vector<double> values)
{
    return quantile(std::move(values), 0.5);
}

struct Measured {
    double product = 0, floor = 0; // medians, ms
    double ratio = 0; // median of the rounds' own ratios product / floor
};

// A B A B …: neighbouring rounds see the same machine.
inline Measured interleaved(BenchClock clock, int rounds, const std::function<void()> &product, const std::function<void()> &floor)
{
    std::vector<double> products, floors, ratios;
    for (int round = 0; round < rounds; ++round) {
        floors.push_back(measureMs(clock, floor));
        products.push_back(measureMs(clock, product));
        ratios.push_back(products.back() / floors.back());
    }
    return {median(products), median(floors), median(ratios)};
}

// "goal 8: ratio 0.85 (goal >= 0.8) first sync …". `met` is said in words, so that a table can be read off.
inline void report(const std::string &goal, double ratio, const std::string &limit, bool met, const std::string &what)
{
    std::printf("goal %s: ratio %.3g (goal %s) %s — %s\n", goal.c_str(), ratio, limit.c_str(), met ? "met" : "NOT met", what.c_str());
    std::fflush(stdout);
}

inline std::string ms(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g ms", value);
    return text;
}

} // namespace kboss::bench
