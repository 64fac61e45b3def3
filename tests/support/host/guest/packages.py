"""apt-get, apt-cache, apt-mark, dpkg and curl of an InstallHost. /var/lib/dpkg/status is a real one; dpkg and dpkg-query are the real programs over it."""
import base64
import fcntl
import os
import re
import shutil
import subprocess
import sys
import time

import base
import place
from base import CONFIG, die, err, out
from place import HIDDEN, read, write

STATUS = "/var/lib/dpkg/status"
KUBE = {"1.33": ["1.33.12-1.1", "1.33.11-1.1"], "1.34": ["1.34.9-1.1", "1.34.8-1.1"], "1.35": ["1.35.6-1.1", "1.35.5-1.1"], "1.36": ["1.36.2-1.1", "1.36.1-1.1"]}
KUBE_NEEDS = {"kubelet": ["iptables", "kubernetes-cni", "iproute2", "mount", "util-linux", "conntrack", "ebtables", "ethtool", "socat"], "kubeadm": ["cri-tools"], "kubectl": [],
              "cri-tools": [], "kubernetes-cni": []}
DEBIAN = {"containerd": "1.6.20~ds1-1+deb12u1", "runc": "1.1.5+ds1-1+deb12u1", "conntrack": "1:1.4.7-1+b2", "ethtool": "1:6.1-1", "socat": "1.7.4.4-2", "ebtables": "2.0.11-5",
          "iptables": "1.8.9-2", "ipvsadm": "1:1.31-1+b1", "ipset": "7.17-1", "chrony": "4.3-2+deb12u1", "curl": "7.88.1-10+deb12u14", "gnupg": "2.2.40-1.1",
          "ca-certificates": "20230311+deb12u1", "apt-transport-https": "2.6.1", "gpg": "2.2.40-1.1", "jq": "1.6-2.1", "nfs-common": "1:2.6.2-4+deb12u1", "open-iscsi": "2.1.8-1",
          "systemd-timesyncd": "252.39-1~deb12u1", "ufw": "0.36.2-1", "kmod": "30+20221128-1", "wget": "1.21.3-1+deb12u1", "lsb-release": "12.0-1", "bash-completion": "1:2.11-6",
          "software-properties-common": "0.99.30-4.1~deb12u1", "sudo": "1.9.13p3-1+deb12u2"}
NEEDS = {"containerd": ["runc"]}
BASE = {"apt": "2.6.1", "base-files": "12.4+deb12u11", "bash": "5.2.15-2+b8", "coreutils": "9.1-1", "dpkg": "1.21.22", "openssh-server": "1:9.2p1-2+deb12u7", "systemd": "252.39-1~deb12u1",
        "iproute2": "6.1.0-3", "iptables": "1.8.9-2", "mount": "2.38.1-5+deb12u3", "util-linux": "2.38.1-5+deb12u3", "curl": "7.88.1-10+deb12u14", "ca-certificates": "20230311+deb12u1",
        "gpg": "2.2.40-1.1", "gnupg": "2.2.40-1.1", "kmod": "30+20221128-1", "procps": "2:4.0.2-3", "systemd-timesyncd": "252.39-1~deb12u1", "wget": "1.21.3-1+deb12u1"}
PROGRAMS = {"containerd": ["containerd", "ctr"], "containerd.io": ["containerd", "ctr", "runc"], "runc": ["runc"], "cri-tools": ["crictl"], "kubelet": ["kubelet"], "kubeadm": ["kubeadm"],
            "kubectl": ["kubectl"], "conntrack": ["conntrack"], "ethtool": ["ethtool"], "socat": ["socat"], "ebtables": ["ebtables"], "chrony": ["chronyc"], "ufw": ["ufw"]}
