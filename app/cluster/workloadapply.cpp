#include "app/cluster/workloadapply.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr Controller everyController[] = {Controller::StatefulSet, Controller::Deployment, Controller::DaemonSet,
                                          Controller::CronJob,     Controller::Job,        Controller::Standalone};

QString controllerOf(Workload workload, const WorkloadNames &names, Controller controller)
{
    static constexpr const char *kinds[] = {"statefulset", "deployment", "daemonset", "cronjob", "job", "pod"};
    const bool own = controller == workload.controller;
    workload.controller = controller;
    return QLatin1String(kinds[static_cast<size_t>(controller)]) + u'/' + (own ? names : namesOf(workload)).controller;
}

// What the workload may have had before and has no longer. No disk is among it.
QStringList formerOf(const Workload &workload, const WorkloadNames &names)
{
    QStringList objects;
    for (const Controller controller : everyController) {
        if (controller != workload.controller)
            objects << controllerOf(workload, names, controller);
    }
    if (workload.portMode != PortMode::Ingress)
        objects << u"ingress/"_s + workload.id + u"-ingress"_s;
    return objects;
}

// The template of a Job, and nearly all of a pod, is fixed once it is there.
bool isFixed(const Workload &workload, const WorkloadNames &names, const Error &error)
{
    const bool once = workload.controller == Controller::Job || workload.controller == Controller::Standalone;
    return once && error.kind == ErrorKind::Rejected && error.detail.contains(u"\"%1\" is invalid"_s.arg(names.controller));
}

Result<void> take(const QStringList &objects, const QString &nameSpace, const RunKubectl &kubectl, bool wait = false)
{
    const QStringList patience = wait ? QStringList{u"--wait=true"_s, u"--timeout=60s"_s} : QStringList{u"--wait=false"_s};
    const auto done =
        kubectl(QStringList{u"delete"_s, u"--ignore-not-found"_s} + patience + QStringList{u"-n"_s, nameSpace} + objects, {}, wait ? 65 : 30);
    return done ? Result<void>() : fail(done.error());
}

} // namespace

Result<void> applyWorkload(const Workload &workload, const WorkloadNames &names, const RunKubectl &kubectl)
{
    const QByteArray objects = QByteArray::fromStdString(toYaml(workload, names, YamlFor::Apply));
    const QStringList command{u"apply"_s, u"-f"_s, u"-"_s};
    auto done = kubectl(command, objects, 30);
    if (!done && isFixed(workload, names, done.error())) {
        if (auto gone = take({controllerOf(workload, names, workload.controller)}, names.nameSpace, kubectl, true); !gone)
            return gone;
        done = kubectl(command, objects, 30);
    }
    return done ? take(formerOf(workload, names), names.nameSpace, kubectl) : fail(done.error());
}

Result<void> removeWorkload(const Workload &workload, const WorkloadNames &names, const RunKubectl &kubectl)
{
    QStringList objects = formerOf(workload, names);
    objects << controllerOf(workload, names, workload.controller) << u"service/"_s + names.service << u"secret/"_s + workload.id + u"-auth"_s
            << u"ingress/"_s + workload.id + u"-ingress"_s << u"persistentvolumeclaim/"_s + workload.id + u"-data"_s;
    objects.removeDuplicates();
    if (auto done = take(objects, names.nameSpace, kubectl); !done)
        return done;
    // A StatefulSet leaves the claims that it made.
    const auto done = kubectl({u"delete"_s, u"persistentvolumeclaim"_s, u"-l"_s, u"kboss-config="_s + workload.id, u"--ignore-not-found"_s,
                               u"--wait=false"_s, u"-n"_s, names.nameSpace},
                              {}, 30);
    return done ? Result<void>() : fail(done.error());
}

} // namespace kboss
