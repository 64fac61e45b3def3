"""kubeadm of an InstallHost: init, join, reset and what belongs to them, by phases or whole, with kubeadm's words and files."""
import base64
import json
import os
import re
import shutil
import sys
import time

import yaml

import base
import cluster
import pki
import preflight
import runtime
import system
import systemd
from base import CONFIG, Exit, err, out
from place import read, write

KUBERNETES, KUBELET, ETCD = "/etc/kubernetes", "/var/lib/kubelet", "/var/lib/etcd"
MANIFESTS = KUBERNETES + "/manifests"
STACK = "To see the stack trace of this error execute with --v=5 or higher"
COMPONENTS = {33: ("v1.12.0", "3.10", "3.5.24-0"), 34: ("v1.12.1", "3.10.1", "3.6.5-0"), 35: ("v1.13.1", "3.10.1", "3.6.6-0"), 36: ("v1.14.2", "3.10.2", "3.6.8-0")}
TOKEN = re.compile(r"^[a-z0-9]{6}\.[a-z0-9]{16}$")


def fail(text, code=1):
    err(f"error: {text}\n{STACK}")
    raise Exit(code)


def invalid(text):
    fail(text, 1 if preflight.minor() >= 34 else 3)


# The settings ----------------------------------------------------------------------------------------------------------------------------------------------

FLAGS = ("upload-certs", "dry-run", "force", "print-join-command", "control-plane", "skip-certificate-key-print", "skip-token-print", "discovery-token-unsafe-skip-ca-verification", "yes",
         "help", "experimental-output", "rootfs", "cleanup-tmp-dir", "allow-missing-template-keys")
KNOWN = ("config", "kubernetes-version", "pod-network-cidr", "service-cidr", "service-dns-domain", "control-plane-endpoint", "apiserver-advertise-address", "apiserver-bind-port",
         "apiserver-cert-extra-sans", "image-repository", "ignore-preflight-errors", "node-name", "cri-socket", "token", "token-ttl", "certificate-key", "skip-phases", "v", "patches",
         "cert-dir", "kubeconfig", "discovery-token-ca-cert-hash", "discovery-token", "discovery-file", "tls-bootstrap-token", "ttl", "description", "groups", "usages", "output",
         "feature-gates", "kubeconfig-dir", "component", "client-name", "org", "node-labels", "tls-crl", "resource", "from-file", "validity-period", "old-config", "new-config")


def options_of(arguments):
    try:
        return base.Options(arguments, FLAGS, {"f": "force", "o": "output", "v": "v", "h": "help", "t": "ttl"}, KNOWN)
    except KeyError as error:
        invalid(f"unknown flag: --{error.args[0].lstrip('-')}" if error.args[0].startswith("--") or len(error.args[0]) > 1 else f"unknown shorthand flag: '{error.args[0]}' in -{error.args[0]}")


def documents(options):
    path = options.get("config")
    if not path:
        return {}
    if not os.path.exists(path):
        fail(f"unable to read config from \"{path}\" : open {path}: no such file or directory" if preflight.minor() < 34 else f"open {path}: no such file or directory")
    try:
        return {one["kind"]: one for one in yaml.safe_load_all(read(path)) if one}
    except (yaml.YAMLError, KeyError, TypeError) as error:
        fail(f"error converting YAML to JSON: yaml: {error}")


def context_of(options):
    kinds = documents(options)
    init, whole, join = kinds.get("InitConfiguration", {}), kinds.get("ClusterConfiguration", {}), kinds.get("JoinConfiguration", {})
    registration = (join or init).get("nodeRegistration", {}) or {}
    networking = whole.get("networking", {}) or {}
    number = options.get("kubernetes-version") or str(whole.get("kubernetesVersion", "")) or runtime.kube_version()
    context = {
        "version": number if number.startswith("v") else "v" + number,
        "repository": options.get("image-repository") or whole.get("imageRepository") or "registry.k8s.io",
        "endpoint": options.get("control-plane-endpoint") or whole.get("controlPlaneEndpoint") or "",
        "pods": options.get("pod-network-cidr") or networking.get("podSubnet") or "", "services": options.get("service-cidr") or networking.get("serviceSubnet") or "10.96.0.0/12",
        "address": options.get("apiserver-advertise-address") or (init.get("localAPIEndpoint") or {}).get("advertiseAddress") or CONFIG["address"],
        "port": int(options.get("apiserver-bind-port") or (init.get("localAPIEndpoint") or {}).get("bindPort") or 6443),
        "node": options.get("node-name") or registration.get("name") or base.host_name(),
        "ignore": [name for text in options.all("ignore-preflight-errors") for name in text.split(",")] + (registration.get("ignorePreflightErrors") or []),
        "skip": [name for text in options.all("skip-phases") for name in text.split(",")] + ((join or init).get("skipPhases") or []),
        "upload": options.has("upload-certs"), "key": options.get("certificate-key") or init.get("certificateKey") or ((join.get("controlPlane") or {}).get("certificateKey") or ""),
        "token": options.get("token") or next((one.get("token") for one in init.get("bootstrapTokens") or []), "") or "",
        "ttl": options.get("token-ttl") or next((one.get("ttl") for one in init.get("bootstrapTokens") or []), "") or "24h",
        "sans": [str(one) for one in (whole.get("apiServer") or {}).get("certSANs") or []] + [one for one in options.get("apiserver-cert-extra-sans").split(",") if one],
        "clusterName": whole.get("clusterName") or "kubernetes", "dry": options.has("dry-run"), "kubelet": kinds.get("KubeletConfiguration", {}), "join": join, "init": init,
    }
    for name, field in (("pods", "podSubnet"), ("services", "serviceSubnet")):
        for range_ in context[name].split(",") if context[name] else []:
            if not re.match(r"^[0-9a-fA-F:.]+/\d+$", range_) or int(range_.split("/")[1]) > (128 if ":" in range_ else 32):
                invalid(f"networking.{field}: Invalid value: \"{range_}\": couldn't parse subnet")
    return context


