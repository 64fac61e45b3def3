"""Certificates and kubeconfig files as kubeadm writes them. Real ones, but one pair serves for all that are no authorities."""
import base64
import hashlib
import os
import shutil
import subprocess

import base
from place import read, write

PKI = "/etc/kubernetes/pki"
ORDER = ["ca", "apiserver", "apiserver-kubelet-client", "front-proxy-ca", "front-proxy-client", "etcd/ca", "etcd/server", "etcd/peer", "etcd/healthcheck-client", "apiserver-etcd-client"]
AUTHORITIES = {"ca": "kubernetes", "front-proxy-ca": "front-proxy-ca", "etcd/ca": "etcd-ca"}
SHARED = ["ca.crt", "ca.key", "front-proxy-ca.crt", "front-proxy-ca.key", "etcd/ca.crt", "etcd/ca.key", "sa.key", "sa.pub"]


def openssl(*words, data=None):
    return subprocess.run(["openssl", *words], check=True, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def authority(name):
    os.makedirs(os.path.dirname(f"{PKI}/{name}"), exist_ok=True)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650", "-subj", f"/CN={AUTHORITIES[name]}", "-keyout", f"{PKI}/{name}.key", "-out",
            f"{PKI}/{name}.crt")
    os.chmod(f"{PKI}/{name}.key", 0o600)


def leaf(name):
    """A pair that the cluster's authority signed; copied where there is one already."""
    os.makedirs(os.path.dirname(f"{PKI}/{name}"), exist_ok=True)
    for other in ORDER:
        if other not in AUTHORITIES and os.path.exists(f"{PKI}/{other}.crt") and other != name:
            for kind in ("key", "crt"):
                shutil.copy(f"{PKI}/{other}.{kind}", f"{PKI}/{name}.{kind}")
            return
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/O=system:masters/CN=kube-apiserver", "-keyout", f"{PKI}/{name}.key", "-out", "/tmp/.leaf.csr")
    openssl("x509", "-req", "-in", "/tmp/.leaf.csr", "-CA", f"{PKI}/ca.crt", "-CAkey", f"{PKI}/ca.key", "-set_serial", "7", "-days", "365", "-out", f"{PKI}/{name}.crt")
    os.remove("/tmp/.leaf.csr")
    os.chmod(f"{PKI}/{name}.key", 0o600)


def service_account():
    shutil.copy(f"{PKI}/front-proxy-ca.key", f"{PKI}/sa.key")
    write(f"{PKI}/sa.pub", openssl("pkey", "-in", f"{PKI}/sa.key", "-pubout"))


def hash_of(pem):
    """The hash that --discovery-token-ca-cert-hash takes, without "sha256:". Kept beside, since it is asked for often."""
    cache = "/run/.ca-" + hashlib.sha256(pem.encode()).hexdigest()
    with base.as_root():
        known = read(cache)
        if not known:
            known = hashlib.sha256(openssl("pkey", "-pubin", "-outform", "der", data=openssl("x509", "-noout", "-pubkey", data=pem.encode()))).hexdigest()
            write(cache, known)
    return known


def kubeconfig(server, user, name="kubernetes", file_pair=None, token=None):
    ca = base64.b64encode(read(f"{PKI}/ca.crt").encode()).decode()
    if token:
        credential = f"    token: {token}\n"
    elif file_pair:
        credential = f"    client-certificate: {file_pair}\n    client-key: {file_pair}\n"
    else:
        pair = next((f"{PKI}/{one}" for one in ORDER if one not in AUTHORITIES and os.path.exists(f"{PKI}/{one}.crt")), "")
        credential = "".join(f"    client-{word}-data: {base64.b64encode(read(f'{pair}.{kind}').encode()).decode()}\n" for word, kind in (("certificate", "crt"), ("key", "key")))
    return (f"apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: {ca}\n    server: {server}\n  name: {name}\ncontexts:\n- context:\n    cluster: {name}\n    user: {user}\n"
            f"  name: {user}@{name}\ncurrent-context: {user}@{name}\nkind: Config\npreferences: {{}}\nusers:\n- name: {user}\n  user:\n{credential}")
