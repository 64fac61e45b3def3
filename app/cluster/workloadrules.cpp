#include "app/cluster/workloadrules.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *controllers[] = {"StatefulSet", "Deployment", "DaemonSet", "CronJob", "Job", "Standalone"};
constexpr const char *restarts[] = {"Always", "OnFailure", "Never"};

std::optional<Controller> controllerOf(const QString &word)
{
    for (size_t i = 0; i < std::size(controllers); ++i) {
        if (word == QLatin1String(controllers[i]))
            return static_cast<Controller>(i);
    }
    return std::nullopt;
}

} // namespace

bool mayRepeat(Controller controller)
{
    return controller == Controller::StatefulSet || controller == Controller::Deployment;
}

std::vector<RestartPolicy> restartsOf(Controller controller)
{
    switch (controller) {
    case Controller::CronJob:
    case Controller::Job:
        return {RestartPolicy::OnFailure, RestartPolicy::Never};
    case Controller::Standalone:
        return {RestartPolicy::Always, RestartPolicy::OnFailure, RestartPolicy::Never};
    default:
        return {RestartPolicy::Always};
    }
}

QStringList imagesOf(InstanceType type)
{
    if (type == InstanceType::RelationalDb)
        return {u"docker.io/library/mysql:8.0"_s};
    return {u"docker.io/library/ubuntu:22.04"_s, u"docker.io/jupyter/base-notebook:latest"_s};
}

bool usesOutsidePort(PortMode mode)
{
    return mode == PortMode::NodePort;
}

WorkloadRules rulesOf(const WorkloadTexts &texts)
{
    WorkloadRules rules;
    const QString type = texts.value(u"instance_type"_s);
    rules.database = type == u"RelationalDB"_s;
    if (rules.database || type != u"LinuxOS"_s)
        rules.images += imagesOf(InstanceType::RelationalDb);
    if (!rules.database)
        rules.images = imagesOf(InstanceType::LinuxOs) + rules.images;
    const auto controller = controllerOf(texts.value(u"source_podengine"_s));
    rules.replicas = !controller || mayRepeat(*controller);
    rules.everyNode = controller == Controller::DaemonSet;
    rules.hourly = controller == Controller::CronJob;
    for (const RestartPolicy policy : restartsOf(controller.value_or(Controller::Standalone)))
        rules.restarts << QLatin1String(restarts[static_cast<size_t>(policy)]);
    const QString mode = texts.value(u"source_portmode"_s);
    rules.outsidePort = mode.isEmpty() || mode == u"NodePort"_s;
    rules.gpuModel = texts.value(u"source_gpu"_s).toLongLong() > 0;
    return rules;
}

ImageHabits habitsOf(const QString &image)
{
    if (image.contains(u"mysql"_s))
        return {3306, u"/var/lib/mysql"_s};
    if (image.contains(u"jupyter"_s))
        return {8888, u"/home/jovyan/work"_s};
    return {22, u"/mnt/data"_s};
}

} // namespace kboss
