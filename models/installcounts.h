#pragma once

#include <QString>

namespace kboss {

// Things with their number, in both languages' grammar: "1 host", "2 hosts".
enum class Counted {
    Hosts,
    Workers,
    ControlPlanes,
    Installations,
    Checks,
    Changes,
    Steps,
    FailedSteps,
    Keys,
    Lines,
    Packages,
    Archives,
    Manifests,
    Pods,
    Nodes,
};
QString countText(Counted what, qint64 number);

} // namespace kboss