UNIT_FILES = {"containerd": ("containerd.service", "[Unit]\nDescription=containerd container runtime\nAfter=network.target local-fs.target\n\n[Service]\nExecStartPre=-/sbin/modprobe overlay\n"
                             "ExecStart=/usr/bin/containerd\n\nType=notify\nDelegate=yes\nKillMode=process\nRestart=always\n\n[Install]\nWantedBy=multi-user.target\n"),
              "kubelet": ("kubelet.service", "[Unit]\nDescription=kubelet: The Kubernetes Node Agent\nDocumentation=https://kubernetes.io/docs/\nWants=network-online.target\n"
                          "After=network-online.target\n\n[Service]\nExecStart=/usr/bin/kubelet\nRestart=always\nStartLimitInterval=0\nRestartSec=10\n\n[Install]\nWantedBy=multi-user.target\n"),
              "chrony": ("chrony.service", "[Unit]\nDescription=chrony, an NTP client/server\n\n[Install]\nWantedBy=multi-user.target\n")}
UNIT_FILES["containerd.io"] = UNIT_FILES["containerd"]
CNI_PLUGINS = "bandwidth bridge dhcp dummy firewall host-device host-local ipvlan loopback macvlan portmap ptp sbr static tap tuning vlan vrf".split()


# The state ---------------------------------------------------------------------------------------------------------------------------------------------

def stanzas():
    found = {}
    for part in read(STATUS).split("\n\n"):
        name = re.search(r"^Package: (.+)$", part, re.M)
        if name:
            found[name[1]] = {"version": re.search(r"^Version: (.+)$", part, re.M)[1], "status": re.search(r"^Status: (.+)$", part, re.M)[1]}
    return found


def save(packages):
    text = "".join(f"Package: {name}\nStatus: {one['status']}\nPriority: optional\nSection: admin\nInstalled-Size: 100\nMaintainer: Debian <debian@example>\nArchitecture: amd64\n"
                   f"Version: {one['version']}\nDescription: {name}\n\n" for name, one in sorted(packages.items()))
    write(STATUS + "-new", text)
    os.replace(STATUS + "-new", STATUS)


def is_installed(name, packages):
    return name in packages and packages[name]["status"].endswith(" installed")


def sources():
    """Lines of all source files: (options, url, suite)."""
    found = []
    for name in ["/etc/apt/sources.list"] + [f"/etc/apt/sources.list.d/{one}" for one in sorted(os.listdir("/etc/apt/sources.list.d"))]:
        text = read(name)
        if name.endswith(".sources"):
            for part in re.split(r"\n\s*\n", text):
                fields = dict(re.findall(r"^(\S+):\s*(.*)$", part, re.M))
                if fields.get("URIs") and fields.get("Enabled", "yes") != "no":
                    found.append((f"signed-by={fields.get('Signed-By', '')} trusted={fields.get('Trusted', '')}", fields["URIs"], fields.get("Suites", "")))
        elif name.endswith(".list"):
            found += [(one[0], one[1], one[2]) for one in re.findall(r"^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)", text, re.M)]
    return found


def is_kube(url):
    return re.search(r"/v(\d+\.\d+)/deb", url)


def available():
    """Versions by package, newest first, from the sources that were read by the last update."""
    found = {name: [version] for name, version in DEBIAN.items()}
    for url in read(HIDDEN + "/lists").split():
        minor = is_kube(url)
        if minor and minor[1] in KUBE:
            for name in ("kubelet", "kubeadm", "kubectl"):
                found.setdefault(name, []).extend(kube_versions(minor[1]))
            found.setdefault("cri-tools", []).append(f"{minor[1]}.0-1.1")
            found.setdefault("kubernetes-cni", []).append("1.7.1-1.1")
        if "docker" in url:
            found["containerd.io"] = ["2.1.5-1~debian.12~bookworm", "1.7.29-1~debian.12~bookworm"]
    return found


def kube_versions(minor):
    wanted = CONFIG["version"].lstrip("v")
    extra = [f"{wanted}-1.1"] if wanted.startswith(minor + ".") else []
    return list(dict.fromkeys(extra + KUBE.get(minor, [])))


