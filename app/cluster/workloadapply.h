#pragma once

#include "app/base/result.h"
#include "app/cluster/workload.h"

#include <functional>

namespace kboss {

// kubectl with its cluster, wherever it runs: standard output of the program, or an error as of Kubectl::run().
using RunKubectl = std::function<Result<QByteArray>(const QStringList &arguments, const QByteArray &input, int seconds)>;

// Makes or changes a workload; doing it twice is doing it once. What it had with another controller or port mode goes, its disks stay. A Job or a bare pod that
// cannot be changed is made anew. Any thread; blocks.
Result<void> applyWorkload(const Workload &workload, const WorkloadNames &names, const RunKubectl &kubectl);

// All its objects and disks; none there = done. The namespace stays: others live in it. Of the workload only id, controller and port mode count.
Result<void> removeWorkload(const Workload &workload, const WorkloadNames &names, const RunKubectl &kubectl);

} // namespace kboss