def images(context):
    try:
        dns, pause, etcd = COMPONENTS[int(context["version"].split(".")[1])]
    except (KeyError, ValueError, IndexError):
        fail(f"version \"{context['version']}\" doesn't match patterns for neither semantic version nor labels (stable, latest, ...)")
    repository = context["repository"].rstrip("/")
    coredns = f"{repository}/coredns/coredns" if repository == "registry.k8s.io" else f"{repository}/coredns"
    return [f"{repository}/kube-{name}:{context['version']}" for name in ("apiserver", "controller-manager", "scheduler", "proxy")] + [f"{coredns}:{dns}", f"{repository}/pause:{pause}",
                                                                                                                                     f"{repository}/etcd:{etcd}"]


def server(context):
    if context["endpoint"]:
        return context["endpoint"] if re.search(r":\d+$", context["endpoint"]) else f"{context['endpoint']}:{context['port']}"
    return f"{context['address']}:{context['port']}"


def first_service(context):
    return re.sub(r"\.\d+$", ".1", context["services"].split("/")[0])


def need_api(phase, path=KUBERNETES + "/admin.conf"):
    access = cluster.Access(path)
    if not access.there:
        fail(f"failed to load admin kubeconfig: open {path}: no such file or directory" if not phase else f"error execution phase {phase}: failed to load admin kubeconfig: open {path}: no such "
             "file or directory")
    refusal = access.refusal()
    if refusal:
        reason = f"Get \"https://{access.server}/api/v1/namespaces/kube-system?timeout=10s\": dial tcp {access.server}: connect: connection refused" if "refused" in refusal else refusal
        fail((f"error execution phase {phase}: " if phase else "") + reason)
    return access


# init, phase by phase --------------------------------------------------------------------------------------------------------------------------------------

def init_preflight(context, _):
    out("[preflight] Running pre-flight checks")
    preflight.check("init", context)
    if (context["init"].get("nodeRegistration") or {}).get("imagePullPolicy") != "Never":
        preflight.pull(images(context), context)


def init_certs(context, only):
    out(f'[certs] Using certificateDir folder "{pki.PKI}"')
    san = f"[{context['node']} kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local" + "".join(f" {one}" for one in context["sans"]) + "]"
    for name in pki.ORDER:
        if only not in ("all", name.replace("/", "-")):
            continue
        certificate(name)
        if name == "apiserver":
            out(f"[certs] apiserver serving cert is signed for DNS names {san} and IPs [{first_service(context)} {context['address']}]")
        if name in ("etcd/server", "etcd/peer"):
            out(f"[certs] {name} serving cert is signed for DNS names [{context['node']} localhost] and IPs [{context['address']} 127.0.0.1 ::1]")
    if only in ("all", "sa"):
        if os.path.exists(f"{pki.PKI}/sa.key"):
            out('[certs] Using the existing "sa" key')
        else:
            out('[certs] Generating "sa" key and public key')
            pki.service_account()


def certificate(name):
    if os.path.exists(f"{pki.PKI}/{name}.crt"):
        out(f"[certs] Using existing {name} certificate authority" if name in pki.AUTHORITIES else f"[certs] Using existing {name} certificate and key on disk")
        return
    out(f'[certs] Generating "{name}" certificate and key')
    (pki.authority if name in pki.AUTHORITIES else pki.leaf)(name)


CONFS = {"admin": "kubernetes-admin", "super-admin": "kubernetes-super-admin", "kubelet": "system:node", "controller-manager": "system:kube-controller-manager", "scheduler": "system:kube-scheduler"}


def init_kubeconfig(context, only, names=tuple(CONFS)):
    out(f'[kubeconfig] Using kubeconfig folder "{KUBERNETES}"')
    if not os.path.exists(f"{pki.PKI}/ca.crt"):
        fail(f"error execution phase kubeconfig/{only}: couldn't create a kubeconfig; the CA files couldn't be loaded: failed to load certificate: couldn't load the certificate file "
             f"{pki.PKI}/ca.crt: open {pki.PKI}/ca.crt: no such file or directory")
    for name in names:
        path = f"{KUBERNETES}/{name}.conf"
        if only not in ("all", name):
            continue
        if os.path.exists(path):
            out(f'[kubeconfig] Using existing kubeconfig file: "{path}"')
            continue
        out(f'[kubeconfig] Writing "{name}.conf" kubeconfig file')
        local = name in ("controller-manager", "scheduler")
        write(path, pki.kubeconfig("https://" + (f"{context['address']}:{context['port']}" if local else server(context)), CONFS[name] + (f":{context['node']}" if name == "kubelet" else ""),
                                   context["clusterName"]), 0o600)


def manifest(name, context, image, flags):
    command = "".join(f"    - {one}\n" for one in [name] + flags)
    write(f"{MANIFESTS}/{name}.yaml", f"apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    component: {name}\n    tier: control-plane\n  name: {name}\n  namespace: kube-system\nspec:\n"
          f"  containers:\n  - command:\n{command}    image: {image}\n    imagePullPolicy: IfNotPresent\n    name: {name}\n  hostNetwork: true\n  priorityClassName: system-node-critical\n"
          "status: {}\n", 0o600)


def etcd_manifest(context, others=""):
    address = context["address"]
    os.makedirs(ETCD, 0o700, exist_ok=True)
    manifest("etcd", context, images(context)[6], [f"--advertise-client-urls=https://{address}:2379", f"--data-dir={ETCD}", f"--initial-advertise-peer-urls=https://{address}:2380",
             f"--initial-cluster={others}{context['node']}=https://{address}:2380", f"--listen-client-urls=https://127.0.0.1:2379,https://{address}:2379",
             f"--listen-peer-urls=https://{address}:2380", f"--name={context['node']}"])


