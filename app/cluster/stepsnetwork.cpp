// Steps of phases 14 and 17: the pods' network, and what else a plan asks for. Both are manifests that are applied.
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

// The objects of a manifest on the first control-plane host, as the cluster has them.
Result<StepFinding> probeObjects(InstallContext &context, const QString &path)
{
    const auto there = fileOf(context, path);
    if (!there)
        return fail(there.error());
    if (!*there)
        return open(u"it has not been applied yet"_s);
    return onceKnown<StepFinding>(context, [&]() -> Result<StepFinding> {
        const auto result = kubectl(context, {u"get"_s, u"-f"_s, path, u"-o"_s, u"name"_s});
        if (!result)
            return fail(result.error());
        if (result->isGood())
            return done();
        return isMissing(*result) ? Result<StepFinding>(open(lastWords(*result))) : fail(ErrorKind::Rejected, lastWords(*result));
    });
}

Result<void> apply(InstallContext &context, const QString &path)
{
    return kubectlOrder(context, {u"apply"_s, u"-f"_s, path}, {}, 180'000);
}

Result<void> deleteObjects(InstallContext &context, const QString &path)
{
    const auto there = fileOf(context, path);
    if (!there || !*there)
        return there ? Result<void>() : fail(there.error());
    return kubectlOrder(context, {u"delete"_s, u"--ignore-not-found=true"_s, u"--timeout=120s"_s, u"-f"_s, path}, {}, 180'000).and_then([&] {
        return order(context, {u"rm"_s, u"-f"_s, u"--"_s, path});
    });
}

// Where the manifest of an add-on lies on the host; it has to have been brought along.
std::optional<QString> manifestOf(const InstallOptions &options, const QString &addon)
{
    for (const InstallFile &file : options.files) {
        if (file.kind == InstallFile::Kind::Manifest && (file.name == addon + u".yaml"_s || file.name == addon + u".yml"_s))
            return u"files/"_s + file.name;
    }
    return std::nullopt;
}

void addManifestStep(StepList &list, const QString &addon, InstallPhase phase, const char *prefix)
{
    InstallStep step = stepOf(firstControl(list.plan()).name, prefix, phase, 10'000, 240'000);
    if (phase == InstallPhase::Addons)
        step.name += u'-' + addon;
    step.changes = {{StepChange::Kind::ClusterObject, addon, {}}};
    step.withReset = InstallStep::WithReset::Goes;
    if (const auto file = manifestOf(list.ground().options, addon)) {
        step.probe = [name = *file](InstallContext &context) { return probeObjects(context, ownPath(context, name)); };
        step.act = [name = *file](InstallContext &context) { return apply(context, ownPath(context, name)); };
        step.undo = [name = *file](InstallContext &context) { return deleteObjects(context, ownPath(context, name)); };
    } else {
        const QString why = u"the manifest %1.yaml was not brought along"_s.arg(addon);
        step.probe = [why](InstallContext &) -> Result<StepFinding> { return open(why); };
        step.act = [why](InstallContext &) -> Result<void> { return fail(ErrorKind::Rejected, why); };
    }
    list.add(std::move(step));
}

// Flannel, from a manifest of our own.

const QString flannelName = u"flannel.yaml"_s;

Result<StepFinding> probeFlannel(InstallContext &context)
{
    const auto file = fileOf(context, ownPath(context, flannelName));
    if (!file)
        return fail(file.error());
    if (*file != flannelManifest(context.plan()))
        return open(u"flannel has not been applied yet"_s);
    return probeObjects(context, ownPath(context, flannelName));
}

Result<void> applyFlannel(InstallContext &context)
{
    return putOwnFile(context, flannelName, flannelManifest(context.plan())).and_then([&] { return apply(context, ownPath(context, flannelName)); });
}

} // namespace

void addNetworkSteps(StepList &list)
{
    const QString &host = firstControl(list.plan()).name;
    if (list.plan().networkAddon == u"flannel"_s) {
        InstallStep step = stepOf(host, "network", InstallPhase::Network, 5'000, 240'000);
        step.changes = {{StepChange::Kind::ClusterObject, u"kube-flannel/kube-flannel-ds"_s, flannelImage(list.plan())}};
        step.probe = probeFlannel;
        step.act = applyFlannel;
        step.undo = [](InstallContext &context) { return deleteObjects(context, ownPath(context, flannelName)); };
        step.withReset = InstallStep::WithReset::Goes;
        list.add(std::move(step));
    } else if (list.plan().networkAddon != u"none"_s) {
        addManifestStep(list, list.plan().networkAddon, InstallPhase::Network, "network");
    }
    addReadyStep(list, host, InstallPhase::Network, 30'000);
}

void addAddonSteps(StepList &list)
{
    for (const QString &addon : list.plan().addons)
        addManifestStep(list, addon, InstallPhase::Addons, "addon");
}

} // namespace kboss::steps
