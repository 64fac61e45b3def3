// Steps of phase 18 for hosts with GPUs, where the plan asks for somebody to look after them: the cluster knows all of them, and a job gets them.
#include "app/cluster/stepparts.h"
#include "app/cluster/yamltree.h"

#include <QCryptographicHash>

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr int jobSeconds = 600;
const QString checkedName = u"gpus-checked"_s;

Result<qint64> gpusHere(InstallContext &context)
{
    const auto found = facts(context, R"sh(count=0
for device in /sys/bus/pci/devices/*; do
  [ -r "$device/vendor" ] && [ "$(cat "$device/vendor")" = 0x10de ] || continue
  class=$(cat "$device/class")
  [ "${class#0x030[02]}" = "$class" ] || count=$((count + 1))
done
echo "gpus $count")sh");
    return found ? Result<qint64>(found->value(u"gpus"_s).toLongLong()) : fail(found.error());
}

Result<StepFinding> probeGpus(InstallContext &context)
{
    const auto here = gpusHere(context);
    if (!here)
        return fail(here.error());
    if (*here == 0)
        return notNeeded(u"no GPUs"_s);
    const auto node = nodeOf(context, context.target().name);
    if (!node)
        return node.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(node.error())) : fail(node.error());
    const qint64 known = *node ? (*node)->gpus : 0;
    return known == *here ? done(u"%1 GPUs"_s.arg(*here)) : open(u"the host has %1 GPUs, the cluster knows %2"_s.arg(*here).arg(known));
}

// The test job: one pod that asks for all GPUs of the node and counts the devices it was given.

QString jobName(const QString &host) // its pods carry it as a label: at most 63
{
    constexpr qsizetype longest = 53;
    const QString hash = QString::fromLatin1(QCryptographicHash::hash(host.toUtf8(), QCryptographicHash::Sha256).toHex().left(8));
    return u"kboss-gpu-"_s + (host.size() <= longest ? host : host.left(longest - 9) + u'-' + hash);
}

QByteArray jobManifest(const InstallPlan &plan, const QString &host, qint64 gpus)
{
    const QString script =
        u"set -- /dev/nvidia[0-9]*\n[ -e \"$1\" ] || set --\nnvidia-smi -L 2>/dev/null\necho \"$# of %1 GPUs\"\n[ $# -eq %1 ]"_s.arg(gpus);
    const std::string count = QString::number(gpus).toStdString();
    YamlTree container{{"name", "check"}, {"image", checkImage(plan).toStdString()}, {"imagePullPolicy", "IfNotPresent"}};
    container["command"] = YamlTree::array({"sh", "-c", script.toStdString()});
    container["resources"]["limits"] = {{"nvidia.com/gpu", count}};
    YamlTree pod{{"nodeName", host.toStdString()}, {"restartPolicy", "Never"}, {"terminationGracePeriodSeconds", 0}};
    pod["tolerations"] = YamlTree::array({{{"operator", "Exists"}}});
    pod["containers"] = YamlTree::array({container});
    YamlTree job{{"apiVersion", "batch/v1"}, {"kind", "Job"}};
    job["metadata"] = {{"name", jobName(host).toStdString()}, {"namespace", "default"}, {"labels", {{"app", "kboss-gpu-check"}}}};
    job["spec"] = {{"backoffLimit", 0}, {"activeDeadlineSeconds", jobSeconds}, {"ttlSecondsAfterFinished", 3600}};
    job["spec"]["template"]["metadata"]["labels"] = {{"app", "kboss-gpu-check"}};
    job["spec"]["template"]["spec"] = pod;
    return QByteArray::fromStdString(yamlText(std::vector<YamlTree>{job}));
}

Result<void> removeJob(InstallContext &context)
{
    return kubectlOrder(
        context, {u"-n"_s, u"default"_s, u"delete"_s, u"job"_s, jobName(context.target().name), u"--ignore-not-found=true"_s, u"--timeout=60s"_s}, {},
        90'000);
}

Result<StepFinding> probeJob(InstallContext &context)
{
    const auto here = gpusHere(context);
    if (!here)
        return fail(here.error());
    if (*here == 0)
        return notNeeded(u"no GPUs"_s);
    const auto checked = fileOf(context, ownPath(context, checkedName));
    if (!checked)
        return fail(checked.error());
    if (!*checked)
        return open(u"no job has used the GPUs yet"_s);
    return (*checked)->trimmed() == QByteArray::number(*here) ? done(u"a job used %1 GPUs"_s.arg(*here))
                                                              : open(u"there are other GPUs since a job used them"_s);
}

QString logOf(InstallContext &context, const QString &job)
{
    const auto log = kubectl(context, {u"-n"_s, u"default"_s, u"logs"_s, u"job/"_s + job, u"--tail=20"_s});
    return log && log->isGood() ? QString::fromUtf8(log->out).trimmed() : QString();
}

Result<void> waitForJob(InstallContext &context, const QString &job)
{
    return waitFor(
        context, (jobSeconds + 60) * 1000,
        [&]() -> Result<StepFinding> {
            const auto result =
                kubectl(context, {u"-n"_s, u"default"_s, u"get"_s, u"job"_s, job, u"-o"_s, u"jsonpath={.status.succeeded} {.status.failed}"_s});
            if (!result)
                return fail(result.error());
            const QString words = QString::fromUtf8(result->out);
            if (words.section(u' ', 0, 0).toInt() > 0)
                return done();
            if (words.section(u' ', 1, 1).toInt() > 0) {
                const QString log = logOf(context, job);
                return fail(ErrorKind::Rejected, u"the job did not get the GPUs: %1"_s.arg(log.isEmpty() ? u"it wrote nothing"_s : log));
            }
            return open(result->isGood() ? u"the job %1 has not ended"_s.arg(job) : lastWords(*result));
        },
        3'000);
}

Result<void> runJob(InstallContext &context)
{
    const auto here = gpusHere(context);
    if (!here)
        return fail(here.error());
    const QString &host = context.target().name;
    auto ran = removeJob(context)
                   .and_then([&] {
                       return kubectlOrder(context, {u"apply"_s, u"-f"_s, u"-"_s}, jobManifest(context.plan(), host, *here));
                   })
                   .and_then([&] { return waitForJob(context, jobName(host)); });
    if (!ran)
        return ran; // the job stays, for whoever wants to look at it; the next try removes it
    if (const QString log = logOf(context, jobName(host)); !log.isEmpty())
        context.say(log);
    return removeJob(context).and_then([&] { return putOwnFile(context, checkedName, QByteArray::number(*here) + '\n'); });
}

} // namespace

void addGpuStep(StepList &list, const PlanHost &host)
{
    const bool asked = list.plan().addons.contains(u"gpu-operator"_s);
    const auto only = [asked](auto probe) {
        return [asked, probe](InstallContext &context) -> Result<StepFinding> {
            return asked ? probe(context) : Result<StepFinding>(notNeeded(u"the plan asks for nobody to look after GPUs"_s));
        };
    };
    InstallStep count = stepOf(host.name, "verify-gpus", InstallPhase::Verify, 60'000, 960'000);
    count.after = {list.last(firstControl(list.plan()).name)};
    count.withReset = InstallStep::WithReset::Goes;
    count.probe = only(probeGpus);
    count.act = [](InstallContext &context) {
        return waitFor(
            context, 900'000, [&] { return probeGpus(context); }, 5'000);
    };
    list.add(std::move(count));
    if (!asked)
        return;
    InstallStep job = stepOf(host.name, "gpu-job", InstallPhase::Verify, 30'000, 960'000);
    job.changes = {{StepChange::Kind::ClusterObject, u"default/"_s + jobName(host.name), {}}};
    job.withReset = InstallStep::WithReset::Goes;
    job.probe = only(probeJob);
    job.act = runJob;
    job.undo = [](InstallContext &context) {
        return removeJob(context).and_then([&] { return order(context, {u"rm"_s, u"-f"_s, u"--"_s, ownPath(context, checkedName)}); });
    };
    list.add(std::move(job));
}

} // namespace kboss::steps
