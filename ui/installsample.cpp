#include "ui/installsample.h"

#include "app/base/watchresult.h"
#include "ui/installdesks.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

InstallPlan samplePlan()
{
    InstallPlan plan;
    plan.cluster = u"hz-prod-02"_s;
    plan.version = u"v1.34.9"_s;
    plan.endpoint = u"10.20.4.10:6443"_s;
    plan.registryMirror = u"registry.example.com/google_containers"_s;
    const std::tuple<const char *, const char *, HostRole> hosts[] = {
        {"hz-cp-01", "10.20.4.11", HostRole::ControlPlane}, {"hz-cp-02", "10.20.4.12", HostRole::ControlPlane},
        {"hz-cp-03", "10.20.4.13", HostRole::ControlPlane}, {"hz-gpu-01", "10.20.4.21", HostRole::Worker},
        {"hz-gpu-02", "10.20.4.22", HostRole::Worker},      {"hz-wk-03", "10.20.4.33", HostRole::Worker},
    };
    for (const auto &[name, address, role] : hosts)
        plan.hosts.push_back({QLatin1String(name), QLatin1String(address), 22, u"ops"_s, role, u"ops@10.20.4.2:22"_s});
    return plan;
}

} // namespace

void addSampleInstallation(const AppContext &context)
{
    InstallDesk *desk = installDeskOf(context);
    if (!desk)
        return;
    watchResult(desk->load(), desk, [desk](const Result<void> &loaded) {
        if (loaded && desk->entries().empty())
            (void)desk->create(samplePlan(), {});
    });
}

} // namespace kboss
