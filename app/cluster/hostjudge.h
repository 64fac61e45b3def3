#pragma once

#include "app/cluster/hostchecks.h"

namespace kboss {

// What the checks of a host are judged with. For hostchecks.cpp and its parts alone.
struct HostJudge {
    const InstallPlan &plan;
    const PlanHost &host;
    const HostFacts &facts;
    const CheckOptions &options;
    std::vector<CheckResult> results;

    using Group = CheckResult::Group;
    using State = CheckResult::State;

    bool isControlPlane() const { return host.role == HostRole::ControlPlane; }
    bool isOurs() const { return !options.installId.isEmpty() && facts.ownInstalls.contains(options.installId); } // begun here before
    int minor() const; // of the plan's version; 0 = cannot be read

    CheckResult &add(Group group, const QString &name, State state, const QString &measured = {}, const QString &source = {}, const QString &evidence = {});
    void notFound(Group group, const QString &name, const QString &section); // Unknown, since this section is missing
    QString textOf(const QString &section, qsizetype most = 4000) const;
};

void judgeKubeadmNames(HostJudge &judge); // hostjudge.cpp
void judgePorts(HostJudge &judge);
void judgeOwnNames(HostJudge &judge); // hostjudgeown.cpp

// The images of a version as far as they are known without kubeadm, through the plan's mirror.
QStringList imagesOf(const InstallPlan &plan);
// Whether the registry has each image, and how fast it is, from the host. One result: "RegistryReach".
CheckResult checkRegistry(RemoteHost &remote, const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckOptions &options,
                          const CancelToken &token);
CheckResult checkPackages(RemoteHost &remote, const PlanHost &host, const HostFacts &facts, const CheckOptions &options, const CancelToken &token);
CheckResult judgeDisk(const PlanHost &host, const Result<DiskLatency> &measured);

QString sizeText(qint64 kilobytes); // "8 GB" "412 GB" "1.7 TB"
QString onlyLines(const QString &text, const std::function<bool(const QString &)> &wanted);

} // namespace kboss
