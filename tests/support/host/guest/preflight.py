"""kubeadm's own checks of a host, in its order and words."""
import os
import re
import shutil
import socket

import base
import cluster
import runtime
import system
import systemd
from base import CONFIG, err, out
from place import read

MANIFESTS = "/etc/kubernetes/manifests"


def minor():
    return int(runtime.kube_version().split(".")[1])


def check(kind, context):
    """kind: init, control-plane, worker. Ends kubeadm when there are errors that were not accepted."""
    problems = []  # (level, name, text)

    def error(name, text):
        problems.append(("ERROR", name, text))

    def warn(name, text):
        problems.append(("WARNING", name, text))
    if not base.is_root():
        error("IsPrivilegedUser", "user is not running as root")
    if kind != "worker":
        hardware(error)
    if not systemd.is_enabled("kubelet.service"):
        warn("Service-kubelet", "kubelet service is not enabled, please run 'systemctl enable kubelet.service'")
    runtime_checks(error)
    if kind != "worker":
        ports([6443, 10259, 10257], error)
        for name in ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"):
            there(f"{MANIFESTS}/{name}.yaml", error)
    if kind == "worker" or kind == "control-plane":
        for path in ("/etc/kubernetes/kubelet.conf", "/etc/kubernetes/bootstrap-kubelet.conf"):
            there(path, error)
    if read("/proc/sys/net/ipv4/ip_forward").strip() != "1":
        error("FileContent--proc-sys-net-ipv4-ip_forward", "/proc/sys/net/ipv4/ip_forward contents are not set to 1")
    if system.swaps():
        warn("Swap", "swap is supported for cgroup v2 only. The kubelet must be properly configured to use swap. Please refer to "
                     "https://kubernetes.io/docs/concepts/architecture/nodes/#swap-memory, or disable swap on the node")
    programs(error, warn)
    if cluster.resolve(base.host_name()) == base.host_name():
        warn("Hostname", f'hostname "{base.host_name()}" could not be reached')
        warn("Hostname", f'hostname "{base.host_name()}": lookup {base.host_name()} on 10.255.255.53:53: no such host')
    ports([10250], error)
    if kind != "worker":
        ports([2379, 2380], error)
        if os.path.isdir("/var/lib/etcd") and os.listdir("/var/lib/etcd"):
            error("DirAvailable--var-lib-etcd", "/var/lib/etcd is not empty")
    if kind == "worker":
        there("/etc/kubernetes/pki/ca.crt", error)
    report(problems, context)


def hardware(error):
    if CONFIG["cpus"] < 2:
        error("NumCPU", f"the number of available CPUs {CONFIG['cpus']} is less than the required 2")
    if CONFIG["memoryMb"] < 1700:
        error("Mem", f"the system RAM ({CONFIG['memoryMb']} MB) is less than the minimum 1700 MB")


def runtime_checks(error):
    fault = runtime.cri_fault()
    if fault:
        error("CRI", f"could not connect to the container runtime: failed to create new CRI runtime service: {fault}")
        if minor() >= 35:
            error("ContainerRuntimeVersion", f"could not connect to the container runtime: failed to create new CRI runtime service: {fault}")
    if not shutil.which("kubelet", path="/usr/local/bin:/usr/bin:/usr/sbin"):
        for name in ("SystemVerification", "KubeletVersion"):
            error(name, "couldn't get kubelet version: cannot execute 'kubelet --version': executable file not found in $PATH")


def ports(numbers, error):
    for number in numbers:
        if base.port_in_use(number):
            error(f"Port-{number}", f"Port {number} is in use")


def there(path, error):
    if os.path.exists(path):
        error("FileAvailable-" + path.replace("/", "-"), f"{path} already exists")


def programs(error, warn):
    def missing(name):
        return not shutil.which(name, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin")
    for name in (["conntrack"] if minor() < 32 else []) + ["ip", "iptables", "mount", "nsenter"]:
        if missing(name):
            error(f"FileExisting-{name}", f"{name} not found in system path")
    for name in ("ebtables", "ethtool", "socat", "tc", "touch"):
        if missing(name):
            warn(f"FileExisting-{name}", f"{name} not found in system path")


def report(problems, context):
    ignored = {name.lower() for name in context["ignore"]}
    fatal = []
    for level, name, text in problems:
        if level == "ERROR" and name.lower() not in ignored and "all" not in ignored:
            fatal.append((name, text))
        else:
            err(f"\t[WARNING {name}]: {text}")
    if not fatal:
        return
    err("[preflight] Some fatal errors occurred:")
    for name, text in fatal:
        err(f"\t[ERROR {name}]: {text}")
    err("[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`")
    err("error: error execution phase preflight: preflight checks failed\nTo see the stack trace of this error execute with --v=5 or higher")
    raise base.Exit(1 if minor() >= 34 else 2)


def pull(images, context):
    out("[preflight] Pulling images required for setting up a Kubernetes cluster\n"
        "[preflight] This might take a minute or two, depending on the speed of your internet connection\n"
        "[preflight] You can also perform this action beforehand using 'kubeadm config images pull'")
    problems = []
    for image in images:
        fault = runtime.pull_fault(image)
        if fault:
            problems.append(("ERROR", "ImagePull", f"failed to pull image {image}: failed to pull image {image}: {fault}"))
    report(problems, context)