def hidden():
    return set(CONFIG["missing"]) | set(base.peek().get("hidden", []))


def put(name, version, packages):
    packages[name] = {"version": version, "status": "hold ok installed" if packages.get(name, {}).get("status", "").startswith("hold") else "install ok installed"}
    for program in PROGRAMS.get(name, []):
        if program not in hidden():
            place.link_program("", program)
    if name in UNIT_FILES:
        unit, text = UNIT_FILES[name]
        write(f"/usr/lib/systemd/system/{unit}", text)
        link = f"/etc/systemd/system/multi-user.target.wants/{unit}"
        if not os.path.lexists(link) and name != "kubelet":
            os.symlink(f"/lib/systemd/system/{unit}", link)
        if name != "kubelet":
            start_unit(unit)
    if name == "kubernetes-cni":
        for plugin in CNI_PLUGINS:
            write(f"/opt/cni/bin/{plugin}", "#!/bin/sh\n", 0o755)
    if name == "kubelet":
        write("/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf",
              "# Note: This dropin only works with kubeadm and kubelet v1.11+\n[Service]\nEnvironment=\"KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf "
              "--kubeconfig=/etc/kubernetes/kubelet.conf\"\nEnvironment=\"KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml\"\nEnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env\n"
              "EnvironmentFile=-/etc/default/kubelet\nExecStart=\nExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS\n")
        os.makedirs("/etc/kubernetes/manifests", exist_ok=True)
    if name == "containerd.io" and not os.path.exists("/etc/containerd/config.toml"):
        write("/etc/containerd/config.toml", 'disabled_plugins = ["cri"]\n')


def start_unit(unit):
    with base.state() as state:
        state.setdefault("units", {})[unit] = True


def take(name, packages, purge):
    for program in PROGRAMS.get(name, []):
        for folder in ("/usr/bin", "/usr/sbin"):
            if os.path.lexists(f"{folder}/{program}"):
                os.remove(f"{folder}/{program}")
    if name in UNIT_FILES:
        unit = UNIT_FILES[name][0]
        import systemd
        with base.state() as state:
            state.setdefault("units", {}).pop(unit, None)
        for path in (f"/usr/lib/systemd/system/{unit}", *systemd.wants(unit)):
            if os.path.lexists(path):
                os.remove(path)
        shutil.rmtree(f"/usr/lib/systemd/system/{unit}.d", ignore_errors=True)
    if name == "kubernetes-cni":
        shutil.rmtree("/opt/cni", ignore_errors=True)
    if purge or name not in ("containerd", "containerd.io", "kubelet"):
        packages.pop(name, None)
        if name.startswith("containerd"):
            shutil.rmtree("/etc/containerd", ignore_errors=True)
    else:
        packages[name]["status"] = "deinstall ok config-files"


def prepare():
    """A host on which everything but kubeadm's own work was done."""
    version = CONFIG["version"].lstrip("v") + "-1.1"
    packages = stanzas() or first()
    write(HIDDEN + "/lists", f"https://pkgs.k8s.example/core:/stable:/v{'.'.join(version.split('.')[:2])}/deb/")
    for name, number in [(name, DEBIAN[name]) for name in ("containerd", "runc", "conntrack", "ebtables", "ethtool", "socat")] + [
            ("cri-tools", version), ("kubernetes-cni", "1.7.1-1.1"), ("kubelet", version), ("kubeadm", version), ("kubectl", version)]:
        put(name, number, packages)
    save(packages)
    os.symlink("/lib/systemd/system/kubelet.service", "/etc/systemd/system/multi-user.target.wants/kubelet.service")
    write("/etc/modules-load.d/k8s.conf", "overlay\nbr_netfilter\n")
    write("/etc/sysctl.d/99-kubernetes.conf", "net.bridge.bridge-nf-call-iptables = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward = 1\n")
    import runtime
    write("/etc/containerd/config.toml", runtime.default_config().replace("SystemdCgroup = false", "SystemdCgroup = true"))


