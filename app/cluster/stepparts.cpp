#include "app/cluster/stepparts.h"

#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"

#include <QRegularExpression>
#include <condition_variable>
#include <nlohmann/json.hpp>

namespace kboss::steps {

using namespace Qt::StringLiterals;
using nlohmann::json;

InstallStep &StepList::add(InstallStep step)
{
    step.id = step.host + u'/' + step.name;
    if (const QString before = m_last.value(step.host); !before.isEmpty() && !step.after.contains(before))
        step.after.prepend(before);
    m_last[step.host] = step.id;
    return m_steps.emplace_back(std::move(step));
}

InstallStep stepOf(const QString &host, const char *name, InstallPhase phase, int usualMs, int deadlineMs)
{
    InstallStep step;
    step.host = host;
    step.name = QString::fromLatin1(name);
    step.phase = phase;
    step.usualMs = usualMs;
    step.deadlineMs = deadlineMs;
    return step;
}

StepFinding open(const QString &detail)
{
    return {StepState::Open, detail};
}

StepFinding done(const QString &detail)
{
    return {StepState::Done, detail};
}

StepFinding notNeeded(const QString &detail)
{
    return {StepState::NotNeeded, detail};
}

StepFinding foreign(const QString &detail)
{
    return {StepState::Foreign, detail};
}

const PlanHost &firstControl(const InstallPlan &plan)
{
    return *plan.withRole(HostRole::ControlPlane).front();
}

Result<RemoteHost *> firstHost(InstallContext &context)
{
    const QString &name = firstControl(context.plan()).name;
    if (RemoteHost *host = context.target().name == name ? &context.host() : context.hostNamed(name))
        return host;
    return fail(ErrorKind::NotFound, u"the first control-plane host, %1, is not connected"_s.arg(name));
}

QString lastWords(const CommandResult &result)
{
    QStringList lines = kubectlReason(result.err).split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) { return line.startsWith(u"To see the stack trace"_s) || line.startsWith(u"[preflight] If you know"_s); });
    QString words = lines.isEmpty() ? QString() : lines.last().trimmed();
    if (words.isEmpty())
        words = QString::fromUtf8(result.out).trimmed().section(u'\n', -1).trimmed();
    if (words.isEmpty())
        words = result.signal.isEmpty() ? u"ended with code %1"_s.arg(result.exitCode) : u"ended by signal %1"_s.arg(result.signal);
    return words;
}

namespace {

Unexpected refused(const QString &what, const CommandResult &result)
{
    return fail(ErrorKind::Rejected, u"%1: %2"_s.arg(what, lastWords(result)));
}

QStringList kubectlWords(const QStringList &arguments)
{
    return QStringList{u"kubectl"_s, u"--kubeconfig"_s, QString::fromLatin1(adminConf), u"--request-timeout=20s"_s} + arguments;
}

} // namespace

Result<QByteArray> ask(InstallContext &context, const QByteArray &script, const QStringList &words, RemoteHost *on, int deadlineMs)
{
    const auto result = context.runQuietly(QStringList{u"sh"_s, u"-c"_s, QString::fromUtf8(script), u"sh"_s} + words, {}, deadlineMs, on);
    if (!result)
        return fail(result.error());
    if (!result->isGood())
        return refused(u"a question to the host"_s, *result);
    return result->out;
}

Result<Facts> facts(InstallContext &context, const QByteArray &script, const QStringList &words, RemoteHost *on)
{
    const auto answer = ask(context, script, words, on);
    if (!answer)
        return fail(answer.error());
    Facts found;
    const QStringList lines = QString::fromUtf8(*answer).split(u'\n', Qt::SkipEmptyParts);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) // values() gives the last inserted first
        found.insert(line->section(u' ', 0, 0), line->section(u' ', 1).trimmed());
    return found;
}

Result<void> order(InstallContext &context, const QStringList &words, int deadlineMs, RemoteHost *on, const QByteArray &input)
{
    const auto result = context.run(words, input, deadlineMs, on);
    if (!result)
        return fail(result.error());
    return result->isGood() ? Result<void>() : refused(words.value(0), *result);
}

Result<CommandResult> kubectl(InstallContext &context, const QStringList &arguments, const QByteArray &input, int deadlineMs)
{
    const auto first = firstHost(context);
    return first ? context.runQuietly(kubectlWords(arguments), input, deadlineMs, *first) : fail(first.error());
}

