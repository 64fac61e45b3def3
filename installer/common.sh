# Shared by run.sh and test.sh: installs what is missing, once. Sourced, not run.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

say() { printf '== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else echo "This needs root or sudo: $*" >&2; exit 1
    fi
}

# install_packages KIND…: the Debian packages of these kinds from packages.txt that are not here yet. No apt call when all are.
install_packages() {
    command -v apt-get >/dev/null || { say "no apt-get here: install what installer/packages.txt names by hand"; return 0; }
    local missing=() name kind
    while read -r name kind; do
        case "$name" in ''|'#'*) continue ;; esac
        case " $* " in *" $kind "*) ;; *) continue ;; esac
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done < "$top/installer/packages.txt"
    [ ${#missing[@]} -eq 0 ] && return 0
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET: configures when needed and builds on all cores.
build() {
    say "building ($1)"
    [ -f "build/$1/build.ninja" ] || cmake --preset "$1" >/dev/null
    cmake --build --preset "$1" --parallel "$(nproc)"
}
