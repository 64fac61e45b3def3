#!/bin/sh
# run.sh SECONDS [--keep]: builds the fuzz preset and runs every target that long, under the address and undefined-behaviour sanitizers.
# What was found stays in build/fuzz/corpus; with --keep the smallest set of inputs that covers as much replaces the one in the source tree.
# A crash is left in build/fuzz/crashes and ends the script with its code.
set -eu
seconds=${1:?usage: run.sh SECONDS [--keep]}
keep=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
cmake --preset fuzz
cmake --build build/fuzz --target fuzz_rowdecoder fuzz_filter fuzz_money
mkdir -p build/fuzz/crashes
for name in rowdecoder filter money; do
    seeds=tests/fuzz/corpus/$name
    found=build/fuzz/corpus/$name
    mkdir -p "$found"
    build/fuzz/bin/fuzz_$name -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix=build/fuzz/crashes/$name- "$found" "$seeds"
    rm -rf "$found.min"
    mkdir "$found.min"
    build/fuzz/bin/fuzz_$name -set_cover_merge=1 "$found.min" "$seeds" "$found"
    rm -rf "$found"
    mv "$found.min" "$found"
    if [ "$keep" = --keep ]; then
        rm -f "$seeds"/*
        cp "$found"/* "$seeds"/
    fi
done
