#pragma once

#include "app/cluster/crosshost.h"

#include <QMap>

namespace kboss::test {

using namespace Qt::StringLiterals;

// What the script said on a Debian 12 without Kubernetes, section by section, as it was recorded; tests change what they are about.
inline QMap<QString, QByteArray> bareSections()
{
    return {
        {u"user"_s, "ops\n"},
        {u"uid"_s, "1000\n"},
        {u"sudo"_s, "exit 0\n"},
        {u"host-name"_s, "node-1\n"},
        {u"os"_s, "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n"},
        {u"kernel"_s, "6.1.0-18-amd64\n"},
        {u"arch"_s, "x86_64\n"},
        {u"cgroup"_s, "cgroup2fs\n"},
        {u"cpus"_s, "32\n"},
        {u"memory"_s, "MemTotal:       131899372 kB\n"},
        {u"swaps"_s, "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"},
        {u"fstab"_s, "# /etc/fstab\nUUID=1 / ext4 defaults 0 1\n"},
        {u"disks"_s, "/\t/dev/sda1        479079112 40123456 414550000      9% /\t/dev/sda1      30474240 200000 30274240    1% /\n"
                     "/var\t/dev/sdb1        960000000 528000000 432013312     55% /var\t/dev/sdb1      60000000 200000 59800000    1% /var\n"},
        {u"links"_s, "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default \\    link/loopback 00:00:00:00:00:00 brd "
                     "00:00:00:00:00:00\n"
                     "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000\\    link/ether 00:16:3e:00:00:01 brd "
                     "ff:ff:ff:ff:ff:ff\nhardware\teth0\n"},
        {u"addresses"_s, "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever\n2: eth0    inet 10.20.4.21/24 brd 10.20.4.255 scope global eth0\\       "
                         "valid_lft forever\n2: eth0    inet6 fe80::216:3eff:fe00:1/64 scope link \\       valid_lft forever\n"},
        {u"routes"_s, "default via 10.20.4.1 dev eth0 \n10.20.4.0/24 dev eth0 proto kernel scope link src 10.20.4.21 \n"},
        {u"machine-id"_s, "0123456789abcdef0123456789abcd01\n"},
        {u"product-uuid"_s, ""},
        {u"resolvers"_s, "# made by hand\nnameserver 10.20.0.2\n"},
        {u"hosts"_s, "127.0.0.1 localhost\n127.0.1.1 node-1 # own\n"},
        {u"gpus"_s, ""},
        {u"gpu-driver"_s, ""},
        {u"runtime"_s, ""},
        {u"kubernetes"_s, ""},
        {u"services"_s, "containerd\tinactive\t\ncrio\tinactive\t\nkubelet\tinactive\t\nufw\tinactive\tnot-found\nsystemd-timesyncd\tactive\tenabled\n"},
        {u"programs"_s, "ip\nmount\nnsenter\ntc\ntouch\ncurl\nperl\ndd\nsystemctl\napt-get\nhostnamectl\n"},
        {u"leftovers"_s, ""},
        {u"listeners"_s, "00000000:0016 20\n0100007F:1F90 21\n"},
        {u"time-sync"_s, "NTP=yes\nNTPSynchronized=yes\n"},
        {u"proxies"_s, ""},
        {u"package-locks"_s, ""},
        {u"security"_s, "apparmor Y\n"},
        {u"modules"_s, "overlay\n"},
        {u"kernel-values"_s, "net.ipv4.ip_forward\t0\n"},
        {u"kernel-value-files"_s, ""},
    };
}

inline QMap<QString, QByteArray> bareRootSections()
{
    return {{u"product-uuid"_s, "4C4C4544-0042-3510-8052-B4C04F4B4E32\n"},
            {u"leftovers"_s, ""},
            {u"own-installs"_s, ""},
            {u"holders"_s, "20\t612\tsshd\tssh.service\n21\t900\tjava\tapp.service\n"},
            {u"firewall"_s, "iptables\t-P INPUT ACCEPT\n"}};
}

inline QByteArray answerOf(const QMap<QString, QByteArray> &sections, const QByteArray &mark = "m")
{
    QByteArray answer = "kboss-facts " + mark + '\n';
    for (auto it = sections.cbegin(); it != sections.cend(); ++it)
        answer += it.key().toLatin1() + ' ' + it.value().toBase64() + '\n';
    return answer + "end " + QByteArray::number(sections.size()) + ' ' + mark + '\n';
}

inline HostFacts factsOf(const QMap<QString, QByteArray> &changed = {}, const QMap<QString, QByteArray> &changedRoot = {})
{
    auto sections = bareSections(), root = bareRootSections();
    for (auto it = changed.cbegin(); it != changed.cend(); ++it)
        sections[it.key()] = it.value();
    for (auto it = changedRoot.cbegin(); it != changedRoot.cend(); ++it)
        root[it.key()] = it.value();
    auto facts = parseFacts(answerOf(sections), "m");
    if (!facts || !addRootFacts(*facts, answerOf(root), "m"))
        qFatal("the sample cannot be read");
    return *facts;
}

inline InstallPlan samplePlan()
{
    InstallPlan plan;
    plan.cluster = u"hz-prod-02"_s;
    plan.version = u"v1.34.9"_s;
    plan.endpoint = u"10.20.4.100:6443"_s;
    for (int n = 1; n <= 3; ++n) {
        PlanHost host;
        host.name = u"node-%1"_s.arg(n);
        host.address = u"10.20.4.%1"_s.arg(20 + n);
        host.user = u"ops"_s;
        host.role = n == 1 ? HostRole::ControlPlane : HostRole::Worker;
        plan.hosts.push_back(host);
    }
    return plan;
}

inline const CheckResult *findCheck(const std::vector<CheckResult> &results, const QString &name, const QString &host = {})
{
    for (const CheckResult &one : results) {
        if (one.name == name && (host.isEmpty() || one.host == host))
            return &one;
    }
    return nullptr;
}

} // namespace kboss::test
