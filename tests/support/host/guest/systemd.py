"""systemctl, systemd-run, journalctl: units of an InstallHost."""
import contextlib
import os
import re
import signal
import subprocess
import sys
import time

import base
from base import die, err, out
from place import HIDDEN, read, write

FOLDERS = ("/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system")
ETC = FOLDERS[0]
ALIASES = {"sshd.service": "ssh.service", "chronyd.service": "chrony.service", "ntp.service": "systemd-timesyncd.service"}


def full(name):
    name = name if re.search(r"\.(service|socket|target|timer|mount|swap|path|slice|scope)$", name) else name + ".service"
    return ALIASES.get(name, name)


def unit_file(unit):
    for folder in FOLDERS:
        if os.path.lexists(f"{folder}/{unit}"):
            return f"{folder}/{unit}"
    return ""


def is_masked(unit):
    return os.path.islink(f"{ETC}/{unit}") and os.readlink(f"{ETC}/{unit}") == "/dev/null"


def wants(unit):
    found = []
    for folder in os.listdir(ETC):
        if folder.endswith((".wants", ".requires")) and os.path.lexists(f"{ETC}/{folder}/{unit}"):
            found.append(f"{ETC}/{folder}/{unit}")
    return found


def is_enabled(unit):
    return bool(wants(unit)) and not is_masked(unit)


def exists(unit, state):
    return bool(unit_file(unit)) or unit in state.get("transient", {}) or unit.endswith((".target", ".swap", ".mount"))


def active_state(unit, state):
    """ActiveState, SubState."""
    transient = state.get("transient", {}).get(unit)
    if transient:
        return transient["active"], transient["sub"]
    if unit == "ssh.service":
        return ("active", "running") if base.alive(int(read("/run/sshd.pid", "0") or 0)) else ("inactive", "dead")
    if unit.endswith(".target"):
        return "active", "active"
    started = state.get("units", {}).get(unit, False)
    if unit == "kubelet.service" and started and not kubelet_can_run():
        return "activating", "auto-restart"
    return ("active", "running") if started else ("inactive", "dead")


def kubelet_can_run():
    if not os.path.exists("/var/lib/kubelet/config.yaml") or not (os.path.exists("/etc/kubernetes/kubelet.conf") or os.path.exists("/etc/kubernetes/bootstrap-kubelet.conf")):
        return False
    swap = len(read("/proc/swaps").splitlines()) > 1
    return not swap or bool(re.search(r"failSwapOn:\s*false", read("/var/lib/kubelet/config.yaml")))


def start(unit, state):
    if is_masked(unit):
        die(f"Failed to start {unit}: Unit {unit} is masked.")
    if not exists(unit, state):
        die(f"Failed to start {unit}: Unit {unit} not found.", 5)
    program = {"containerd.service": "containerd", "kubelet.service": "kubelet"}.get(unit)
    if program and not subprocess_path(program):
        die(f"Job for {unit} failed because the control process exited with error code.\nSee \"systemctl status {unit}\" and \"journalctl -xeu {unit}\" for details.")
    if unit == "ssh.service":
        start_ssh()
        return
    if unit in ("systemd-timesyncd.service", "chrony.service"):
        write(HIDDEN + "/clock", "0")
    state.setdefault("units", {})[unit] = True
    if unit == "kubelet.service":
        state["registered"] = False


