"""containerd, ctr, crictl, kubelet of an InstallHost."""
import base64
import hashlib
import json
import os
import re
import tarfile
import time

import base
import packages
from base import CONFIG, die, err, out
from place import read

SOCKET = "/run/containerd/containerd.sock"
DIAL = 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix {}: connect: no such file or directory"'
SIZES = {"kube-apiserver": 123525880, "kube-controller-manager": 110541569, "kube-scheduler": 76821239, "kube-proxy": 82924275, "coredns": 1383135, "pause": 697054, "etcd": 52030189}


def version():
    found = packages.stanzas()
    for name in ("containerd.io", "containerd"):
        if packages.is_installed(name, found):
            return re.match(r"[0-9.]+", found[name]["version"])[0]
    return "2.1.5"


def default_config():
    number = version()
    if number.startswith("2."):
        return base.RECORDED["containerd-2-config"]
    return base.RECORDED["containerd-1.6-config"].replace("pause:3.6", "pause:3.8" if number.startswith("1.7") else "pause:3.6")


def sandbox_image():
    found = re.search(r"^\s*sandbox(?:_image)?\s*=\s*[\"']([^\"']+)[\"']", read("/etc/containerd/config.toml"), re.M)
    return found[1] if found else re.search(r"sandbox(?:_image)?\s*=\s*[\"']([^\"']+)[\"']", default_config())[1]


def cri_fault(endpoint="unix:///var/run/containerd/containerd.sock"):
    """Why the container runtime interface does not answer; empty when it does."""
    path = endpoint.removeprefix("unix://")
    if not os.path.exists(path):
        return f'validate service connection: validate CRI v1 runtime API for endpoint "{endpoint}": ' + DIAL.format(path)
    if re.search(r"^\s*disabled_plugins\s*=\s*\[[^\]]*cri", read("/etc/containerd/config.toml"), re.M):
        return f'validate service connection: validate CRI v1 runtime API for endpoint "{endpoint}": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService'
    return ""


def registry_reachable():
    return base.peek().get("registry", CONFIG["registry"])


def pull_fault(image):
    """Pulls; empty = good."""
    with base.state() as state:
        if image in state.setdefault("images", {}):
            return ""
    if not registry_reachable():
        host, _, name = image.partition("/")
        path, _, tag = name.rpartition(":")
        return (f'failed to pull and unpack image "{image}": failed to resolve image: failed to do request: Head "https://{host}/v2/{path}/manifests/{tag}": dial tcp: lookup '
                f"{host.split(':')[0]} on 10.255.255.53:53: read udp {CONFIG['address']}:56002->10.255.255.53:53: i/o timeout")
    time.sleep(CONFIG["pullMs"] / 1000)
    add_image(image)
    return ""


def add_image(image):
    with base.state() as state:
        state.setdefault("images", {})[image] = SIZES.get(re.sub(r":[^:/]*$", "", image).rsplit("/", 1)[-1], 30_000_000)


def containerd(_, arguments):
    words = [word for word in arguments if not word.startswith("-")]
    if "--version" in arguments or "-v" in arguments:
        out(f"containerd github.com/containerd/containerd {version()} ")
    elif words[:2] == ["config", "default"]:
        out(default_config().rstrip("\n"))
    elif words[:2] == ["config", "dump"]:
        out(read("/etc/containerd/config.toml", default_config()).rstrip("\n"))
    return 0


def need_runtime(program):
    if not base.is_root():
        die(f'{program}: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix {SOCKET}: connect: permission denied"')
    if not os.path.exists(SOCKET):
        die(f'{program}: failed to dial "{SOCKET}": context deadline exceeded: connection error: desc = "transport: error while dialing: dial unix {SOCKET}: connect: no such file or directory"')


def ctr(_, arguments):
    options = base.Options(arguments, ("all-platforms", "quiet", "plain-http", "digests", "local"), {"n": "namespace", "a": "address", "q": "quiet"})
    words = options.words
    if words[:1] == ["version"] or options.has("version"):
        out(f"Client:\n  Version:  {version()}\n  Revision: \n  Go version: go1.19.8")
        return 0
    need_runtime("ctr")
    if words[:1] in (["images"], ["image"], ["i"]):
        verb = words[1] if len(words) > 1 else "ls"
        if verb == "import":
            for image in images_in(words[2]):
                add_image(image)
                out(f"unpacking {image} (sha256:{hashlib.sha256(image.encode()).hexdigest()})...done")
        elif verb == "pull":
            fault = pull_fault(words[2])
            if fault:
                die(f"ctr: {fault}")
            out("done")
        elif verb in ("ls", "list"):
            if not options.has("quiet"):
                out("REF TYPE DIGEST SIZE PLATFORMS LABELS")
            for image in sorted(base.peek().get("images", {})):
                out(image if options.has("quiet") else f"{image} application/vnd.docker.distribution.manifest.list.v2+json sha256:{hashlib.sha256(image.encode()).hexdigest()} 1.0 MiB linux/amd64 -")
        elif verb == "tag":
            add_image(words[3])
        elif verb in ("rm", "remove", "delete"):
            with base.state() as state:
                for image in words[2:]:
                    state.setdefault("images", {}).pop(image, None)
    return 0


def images_in(file):
    if not os.path.exists(file):
        die(f"ctr: open {file}: no such file or directory")
    try:
        with tarfile.open(file) as archive:
            return [tag for one in json.load(archive.extractfile("manifest.json")) for tag in one["RepoTags"]]
    except (tarfile.TarError, KeyError, ValueError) as error:
        die(f"ctr: unrecognized image format: {error}")


