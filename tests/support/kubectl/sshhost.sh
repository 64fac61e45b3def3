#!/bin/sh
# sshhost.sh FOLDER PORT: a control plane to be reached by name and password. A real sshd on 127.0.0.1 and 127.0.0.9 lets root in with the password in FOLDER/password
# (of this server alone: it sees another /etc/shadow), and the scripted kubectl beside this file is all of Kubernetes that is there. Wants to be run by root.
# FOLDER/state: state of kubectl, and argv.log, each call's words as JSON. FOLDER/locked: the account is locked. FOLDER/sshd.log: what the server says.
set -eu
folder=$1
port=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder/bin" "$folder/state" "$folder/home" /run/sshd
[ -f "$folder/host_key" ] || ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
python=$(python3 -c 'import sys; print(sys.executable)')
for tool in sh id cat sleep kill; do ln -sf "$(command -v "$tool" || echo "/bin/$tool")" "$folder/bin/$tool"; done
ln -sf /bin/kill "$folder/bin/kill"
: >"$folder/state/config"
cat >"$folder/bin/kubectl" <<EOF
#!$python
import json, os, sys
with open("$folder/state/argv.log", "a", encoding="utf-8") as log:
    log.write(json.dumps(sys.argv[1:], ensure_ascii=False) + "\n")
os.execv("$python", ["$python", "$here/kubectl", "--kubeconfig", "$folder/state/config"] + sys.argv[1:])
EOF
chmod 755 "$folder/bin/kubectl"
hash=$(openssl passwd -6 -stdin <"$folder/password")
[ ! -e "$folder/locked" ] || hash="!$hash"
(umask 077 && sed "s|^root:[^:]*:|root:$hash:|" /etc/shadow >"$folder/shadow")
cat >"$folder/sshd_config" <<EOF
Port $port
ListenAddress 127.0.0.1
ListenAddress 127.0.0.9
HostKey $folder/host_key
PidFile none
UsePAM no
StrictModes no
AuthorizedKeysFile none
PasswordAuthentication yes
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
LogLevel VERBOSE
SetEnv HOME=$folder/home PATH=$folder/bin FAKE_KUBECTL_STATE=$folder/state
EOF
exec unshare --mount --propagation private sh -c 'mount --bind "$1/shadow" /etc/shadow && exec /usr/sbin/sshd -D -e -f "$1/sshd_config"' sh "$folder" 2>>"$folder/sshd.log"
