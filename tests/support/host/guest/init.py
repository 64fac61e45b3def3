"""The first process of an InstallHost: makes the place, boots it, plays programs for those who call them, and ends with the test that wanted it."""
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback

import place
from place import HIDDEN

CONFIG = json.loads(sys.stdin.buffer.raw.readline())  # not among the words: it holds a password


def load_recorded():
    import base
    for folder in CONFIG["recorded"]:
        for name in os.listdir(folder):
            if name.endswith((".txt", ".json")):
                base.RECORDED[name.rpartition(".")[0] if name.endswith(".txt") else name] = place.read(f"{folder}/{name}")


class Supervisor:
    def __init__(self):
        self.tools = {}
        self.reboot_at = 0.0
        self.stopped = False

    # One program -------------------------------------------------------------------------------------------------------------------------------------

    def play(self, connection):
        """In a process of its own: from the request to the answer."""
        import base
        header, descriptors, _, _ = socket.recv_fds(connection, 4, 4)
        if len(header) < 4:
            os._exit(0)
        size = struct.unpack("I", header)[0]
        text = b""
        while len(text) < size:
            part = connection.recv(size - len(text))
            if not part:
                os._exit(0)
            text += part
        words = text.split(b"\0")[:-1]
        tool, count = words[0].decode(), int(words[1])
        arguments = [os.fsdecode(word) for word in words[2:2 + count]]
        pid, uid, gid = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        import fcntl
        fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())  # the caller's end is ours
        fcntl.fcntl(connection, fcntl.F_SETFL, os.O_ASYNC)
        for index in range(3):
            os.dup2(descriptors[index], index)
        os.fchdir(descriptors[3])
        for one in descriptors:
            os.close(one)
        os.environ.clear()
        for one in words[2 + count:]:
            name, _, value = one.partition(b"=")
            os.environb[name] = value
        code = self.counted(base, tool, arguments, uid, gid, connection)
        fcntl.fcntl(connection, fcntl.F_SETFL, 0)
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        with contextlib.suppress(OSError):
            connection.sendall(struct.pack("i", code))
        os._exit(0)

    def counted(self, base, tool, arguments, uid, gid, connection):
        log = os.open(HIDDEN + "/calls.log", os.O_WRONLY | os.O_APPEND)
        number = f"{os.getpid()}.{time.monotonic_ns()}"
        base.book(log, {"id": number, "tool": tool, "arguments": arguments, "begin": base.milliseconds(), "user": base.user_name(uid)})
        if uid:
            os.setgroups([gid])
            os.setegid(gid)
            os.seteuid(uid)
        sys.stdout = os.fdopen(os.dup(1), "w", errors="surrogateescape")
        sys.stderr = os.fdopen(os.dup(2), "w", errors="surrogateescape")
        sys.stdin = os.fdopen(os.dup(0), "r", errors="surrogateescape")
        rule, seconds = base.rule_for(tool, arguments)
        if seconds:
            time.sleep(seconds)
        code = 0
        if rule and rule["when"] == "Before":
            base.say_fault(rule)
            code = rule["exit"]
        else:
            code = self.run(base, tool, arguments, quiet=bool(rule))
            if rule:
                if rule["when"] == "After":
                    base.say_fault(rule)
                code = rule["exit"] if rule["when"] == "After" else 1000 + signal.SIGKILL
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        base.book(log, {"id": number, "end": base.milliseconds(), "exit": code if code < 1000 else -1, "faulted": bool(rule)})
        return code

    def run(self, base, tool, arguments, quiet):
        real = sys.stdout, sys.stderr
        if quiet:
            sys.stdout = sys.stderr = open("/dev/null", "w")
        try:
            code = self.tools[tool](tool, arguments) if tool in self.tools else base.die(f"{tool}: not played", 127)
            sys.stdout.flush()
        except base.Exit as end:
            code = end.code
        except (BrokenPipeError, KeyboardInterrupt):
            code = 141
        except BaseException:
            base.trouble(f"{tool} {' '.join(arguments)}\n{traceback.format_exc()}")
            real[1].write(f"{tool}: {traceback.format_exc()}")
            real[1].flush()
            code = 70
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
            sys.stdout, sys.stderr = real
        if os.geteuid() == 0 or os.getuid() == 0:
            with base.as_root():
                import system
                system.refresh()
        return code or 0

    # A test's wish -----------------------------------------------------------------------------------------------------------------------------------

    def order(self, connection):
        import control
        text = b""
        while part := connection.recv(65536):
            text += part
        if not text:
            os._exit(0)
        request = json.loads(text)
        try:
            answer = control.answer(request)
        except BaseException:
            answer = {"error": traceback.format_exc()}
        connection.sendall(json.dumps(answer).encode())
        os._exit(0)

    # The process -------------------------------------------------------------------------------------------------------------------------------------

    def loop(self, listeners, wake):
        while True:
            due = max(0.0, self.reboot_at - time.monotonic()) if self.reboot_at else None
            ready = select.select(list(listeners) + [wake, 0], [], [], due)[0]
            if 0 in ready and not os.read(0, 4096):
                finish()
            if wake in ready:
                os.read(wake, 4096)
                with contextlib.suppress(ChildProcessError):
                    while os.waitpid(-1, os.WNOHANG)[0]:
                        continue
            for one in ready:
                if one in listeners:
                    self.accept(one, listeners[one])
            if self.reboot_at and time.monotonic() >= self.reboot_at:
                self.reboot_at = 0.0
                self.reboot(listeners)

    def accept(self, listener, kind):
        connection, _ = listener.accept()
        if kind == "power":
            self.power(connection.recv(16))
            connection.close()
            return
        child = os.fork()
        if child:
            connection.close()
            return
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            (self.play if kind == "play" else self.order)(connection)
        except BaseException as error:
            import base
            base.trouble(repr(error))
        finally:
            os._exit(1)

    def power(self, word):
        if word == b"reboot":
            self.reboot_at = time.monotonic() + 0.05
        elif word == b"now":
            self.reboot_at = time.monotonic()
        elif word in (b"stop", b"cont"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGSTOP if word == b"stop" else signal.SIGCONT)

    def reboot(self, listeners):
        import system
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                break
        time.sleep(CONFIG["bootMs"] / 1000)
        system.boot()


