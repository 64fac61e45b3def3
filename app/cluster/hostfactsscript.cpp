#include "app/cluster/hostfacts.h"

namespace kboss {

namespace {

// What both scripts begin with. All is in a function that is called by the last line: half a script does nothing. Nothing reads the standard input, where the
// script itself comes from. `say NAME COMMAND…` gives one section: its name, a blank, what the command said in base64.
constexpr char prelude[] = R"SH(main() {
LC_ALL=C; PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH
n=0
if command -v timeout >/dev/null 2>&1; then limit='timeout 5'; else limit=; fi
say() {
section=$1; shift
printf '%s %s\n' "$section" "$( ( "$@" ) 2>/dev/null | head -c 65536 | base64 | tr -d '\n')"
n=$((n + 1))
}
printf 'kboss-facts %s\n' "$mark"
)SH";

constexpr char postlude[] = R"SH(printf 'end %s %s\n' "$n" "$mark"
}
main </dev/null
)SH";

// Readable by anybody.
constexpr char userPart[] = R"SH(
sudo_() { command -v sudo >/dev/null || exit; $limit sudo -k -n -- true 2>&1; echo "exit $?"; }
cgroup_() { stat -fc %T /sys/fs/cgroup; }
cpus_() { nproc || getconf _NPROCESSORS_ONLN; }
disks_() {
for p in / /var /var/lib /var/lib/etcd /var/lib/containerd /var/lib/kubelet /var/log; do
q=$p; while [ ! -d "$q" ]; do q=${q%/*}; q=${q:-/}; done
k=$($limit df -Pk "$q" | tail -n 1); i=$($limit df -Pi "$q" | tail -n 1)
[ -n "$k" ] && printf '%s\t%s\t%s\n' "$p" "$k" "$i"
done
}
links_() {
ip -o link show
for d in /sys/class/net/*; do [ -e "$d/device" ] && printf 'hardware\t%s\n' "${d##*/}"; done
}
routes_() { ip -4 route show; ip -6 route show; }
gpus_() {
lspci -D -nn | grep -E '\[(03|12)[0-9a-f]{2}\]'
for d in /sys/bus/pci/devices/*; do
case $(cat "$d/class") in 0x03*|0x12*) printf 'sys\t%s\t%s\t%s\n' "${d##*/}" "$(cat "$d/vendor")" "$(cat "$d/device")";; esac
done
}
gpudriver_() { cat /proc/driver/nvidia/version || $limit nvidia-smi --query-gpu=driver_version --format=csv,noheader; }
runtime_() {
for p in containerd crio dockerd; do command -v $p >/dev/null && printf '%s\t%s\n' "$p" "$($limit $p --version | head -n 1)"; done
for s in /run/containerd/containerd.sock /run/crio/crio.sock /run/cri-dockerd.sock /run/docker.sock; do [ -S $s ] && printf 'socket\t%s\n' $s; done
}
kubernetes_() {
command -v kubeadm >/dev/null && printf 'kubeadm\t%s\n' "$($limit kubeadm version -o short)"
command -v kubelet >/dev/null && printf 'kubelet\t%s\n' "$($limit kubelet --version)"
command -v kubectl >/dev/null && printf 'kubectl\t%s\n' "$($limit kubectl version --client | head -n 1)"
}
services_() {
command -v systemctl >/dev/null || exit
for u in containerd crio docker kubelet ufw firewalld nftables systemd-timesyncd chrony chronyd ntp ntpsec ntpd; do
printf '%s\t%s\t%s\n' $u "$($limit systemctl is-active $u.service | head -n 1)" "$($limit systemctl is-enabled $u.service | head -n 1)"
done
}
programs_() {
for p in conntrack ebtables ethtool ip iptables mount nsenter socat tc touch crictl curl wget perl python3 tar dd systemctl systemd-run apt-get dnf ufw \
firewall-cmd hostnamectl timedatectl modprobe; do command -v $p >/dev/null && echo $p; done
}
leftovers_() {
for f in /etc/kubernetes/*.conf /etc/kubernetes/manifests/*.yaml /etc/kubernetes/pki/ca.crt /var/lib/etcd/member /var/lib/kubelet/config.yaml \
/etc/cni/net.d/*.conf /etc/cni/net.d/*.conflist; do [ -e "$f" ] && echo "$f"; done
[ -d /var/lib/etcd ] && [ -n "$(ls -A /var/lib/etcd)" ] && echo /var/lib/etcd
[ -e /etc/kubernetes/kubelet.conf ] && sed -n 's/^ *server: */server /p' /etc/kubernetes/kubelet.conf
}
listeners_() { for f in /proc/net/tcp /proc/net/tcp6; do [ -r $f ] && awk '$4 == "0A" { print $2, $10 }' $f; done; }
timesync_() { $limit timedatectl show -p NTP -p NTPSynchronized; }
masked() { sed 's#://[^/@[:space:]]*@#://#g'; }
proxies_() {
env | grep -iE '^(https?|all|no)_proxy=' | sed 's/^/environment\t0\t/' | masked
grep -HniE '^[^#]*((https?|all)_proxy|acquire::https?::proxy)' /etc/environment /etc/profile.d/*.sh /etc/apt/apt.conf /etc/apt/apt.conf.d/* \
/etc/systemd/system/containerd.service.d/*.conf /etc/systemd/system/kubelet.service.d/*.conf | sed 's/^\([^:]*\):\([0-9]*\):/\1\t\2\t/' | masked
}
locks_() {
for f in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock /var/lib/rpm/.rpm.lock; do
i=$(stat -c %i "$f") || continue
awk -v i=":$i" 'index($6, i) && substr($6, length($6) - length(i) + 1) == i { print $5 } index($7, i) && substr($7, length($7) - length(i) + 1) == i { print $6 }' \
/proc/locks | sort -u | while read -r p; do printf '%s\t%s\t%s\n' "$f" "$p" "$(cat "/proc/$p/comm")"; done
done
[ -n "$(ls -A /var/lib/dpkg/updates)" ] && echo interrupted
}
security_() {
if [ -e /sys/fs/selinux/enforce ]; then echo "selinux $(cat /sys/fs/selinux/enforce)"; elif command -v getenforce >/dev/null; then echo "selinux $(getenforce)"; fi
[ -e /sys/module/apparmor/parameters/enabled ] && echo "apparmor $(cat /sys/module/apparmor/parameters/enabled)"
}
modules_() {
for m in overlay br_netfilter nf_conntrack vxlan ip_vs; do [ -d /sys/module/$m ] && echo $m; done
cut -d' ' -f1 /proc/modules
grep -qw overlay /proc/filesystems && echo overlay
[ -d /proc/sys/net/bridge ] && echo br_netfilter
}
values='net.ipv4.ip_forward net.ipv6.conf.default.forwarding net.ipv6.conf.all.forwarding net.bridge.bridge-nf-call-iptables
net.bridge.bridge-nf-call-ip6tables net.ipv4.conf.all.rp_filter vm.overcommit_memory kernel.panic fs.inotify.max_user_instances fs.inotify.max_user_watches'
values_() { for v in $values; do f=/proc/sys/$(echo $v | tr . /); [ -r $f ] && printf '%s\t%s\n' $v "$(cat $f)"; done; }
valuefiles_() {
e=; for v in $values; do e="$e${e:+|}$(echo $v | sed 's/\./[.\/]/g')"; done
grep -HnE "^[[:space:]]*-?($e)[[:space:]]*=" /etc/sysctl.conf /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf \
/usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf
}
say user id -un
say uid id -u
say sudo sudo_
say host-name uname -n
say os cat /etc/os-release
say kernel uname -r
say arch uname -m
say cgroup cgroup_
say cpus cpus_
say memory grep -E '^MemTotal:' /proc/meminfo
say swaps cat /proc/swaps
say fstab cat /etc/fstab
say disks disks_
say links links_
say addresses ip -o addr show
say routes routes_
say machine-id cat /etc/machine-id
say product-uuid cat /sys/class/dmi/id/product_uuid
say resolvers cat /etc/resolv.conf
say hosts cat /etc/hosts
say gpus gpus_
say gpu-driver gpudriver_
say runtime runtime_
say kubernetes kubernetes_
say services services_
say programs programs_
say leftovers leftovers_
say listeners listeners_
say time-sync timesync_
say proxies proxies_
say package-locks locks_
say security security_
say modules modules_
say kernel-values values_
say kernel-value-files valuefiles_
)SH";

// What wants the rights of root.
constexpr char rootPart[] = R"SH(
leftovers_() {
[ -d /var/lib/etcd ] && [ -n "$(ls -A /var/lib/etcd)" ] && echo /var/lib/etcd
[ -e /var/lib/etcd/member ] && echo /var/lib/etcd/member
[ -e /etc/kubernetes/kubelet.conf ] && sed -n 's/^ *server: */server /p' /etc/kubernetes/kubelet.conf
}
installs_() { ls /var/lib/kboss/install; }
holders_() {
i=$(for f in /proc/net/tcp /proc/net/tcp6; do [ -r $f ] && awk '$4 == "0A" { print $10 }' $f; done | tr '\n' ' ')
$limit find /proc/[0-9]*/fd -maxdepth 1 -lname 'socket:*' -printf '%p %l\n' | awk -v list="$i" '
BEGIN { split(list, a, " "); for (k in a) want[a[k]] = 1 }
{ inode = $2; gsub(/[^0-9]/, "", inode); split($1, p, "/"); if ((inode in want) && !seen[inode]++) print inode, p[3] }' | while read -r inode p; do
printf '%s\t%s\t%s\t%s\n' "$inode" "$p" "$(cat "/proc/$p/comm")" "$(sed -n 's#^.*/\([^/]*\.service\)$#\1#p' "/proc/$p/cgroup" | head -n 1)"
done
}
firewall_() {
command -v ufw >/dev/null && printf 'ufw\t%s\n' "$($limit ufw status | head -n 1)"
command -v firewall-cmd >/dev/null && printf 'firewalld\t%s\n' "$($limit firewall-cmd --state 2>&1 | head -n 1)"
command -v iptables >/dev/null && printf 'iptables\t%s\n' "$($limit iptables -S INPUT | head -n 1)"
command -v nft >/dev/null && $limit nft list chains | grep 'hook input' | sed 's/^[[:space:]]*/nft\t/'
}
say product-uuid cat /sys/class/dmi/id/product_uuid
say leftovers leftovers_
say own-installs installs_
say holders holders_
say firewall firewall_
)SH";

} // namespace

QByteArray factsScript(const QByteArray &mark, bool asRoot)
{
    return "mark=" + shellQuoted(QString::fromLatin1(mark)) + '\n' + prelude + (asRoot ? rootPart : userPart) + postlude;
}

} // namespace kboss
