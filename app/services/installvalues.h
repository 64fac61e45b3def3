#pragma once

#include "app/base/error.h"
#include "app/cluster/hostlock.h"
#include "app/cluster/installplan.h"
#include "app/cluster/installrunner.h"

#include <QDate>

namespace kboss {

// Plain values that pass between an installation and the pages that show it. No secrets, but for HostSignIn, which is only ever in memory.

// One line of the list of installations.
struct InstallEntry {
    enum class State {
        Draft, // nothing was done on any host yet
        Interrupted, // it was under way when a console ended; hosts may have gone on with what they were doing
        Running,
        Paused,
        Failed, // ended with failures: a step is to be repeated or undone
        Done,
        Removed, // the cluster was removed again
        Elsewhere, // another process of this computer has it; `detail` says which
        Damaged, // its files cannot be read; `detail` says why. Left as they are
    };
    QString id; // [0-9a-f]{12}; name of its folder
    State state = State::Draft;
    QString cluster, version, centerId, centerName;
    int hosts = 0, controlPlanes = 0;
    int leftOut = 0; // of the hosts: a person went on without them. Done with leftOut > 0 is "done, without N hosts"
    qint64 madeMs = 0, changedMs = 0, begunMs = 0, endedMs = 0; // 0 = not yet
    QString by; // who made it
    QString detail;
    friend bool operator==(const InstallEntry &, const InstallEntry &) = default;
};

// What belongs to an installation besides its plan; kept with it.
struct InstallDetails {
    QString centerId, centerName; // where the cluster is registered; empty = nowhere
    QDate enableDate, exportDate; // of the cluster's row; invalid = today, and ten years later
    bool registers = true; // with the service; needs centerId
    QString filesFolder; // packages and archives of images that are brought to hosts; empty = from the mirror
    friend bool operator==(const InstallDetails &, const InstallDetails &) = default;
};

// How to sign in to one host. Passwords go to the keychain (or stay in memory for this session where there is none); the rest is kept with the installation.
struct HostSignIn {
    QString password; // also of keyboard-interactive
    QString keyFile, passphrase;
    bool agent = false;
    QString sudoPassword; // empty = the same as `password`
};
// The same without what is secret, for pages.
struct HostSignInState {
    enum class Secret { None, InMemory, InKeychain, Asking };
    QString keyFile;
    bool agent = false;
    bool hasPassword = false, hasPassphrase = false, hasSudoPassword = false;
    Secret kept = Secret::None; // where the secrets are; Asking: the keychain was asked and has not answered yet
    QString keptError; // technical: why the keychain has them not; empty = no trouble
    bool isEnough() const { return agent || !keyFile.isEmpty() || hasPassword; }
    friend bool operator==(const HostSignInState &, const HostSignInState &) = default;
};

// A host as the trust page shows it: those of the plan, and jump hosts that are none of the plan ("user@address:port").
struct HostTrust {
    enum class State {
        Unread, // its key was not read yet
        Reading,
        Waiting, // for its jump host, which has to be trusted first
        Known,
        Unknown, // shown and not trusted yet
        Changed, // final until the old key is forgotten by name
        Revoked, // final
        Failed, // could not be reached: `error`
    };
    struct Pin { // a key that the ledger has for this address
        QString keyType, fingerprint, by, source, cluster; // source: "shown" | "known_hosts"
        qint64 firstSeenMs = 0;
        bool revoked = false;
        friend bool operator==(const Pin &, const Pin &) = default;
    };
    QString host; // name in the plan, or the text of a jump host
    QString address; // "10.0.0.5:22", as in the ledger
    QString jump; // host that is gone through first; empty = directly
    bool isJumpOnly = false;
    State state = State::Unread;
    QString keyType, fingerprint; // as the host shows it now
    std::vector<Pin> pins;
    QStringList elsewhere; // other addresses with this very key
    Error error;
    qint64 readMs = 0;
    bool isGood() const { return state == State::Known; }
    friend bool operator==(const HostTrust &, const HostTrust &) = default;
};

// A step as it will be or was run; the same from the first review to the end. StepStatus (app/cluster/installrunner.h) says where it is.
struct InstallStepInfo {
    QString id, name, host;
    InstallPhase phase = InstallPhase::System;
    QStringList after;
    std::vector<StepChange> changes;
    int usualMs = 0; // the median of former runs here, else what the step says
    int usualUndoMs = 0;
    bool isMeasured = false; // usualMs is of former runs
    bool canUndo = false;
    InstallStep::WithReset withReset = InstallStep::WithReset::Stays; // see there
    QString limitGroup; // steps of one group run at most `limit` at a time; empty = no limit
    int limit = 0;
};

// A lock of somebody else that a run has met on a host, as it was then.
struct InstallLock {
    QString host; // name in the plan
    HostLock lock; // owner, since when, since when nobody renews it
    friend bool operator==(const InstallLock &, const InstallLock &) = default;
};

// What a host asks during a sign-in beyond what is known of it (keyboard-interactive): a one-time code, a new password. All texts are the host's own, plain.
struct HostQuestion {
    quint64 id = 0;
    QString install; // id of the installation
    QString host; // name in the plan, or the text of a jump host
    QString address; // "ops@10.0.0.5:22"
    QString title, text; // of the whole; may be empty
    QString prompt; // "Verification code: "
    bool echo = false; // what is typed may be seen
    qint64 untilMs = 0; // then the host waits no longer, and the sign-in fails
    friend bool operator==(const HostQuestion &, const HostQuestion &) = default;
};

// What one of the choices at a step costs: after a failure, after an undo, at a lock of somebody else.
struct InstallChoice {
    enum class Kind {
        RepeatStep, // and what comes after it on its host; also of a step that was undone, or set aside
        UndoStep,
        UndoHost,
        LeaveOut, // the rest goes on, and comes to its end, without this host: InstallRun::leaveOut()
        BreakLock, // only at a step that has met somebody else's lock; wants a reason: InstallRun::breakLock()
    };
    Kind kind = Kind::RepeatStep;
    QString step, host;
    bool isPossible = false;
    enum class Why {
        Possible,
        NotFailed,
        NothingDone,
        NoUndo,
        NothingOnHost,
        HostBusy,
        OthersJoined, // they would lose the cluster that this host began
        LeftOutAlready,
        HostDone,
        FirstControlPlane,
        HalfMember,
    };
    Why why = Why::Possible;
    qint64 usualMs = 0;
    std::vector<StepChange> changes; // what will be done, or taken back
    QStringList steps; // ids, in the order they are run or undone
    QStringList others = {}; // of OthersJoined: hosts that would lose the cluster, which this one began
    bool resetsHost = false; // it takes the host out of its cluster (kubeadm reset): all of Kubernetes there goes
    std::optional<HostLock> lock = {}; // of BreakLock: the one that will be broken, and no other
};

// One line of the log with its place: lines of a host are numbered from 0, and the oldest leave memory (not the file) when there are more than the ring holds.
struct InstallLogPage {
    qint64 first = 0; // number of lines[0]
    std::vector<StepLogLine> lines;
};

} // namespace kboss
