#include "app/cluster/kubeobjects.h"
#include "app/cluster/workloadrules.h"

#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Reason = WorkloadFault::Reason;
constexpr qint64 mi = 1LL << 20;

// Reads one text after the other and keeps every fault.
class Reader {
public:
    explicit Reader(const WorkloadTexts &texts) : m_texts(texts) { }

    QString text(const char *name) const { return m_texts.value(QLatin1String(name)).trimmed(); }

    QString required(const char *name)
    {
        const QString value = text(name);
        if (value.isEmpty())
            fault(name, Reason::Missing);
        return value;
    }

    template <class Value> Value choice(const char *name, const std::initializer_list<std::pair<const char *, Value>> &choices)
    {
        const QString value = required(name);
        for (const auto &[word, meaning] : choices) {
            if (value == QLatin1String(word))
                return meaning;
        }
        if (!value.isEmpty())
            fault(name, Reason::UnknownChoice, value);
        return choices.begin()->second;
    }

    qint64 count(const char *name, qint64 least, qint64 most)
    {
        const QString value = required(name);
        bool numeric = false;
        const qint64 number = value.toLongLong(&numeric);
        if (value.isEmpty())
            return least;
        if (!numeric)
            fault(name, Reason::NotAQuantity, value);
        else if (number < least)
            fault(name, Reason::NotPositive, value);
        else if (number > most)
            fault(name, Reason::TooLarge, u"at most %1"_s.arg(most));
        else
            return number;
        return least;
    }