def first():
    packages = {name: {"version": version, "status": "install ok installed"} for name, version in BASE.items() if name not in CONFIG["missing"]}
    if CONFIG["sudo"] != "NotInstalled":
        packages["sudo"] = {"version": DEBIAN["sudo"], "status": "install ok installed"}
    return packages


# apt-get -------------------------------------------------------------------------------------------------------------------------------------------------

FLAGS = ("yes", "quiet", "assume-yes", "no-install-recommends", "allow-downgrades", "allow-change-held-packages", "purge", "download-only", "simulate", "dry-run", "fix-broken",
         "reinstall", "allow-unauthenticated", "no-remove", "fix-missing", "autoremove", "only-upgrade", "install-recommends", "force-yes", "print-uris", "auto-remove", "no-upgrade")
SHORT = {"y": "yes", "q": "quiet", "o": "option", "f": "fix-broken", "d": "download-only", "s": "simulate", "t": "target-release", "m": "fix-missing", "u": "show-upgraded"}


def lock(options, name="/var/lib/dpkg/lock-frontend"):
    if not base.is_root():
        err(f"E: Could not open lock file {name} - open (13: Permission denied)")
        die(f"E: Unable to acquire the dpkg frontend lock ({name}), are you root?", 100)
    seconds = [float(text.partition("=")[2]) for text in options.all("option") if text.lower().startswith("dpkg::lock::timeout=")]
    deadline = time.monotonic() + (seconds[-1] if seconds and seconds[-1] >= 0 else 86400 if seconds else 0)
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT, 0o640)
    while True:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except OSError:
            if time.monotonic() < deadline:
                time.sleep(0.05)
                continue
        holder = base.peek().get("lockers", {}).get("dpkg", 0)
        err(f"E: Could not get lock {name}. It is held by process {holder} ({read(f'/proc/{holder}/comm').strip() or 'apt-get'})\n"
            "N: Be aware that removing the lock file is not a solution and may break your system.")
        die(f"E: Unable to acquire the dpkg frontend lock ({name}), is another process using it?", 100)


def apt_get(_, arguments):
    options = base.Options(arguments, FLAGS, SHORT)
    verb, *names = options.words or ["help"]
    if verb == "update":
        return update(options)
    if verb in ("install", "remove", "purge", "autoremove", "upgrade", "dist-upgrade", "download", "clean", "autoclean", "full-upgrade"):
        if verb == "download":
            return 0
        simulate = options.has("simulate") or options.has("dry-run")
        held = None if simulate else lock(options)
        try:
            return CHANGES.get(verb, nothing)(names, options, simulate)
        finally:
            if held is not None:
                os.close(held)
    if verb == "check":
        return 0
    die(f"E: Invalid operation {verb}", 100)


def update(options):
    if not base.is_root():
        die("E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\nE: Unable to lock directory /var/lib/apt/lists/", 100)
    good, bad = [], []
    state = base.peek()
    for index, (settings, url, suite) in enumerate(sources(), 1):
        if state.get("offline"):
            out(f"Err:{index} {url} {suite} InRelease\n  Could not resolve '{url.split('/')[2]}'")
            bad.append(url)
        elif is_kube(url) and "trusted=yes" not in settings and not signed(settings):
            out(f"Get:{index} {url} {suite} InRelease [1,192 B]\nErr:{index} {url} {suite} InRelease\n  The following signatures couldn't be verified because the public key is not "
                "available: NO_PUBKEY 234654DA9A296436")
            err(f"W: GPG error: {url}  InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 234654DA9A296436\n"
                f"E: The repository '{url}  InRelease' is not signed.")
            bad.append(None)
        elif is_kube(url) and is_kube(url)[1] not in KUBE:
            err(f"E: The repository '{url}  Release' does not have a Release file.")
            bad.append(None)
        else:
            out(f"Hit:{index} {url} {suite} InRelease")
            good.append(url)
    out("Reading package lists...")
    for url in bad:
        if url:
            err(f"W: Failed to fetch {url}/dists/bookworm/InRelease  Could not resolve '{url.split('/')[2]}'")
    if None in bad:
        return 100
    if bad:
        err("W: Some index files failed to download. They have been ignored, or old ones used instead.")
        return 0
    write(HIDDEN + "/lists", " ".join(good))
    write("/var/lib/apt/lists/lock")
    return 0


