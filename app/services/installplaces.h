#pragma once

#include "app/cluster/installplan.h"
#include "app/ssh/sshtarget.h"

namespace kboss {

// Where the hosts of a plan are, and those that are only gone through; these come first. Internal to app/services.
struct InstallPlace {
    QString host; // name in the plan, or the text of a jump host that is none of it
    SshAddress address;
    QString user, jump; // jump: `host` of another place
    bool isJumpOnly = false;
    friend bool operator==(const InstallPlace &, const InstallPlace &) = default;
};
std::vector<InstallPlace> placesOf(const InstallPlan &plan); // each once; hosts without an address or name are left out
const InstallPlace *placeNamed(const std::vector<InstallPlace> &places, const QString &host); // null = none

// "user@address:port"; nothing when it is none.
std::optional<InstallPlace> readJump(const QString &text);

} // namespace kboss
