#pragma once

#include "tests/support/host/hostlink.h"

#include <QJsonObject>
#include <QStringList>
#include <memory>
#include <sys/types.h>
#include <vector>

namespace kboss::test {

// What a host is when it is switched on for the first time: a small Debian without Kubernetes.
struct HostOptions {
    enum class Sudo { Password, NoPassword, None, NotInstalled }; // of the user "ops"; None = not in sudoers
    enum class Account { Good, Locked, Expired, OldPassword, NoShell }; // of the user "ops": usermod -L, chage -E, chage -d 0, usermod -s /usr/sbin/nologin

    QString name; // host name; empty = "node-N"
    int number = 0; // address 127.0.1.N; 0 = the next that this process has not used
    QString clusterFolder; // shared by all hosts that may become one cluster (InstallLab); empty = alone
    QString password = QStringLiteral("Ops-secret:4711"); // of "ops", in /etc/shadow
    Sudo sudo = Sudo::Password;
    Account account = Account::Good;
    bool passwordSignIn = true; // else keys only
    bool keyboardInteractive = false; // instead of "password"
    QStringList sshdSettings; // lines before all others of sshd_config
    QStringList missing; // programs that are not there ("conntrack"), not even after apt-get install
    bool installed = false; // containerd, kubelet, kubeadm, kubectl of `version` are installed and set up for use (swap off, modules, sysctl, units)
    QString version = QStringLiteral("v1.36.2"); // newest that the package sources have, besides 1.33.12, 1.34.9, 1.35.6
    int cpus = 2;
    int memoryMb = 4096;
    int gpus = 0; // as lspci shows them
    bool swap = false; // active and in /etc/fstab
    QString machineId, productUuid; // empty = from the number
    QString osId = QStringLiteral("debian"); // of /etc/os-release; "ubuntu" is known as well
    int bootMs = 200; // how long a restart takes
    bool registry = true; // images can be pulled; false = no network to any registry (fails at once, with the recorded words)
    int pullMs = 0; // for each image
};

// A host to install Kubernetes on: a real OpenSSH server on 127.0.1.N, in mount, UTS and PID namespaces of its own. Own host name, files (/etc, /var, /run, /home …
// in memory, all over the machine's own programs), machine-id, product_uuid, host key, accounts, sudo, /proc/swaps, /proc/sys, clock. What would really change a
// machine (kubeadm, kubectl, kubelet, systemctl, systemd-run, crictl, ctr, apt-get, modprobe, reboot …) is played by tests/support/host/guest: it keeps its state on
// the host's disk, listens on real ports, and answers with what the real programs were recorded to say. Everything ends with this object, or with the process.
//
// Wants to be run by root (start() says so otherwise). Calls block; any thread, one at a time for start(), stop() and the destructor.
class InstallHost {
public:
    explicit InstallHost(HostOptions options = {});
    ~InstallHost();
    Q_DISABLE_COPY_MOVE(InstallHost)

    bool begin(); // starts; goes on beside
    bool waitUntilUp(int ms = 20'000);
    bool start() { return begin() && waitUntilUp(); }
    void stop(); // as when the power goes, for ever; calls(), argvSeen() and snapshots stay what they were
    QString errorText() const { return m_error; }

    // Who and where it is.
    QString name() const { return m_options.name; }
    QString address() const; // "127.0.1.N"
    quint16 port() const { return m_port; } // of SSH
    QByteArray hostKey() const; // its public part: "ssh-ed25519 AAAA…"
    QString keyFile() const; // a private key that lets in both "root" and "ops"
    const HostOptions &options() const { return m_options; }

    // Beside the door: as root on the host, without SSH and without being counted.
    struct Output {
        int exit = -1;
        QByteArray out, err;
    };
    Output inside(const QStringList &words, const QByteArray &input = {});
    QByteArray fileContent(const QString &path) const; // of the host; empty when there is none
    bool fileExists(const QString &path) const;
    bool writeFile(const QString &path, const QByteArray &content, int mode = 0644);

    // What went on.
    std::vector<HostCall> calls() const; // of played programs, in order of their begin
    std::vector<HostCall> calls(const QString &tool, const QString &argumentsContain = {}) const;
    void forgetCalls();
    QStringList argvSeen() const; // of every process that began on the host, words joined by blanks
    QStringList environSeen() const; // the same of their environments, one variable an entry, each once
    QString troubles() const; // what the played programs could not play: commands they do not know; empty in a good test
    // What the host is, as text: files that an installation touches, packages, units, swap, kernel values and modules, images, the nodes of its cluster.
    // Without times, tokens, keys, random values: equal for two runs that did the same. Paths below `leaveOut` are left out.
    QString stateSnapshot(const QStringList &leaveOut = {}) const;

    // What goes wrong.
    void fail(const HostFault &fault); // in the order they were given; the first that matches and has times left
    void slow(const QString &tool, const QString &argumentsContain, double seconds); // before the effect (of a phase: see HostFault), each time; 0 = no longer
    void clearFaults();

    // What the host is like.
    void setSwap(bool on);
    void setClockOffset(int seconds); // what its programs take for the time
    void fillDisk(); // /var/lib: df says 100 %, and writing there fails
    void freeDisk();
    void holdPackageLock(); // as unattended-upgrades does
    void releasePackageLock();
    void occupyPort(int port); // something listens there
    void freePort(int port);
    void leaveOldInstall(); // what a kubeadm init leaves that did not come to its end
    void setHostName(const QString &name);
    void setRegistry(bool reachable);
    void setOffline(bool offline); // package sources cannot be reached
    void hideProgram(const QString &name);
    void setUrl(const QString &url, const QByteArray &content); // what curl and wget get there; everything else they cannot resolve
    void setPower(bool reachable); // false: stopped as by SIGSTOP, answers nothing; true: goes on

    // Connections.
    void reboot(); // at once, as `reboot` on the host: all processes die, /run and /tmp are emptied, what is enabled starts
    bool waitUntilBooted(int bootCount, int ms = 20'000) const; // bootCount() reached this and SSH answers
    int bootCount() const; // 1 after start()
    void stopSsh(); // sshd and all its connections; what runs detached goes on
    bool startSsh(); // the same port and key
    void killConnections(); // sshd goes on listening
    bool renewHostKey(); // and restarts sshd

    pid_t initPid() const { return m_init; } // of the host's first process, as the machine counts; 0 = not running

private:
    struct Private;
    QByteArray ask(const QByteArray &request, int ms = 20'000) const; // JSON both ways; empty = no answer
    QJsonObject order(const char *name, QJsonObject values = {}, int ms = 20'000) const;
    HostLogs readLogs() const;

    HostOptions m_options;
    std::unique_ptr<Private> d;
    quint16 m_port = 0;
    pid_t m_init = 0;
    mutable QString m_error;
};

} // namespace kboss::test