def signed(settings):
    name = re.search(r"signed-by=(\S+)", settings, re.I)
    return bool(name) and os.path.exists(name[1]) and os.path.getsize(name[1]) > 0


def resolve(names, options, packages):
    """(package, version) with what they need; ends when there is one it cannot find."""
    offers, found, queue = available(), {}, list(names)
    while queue:
        name, _, version = queue.pop(0).partition("=")
        if name in found or not version and is_installed(name, packages) and name not in offers:
            continue
        if name not in offers:
            die(f"E: Unable to locate package {name}", 100)
        matches = [one for one in offers[name] if one == version or version.endswith("*") and one.startswith(version[:-1])] if version else offers[name]
        if not matches:
            die(f"E: Version '{version}' for '{name}' was not found", 100)
        if is_installed(name, packages) and (not version and name not in names or packages[name]["version"] == matches[0]):
            continue
        if packages.get(name, {}).get("status", "").startswith("hold") and not options.has("allow-change-held-packages"):
            err("The following held packages will be changed:\n  " + name)
            die("E: Held packages were changed and -y was used without --allow-change-held-packages.", 100)
        found[name] = matches[0]
        queue += [one for one in KUBE_NEEDS.get(name, NEEDS.get(name, [])) if not is_installed(one, packages)]
    return found


def install(names, options, simulate):
    packages = stanzas()
    archives = dict(archive(name) for name in names if "/" in name)
    names = [name for name in names if "/" not in name]
    out("Reading package lists...\nBuilding dependency tree...\nReading state information...")
    found = {name: version for name, version in archives.items() if not is_installed(name, packages) or packages[name]["version"] != version}
    for name in [one for one in found if packages.get(one, {}).get("status", "").startswith("hold") and not options.has("allow-change-held-packages")]:
        die(f"The following held packages will be changed:\n  {name}\nE: Held packages were changed and -y was used without --allow-change-held-packages.", 100)
    needed = [one for name in found for one in KUBE_NEEDS.get(name, NEEDS.get(name, [])) if one not in archives and not is_installed(one, packages)]
    found.update(resolve(names + needed, options, packages))
    for name in names:
        if name.partition("=")[0] not in found:
            out(f"{name.partition('=')[0]} is already the newest version ({packages.get(name.partition('=')[0], {}).get('version')}).")
    upgraded = [name for name in found if is_installed(name, packages)]
    if found:
        out("The following NEW packages will be installed:\n  " + " ".join(sorted(set(found) - set(upgraded))))
    out(f"{len(upgraded)} upgraded, {len(found) - len(upgraded)} newly installed, 0 to remove and 0 not upgraded.")
    if simulate or not found:
        return 0
    if base.peek().get("offline"):
        for name, version in found.items():
            err(f"E: Failed to fetch http://debian.example/debian/pool/{name}_{version}_amd64.deb  Could not resolve 'debian.example'")
        die("E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?", 100)
    for name, version in reversed(found.items()):
        out(f"Selecting previously unselected package {name}.\nPreparing to unpack .../{name}_{version}_amd64.deb ...\nUnpacking {name} ({version}) ...")
    for name, version in reversed(found.items()):
        put(name, version, packages)
        out(f"Setting up {name} ({version}) ...")
    save(packages)
    return 0


