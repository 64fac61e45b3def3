#!/usr/bin/env python3
"""Goals 1, 2, 3 and 19: start, memory, start in bad surroundings, idle. Process-level, so a script.

bench_start.py BIN_DIR [--rows large|medium|small] [--rounds 9]

Fills a cache once through the real service, then starts console and floor in turn (A B A B) and prints medians and ratios.
Times come from the programs' own trace lines (milliseconds since the process started); memory is PSS of all processes started.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

CHROMIUM_FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"]


def environment(runtime, **more):
    result = {key: value for key, value in os.environ.items() if key not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY")}
    result.update(QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=runtime, LC_ALL="C.UTF-8", **more)
    return result


def wait_event(trace, name, limit, process=None):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if trace.exists():
            for line in trace.read_text(errors="replace").splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                if entry.get("event") == name:
                    return entry
        if process is not None and process.poll() is not None:
            sys.exit(f"ended early with {process.returncode} before '{name}'")
        time.sleep(0.01)
    sys.exit(f"no '{name}' within {limit} s")


def family(pid):
    pids = [pid]
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pids += family(int(child))
    return pids


def pss_mb(pid):
    total = 0
    for one in family(pid):
        for line in pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def once(command, env, event, trace):
    trace.unlink(missing_ok=True)
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        entry = wait_event(trace, event, 120, process)
        return entry["t_ms"], pss_mb(process.pid)
    finally:
        stop(process)


def chromium_start(folder):
    """Milliseconds from start to the blank page's load event, and PSS at that moment."""
    program = shutil.which("chromium")
    if not program:
        return None
    profile = pathlib.Path(folder) / "chromium"
    shutil.rmtree(profile, ignore_errors=True)
    begin = time.monotonic()
    process = subprocess.Popen([program, *CHROMIUM_FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", "--app=data:text/html,<p>x"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port_file = profile / "DevToolsActivePort"
        while not port_file.exists():
            if time.monotonic() - begin > 30 or process.poll() is not None:
                return None
            time.sleep(0.005)
        return (time.monotonic() - begin) * 1000, pss_mb(process.pid)
    finally:
        stop(process)


def synced_rows(data):
    """Rows of the accounts' dataset once a whole refresh is in the cache, else 0."""
    for file in pathlib.Path(data).glob("profiles/*/cache.sqlite"):
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as database:
                found = database.execute("SELECT rows FROM datasets WHERE operation = 'listBillingAccounts' AND fetched > 0").fetchone()
        except sqlite3.Error:
            continue
        if found:
            return found[0]
    return 0


def fill(options, data, env, trace):
    print(f"filling a cache with the {options.rows} sample through the service …", flush=True)
    begin = time.monotonic()
    process = subprocess.Popen([options.bin / "kboss-console", "--standalone", "--sample", options.rows, "--data", data, "--page", "billing-account",
                                "--trace", trace], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not synced_rows(data):
            if time.monotonic() - begin > 900 or process.poll() is not None:
                sys.exit("the cache was not filled")
            time.sleep(1)
        print(f"{synced_rows(data)} rows are in the cache after {time.monotonic() - begin:.0f} s, service and sample included", flush=True)
    finally:
        stop(process)


def line(goal, text, ratio, limit):
    print(f"goal {goal}: {text}: ratio {ratio:.2f} (goal <= {limit}) {'met' if ratio <= limit else 'MISSED'}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--rows", default="large")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--idle-seconds", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o700)
        env = environment(folder)
        data, trace = os.path.join(folder, "data"), pathlib.Path(folder) / "trace.jsonl"
        fill(options, data, env, trace)
        console = [options.bin / "kboss-console", "--standalone", "--sample", options.rows, "--offline", "--data", data, "--page", "billing-account", "--trace", trace]
        bare = [options.bin / "bare_window", trace]
        ours, floor, browser, unlucky = [], [], [], []
        silent_bus = environment(folder, DBUS_SESSION_BUS_ADDRESS="unix:path=" + os.path.join(folder, "nobody-listens"))
        for _ in range(options.rounds):
            ours.append(once(console, env, "first-rows", trace))
            floor.append(once(bare, env, "window-shown", trace))
            unlucky.append(once(console, silent_bus, "first-rows", trace))
            started = chromium_start(folder)
            if started:
                browser.append(started)
        median = lambda pairs, index: statistics.median(pair[index] for pair in pairs)
        print(f"first rows {median(ours, 0):.0f} ms, {median(ours, 1):.1f} MB; bare window {median(floor, 0):.0f} ms, {median(floor, 1):.1f} MB")
        line(1, "start to first cached rows against a bare window", median(ours, 0) / median(floor, 0), 1.6)
        line(2, "memory against a bare window", median(ours, 1) / median(floor, 1), 1.6)
        if browser:
            print(f"blank Chromium window {median(browser, 0):.0f} ms, {median(browser, 1):.1f} MB")
            line(1, "start against a blank Chromium window", median(ours, 0) / median(browser, 0), 0.3)
            line(2, "memory against a blank Chromium window", median(ours, 1) / median(browser, 1), 0.15)
        else:
            print("goals 1 and 2 against Chromium: not measured, no chromium here")
        line(3, "start with a session bus that never answers, no network, no server", median(unlucky, 0) / median(ours, 0), 1.05)
        idle(options, console, env, trace)


def idle(options, console, env, trace):
    trace.unlink(missing_ok=True)
    process = subprocess.Popen(console, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_event(trace, "first-rows", 60, process)
        time.sleep(5)
        before = cpu_seconds(process.pid)
        time.sleep(options.idle_seconds)
        share = (cpu_seconds(process.pid) - before) / options.idle_seconds * 100
        print(f"goal 19: idle for {options.idle_seconds} s: {share:.2f} % of a core (goal <= 0.5) {'met' if share <= 0.5 else 'MISSED'}")
    finally:
        stop(process)


if __name__ == "__main__":
    main()
