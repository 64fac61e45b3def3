#pragma once

// What detachedaction.cpp runs on hosts: POSIX sh with coreutils, util-linux and /proc. Their words hold no secrets; those come on standard input.
namespace kboss::scripts {

// $1 folder of the action. running: somebody works on it; even where the wrapper was killed and its group lives on.
inline constexpr const char *look = R"sh(
dir=$1
running() {
    if [ -e "$dir/run.lock" ] && ! flock -s -n "$dir/run.lock" true; then return 0; fi
    [ -s "$dir/group" ] || return 1
    read -r number began <"$dir/group" || return 1
    stat=$(cat "/proc/$number/stat" 2>/dev/null) || return 1
    set -- ${stat##*) }
    [ "${20}" = "$began" ]
}
)sh";

// After `look`: $2 … as named below. Says "started", "again" (it had been ended in between), "running" or "ended 0". Two that come at once: one after the other.
inline constexpr const char *start = R"sh(
set -eu
umask 077
folder=$2 secret=$3 name=$4 attempt=$5 seconds=$6 unit=$7 systemd=$8
shift 8
wrapperSize=$1 scriptSize=$2 secretSize=$3 step=$4 about=$5
mkdir -p "$dir"
exec 8>>"$dir/start.lock"
flock -w 60 8 || { echo "another console is starting it" >&2; exit 75; }
if [ -s "$dir/exit" ]; then
    if [ "$(cat "$dir/begun" 2>/dev/null)" = "$attempt" ]; then echo started; exit 0; fi
    read -r code rest <"$dir/exit" || :
    if [ "$code" = 0 ]; then echo "ended 0"; exit 0; fi
elif running; then
    echo running
    exit 0
fi
said=started
if [ -e "$dir/begun" ] && [ ! -s "$dir/exit" ]; then said=again; fi
rm -f "$dir/begun" "$dir/exit" "$dir/group"
for one in log err; do
    if [ -e "$dir/$one" ]; then mv -f "$dir/$one" "$dir/$one.old"; fi
    : >"$dir/$one"
done
head -c "$wrapperSize" >"$dir/wrapper"
head -c "$scriptSize" >"$dir/script"
if [ "$secretSize" -gt 0 ]; then
    mkdir -p "${secret%/*}"
    rm -f "$secret"
    head -c "$secretSize" >"$secret"
    [ "$(stat -c %s "$secret")" = "$secretSize" ] || { rm -f "$secret"; echo "it did not arrive whole" >&2; exit 76; }
fi
if [ "$(stat -c %s "$dir/wrapper")" != "$wrapperSize" ] || [ "$(stat -c %s "$dir/script")" != "$scriptSize" ]; then
    rm -f "$secret"
    echo "it did not arrive whole" >&2
    exit 76
fi
printf '%s' "$step" >"$dir/step"
printf '%s\n' "$about" >"$dir/about"
set -- "$dir/wrapper" "$folder" "$name" "$attempt" "$seconds" "$secret"
if [ -d "$systemd" ]; then
    tries=0
    # The unit of a former try may still be on its way out.
    while systemctl reset-failed "$unit.service" >/dev/null 2>&1 8>&- || :
        ! systemd-run --quiet --collect --unit="$unit" --property=RuntimeMaxSec=$((seconds + 60)) --property=TimeoutStopSec=20 \
            --property=KillMode=control-group --property=IgnoreSIGPIPE=no --property=ExecStopPost="/bin/rm -f $secret" \
            /bin/sh "$@" </dev/null >"$dir/start.out" 2>&1 8>&-; do
        tries=$((tries + 1))
        if [ "$tries" -ge 10 ]; then cat "$dir/start.out" >&2; rm -f "$secret"; exit 77; fi
        sleep 0.3
    done
else
    (setsid sh "$@" </dev/null >/dev/null 2>&1 8>&- &) # nobody's child from the beginning
fi
waited=0
while [ "$(cat "$dir/begun" 2>/dev/null)" != "$attempt" ]; do
    waited=$((waited + 1))
    if [ "$waited" -gt 400 ]; then echo "it did not begin" >&2; exit 78; fi
    sleep 0.05
done
echo "$said"
)sh";