def archive(path):
    """Name and version that a package file says of itself."""
    done = subprocess.run(["dpkg-deb", "-f", path, "Package", "Version"], capture_output=True, text=True)
    fields = dict(re.findall(r"^(\w+): (.*)$", done.stdout, re.M))
    if done.returncode != 0 or len(fields) != 2:
        die(f"E: Unsupported file {path} given on commandline" if not os.path.exists(path) else f"E: Invalid archive signature\nE: Could not read meta data from {path}", 100)
    return fields["Package"], fields["Version"]


def remove(names, options, simulate, purge=False):
    packages = stanzas()
    purge = purge or options.has("purge")
    offers = available()
    names = [name.rstrip("*") for name in names]
    for name in names:
        if name not in packages and name not in offers:
            die(f"E: Unable to locate package {name}", 100)
        if packages.get(name, {}).get("status", "").startswith("hold") and not options.has("allow-change-held-packages"):
            die("E: Held packages were changed and -y was used without --allow-change-held-packages.", 100)
    gone = [name for name in names if is_installed(name, packages) or purge and name in packages]
    gone += [name for name, needs in {**KUBE_NEEDS, **NEEDS}.items() if set(needs) & set(gone) and is_installed(name, packages) and name not in gone]
    for name in sorted(set(names) - set(gone)):
        out(f"Package '{name}' is not installed, so not removed")
    out(f"0 upgraded, 0 newly installed, {len(gone)} to remove and 0 not upgraded.")
    for name in [] if simulate else gone:
        out(f"Removing {name} ({packages[name]['version']}) ...")
        take(name, packages, purge)
    if not simulate:
        save(packages)
    return 0


def nothing(*_):
    out("0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.")
    return 0


CHANGES = {"install": install, "remove": remove, "purge": lambda names, options, simulate: remove(names, options, simulate, True)}


def apt_cache(_, arguments):
    verb, *names = [word for word in arguments if not word.startswith("-")] or ["help"]
    offers, packages = available(), stanzas()
    for name in names:
        versions = offers.get(name, [])
        now = packages[name]["version"] if is_installed(name, packages) else "(none)"
        if verb == "policy" and (versions or now != "(none)"):
            out(f"{name}:\n  Installed: {now}\n  Candidate: {(versions or [now])[0]}\n  Version table:")
            for version in versions or [now]:
                out(f" {'***' if version == now else '   '} {version} 500\n        500 {source_of(name)}  Packages")
        elif verb == "madison":
            for version in versions:
                out(f"{name:>10} | {version:>10} | {source_of(name)}  Packages")
        elif verb == "show":
            if not versions:
                die("E: No packages found", 100)
            out(f"Package: {name}\nVersion: {versions[0]}\nArchitecture: amd64\nDescription: {name}\n")
    return 0


def source_of(name):
    for url in read(HIDDEN + "/lists").split():
        if is_kube(url) and name in KUBE_NEEDS:
            return url
    return "http://debian.example/debian bookworm/main amd64"


def apt_mark(_, arguments):
    verb, *names = [word for word in arguments if not word.startswith("-")] or ["help"]
    packages = stanzas()
    if verb == "showhold":
        for name in sorted(packages):
            if packages[name]["status"].startswith("hold"):
                out(name)
        return 0
    if not base.is_root():
        die("E: Could not create temporary file for /var/lib/apt/extended_states - mkstemp (13: Permission denied)", 100)
    for name in names:
        if name not in packages:
            if name not in available():
                die(f"E: Unable to locate package {name}\nE: No packages found", 100)
            packages[name] = {"version": available()[name][0], "status": "hold ok not-installed"} if verb == "hold" else {"version": "0", "status": "unknown ok not-installed"}
        was, rest = packages[name]["status"].split(" ", 1)
        if verb == "hold":
            out(f"{name} was already set to hold." if was == "hold" else f"{name} set to hold.")
            packages[name]["status"] = "hold " + rest
        elif verb == "unhold":
            out(f"Canceled hold on {name}." if was == "hold" else f"{name} was already not on hold.")
            packages[name]["status"] = ("install " if rest.endswith(" installed") else "deinstall ") + rest
    save({name: one for name, one in packages.items() if one["status"].endswith((" installed", "config-files")) or one["status"].startswith("hold")})
    return 0


