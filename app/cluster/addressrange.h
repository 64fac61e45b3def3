#pragma once

#include <QHostAddress>
#include <optional>

namespace kboss {

// A range of addresses as CIDR writes it. A value; any thread.
struct AddressRange {
    QHostAddress base; // its first address
    int bits = 0; // of the network

    static std::optional<AddressRange> parse(const QString &text); // "10.244.0.0/16"; strictly: no rest of the address beyond the bits, no leading zeros

    bool contains(const QHostAddress &address) const;
    bool overlaps(const AddressRange &other) const;
    int hostBits() const; // 16 of a /16 of IPv4
};

std::optional<QHostAddress> parseAddress(const QString &text); // IPv4 with four parts, or IPv6 without a scope

} // namespace kboss
