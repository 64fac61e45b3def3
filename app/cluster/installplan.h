#pragma once

#include "app/base/result.h"

#include <QStringList>
#include <vector>

namespace kboss {

// What a cluster installation is to become: a value that is checked before anybody connects anywhere, kept as a file, and never holds a secret (passwords, keys,
// tokens stay in the keychain, under the host's address).

enum class HostRole { ControlPlane, Worker };

struct PlanHost {
    QString name; // of the node: RFC 1123, also the host's own name
    QString address; // IPv4 or IPv6: where SSH answers, and what the node is known by in the cluster
    int port = 22;
    QString user;
    HostRole role = HostRole::Worker;
    QString jump; // name of another host of the plan, or "user@address:port" of one that is none; empty = directly
    friend bool operator==(const PlanHost &, const PlanHost &) = default;
};

struct InstallPlan {
    QString cluster; // its name
    QString version; // "v1.34.9"
    std::vector<PlanHost> hosts;
    QString endpoint; // "host:port" of the API server for all nodes; may be empty with one control-plane host
    QString podRange = QStringLiteral("10.244.0.0/16"), serviceRange = QStringLiteral("10.96.0.0/12");
    QString registryMirror; // "registry.example.com/google_containers"; empty = where Kubernetes publishes
    QString packageMirror; // root of the apt repositories, each minor version in a folder "v1.34/deb" below: an http(s) URL; empty = where Kubernetes publishes
    QString httpProxy, httpsProxy; // URLs without names and passwords; empty = none
    QStringList noProxy; // besides what has to be left out in any case
    QString networkAddon = QStringLiteral("flannel"); // "flannel", "calico", or "none": somebody else installs one
    QStringList addons; // "metrics-server", "local-storage", "gpu-operator": each wants a manifest of its name among the files brought along
    QStringList acceptedProblems; // names of kubeadm's checks that a person let pass, as "host/Name"
    friend bool operator==(const InstallPlan &, const InstallPlan &) = default;

    std::vector<const PlanHost *> withRole(HostRole role) const; // in order; the first control-plane host begins the cluster
    const PlanHost *find(const QString &name) const;
};

// Something wrong with a plan: which field (JSON pointer), and why, for words.
struct PlanFault {
    enum class Why {
        Missing,
        NotAName, // RFC 1123 label, at most 63
        NotAnAddress,
        NotAPort,
        NotARange,
        NotAVersion,
        NotAnEndpoint,
        NotAUrl,
        HoldsASecret, // a name or password in a URL
        UnknownChoice,
        Twice, // `other`: what has it already
        Overlaps, // ranges and addresses; `other`: with what
        EvenControlPlane, // etcd wants an odd number
        TooManyControlPlanes, // more than seven
        NoControlPlane,
        EndpointNeeded, // several control-plane hosts want one
        NoSuchHost, // jump
        JumpInACircle,
        RangeTooSmall, // fewer addresses than nodes or services need
    };
    QString field; // "/hosts/2/address"
    Why why = Why::Missing;
    QString other;
    friend bool operator==(const PlanFault &, const PlanFault &) = default;
};

std::vector<PlanFault> checkPlan(const InstallPlan &plan); // empty = it may be tried; in the order of the fields

// As a file of JSON, format 1. Reading is strict: what is unknown, ill-typed or too large is an error that names the member; nothing is left out silently.
QByteArray writePlan(const InstallPlan &plan);
Result<InstallPlan> readPlan(const QByteArray &content);

} // namespace kboss