def crictl(_, arguments):
    options = base.Options(arguments, ("quiet", "all", "digests", "no-trunc", "debug", "force", "prune", "verbose", "latest"),
                           {"r": "runtime-endpoint", "i": "image-endpoint", "o": "output", "q": "quiet", "a": "all", "f": "force", "D": "debug", "t": "timeout", "v": "verbose"})
    words = options.words or ["help"]
    if options.has("version"):
        out("crictl version v1.36.0")
        return 0
    configured = re.search(r"runtime-endpoint:\s*(\S+)", read("/etc/crictl.yaml"))
    endpoint = options.get("runtime-endpoint") or (configured[1].strip("\"'") if configured else "unix:///run/containerd/containerd.sock")
    if not base.is_root():
        die(f'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "{endpoint}": rpc error: code = Unavailable desc = connection error: desc = "transport: '
            f'Error while dialing: dial unix {SOCKET}: connect: permission denied" ')
    fault = cri_fault(endpoint)
    if fault:
        die(f"FATA[0000] {fault} ")
    return CRICTL.get(words[0], lambda *_: 0)(words[1:], options)


def crictl_info(*_):
    network = os.path.isdir("/etc/cni/net.d") and bool(os.listdir("/etc/cni/net.d"))
    conditions = [{"type": "RuntimeReady", "status": True, "reason": "", "message": ""},
                  {"type": "NetworkReady", "status": network, "reason": "" if network else "NetworkPluginNotReady", "message": "" if network else
                   "Network plugin returns error: cni plugin not initialized"}]
    cgroup = bool(re.search(r"SystemdCgroup\s*=\s*true", read("/etc/containerd/config.toml")))
    out(json.dumps({"status": {"conditions": conditions}, "config": {"containerd": {"defaultRuntimeName": "runc", "runtimes": {"runc": {"runtimeType": "io.containerd.runc.v2", "options": {
        "SystemdCgroup": cgroup}}}}, "sandboxImage": sandbox_image(), "containerdEndpoint": SOCKET}, "golang": "go1.19.8"}, indent=2))


def image_row(image, size):
    return {"id": "sha256:" + hashlib.sha256(image.encode()).hexdigest(), "repoTags": [image], "repoDigests": [], "size": str(size), "uid": None, "username": "", "pinned": "pause:" in image}


def crictl_images(words, options):
    rows = [image_row(image, size) for image, size in sorted(base.peek().get("images", {}).items()) if not words or words[0] in image]
    if options.get("output") == "json":
        out(json.dumps({"images": rows}, indent=2))
    elif options.has("quiet"):
        [out(row["id"]) for row in rows]
    else:
        out(f"{'IMAGE':<60}{'TAG':<20}{'IMAGE ID':<20}SIZE")
        for row in rows:
            name, _, tag = row["repoTags"][0].rpartition(":")
            out(f"{name:<60}{tag:<20}{row['id'][7:20]:<20}{int(row['size']) / 1e6:.1f}MB")


def crictl_pull(words, _):
    fault = pull_fault(words[0])
    if fault:
        base.klog("E", "remote_image.go:250", f'"PullImage from image service failed" err="rpc error: code = Unknown desc = {fault}" image="{words[0]}"'.replace('"registry', '\\"registry'))
        die(f"FATA[0000] pulling image: rpc error: code = Unknown desc = {fault} ")
    out(f"Image is up to date for sha256:{hashlib.sha256(words[0].encode()).hexdigest()}")


def crictl_inspecti(words, _):
    images = base.peek().get("images", {})
    if words[0] not in images:
        die(f"FATA[0000] no such image \"{words[0]}\" present ")
    out(json.dumps({"status": image_row(words[0], images[words[0]])}, indent=2))


def crictl_rmi(words, options):
    with base.state() as state:
        for image in list(state.get("images", {})) if options.has("all") or options.has("prune") else words:
            state.get("images", {}).pop(image, None)


def running():
    state = base.peek()
    return sorted(name for name in state.get("listeners", {}) if name not in ("containerd", "kubelet"))


def crictl_ps(_, options):
    rows = [{"id": hashlib.sha256((CONFIG["name"] + name).encode()).hexdigest(), "metadata": {"name": name, "attempt": 0}, "state": "CONTAINER_RUNNING",
             "labels": {"io.kubernetes.container.name": name, "io.kubernetes.pod.name": f"{name}-{base.host_name()}", "io.kubernetes.pod.namespace": "kube-system"}} for name in running()]
    if options.get("output") == "json":
        out(json.dumps({"containers": rows}, indent=2))
    elif options.has("quiet"):
        [out(row["id"]) for row in rows]
    else:
        out("CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD")
        [out(f"{row['id'][:13]:<20}{row['id'][13:26]:<20}{'1 minute ago':<20}{'Running':<20}{row['metadata']['name']:<20}{0:<20}{row['id'][26:39]:<20}{row['metadata']['name']}") for row in rows]


def crictl_version(*_):
    out(f"Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  {version()}\nRuntimeApiVersion:  v1")


CRICTL = {"info": crictl_info, "images": crictl_images, "image": crictl_images, "img": crictl_images, "pull": crictl_pull, "ps": crictl_ps, "pods": crictl_ps, "version": crictl_version,
          "inspecti": crictl_inspecti, "rmi": crictl_rmi}


def kube_version():
    """Of the installed packages; what was put there by hand is of the host's own version."""
    found = packages.stanzas()
    for name in ("kubeadm", "kubelet"):
        if packages.is_installed(name, found):
            return "v" + found[name]["version"].split("-")[0]
    return CONFIG["version"]


def kubelet(_, arguments):
    if "--version" in arguments:
        out(f"Kubernetes {kube_version()}")
    return 0


TOOLS = {"containerd": containerd, "ctr": ctr, "crictl": crictl, "kubelet": kubelet}
