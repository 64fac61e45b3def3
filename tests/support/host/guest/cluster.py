"""Clusters of InstallHosts: their state in the folder that all hosts of a lab share, one file a cluster, named by the hash of its authority's key."""
import base64
import contextlib
import json
import os
import re

import base
import pki
from base import CONFIG, reachable
from place import HIDDEN, read

FOLDER = HIDDEN + "/cluster"


@contextlib.contextmanager
def change(name):
    with base.locked(FOLDER, "cluster-" + name, {}) as cluster:
        yield cluster


def load(name):
    with base.as_root():
        return json.loads(read(f"{FOLDER}/cluster-{name}.json", "{}") or "{}")


def names():
    return [name[8:-5] for name in os.listdir(FOLDER) if name.startswith("cluster-") and name.endswith(".json")]


def at(server):
    """The cluster that answers at "host:port"; empty = none."""
    host, _, port = server.rpartition(":")
    if not reachable(host, int(port)):
        return ""
    for name in names():
        cluster = load(name)
        if any(member["address"] == resolve(host) for member in cluster.get("etcd", {}).values()) or cluster.get("endpoint") == server:
            return name
    return names()[0] if len(names()) == 1 else ""


def resolve(host):
    for line in read("/etc/hosts").splitlines():
        words = line.split("#")[0].split()
        if host in words[1:]:
            return words[0]
    return host


class Access:
    """A kubeconfig file in use."""

    def __init__(self, path):
        self.path = path
        text = read(path)
        found = re.search(r"server:\s*[\"']?https://([^\"'\s]+)", text)
        self.server = found[1] if found else ""
        if self.server and ":" not in self.server.rpartition("]")[2]:
            self.server += ":443"
        ca = re.search(r"certificate-authority-data:\s*(\S+)", text)
        self.name = pki.hash_of(base64.b64decode(ca[1]).decode()) if ca else ""
        self.there = bool(text)

    def refusal(self):
        """Why the API does not answer; empty when it does."""
        host, _, port = self.server.rpartition(":")
        host = resolve(host.strip("[]"))
        if not re.match(r"[0-9.:]+$", host):
            return f"Unable to connect to the server: dial tcp: lookup {host} on 10.255.255.53:53: no such host"
        if not reachable(host, int(port)):
            return f"The connection to the server {self.server} was refused - did you specify the right host or port?"
        cluster = load(self.name)
        if not cluster:
            return "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority"
        members = cluster.get("etcd", {}).values()
        up = sum(reachable(member["address"], 2379) for member in members)
        if up * 2 <= len(members):
            return "Error from server: etcdserver: request timed out"
        return ""


def own():
    """The name of the cluster that this host's kubelet belongs to."""
    for path in ("/etc/kubernetes/kubelet.conf", "/etc/kubernetes/bootstrap-kubelet.conf"):
        if os.path.exists(path):
            return Access(path)
    return None


def register_node(cluster, name):
    """A kubelet says that it is there."""
    from runtime import kube_version, version
    old = cluster.setdefault("nodes", {}).get(name)
    number = len(cluster["nodes"]) if not old else old["number"]
    node = old or {"labels": {}, "taints": [], "cordoned": False, "created": base.stamp(), "number": number}
    node.update(address=CONFIG["address"], kubelet=kube_version(), runtime=f"containerd://{version()}", machineId=read("/etc/machine-id").strip(), kernel=os.uname().release,
                uuid=read("/sys/class/dmi/id/product_uuid").strip(), bootId=read("/proc/sys/kernel/random/boot_id").strip(), cpus=CONFIG["cpus"], memoryKi=CONFIG["memoryMb"] * 1024,
                gpus=CONFIG["gpus"], os=re.search(r'PRETTY_NAME="([^"]+)"', read("/etc/os-release"))[1])
    cluster["nodes"][name] = node


def is_ready(cluster, node):
    return bool(cluster.get("network")) and reachable(node["address"], 10250)