def start_ssh():
    os.makedirs("/run/sshd", exist_ok=True)
    subprocess.run(["/usr/sbin/sshd", "-f", "/etc/ssh/sshd_config", "-E", "/var/log/auth.log"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while not read("/run/sshd.pid").strip() and time.monotonic() < deadline:  # written when it listens
        time.sleep(0.002)


def stop_ssh():
    pid = int(read("/run/sshd.pid", "0") or 0)
    if base.alive(pid):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.remove("/run/sshd.pid")
    deadline = time.monotonic() + 2
    while base.alive(pid) and time.monotonic() < deadline:
        time.sleep(0.002)


def subprocess_path(program):
    import shutil
    return shutil.which(program, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin")


def stop(unit, state):
    if unit == "ssh.service":
        stop_ssh()
    elif unit in state.get("transient", {}):
        kill_unit(unit, state, signal.SIGTERM, 3.0)
    else:
        if not exists(unit, state):
            die(f"Failed to stop {unit}: Unit {unit} not loaded.", 5)
        state.setdefault("units", {})[unit] = False


def members(session):
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = read(f"/proc/{name}/stat").rpartition(")")[2].split()
            if len(fields) > 3 and fields[3] == str(session) and fields[0] != "Z":
                found.append(int(name))
    return found


def kill_unit(unit, state, number, seconds):
    pid = state["transient"][unit].get("pid", 0)
    if not pid:
        return
    deadline = time.monotonic() + seconds
    while members(pid):
        for one in members(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, number if time.monotonic() < deadline else signal.SIGKILL)
        if not seconds:
            return
        time.sleep(0.01)


# systemctl -------------------------------------------------------------------------------------------------------------------------------------------

SHORT = {"q": "quiet", "p": "property", "t": "type", "l": "full", "n": "lines", "P": "valueof", "a": "all", "f": "force", "s": "signal", "o": "output"}
FLAGS = ("quiet", "no-pager", "now", "value", "no-block", "all", "full", "force", "no-legend", "plain", "failed", "system", "no-ask-password", "runtime")
CHANGING = ("start", "stop", "restart", "reload", "try-restart", "reload-or-restart", "enable", "disable", "mask", "unmask", "daemon-reload", "reset-failed", "kill", "reboot",
            "poweroff", "preset")


def systemctl(_, arguments):
    options = base.Options(arguments, FLAGS, SHORT)
    verb, *units = options.words or ["list-units"]
    if verb in CHANGING and not base.is_root():
        die(f"Failed to {verb}{' ' + full(units[0]) if units else ''}: Interactive authentication required.\nSee system logs and 'systemctl status "
            f"{full(units[0]) if units else ''}' for details.")
    units = [full(unit) for unit in units]
    if verb in ("reboot", "poweroff"):
        return power(verb)
    if verb in ("is-active", "is-enabled", "is-failed"):
        return ask(verb, units, options)
    handler = VERBS.get(verb)
    if not handler:
        die(f"Unknown command verb {verb}.")
    return handler(units, options)


def power(verb):
    import control
    control.power("reboot" if verb != "poweroff" else "stop")
    return 0


def ask(verb, units, options):
    state, code = base.peek(), 3 if verb == "is-active" else 1
    for unit in units:
        if verb == "is-enabled":
            word = "masked" if is_masked(unit) else "enabled" if is_enabled(unit) else "disabled" if unit_file(unit) else ""
            word = word or ("transient" if unit in state.get("transient", {}) else "")
            if not word:
                err(f"Failed to get unit file state for {unit}: No such file or directory")
                continue
            code = 0 if word in ("enabled", "transient") else code
        else:
            word = active_state(unit, state)[0]
            if word == ("active" if verb == "is-active" else "failed"):
                code = 0
            elif verb == "is-active" and code == 3 and not exists(unit, state):
                code = 4
        if not options.has("quiet"):
            out(word)
    return code


def change(work):
    def verb(units, _):
        for unit in units:
            with base.state() as state:
                work(unit, state)
    return verb


def restart(unit, state):
    if unit != "ssh.service" and unit in state.get("units", {}):
        state["units"][unit] = False
    if unit == "ssh.service":
        stop_ssh()
    start(unit, state)


def enable(units, options):
    for unit in units:
        file = unit_file(unit)
        if is_masked(unit):
            die(f"Failed to enable unit: Unit file {unit} is masked.")
        if not file:
            die(f"Failed to enable unit: Unit file {unit} does not exist.")
        target = (re.findall(r"^WantedBy=(\S+)", read(file), re.M) or ["multi-user.target"])[0]
        link = f"{ETC}/{target}.wants/{unit}"
        if not os.path.lexists(link):
            os.makedirs(os.path.dirname(link), exist_ok=True)
            os.symlink(file.replace("/usr/lib/", "/lib/"), link)
            if not options.has("quiet"):
                err(f"Created symlink {link} → {file.replace('/usr/lib/', '/lib/')}.")
        if options.has("now"):
            change(start)([unit], options)


def disable(units, options):
    for unit in units:
        if not unit_file(unit):
            die(f"Failed to disable unit: Unit file {unit} does not exist.")
        for link in wants(unit):
            os.remove(link)
            if not options.has("quiet"):
                err(f"Removed \"{link}\".")
        if options.has("now"):
            change(stop)([unit], options)


def mask(units, options):
    for unit in units:
        if os.path.exists(f"{ETC}/{unit}") and not os.path.islink(f"{ETC}/{unit}"):
            die(f"Failed to mask unit: File {ETC}/{unit} already exists.")
        if not is_masked(unit):
            with contextlib.suppress(OSError):
                os.remove(f"{ETC}/{unit}")
            os.symlink("/dev/null", f"{ETC}/{unit}")
            err(f"Created symlink {ETC}/{unit} → /dev/null.")
        if options.has("now"):
            change(stop)([unit], options)


def unmask(units, _):
    for unit in units:
        if is_masked(unit):
            os.remove(f"{ETC}/{unit}")
            err(f"Removed \"{ETC}/{unit}\".")


def properties(unit, state):
    active, sub = active_state(unit, state)
    transient = state.get("transient", {}).get(unit, {})
    loaded = "masked" if is_masked(unit) else "loaded" if exists(unit, state) else "not-found"
    pid = transient.get("pid", 0) if active == "active" and sub == "running" else 0
    if unit == "ssh.service" and active == "active":
        pid = int(read("/run/sshd.pid", "0") or 0)
    return {"Id": unit, "LoadState": loaded, "ActiveState": active, "SubState": sub,
            "UnitFileState": "masked" if is_masked(unit) else "transient" if transient else "enabled" if is_enabled(unit) else "disabled" if unit_file(unit) else "",
            "FragmentPath": unit_file(unit), "Type": "simple", "Result": transient.get("result", "success"), "MainPID": str(pid),
            "ExecMainPID": str(transient.get("pid", pid)), "ExecMainCode": str(transient.get("code", 0)), "ExecMainStatus": str(transient.get("status", 0)),
            "Description": transient.get("description", unit), "NRestarts": "0",
            "ExecMainStartTimestamp": transient.get("began", ""), "ExecMainExitTimestamp": transient.get("ended", ""), "InvocationID": transient.get("id", "")}


def show(units, options):
    state = base.peek()
    names = [name for text in options.all("property") + options.all("valueof") for name in text.split(",")]
    for index, unit in enumerate(units or ["-.slice"]):
        if index:
            out()
        values = properties(unit, state)
        for name in names or values:
            if name in values:
                out(values[name] if options.has("value") or options.has("valueof") else f"{name}={values[name]}")


def status(units, _):
    state, code = base.peek(), 0
    for unit in units:
        if not exists(unit, state):
            die(f"Unit {unit} could not be found.", 4)
        values = properties(unit, state)
        out(f"● {unit} - {values['Description']}\n     Loaded: {values['LoadState']} ({values['FragmentPath']}; {values['UnitFileState']}; preset: enabled)\n"
            f"     Active: {values['ActiveState']} ({values['SubState']})")
        code = 0 if values["ActiveState"] == "active" else 3
    return code


def list_units(_, options):
    state = base.peek()
    names = sorted(set(state.get("units", {})) | set(state.get("transient", {})) | {"ssh.service"})
    for unit in names:
        active, sub = active_state(unit, state)
        if active != "inactive" or options.has("all"):
            out(f"  {unit:<30} loaded {active:<8} {sub:<8} {unit}")


def list_unit_files(units, _):
    for unit in sorted({name for folder in FOLDERS if os.path.isdir(folder) for name in os.listdir(folder) if "." in name and not name.endswith(".wants")}):
        if not units or unit in units:
            out(f"{unit:<40} {'masked' if is_masked(unit) else 'enabled' if is_enabled(unit) else 'disabled':<15} enabled")


def cat(units, _):
    for unit in units:
        if not unit_file(unit):
            die(f"No files found for {unit}.")
        out(f"# {unit_file(unit)}\n" + read(unit_file(unit)))


def reset_failed(units, _):
    with base.state() as state:
        transient = state.get("transient", {})
        for unit in units or list(transient):
            if transient.get(unit, {}).get("active") == "failed":
                del transient[unit]
            elif units and unit not in transient and not unit_file(unit):
                die(f"Failed to reset failed state of unit {unit}: Unit {unit} not loaded.")


def kill(units, options):
    name = options.get("signal", "TERM").removeprefix("SIG")
    number = int(name) if name.isdigit() else getattr(signal, "SIG" + name)
    state = base.peek()
    for unit in units:
        if unit not in state.get("transient", {}):
            die(f"Failed to kill unit {unit}: Unit {unit} not loaded.")
        kill_unit(unit, state, number, 0)


def stop_units(units, _):
    for unit in units:
        state = base.peek()
        if unit in state.get("transient", {}):
            kill_unit(unit, state, signal.SIGTERM, 5.0)  # its watcher writes the end
            deadline = time.monotonic() + 2
            while base.peek().get("transient", {}).get(unit, {}).get("active") == "active" and base.peek()["transient"][unit]["sub"] == "running" and time.monotonic() < deadline:
                time.sleep(0.005)
            with base.state() as changed:
                changed.get("transient", {}).pop(unit, None)
        else:
            change(stop)([unit], None)


VERBS = {"start": change(start), "stop": stop_units, "restart": change(restart), "reload": change(lambda *_: None), "try-restart": change(restart),
         "reload-or-restart": change(restart), "enable": enable, "disable": disable, "mask": mask, "unmask": unmask, "daemon-reload": lambda *_: None,
         "show": show, "status": status, "list-units": list_units, "list-unit-files": list_unit_files, "cat": cat, "reset-failed": reset_failed, "kill": kill,
         "preset": lambda *_: None, "is-system-running": lambda *_: out("running"), "get-default": lambda *_: out("multi-user.target"), "daemon-reexec": lambda *_: None}


# systemd-run -----------------------------------------------------------------------------------------------------------------------------------------

def systemd_run(_, arguments):
    flags = ("no-block", "collect", "quiet", "remain-after-exit", "wait", "pipe", "pty", "scope", "user", "same-dir", "no-ask-password", "send-sighup", "shell")
    short = {"G": "collect", "r": "remain-after-exit", "P": "pipe", "t": "pty", "q": "quiet", "u": "unit", "p": "property", "E": "setenv", "d": "same-dir", "S": "shell"}
    cut = command_at(arguments, flags, short)
    options = base.Options(arguments[:cut], flags, short)
    command = arguments[cut:][1:] if arguments[cut:][:1] == ["--"] else arguments[cut:]
    if not base.is_root():
        die("Failed to start transient service unit: Interactive authentication required.")
    if not command:
        die("Command line to execute required.")
    if not os.access(command[0], os.X_OK) and not subprocess_path(command[0]):
        die(f"Failed to find executable {command[0]}: No such file or directory")
    unit = full(options.get("unit") or f"run-r{os.urandom(16).hex()}")
    settings = dict(text.partition("=")[::2] for text in options.all("property"))
    with base.state() as state:
        old = state.setdefault("transient", {}).get(unit)
        if old or unit_file(unit):
            die(f"Failed to start transient service unit: Unit {unit} was already loaded or has a fragment file.")
        state["transient"][unit] = {"active": "active", "sub": "running", "pid": 0, "description": options.get("description", " ".join(command)), "began": base.stamp(),
                                    "id": os.urandom(16).hex(), "collect": options.has("collect"), "remain": options.has("remain-after-exit")
                                    or settings.get("RemainAfterExit") in ("yes", "true")}
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "INVOCATION_ID": os.urandom(16).hex()}
    for text in options.all("setenv") + settings.get("Environment", "").split():
        name, equal, value = text.partition("=")
        environment[name] = value if equal else os.environ.get(name, "")
    folder = os.getcwd() if options.has("same-dir") else options.get("working-directory") or settings.get("WorkingDirectory") or "/"
    if options.has("pipe"):
        return run_here(unit, command, environment, folder)
    base.daemonize("systemd-unit", lambda: watch(unit, command, environment, folder, settings))
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and base.peek().get("transient", {}).get(unit, {"pid": 1})["pid"] == 0:
        time.sleep(0.002)
    if not options.has("quiet"):
        err(f"Running as unit: {unit}")
    if options.has("wait"):
        return wait_for(unit)
    return 0


def command_at(arguments, flags, short):
    """Where systemd-run's own words end."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-") and arguments[index] != "--":
        word = arguments[index]
        name = word[2:] if word.startswith("--") else short.get(word[1], "")
        takes = "=" not in word and name not in flags and (word.startswith("--") or len(word) == 2)
        index += 2 if takes else 1
    return index


def run_here(unit, command, environment, folder):
    done = subprocess.run(command, env=environment, cwd=folder, stdin=0, stdout=1, stderr=2)
    with base.state() as state:
        state["transient"].pop(unit, None)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def wait_for(unit):
    while True:
        last = base.peek().get("transient", {}).get(unit)
        if not last:
            return base.peek().get("ended", {}).get(unit, 0)
        if last["sub"] != "running":
            return last["status"]
        time.sleep(0.01)


def stream(settings, name, default):
    kind, _, path = settings.get(name, "").partition(":")
    if kind in ("file", "append", "truncate"):
        return os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_APPEND if kind == "append" else os.O_TRUNC if kind == "truncate" else 0), 0o644)
    return os.open("/dev/null", os.O_WRONLY) if kind == "null" else default


def watch(unit, command, environment, folder, settings):
    os.makedirs(HIDDEN + "/journal", exist_ok=True)
    journal = os.open(f"{HIDDEN}/journal/{unit}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    output = stream(settings, "StandardOutput", journal)
    errors = stream(settings, "StandardError", output)
    try:
        child = subprocess.Popen(command, env=environment, cwd=folder, start_new_session=True, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                                 preexec_fn=lambda: signal.signal(signal.SIGIO, signal.SIG_DFL))
    except OSError as error:
        os.write(journal, f"{error}\n".encode())
        child = None
    with base.state() as state:
        state["transient"][unit]["pid"] = child.pid if child else -1
    limit = base.normal_duration(settings.get("RuntimeMaxSec", "")) or float(settings.get("RuntimeMaxSec", "0") or 0) or None
    code, late = 203, False
    if child:
        try:
            code = child.wait(limit)
        except subprocess.TimeoutExpired:
            late = True
            os.killpg(child.pid, signal.SIGKILL)
            code = child.wait()
        for one in members(child.pid):  # what it left behind goes with the unit
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
    with base.state() as state:
        entry = state["transient"].get(unit)
        if entry is None:
            return
        good = code in (0, -signal.SIGTERM)
        entry.update(code=1 if code >= 0 else 2, status=abs(code), ended=base.stamp(), result="timeout" if late else "success" if good else "exit-code" if code > 0 else "signal")
        entry["active"], entry["sub"] = ("failed", "failed") if not good else ("active", "exited") if entry["remain"] else ("inactive", "dead")
        state.setdefault("ended", {})[unit] = abs(code)
        if entry["active"] == "inactive" or entry["collect"] and entry["active"] == "failed":
            del state["transient"][unit]


def journalctl(_, arguments):
    options = base.Options(arguments, ("no-pager", "quiet", "follow", "reverse", "boot", "no-hostname", "utc", "flush", "rotate", "disk-usage"),
                           {"u": "unit", "n": "lines", "o": "output", "q": "quiet", "f": "follow", "b": "boot", "p": "priority", "S": "since", "e": "pager-end", "x": "catalog"})
    text = "".join(read(f"{HIDDEN}/journal/{full(unit)}") for unit in options.all("unit"))
    lines = text.splitlines()[-int(options.get("lines", "100000").lstrip("+") or 100000):]
    sys.stdout.write("".join(line + "\n" for line in lines) or "-- No entries --\n")


TOOLS = {"systemctl": systemctl, "systemd-run": systemd_run, "journalctl": journalctl, "loginctl": lambda *_: 0}
