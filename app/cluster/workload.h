#pragma once

#include "app/base/result.h"

#include <QStringList>
#include <optional>
#include <vector>

namespace kboss {

enum class Controller { StatefulSet, Deployment, DaemonSet, CronJob, Job, Standalone };
enum class PortMode { NodePort, Ingress, LoadBalancer };
enum class RestartPolicy { Always, OnFailure, Never };
enum class InstanceType { LinuxOs, RelationalDb };

// What a pod configuration asks for, typed. A value; any thread. Made from the texts of the operations newCpcpodyaml / updateCpcpodyaml.
struct Workload {
    QString id; // 21 lower-case letters and digits; begins with a letter
    QString clusterId, orgId;
    QString name, authUser;
    QString authPassword; // a secret: in memory only, goes into a Secret object, never into a preview
    Controller controller = Controller::StatefulSet;
    InstanceType type = InstanceType::LinuxOs;
    qint64 replicas = 1;
    QString image;
    qint64 cpuMilli = 0, memoryMi = 0, gpus = 0, systemDiskMi = 0, dataDiskMi = 0; // of one replica
    QString cpuModel, gpuModel;
    QString memoryModel; // empty = any
    std::pair<QString, QString> selfLabel; // "app:ubuntu3"
    std::vector<std::pair<QString, QString>> nodeSelector; // "kyy-gpu=false"
    PortMode portMode = PortMode::NodePort;
    RestartPolicy restart = RestartPolicy::Always;
    int apiPort = 0, insidePort = 0, outsidePort = 0;
    QString mountPath;
    QStringList hosts; // nodes that have the models asked for; empty = any node will do
};

// One fault of a set of texts: which parameter, and why, as a value so that words are made where they are shown.
struct WorkloadFault {
    enum class Reason {
        Missing, // must be filled in
        NotAQuantity, // "512Mi", "1000m"
        NotPositive,
        NotAPort, // 1…65535
        OutsideNodePortRange, // 30000…32767 where the port mode is NodePort
        BadLabel, // not key:value / key=value of Kubernetes' syntax
        BadPath, // not absolute, or has "..", ":" or control characters
        BadName, // empty after cleaning, or longer than 63
        RestartNotAllowed, // Job and CronJob never restart Always; the others only Always (a bare pod may all)
        ReplicasNotAllowed, // DaemonSet, Standalone, Job and CronJob have one
        UnknownChoice, // no such controller, image, type, port mode …
        NeedsDatabaseImage, // RelationalDB with an image that is none, or the other way round
        GpuWithoutModel,
        TooLarge,
    };
    QString field; // the operation's parameter: "source_memrate"
    Reason reason = Reason::Missing;
    QString detail; // in English
};

// By the operation's parameter names. Gives the workload, or every fault at once.
using WorkloadTexts = QHash<QString, QString>;
tl::expected<Workload, std::vector<WorkloadFault>> readWorkload(const WorkloadTexts &texts);

// Names of the objects in the cluster, as the description shows them. Kubernetes names: lower case, digits and '-', at most 63 (DNS label), begin and end with
// a letter or digit.
struct WorkloadNames {
    QString nameSpace; // "<clusterid>-<orgid>", both cleaned: "4hbm8atruisou2bs24t-n-miwuhbeedm8mwafpiq8ps"
    QString serviceAccount; // namespace + "-serviceaccount"
    QString controller; // id + "-statefulset" …
    QString service; // id + "-service"
};
WorkloadNames namesOf(const Workload &workload);
QString cleanName(const QString &text); // any text to a DNS label; empty when nothing is left

enum class YamlFor { Apply, Preview }; // Preview holds "••••••" where the password stands
// All objects as one YAML stream: namespace, service account, secret, volume claim, controller, service. Values are escaped by the YAML library, none by hand.
// Each replica has a data disk of its own, as it is charged: a StatefulSet by its claim templates, a Deployment and a DaemonSet by a volume that comes and goes
// with the pod; the others have one pod and one claim.
std::string toYaml(const Workload &workload, YamlFor purpose);
std::string toYaml(const Workload &workload, const WorkloadNames &names, YamlFor purpose); // under other names: of pcapi

} // namespace kboss
