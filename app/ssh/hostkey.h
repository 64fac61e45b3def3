#pragma once

#include <QByteArray>
#include <QString>

namespace kboss {

// A host's public key, in the wire form of RFC 4253 6.6 (the base64 text of known_hosts, decoded). A value.
struct HostKey {
    QByteArray blob;

    QString type() const; // "ssh-ed25519"; empty when the blob is none
    QString fingerprint() const; // "SHA256:…", as ssh-keygen -l prints it
    bool isValid() const { return !type().isEmpty(); }
    friend bool operator==(const HostKey &, const HostKey &) = default;
};

} // namespace kboss