def init_etcd(context, _):
    out(f'[etcd] Creating static Pod manifest for local etcd in "{MANIFESTS}"')
    etcd_manifest(context)


def init_control_plane(context, only):
    out(f'[control-plane] Using manifest folder "{MANIFESTS}"')
    for index, name in enumerate(("apiserver", "controller-manager", "scheduler")):
        if only in ("all", name):
            out(f'[control-plane] Creating static Pod manifest for "kube-{name}"')
            flags = {"apiserver": [f"--advertise-address={context['address']}", f"--secure-port={context['port']}", f"--service-cluster-ip-range={context['services']}"],
                     "controller-manager": ["--allocate-node-cidrs=true", f"--cluster-cidr={context['pods']}"] if context["pods"] else ["--leader-elect=true"], "scheduler": ["--leader-elect=true"]}
            manifest("kube-" + name, context, images(context)[index], flags[name])


def kubelet_files(context, environment_first):
    if environment_first:
        out(f'[kubelet-start] Writing kubelet environment file with flags to file "{KUBELET}/kubeadm-flags.env"')
    out(f'[kubelet-start] Writing kubelet configuration to file "{KUBELET}/instance-config.yaml"\n'
        '[patches] Applied patch of type "application/strategic-merge-patch+json" to target "kubeletconfiguration"\n'
        f'[kubelet-start] Writing kubelet configuration to file "{KUBELET}/config.yaml"')
    if not environment_first:
        out(f'[kubelet-start] Writing kubelet environment file with flags to file "{KUBELET}/kubeadm-flags.env"')
    write(f"{KUBELET}/kubeadm-flags.env", f'KUBELET_KUBEADM_ARGS="--pod-infra-container-image={images(context)[5]}"\n')
    write(f"{KUBELET}/instance-config.yaml", "apiVersion: kubelet.config.k8s.io/v1beta1\ncontainerRuntimeEndpoint: unix:///var/run/containerd/containerd.sock\nkind: KubeletConfiguration\n")
    extra = "".join(f"{name}: {json.dumps(value)}\n" for name, value in sorted(context["kubelet"].items()) if name not in ("apiVersion", "kind", "cgroupDriver"))
    driver = context["kubelet"].get("cgroupDriver", "systemd")
    write(f"{KUBELET}/config.yaml", f"apiVersion: kubelet.config.k8s.io/v1beta1\nauthentication:\n  x509:\n    clientCAFile: {pki.PKI}/ca.crt\ncgroupDriver: {driver}\nclusterDNS:\n- "
          f"{re.sub('1$', '10', first_service(context))}\nclusterDomain: cluster.local\nkind: KubeletConfiguration\nstaticPodPath: {MANIFESTS}\n{extra}")


def start_kubelet():
    out("[kubelet-start] Starting the kubelet")
    sys.stdout.flush()
    with base.state() as state:
        if systemd.unit_file("kubelet.service"):
            systemd.start("kubelet.service", state)
        state["broken"] = False
    kubelet_pair()


def kubelet_pair():
    write(f"{KUBELET}/pki/kubelet.crt", read(f"{pki.PKI}/ca.crt"))
    write(f"{KUBELET}/pki/kubelet-client-current.pem", read(f"{pki.PKI}/ca.crt"), 0o600)


def init_kubelet_start(context, _):
    kubelet_files(context, True)
    start_kubelet()
    name = pki.hash_of(read(f"{pki.PKI}/ca.crt"))
    write(f"{ETCD}/member/snap/db", "", 0o600)
    write(f"{ETCD}/member/wal/0.wal", "", 0o600)
    with cluster.change(name) as made:
        if not made:
            made.update(name=context["clusterName"], ca=read(f"{pki.PKI}/ca.crt"), nodes={}, tokens={}, network="", objects={}, etcd={}, events=[])
        made.update(version=context["version"], repository=context["repository"], endpoint=context["endpoint"], server=server(context), pods=context["pods"], services=context["services"])
        made["etcd"].setdefault(context["node"], member(context))
    system.refresh()


def member(context):
    import hashlib
    return {"address": context["address"], "id": hashlib.sha256(f"etcd {context['node']} {context['address']}".encode()).hexdigest()[:16]}


def init_wait(context, _):
    sys.stdout.flush()
    refusal = cluster.Access(KUBERNETES + "/admin.conf").refusal()
    if refusal:
        fail("error execution phase wait-control-plane: cannot obtain client without bootstrap: could not bootstrap the admin user in file admin.conf: unable to create ClusterRoleBinding: "
             f'Post "https://{server(context)}/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?timeout=10s": dial tcp {server(context)}: connect: connection refused')
    out(f'[wait-control-plane] Waiting for the kubelet to boot up the control plane as static Pods from directory "{MANIFESTS}"')
    kubelet_healthy()
    control_plane_healthy(context)


def kubelet_healthy():
    out("[kubelet-check] Waiting for a healthy kubelet at http://127.0.0.1:10248/healthz. This can take up to 4m0s\n[kubelet-check] The kubelet is healthy after 1.982678ms")


def control_plane_healthy(context):
    out(f"[control-plane-check] Waiting for healthy control plane components. This can take up to 4m0s\n[control-plane-check] Checking kube-apiserver at "
        f"https://{context['address']}:{context['port']}/livez\n[control-plane-check] Checking kube-controller-manager at https://127.0.0.1:10257/healthz\n"
        "[control-plane-check] Checking kube-scheduler at https://127.0.0.1:10259/livez\n[control-plane-check] kube-controller-manager is healthy after 9.184625ms\n"
        "[control-plane-check] kube-scheduler is healthy after 11.970302ms\n[control-plane-check] kube-apiserver is healthy after 2.002847191s")


