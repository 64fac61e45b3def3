// What steps of phases 15 and 16 have in common: tokens and keys, and what a node is once it has joined.
#include "app/cluster/jointokens.h"
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3'600'000;
constexpr qint64 tokenLasts = 23 * hour; // of 24
constexpr qint64 keyLasts = 100 * 60'000; // of two hours
constexpr int readyMs = 300'000;

// Secrets are kept with the time they were made at: "<ms>\n<text>".
QString remembered(InstallContext &context, const QString &name, qint64 lasts)
{
    const QString kept = QString::fromUtf8(context.secret(name));
    const qint64 age = context.clock().nowMs() - kept.section(u'\n', 0, 0).toLongLong();
    return !kept.isEmpty() && age >= 0 && age < lasts ? kept.section(u'\n', 1) : QString();
}

void remember(InstallContext &context, const QString &name, const QString &text)
{
    context.setSecret(name, (QString::number(context.clock().nowMs()) + u'\n' + text).toUtf8());
}

Result<CommandResult> onFirst(InstallContext &context, const QStringList &words)
{
    const auto first = firstHost(context);
    if (!first)
        return fail(first.error());
    auto result = context.runQuietly(words, {}, 120'000, *first);
    if (result && !result->isGood())
        return fail(ErrorKind::Rejected, u"kubeadm: %1"_s.arg(lastWords(*result)));
    return result;
}

Result<JoinSecrets> token(InstallContext &context)
{
    QString line = remembered(context, u"join-token"_s, tokenLasts);
    if (line.isEmpty()) {
        const auto made = onFirst(context,
                                  {u"kubeadm"_s, u"token"_s, u"create"_s, u"--kubeconfig"_s, QString::fromLatin1(adminConf), u"--ttl"_s, u"24h0m0s"_s,
                                   u"--description"_s, tokenDescription(context), u"--print-join-command"_s});
        if (!made)
            return fail(made.error());
        if (const auto read = readJoinCommand(made->out); !read)
            return read;
        line = QString::fromUtf8(made->out).trimmed();
        remember(context, u"join-token"_s, line);
    }
    return readJoinCommand(line.toUtf8());
}

Result<QString> certificateKey(InstallContext &context)
{
    if (const QString key = remembered(context, u"certificate-key"_s, keyLasts); !key.isEmpty())
        return key;
    context.say(u"the certificates are uploaded for two hours, with a new key"_s);
    const auto uploaded = onFirst(
        context, {u"kubeadm"_s, u"init"_s, u"phase"_s, u"upload-certs"_s, u"--upload-certs"_s, u"--config"_s, ownPath(context, u"kubeadm.yaml"_s)});
    if (!uploaded)
        return fail(uploaded.error());
    const auto key = readCertificateKey(uploaded->out);
    if (key)
        remember(context, u"certificate-key"_s, *key);
    return key;
}

} // namespace

Result<JoinSecrets> joinSecrets(InstallContext &context, std::mutex &mutex, bool controlPlane)
{
    const std::scoped_lock lock(mutex);
    auto secrets = token(context);
    if (!secrets || !controlPlane)
        return secrets;
    const auto key = certificateKey(context);
    if (!key)
        return fail(key.error());
    secrets->certificateKey = *key;
    return secrets;
}

void forgetJoinSecrets(InstallContext &context)
{
    context.setSecret(u"join-token"_s, {});
    context.setSecret(u"certificate-key"_s, {});
}

Result<StepFinding> probeMember(InstallContext &context, std::optional<NodeView> *view)
{
    if (const auto other = foreignCluster(context); !other || *other)
        return other ? Result<StepFinding>(**other) : fail(other.error());
    const PlanHost &host = context.target();
    const auto node = onceKnown<std::optional<NodeView>>(context, [&] { return nodeOf(context, host.name); });
    if (!node)
        return fail(node.error());
    if (view)
        *view = *node;
    if (!*node)
        return open(u"no node of the cluster yet"_s);
    if (!(*node)->address.isEmpty() && (*node)->address != host.address)
        return foreign(u"the cluster has a node %1 already, with the address %2"_s.arg(host.name, (*node)->address));
    const auto config = fileOf(context, u"/etc/kubernetes/kubelet.conf"_s);
    if (!config)
        return fail(config.error());
    return *config ? done() : open(u"the cluster has the node, but the host does not know the cluster"_s);
}

namespace {

// Its action only waits, so that a cluster that does not answer is one to wait for.
Result<StepFinding> probeReady(InstallContext &context)
{
    const auto node = nodeOf(context, context.target().name);
    if (!node)
        return node.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(node.error())) : fail(node.error());
    if (!*node)
        return open(u"no node of the cluster yet"_s);
    // Without a network nobody becomes ready: somebody else installs one later.
    if (!(*node)->ready && context.plan().networkAddon != u"none"_s)
        return open(u"the node is not ready yet"_s);
    return (*node)->schedulable ? done((*node)->version) : open(u"the node takes no pods yet"_s);
}

Result<void> waitReady(InstallContext &context)
{
    const QString name = context.target().name;
    const auto ready = waitFor(context, readyMs, [&]() -> Result<StepFinding> {
        const auto node = nodeOf(context, name);
        if (!node)
            return node.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(node.error())) : fail(node.error());
        if (*node && ((*node)->ready || context.plan().networkAddon == u"none"_s))
            return done();
        return open(u"the node is not ready yet"_s);
    });
    return ready.and_then([&] { return kubectlOrder(context, {u"uncordon"_s, name}); });
}

} // namespace

void addReadyStep(StepList &list, const QString &host, InstallPhase phase, int usualMs)
{
    InstallStep ready = stepOf(host, "ready", phase, usualMs, readyMs + 60'000);
    ready.probe = probeReady;
    ready.act = waitReady;
    ready.withReset = InstallStep::WithReset::Goes;
    list.add(std::move(ready));
}

} // namespace kboss::steps