# Files from elsewhere --------------------------------------------------------------------------------------------------------------------------------------

def fetched(url):
    state = base.peek()
    if url in state.get("urls", {}):
        return base64.b64decode(state["urls"][url])
    if url.endswith(("Release.key", "/gpg")) and not state.get("offline"):
        return base.RECORDED["kubernetes-release-key"].encode()
    if re.match(r"https://[^/]+/v2/.+/(manifests/[^/]+|tags/list)$", url) and state.get("registry", base.CONFIG["registry"]):
        return b"{}"
    return None


def curl(tool, arguments):
    flags = ("silent", "fail", "show-error", "location", "head", "insecure", "create-dirs", "compressed", "retry-all-errors", "progress-bar", "remote-name", "ipv4")
    short = {"s": "silent", "f": "fail", "S": "show-error", "L": "location", "I": "head", "k": "insecure", "o": "output", "O": "remote-name", "w": "write-out", "m": "max-time", "X": "request",
             "H": "header", "x": "proxy", "C": "continue-at", "r": "range", "4": "ipv4", "u": "user", "#": "progress-bar"}
    options = base.Options(arguments, flags, short)
    if tool == "wget":
        options = base.Options(arguments, ("quiet", "no-verbose", "spider"), {"q": "quiet", "O": "output", "T": "timeout", "t": "tries"})
    code = 0
    for url in options.words + options.all("url"):
        body = fetched(url)
        if body is None:
            host = re.sub(r"^\w+://", "", url).split("/")[0].split(":")[0]
            if not options.has("silent") or options.has("show-error"):
                err(f"curl: (6) Could not resolve host: {host}" if tool == "curl" else f"wget: unable to resolve host address '{host}'")
            code = 6 if tool == "curl" else 4
        else:
            name = options.get("output") or (url.rsplit("/", 1)[1] if options.has("remote-name") or tool == "wget" else "-")
            if options.has("head"):
                out(f"HTTP/2 200 \r\ncontent-length: {len(body)}\r\n\r")
            elif name == "-":
                sys.stdout.flush()
                os.write(1, body)
            else:
                with open(name, "wb") as file:
                    file.write(body)
        if options.has("write-out"):
            text = options.get("write-out").replace("\\n", "\n")
            values = {"http_code": "000" if body is None else "200", "response_code": "000" if body is None else "200", "time_total": "0.050000", "time_connect": "0.010000",
                      "speed_download": "20971520", "size_download": str(len(body or b"")), "exitcode": str(code)}
            sys.stdout.write(re.sub(r"%\{(\w+)\}", lambda match: values.get(match[1], ""), text))
    return code


def dpkg(tool, arguments):
    import system
    if any(word in ("-i", "--install", "--configure", "-r", "-P", "--purge", "--remove") for word in arguments):
        os.close(lock(base.Options([])))
        if "--configure" in arguments:
            return 0
        files = [word for word in arguments if word.endswith(".deb")]
        if files:
            packages = stanzas()
            for name, version in map(archive, files):
                out(f"Preparing to unpack {name} ({version}) ...\nSetting up {name} ({version}) ...")
                put(name, version, packages)
            save(packages)
            return 0
    return system.passed(tool, arguments)


TOOLS = {"apt-get": apt_get, "apt": apt_get, "apt-cache": apt_cache, "apt-mark": apt_mark, "dpkg": dpkg, "dpkg-query": dpkg, "curl": curl, "wget": curl}