def init_upload_config(context, only):
    access = need_api(f"upload-config/{only if only != 'all' else 'kubeadm'}")
    if only in ("all", "kubeadm"):
        out('[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "kube-system" Namespace')
    if only in ("all", "kubelet"):
        out('[kubelet] Creating a ConfigMap "kubelet-config" in namespace kube-system with the configuration for the kubelets in the cluster')
    with cluster.change(access.name) as made:
        made["config"] = True
        made["kubeletConfig"] = context["kubelet"]


def init_upload_certs(context, _):
    if not context["upload"]:
        out("[upload-certs] Skipping phase. Please see --upload-certs")
        return
    access = need_api("upload-certs")
    key = context["key"] or os.urandom(32).hex()
    context["key"] = key
    out(f'[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace\n[upload-certs] Using certificate key:\n{key}')
    with cluster.change(access.name) as made:
        made["certs"] = {"key": key, "until": base.now() + 7200, "files": {name: read(f"{pki.PKI}/{name}") for name in pki.SHARED}}


def init_mark(context, _, phase="mark-control-plane"):
    access = need_api(phase)
    out(f"[mark-control-plane] Marking the node {context['node']} as control-plane by adding the labels: [node-role.kubernetes.io/control-plane "
        "node.kubernetes.io/exclude-from-external-load-balancers]\n"
        f"[mark-control-plane] Marking the node {context['node']} as control-plane by adding the taints [node-role.kubernetes.io/control-plane:NoSchedule]")
    with cluster.change(access.name) as made:
        node = made["nodes"].get(context["node"])
        if not node:
            fail(f"error execution phase {phase}: error marking control plane: couldn't find node {context['node']}")
        node["control"] = True
        node["labels"].update({"node-role.kubernetes.io/control-plane": "", "node.kubernetes.io/exclude-from-external-load-balancers": ""})
        if not any(taint["key"] == "node-role.kubernetes.io/control-plane" for taint in node["taints"]):
            node["taints"].append({"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"})


def new_token():
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    text = "".join(letters[byte % 36] for byte in os.urandom(22))
    return f"{text[:6]}.{text[6:]}"


def init_bootstrap_token(context, _):
    access = need_api("bootstrap-token")
    context["token"] = context["token"] or new_token()
    out(f"[bootstrap-token] Using token: {context['token']}\n[bootstrap-token] Configuring bootstrap tokens, cluster-info ConfigMap, RBAC Roles")
    for text in ("get nodes", "post CSRs in order for nodes to get long term certificate credentials"):
        out(f"[bootstrap-token] Configured RBAC rules to allow Node Bootstrap tokens to {text}")
    out("[bootstrap-token] Configured RBAC rules to allow the csrapprover controller automatically approve CSRs from a Node Bootstrap Token\n"
        "[bootstrap-token] Configured RBAC rules to allow certificate rotation for all node client certificates in the cluster\n"
        "[bootstrap-token] Configured RBAC rules to allow the API server kubelet client certificate to access the kubelet API\n"
        '[bootstrap-token] Creating the "cluster-info" ConfigMap in the "kube-public" namespace')
    add_token(access.name, context["token"], context["ttl"], "")
    with cluster.change(access.name) as made:
        made["info"] = True


def add_token(name, token, ttl, description):
    seconds = base.normal_duration(ttl)
    with cluster.change(name) as made:
        made["tokens"][token] = {"until": base.now() + seconds if seconds else 0, "description": description}


def init_finalize(context, _):
    out('[kubelet-finalize] Updating "/etc/kubernetes/kubelet.conf" to point to a rotatable kubelet client certificate and key')
    write(f"{KUBERNETES}/kubelet.conf", pki.kubeconfig("https://" + server(context), f"system:node:{context['node']}", context["clusterName"], KUBELET + "/pki/kubelet-client-current.pem"), 0o600)


def init_addon(context, only):
    access = need_api("addon/" + (only if only != "all" else "coredns"))
    with cluster.change(access.name) as made:
        if only in ("all", "coredns"):
            out("[addons] Applied essential addon: CoreDNS")
            made["coredns"] = True
        if only in ("all", "kube-proxy"):
            out("[addons] Applied essential addon: kube-proxy")
            made["proxy"] = True


def join_line(context, hash_, indent=True):
    return f"kubeadm join {server(context)} --token {context['token']} " + ("\\\n\t" if indent else "") + f"--discovery-token-ca-cert-hash sha256:{hash_} "


def init_show(context, _):
    hash_ = pki.hash_of(read(f"{pki.PKI}/ca.crt"))
    context["token"] = context["token"] or next(iter(cluster.load(hash_).get("tokens", {})), "")
    out("\nYour Kubernetes control-plane has initialized successfully!\n\nTo start using your cluster, you need to run the following as a regular user:\n\n  mkdir -p $HOME/.kube\n"
        "  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config\n  sudo chown $(id -u):$(id -g) $HOME/.kube/config\n\nAlternatively, if you are the root user, you can run:\n\n"
        "  export KUBECONFIG=/etc/kubernetes/admin.conf\n\nYou should now deploy a pod network to the cluster.\nRun \"kubectl apply -f [podnetwork].yaml\" with one of the options listed at:\n"
        "  https://kubernetes.io/docs/concepts/cluster-administration/addons/\n")
    if context["endpoint"] and context["upload"]:
        out("You can now join any number of control-plane nodes running the following command on each as root:\n")
        out(f"  {join_line(context, hash_)}\\\n\t--control-plane --certificate-key {context['key']}\n")
    out("Then you can join any number of worker nodes by running the following on each as root:\n")
    out(join_line(context, hash_))


