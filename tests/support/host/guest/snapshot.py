"""The host's state as text that is equal whenever the same was done."""
import json
import os
import re

import base
import system
import systemd
from place import HIDDEN, read

FILES = ["/etc/apt", "/etc/cni", "/etc/containerd", "/etc/crictl.yaml", "/etc/default", "/etc/fstab", "/etc/hostname", "/etc/hosts", "/etc/kubernetes", "/etc/modules-load.d",
         "/etc/modules", "/etc/sysctl.conf", "/etc/sysctl.d", "/etc/systemd/system", "/etc/sudoers.d", "/etc/environment", "/etc/profile.d", "/var/lib/kubelet", "/var/lib/etcd",
         "/opt", "/root", "/home/ops", "/usr/local/bin", "/usr/local/sbin", "/var/lib/dpkg/status", "/etc/docker", "/etc/chrony", "/etc/security", "/etc/cron.d"]
VALUES = ("net/ipv4/ip_forward", "net/bridge/bridge-nf-call-iptables", "net/bridge/bridge-nf-call-ip6tables", "vm/swappiness", "vm/overcommit_memory", "vm/panic_on_oom",
          "kernel/panic", "kernel/panic_on_oops", "fs/inotify/max_user_watches", "fs/inotify/max_user_instances", "net/ipv4/conf/all/rp_filter", "vm/max_map_count")


def names():
    known = {}
    folder = HIDDEN + "/cluster/hosts"
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        one = json.loads(read(f"{folder}/{name}", "{}") or "{}")
        known[one.get("address", "?")] = one.get("name", "?")
    return known


def normal(text, known):
    for address in sorted(known, key=len, reverse=True):
        text = re.sub(re.escape(address) + r"(?!\d)", f"<address of {known[address]}>", text)
    text = re.sub(r"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", r"<\1>", text, flags=re.S)
    text = re.sub(r"\b[a-z0-9]{6}\.[a-z0-9]{16}\b", "<token>", text)
    text = re.sub(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>", text)
    text = re.sub(r"\b[0-9a-f]{32,128}\b", "<hex>", text)
    text = re.sub(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?", "<time>", text)
    text = re.sub(r"\b(17|18|19|20)\d{8}(\d{3})?\b", "<time>", text)
    return re.sub(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{120,}={0,2}", "<base64>", text)


def files(leave_out):
    found = []
    for top in FILES:
        if os.path.isdir(top) and not os.path.islink(top):
            for folder, below, inside in os.walk(top):
                below.sort()
                found += [f"{folder}/{name}" for name in inside] + [f"{folder}/{name}" for name in below if os.path.islink(f"{folder}/{name}")]
                found += [folder + "/"] if not inside and not below else []
        elif os.path.lexists(top):
            found.append(top)
    return [name for name in sorted(found) if not any(name.startswith(prefix) for prefix in leave_out)]


def text(leave_out):
    system.refresh()
    known, rows = names(), []
    for name in files(leave_out):
        shown = normal(name, known)
        if name.endswith("/"):
            rows.append(f"{shown} (empty)")
        elif os.path.islink(name):
            rows.append(f"{shown} -> {os.readlink(name)}")
        else:
            size, content = os.path.getsize(name), read(name)
            mode = os.stat(name).st_mode & 0o7777
            body = normal(content, known) if size < 200_000 and "\0" not in content else f"<{size} bytes>"
            rows.append(f"{shown} {mode:o}\n" + "".join(f"    {line}\n" for line in body.splitlines()))
    state = base.peek()
    rows.append("swaps: " + " ".join(system.swaps()))
    rows.append("modules: " + " ".join(sorted(system.modules())))
    rows += [f"{name} = {read('/proc/sys/' + name).strip()}" for name in VALUES]
    units = sorted(set(state.get("units", {})) - {unit for unit in state.get("units", {}) if unit not in SHOWN and not state["units"][unit]})
    rows += [f"{unit}: {' '.join(systemd.active_state(unit, state))}, {'masked' if systemd.is_masked(unit) else 'enabled' if systemd.is_enabled(unit) else 'disabled'}"
             for unit in units]
    rows += [f"transient {unit}: {one['active']} {one['sub']} {one.get('status', 0)}" for unit, one in sorted(state.get("transient", {}).items())]
    rows.append("images: " + " ".join(sorted(state.get("images", {}))))
    rows.append("ufw: " + json.dumps(state.get("ufw", {}), sort_keys=True))
    rows.append("listening: " + " ".join(sorted(state.get("listeners", {}))))
    import kubectl
    rows.append("cluster: " + normal(kubectl.snapshot(), known))
    return "\n".join(rows) + "\n"


SHOWN = ("containerd.service", "kubelet.service")
