"""What the played programs share: the host's state on its disk, faults that a test ordered, and ways to say things."""
import contextlib
import fcntl
import json
import os
import pwd
import re
import signal
import socket
import sys
import time

from place import HIDDEN, read, write

CONFIG = {}
RECORDED = {}  # recorded outputs by name


class Exit(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def out(text=""):
    sys.stdout.write(text + "\n")


def err(text):
    sys.stdout.flush()
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def die(text, code=1):
    err(text)
    raise Exit(code)


@contextlib.contextmanager
def as_root():
    user = os.geteuid()
    if user:
        os.seteuid(0)
    try:
        yield
    finally:
        if user:
            os.seteuid(user)


def is_root():
    return os.geteuid() == 0


def now():
    return int(time.time()) + int(read(HIDDEN + "/clock", "0") or 0)


def stamp(seconds=0):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now() + seconds))


def klog(level, place, text):
    """A line as Kubernetes' programs log it."""
    moment = time.time()
    err(f"{level}{time.strftime('%m%d %H:%M:%S', time.gmtime(moment))}.{int(moment % 1 * 1e6):06d} {os.getpid():>7} {place}] {text}")


@contextlib.contextmanager
def locked(folder, name, default):
    """A JSON file that several programs (or hosts) change: read under a lock, written when the block ends well."""
    with as_root():
        descriptor = os.open(f"{folder}/{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            text = read(f"{folder}/{name}.json")
            value = json.loads(text) if text.strip() else default
            before = json.dumps(value, sort_keys=True)
            yield value
            if json.dumps(value, sort_keys=True) != before:
                write(f"{folder}/{name}.json.new", json.dumps(value))
                os.replace(f"{folder}/{name}.json.new", f"{folder}/{name}.json")
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # for those who were started meanwhile, too
            os.close(descriptor)


def state():
    return locked(HIDDEN, "state", {})


def peek():
    with as_root():
        return json.loads(read(HIDDEN + "/state.json", "{}") or "{}")


def host_name():
    return socket.gethostname()


def alive(pid):
    return bool(pid) and os.path.exists(f"/proc/{pid}") and "Z" not in read(f"/proc/{pid}/stat").rpartition(")")[2][:3]


def daemonize(name, work, keep=()):
    """Runs `work` in a process of its own that belongs to the host's first process. Returns its number."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            return int(pipe.read() or 0)
    try:
        os.setsid()
        grandchild = os.fork()
        if grandchild:
            os.write(writing, str(grandchild).encode())
            os._exit(0)
        os.seteuid(0)
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        null = os.open("/dev/null", os.O_RDWR)
        for descriptor in range(3):
            os.dup2(null, descriptor)
        for entry in os.listdir("/proc/self/fd"):
            if int(entry) > 2 and int(entry) not in keep:
                with contextlib.suppress(OSError):
                    os.close(int(entry))
        os.chdir("/")
        with contextlib.suppress(OSError):
            write("/proc/self/comm", name[:15])
        work()
        os._exit(0)
    except BaseException as error:  # a process of its own must never go on as its maker
        trouble(f"{name}: {error!r}")
        os._exit(1)


def trouble(text):
    with contextlib.suppress(OSError), open(HIDDEN + "/troubles.log", "a", encoding="utf-8") as file:
        file.write(text + "\n")


def reachable(address, port, seconds=1.0):
    try:
        socket.create_connection((address, port), seconds).close()
        return True
    except OSError:
        return False


def port_in_use(port):
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((CONFIG["address"], port))
        probe.listen(1)
        return False
    except OSError:
        return True
    finally:
        probe.close()


def listen(ports_of, name):
    """A process that listens on ports of the host's address (and on socket files)."""
    sockets = []
    for port in ports_of:
        one = socket.socket(socket.AF_UNIX if isinstance(port, str) else socket.AF_INET)
        if isinstance(port, str):
            with contextlib.suppress(OSError):
                os.remove(port)
            os.makedirs(os.path.dirname(port), exist_ok=True)
            one.bind(port)
        else:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((CONFIG["address"], port))
        one.listen(64)
        sockets.append(one)

    def serve():
        import select
        while True:
            for one in select.select(sockets, [], [])[0]:
                one.accept()[0].close()
    pid = daemonize(name, serve, [one.fileno() for one in sockets])
    for one in sockets:
        one.close()
    return pid


# Options in the manner of Go's programs ------------------------------------------------------------------------------------------------------------

class Options:
    """--name=value, --name value, -n value, -nvalue, flags; everything else is `words`, what follows "--" is `rest`."""

    def __init__(self, arguments, flags=(), short=None, known=None):
        self.values, self.words, self.rest = {}, [], []
        short = short or {}
        queue = list(arguments)
        while queue:
            word = queue.pop(0)
            if word == "--":
                self.rest = queue
                break
            if word.startswith("--"):
                name, equal, value = word[2:].partition("=")
            elif word.startswith("-") and len(word) > 1:
                name, value = short.get(word[1], word[1]), word[2:].removeprefix("=")
                equal = bool(value)
                if equal and name in flags and all(letter in short for letter in value):
                    for letter in value:
                        self.values.setdefault(short[letter], []).append("true")
                    value = "true"
            else:
                self.words.append(word)
                continue
            if known is not None and name not in known and name not in flags:
                raise KeyError(word.partition("=")[0])
            if not equal:
                value = "true" if name in flags or not queue else queue.pop(0)
            self.values.setdefault(name, []).append(value)

    def get(self, name, default=""):
        return self.values[name][-1] if name in self.values else default

    def all(self, name):
        return self.values.get(name, [])

    def has(self, name):
        return self.get(name, "false") != "false"


# Faults and the book of calls ----------------------------------------------------------------------------------------------------------------------

def rule_for(tool, arguments):
    """The ordered fault (used up once) and the seconds to wait."""
    text = " ".join(arguments)
    found, seconds = None, 0.0
    with locked(HIDDEN, "rules", []) as rules:
        for rule in rules:
            if rule["tool"] != tool or rule["contains"] not in text:
                continue
            if "seconds" in rule:
                seconds = rule["seconds"]
            elif not found and rule["times"] != 0:
                rule["times"] -= 1 if rule["times"] > 0 else 0
                found = dict(rule)
    return found, seconds


@contextlib.contextmanager
def phase(tool, name):
    """A part of a program that a test may make slow or let fail by itself: tool "kubeadm:certs"."""
    rule, seconds = rule_for(f"{tool}:{name}", [])
    sys.stdout.flush()
    time.sleep(seconds)
    if rule and rule["when"] == "Before":
        say_fault(rule)
        raise Exit(rule["exit"])
    yield
    if rule:
        sys.stdout.flush()
        if rule["when"] == "Killed":
            raise Exit(1000 + signal.SIGKILL)
        say_fault(rule)
        raise Exit(rule["exit"])


def say_fault(rule):
    text = rule["stderr"]
    if text.startswith("@"):
        recorded(text[1:])
    elif text:
        err(text)


def recorded(name, changes=()):
    """Says what was recorded, on both streams."""
    text = RECORDED[name]
    for old, new in changes:
        text = text.replace(old, new)
    head, _, rest = text.partition("# --- stdout\n")
    body, _, errors = rest.partition("# --- stderr\n")
    sys.stdout.write(body)
    sys.stdout.flush()
    sys.stderr.write(errors)
    sys.stderr.flush()


def book(descriptor, entry):
    os.write(descriptor, (json.dumps(entry) + "\n").encode())


def user_name(uid):
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def milliseconds():
    return time.time_ns() // 1_000_000


def normal_duration(text):
    """"1h2m3s" in seconds."""
    units = {"h": 3600, "m": 60, "s": 1}
    return sum(float(number) * units[unit] for number, unit in re.findall(r"([0-9.]+)(h|m(?!s)|s)", text))