INIT = {"preflight": init_preflight, "certs": init_certs, "kubeconfig": init_kubeconfig, "etcd": init_etcd, "control-plane": init_control_plane, "kubelet-start": init_kubelet_start,
        "wait-control-plane": init_wait, "upload-config": init_upload_config, "upload-certs": init_upload_certs, "mark-control-plane": init_mark, "bootstrap-token": init_bootstrap_token,
        "kubelet-finalize": init_finalize, "addon": init_addon, "show-join-command": init_show}


def init(options, words):
    context = context_of(options)
    if words[:1] == ["phase"]:
        name, only = (words[1:] + ["", "all"])[:2] if len(words) < 3 else words[1:3]
        only = only or "all"
        if name not in INIT:
            invalid(f'unknown command "{name}" for "kubeadm init phase"')
        if name != "preflight" and not base.is_root():
            fail("the user is not running as root")
        with base.phase("kubeadm", name):
            INIT[name](context, {"local": "all"}.get(only, only))
        return 0
    out(f"[init] Using Kubernetes version: {context['version']}")
    if context["dry"]:
        init_preflight(context, "all")
        out("[dryrun] Finished dry-running successfully. Above are the resources that would be created.")
        return 0
    for name, phase in INIT.items():
        if name not in context["skip"]:
            with base.phase("kubeadm", name):
                phase(context, "all")
    return 0


# join ------------------------------------------------------------------------------------------------------------------------------------------------------

def join(options, words):
    context = context_of(options)
    discovery = (context["join"].get("discovery") or {}).get("bootstrapToken") or {}
    phase = words[1:] if words[:1] == ["phase"] else []
    places = [word for word in words if re.search(r":\d+$", word)] or [discovery.get("apiServerEndpoint", "")]
    context["server"] = places[0]
    context["token"] = options.get("token") or options.get("discovery-token") or discovery.get("token", "")
    context["hashes"] = options.all("discovery-token-ca-cert-hash") or discovery.get("caCertHashes") or []
    context["control"] = options.has("control-plane") or bool(context["join"].get("controlPlane"))
    if not context["server"] and not context["token"] and not phase:
        invalid('discovery: Invalid value: "": bootstrapToken or file must be set')
    if context["token"] and not TOKEN.match(context["token"]):
        invalid(f'[discovery.bootstrapToken.token: Invalid value: "{context["token"]}": the bootstrap token is invalid, discovery.tlsBootstrapToken: Invalid value: "{context["token"]}": the '
                "bootstrap token is invalid]")
    steps = {"preflight": join_preflight, "control-plane-prepare": join_prepare, "kubelet-start": join_kubelet, "etcd-join": join_etcd, "kubelet-wait-bootstrap": join_bootstrap,
             "control-plane-join": join_mark, "wait-control-plane": join_wait}
    if phase and phase[0] not in steps:
        invalid(f'unknown command "{phase[0]}" for "kubeadm join phase"')
    if phase and phase[0] != "preflight":
        context["name"] = discover(context)
        adopt(context)
    for name, step in steps.items():
        if (name in phase[:1]) if phase else name not in context["skip"]:
            with base.phase("kubeadm", name):
                step(context)
    if not phase:
        out(DONE_CONTROL if context["control"] else DONE_WORKER)
    return 0


DONE_WORKER = ("\nThis node has joined the cluster:\n* Certificate signing request was sent to apiserver and a response was received.\n"
               "* The Kubelet was informed of the new secure connection details.\n\nRun 'kubectl get nodes' on the control-plane to see this node join the cluster.\n")
DONE_CONTROL = ("\nThis node has joined the cluster and a new control plane instance was created:\n\n* Certificate signing request was sent to apiserver and approval was received.\n"
                "* The Kubelet was informed of the new secure connection details.\n* Control plane label and taint were applied to the new node.\n* The Kubernetes control plane instances scaled "
                "up.\n* A new etcd member was added to the local/stacked etcd cluster.\n\nTo start administering your cluster from this node, you need to run the following as a regular user:\n\n"
                "\tmkdir -p $HOME/.kube\n\tsudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config\n\tsudo chown $(id -u):$(id -g) $HOME/.kube/config\n\n"
                "Run 'kubectl get nodes' to see this node join the cluster.\n")


def discover(context):
    """The cluster behind the endpoint. Where nobody answers, or does not know the token, kubeadm says nothing and tries for five minutes."""
    limit = re.fullmatch(r"(?:(\d+)m)?(?:(\d+)s)?", str((context["join"].get("timeouts") or {}).get("discovery", "5m0s")))
    deadline = time.monotonic() + (int(limit[1] or 0) * 60 + int(limit[2] or 0) if limit else 300)
    sys.stdout.flush()
    while time.monotonic() < deadline:
        name = cluster.at(context["server"])
        known = cluster.load(name).get("tokens", {}).get(context["token"]) if name else None
        if known and (not known["until"] or known["until"] > base.now()):
            if context["hashes"] and "sha256:" + name not in context["hashes"]:
                fail(f"error execution phase preflight: couldn't validate the identity of the API Server: cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "
                     f'"sha256:{name}" are pinned')
            return name
        time.sleep(0.1)
    fail(f"error execution phase preflight: couldn't validate the identity of the API Server: failed to request the cluster-info ConfigMap: client rate limiter Wait returned an error: context "
         "deadline exceeded")


def adopt(context):
    made = cluster.load(context["name"])
    context.update(version=made["version"], repository=made["repository"], endpoint=made["endpoint"] or context["server"], pods=made["pods"], services=made["services"],
                   clusterName=made["name"], kubelet=made.get("kubeletConfig", {}))


