#pragma once

#include "app/ssh/hostkey.h"
#include "app/ssh/sshaddress.h"

#include <vector>

namespace kboss {

// Files known_hosts as OpenSSH writes them (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): names with wildcards and negation, [name]:port, hashed names, @revoked.
// Certificate authorities are not followed.
struct KnownHostsLine {
    QByteArray names; // as they stand there
    HostKey key;
    bool revoked = false;
};

struct KnownHosts {
    std::vector<KnownHostsLine> lines;
    int authorities = 0; // lines @cert-authority, left out
    int faulty = 0; // lines that are none

    std::vector<const KnownHostsLine *> of(const SshAddress &address) const;
    std::vector<SshAddress> addresses() const; // those that are named in clear, without wildcards
};

KnownHosts readKnownHosts(const QByteArray &content); // never fails: what is no line is counted

} // namespace kboss
