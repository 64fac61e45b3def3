#!/usr/bin/env bash
# Builds the bench preset and runs every bench: each prints its goals of PERFORMANCE as ratios against a floor of the same run.
# Figures count only when the machine has nothing else to do.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -f build/bench/build.ninja ] || cmake --preset bench >/dev/null
cmake --build --preset bench --parallel "$(nproc)"
export QT_QPA_PLATFORM=offscreen KBOSS_SOURCE_DIR="$PWD" KBOSS_BIN_DIR="$PWD/build/bench/bin"
for bench in build/bench/bin/bench_*; do
    printf '\n== %s\n' "${bench##*/}"
    "$bench"
done
printf '\n== bench_start.py\n'
exec python3 tests/bench/bench_start.py build/bench/bin