def join_preflight(context):
    out("[preflight] Running pre-flight checks")
    preflight.check("control-plane" if context["control"] else "worker", context)
    context["name"] = discover(context)
    out('[preflight] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n'
        "[preflight] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.")
    sys.stdout.flush()
    base.klog("W", "utils.go:69", 'The recommended value for "bindAddress" in "KubeProxyConfiguration" is: ::; the provided value is: 0.0.0.0')
    made = cluster.load(context["name"])
    if context["control"] and not made["endpoint"]:
        fail("error execution phase preflight: \nOne or more conditions for hosting a new control plane instance is not satisfied.\n\nunable to add a new control plane instance to a cluster "
             "that doesn't have a stable controlPlaneEndpoint address\n\nPlease ensure that:\n* The cluster has a stable controlPlaneEndpoint address.\n* The certificates that must be shared "
             "among control plane instances are provided.\n\n")
    adopt(context)
    if context["control"]:
        out("[preflight] Running pre-flight checks before initializing the new control plane instance")
        preflight.pull(images(context), context)


def join_prepare(context):
    if not context["control"]:
        return
    made = cluster.load(context["name"])
    certs = made.get("certs") or {}
    out('[download-certs] Downloading the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace')
    sys.stdout.flush()
    if certs.get("until", 0) < base.now():
        fail('error execution phase control-plane-prepare/download-certs: error downloading certs: error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" '
             "Namespace. This Secret might have expired. Please, run `kubeadm init phase upload-certs --upload-certs` on a control plane to generate a new one")
    if certs["key"] != context["key"]:
        fail('error execution phase control-plane-prepare/download-certs: error downloading certs: error decoding secret data with provided key: error decrypting data: cipher: message '
             "authentication failed")
    out(f'[download-certs] Saving the certificates to the folder: "{pki.PKI}"')
    for name, text in certs["files"].items():
        write(f"{pki.PKI}/{name}", text, 0o600 if name.endswith("key") else 0o644)
    join_certs(context, made)
    out("[kubeconfig] Generating kubeconfig files")
    init_kubeconfig(context, "all", ("admin", "controller-manager", "scheduler"))
    init_control_plane(context, "all")


def join_certs(context, made):
    out(f'[certs] Using certificateDir folder "{pki.PKI}"')
    first = next(iter(made["etcd"].values()))["address"]
    for name in ("apiserver", "apiserver-kubelet-client", "apiserver-etcd-client", "etcd/server", "etcd/peer", "etcd/healthcheck-client", "front-proxy-client"):
        certificate(name)
        if name == "apiserver":
            out(f"[certs] apiserver serving cert is signed for DNS names [{context['node']} kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local] and IPs "
                f"[{first_service(context)} {context['address']} {first}]")
        if name in ("etcd/server", "etcd/peer"):
            out(f"[certs] {name} serving cert is signed for DNS names [{context['node']} localhost] and IPs [{context['address']} 127.0.0.1 ::1]")
    out(f'[certs] Valid certificates and keys now exist in "{pki.PKI}"\n[certs] Using the existing "sa" key')


def join_kubelet(context):
    if context["control"]:
        out("[check-etcd] Checking that the etcd cluster is healthy")
        os.makedirs(ETCD, 0o700, exist_ok=True)
    if not os.path.exists(f"{pki.PKI}/ca.crt"):
        write(f"{pki.PKI}/ca.crt", cluster.load(context["name"])["ca"])
    kubelet_files(context, False)
    write(f"{KUBERNETES}/bootstrap-kubelet.conf", pki.kubeconfig("https://" + context["server"], "tls-bootstrap-token-user", context["clusterName"], token=context["token"]), 0o600)
    write(f"{KUBERNETES}/kubelet.conf", pki.kubeconfig("https://" + context["server"], "default-auth", context["clusterName"], KUBELET + "/pki/kubelet-client-current.pem"), 0o600)
    start_kubelet()
    system.refresh()


def join_etcd(context):
    if not context["control"]:
        return
    with cluster.change(context["name"]) as made:
        if context["node"] in made["etcd"]:
            fail("error execution phase etcd-join: error creating local etcd static pod manifest file: etcdserver: Peer URLs already exists")
        others = "".join(f"{name}=https://{one['address']}:2380," for name, one in sorted(made["etcd"].items()))
        made["etcd"][context["node"]] = member(context)
    out('[etcd] Announced new etcd member joining to the existing etcd cluster\n[etcd] Creating static Pod manifest for "etcd"\n'
        "[etcd] Waiting for the new etcd member to join the cluster. This can take up to 40s")
    etcd_manifest(context, others)
    write(f"{ETCD}/member/snap/db", "", 0o600)
    write(f"{ETCD}/member/wal/0.wal", "", 0o600)
    system.refresh()


def join_bootstrap(_):
    kubelet_healthy()
    out("[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap")
    if os.path.exists(KUBERNETES + "/bootstrap-kubelet.conf"):
        os.remove(KUBERNETES + "/bootstrap-kubelet.conf")
    system.refresh()


def join_mark(context):
    if context["control"]:
        init_mark(context, "all", "control-plane-join/mark-control-plane")


def join_wait(context):
    if context["control"]:
        control_plane_healthy(context)


# reset, tokens, certificates -------------------------------------------------------------------------------------------------------------------------------

FILES = ["admin.conf", "super-admin.conf", "kubelet.conf", "bootstrap-kubelet.conf", "controller-manager.conf", "scheduler.conf"]


