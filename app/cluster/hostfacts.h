#pragma once

#include "app/base/clock.h"
#include "app/cluster/addressrange.h"
#include "app/ssh/remotehost.h"

#include <QHash>
#include <QStringList>
#include <optional>
#include <vector>

namespace kboss {

// What a host is, as its own programs and files say it: read with two short commands that change nothing. Values; any thread. Text of the host is without escapes
// and control characters, and bounded; user names and passwords in URLs are cut out before they leave the host.

enum class HostRights {
    Unknown,
    Root, // the user is root
    SudoWithoutPassword,
    SudoWithPassword, // and the one we have is good
    SudoRefused, // there is a sudo, and it does not let this user in, or not with this password
    NoSudo,
};

struct HostSwap {
    QString name; // of the device or file
    qint64 kilobytes = 0;
    friend bool operator==(const HostSwap &, const HostSwap &) = default;
};

struct HostFileLine {
    QString path;
    int line = 0; // from 1
    QString text; // verbatim
    friend bool operator==(const HostFileLine &, const HostFileLine &) = default;
};

struct HostDisk {
    QString path; // asked for
    QString mount, device;
    qint64 kilobytes = 0, freeKilobytes = 0;
    qint64 inodes = 0, freeInodes = 0; // 0 and 0: the file system has no such limit
};

struct HostLink { // an interface
    QString name, mac; // "00:16:3e:…"; empty = none
    int mtu = 0;
    bool isUp = false, isHardware = false;
};

struct HostIp {
    QString link;
    QHostAddress address;
    int bits = 0;
};

struct HostRoute {
    QString to; // "10.0.0.0/8"; "default"
    QString link, text; // verbatim
};

struct HostGpu {
    QString slot, vendor, name; // "0000:3b:00.0", "nvidia" "amd" "huawei"
    friend bool operator==(const HostGpu &, const HostGpu &) = default;
};

struct HostService { // a unit of systemd
    bool isThere = false, isActive = false, isEnabled = false;
};

struct HostListener {
    int port = 0;
    QHostAddress address; // it listens on; any = all of the host's
    QString holder; // "nginx (812)"; empty = not known
    QString unit; // of systemd, where it runs in one: "nginx.service"
};

struct HostKernelValue {
    QString name; // "net.ipv4.ip_forward"
    QString value; // empty = the kernel has none of that name
    std::optional<HostFileLine> source; // the setting that decides at boot
};

struct HostLockHolder {
    QString file, program;
    int process = 0;
};

struct HostClock {
    bool isKnown = false;
    qint64 offsetMs = 0; // of the host against ours
    qint64 uncertaintyMs = 0; // half the round trip
};

struct HostFacts {
    QStringList missing; // facts (their section's name) that could not be read, as "product-uuid"; those wait for rights, a program, or are not there
    QHash<QString, QString> text; // section → what the host said, for evidence

    QString user;
    HostRights rights = HostRights::Unknown;
    QString rightsText; // what sudo said

    QString hostName, osId, osVersion, osName; // "debian", "12", "Debian GNU/Linux 12 (bookworm)"
    QString kernel, arch; // "6.1.0-18-amd64", "amd64" in Kubernetes' spelling
    int cgroup = 0; // 1 or 2; 0 = not known
    int cpus = 0;
    qint64 memoryKilobytes = 0;
    std::vector<HostSwap> swaps; // in use now
    std::vector<HostFileLine> swapLines; // of /etc/fstab, that bring them back
    std::vector<HostDisk> disks;

    std::vector<HostLink> links;
    std::vector<HostIp> addresses;
    std::vector<HostRoute> routes;
    QString machineId, productUuid;
    QStringList resolvers;
    QStringList hostLines; // of /etc/hosts, without comments

    std::vector<HostGpu> gpus;
    QString gpuDriver; // version of NVIDIA's; empty = none is loaded
    QString runtime, runtimeVersion; // "containerd" "docker" "cri-o"; empty = none
    QString runtimeSocket; // that is there
    QString kubeadm, kubelet, kubectl; // versions "v1.34.9"; empty = not installed
    QHash<QString, HostService> services; // by name without ".service"
    QStringList programs; // of those asked for, that are there

    QStringList leftovers; // paths of an earlier installation
    QString memberOf; // API server in an old kubelet.conf; empty = none
    QStringList ownInstalls; // ids of installations of ours that have begun on this host
    std::vector<HostListener> listeners;
    HostClock clock;
    bool clockIsSynced = false;
    QString timeService; // unit that keeps the clock, active; empty = none

    std::vector<HostFileLine> proxies; // settings of a proxy, with the file (or "environment", line 0)
    std::vector<HostLockHolder> packageLocks;
    bool packagesBroken = false; // dpkg was interrupted
    QString selinux; // "enforcing" "permissive" "disabled"
    bool appArmor = false;
    QString firewall; // "ufw" "firewalld" "nftables" "iptables" that keeps things out; empty = none
    QStringList modules; // loaded or built in, of those asked for
    std::vector<HostKernelValue> kernelValues;

    bool isMissing(const QString &section) const { return missing.contains(section); }
    bool has(const QString &program) const { return programs.contains(program); }
    bool isRoot() const; // or may become so
    const HostKernelValue *kernelValue(const QString &name) const;
    const HostLink *linkWith(const QHostAddress &address) const; // null = none has it, or a network that is its own
};

// Blocks for at most about 30 s. An error only when the host could not be asked at all, or its answer is not one of ours (Protocol).
Result<HostFacts> readFacts(RemoteHost &host, const Clock &clock, CancelToken token = {});

// The parts, for tests. The answer of the script with this mark: sections are taken only when they are whole and each known name comes once.
QByteArray factsScript(const QByteArray &mark, bool asRoot);
Result<HostFacts> parseFacts(const QByteArray &answer, const QByteArray &mark);
// Adds what was read with the rights of root.
Result<void> addRootFacts(HostFacts &facts, const QByteArray &answer, const QByteArray &mark);

} // namespace kboss
