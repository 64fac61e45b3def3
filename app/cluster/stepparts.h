#pragma once

#include "app/cluster/installstep.h"
#include "app/cluster/kubeadmconfig.h"

#include <QHash>
#include <mutex>
#include <optional>

// What the steps of installstep.h are made of; for the files steps*.cpp alone. Any thread.
namespace kboss::steps {

inline constexpr const char *adminConf = "/etc/kubernetes/admin.conf";

// What all steps of one list share.
struct Ground {
    const InstallPlan &plan;
    const InstallOptions &options;
    std::shared_ptr<std::mutex> tokens = std::make_shared<std::mutex>(); // whoever makes a token or uploads certificates for others
};

// Steps in order; each host's go one after the other.
class StepList {
public:
    explicit StepList(const Ground &ground) : m_ground(ground) { }

    const Ground &ground() const { return m_ground; }
    const InstallPlan &plan() const { return m_ground.plan; }
    InstallStep &add(InstallStep step); // id and the host's own order are filled in
    QString last(const QString &host) const { return m_last.value(host); } // id; empty = none yet
    size_t size() const { return m_steps.size(); }
    InstallStep &at(size_t index) { return m_steps.at(index); }
    std::vector<InstallStep> take() { return std::move(m_steps); }

private:
    Ground m_ground;
    std::vector<InstallStep> m_steps;
    QHash<QString, QString> m_last;
};

InstallStep stepOf(const QString &host, const char *name, InstallPhase phase, int usualMs, int deadlineMs);

StepFinding open(const QString &detail = {});
StepFinding done(const QString &detail = {});
StepFinding notNeeded(const QString &detail = {});
StepFinding foreign(const QString &detail);

const PlanHost &firstControl(const InstallPlan &plan);
Result<RemoteHost *> firstHost(InstallContext &context); // the first control-plane host, as something to run commands on

// The last line that is meant for people: without klog's and without notes about a stack.
QString lastWords(const CommandResult &result);

// A script of POSIX sh as root with `words` as $1 …, its output not in the log. Rejected when it ends with another code than 0.
Result<QByteArray> ask(InstallContext &context, const QByteArray &script, const QStringList &words = {}, RemoteHost *on = nullptr, int deadlineMs = 60'000);
// The same whose output is lines of "key value": several values of one key in order.
using Facts = QMultiHash<QString, QString>;
Result<Facts> facts(InstallContext &context, const QByteArray &script, const QStringList &words = {}, RemoteHost *on = nullptr);
// A command whose output is shown; Rejected with its last words.
Result<void> order(InstallContext &context, const QStringList &words, int deadlineMs = 60'000, RemoteHost *on = nullptr, const QByteArray &input = {});

// kubectl on the first control-plane host, with its admin.conf. Quietly; an exit code is no error here.
Result<CommandResult> kubectl(InstallContext &context, const QStringList &arguments, const QByteArray &input = {}, int deadlineMs = 60'000);
Result<void> kubectlOrder(InstallContext &context, const QStringList &arguments, const QByteArray &input = {}, int deadlineMs = 60'000); // shown; Rejected
bool isNotFound(const CommandResult &result); // the object is not there
bool isMissing(const CommandResult &result); // one of several is not there, or not even its kind

Result<std::optional<QByteArray>> fileOf(InstallContext &context, const QString &path); // nothing = there is none
Result<void> putFile(InstallContext &context, const QString &path, const QByteArray &content, int mode = 0644); // keeps a copy of what was there
Result<void> putOwnFile(InstallContext &context, const QString &name, const QByteArray &content); // below folder(), 0600
QString ownPath(InstallContext &context, const QString &name);
Result<void> noteOnce(InstallContext &context, const QString &name, const QByteArray &content); // below folder(), unless it is there

// Asks again until it says Done or NotNeeded (true), an error comes that will not pass, or the time is over: then Timeout with the last finding's detail.
Result<void> waitFor(InstallContext &context, int ms, const std::function<Result<StepFinding>()> &probe, int everyMs = 2'000);
bool pauseFor(InstallContext &context, int ms); // false = cancelled

// runDetached(), and once more from the beginning when it ended well some time ago and what it did is gone since (`isThere` says false).
Result<void> runUntil(InstallContext &context, const DetachedAction &action, const std::function<Result<bool>()> &isThere);
Result<void> forgetAction(InstallContext &context, const QString &name); // so that it can run again; not while it runs

// A question to the cluster, asked again for a while: what is not known must never count as something to be done. `ask` fails with Rejected where the cluster gave
// no answer; every other outcome is one. Rejected in the end, with the way on; at once where the first control plane has no cluster yet.
class AnswerWait {
public:
    static constexpr int usualMs = 120'000; // an API server that starts again
    explicit AnswerWait(InstallContext &context, int ms = usualMs);
    Result<void> again(const Error &why); // a value = ask again

private:
    InstallContext &m_context;
    const qint64 m_end;
    bool m_told = false;
};
template <class Value> Result<Value> onceKnown(InstallContext &context, const std::function<Result<Value>()> &ask, int ms = AnswerWait::usualMs)
{
    AnswerWait wait(context, ms);
    for (;;) {
        Result<Value> answer = ask();
        if (answer)
            return answer;
        if (auto again = wait.again(answer.error()); !again)
            return fail(again.error());
    }
}

// Marks on a host: kubeadm was begun there for a host of that name in that cluster. One a cluster and installation, so that nobody else's is taken for ours.
Result<void> markBegun(InstallContext &context);
Result<QStringList> marksOn(InstallContext &context); // of all installations
QString markOf(const InstallPlan &plan, const PlanHost &host);
Result<void> clearMarks(InstallContext &context); // of all installations: a host without a cluster has begun nothing
struct Belonging {
    bool begun = false; // by this installation
    QString found; // a sign of a cluster; empty = none
};
Result<Belonging> belongingOf(InstallContext &context);
Result<std::optional<StepFinding>> foreignCluster(InstallContext &context); // a finding when somebody else's cluster is on the host

QByteArray aptPrologue(const InstallPlan &plan); // of scripts that use apt-get: `apt install …`

// The node of a host as the cluster knows it. Nothing = there is none.
struct NodeView {
    QString name, address, version;
    bool ready = false, schedulable = true, controlPlane = false;
    qint64 gpus = 0;
};
Result<std::vector<NodeView>> nodesOf(InstallContext &context);
Result<std::optional<NodeView>> nodeOf(InstallContext &context, const QString &name);

// One file of steps each.
void addSystemSteps(StepList &list, const PlanHost &host);
void addFirewallStep(StepList &list, const PlanHost &host);
void addRuntimeStep(StepList &list, const PlanHost &host);
void addRuntimeConfigStep(StepList &list, const PlanHost &host);
void addFileSteps(StepList &list, const PlanHost &host);
void addPackageStep(StepList &list, const PlanHost &host);
void addImageStep(StepList &list, const PlanHost &host);
void addFirstControlSteps(StepList &list);
void addKubeconfigStep(StepList &list);
void addNetworkSteps(StepList &list);
void addControlPlaneSteps(StepList &list, const PlanHost &host);
void addWorkerSteps(StepList &list, const PlanHost &host);
void addAddonSteps(StepList &list);
void addVerifySteps(StepList &list);
void addGpuStep(StepList &list, const PlanHost &host);
void addRegisterStep(StepList &list, const PlanHost &host);
void addReportSteps(StepList &list);

// Of several files.
StepFinding notYet(const Error &error); // in a wait: of a cluster that does not answer
QStringList imagesFor(const InstallPlan &plan, const QByteArray &kubeadmsList, HostRole role); // `kubeadm config images list` and the network's
Result<QByteArray> imageList(InstallContext &context); // what kubeadm names for the plan's version and mirror
bool passesNames(const QStringList &names); // each can be given to --ignore-preflight-errors
QStringList acceptedOn(const InstallPlan &plan, const QString &host); // names that a person let pass there

// Tokens and keys for joining, in the runner's memory, made anew before they end. One at a time.
Result<JoinSecrets> joinSecrets(InstallContext &context, std::mutex &mutex, bool controlPlane);
void forgetJoinSecrets(InstallContext &context); // they may be the reason of a failure
// The plan's host is a node of the cluster, with the plan's address, and knows it. `node`: as the cluster has it, when that was asked.
Result<StepFinding> probeMember(InstallContext &context, std::optional<NodeView> *node = nullptr);
void addReadyStep(StepList &list, const QString &host, InstallPhase phase, int usualMs); // the node gets ready, and lets pods come

struct EtcdMember {
    QString id, name; // the name is empty before it has started
    QStringList peers;
};
Result<std::vector<EtcdMember>> etcdMembers(InstallContext &context);
Result<std::optional<QString>> etcdTrouble(InstallContext &context); // nothing = all members are well
Result<void> removeEtcdMember(InstallContext &context, const PlanHost &host); // none of that name is good as well

Result<StepFinding> probeClean(InstallContext &context); // nothing of a cluster is on the host
Result<void> resetHost(InstallContext &context); // kubeadm reset, and what it leaves
Result<void> resetOwn(InstallContext &context); // the same as an undo: only where this installation began
Unexpected notLeft(const Error &error); // the cluster does not answer, so its host is not reset: what there is to do
Result<void> mayLeaveAlone(InstallContext &context); // of the first control plane: no other host is a node of its cluster
Result<void> drainNode(InstallContext &context, const QString &name); // a refusal is explained
Result<void> deleteNode(InstallContext &context, const QString &name); // none of that name is good as well

} // namespace kboss::steps
