#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/ssh/knownhosts.h"

#include <functional>
#include <QStringList>
#include <mutex>

namespace kboss {

// One key that a person, or a known_hosts file, vouched for.
struct HostKeyPin {
    QString address; // SshAddress::text()
    HostKey key;
    qint64 firstSeenMs = 0;
    QString by; // who trusted it
    QString source; // "shown": its fingerprint was shown and accepted; "known_hosts": taken from a file
    QString cluster; // id of the cluster it was pinned for; empty = none yet
    bool revoked = false;
    friend bool operator==(const HostKeyPin &, const HostKeyPin &) = default;
};

// What the ledger says of a key that a host has shown.
struct HostKeyVerdict {
    enum class Kind {
        Known, // pinned to this address
        Unknown, // nothing is known of this address
        Changed, // the address has another key: final, whatever its type
        Revoked, // this very key was revoked
    };
    Kind kind = Kind::Unknown;
    std::vector<HostKeyPin> pins; // of the address
    QStringList elsewhere; // other addresses that have this very key: the host may have been renamed, or copied with its key

    bool isGood() const { return kind == Kind::Known; }
};

// The keys of hosts, in one file (0600): who is who, since when, and who said so. Every change reads the file again under a lock file and replaces it whole, so
// that two consoles lose nothing and kill -9 leaves the old file or the new one. Any thread; blocks for the disk. The file has no secrets.
//
// A file that cannot be understood is an error of every call, never an empty ledger: forgetting whom one knows would make every host "new".
class HostKeyLedger {
public:
    HostKeyLedger(QString file, const Clock &clock) : m_file(std::move(file)), m_clock(clock) { }

    Result<HostKeyVerdict> judge(const SshAddress &address, const HostKey &key) const;
    Result<std::vector<HostKeyPin>> pins() const; // by address
    // Conflict when the address has another key that is good: that one has to be forgotten first, by name. HostKey for a revoked key, whatever its address; one that
    // was revoked keeps no other out.
    Result<void> pin(const SshAddress &address, const HostKey &key, const QString &by, const QString &cluster = {});
    Result<void> bindToCluster(const SshAddress &address, const QString &cluster);
    Result<void> forget(const SshAddress &address); // all its keys

    struct Imported {
        int pinned = 0, revoked = 0, known = 0, conflicts = 0; // conflicts: addresses that have other keys here, left as they are
        int authorities = 0, faulty = 0; // lines left out
    };
    // Keys of these addresses and of all that the file names in clear (hashed names can only be asked for).
    Result<Imported> importKnownHosts(const QByteArray &content, const std::vector<SshAddress> &addresses, const QString &by);

private:
    Result<std::vector<HostKeyPin>> read() const;
    Result<void> change(const std::function<Result<void>(std::vector<HostKeyPin> &)> &work);

    const QString m_file;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
};

} // namespace kboss
