// Steps of phase 13: the first control plane, by kubeadm's phases.
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/preflight.h"
#include "app/cluster/stepparts.h"

#include <QCryptographicHash>

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

const QString configName = u"kubeadm.yaml"_s;

// kubeadm's own checks, with only the names that a person accepted for this host.

Result<CommandResult> preflight(InstallContext &context, const QString &ignored)
{
    QStringList words{u"kubeadm"_s, u"init"_s, u"phase"_s, u"preflight"_s, u"--config"_s, ownPath(context, configName)};
    if (!ignored.isEmpty())
        words << ignored;
    return context.run(words, {}, 300'000);
}

QString problemWords(const PreflightReport &report)
{
    QStringList words;
    for (const PreflightProblem &problem : report.problems) {
        if (problem.level == PreflightProblem::Level::Error)
            words << u"%1: %2"_s.arg(problem.name, problem.text);
    }
    return words.isEmpty() ? report.error : words.join(u'\n');
}

// The names among these that may pass on this host; fails with what may not.
Result<QString> passing(const PreflightReport &report, const QStringList &accepted)
{
    QStringList names;
    for (const PreflightProblem &problem : report.problems) {
        const bool mayPass = accepted.contains(problem.name, Qt::CaseInsensitive);
        if (problem.level == PreflightProblem::Level::Error && !mayPass)
            return fail(ErrorKind::Rejected, problemWords(report));
        if (problem.level == PreflightProblem::Level::Error && !names.contains(problem.name))
            names << problem.name;
    }
    return names.isEmpty() ? fail(ErrorKind::Rejected, problemWords(report)) : ignoreArgument(report, names);
}

Result<void> runPreflight(InstallContext &context)
{
    const auto other = foreignCluster(context);
    if (!other || *other)
        return other ? fail(ErrorKind::Conflict, (*other)->detail) : fail(other.error());
    if (auto written = putOwnFile(context, configName, initConfiguration(context.plan())); !written)
        return written;
    const auto first = preflight(context, {});
    if (!first)
        return fail(first.error());
    if (const PreflightReport report = readPreflight(first->out, first->err, first->exitCode); !report.passed) {
        const auto ignored = passing(report, acceptedOn(context.plan(), context.target().name));
        if (!ignored)
            return fail(ignored.error());
        if (auto noted = context.accept(u"%1: %2"_s.arg(context.target().name, ignored->section(u'=', 1))); !noted)
            return noted;
        const auto second = preflight(context, *ignored);
        if (!second)
            return fail(second.error());
        if (const PreflightReport again = readPreflight(second->out, second->err, second->exitCode); !again.passed)
            return fail(ErrorKind::Rejected, problemWords(again));
    }
    return markBegun(context);
}

Result<StepFinding> probePreflight(InstallContext &context)
{
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    // The checks are for a host where nothing has begun: later they would find what we made ourselves.
    if (belonging->begun)
        return done(u"passed"_s);
    const auto other = foreignCluster(context);
    return !other ? fail(other.error()) : *other ? Result<StepFinding>(**other) : open();
}

// One of kubeadm's phases.

struct Phase {
    const char *name; // of the step
    const char *words; // of kubeadm, after `init phase`
    int usualMs, deadlineMs;
    int settleMs; // until its probe is content, once kubeadm has ended
    std::function<Result<StepFinding>(InstallContext &)> probe;
    std::vector<StepChange> changes;
};

std::function<Result<StepFinding>(InstallContext &)> filesThere(const QStringList &files)
{
    return [files](InstallContext &context) -> Result<StepFinding> {
        const auto found = facts(context, "for path; do if [ ! -s \"$path\" ]; then echo \"missing $path\"; fi; done; exit 0", files);
        if (!found)
            return fail(found.error());
        return found->contains(u"missing"_s) ? open(u"%1 is not there"_s.arg(found->values(u"missing"_s).front())) : done();
    };
}

std::function<Result<StepFinding>(InstallContext &)> objectsThere(const std::vector<QStringList> &objects)
{
    return [objects](InstallContext &context) -> Result<StepFinding> {
        return onceKnown<StepFinding>(context, [&]() -> Result<StepFinding> {
            for (const QStringList &object : objects) {
                const auto result = kubectl(context, QStringList{u"get"_s} + object + QStringList{u"-o"_s, u"name"_s});
                if (!result)
                    return fail(result.error());
                if (isNotFound(*result))
                    return open(lastWords(*result));
                if (!result->isGood())
                    return fail(ErrorKind::Rejected, lastWords(*result));
            }
            return done();
        });
    };
}

Result<StepFinding> probeKubelet(InstallContext &context)
{
    const auto found = facts(context, R"sh(for path in /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env; do
  if [ ! -s "$path" ]; then echo "missing $path"; fi
done
echo "active $(systemctl is-active kubelet 2>/dev/null)"
exit 0)sh");
    if (!found)
        return fail(found.error());
    if (found->contains(u"missing"_s))
        return open(u"%1 is not there"_s.arg(found->value(u"missing"_s)));
    return found->value(u"active"_s) == u"active"_s ? done() : open(u"the kubelet does not run"_s);
}

Result<StepFinding> probeApi(InstallContext &context)
{
    // Until the configuration has been uploaded, only super-admin.conf has rights.
    const auto result = context.runQuietly({u"sh"_s, u"-c"_s,
                                            u"config=/etc/kubernetes/super-admin.conf; [ -e $config ] || config=/etc/kubernetes/admin.conf\n"
                                            "exec kubectl --kubeconfig $config --request-timeout=10s get --raw /readyz"_s});
    if (!result)
        return fail(result.error());
    return result->isGood() && result->out.trimmed() == "ok" ? done() : open(lastWords(*result));
}

Result<StepFinding> probeMark(InstallContext &context)
{
    const auto node = onceKnown<std::optional<NodeView>>(context, [&] { return nodeOf(context, context.target().name); });
    if (!node)
        return fail(node.error());
    if (!*node)
        return open(u"the node is not in the cluster yet"_s);
    return (*node)->controlPlane ? done() : open(u"the node is not marked yet"_s);
}

Result<StepFinding> probeFinalize(InstallContext &context)
{
    const auto file = fileOf(context, u"/etc/kubernetes/kubelet.conf"_s);
    if (!file)
        return fail(file.error());
    return *file && (*file)->contains("kubelet-client-current.pem") ? done() : open(u"the kubelet's credentials do not rotate yet"_s);
}

QStringList certificateFiles()
{
    QStringList files;
    for (const char *name : {"ca", "apiserver", "apiserver-kubelet-client", "front-proxy-ca", "front-proxy-client", "etcd/ca", "etcd/server",
                             "etcd/peer", "etcd/healthcheck-client", "apiserver-etcd-client"})
        files << u"/etc/kubernetes/pki/%1.crt"_s.arg(QLatin1String(name)) << u"/etc/kubernetes/pki/%1.key"_s.arg(QLatin1String(name));
    return files << u"/etc/kubernetes/pki/sa.key"_s << u"/etc/kubernetes/pki/sa.pub"_s;
}

std::vector<StepChange> fileChanges(const QStringList &paths)
{
    std::vector<StepChange> changes;
    for (const QString &path : paths)
        changes.push_back({StepChange::Kind::File, path, {}});
    return changes;
}

std::vector<Phase> phases(const InstallPlan &plan)
{
    using Kind = StepChange::Kind;
    const QString node = firstControl(plan).name;
    const QString folder = u"/etc/kubernetes/"_s, manifests = u"/etc/kubernetes/manifests/"_s;
    const QStringList configs{folder + u"admin.conf"_s, folder + u"super-admin.conf"_s, folder + u"kubelet.conf"_s,
                              folder + u"controller-manager.conf"_s, folder + u"scheduler.conf"_s};
    const QStringList plane{manifests + u"kube-apiserver.yaml"_s, manifests + u"kube-controller-manager.yaml"_s,
                            manifests + u"kube-scheduler.yaml"_s};
    const QStringList system{u"-n"_s, u"kube-system"_s};
    return {
        {"certs", "certs all", 3'000, 120'000, 10'000, filesThere(certificateFiles()), fileChanges({folder + u"pki"_s})},
        {"kubeconfig", "kubeconfig all", 2'000, 60'000, 10'000, filesThere(configs), fileChanges(configs)},
        {"etcd", "etcd local", 1'000, 60'000, 10'000, filesThere({manifests + u"etcd.yaml"_s}), fileChanges({manifests + u"etcd.yaml"_s})},
        {"control-plane", "control-plane all", 1'000, 60'000, 10'000, filesThere(plane), fileChanges(plane)},
        {"kubelet-start",
         "kubelet-start",
         2'000,
         120'000,
         10'000,
         probeKubelet,
         {{Kind::Service, u"kubelet"_s, {}}, {Kind::File, u"/var/lib/kubelet/config.yaml"_s, {}}}},
        // Some releases do not show this phase: then it does nothing, and the probe does the waiting.
        {"wait-control-plane", "wait-control-plane", 20'000, 300'000, 240'000, probeApi, {}},
        {"upload-config",
         "upload-config all",
         2'000,
         120'000,
         10'000,
         objectsThere({system + QStringList{u"configmap"_s, u"kubeadm-config"_s}, system + QStringList{u"configmap"_s, u"kubelet-config"_s}}),
         {{Kind::ClusterObject, u"kube-system/kubeadm-config"_s, {}}, {Kind::ClusterObject, u"kube-system/kubelet-config"_s, {}}}},
        {"mark-control-plane", "mark-control-plane", 1'000, 120'000, 10'000, probeMark, {{Kind::Node, node, u"control-plane"_s}}},
        {"bootstrap-token",
         "bootstrap-token",
         1'000,
         120'000,
         10'000,
         objectsThere({{u"-n"_s, u"kube-public"_s, u"configmap"_s, u"cluster-info"_s}}),
         {{Kind::ClusterObject, u"kube-public/cluster-info"_s, {}}}},
        {"kubelet-finalize", "kubelet-finalize all", 1'000, 120'000, 10'000, probeFinalize, {}},
        {"addon",
         "addon all",
         3'000,
         120'000,
         10'000,
         objectsThere({system + QStringList{u"deployment"_s, u"coredns"_s}, system + QStringList{u"daemonset"_s, u"kube-proxy"_s}}),
         {{Kind::ClusterObject, u"kube-system/coredns"_s, {}}, {Kind::ClusterObject, u"kube-system/kube-proxy"_s, {}}}},
    };
}

Result<void> runPhase(InstallContext &context, const Phase &phase)
{
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    if (!belonging->begun)
        return fail(ErrorKind::Conflict, u"this installation has not begun on the host"_s);
    QByteArray script = "kubeadm init phase " + QByteArray(phase.words) + " --config " + shellQuoted(ownPath(context, configName)) + '\n';
    // Some kinds of output hold a token; what counts is in the probe and in standard error.
    if (qstrcmp(phase.name, "bootstrap-token") == 0)
        script = "kubeadm init phase bootstrap-token --config " + shellQuoted(ownPath(context, configName)) + " >/dev/null\n";
    const auto isThere = [&]() -> Result<bool> {
        const auto there = waitFor(
            context, phase.settleMs, [&] { return phase.probe(context); }, 1'000);
        return there ? Result<bool>(true) : there.error().kind == ErrorKind::Timeout ? Result<bool>(false) : fail(there.error());
    };
    return runUntil(context, {u"init-"_s + QLatin1String(phase.name), script, {}, phase.deadlineMs}, isThere);
}

// admin.conf for the keychain, and for what comes later.

// Which admin.conf was kept is noted on the host, so that the one of a cluster that is gone is not taken for it.
const QString keptName = u"kubeconfig-kept"_s;

QByteArray noteOf(const QByteArray &kubeconfig)
{
    return QCryptographicHash::hash(kubeconfig, QCryptographicHash::Sha256).toHex() + '\n';
}

Result<StepFinding> probeKept(InstallContext &context, const std::shared_ptr<InstallPlatform> &platform)
{
    if (!platform)
        return context.secret(u"kubeconfig"_s).isEmpty() ? open() : done();
    const auto kept = platform->hasKubeconfig();
    if (!kept || !*kept)
        return kept ? Result<StepFinding>(open()) : fail(kept.error());
    const auto file = fileOf(context, QString::fromLatin1(adminConf));
    const auto note = file ? fileOf(context, ownPath(context, keptName)) : file;
    if (!note)
        return fail(note.error());
    return *file && *note == noteOf(**file) ? done() : open(u"what is kept is not this cluster's"_s);
}

Result<void> keepKubeconfig(InstallContext &context, const std::shared_ptr<InstallPlatform> &platform)
{
    const auto file = fileOf(context, QString::fromLatin1(adminConf));
    if (!file || !*file)
        return file ? fail(ErrorKind::NotFound, u"%1 is not there"_s.arg(QString::fromLatin1(adminConf))) : fail(file.error());
    context.setSecret(u"kubeconfig"_s, **file);
    if (!platform)
        return {};
    return platform->keepKubeconfig(**file).and_then([&] { return putOwnFile(context, keptName, noteOf(**file)); });
}

} // namespace

void addFirstControlSteps(StepList &list)
{
    const PlanHost &host = firstControl(list.plan());
    InstallStep checks = stepOf(host.name, "preflight", InstallPhase::FirstControlPlane, 5'000, 660'000);
    checks.probe = probePreflight;
    checks.act = runPreflight;
    checks.undo = resetOwn;
    checks.mayUndo = mayLeaveAlone;
    checks.withReset = InstallStep::WithReset::Resets;
    list.add(std::move(checks));
    for (const Phase &phase : phases(list.plan())) {
        InstallStep step = stepOf(host.name, phase.name, InstallPhase::FirstControlPlane, phase.usualMs,
                                  phase.deadlineMs + 2 * (phase.settleMs + AnswerWait::usualMs) + 60'000);
        step.changes = phase.changes;
        step.probe = phase.probe;
        step.act = [phase](InstallContext &context) { return runPhase(context, phase); };
        step.undo = resetOwn; // kubeadm has no way back from one phase: the host as a whole goes back
        step.mayUndo = mayLeaveAlone;
        step.withReset = InstallStep::WithReset::Resets;
        step.usualUndoMs = 20'000;
        list.add(std::move(step));
    }
}

void addKubeconfigStep(StepList &list)
{
    InstallStep step = stepOf(firstControl(list.plan()).name, "keep-kubeconfig", InstallPhase::FirstControlPlane, 1'000, 60'000);
    step.changes = {{StepChange::Kind::Platform, u"kubeconfig"_s, {}}};
    step.withReset = InstallStep::WithReset::Goes;
    const auto platform = list.ground().options.platform;
    step.probe = [platform](InstallContext &context) { return probeKept(context, platform); };
    step.act = [platform](InstallContext &context) { return keepKubeconfig(context, platform); };
    list.add(std::move(step));
}

} // namespace kboss::steps
