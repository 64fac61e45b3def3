#include "app/standalone/clusterview.h"

#include "app/standalone/clusterrecord.h"
#include "app/standalone/jsontext.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

const QString unknown = u"未知"_s;
const QString unset = u"未设置"_s;

QString fixed(qint64 amount, qint64 base, int places)
{
    qint64 scale = 1;
    for (int i = 0; i < places; ++i)
        scale *= 10;
    const qint64 scaled = (amount * scale + base / 2) / base;
    return u"%1.%2"_s.arg(scaled / scale).arg(QString::number(scaled % scale).rightJustified(places, u'0'));
}

QString share(std::optional<qint64> used, qint64 total)
{
    return used && total > 0 ? fixed(*used * 100, total, 1) + u'%' : unknown;
}

QString memoryLimit(qint64 mi)
{
    return mi == 0 ? unset : mi % 1024 == 0 ? u"%1Gi"_s.arg(mi / 1024) : u"%1Mi"_s.arg(mi);
}

QString cpuLimit(qint64 milli)
{
    return milli == 0 ? unset : milli % 1000 == 0 ? QString::number(milli / 1000) : u"%1m"_s.arg(milli);
}

QString memberStatus(const MemberState &member)
{
    return !member.ready ? u"未就绪"_s : member.cordoned ? u"已停止调度"_s : u"已就绪"_s;
}

void appendMemberIdentity(JsonObject &object, const MemberState &member)
{
    object.text("node_name", member.hostName);
    object.text("node_id", member.nodeId);
    object.text("node_status", memberStatus(member));
    object.text("node_role", member.control ? u"控制节点"_s : u"工作节点"_s);
    object.text("node_age", ageText(member.ageSeconds));
    object.text("node_version", member.version);
    object.text("node_internalip", member.internalIp);
    object.text("node_externalip", member.externalIp.isEmpty() ? u"未分配"_s : member.externalIp);
    object.text("node_osversion", member.osVersion);
    object.text("node_kernelversion", member.kernelVersion);
    object.text("node_containeruntime", member.runtime);
    std::string &labels = object.member("node_labels");
    labels += '[';
    for (qsizetype i = 0; i < member.labels.size(); ++i) {
        labels += i == 0 ? "" : ",";
        appendJsonString(labels, member.labels[i]);
    }
    labels += ']';
}

} // namespace

QString ageText(qint64 seconds)
{
    const auto two = [](qint64 large, const char *first, qint64 small, const char *second) {
        return u"%1%2"_s.arg(large).arg(QLatin1String(first)) + (small > 0 ? u"%1%2"_s.arg(small).arg(QLatin1String(second)) : QString());
    };
    const qint64 minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
    if (seconds < 120)
        return u"%1s"_s.arg(std::max<qint64>(0, seconds));
    if (minutes < 10)
        return two(minutes, "m", seconds % 60, "s");
    if (hours < 3)
        return u"%1m"_s.arg(minutes);
    if (hours < 8)
        return two(hours, "h", minutes % 60, "m");
    if (hours < 48)
        return u"%1h"_s.arg(hours);
    if (days < 8)
        return two(days, "d", hours % 24, "h");
    if (days < 365 * 2)
        return u"%1d"_s.arg(days);
    return two(days / 365, "y", days % 365, "d");
}

void appendMember(std::string &out, const MemberState &member, qint64 rowNumber)
{
    JsonObject object(out);
    appendMemberIdentity(object, member);
    object.text("node_cpurate", share(member.cpuUsedMilli, member.cpuMilli));
    object.text("node_memrate", share(member.memoryUsedMi, member.memoryMi));
    object.text("node_gpu", member.gpus > 0 ? u"%1%"_s.arg(member.gpusAsked * 100 / member.gpus) : u"0%"_s);
    object.text("available_cpu",
                member.cpuUsedMilli ? fixed(std::max<qint64>(0, member.cpuMilli - *member.cpuUsedMilli), 1000, 2) + u"核"_s : unknown);
    object.text("available_memory",
                member.memoryUsedMi ? fixed(std::max<qint64>(0, member.memoryMi - *member.memoryUsedMi), 1024, 2) + u"Gi"_s : unknown);
    object.number("available_gpu", std::max<qint64>(0, member.gpus - member.gpusAsked));
    object.boolean("node_cordoned", member.cordoned);
    object.text("node_trouble", member.trouble);
    object.raw("cpu_total", decimalText(member.cpuMilli, 1000));
    object.raw("memory_total", decimalText(member.memoryMi, 1024));
    object.number("gpu_total", member.gpus);
    object.number("gpu_asked", member.gpusAsked);
    object.number("pod_count", member.podCount);
    object.number("pod_limit", member.podLimit);
    object.number("row_num_", rowNumber);
    object.close();
}

void appendPod(std::string &out, const PodState &pod, qint64 rowNumber)
{
    JsonObject object(out);
    object.text("pod_id", pod.nameSpace + u'/' + pod.name);
    object.text("pod_namespace", pod.nameSpace);
    object.text("pod_name", pod.name);
    object.text("pod_ready", u"%1/%2"_s.arg(pod.readyContainers).arg(pod.containers));
    object.text("pod_running", pod.phase);
    object.text("pod_restart", QString::number(pod.restarts));
    object.text("pod_age", ageText(pod.ageSeconds));
    object.text("pod_ip", pod.ip);
    object.text("pod_node", pod.hostName);
    object.text("pod_nominated_node", pod.nominatedNode.isEmpty() ? u"自动调度"_s : pod.nominatedNode);
    object.text("pod_cpurate", pod.cpuUsedMicro ? fixed(*pod.cpuUsedMicro, 1'000'000, 3) + u"核"_s : unknown);
    object.text("pod_memrate", pod.memoryUsedKi ? fixed(*pod.memoryUsedKi, 1024, 3) + u"Mi"_s : unknown);
    object.text("pod_gpu", QString::number(pod.gpusUsed));
    object.text("pod_cpu_limit", cpuLimit(pod.cpuLimitMilli));
    object.text("pod_memory_limit", memoryLimit(pod.memoryLimitMi));
    object.text("pod_gpu_limit", QString::number(pod.gpuLimit));
    object.raw("pod_readiness_gates", "[]");
    object.text("pod_config", pod.configId);
    object.text("pod_customer", pod.customer);
    object.number("row_num_", rowNumber);
    object.close();
}

} // namespace kboss::standalone