// Runs the script in a group of its own, under its deadline, and keeps what became of it. $1 folder of the installation, $2 name, $3 try, $4 seconds, $5 secret.
inline constexpr const char *wrapper = R"sh(umask 077
folder=$1 name=$2 attempt=$3 seconds=$4 secret=$5
dir=$folder/actions/$name
exec 9>>"$dir/run.lock"
flock -w 20 9 || exit 75
about=$(cat "$dir/about")
note() {
    printf '{"ms":%s,"kind":"%s",%s\n' "$(date +%s%3N)" "$1" "$about" >>"$folder/journal"
    sync "$folder/journal" 2>/dev/null || :
}
note begun
export HOME="${HOME:-/root}" LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
export PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}" KBOSS_SECRET="$secret"
trap 'rm -f "$secret"' EXIT
trap 'kill -s TERM -- "-$group" 2>/dev/null' TERM INT HUP
from=$(date +%s)
timeout -k 10 "$seconds" sh -c 'umask 022; exec sh -eu "$0"' "$dir/script" </dev/null >>"$dir/log" 2>>"$dir/err" 9>&- &
group=$!
stat=$(cat "/proc/$group/stat" 2>/dev/null)
set -- ${stat##*) }
printf '%s %s\n' "$group" "${20}" >"$dir/group"
printf '%s\n' "$attempt" >"$dir/begun.new"
mv -f "$dir/begun.new" "$dir/begun"
code=1
while :; do
    wait "$group"
    code=$?
    kill -0 "$group" 2>/dev/null || break
done
late=
if [ "$code" = 124 ] || [ "$code" = 137 ]; then
    if [ $(($(date +%s) - from)) -ge "$seconds" ]; then
        late=' late'
        kill -s KILL -- "-$group" 2>/dev/null
    fi
fi
rm -f "$secret"
printf '%s%s\n' "$code" "$late" >"$dir/exit.new"
sync "$dir/exit.new" 2>/dev/null || :
mv -f "$dir/exit.new" "$dir/exit"
sync "$dir" 2>/dev/null || :
if [ "$code" = 0 ]; then note done; else note failed; fi
exit "$code"
)sh";

// After `look`: $2, $3 bytes seen of log and err. Gives what is new on the same two streams, until the action has ended (0) or for about 20 s (75).
inline constexpr const char *follow = R"sh(
seenLog=$2 seenErr=$3 ticks=0
size() { stat -c %s "$dir/$1" 2>/dev/null || echo 0; }
while :; do
    over=
    if [ -s "$dir/exit" ]; then over=1; elif [ $((ticks % 4)) = 0 ] && ! running; then over=1; fi
    now=$(size log)
    if [ "$now" -lt "$seenLog" ]; then seenLog=0; fi
    if [ "$now" -gt "$seenLog" ]; then tail -c +$((seenLog + 1)) "$dir/log" | head -c $((now - seenLog)) || exit 1; seenLog=$now; fi
    now=$(size err)
    if [ "$now" -lt "$seenErr" ]; then seenErr=0; fi
    if [ "$now" -gt "$seenErr" ]; then tail -c +$((seenErr + 1)) "$dir/err" | head -c $((now - seenErr)) >&2 || exit 1; seenErr=$now; fi
    if [ -n "$over" ]; then exit 0; fi
    if [ "$ticks" -ge 55 ]; then exit 75; fi
    ticks=$((ticks + 1))
    if [ "$ticks" -lt 10 ]; then sleep 0.2; else sleep 0.4; fi
done
)sh";

// After `look`. Says "ended <code> [late]", "running <bytes of log> <bytes of err>", "gone" or "absent".
inline constexpr const char *status = R"sh(
if [ -s "$dir/exit" ]; then
    echo "ended $(cat "$dir/exit")"
elif running; then
    echo "running $(stat -c %s "$dir/log") $(stat -c %s "$dir/err")"
elif [ -s "$dir/exit" ]; then
    echo "ended $(cat "$dir/exit")"
elif [ -e "$dir/begun" ]; then
    echo gone
else
    echo absent
fi
)sh";

// $1 folder of the installation, $2 step.
inline constexpr const char *seal = R"sh(
for dir in "$1"/actions/*/; do
    if [ "$(cat "$dir/step" 2>/dev/null)" = "$2" ] && [ -s "$dir/exit" ]; then
        rm -f "$dir/begun"
        mv -f "$dir/exit" "$dir/exit.sealed"
    fi
done
)sh";

// $1 folder of the installation; the line on standard input.
inline constexpr const char *journal = R"sh(
set -eu
umask 077
mkdir -p "$1"
line=$(cat)
printf '%s\n' "$line" >>"$1/journal"
sync "$1/journal" 2>/dev/null || :
)sh";

} // namespace kboss::scripts
