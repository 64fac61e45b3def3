#pragma once

#include "app/cluster/hostchecks.h"

namespace kboss {

// Checks that need more than one host. Results have the group Across, one for each host.

struct HostToCheck {
    const PlanHost *host = nullptr;
    const HostFacts *facts = nullptr; // null: not read; the host's results are Unknown
    RemoteHost *remote = nullptr; // null: not connected
};

// Names, machine-ids, product_uuids, MACs, addresses; clocks against their median; MTU; overlap of the pod and service ranges. From the facts alone.
std::vector<CheckResult> judgeAcross(const InstallPlan &plan, const std::vector<HostToCheck> &hosts);

// A port that one host has to reach on another.
struct ReachPort {
    int port = 0;
    bool isUdp = false;
    friend bool operator==(const ReachPort &, const ReachPort &) = default;
};
std::vector<ReachPort> portsBetween(const InstallPlan &plan, const PlanHost &from, const PlanHost &to); // 6443, 2379, 2380, 10250, and the network add-on's
QStringList portsInto(const InstallPlan &plan, const PlanHost &to); // the same from all others (of a single host: from itself): "6443/tcp", "8472/udp"

struct ReachAnswer {
    enum class State {
        Open, // answered
        Refused, // reached, nobody listened
        Filtered, // no answer in time, or told to keep out
        NotTested, // `detail` says why
    };
    QString from, to; // hosts of the plan
    ReachPort port;
    State state = State::NotTested;
    QString detail; // "timed out", the system's words
};

// Each to each: listens on every host for some seconds where nobody does yet, and connects from all others. Leaves nothing behind. 30 hosts: about 10 s.
std::vector<ReachAnswer> testReach(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, CancelToken token = {});
std::vector<CheckResult> judgeReach(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, const std::vector<ReachAnswer> &answers); // "PortReach"

// What the hosts take the names of the plan for: "DNS". Asks the hosts.
std::vector<CheckResult> checkNames(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, CancelToken token = {});

// All of the above. `found` on the calling thread.
std::vector<CheckResult> checkAcross(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, CancelToken token = {},
                                     const std::function<void(const CheckResult &)> &found = {});

} // namespace kboss
