#pragma once

#include <QString>
#include <compare>

namespace kboss {

// Where a host listens. A value.
struct SshAddress {
    QString host; // name or address, IPv6 without brackets
    quint16 port = 22;

    // "10.0.0.5:22", "[fe80::1]:22": the name under which keys are pinned.
    QString text() const
    {
        return (host.contains(u':') ? u'[' + host + u']' : host.toLower()) + u':' + QString::number(port);
    }
    friend bool operator==(const SshAddress &, const SshAddress &) = default;
};

} // namespace kboss