    qint64 amount(const char *name, std::optional<qint64> (*read)(const QString &), qint64 unit)
    {
        const QString value = required(name);
        if (value.isEmpty())
            return 0;
        const auto exact = read(value);
        if (!exact)
            fault(name, Reason::NotAQuantity, value);
        else if (*exact <= 0)
            fault(name, Reason::NotPositive, value);
        else if (*exact / unit > 1'000'000'000)
            fault(name, Reason::TooLarge, value);
        else
            return (*exact + unit - 1) / unit;
        return 0;
    }

    int port(const char *name)
    {
        const QString value = required(name);
        bool numeric = false;
        const int number = value.toInt(&numeric);
        if (value.isEmpty())
            return 0;
        if (!numeric || number < 1 || number > 65535)
            fault(name, Reason::NotAPort, value);
        return number;
    }

    void fault(const char *name, Reason reason, const QString &detail = {}) { faults.push_back({QLatin1String(name), reason, detail}); }

    std::vector<WorkloadFault> faults;

private:
    const WorkloadTexts &m_texts;
};

// Kubernetes label syntax: an optional DNS prefix and a name of at most 63; the value may be empty.
bool isLabel(const QString &key, const QString &value)
{
    static const QRegularExpression keys(u"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"_s);
    static const QRegularExpression values(u"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"_s);
    return keys.match(key).hasMatch() && values.match(value).hasMatch();
}

std::pair<QString, QString> readLabel(Reader &reader, const char *name, const QString &text, QChar symbol)
{
    const qsizetype at = text.indexOf(symbol);
    const QString key = text.left(std::max<qsizetype>(at, 0)).trimmed(), value = text.mid(at + 1).trimmed();
    if (at <= 0 || !isLabel(key, value))
        reader.fault(name, Reason::BadLabel, text);
    return {key, value};
}

void readIdentity(Reader &reader, Workload &workload)
{
    workload.id = reader.text("id");
    workload.clusterId = reader.required("clusterid");
    workload.orgId = reader.text("orgid");
    workload.name = reader.required("source_name");
    if (!workload.name.isEmpty() && (workload.name.size() > 63 || cleanName(workload.name).isEmpty()))
        reader.fault("source_name", Reason::BadName, workload.name);
    workload.authUser = reader.required("source_authuser");
    workload.authPassword = reader.required("source_authpasswd");
}

void readKind(Reader &reader, Workload &workload)
{
    workload.controller = reader.choice<Controller>("source_podengine",
                                                    {{"StatefulSet", Controller::StatefulSet},
                                                     {"Deployment", Controller::Deployment},
                                                     {"DaemonSet", Controller::DaemonSet},
                                                     {"CronJob", Controller::CronJob},
                                                     {"Job", Controller::Job},
                                                     {"Standalone", Controller::Standalone}});
    workload.type = reader.choice<InstanceType>("instance_type", {{"LinuxOS", InstanceType::LinuxOs}, {"RelationalDB", InstanceType::RelationalDb}});
    workload.image = reader.choice<QString>("pod_imagepath",
                                            {{"docker.io/library/ubuntu:22.04", u"docker.io/library/ubuntu:22.04"_s},
                                             {"docker.io/library/mysql:8.0", u"docker.io/library/mysql:8.0"_s},
                                             {"docker.io/jupyter/base-notebook:latest", u"docker.io/jupyter/base-notebook:latest"_s}});
    if (!imagesOf(workload.type).contains(workload.image) && !reader.text("pod_imagepath").isEmpty())
        reader.fault("pod_imagepath", Reason::NeedsDatabaseImage, workload.image);
    workload.replicas = reader.count("source_replicasetnum", 1, 1000);
    if (!mayRepeat(workload.controller) && workload.replicas > 1)
        reader.fault("source_replicasetnum", Reason::ReplicasNotAllowed);
}

void readResources(Reader &reader, Workload &workload)
{
    workload.cpuMilli = reader.amount("source_cpurate", cpuNano, 1'000'000);
    workload.memoryMi = reader.amount("source_memrate", memoryBytes, mi);
    workload.dataDiskMi = reader.amount("source_storagelimits", memoryBytes, mi);
    if (!reader.text("disk_sys_limit").isEmpty())
        workload.systemDiskMi = reader.amount("disk_sys_limit", memoryBytes, mi);
    workload.gpus = reader.text("source_gpu").isEmpty() ? 0 : reader.count("source_gpu", 0, 1000);
    workload.cpuModel = reader.text("cpu_model");
    workload.memoryModel = reader.text("memory_model");
    workload.gpuModel = reader.text("gpu_model");
    if (workload.gpus > 0 && workload.gpuModel.isEmpty())
        reader.fault("gpu_model", Reason::GpuWithoutModel);
}

void readNetwork(Reader &reader, Workload &workload)
{
    workload.portMode = reader.choice<PortMode>(
        "source_portmode", {{"NodePort", PortMode::NodePort}, {"Ingress", PortMode::Ingress}, {"LoadBalancer", PortMode::LoadBalancer}});
    workload.restart = reader.choice<RestartPolicy>(
        "source_restartpolicy", {{"Always", RestartPolicy::Always}, {"OnFailure", RestartPolicy::OnFailure}, {"Never", RestartPolicy::Never}});
    const std::vector<RestartPolicy> allowed = restartsOf(workload.controller);
    if (std::find(allowed.begin(), allowed.end(), workload.restart) == allowed.end())
        reader.fault("source_restartpolicy", Reason::RestartNotAllowed);
    workload.apiPort = reader.port("source_apiport");
    workload.insidePort = reader.port("source_insideport");
    workload.outsidePort = reader.port("source_outsideport");
    const int outside = workload.outsidePort;
    if (usesOutsidePort(workload.portMode) && outside > 0 && outside < 65536 && (outside < firstNodePort || outside > lastNodePort))
        reader.fault("source_outsideport", Reason::OutsideNodePortRange, QString::number(workload.outsidePort));
}

void readPlaces(Reader &reader, Workload &workload)
{
    workload.mountPath = reader.required("source_mountpath");
    static const QRegularExpression path(u"^/[^:\\x00-\\x1f]*$"_s);
    if (!workload.mountPath.isEmpty()
        && (!path.match(workload.mountPath).hasMatch() || workload.mountPath.split(u'/').contains(u".."_s) || workload.mountPath == u"/"_s))
        reader.fault("source_mountpath", Reason::BadPath, workload.mountPath);
    if (const QString label = reader.required("source_selflabel"); !label.isEmpty())
        workload.selfLabel = readLabel(reader, "source_selflabel", label, u':');
    const QStringList selectors = reader.text("source_nodeselector").split(u',', Qt::SkipEmptyParts);
    for (const QString &selector : selectors)
        workload.nodeSelector.push_back(readLabel(reader, "source_nodeselector", selector, u'='));
}

} // namespace

tl::expected<Workload, std::vector<WorkloadFault>> readWorkload(const WorkloadTexts &texts)
{
    Reader reader(texts);
    Workload workload;
    readIdentity(reader, workload);
    readKind(reader, workload);
    readResources(reader, workload);
    readNetwork(reader, workload);
    readPlaces(reader, workload);
    if (!reader.faults.empty())
        return tl::unexpected(std::move(reader.faults));
    return workload;
}

QString cleanName(const QString &text)
{
    QString name;
    for (const QChar c : text.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name = name.left(63);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name;
}

WorkloadNames namesOf(const Workload &workload)
{
    static constexpr const char *suffixes[] = {"-statefulset", "-deployment", "-daemonset", "-cronjob", "-job", "-standalone"};
    WorkloadNames names;
    names.nameSpace = cleanName(workload.clusterId + u'-' + workload.orgId);
    names.serviceAccount = names.nameSpace + u"-serviceaccount"_s;
    names.controller = workload.id + QLatin1String(suffixes[static_cast<size_t>(workload.controller)]);
    names.service = workload.id + u"-service"_s;
    return names;
}

} // namespace kboss
