#include "ui/installcheckwords.h"

#include <QCoreApplication>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct CheckEntry {
    const char *name; // a '*' at the end for any rest; the first that fits
    const char *title, *why;
};
constexpr CheckEntry checks[] = {
    {"IsPrivilegedUser", QT_TRANSLATE_NOOP("InstallCheckWords", "Rights of root"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "The installation changes the system. Without root or a working sudo nothing can be installed on this host.")},
    {"NumCPU", QT_TRANSLATE_NOOP("InstallCheckWords", "At least 2 CPUs"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The API server, the scheduler and etcd share the CPUs. With one they starve each other under load.")},
    {"Mem", QT_TRANSLATE_NOOP("InstallCheckWords", "At least 1,700 MB of memory"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The control plane needs that much before any workload. With less the kernel ends its processes.")},
    {"SystemVerification", QT_TRANSLATE_NOOP("InstallCheckWords", "Kernel and cgroup"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Containers are kept apart by the kernel. cgroup v1 is in maintenance, and kubelet 1.35 and later refuses it.")},
    {"Swap", QT_TRANSLATE_NOOP("InstallCheckWords", "Swap is off"),
     QT_TRANSLATE_NOOP(
         "InstallCheckWords",
         "A kubelet plans with memory that is really there. With swap, pods slow down instead of being moved, and limits are not kept.")},
    {"Hostname", QT_TRANSLATE_NOOP("InstallCheckWords", "Host name as planned"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The node is known by this name for good. Another name leads logs, certificates and people astray.")},
    {"CRI", QT_TRANSLATE_NOOP("InstallCheckWords", "Container runtime answers"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The kubelet runs every container through it.")},
    {"ContainerRuntimeVersion", QT_TRANSLATE_NOOP("InstallCheckWords", "Version of the container runtime"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The kubelet has to know the runtime's interface.")},
    {"Service-Kubelet", QT_TRANSLATE_NOOP("InstallCheckWords", "kubelet is enabled"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Without it the node does not come back after a restart.")},
    {"KubeletVersion", QT_TRANSLATE_NOOP("InstallCheckWords", "Version of kubelet"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "A kubelet newer than the control plane, or three versions older, is refused.")},
    {"FileContent--proc-sys-net-ipv4-ip_forward", QT_TRANSLATE_NOOP("InstallCheckWords", "IPv4 forwarding is on"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Traffic of pods across hosts is forwarded by this host. At 0 kubeadm refuses, and pods here reach no other host.")},
    {"FileContent--proc-sys-net-ipv6-conf-default-forwarding", QT_TRANSLATE_NOOP("InstallCheckWords", "IPv6 forwarding is on"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Traffic of pods across hosts is forwarded by this host. At 0 kubeadm refuses, and pods here reach no other host.")},
    {"Port-6443", QT_TRANSLATE_NOOP("InstallCheckWords", "API port is free"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The API server listens here. Another program at this port keeps it from starting.")},
    {"Port-10259", QT_TRANSLATE_NOOP("InstallCheckWords", "Scheduler's port is free"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The scheduler listens here. Another program at this port keeps it from starting.")},
    {"Port-10257", QT_TRANSLATE_NOOP("InstallCheckWords", "Controller's port is free"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The controller manager listens here. Another program at this port keeps it from starting.")},
    {"Port-10250", QT_TRANSLATE_NOOP("InstallCheckWords", "kubelet's port is free"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The kubelet listens here: logs, shells and metrics of pods come through it.")},
    {"Port-2379", QT_TRANSLATE_NOOP("InstallCheckWords", "etcd's client port is free"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The API server speaks with etcd here.")},
    {"Port-2380", QT_TRANSLATE_NOOP("InstallCheckWords", "etcd's peer port is free"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The members of etcd speak with each other here.")},
    {"DirAvailable--var-lib-etcd", QT_TRANSLATE_NOOP("InstallCheckWords", "etcd's folder is empty"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Old data would make this host a member of a cluster that is gone.")},
    {"Preflight", QT_TRANSLATE_NOOP("InstallCheckWords", "kubeadm's own checks ran"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "What kubeadm finds is what it will later refuse. Where kubeadm is not installed yet, it checks itself before it begins.")},
    {"Firewalld", QT_TRANSLATE_NOOP("InstallCheckWords", "firewalld lets the cluster through"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "A closed port looks like a host that is down.")},
    {"HTTPProxy", QT_TRANSLATE_NOOP("InstallCheckWords", "The API is not behind a proxy"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Traffic of the cluster must not go through a proxy.")},
    {"HTTPProxyCIDR", QT_TRANSLATE_NOOP("InstallCheckWords", "The cluster's ranges are not behind a proxy"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Traffic of the cluster must not go through a proxy.")},
    {"ImagePull", QT_TRANSLATE_NOOP("InstallCheckWords", "Images can be pulled"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Without them the control plane does not start.")},
    {"OSRelease", QT_TRANSLATE_NOOP("InstallCheckWords", "Operating system is known"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "The installation knows Debian and Ubuntu on amd64 and arm64.")},
    {"DiskSpace--var", QT_TRANSLATE_NOOP("InstallCheckWords", "Free space of /var ≥ 100 GB"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Images, logs and etcd live there. When it is full the kubelet evicts pods and etcd stops. Under 20 GB is an error.")},
    {"DiskLatency--var-lib", QT_TRANSLATE_NOOP("InstallCheckWords", "Write to disk, p99 ≤ 10 ms"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "etcd waits for the disk at each change. A slow disk makes it lose its leader, and the API stalls.")},
    {"ClockSkew", QT_TRANSLATE_NOOP("InstallCheckWords", "Clock within 30 s of the others"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Certificates and tokens are judged by time. A clock that is off makes them invalid at once.")},
    {"ClockSync", QT_TRANSLATE_NOOP("InstallCheckWords", "Clock is kept in time"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Without a time service clocks drift apart within weeks.")},
    {"PackageLock", QT_TRANSLATE_NOOP("InstallCheckWords", "Packages are not locked"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Another program is installing packages, or was cut while it did. Until it ends nothing can be installed.")},
    {"OldInstall", QT_TRANSLATE_NOOP("InstallCheckWords", "No earlier installation"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "What another installation left, or a node that still works in another cluster, is in the way of this one.")},
    {"SELinux", QT_TRANSLATE_NOOP("InstallCheckWords", "SELinux"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Enforcing, it keeps containers from files that they need unless the site has rules for it.")},
    {"Firewall", QT_TRANSLATE_NOOP("InstallCheckWords", "Firewall"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Rules that keep things out cut nodes off from each other, often only hours later.")},
    {"Proxy", QT_TRANSLATE_NOOP("InstallCheckWords", "Proxy lets the cluster's traffic pass"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "A proxy for all traffic gets the cluster's own as well, and it fails there.")},
    {"Resolver", QT_TRANSLATE_NOOP("InstallCheckWords", "A name server is set"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Nodes look up the registry and each other by name.")},
    {"RegistryReach", QT_TRANSLATE_NOOP("InstallCheckWords", "Registry has every image"),
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Each image, the pause image among them, is asked for from this host. One that lacks stops the installation half-way.")},
    {"PackageMirror", QT_TRANSLATE_NOOP("InstallCheckWords", "Package source can be reached"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "kubelet and kubeadm are installed from there.")},
    {"PackageSource", QT_TRANSLATE_NOOP("InstallCheckWords", "Packages come over https"),
     QT_TRANSLATE_NOOP(
         "InstallCheckWords",
         "The packages are signed and their key is known here, but over plain http whoever is on the way sees what is installed, and may hold newer "
         "ones back. Take a mirror with https, or accept it by name.")},
    {"GPUDriver", QT_TRANSLATE_NOOP("InstallCheckWords", "Driver of the GPUs"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Without a driver the cluster does not see the cards.")},
    {"UniqueHostname", QT_TRANSLATE_NOOP("InstallCheckWords", "Host name is its own"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Two nodes of one name take each other's place in the cluster.")},
    {"UniqueMachineID", QT_TRANSLATE_NOOP("InstallCheckWords", "machine-id is its own"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Cloned disks share it: addresses and logs of the two hosts get mixed up.")},
    {"UniqueProductUUID", QT_TRANSLATE_NOOP("InstallCheckWords", "product_uuid is its own"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Storage and cloud drivers tell machines apart by it.")},
    {"UniqueMAC", QT_TRANSLATE_NOOP("InstallCheckWords", "Hardware address is its own"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Two hosts with one address take each other's traffic.")},
    {"UniqueAddress", QT_TRANSLATE_NOOP("InstallCheckWords", "IP address is its own"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "An address that another host has as well leads traffic to the wrong one.")},
    {"PortReach", QT_TRANSLATE_NOOP("InstallCheckWords", "Ports between hosts"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Nodes, API server and etcd have to reach each other, each to each.")},
    {"MTU", QT_TRANSLATE_NOOP("InstallCheckWords", "MTU is the same"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Large packets vanish between hosts with different sizes: some requests hang while others work.")},
    {"DNS", QT_TRANSLATE_NOOP("InstallCheckWords", "Names mean the right hosts"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "A host that takes another's name for a wrong address speaks with a stranger.")},
    {"RangeOverlap", QT_TRANSLATE_NOOP("InstallCheckWords", "Ranges do not overlap"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Pod or service addresses that are in use around the host cut it off from there.")},
    {"FileExisting-*", QT_TRANSLATE_NOOP("InstallCheckWords", "Needed programs are there"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "kubeadm and kubelet call these programs for networks and mounts.")},
    {"FileAvailable-*", QT_TRANSLATE_NOOP("InstallCheckWords", "No file of an earlier installation"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "kubeadm does not write over the files of another installation.")},
    {"Port-*", QT_TRANSLATE_NOOP("InstallCheckWords", "Port is free"), QT_TRANSLATE_NOOP("InstallCheckWords", "A part of the cluster listens here.")},
    {"DirAvailable-*", QT_TRANSLATE_NOOP("InstallCheckWords", "Folder is empty"),
     QT_TRANSLATE_NOOP("InstallCheckWords", "kubeadm does not write over the data of another installation.")},
};

struct FixEntry {
    PreflightFix fix;
    const char *does, *undoes;
};
constexpr FixEntry fixes[] = {
    {PreflightFix::TurnSwapOff,
     QT_TRANSLATE_NOOP("InstallCheckWords", "Turns swap off now and comments its lines in /etc/fstab, so that it stays off."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Brings the lines of /etc/fstab back and turns the same swap on again.")},
    {PreflightFix::SetKernelValue,
     QT_TRANSLATE_NOOP("InstallCheckWords",
                       "Sets the value now, and at each start by /etc/sysctl.d/99-kboss.conf. A line that would win over it is commented."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Takes the line out of 99-kboss.conf again and puts the old value back.")},
    {PreflightFix::SetHostName, QT_TRANSLATE_NOOP("InstallCheckWords", "Gives the host the name of the plan and adds it to /etc/hosts."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Gives the host its old name back and takes the line out of /etc/hosts.")},
    {PreflightFix::EnableService, QT_TRANSLATE_NOOP("InstallCheckWords", "Enables the service %1, so that it starts with the host."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Disables the service %1 again.")},
    {PreflightFix::StartRuntime, QT_TRANSLATE_NOOP("InstallCheckWords", "Starts the container runtime and enables it."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Stops it and disables it, where it was so before.")},
    {PreflightFix::InstallProgram, QT_TRANSLATE_NOOP("InstallCheckWords", "Installs the package that has %1."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Removes the package again.")},
    {PreflightFix::OpenFirewall, QT_TRANSLATE_NOOP("InstallCheckWords", "Opens in %1 the ports that the other hosts need here; nothing else."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Closes the same ports in %1 again.")},
    {PreflightFix::FreePort, QT_TRANSLATE_NOOP("InstallCheckWords", "Stops the service that listens at port %1 and disables it."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Enables the service and starts it again.")},
    {PreflightFix::ResetHost,
     QT_TRANSLATE_NOOP("InstallCheckWords", "Keeps a copy of what the earlier installation left, then takes it away as kubeadm reset does."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Puts the copied files back. Containers that ran are started by kubelet where it ran.")},
    {PreflightFix::ExemptFromProxy,
     QT_TRANSLATE_NOOP("InstallCheckWords", "Adds the cluster's addresses and ranges to no_proxy in /etc/environment."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Brings no_proxy in /etc/environment back as it was.")},
    {PreflightFix::LoadModule, QT_TRANSLATE_NOOP("InstallCheckWords", "Loads the module %1 now and at each start."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "No longer loads %1 at the start. What is loaded stays until then.")},
    {PreflightFix::SyncClock, QT_TRANSLATE_NOOP("InstallCheckWords", "Turns the time service on and has it set the clock at once."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Leaves the clock as it is and turns the time service off where it was off.")},
    {PreflightFix::RelaxSelinux, QT_TRANSLATE_NOOP("InstallCheckWords", "Sets SELinux to permissive, now and in /etc/selinux/config."),
     QT_TRANSLATE_NOOP("InstallCheckWords", "Sets SELinux to enforcing again.")},
};

struct NoFixEntry {
    PreflightFix fix;
    const char *advice;
};
constexpr NoFixEntry byPeople[] = {
    {PreflightFix::BecomeRoot, QT_TRANSLATE_NOOP("InstallCheckWords", "Give this user sudo on the host, or sign in as root, then check again.")},
    {PreflightFix::InstallKubelet, QT_TRANSLATE_NOOP("InstallCheckWords", "The installation itself brings the version of the plan.")},
    {PreflightFix::ReachRegistry,
     QT_TRANSLATE_NOOP("InstallCheckWords", "Choose another mirror in the plan, or open the way to it, then check again.")},
    {PreflightFix::None, QT_TRANSLATE_NOOP("InstallCheckWords", "No program can mend this. Mend it on the host, then check again.")},
};

QString words(const char *text)
{
    return QCoreApplication::translate("InstallCheckWords", text);
}

bool fits(const QString &name, const char *pattern)
{
    const QString wanted = QString::fromLatin1(pattern);
    return wanted.endsWith(u'*') ? name.startsWith(wanted.chopped(1), Qt::CaseInsensitive) : name.compare(wanted, Qt::CaseInsensitive) == 0;
}

QString about(const char *text, const QString &subject)
{
    const QString sentence = words(text);
    return sentence.contains(u"%1"_s) ? sentence.arg(subject) : sentence;
}

} // namespace

CheckWords checkWords(const QString &name)
{
    const auto found = std::find_if(std::begin(checks), std::end(checks), [&name](const CheckEntry &one) { return fits(name, one.name); });
    return found == std::end(checks) ? CheckWords{name, {}} : CheckWords{words(found->title), words(found->why)};
}

FixWords fixWords(PreflightFix fix, const QString &subject)
{
    const auto found = std::find_if(std::begin(fixes), std::end(fixes), [fix](const FixEntry &one) { return one.fix == fix; });
    return found == std::end(fixes) ? FixWords() : FixWords{about(found->does, subject), about(found->undoes, subject)};
}

QString noFixWords(PreflightFix fix)
{
    const auto found = std::find_if(std::begin(byPeople), std::end(byPeople), [fix](const NoFixEntry &one) { return one.fix == fix; });
    return found == std::end(byPeople) ? QString() : words(found->advice);
}

} // namespace kboss