Result<void> kubectlOrder(InstallContext &context, const QStringList &arguments, const QByteArray &input, int deadlineMs)
{
    const auto first = firstHost(context);
    return first ? order(context, kubectlWords(arguments), deadlineMs, *first, input) : fail(first.error());
}

bool isNotFound(const CommandResult &result)
{
    return !result.isGood() && result.err.contains("(NotFound)");
}

bool isMissing(const CommandResult &result)
{
    return isNotFound(result) || (!result.isGood() && result.err.contains("no matches for kind"));
}

Result<std::optional<QByteArray>> fileOf(InstallContext &context, const QString &path)
{
    const auto result = context.runQuietly({u"sh"_s, u"-c"_s, u"[ -e \"$1\" ] || exit 44; cat -- \"$1\""_s, u"sh"_s, path});
    if (!result)
        return fail(result.error());
    if (result->exitCode == 44)
        return std::optional<QByteArray>();
    return result->isGood() ? Result<std::optional<QByteArray>>(result->out) : refused(path, *result);
}

Result<void> putFile(InstallContext &context, const QString &path, const QByteArray &content, int mode)
{
    return context.keepCopy(path)
        .and_then([&] {
            return order(context, {u"mkdir"_s, u"-p"_s, u"--"_s, path.section(u'/', 0, -2)});
        })
        .and_then([&] { return context.host().upload(uploadOf(content, path, mode), context.token()); });
}

QString ownPath(InstallContext &context, const QString &name)
{
    return context.folder() + u'/' + name;
}

Result<void> putOwnFile(InstallContext &context, const QString &name, const QByteArray &content)
{
    return order(context, {u"install"_s, u"-d"_s, u"-m"_s, u"700"_s, u"--"_s, ownPath(context, name).section(u'/', 0, -2)}).and_then([&] {
        return context.host().upload(uploadOf(content, ownPath(context, name), 0600), context.token());
    });
}

Result<void> noteOnce(InstallContext &context, const QString &name, const QByteArray &content)
{
    const auto there = fileOf(context, ownPath(context, name));
    if (!there)
        return fail(there.error());
    return *there ? Result<void>() : putOwnFile(context, name, content);
}

bool pauseFor(InstallContext &context, int ms)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    const CancelToken &token = context.token();
    never.wait_for(lock, token, std::chrono::milliseconds(ms), [&token] { return token.stop_requested(); });
    return !token.stop_requested();
}

Result<void> waitFor(InstallContext &context, int ms, const std::function<Result<StepFinding>()> &probe, int everyMs)
{
    const qint64 end = context.clock().nowMs() + ms;
    for (QString said;;) {
        const auto found = probe();
        if (!found)
            return fail(found.error());
        if (found->state == StepState::Done || found->state == StepState::NotNeeded)
            return {};
        if (found->state == StepState::Foreign)
            return fail(ErrorKind::Conflict, found->detail);
        if (found->detail != said)
            context.say(said = found->detail);
        if (context.clock().nowMs() >= end)
            return fail(ErrorKind::Timeout, found->detail.isEmpty() ? u"it did not come about in time"_s : found->detail);
        if (!pauseFor(context, everyMs))
            return fail(ErrorKind::Cancelled, {});
    }
}

Result<void> forgetAction(InstallContext &context, const QString &name)
{
    return order(context, {u"rm"_s, u"-rf"_s, u"--"_s, ownPath(context, u"actions/"_s + name)});
}

Result<void> runUntil(InstallContext &context, const DetachedAction &action, const std::function<Result<bool>()> &isThere)
{
    for (int round = 0;; ++round) {
        if (auto ran = context.runDetached(action); !ran)
            return ran;
        const auto there = isThere();
        if (!there)
            return fail(there.error());
        if (*there || round == 1)
            return {};
        if (auto forgotten = forgetAction(context, action.name); !forgotten)
            return forgotten;
    }
}

Result<Belonging> belongingOf(InstallContext &context)
{
    static const QByteArray script = R"sh(if [ -e "$1/cluster-begun" ]; then echo begun yes; fi
for path in /etc/kubernetes/admin.conf /etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf \
    /etc/kubernetes/manifests/kube-apiserver.yaml /etc/kubernetes/manifests/etcd.yaml /etc/kubernetes/pki/ca.crt /var/lib/etcd/member \
    /etc/rancher/k3s /etc/rancher/rke2 /var/lib/k0s /var/snap/microk8s; do
  if [ -e "$path" ]; then echo "found $path"; fi
done
exit 0)sh";
    const auto found = facts(context, script, {context.folder()});
    if (!found)
        return fail(found.error());
    return Belonging{found->contains(u"begun"_s), found->values(u"found"_s).value(0)};
}