def reset(options, _):
    if not base.is_root():
        err("[preflight] Some fatal errors occurred:\n\t[ERROR IsPrivilegedUser]: user is not running as root")
        fail("error execution phase preflight: preflight checks failed")
    if not options.has("force"):
        sys.stdout.write("[reset] Are you sure you want to proceed? [y/N]: ")
        sys.stdout.flush()
        base.klog("W", "preflight.go:55", "[reset] WARNING: Changes made to this host by 'kubeadm init' or 'kubeadm join' will be reverted.")
        if sys.stdin.readline().strip().lower() != "y":
            fail("error execution phase preflight: won't proceed; the user didn't answer (Y|y) in order to continue")
    access = cluster.Access(KUBERNETES + "/admin.conf")
    refusal = access.refusal() if access.there else "no"
    if access.there:
        out('[reset] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n'
            "[reset] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.")
        if refusal:
            base.klog("W", "reset.go:141", "[reset] Unable to fetch the kubeadm-config ConfigMap from cluster: failed to get config map: Get "
                      f'"https://{access.server}/api/v1/namespaces/kube-system/configmaps/kubeadm-config?timeout=10s": dial tcp {access.server}: connect: connection refused')
    out("[preflight] Running pre-flight checks")
    if refusal:
        base.klog("W", "removeetcdmember.go:105", "[reset] No kubeadm config, using etcd pod spec to get data directory")
    elif os.path.exists(f"{MANIFESTS}/etcd.yaml"):
        with cluster.change(access.name) as made:
            made["etcd"] = {name: one for name, one in made["etcd"].items() if one["address"] != CONFIG["address"]}
        out(f"[reset] Deleted contents of the etcd data directory: {ETCD}")
    clean(access)
    return 0


def clean(access):
    if os.path.exists(f"{MANIFESTS}/etcd.yaml"):
        empty(ETCD)
    fault = runtime.cri_fault()
    out(f'[reset] Stopping the kubelet service\n[reset] Unmounting mounted directories in "{KUBELET}"')
    sys.stdout.flush()
    with base.state() as state:
        state.setdefault("units", {})["kubelet.service"] = False
        state["broken"] = False
        for name in list(state.get("listeners", {})):
            if name not in ("containerd",):
                pid = state["listeners"].pop(name)
                if base.alive(pid):
                    os.kill(pid, 9)
                    system.wait_gone(pid)
    if fault:
        base.klog("W", "cleanupnode.go:105", f"[reset] Failed to remove containers: failed to create new CRI runtime service: {fault}")
    out(f"[reset] Deleting contents of directories: [{MANIFESTS} {KUBELET} {pki.PKI}]")
    for folder in (MANIFESTS, KUBELET, pki.PKI):
        empty(folder)
    out("[reset] Deleting files: [" + " ".join(f"{KUBERNETES}/{name}" for name in FILES) + "]")
    for name in FILES:
        if os.path.exists(f"{KUBERNETES}/{name}"):
            os.remove(f"{KUBERNETES}/{name}")
    out("\nThe reset process does not perform cleanup of CNI plugin configuration,\nnetwork filtering rules and kubeconfig files.\n\n"
        "For information on how to perform this cleanup manually, please see:\n    https://k8s.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/\n")


def empty(folder):
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = f"{folder}/{name}"
        shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)


def token(options, words):
    verb = (words or ["list"])[0]
    if verb == "generate":
        out(new_token())
        return 0
    path = options.get("kubeconfig") or KUBERNETES + "/admin.conf"
    if not os.path.exists(path) or not os.access(path, os.R_OK, effective_ids=True):
        fail("failed to load admin kubeconfig: open " + ("~/.kube/config: no such file or directory" if not os.path.exists(path) else f"{path}: permission denied"))
    access = need_api("", path)
    made = cluster.load(access.name)
    if verb == "create":
        made_token = words[1] if len(words) > 1 else new_token()
        if not TOKEN.match(made_token):
            fail(f'the bootstrap token "{made_token}" was not of the form "\\A([a-z0-9]{{6}})\\.([a-z0-9]{{16}})\\z"')
        add_token(access.name, made_token, options.get("ttl", "24h0m0s"), options.get("description"))
        if not options.has("print-join-command"):
            out(made_token)
            return 0
        line = f"kubeadm join {made['server']} --token {made_token} --discovery-token-ca-cert-hash sha256:{access.name} "
        out(line + (f"--control-plane --certificate-key {options.get('certificate-key')}" if options.get("certificate-key") else ""))
    elif verb == "list":
        list_tokens(made["tokens"], options)
    elif verb == "delete":
        for name in words[1:]:
            with cluster.change(access.name) as changed:
                found = [one for one in changed["tokens"] if one.split(".")[0] == name.split(".")[0]]
                if not found:
                    fail(f'failed to delete bootstrap token "{name}": secrets "bootstrap-token-{name[:6]}" not found')
                del changed["tokens"][found[0]]
            out(f'bootstrap token "{name.split(".")[0]}" deleted')
    return 0


def list_tokens(tokens, options):
    groups = "system:bootstrappers:kubeadm:default-node-token"
    alive = {name: one for name, one in tokens.items() if not one["until"] or one["until"] > base.now()}
    if options.get("output") == "json":
        for name, one in alive.items():
            until = {"expires": base.stamp(one["until"] - base.now())} if one["until"] else {}
            out(json.dumps({"kind": "BootstrapToken", "apiVersion": "output.kubeadm.k8s.io/v1alpha3", "token": name, **({"description": one["description"]} if one["description"] else {}), **until, "usages": ["authentication", "signing"], "groups": [groups]}, indent=4))
        return
    if alive:
        out("TOKEN                     TTL         EXPIRES                USAGES                   DESCRIPTION                                                EXTRA GROUPS")
    for name, one in alive.items():
        left = int(one["until"] - base.now())
        ttl, until = (f"{left // 3600}h" if left >= 3600 else f"{left // 60}m", base.stamp(left)) if one["until"] else ("<forever>", "<never>")
        out(f"{name}   {ttl:<9}   {until:<20}   authentication,signing   {one['description'] or '<none>':<56}   {groups}")


