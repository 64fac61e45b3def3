"""Boot, swap, modules, kernel values, time, names, network of an InstallHost."""
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import base
import place
import systemd
from base import CONFIG, die, err, out
from place import HIDDEN, read, write

PORTS = {"kube-apiserver": [6443], "kube-controller-manager": [10257], "kube-scheduler": [10259], "etcd": [2379, 2380]}
MANIFESTS = "/etc/kubernetes/manifests"
MODULES = HIDDEN + "/modules"  # /proc/modules, where there is one


def boot():
    """By the first process itself."""
    for folder in ("/run", "/tmp"):
        for name in os.listdir(folder):
            path = f"{folder}/{name}"
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)
    for folder in ("/run/sshd", "/run/lock", "/run/systemd/system", "/run/user", "/run/sudo"):
        os.makedirs(folder, exist_ok=True)
    os.chmod("/run/sudo", 0o711)
    with base.state() as state:
        state["boots"] = state.get("boots", 0) + 1
        again = state["boots"] > 1
        for name in ("units", "transient", "listeners", "occupied", "ended", "lockers"):
            state[name] = {}
    if again:
        for name, value in place.VALUES.items():
            write("/proc/sys/" + name, value)
        for module in modules():
            shutil.rmtree(f"/sys/module/{module}", ignore_errors=True)
        write(MODULES)
    else:
        import packages
        packages.save(packages.first())
        if CONFIG["installed"]:
            packages.prepare()
    write("/proc/sys/kernel/random/boot_id", read("/proc/sys/kernel/random/uuid"))
    socket.sethostname(read("/etc/hostname").strip())
    set_swaps([line.split()[0] for line in read("/etc/fstab").splitlines() if re.match(r"\S+\s+\S+\s+swap\s", line) and not line.startswith("#")])
    for name in ["/etc/modules"] + [f"/etc/modules-load.d/{one}" for one in sorted(os.listdir("/etc/modules-load.d"))]:
        for line in read(name).splitlines():
            if line.strip() and not line.strip().startswith(("#", ";")):
                load_module(line.strip())
    if os.listdir("/etc/sysctl.d") or CONFIG["installed"]:
        subprocess.run([HIDDEN + "/real/sysctl", "--system"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with base.state() as state:
        for folder in os.listdir("/etc/systemd/system"):
            if not folder.endswith(".wants"):
                continue
            for unit in sorted(os.listdir("/etc/systemd/system/" + folder)):
                with contextlib.suppress(base.Exit):
                    if unit != "ssh.service" and not (unit == "systemd-timesyncd.service" and not read(HIDDEN + "/ntp", "yes") == "yes"):
                        systemd.start(unit, state) if unit != "systemd-timesyncd.service" else state["units"].update({unit: True})
    refresh()
    register()
    systemd.start_ssh()


def register():
    folder = HIDDEN + "/cluster/hosts"
    os.makedirs(folder, exist_ok=True)
    write(f"{folder}/{CONFIG['number']}.json", json.dumps({"name": base.host_name(), "address": CONFIG["address"]}))


def refresh():
    """What listens follows from what runs."""
    with base.state() as state:
        before = state.setdefault("listeners", {})
        units = state.get("units", {})
        runtime = units.get("containerd.service", False)
        kubelet = systemd.active_state("kubelet.service", state)[0] == "active"
        wanted = {}
        if runtime:
            wanted["containerd"] = ["/run/containerd/containerd.sock"]
        if kubelet:
            wanted["kubelet"] = [10250, 10248]
        for name, ports in PORTS.items():
            there = os.path.exists(f"{MANIFESTS}/{name}.yaml") and not state.get("broken")
            if name == "kube-apiserver" and there:
                ports = [int((re.findall(r"--secure-port=(\d+)", read(f"{MANIFESTS}/{name}.yaml")) or [6443])[0])]
            runs = name in before and base.alive(before[name])
            if there and kubelet and runtime or runs and (there or not kubelet):  # containers outlive their kubelet
                wanted[name] = ports
        for name in list(before):
            if name not in wanted or not base.alive(before[name]):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(before[name], 9)
                wait_gone(before.pop(name))
                if name == "containerd":
                    with contextlib.suppress(OSError):
                        os.remove("/run/containerd/containerd.sock")
        for name, ports in wanted.items():
            if name not in before:
                with contextlib.suppress(OSError):
                    before[name] = base.listen(ports, name)
    import kubectl
    if kubelet:
        kubectl.kubelet_round()


def wait_gone(pid):
    deadline = time.monotonic() + 1
    while base.alive(pid) and time.monotonic() < deadline:
        time.sleep(0.001)


# Swap, modules, values -------------------------------------------------------------------------------------------------------------------------------

def swaps():
    return [line.split()[0] for line in read("/proc/swaps").splitlines()[1:]]


def set_swaps(names):
    write("/proc/swaps", place.SWAPS + "".join(f"{name:<40}file\t\t2097148\t\t0\t\t-2\n" for name in names))
    write("/proc/meminfo", place.memory_info(CONFIG, 2097148 * len(names)))


def swapoff(_, arguments):
    if not base.is_root():
        die("swapoff: Not superuser.")
    names = [word for word in arguments if not word.startswith("-")]
    if any(word in ("-a", "--all") for word in arguments):
        set_swaps([])
        return 0
    for name in names:
        if name not in swaps():
            die(f"swapoff: {name}: swapoff failed: Invalid argument", 4)
        set_swaps([one for one in swaps() if one != name])
    return 0


def swapon(_, arguments):
    words = [word for word in arguments if not word.startswith("-")]
    if any(word.startswith(("--show", "-s", "--summary")) for word in arguments) or not arguments:
        if swaps() and not any("noheadings" in word for word in arguments):
            out("NAME      TYPE SIZE USED PRIO")
        for name in swaps():
            out(f"{name} file   2G   0B   -2")
        return 0
    if not base.is_root():
        die("swapon: Not superuser.")
    if any(word in ("-a", "--all") for word in arguments):
        words = [line.split()[0] for line in read("/etc/fstab").splitlines() if re.match(r"[^#]\S*\s+\S+\s+swap\s", line)]
    set_swaps(list(dict.fromkeys(swaps() + words)))
    return 0


KNOWN_MODULES = {"overlay": 163840, "br_netfilter": 36864, "nf_conntrack": 188416, "ip_vs": 200704, "ip_vs_rr": 16384, "ip_vs_wrr": 16384, "ip_vs_sh": 16384, "iptable_nat": 16384,
                 "ip_tables": 36864, "vxlan": 114688, "ip6_tables": 36864, "xt_set": 20480, "ip_set": 61440, "ipip": 20480, "wireguard": 94208, "dummy": 16384, "bridge": 311296,
                 "nf_nat": 61440, "nf_tables": 303104, "iptable_filter": 16384, "iptable_mangle": 16384, "rbd": 118784, "nbd": 65536}
NEEDS = {"br_netfilter": ["bridge"], "ip_vs": ["nf_conntrack"], "ip_vs_rr": ["ip_vs"], "ip_vs_wrr": ["ip_vs"], "ip_vs_sh": ["ip_vs"]}


def modules():
    return [line.split()[0] for line in read(MODULES).splitlines()]


def load_module(name):
    name = name.split()[0].replace("-", "_")
    if name not in KNOWN_MODULES:
        return False
    if name in modules():
        return True
    for other in NEEDS.get(name, []):
        load_module(other)
    write(MODULES, f"{name} {KNOWN_MODULES[name]} 0 - Live 0x0000000000000000\n" + read(MODULES))
    os.makedirs(f"/sys/module/{name}", exist_ok=True)
    if name == "br_netfilter":
        for value in ("iptables", "ip6tables", "arptables"):
            write(f"/proc/sys/net/bridge/bridge-nf-call-{value}", "1\n")
    if name == "nf_conntrack":
        write("/proc/sys/net/netfilter/nf_conntrack_max", "65536\n")
    return True


def modprobe(_, arguments):
    words = [word for word in arguments if not word.startswith("-")]
    remove = any(word in ("-r", "--remove") for word in arguments)
    if "-n" in arguments or "--dry-run" in arguments:
        return 0 if all(word.replace("-", "_") in KNOWN_MODULES for word in words) else 1
    if not base.is_root():
        die(f"modprobe: ERROR: could not insert '{words[0] if words else ''}': Operation not permitted")
    for name in words if remove or any(word in ("-a", "--all") for word in arguments) else words[:1]:
        if remove:
            write(MODULES, "".join(line + "\n" for line in read(MODULES).splitlines() if line.split()[0] != name.replace("-", "_")))
            shutil.rmtree("/sys/module/" + name.replace("-", "_"), ignore_errors=True)
        elif not load_module(name):
            die(f"modprobe: FATAL: Module {name} not found in directory /lib/modules/{os.uname().release}")
    return 0


def lsmod(*_):
    out("Module                  Size  Used by")
    for line in read(MODULES).splitlines():
        out(f"{line.split()[0]:<19} {line.split()[1]:>8}  0")


def passed(tool, arguments):
    """The machine's own program, counted."""
    path = f"{HIDDEN}/real/{tool}"
    if not os.path.exists(path):
        die(f"{tool}: not found", 127)
    sys.stdout.flush()
    user, group = os.geteuid(), os.getegid()

    def become():
        if user:
            os.seteuid(0)
            os.setresgid(group, group, group)
            os.setresuid(user, user, user)
    code = subprocess.run([tool] + arguments, executable=path, stdin=0, stdout=1, stderr=2, preexec_fn=become).returncode
    return code if code >= 0 else 1000 - code


# Time and names --------------------------------------------------------------------------------------------------------------------------------------

def timedatectl(_, arguments):
    options = base.Options(arguments, ("value", "no-pager", "all", "no-ask-password"), {"p": "property", "P": "valueof", "a": "all"})
    verb = (options.words or ["status"])[0]
    state = base.peek()
    ntp = state.get("units", {}).get("systemd-timesyncd.service", False) or state.get("units", {}).get("chrony.service", False)
    good = ntp and (read(HIDDEN + "/clock", "0").strip() or "0") == "0"
    moment = base.now()
    values = {"Timezone": read("/etc/timezone", "Etc/UTC").strip(), "LocalRTC": "no", "CanNTP": "yes", "NTP": "yes" if ntp else "no", "NTPSynchronized": "yes" if good else "no",
              "TimeUSec": time.strftime("%a %Y-%m-%d %H:%M:%S UTC", time.gmtime(moment)), "RTCTimeUSec": time.strftime("%a %Y-%m-%d %H:%M:%S UTC", time.gmtime(moment))}
    if verb == "show":
        names = [name for text in options.all("property") + options.all("valueof") for name in text.split(",")]
        for name in names or values:
            out(values[name] if options.has("value") or options.has("valueof") else f"{name}={values[name]}")
    elif verb == "status":
        out(f"               Local time: {values['TimeUSec']}\n           Universal time: {values['TimeUSec']}\n                 RTC time: {values['RTCTimeUSec']}\n"
            f"                Time zone: {values['Timezone']} (UTC, +0000)\nSystem clock synchronized: {values['NTPSynchronized']}\n"
            f"              NTP service: {'active' if ntp else 'inactive'}\n          RTC in local TZ: no")
    elif not base.is_root():
        die(f"Failed to set ntp: Interactive authentication required.")
    elif verb == "set-ntp":
        on = options.words[1] in ("1", "true", "yes", "on")
        write(HIDDEN + "/ntp", "yes" if on else "no")
        (systemd.enable if on else systemd.disable)(["systemd-timesyncd.service"], base.Options(["--now", "--quiet"], ("now", "quiet")))
    elif verb == "set-time":
        wanted = time.strptime(options.words[1], "%Y-%m-%d %H:%M:%S")
        import calendar
        write(HIDDEN + "/clock", str(int(calendar.timegm(wanted) - time.time())))
    elif verb == "set-timezone":
        write("/etc/timezone", options.words[1] + "\n")
    return 0


def chronyc(_, arguments):
    synchronised = base.peek().get("units", {}).get("chrony.service", False)
    if "tracking" in arguments:
        out(f"Reference ID    : A29FC87B (time.example)\nStratum         : 3\nSystem time     : 0.000012 seconds fast of NTP time\nLeap status     : "
            f"{'Normal' if synchronised else 'Not synchronised'}")
    return 0 if synchronised else 1


def hostnamectl(_, arguments):
    options = base.Options(arguments, ("static", "transient", "pretty", "no-ask-password", "no-pager"), {"j": "json"})
    words = options.words or ["status"]
    if words[0] in ("set-hostname", "hostname") and len(words) > 1:
        if not base.is_root():
            die("Could not set static hostname: Interactive authentication required.")
        write("/etc/hostname", words[1] + "\n")
        socket.sethostname(words[1])
        register()
    elif options.has("static") or words[0] == "hostname":
        out(read("/etc/hostname").strip())
    elif options.values.get("json"):
        out(json.dumps({"Hostname": base.host_name(), "StaticHostname": read("/etc/hostname").strip(), "MachineID": read("/etc/machine-id").strip(), "KernelRelease": os.uname().release}))
    else:
        out(f" Static hostname: {read('/etc/hostname').strip()}\n       Icon name: computer-vm\n         Chassis: vm\n      Machine ID: {read('/etc/machine-id').strip()}\n"
            f"  Virtualization: kvm\nOperating System: Debian GNU/Linux 12 (bookworm)\n          Kernel: Linux {os.uname().release}\n    Architecture: x86-64")
    return 0


def ufw(_, arguments):
    words = [word for word in arguments if word != "--force"]
    words = words[:words.index("comment")] if "comment" in words else words
    if words[:1] == ["route"]:  # kept as "route RULE"
        words = [*words[1:words.index("allow") + 1], "route", *words[words.index("allow") + 1:]]
    if not base.is_root():
        die("ERROR: You need to be root to run this script")
    with base.state() as state:
        fire = {"on": False, "rules": [], **state.get("ufw", {})}
        if words[:1] != ["status"]:
            state["ufw"] = fire
        if words[:1] == ["status"]:
            out("Status: " + ("active" if fire["on"] else "inactive"))
            if fire["on"] and fire["rules"]:
                out("\nTo                         Action      From\n--                         ------      ----")
            for rule in fire["rules"] if fire["on"] else []:
                words = rule.removeprefix("route ").split()
                ends = dict(zip(words[::2], words[1::2])) if len(words) > 1 else {"to": rule}
                out(f"{ends.get('to', 'Anywhere'):<27}{'ALLOW FWD' if rule.startswith('route ') else 'ALLOW':<12}{ends.get('from', 'Anywhere')}")
        elif words[:1] == ["allow"]:
            rule = " ".join(words[1:])
            out("Skipping adding existing rule" if rule in fire["rules"] else "Rule added")
            fire["rules"] = sorted(set(fire["rules"]) | {rule})
        elif words[:2] == ["delete", "allow"]:
            fire["rules"] = [rule for rule in fire["rules"] if rule != " ".join(words[2:])]
            out("Rule deleted")
        elif words[:1] in (["enable"], ["disable"]):
            fire["on"] = words[0] == "enable"
            out("Firewall is active and enabled on system startup" if fire["on"] else "Firewall stopped and disabled on system startup")
    return 0


def reboot(tool, arguments):
    if not base.is_root():
        die("Call to Reboot failed: Interactive authentication required.")
    import control
    control.power("stop" if tool == "poweroff" or tool == "shutdown" and not any(word in ("-r", "--reboot") for word in arguments) else "reboot")
    return 0


# What the host shows of itself -------------------------------------------------------------------------------------------------------------------------

def mac():
    return f"52:54:00:12:{CONFIG['number'] >> 8:02x}:{CONFIG['number'] & 255:02x}"


def interfaces():
    lo = {"ifindex": 1, "ifname": "lo", "flags": ["LOOPBACK", "UP", "LOWER_UP"], "mtu": 65536, "qdisc": "noqueue", "operstate": "UNKNOWN", "group": "default", "txqlen": 1000,
          "link_type": "loopback", "address": "00:00:00:00:00:00", "broadcast": "00:00:00:00:00:00",
          "addr_info": [{"family": "inet", "local": "127.0.0.1", "prefixlen": 8, "scope": "host", "label": "lo"}, {"family": "inet6", "local": "::1", "prefixlen": 128, "scope": "host"}]}
    eth = {"ifindex": 2, "ifname": "eth0", "flags": ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"], "mtu": int(CONFIG.get("mtu", 1500)), "qdisc": "fq_codel", "operstate": "UP",
           "group": "default", "txqlen": 1000, "link_type": "ether", "address": mac(), "broadcast": "ff:ff:ff:ff:ff:ff",
           "addr_info": [{"family": "inet", "local": CONFIG["address"], "prefixlen": 24, "broadcast": "127.0.1.255", "scope": "global", "label": "eth0"}]}
    return [lo, eth]


def ip(_, arguments):
    js = any(re.match(r"-(j|json|p?j)$", word) for word in arguments)
    one = "-o" in arguments or "-oneline" in arguments
    words = [word for word in arguments if not word.startswith("-")]
    kind = (words or [""])[0]
    only = "inet" if "-4" in arguments else "inet6" if "-6" in arguments else ""
    gateway = "127.0.1.254"
    if kind and "address".startswith(kind) or kind in ("link", "l"):
        rows = interfaces()
        if words[-1] in ("lo", "eth0"):
            rows = [row for row in rows if row["ifname"] == words[-1]]
        for row in rows:
            row["addr_info"] = [info for info in row["addr_info"] if not only or info["family"] == only]
        if kind.startswith("l"):
            rows = [{name: value for name, value in row.items() if name != "addr_info"} for row in rows]
        out(json.dumps(rows)) if js else [out(line) for row in rows for line in text_of(row, one)]
    elif kind in ("route", "r", "ro"):
        rows = [{"dst": "default", "gateway": gateway, "dev": "eth0", "flags": []},
                {"dst": "127.0.1.0/24", "dev": "eth0", "protocol": "kernel", "scope": "link", "prefsrc": CONFIG["address"], "flags": []}]
        if words[1:2] == ["get"]:
            rows = [{"dst": words[2], "gateway": gateway, "dev": "eth0", "prefsrc": CONFIG["address"], "flags": [], "uid": 0, "cache": []}]
        elif "default" in words:
            rows = rows[:1]
        if only == "inet6":
            rows = []
        for row in rows if not js else []:
            source = f" {'src' if 'get' in words else 'proto kernel scope link src'} {row['prefsrc']}" if "prefsrc" in row else ""
            out(row["dst"] + (f" via {row['gateway']}" if "gateway" in row else "") + f" dev {row['dev']}{source} ")
        if js:
            out(json.dumps(rows))
    elif kind == "neigh" or kind == "rule" or kind == "netns":
        out("[]" if js else "")
    return 0


def text_of(row, one):
    head = f"{row['ifindex']}: {row['ifname']}"
    if one:
        return [f"{head}    {info['family']} {info['local']}/{info['prefixlen']} scope {info['scope']} {row['ifname']}\\       valid_lft forever preferred_lft forever"
                for info in row.get("addr_info", [])] or [f"{head}: <{','.join(row['flags'])}> mtu {row['mtu']} state {row['operstate']}\\    link/{row['link_type']} {row['address']}"]
    lines = [f"{head}: <{','.join(row['flags'])}> mtu {row['mtu']} qdisc {row['qdisc']} state {row['operstate']} group default qlen 1000",
             f"    link/{row['link_type']} {row['address']} brd {row['broadcast']}"]
    for info in row.get("addr_info", []):
        lines += [f"    {info['family']} {info['local']}/{info['prefixlen']} scope {info['scope']} {row['ifname']}", "       valid_lft forever preferred_lft forever"]
    return lines


def ss(_, arguments):
    """TCP sockets that listen and belong to processes of this host."""
    mine = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                for descriptor in os.listdir(f"/proc/{name}/fd"):
                    link = os.readlink(f"/proc/{name}/fd/{descriptor}")
                    if link.startswith("socket:["):
                        mine.setdefault(link[8:-1], (read(f"/proc/{name}/comm").strip(), name))
    letters = "".join(word[1:] for word in arguments if re.match(r"-\w", word) and not word.startswith("--"))
    if "H" not in letters and "--no-header" not in arguments:
        out("State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process")
    ports = [int(number) for word in arguments for number in re.findall(r"sport\s*=\s*:(\d+)", word)]
    if "sport" in arguments:
        ports += [int(word[1:]) for word in arguments if re.match(r":\d+$", word)]
    for line in read("/proc/net/tcp").splitlines()[1:]:
        fields = line.split()
        if fields[3] != "0A" or fields[9] not in mine:
            continue
        raw, port = fields[1].split(":")
        address = ".".join(str(int(raw[index:index + 2], 16)) for index in (6, 4, 2, 0))
        if not ports or int(port, 16) in ports:
            process = f" users:((\"{mine[fields[9]][0]}\",pid={mine[fields[9]][1]},fd=3))" if "p" in letters else ""
            out(f"LISTEN 0      128    {address}:{int(port, 16)} 0.0.0.0:*{process}")
    return 0


def lspci(_, arguments):
    domain = "0000:" if any(word.startswith("-D") for word in arguments) else ""
    out(f"{domain}00:00.0 Host bridge{' [0600]' if '-nn' in ''.join(arguments) else ''}: Intel Corporation 82G33/G31/P35/P31 Express DRAM Controller")
    for index in range(CONFIG["gpus"]):
        out(f"{domain}{index + 1:02x}:00.0 3D controller" + (" [0302]" if "-nn" in "".join(arguments) else "") + ": NVIDIA Corporation GA100 [A100 PCIe 80GB]"
            + (" [10de:20b5]" if "-nn" in "".join(arguments) else "") + " (rev a1)")
    return 0


def helper(tool, arguments):
    """conntrack, socat …: only their being there counts."""
    if tool == "iptables" and "-S" in arguments:
        out("\n".join(f"-P {chain} ACCEPT" for chain in ("INPUT", "FORWARD", "OUTPUT") if chain in arguments or len(arguments) == 1))
    out(f"{tool} v1.4.7") if tool in ("conntrack", "ethtool", "socat", "ebtables", "runc") else None
    return 0


TOOLS = {"swapon": swapon, "swapoff": swapoff, "modprobe": modprobe, "insmod": modprobe, "rmmod": lambda tool, words: modprobe(tool, ["-r"] + words), "lsmod": lsmod,
         "sysctl": passed, "timedatectl": timedatectl, "hostnamectl": hostnamectl, "ufw": ufw, "reboot": reboot, "shutdown": reboot, "poweroff": reboot, "ss": ss, "ip": ip,
         "nproc": lambda *_: out(str(CONFIG["cpus"])), "lspci": lspci, "iptables": helper, "nft": helper, "hwclock": helper, "conntrack": helper, "ethtool": helper, "socat": helper,
         "ebtables": helper, "runc": helper, "chronyc": chronyc, "firewall-cmd": helper}
