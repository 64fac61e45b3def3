#include "models/installstepwords.h"

#include <QCoreApplication>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct Word {
    const char *name, *text;
};

const Word wholeNames[] = {
    {"lock", QT_TRANSLATE_NOOP("InstallStepWords", "take the lock")},
    {"swap", QT_TRANSLATE_NOOP("InstallStepWords", "swap off")},
    {"modules", QT_TRANSLATE_NOOP("InstallStepWords", "kernel modules")},
    {"sysctl", QT_TRANSLATE_NOOP("InstallStepWords", "kernel values")},
    {"time", QT_TRANSLATE_NOOP("InstallStepWords", "time synchronisation")},
    {"firewall", QT_TRANSLATE_NOOP("InstallStepWords", "open ports of the firewall")},
    {"runtime", QT_TRANSLATE_NOOP("InstallStepWords", "install containerd")},
    {"runtime-config", QT_TRANSLATE_NOOP("InstallStepWords", "set up containerd")},
    {"packages", QT_TRANSLATE_NOOP("InstallStepWords", "Kubernetes packages")},
    {"images", QT_TRANSLATE_NOOP("InstallStepWords", "images")},
    {"preflight", QT_TRANSLATE_NOOP("InstallStepWords", "kubeadm's own checks")},
    {"certs", QT_TRANSLATE_NOOP("InstallStepWords", "certificates")},
    {"kubeconfig", QT_TRANSLATE_NOOP("InstallStepWords", "kubeconfig files")},
    {"etcd", QT_TRANSLATE_NOOP("InstallStepWords", "etcd")},
    {"control-plane", QT_TRANSLATE_NOOP("InstallStepWords", "control plane")},
    {"kubelet-start", QT_TRANSLATE_NOOP("InstallStepWords", "start the kubelet")},
    {"wait-control-plane", QT_TRANSLATE_NOOP("InstallStepWords", "wait for the control plane")},
    {"upload-config", QT_TRANSLATE_NOOP("InstallStepWords", "keep the configuration in the cluster")},
    {"upload-certs", QT_TRANSLATE_NOOP("InstallStepWords", "certificates for more control planes")},
    {"mark-control-plane", QT_TRANSLATE_NOOP("InstallStepWords", "mark the control plane")},
    {"bootstrap-token", QT_TRANSLATE_NOOP("InstallStepWords", "token for joining")},
    {"kubelet-finalize", QT_TRANSLATE_NOOP("InstallStepWords", "certificates of the kubelet")},
    {"addon", QT_TRANSLATE_NOOP("InstallStepWords", "DNS and proxy of the cluster")},
    {"keep-kubeconfig", QT_TRANSLATE_NOOP("InstallStepWords", "keep the way into the cluster")},
    {"network", QT_TRANSLATE_NOOP("InstallStepWords", "network of the pods")},
    {"ready", QT_TRANSLATE_NOOP("InstallStepWords", "wait until ready")},
    {"join", QT_TRANSLATE_NOOP("InstallStepWords", "join as a worker")},
    {"join-control-plane", QT_TRANSLATE_NOOP("InstallStepWords", "join as a control plane")},
    {"verify-api", QT_TRANSLATE_NOOP("InstallStepWords", "try the API and the nodes")},
    {"verify-etcd", QT_TRANSLATE_NOOP("InstallStepWords", "try etcd")},
    {"verify-certificates", QT_TRANSLATE_NOOP("InstallStepWords", "dates of the certificates")},
    {"verify-network", QT_TRANSLATE_NOOP("InstallStepWords", "try the network between all nodes")},
    {"verify-gpus", QT_TRANSLATE_NOOP("InstallStepWords", "count the GPUs")},
    {"gpu-job", QT_TRANSLATE_NOOP("InstallStepWords", "test job on the GPUs")},
    {"register", QT_TRANSLATE_NOOP("InstallStepWords", "tell the service")},
    {"unregister", QT_TRANSLATE_NOOP("InstallStepWords", "tell the service that it is gone")},
    {"delete-token", QT_TRANSLATE_NOOP("InstallStepWords", "take back the token for joining")},
    {"reset", QT_TRANSLATE_NOOP("InstallStepWords", "reset the host")},
};

const Word beginnings[] = {
    {"file-", QT_TRANSLATE_NOOP("InstallStepWords", "bring file %1")},
    {"addon-", QT_TRANSLATE_NOOP("InstallStepWords", "add-on %1")},
    {"drain-", QT_TRANSLATE_NOOP("InstallStepWords", "drain %1")},
    {"delete-", QT_TRANSLATE_NOOP("InstallStepWords", "delete the node %1")},
    {"leave-", QT_TRANSLATE_NOOP("InstallStepWords", "%1 leaves etcd and the cluster")},
    {"unregister-", QT_TRANSLATE_NOOP("InstallStepWords", "tell the service that %1 is gone")},
};

QString words(const char *text)
{
    return QCoreApplication::translate("InstallStepWords", text);
}

const Word *wholeOf(const QString &name)
{
    const auto found =
        std::find_if(std::begin(wholeNames), std::end(wholeNames), [&name](const Word &word) { return name == QLatin1String(word.name); });
    return found == std::end(wholeNames) ? nullptr : found;
}

const Word *beginningOf(const QString &name)
{
    const auto found =
        std::find_if(std::begin(beginnings), std::end(beginnings), [&name](const Word &word) { return name.startsWith(QLatin1String(word.name)); });
    return found == std::end(beginnings) ? nullptr : found;
}

} // namespace

bool isStepWordKnown(const QString &name)
{
    return wholeOf(name) || beginningOf(name);
}

QString stepWord(const QString &name)
{
    if (const Word *whole = wholeOf(name))
        return words(whole->text);
    const Word *beginning = beginningOf(name);
    return beginning ? words(beginning->text).arg(name.mid(static_cast<qsizetype>(qstrlen(beginning->name)))) : name;
}

QString stepWord(const InstallStepInfo &step)
{
    if (step.name.startsWith("file-"_L1) && !step.changes.empty())
        return words(beginnings[0].text).arg(step.changes.front().subject);
    return stepWord(step.name);
}

QString choiceWhyText(const InstallChoice &choice)
{
    using Why = InstallChoice::Why;
    switch (choice.why) {
    case Why::NotFailed:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not possible: it has not failed."));
    case Why::NothingDone:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not possible: nothing of it was done."));
    case Why::NoUndo:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not possible: this step changes nothing that could be taken back alone."));
    case Why::NothingOnHost:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not possible: nothing was done on this host."));
    case Why::HostBusy:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not now: a step of this host is running."));
    case Why::OthersJoined:
        return words(QT_TRANSLATE_NOOP(
                         "InstallStepWords",
                         "Not possible: %1 would lose their cluster, which %2 began. Undo those hosts first, or remove the whole cluster."))
            .arg(choice.others.join(u", "_s), choice.host);
    case Why::LeftOutAlready:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "It is left out already."));
    case Why::HostDone:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not needed: everything is done on this host."));
    case Why::FirstControlPlane:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not possible: it is the first control plane, there is no cluster without it."));
    case Why::HalfMember:
        return words(QT_TRANSLATE_NOOP("InstallStepWords", "Not possible: it may be half a member of the control plane. Undo it first."));
    case Why::Possible:
        break;
    }
    return {};
}

} // namespace kboss
