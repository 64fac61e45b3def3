"""What a test asks of an InstallHost beside its door."""
import base64
import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import time

import base
import place
import snapshot
import system
import systemd
from base import CONFIG
from place import HIDDEN, LIBC, read, write


def power(word):
    link = socket.socket(socket.AF_UNIX)
    link.connect(HIDDEN + "/p")
    link.sendall(word.encode())
    link.close()


def answer(request):
    return ORDERS[request["order"]](request) or {}


def inside(request):
    done = subprocess.run(request["words"], input=base64.b64decode(request["input"]), capture_output=True)
    return {"exit": done.returncode, "out": base64.b64encode(done.stdout).decode(), "err": base64.b64encode(done.stderr).decode()}


def read_file(request):
    try:
        with open(request["path"], "rb") as file:
            return {"there": True, "content": base64.b64encode(file.read()).decode()}
    except OSError:
        return {"there": os.path.lexists(request["path"]), "content": ""}


def logs(_):
    return {name: base64.b64encode(open(f"{HIDDEN}/{name}.log", "rb").read()).decode() for name in ("calls", "argv", "environ", "troubles")}


def forget(_):
    os.truncate(HIDDEN + "/calls.log", 0)


def add_rule(request):
    with base.locked(HIDDEN, "rules", []) as rules:
        if "seconds" in request:
            rules[:] = [rule for rule in rules if not ("seconds" in rule and rule["tool"] == request["tool"] and rule["contains"] == request["contains"])]
            if not request["seconds"]:
                return
        rules.append({name: value for name, value in request.items() if name != "order"})


def clear_rules(_):
    with base.locked(HIDDEN, "rules", []) as rules:
        rules.clear()


def swap(request):
    lines = [line for line in read("/etc/fstab").splitlines() if " swap " not in line]
    write("/etc/fstab", "\n".join(lines + (["/swapfile none swap sw 0 0"] if request["on"] else [])) + "\n")
    system.set_swaps(["/swapfile"] if request["on"] else [])


def clock(request):
    write(HIDDEN + "/clock", str(request["seconds"]))
    write(HIDDEN + "/ntp", "no" if request["seconds"] else "yes")
    with base.state() as state:
        state["units"]["systemd-timesyncd.service"] = not request["seconds"]
    link = "/etc/systemd/system/multi-user.target.wants/systemd-timesyncd.service"
    if request["seconds"] and os.path.lexists(link):
        os.remove(link)


def disk(request):
    used = os.statvfs(HIDDEN + "/disk")
    size = (used.f_blocks - used.f_bfree) * used.f_frsize if request["full"] else 40 << 30
    place.mount(None, HIDDEN + "/disk", None, place.MS_REMOUNT, f"size={size}")


def hold_lock(request):
    with base.state() as state:
        old = state["lockers"].pop("dpkg", 0)
        if old:
            with contextlib.suppress(ProcessLookupError):
                os.kill(old, signal.SIGKILL)
            system.wait_gone(old)
        if not request["on"]:
            return
        ready, tell = os.pipe()

        def hold():
            descriptor = os.open("/var/lib/dpkg/lock-frontend", os.O_RDWR | os.O_CREAT, 0o640)
            fcntl.lockf(descriptor, fcntl.LOCK_EX)
            os.write(tell, b"1")
            signal.pause()
        state["lockers"]["dpkg"] = base.daemonize("unattended-upgr", hold, [tell])
        os.read(ready, 1)


def port(request):
    with base.state() as state:
        old = state["occupied"].pop(str(request["port"]), 0)
        if old:
            with contextlib.suppress(ProcessLookupError):
                os.kill(old, signal.SIGKILL)
            system.wait_gone(old)
        if request["on"]:
            state["occupied"][str(request["port"])] = base.listen([request["port"]], "nginx")


def old_install(_):
    import kubeadm
    kubeadm.leave_half()


def host_name(request):
    write("/etc/hostname", request["name"] + "\n")
    socket.sethostname(request["name"])
    system.register()


def setting(request):
    with base.state() as state:
        state[request["name"]] = request["value"]


def hide(request):
    for folder in ("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"):
        if os.path.lexists(f"{folder}/{request['name']}"):
            os.remove(f"{folder}/{request['name']}")
    with base.state() as state:
        state.setdefault("hidden", []).append(request["name"])


def url(request):
    with base.state() as state:
        state.setdefault("urls", {})[request["url"]] = request["content"]


def connections():
    """sshd's processes for connections, and what runs under them."""
    listener = int(read("/run/sshd.pid", "0") or 0)
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != listener and read(f"/proc/{name}/comm").strip() in ("sshd", "sshd-session")]


def kill_connections(_):
    for pid in connections():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def ssh(request):
    if request["on"]:
        systemd.start_ssh()
        return
    systemd.stop_ssh()
    kill_connections(request)


def renew_key(request):
    place.new_host_key("/etc/ssh")
    systemd.stop_ssh()
    kill_connections(request)
    systemd.start_ssh()


ORDERS = {"inside": inside, "read": read_file, "logs": logs, "forget": forget, "rule": add_rule, "clear": clear_rules, "swap": swap, "clock": clock, "disk": disk,
          "lock": hold_lock, "port": port, "old": old_install, "name": host_name, "setting": setting, "hide": hide, "url": url, "kill": kill_connections, "ssh": ssh,
          "key": renew_key, "power": lambda request: power(request["word"]), "boots": lambda _: {"boots": base.peek().get("boots", 0)},
          "write": lambda request: write(request["path"], base64.b64decode(request["content"]), request["mode"]),
          "snapshot": lambda request: {"text": snapshot.text(request["leaveOut"])}}