def certs(options, words):
    verb = (words or [""])[0]
    if verb == "certificate-key":
        out(os.urandom(32).hex())
    elif verb == "check-expiration":
        if not os.path.exists(f"{pki.PKI}/apiserver.crt"):
            fail(f"failed to load existing certificate apiserver: open {pki.PKI}/apiserver.crt: no such file or directory")
        check_expiration(options)
    elif verb == "renew":
        out("[renew] Reading configuration from the cluster...\n\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can "
            "use the new certificates.")
    return 0


def check_expiration(options):
    year, ten = base.now() + 364 * 86400, base.now() + 3649 * 86400
    rows = [("admin.conf", "ca"), ("apiserver", "ca"), ("apiserver-etcd-client", "etcd-ca"), ("apiserver-kubelet-client", "ca"), ("controller-manager.conf", "ca"),
            ("etcd-healthcheck-client", "etcd-ca"), ("etcd-peer", "etcd-ca"), ("etcd-server", "etcd-ca"), ("front-proxy-client", "front-proxy-ca"), ("scheduler.conf", "ca"),
            ("super-admin.conf", "ca")]
    if options.get("output") == "json":
        def one(name, until, authority):
            return {"name": name, "expirationDate": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until)), "residualTime": until - base.now(), "externallyManaged": False, "caName": authority,
                    "missing": False}
        out(json.dumps({"kind": "CertificateExpirationInfo", "apiVersion": "output.kubeadm.k8s.io/v1alpha3", "certificates": [one(name, year, ca) for name, ca in rows],
                        "certificateAuthorities": [one(name, ten, "") for name in ("ca", "etcd-ca", "front-proxy-ca")]}, indent=4))
        return
    shown = [time.strftime("%b %d, %Y %H:%M UTC", time.gmtime(moment)) for moment in (year, ten)]
    out('[check-expiration] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n'
        "[check-expiration] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.\n\n"
        "CERTIFICATE                EXPIRES                  RESIDUAL TIME   CERTIFICATE AUTHORITY   EXTERNALLY MANAGED")
    for name, authority in rows:
        out(f"{name:<27}{shown[0]:<25}{'364d':<16}{authority:<24}no      ")
    out("\nCERTIFICATE AUTHORITY   EXPIRES                  RESIDUAL TIME   EXTERNALLY MANAGED")
    for name in ("ca", "etcd-ca", "front-proxy-ca"):
        out(f"{name:<24}{shown[1]:<25}{'9y':<16}no      ")


def config(options, words):
    if words[:2] == ["images", "list"]:
        found = images(context_of(options))
        out(json.dumps({"kind": "Images", "apiVersion": "output.kubeadm.k8s.io/v1alpha3", "images": found}, indent=4) if options.get("output") == "json" else "\n".join(found))
    elif words[:2] == ["images", "pull"]:
        fault = runtime.cri_fault()
        if fault:
            fail(f"failed to create new CRI runtime service: {fault}")
        for image in images(context_of(options)):
            fault = runtime.pull_fault(image)
            if fault:
                fail(f'failed to pull image "{image}": failed to pull image {image}: {fault}')
            out(f"[config/images] Pulled {image}")
            sys.stdout.flush()
    elif words[:2] in (["print", "init-defaults"], ["print", "join-defaults"]):
        base.recorded(f"config-print-{words[1]}")
    elif words[:1] == ["validate"]:
        documents(options)
        out("ok")
    elif words[:1] == ["migrate"]:
        out(read(options.get("old-config")))
    return 0


def version(options, _):
    number = runtime.kube_version()
    major, minor, _ = number[1:].split(".")
    if options.get("output") == "short":
        out(number)
    elif options.get("output") == "json":
        out(json.dumps({"clientVersion": {"major": major, "minor": minor, "gitVersion": number, "gitCommit": "98b35193b2ac7a23a673325f5e9b830ecd5ba406", "gitTreeState": "clean",
                                          "buildDate": "2026-08-21T00:00:00Z", "goVersion": "go1.26.10", "compiler": "gc", "platform": "linux/amd64"}}, indent=2))
    else:
        out(f'kubeadm version: &version.Info{{Major:"{major}", Minor:"{minor}", EmulationMajor:"", EmulationMinor:"", MinCompatibilityMajor:"", MinCompatibilityMinor:"", GitVersion:"{number}", '
            'GitCommit:"98b35193b2ac7a23a673325f5e9b830ecd5ba406", GitTreeState:"clean", BuildDate:"2026-08-21T00:00:00Z", GoVersion:"go1.26.10", Compiler:"gc", Platform:"linux/amd64"}')
    return 0


VERBS = {"init": init, "join": join, "reset": reset, "token": token, "certs": certs, "config": config, "version": version}


def kubeadm(_, arguments):
    options = options_of(arguments)
    verb, *words = options.words or ["help"]
    if options.has("help") and verb in ("init", "join", "reset"):
        out("The \"" + verb + "\" command executes the following phases:\n```\n" + "\n".join(INIT) + "\n```")
        return 0
    if verb not in VERBS:
        invalid(f'unknown command "{verb}" for "kubeadm"')
    return VERBS[verb](options, words)


def leave_half():
    """What an init leaves whose control plane never came up."""
    context = context_of(base.Options([]))
    with open("/dev/null", "w") as nowhere:
        sys.stdout, before = nowhere, sys.stdout
        for phase in (init_certs, init_kubeconfig, init_etcd, init_control_plane):
            phase(context, "all")
        kubelet_files(context, True)
        sys.stdout = before
    kubelet_pair()
    write(f"{ETCD}/member/snap/db", "", 0o600)
    with base.state() as state:
        state["broken"] = True
        if systemd.unit_file("kubelet.service"):
            state["units"]["kubelet.service"] = True
    system.refresh()


TOOLS = {"kubeadm": kubeadm}