def finish(code=0):
    """The test has gone: nothing may be left."""
    place.LIBC.umount2(os.fsencode(CONFIG["mountPoint"]), place.MNT_DETACH)  # where it ended before it entered
    if CONFIG["clusterFolder"] and not code:
        shutil.rmtree(HIDDEN + "/cluster", ignore_errors=True)
    for folder in CONFIG["leave"]:
        with contextlib.suppress(OSError, KeyError):
            os.rmdir(os.path.basename(folder), dir_fd=OUTSIDE[folder])
    os._exit(code)


OUTSIDE = {}  # folder -> descriptor of the folder around it, as the machine sees it


def main():
    place.LIBC.mount(None, b"/", None, place.MS_REC | place.MS_PRIVATE, None)
    for folder in CONFIG["leave"]:
        OUTSIDE[folder] = os.open(os.path.dirname(folder), os.O_RDONLY | os.O_DIRECTORY)
    outer = os.readlink("/proc/self")
    socket.sethostname(CONFIG["name"])
    import base
    base.CONFIG.update(CONFIG)
    load_recorded()
    import encodings.idna  # noqa: F401 – everything is loaded before the machine's own tree goes
    import control, kubeadm, kubectl, packages, runtime, system, systemd  # noqa: E401, F401
    supervisor = Supervisor()
    for module in (kubeadm, kubectl, packages, runtime, system, systemd):
        supervisor.tools.update(module.TOOLS)
    place.enter(place.build(CONFIG))
    os.environ.clear()
    os.environ.update({"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"})
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    listeners = {}
    for name, kind in (("s", "play"), ("c", "order"), ("p", "power")):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(f"{HIDDEN}/{name}")
        listener.listen(128)
        listeners[listener] = kind
    os.chmod(HIDDEN + "/s", 0o666)
    with contextlib.suppress(OSError):
        place.write("/proc/self/comm", "systemd")
    system.boot()
    os.write(1, f"up {outer}\n".encode())
    supervisor.loop(listeners, reading)


if __name__ == "__main__":
    try:
        main()
    except BaseException:
        sys.stderr.write(traceback.format_exc())
        sys.stderr.flush()
        finish(1)
