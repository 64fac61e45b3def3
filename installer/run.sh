#!/usr/bin/env bash
# Installs what is missing, builds release, and opens the console on a standalone service with the small sample.
# Without a display it runs the tour instead and prints its table. Further options go to the console.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages build run
build release

console="$top/build/release/bin/kboss-console"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "opening the console"
    exec "$console" --standalone --sample small "$@"
fi

pictures="$top/build/tour"
say "no display here: running the tour instead, pictures go to build/tour"
runtime=$(mktemp -d)
data=$(mktemp -d)
chmod 700 "$runtime"
trap 'rm -rf "$runtime" "$data"' EXIT
XDG_RUNTIME_DIR="$runtime" QT_QPA_PLATFORM=offscreen "$console" --standalone --sample small --data "$data" --tour "$pictures" "$@"
