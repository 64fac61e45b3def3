#!/bin/sh
# tools.sh FOLDER: installs the pinned contract tools into FOLDER, once a lock file. Prints the folder of their programs.
# Exit 77 = npm is not there or the packages cannot be had: said plainly, and a skip for ctest.
set -u
here=$(cd "$(dirname "$0")" && pwd)
target=${1:?folder for node_modules}

command -v npm >/dev/null 2>&1 || {
    echo "contract tools: npm is not installed; the contracts are not linted and no traffic is checked (Debian: apt install npm)" >&2
    exit 77
}
mkdir -p "$target" || exit 1
exec 9>"$target/lock" && command -v flock >/dev/null 2>&1 && flock 9
wanted=$(cat "$here/package.json" "$here/package-lock.json" | cksum)
if [ ! -x "$target/node_modules/.bin/redocly" ] || [ "$(cat "$target/stamp" 2>/dev/null)" != "$wanted" ]; then
    cp "$here/package.json" "$here/package-lock.json" "$target/" || exit 1
    if ! (cd "$target" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1); then
        echo "contract tools: npm could not install them (no network?); the last lines of $target/npm.log:" >&2
        tail -n 5 "$target/npm.log" >&2
        exit 77
    fi
    echo "$wanted" >"$target/stamp"
fi
echo "$target/node_modules/.bin"