Result<std::optional<StepFinding>> foreignCluster(InstallContext &context)
{
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    if (belonging->begun || belonging->found.isEmpty())
        return std::optional<StepFinding>();
    return std::optional<StepFinding>(foreign(
        u"%1 is there: the host belongs to a cluster, or to what is left of one, that this installation did not begin"_s.arg(belonging->found)));
}

QStringList acceptedOn(const InstallPlan &plan, const QString &host)
{
    QStringList names;
    for (const QString &one : plan.acceptedProblems) {
        if (one.section(u'/', 0, 0) == host)
            names << one.section(u'/', 1);
    }
    return names;
}

bool passesNames(const QStringList &names)
{
    static const QRegularExpression form(u"^[A-Za-z0-9][A-Za-z0-9._-]*$"_s);
    return std::all_of(names.begin(), names.end(),
                       [](const QString &name) { return form.match(name).hasMatch() && name.compare(u"all"_s, Qt::CaseInsensitive) != 0; });
}

StepFinding notYet(const Error &error)
{
    return open(u"the cluster does not answer yet: %1"_s.arg(error.detail));
}

QByteArray aptPrologue(const InstallPlan &plan)
{
    QByteArray made = "export DEBIAN_FRONTEND=noninteractive LC_ALL=C\n";
    const auto set = [&made](const char *name, const QString &value) {
        if (!value.isEmpty())
            made += QByteArray("export ") + name + '=' + shellQuoted(value) + '\n';
    };
    set("http_proxy", plan.httpProxy);
    set("https_proxy", plan.httpsProxy);
    if (!plan.httpProxy.isEmpty() || !plan.httpsProxy.isEmpty())
        set("no_proxy", noProxyOf(plan).join(u','));
    return made + "apt() { apt-get -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \"$@\"; }\n";
}

namespace {

NodeView viewOf(const json &node)
{
    const json::json_pointer name("/metadata/name"), version("/status/nodeInfo/kubeletVersion"), cordoned("/spec/unschedulable"),
        gpus("/status/allocatable/nvidia.com~1gpu");
    NodeView view;
    view.name = QString::fromStdString(node.value(name, std::string()));
    view.version = QString::fromStdString(node.value(version, std::string()));
    view.schedulable = !node.value(cordoned, false);
    view.gpus = QString::fromStdString(node.value(gpus, std::string())).toLongLong();
    const json labels = node.value(json::json_pointer("/metadata/labels"), json::object());
    view.controlPlane = labels.is_object() && labels.contains("node-role.kubernetes.io/control-plane");
    for (const json &one : node.value(json::json_pointer("/status/conditions"), json::array())) {
        if (one.value("type", std::string()) == "Ready")
            view.ready = one.value("status", std::string()) == "True";
    }
    for (const json &one : node.value(json::json_pointer("/status/addresses"), json::array())) {
        if (one.value("type", std::string()) == "InternalIP" && view.address.isEmpty())
            view.address = QString::fromStdString(one.value("address", std::string()));
    }
    return view;
}

Result<std::vector<NodeView>> readNodes(const QByteArray &content)
try {
    std::vector<NodeView> all;
    const json list = json::parse(content.begin(), content.end());
    for (const json &node : list.at("items"))
        all.push_back(viewOf(node));
    return all;
} catch (const json::exception &error) {
    return fail(ErrorKind::Protocol, u"the cluster's list of nodes is none: %1"_s.arg(QString::fromUtf8(error.what())));
}

} // namespace

Result<std::vector<NodeView>> nodesOf(InstallContext &context)
{
    const auto result = kubectl(context, {u"get"_s, u"nodes"_s, u"-o"_s, u"json"_s});
    if (!result)
        return fail(result.error());
    return result->isGood() ? readNodes(result->out) : refused(u"kubectl"_s, *result);
}

Result<std::optional<NodeView>> nodeOf(InstallContext &context, const QString &name)
{
    const auto all = nodesOf(context);
    if (!all)
        return fail(all.error());
    const auto found = std::find_if(all->begin(), all->end(), [&name](const NodeView &one) { return one.name == name; });
    return found == all->end() ? std::optional<NodeView>() : std::optional<NodeView>(*found);
}

} // namespace kboss::steps
