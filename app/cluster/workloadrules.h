#pragma once

#include "app/cluster/workload.h"

#include <QHash>

namespace kboss {

// What depends on what in a pod configuration, once: readWorkload() refuses by it, forms show and hide by it. Any thread.

bool mayRepeat(Controller controller); // more than one replica
std::vector<RestartPolicy> restartsOf(Controller controller);
QStringList imagesOf(InstanceType type);
bool usesOutsidePort(PortMode mode); // the others leave it to the cluster

// The same by the texts of a form, named as the operation's parameters. An unknown or empty choice excludes nothing.
struct WorkloadRules {
    bool replicas = true; // may be more than one
    bool everyNode = false; // one on each node that may carry it
    bool hourly = false; // begins by the clock
    bool outsidePort = true;
    bool gpuModel = false; // is needed
    bool database = false;
    QStringList images, restarts; // that go with the type, with the controller
};
WorkloadRules rulesOf(const WorkloadTexts &texts);

// Where the program in an image listens and keeps its data.
struct ImageHabits {
    int port = 0;
    QString mountPath;
};
ImageHabits habitsOf(const QString &image);

constexpr int firstNodePort = 30000, lastNodePort = 32767;

} // namespace kboss
