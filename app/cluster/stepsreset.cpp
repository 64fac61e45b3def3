// How a host leaves a cluster: drained, deleted, reset, cleaned of what kubeadm's reset leaves.
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr int drainSeconds = 120;

// kubeadm's reset leaves the network's configuration, its links and the rules of packet filters. Nothing under a person's ~/.kube: no step writes
// there.
const QByteArray cleanScript = R"sh(kubeadm reset -f --cri-socket unix:///run/containerd/containerd.sock
systemctl stop kubelet || true
rm -f /etc/cni/net.d/10-flannel.conflist /etc/cni/net.d/10-calico.conflist /etc/cni/net.d/calico-kubeconfig
rm -rf /var/lib/cni /run/flannel /etc/kubernetes/tmp /var/lib/etcd/member
for link in cni0 flannel.1 flannel-v6.1 vxlan.calico kube-ipvs0 nodelocaldns; do
  if [ -e "/sys/class/net/$link" ]; then ip link delete "$link" || true; fi
done
for tool in iptables ip6tables; do
  if command -v "$tool-save" >/dev/null 2>&1 && "$tool-save" 2>/dev/null | grep -qE 'KUBE-|FLANNEL|CNI-|cali-'; then
    "$tool-save" | grep -vE 'KUBE-|FLANNEL|CNI-|cali-' | "$tool-restore"
  fi
done
if command -v ipvsadm >/dev/null 2>&1; then ipvsadm --clear || true; fi
if command -v nft >/dev/null 2>&1; then
  for family in ip ip6; do nft delete table "$family" kube-proxy 2>/dev/null || true; done
fi
)sh";

} // namespace

Result<StepFinding> probeClean(InstallContext &context)
{
    const auto found = facts(
        context,
        R"sh(for path in /etc/kubernetes/admin.conf /etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf /etc/kubernetes/pki/ca.crt \
    /etc/kubernetes/manifests/kube-apiserver.yaml /etc/kubernetes/manifests/etcd.yaml /var/lib/etcd/member /var/lib/kubelet/config.yaml \
    /etc/cni/net.d/10-flannel.conflist /etc/cni/net.d/10-calico.conflist; do
  if [ -e "$path" ]; then echo "found $path"; fi
done
exit 0)sh");
    if (!found)
        return fail(found.error());
    return found->contains(u"found"_s) ? open(u"%1 is there"_s.arg(found->values(u"found"_s).front())) : done(u"nothing of a cluster is there"_s);
}

Result<void> resetHost(InstallContext &context)
{
    const auto isClean = [&]() -> Result<bool> {
        const auto clean = probeClean(context);
        return clean ? Result<bool>(clean->state == StepState::Done) : fail(clean.error());
    };
    const auto before = isClean();
    if (!before)
        return fail(before.error());
    const auto reset = *before ? Result<void>() : runUntil(context, {u"reset"_s, cleanScript, {}, 600'000}, isClean);
    return reset.and_then([&] { return clearMarks(context); });
}

Result<void> resetOwn(InstallContext &context)
{
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    return belonging->begun ? resetHost(context) : Result<void>();
}

Unexpected notLeft(const Error &error)
{
    if (error.kind != ErrorKind::Rejected)
        return fail(error);
    return fail(
        ErrorKind::Rejected,
        u"%1. Reset now, the host would stay in the cluster as a dead node. Where the cluster is gone for good, remove the whole cluster: that "
        "resets its hosts without asking it"_s.arg(error.detail));
}

Result<void> mayLeaveAlone(InstallContext &context)
{
    constexpr int patienceMs = 30'000; // one that never came up is what people undo
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    if (!belonging->begun)
        return {};
    const auto nodes = onceKnown<std::vector<NodeView>>(
        context, [&] { return nodesOf(context); }, patienceMs);
    if (!nodes)
        return nodes.error().kind == ErrorKind::Rejected ? Result<void>() : fail(nodes.error());
    QStringList others;
    for (const NodeView &node : *nodes) {
        if (node.name != context.target().name)
            others << node.name;
    }
    if (others.isEmpty())
        return {};
    return fail(
        ErrorKind::Conflict,
        u"%1 would lose their cluster, which this host began: undo those hosts first, or remove the whole cluster"_s.arg(others.join(u", "_s)));
}

Result<void> drainNode(InstallContext &context, const QString &name)
{
    const auto first = firstHost(context);
    if (!first)
        return fail(first.error());
    const QStringList words{u"kubectl"_s, u"--kubeconfig"_s,        QString::fromLatin1(adminConf), u"drain"_s,
                            name,         u"--ignore-daemonsets"_s, u"--delete-emptydir-data"_s,    u"--timeout=%1s"_s.arg(drainSeconds)};
    const auto result = context.run(words, {}, (drainSeconds + 60) * 1000, *first);
    if (!result)
        return fail(result.error());
    if (result->isGood() || isNotFound(*result))
        return {};
    const QString text = QString::fromUtf8(result->err);
    QString why = lastWords(*result);
    if (text.contains(u"disruption budget"_s))
        why = u"a disruption budget keeps pods on the node: give their workload more replicas elsewhere, or less of a budget, and repeat. %1"_s.arg(
            why);
    else if (text.contains(u"declare no controller"_s))
        why = u"pods on the node belong to no controller and would be lost: delete or move them, and repeat. %1"_s.arg(why);
    return fail(ErrorKind::Rejected, u"%1 (the node stays closed to new pods)"_s.arg(why));
}

Result<void> deleteNode(InstallContext &context, const QString &name)
{
    return kubectlOrder(context, {u"delete"_s, u"node"_s, name, u"--ignore-not-found=true"_s}, {}, 120'000);
}

} // namespace kboss::steps
