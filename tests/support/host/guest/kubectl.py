"""kubectl of an InstallHost, over the state of its cluster."""
import json
import os
import re
import sys
import time

import yaml

import base
import cluster
import kubeobjects
from base import die, err, out
from place import read, write

KINDS = {"node": "Node", "no": "Node", "pod": "Pod", "po": "Pod", "namespace": "Namespace", "ns": "Namespace", "service": "Service", "svc": "Service", "deployment": "Deployment",
         "deploy": "Deployment", "daemonset": "DaemonSet", "ds": "DaemonSet", "statefulset": "StatefulSet", "sts": "StatefulSet", "job": "Job", "configmap": "ConfigMap", "cm": "ConfigMap",
         "secret": "Secret", "serviceaccount": "ServiceAccount", "sa": "ServiceAccount", "clusterrole": "ClusterRole", "clusterrolebinding": "ClusterRoleBinding", "storageclass": "StorageClass",
         "sc": "StorageClass", "customresourcedefinition": "CustomResourceDefinition", "crd": "CustomResourceDefinition", "persistentvolumeclaim": "PersistentVolumeClaim",
         "pvc": "PersistentVolumeClaim", "persistentvolume": "PersistentVolume", "pv": "PersistentVolume", "event": "Event", "ev": "Event", "csr": "CertificateSigningRequest",
         "certificatesigningrequest": "CertificateSigningRequest", "role": "Role", "rolebinding": "RoleBinding", "runtimeclass": "RuntimeClass", "apiservice": "APIService", "lease": "Lease",
         "componentstatus": "ComponentStatus", "endpoint": "Endpoints", "ingress": "Ingress", "poddisruptionbudget": "PodDisruptionBudget", "pdb": "PodDisruptionBudget"}
GROUPS = {"DaemonSet": "apps", "Deployment": "apps", "StatefulSet": "apps", "ReplicaSet": "apps", "Job": "batch", "CronJob": "batch", "ClusterRole": "rbac.authorization.k8s.io",
          "ClusterRoleBinding": "rbac.authorization.k8s.io", "Role": "rbac.authorization.k8s.io", "RoleBinding": "rbac.authorization.k8s.io", "StorageClass": "storage.k8s.io",
          "CustomResourceDefinition": "apiextensions.k8s.io", "PodDisruptionBudget": "policy", "RuntimeClass": "node.k8s.io", "APIService": "apiregistration.k8s.io", "Ingress": "networking.k8s.io"}
GLOBAL = {"Node", "Namespace", "ClusterRole", "ClusterRoleBinding", "StorageClass", "CustomResourceDefinition", "PersistentVolume", "CertificateSigningRequest", "RuntimeClass", "APIService",
          "ComponentStatus", "PriorityClass", "IngressClass"}
NETWORKS = ("flannel", "calico", "cilium", "weave", "canal", "kube-router", "antrea", "kube-ovn")
FLAGS = ("all-namespaces", "all", "force", "ignore-daemonsets", "delete-emptydir-data", "overwrite", "no-headers", "now", "watch", "server-side", "ignore-not-found", "client", "raw-output", "short",
         "show-labels", "force-conflicts", "disable-eviction", "minify", "flatten", "stdin", "tty", "previous", "recursive", "list", "quiet", "rm", "insecure-skip-tls-verify", "local", "previous")
SHORT = {"o": "output", "n": "namespace", "A": "all-namespaces", "f": "filename", "l": "selector", "R": "recursive", "w": "watch", "i": "stdin", "t": "tty", "c": "container", "k": "kustomize",
         "s": "server", "p": "patch"}


def kubectl(_, arguments):
    raw = next((word.partition("=")[2] or arguments[index + 1] for index, word in enumerate(arguments) if word == "--raw" and index + 1 < len(arguments) or word.startswith("--raw=")), None)
    flags = FLAGS if raw is not None else FLAGS + ("raw",)
    options = base.Options(arguments, flags, SHORT)
    verb, *words = options.words or ["help"]
    if verb == "version" and options.has("client"):
        return version(None, words, options)
    if verb == "config":
        sys.stdout.write(read(path_of(options)))
        return 0
    path = path_of(options)
    if not os.path.exists(path):
        if options.get("kubeconfig") or os.environ.get("KUBECONFIG"):
            die(f"error: stat {path}: no such file or directory" if options.get("kubeconfig") else "The connection to the server localhost:8080 was refused - did you specify the right host or port?")
        for _ in range(5):
            base.klog("E", "memcache.go:265", '"Unhandled Error" err="couldn\'t get current server API group list: Get \\"http://localhost:8080/api?timeout=32s\\": dial tcp 127.0.0.1:8080: connect: '
                      'connection refused"')
        die("The connection to the server localhost:8080 was refused - did you specify the right host or port?")
    if not os.access(path, os.R_OK, effective_ids=True):
        die(f'error: error loading config file "{path}": open {path}: permission denied')
    access = cluster.Access(path)
    refusal = access.refusal()
    if verb == "version" and refusal:
        version(None, words, options)
    if refusal:
        if "refused" in refusal:
            for _ in range(5):
                base.klog("E", "memcache.go:265", f'"Unhandled Error" err="couldn\'t get current server API group list: Get \\"https://{access.server}/api?timeout=32s\\": dial tcp {access.server}: '
                          'connect: connection refused"')
        die(refusal)
    if raw is not None:
        return get_raw(access, raw)
    handler = VERBS.get(verb)
    if not handler:
        base.trouble("kubectl " + " ".join(arguments))
        die(f'error: unknown command "{verb}" for "kubectl"')
    return handler(access, words, options)


def path_of(options):
    return options.get("kubeconfig") or os.environ.get("KUBECONFIG") or os.path.join(os.environ.get("HOME", "/root"), ".kube/config")


def kind_of(word):
    plain = word.split(".")[0].lower()
    for name in (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain[:-3] + "y" if plain.endswith("ies") else plain):
        if name in KINDS:
            return KINDS[name]
    die(f'error: the server doesn\'t have a resource type "{word}"')


def plural(kind):
    name = kind.lower()
    name += "" if name == "endpoints" else "es" if name.endswith(("ss", "status")) else "s"
    return f"{name}.{GROUPS[kind]}" if kind in GROUPS else name


def wanted(access, words, options):
    """[(kind, objects)] that the words name, [names not found]."""
    made, space = cluster.load(access.name), options.get("namespace", "default")
    found, missing = [], []
    if not words:
        die("error: You must specify the type of resource to get.")
    pairs = [word.split("/", 1) for word in words if "/" in word] if "/" in words[0] else [[kind, name] for kind in words[0].split(",") for name in words[1:] or [None]]
    for kind_word, name in pairs:
        kind = kind_of(kind_word)
        objects = [one for one in kubeobjects.all_objects(made, kind) if kind in GLOBAL or options.has("all-namespaces") or one["metadata"].get("namespace", "default") == space]
        objects = [one for one in objects if selected(one, options)]
        if name:
            objects = [one for one in objects if one["metadata"]["name"] == name]
            if not objects:
                missing.append((kind, name))
        found.append((kind, objects))
    return found, missing


def selected(one, options):
    labels = one["metadata"].get("labels") or {}
    for rule in [rule for rule in options.get("selector").split(",") if rule]:
        name, operator, value = re.match(r"([^=!]+)(=|==|!=)?(.*)$", rule).groups()
        if rule.startswith("!"):
            if rule[1:] in labels:
                return False
        elif operator == "!=":
            if labels.get(name) == value.lstrip("="):
                return False
        elif name not in labels or operator and labels[name] != value.lstrip("="):
            return False
    for rule in [rule for rule in options.get("field-selector").split(",") if rule]:
        name, _, value = rule.partition("=")
        current = one
        for part in name.split("."):
            current = (current or {}).get(part) if isinstance(current, dict) else None
        if name.endswith("!") or str(current) != value.lstrip("="):
            return False
    return True


def not_found(missing):
    for kind, name in missing:
        err(f'Error from server (NotFound): {plural(kind)} "{name}" not found')
    return 1 if missing else 0


def of_files(access, options):
    """The same as wanted(), for the objects of files."""
    made, found, missing = cluster.load(access.name), [], []
    for one in parsed(options):
        kind, space = one["kind"], (one["metadata"].get("namespace") or options.get("namespace", "default"))
        same = [other for other in kubeobjects.all_objects(made, kind) if other["metadata"]["name"] == one["metadata"]["name"]
                and (kind in GLOBAL or other["metadata"].get("namespace", "default") == space)]
        found.append((kind, same))
        missing += [] if same else [(kind, one["metadata"]["name"])]
    return found, missing


def get(access, words, options):
    found, missing = of_files(access, options) if options.all("filename") else wanted(access, words, options)
    if options.has("ignore-not-found"):
        missing = []
    objects = [one for _, some in found for one in some]
    output = options.get("output")
    single = len(words) == 2 or len(words) == 1 and "/" in words[0]
    if output in ("json", "yaml"):
        if single and objects:
            out(json.dumps(objects[0], indent=4))
        elif not single:
            out(json.dumps({"apiVersion": "v1", "items": objects, "kind": "List", "metadata": {"resourceVersion": ""}}, indent=4))
    elif output == "name":
        for one in objects:
            group = GROUPS.get(one["kind"])
            out(f"{one['kind'].lower()}{'.' + group if group else ''}/{one['metadata']['name']}")
    elif output.startswith(("jsonpath", "custom-columns")):
        shape = output.partition("=")[2].strip("'")
        root = objects[0] if single and objects else {"items": objects}
        if output.startswith("jsonpath"):
            sys.stdout.write(json_path(root, shape))
        else:
            columns = [column.split(":", 1) for column in shape.split(",")]
            if not options.has("no-headers"):
                out("   ".join(name for name, _ in columns))
            for one in objects:
                out("   ".join(json_path(one, "{" + path + "}") or "<none>" for _, path in columns))
    elif objects:
        table(found, options)
    elif not missing and not options.has("ignore-not-found"):
        err("No resources found" + ("" if options.has("all-namespaces") else f" in {options.get('namespace', 'default')} namespace."))
    return not_found(missing)


def table(found, options):
    for kind, objects in found:
        rows = []
        for one in objects:
            name = [one["metadata"].get("namespace", "")] if options.has("all-namespaces") and kind not in GLOBAL else []
            rows.append(name + [one["metadata"]["name"]] + row_of(kind, one))
        head = (["NAMESPACE"] if options.has("all-namespaces") and kind not in GLOBAL else []) + ["NAME"] + HEADS.get(kind, []) + ["AGE"]
        rows = ([] if options.has("no-headers") else [head]) + [row + ["1m"] for row in rows]
        widths = [max(len(row[index]) for row in rows) + 3 for index in range(len(rows[0]))] if rows else []
        for row in rows:
            out("".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


HEADS = {"Node": ["STATUS", "ROLES", "VERSION"], "Pod": ["READY", "STATUS", "RESTARTS", "NODE"], "DaemonSet": ["DESIRED", "READY"], "Deployment": ["READY"], "Namespace": ["STATUS"]}


def row_of(kind, one):
    status = one.get("status", {})
    if kind == "Node":
        ready = "Ready" if status["conditions"][-1]["status"] == "True" else "NotReady"
        roles = ",".join(sorted(name.split("/")[1] for name in one["metadata"]["labels"] if name.startswith("node-role.kubernetes.io/"))) or "<none>"
        return [ready + (",SchedulingDisabled" if one["spec"].get("unschedulable") else ""), roles, status["nodeInfo"]["kubeletVersion"]]
    if kind == "Pod":
        ready = sum(part["ready"] for part in status.get("containerStatuses", []))
        return [f"{ready}/{len(one['spec']['containers'])}", "Completed" if status["phase"] == "Succeeded" else status["phase"], "0", one["spec"].get("nodeName", "<none>")]
    if kind == "DaemonSet":
        return [str(status.get("desiredNumberScheduled", 0)), str(status.get("numberReady", 0))]
    if kind == "Deployment":
        return [f"{status.get('readyReplicas', 0)}/{status.get('replicas', 0)}"]
    return ["Active"] if kind == "Namespace" else []


# A small JSONPath --------------------------------------------------------------------------------------------------------------------------------------------

def json_path(root, shape):
    result, at = "", 0
    while at < len(shape):
        if shape[at] != "{":
            result += shape[at]
            at += 1
            continue
        end = shape.index("}", at)
        inside = shape[at + 1:end].strip()
        at = end + 1
        if inside.startswith('"'):
            result += inside.strip('"').encode().decode("unicode_escape")
        elif inside.startswith("range"):
            close = shape.index("{end}", at)
            result += "".join(json_path(one, shape[at:close]) for one in values(root, inside[5:].strip()))
            at = close + 5
        else:
            result += " ".join(one if isinstance(one, str) else json.dumps(one) for one in values(root, inside))
    return result


def values(root, path):
    current = [root]
    for part in re.findall(r"\[\?\([^)]*\)\]|\[[^\]]*\]|(?:\\.|[^.\[\]])+", path.removeprefix("@").removeprefix("$")):
        following = []
        for one in current:
            if part.startswith("[?("):
                name, _, value = re.match(r"\[\?\(@\.(.+?)\s*(==)\s*[\"']?([^\"']*)[\"']?\s*\)\]", part).groups()
                following += [item for item in one if str(values(item, name)[0] if values(item, name) else "") == value]
            elif part == "[*]" or part == "*":
                following += one.values() if isinstance(one, dict) else one or []
            elif re.match(r"\[-?\d+\]$", part):
                following += [one[int(part[1:-1])]] if one and abs(int(part[1:-1])) <= len(one) - (int(part[1:-1]) >= 0) else []
            else:
                name = part.strip("[]'\"").replace("\\.", ".")
                following += [one[name]] if isinstance(one, dict) and name in one else []
        current = following
    return current


# What changes ------------------------------------------------------------------------------------------------------------------------------------------------

def parsed(options):
    text = ""
    for name in options.all("filename"):
        if name == "-":
            text += sys.stdin.read()
        elif re.match(r"https?://", name):
            import packages
            body = packages.fetched(name)
            if body is None:
                host = re.sub(r"^\w+://", "", name).split("/")[0]
                die(f'error: error reading [{name}]: Get "{name}": dial tcp: lookup {host} on 10.255.255.53:53: no such host')
            text += body.decode() + "\n---\n"
        elif os.path.isdir(name):
            text += "\n---\n".join(read(f"{name}/{one}") for one in sorted(os.listdir(name)) if one.endswith((".yaml", ".yml", ".json")))
        elif os.path.exists(name):
            text += read(name) + "\n---\n"
        else:
            die(f'error: the path "{name}" does not exist')
    try:
        found = [one for one in yaml.safe_load_all(text) if one]
    except yaml.YAMLError as error:
        die(f"error: error parsing {options.get('filename')}: error converting YAML to JSON: yaml: {str(error).splitlines()[0]}")
    items = []
    for one in found:
        items += one["items"] if one.get("kind") == "List" or one.get("kind", "").endswith("List") and "items" in one else [one]
    for one in items:
        if not one.get("kind") or not (one.get("metadata") or {}).get("name"):
            die("error: error validating data: kind or metadata.name not set")
    return items


def full_name(one):
    kind = one["kind"]
    group = one.get("apiVersion", "v1").rpartition("/")[0]
    return f"{kind.lower()}{'.' + group if group else ''}/{one['metadata']['name']}"


def key_of(one):
    return f"{one['kind']}/{'' if one['kind'] in GLOBAL else one['metadata'].get('namespace', 'default')}/{one['metadata']['name']}"


def apply(access, _, options, creating=False):
    code = 0
    items = parsed(options)
    for one in items:
        if re.match(r"v\d+$", one.get("apiVersion", "")) and one["apiVersion"] != "v1":
            die(f'error: resource mapping not found for name: "{one["metadata"]["name"]}" namespace: "" from "STDIN": no matches for kind "{one["kind"]}" in version "{one["apiVersion"]}"\n'
                "ensure CRDs are installed first")
        if one["kind"] not in GLOBAL:
            one["metadata"].setdefault("namespace", options.get("namespace", "default"))
    dry = options.get("dry-run", "none")
    with cluster.change(access.name) as made:
        for one in items:
            key = key_of(one)
            space = one["metadata"].get("namespace", "default")
            if space not in ("default", "kube-system", "kube-public", "kube-node-lease") and f"Namespace//{space}" not in made["objects"] and one["kind"] not in GLOBAL and dry == "none":
                err(f'Error from server (NotFound): error when creating "STDIN": namespaces "{space}" not found')
                code = 1
                continue
            old = made["objects"].get(key)
            if creating and old:
                err(f'Error from server (AlreadyExists): error when creating "STDIN": {plural(one["kind"])} "{one["metadata"]["name"]}" already exists')
                code = 1
                continue
            same = old and {**old, "metadata": {**old["metadata"], "creationTimestamp": None}} == {**one, "metadata": {**one["metadata"], "creationTimestamp": None}}
            out(f"{full_name(one)} {'created' if not old else 'unchanged' if same else 'configured'}{f' ({dry} dry run)' if dry not in ('none', '') else ''}")
            if dry in ("none", ""):
                one["metadata"]["creationTimestamp"] = old["metadata"]["creationTimestamp"] if old else base.stamp()
                made["objects"][key] = json.loads(json.dumps(one, default=str))
                if one["kind"] == "DaemonSet" and network_of(one):
                    made["network"] = network_of(one)
    return code


def network_of(one):
    text = one["metadata"]["name"].lower()
    return next((name for name in NETWORKS if name in text), "")


def delete(access, words, options):
    if options.all("filename"):
        items = parsed(options)
        for one in items:
            if one["kind"] not in GLOBAL:
                one["metadata"].setdefault("namespace", options.get("namespace", "default"))
    else:
        found, missing = wanted(access, words, options)
        if missing and not options.has("ignore-not-found"):
            return not_found(missing)
        if len(words) < 2 and "/" not in words[0] and not options.has("all") and not options.get("selector"):
            die("error: resource(s) were provided, but no name was specified")
        items = [one for _, some in found for one in some]
    code = 0
    with cluster.change(access.name) as made:
        for one in items:
            kind, name, key = one["kind"], one["metadata"]["name"], key_of(one)
            if kind == "Node":
                made["nodes"].pop(name, None)
            elif kind == "Pod" and key not in made["objects"]:
                pass  # its controller makes another at once
            elif key in made["objects"]:
                del made["objects"][key]
                if kind == "Namespace":
                    for other in [other for other in made["objects"] if other.split("/")[1] == name]:
                        forget_network(made, made["objects"].pop(other))
                forget_network(made, one)
            elif not options.has("ignore-not-found"):
                err(f'Error from server (NotFound): error when deleting "{options.get("filename", "STDIN")}": {plural(kind)} "{name}" not found')
                code = 1
                continue
            else:
                continue
            space = one["metadata"].get("namespace")
            shown = f'{kind.lower()}{"." + GROUPS[kind] if kind in GROUPS else ""} "{name}" deleted'
            out(shown + (f" from {space} namespace" if kind not in GLOBAL and space else ""))
    return code


def forget_network(made, one):
    if one["kind"] == "DaemonSet" and network_of(one) == made["network"] and network_of(one):
        made["network"] = ""


def node_names(access, words, options):
    made = cluster.load(access.name)
    names = [word.removeprefix("node/").removeprefix("nodes/") for word in words]
    if options.get("selector"):
        names += [one["metadata"]["name"] for one in kubeobjects.nodes(made) if selected(one, options)]
    for name in names:
        if name not in made["nodes"]:
            die(f'Error from server (NotFound): nodes "{name}" not found')
    return names


def cordon(access, words, options, on=True):
    word = "cordoned" if on else "uncordoned"
    for name in node_names(access, words, options):
        with cluster.change(access.name) as made:
            out(f"node/{name} {'already ' if made['nodes'][name]['cordoned'] == on else ''}{word}")
            made["nodes"][name]["cordoned"] = on
    return 0


def drain(access, words, options):
    for name in node_names(access, words, options):
        cordon(access, [name], base.Options([]))
        mine = [pod for pod in kubeobjects.pods(cluster.load(access.name)) if pod["spec"].get("nodeName") == name]
        daemons, loose, moved = [], [], []
        for pod in mine:
            owners = [owner["kind"] for owner in pod["metadata"].get("ownerReferences", [])]
            label = f"{pod['metadata']['namespace']}/{pod['metadata']['name']}"
            (daemons if owners == ["DaemonSet"] else [] if owners == ["Node"] else loose if not owners else moved).append(label)
        problems = []
        if loose and not options.has("force"):
            problems.append(f"cannot delete Pods that declare no controller (use --force to override): {', '.join(loose)}")
        if daemons and not options.has("ignore-daemonsets"):
            problems.append(f"cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): {', '.join(daemons)}")
        if problems:
            text = "[" + ", ".join(problems) + "]" if len(problems) > 1 else problems[0]
            die(f'error: unable to drain node "{name}" due to error: {text}, continuing command...\nThere are pending nodes to be drained:\n {name}\n' + "\n".join(problems))
        warnings = ([f"ignoring DaemonSet-managed Pods: {', '.join(daemons)}"] if daemons else []) + ([f"deleting Pods that declare no controller: {', '.join(loose)}"] if loose else [])
        if warnings:
            err("Warning: " + "; ".join(warnings))
        for label in moved + loose:
            out(f"evicting pod {label}")
        with cluster.change(access.name) as made:
            for label in moved + loose:
                made.setdefault("placed", {}).pop(label, None)
                made["objects"].pop("Pod/" + label, None)
        for label in moved + loose:
            out(f"pod/{label.split('/')[1]} evicted")
        out(f"node/{name} drained")
    return 0


def label(access, words, options, field="labels", verb="labeled"):
    kind = kind_of(words[0].split("/")[0])
    rest = words[1:] if "/" not in words[0] else [words[0].split("/")[1]] + words[1:]
    changes = [word for word in rest if "=" in word or word.endswith("-")]
    names = [word for word in rest if word not in changes]
    if kind != "Node":
        out(f"{kind.lower()}/{names[0]} {verb}")
        return 0
    names = node_names(access, names, options) if not options.has("all") else list(cluster.load(access.name)["nodes"])
    for name in names:
        with cluster.change(access.name) as made:
            current = made["nodes"][name].setdefault(field, {})
            for change in changes:
                key, _, value = change.partition("=")
                if change.endswith("-") and "=" not in change:
                    current.pop(key[:-1], None)
                elif key in current and current[key] != value and not options.has("overwrite"):
                    die(f"error: '{key}' already has a value ({current[key]}), and --overwrite is false")
                else:
                    current[key] = value
        out(f"node/{name} {verb if not all(change.endswith('-') for change in changes) else 'un' + verb}")
    return 0


def taint(access, words, options):
    changes = [word for word in words[1:] if ":" in word or word.endswith("-")]
    for name in node_names(access, [word for word in words[1:] if word not in changes], options):
        with cluster.change(access.name) as made:
            taints = made["nodes"][name]["taints"]
            for change in changes:
                text, _, effect = change.rstrip("-").partition(":")
                key, _, value = text.partition("=")
                same = [one for one in taints if one["key"] == key and (not effect or one["effect"] == effect)]
                if change.endswith("-"):
                    if not same:
                        die(f'error: taint "{change[:-1]}" not found')
                    taints[:] = [one for one in taints if one not in same]
                elif same and not options.has("overwrite"):
                    die(f"error: node {name} already has {key} taint(s) with same effect(s) and --overwrite is false")
                else:
                    taints[:] = [one for one in taints if one not in same] + [{"key": key, "effect": effect, **({"value": value} if value else {})}]
        out(f"node/{name} {'untainted' if all(change.endswith('-') for change in changes) else 'tainted'}")
    return 0


# What waits and asks -----------------------------------------------------------------------------------------------------------------------------------------

def condition_met(one, rule):
    kind, _, text = rule.partition("=")
    if kind == "condition":
        name, _, value = text.partition("=")
        return any(condition["type"].lower() == name.lower() and condition["status"].lower() == (value or "true").lower() for condition in one.get("status", {}).get("conditions", []))
    if kind == "jsonpath":
        path, _, value = text.strip("'").rpartition("=") if re.search(r"}=", text) else (text, "", "")
        found = json_path(one, path)
        return found == value if value else bool(found)
    return False


def wait(access, words, options):
    seconds = base.normal_duration(options.get("timeout", "30s"))
    deadline = time.monotonic() + seconds
    rule, done = options.get("for"), set()
    while True:
        found, missing = wanted(access, words, options)
        objects = [one for _, some in found for one in some]
        if rule == "delete":
            if not objects:
                return 0
        elif missing:
            return not_found(missing)
        elif not objects:
            die("error: no matching resources found")
        pending = []
        for one in objects:
            name = full_name(one)
            if name not in done and condition_met(one, rule):
                out(f"{name} condition met")
                done.add(name)
            elif name not in done:
                pending.append(name)
        if not pending and rule != "delete":
            return 0
        if time.monotonic() >= deadline:
            sys.stdout.flush()
            die("\n".join(f"error: timed out waiting for the condition on {name.replace('pod/', 'pods/').replace('node/', 'nodes/')}" for name in pending))
        time.sleep(0.05)


def rollout(access, words, options):
    if words[0] == "restart":
        out(f"{words[1]} restarted")
        return 0
    deadline = time.monotonic() + (base.normal_duration(options.get("timeout", "")) or 600)
    names = words[1:] if "/" in words[1] else ["/".join(words[1:3])]
    while True:
        found, missing = wanted(access, names, options)
        if missing:
            return not_found(missing)
        one = found[0][1][0]
        status, kind = one.get("status", {}), one["kind"]
        ready, total = (status.get("numberReady", 0), status.get("desiredNumberScheduled", 0)) if kind == "DaemonSet" else (status.get("readyReplicas", 0), status.get("replicas", 0))
        word = "daemon set" if kind == "DaemonSet" else kind.lower()
        if ready >= total:
            out(f'{word} "{one["metadata"]["name"]}" successfully rolled out')
            return 0
        if time.monotonic() > deadline:
            die("error: timed out waiting for the condition")
        time.sleep(0.05)


def execute(access, words, options):
    space, target = options.get("namespace", "default"), words[0] if words else ""
    command = options.rest or words[1:]
    made = cluster.load(access.name)
    pods = [pod for pod in kubeobjects.pods(made) if pod["metadata"]["namespace"] == space]
    name = target.removeprefix("pod/")
    if "/" not in target.removeprefix("pod/") and name not in [pod["metadata"]["name"] for pod in pods]:
        die(f'Error from server (NotFound): pods "{name}" not found')
    if "etcdctl" in " ".join(command):
        return etcdctl(access, made, command)
    if command and command[0].rsplit("/", 1)[-1] == "nslookup":
        out(f"Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\t{command[-1]}\nAddress: 10.96.0.1")
    elif command and command[0] == "ping":
        out("1 packets transmitted, 1 packets received, 0% packet loss")
    elif command and command[0] in ("nvidia-smi",):
        out("GPU 0: NVIDIA A100 80GB PCIe (UUID: GPU-0)")
    return 0


def etcdctl(access, made, command):
    text = " ".join(command)
    members = sorted(made["etcd"].items())
    js = "json" in text
    if "member list" in text:
        if js:
            out(json.dumps({"header": {"cluster_id": 1, "member_id": 1, "raft_term": 2}, "members": [
                {"ID": int(one["id"], 16), "name": name, "peerURLs": [f"https://{one['address']}:2380"], "clientURLs": [f"https://{one['address']}:2379"]} for name, one in members]}))
        elif "table" in text:
            out("+------------------+---------+------+\n|        ID        | STATUS  | NAME |\n+------------------+---------+------+")
            for name, one in members:
                out(f"| {one['id']} | started | {name} |")
        else:
            for name, one in members:
                out(f"{one['id']}, started, {name}, https://{one['address']}:2380, https://{one['address']}:2379, false")
    elif "member remove" in text:
        wanted_id = re.search(r"member remove (\w+)", text)[1]
        for name, one in members:
            if int(one["id"], 16) == int(wanted_id, 16):  # leading zeros are left out where it is written as a number
                with cluster.change(access.name) as changed:
                    del changed["etcd"][name]
                out(f"Member {wanted_id} removed from cluster        1")
                return 0
        die("Error: etcdserver: member not found")
    elif "endpoint health" in text or "endpoint status" in text:
        rows, code = [], 0
        for _, one in members:
            up = base.reachable(one["address"], 2379)
            rows.append({"endpoint": f"https://{one['address']}:2379", "health": up, "took": "9.1ms"})
            code = code if up else 1
        if js:
            out(json.dumps(rows if "health" in text else [{"Endpoint": row["endpoint"], "Status": {"header": {}, "version": "3.6.8", "dbSize": 20480, "leader": 1}} for row in rows]))
        for row in [] if js else rows:
            out(f"{row['endpoint']} is healthy: successfully committed proposal: took = 9.1ms" if row["health"] else f"{row['endpoint']} is unhealthy: failed to commit proposal: context deadline exceeded")
        return code
    elif "version" in text:
        base.recorded("etcdctl-version")
    elif "snapshot" in text:
        out("Snapshot saved")
    return 0


def get_raw(access, path):
    if path.startswith(("/readyz", "/livez", "/healthz")):
        sys.stdout.write("ok" if "verbose" not in path else "[+]ping ok\n[+]log ok\n[+]etcd ok\nreadyz check passed\n")
    elif path == "/version":
        out(json.dumps({"major": "1", "minor": cluster.load(access.name)["version"].split(".")[1], "gitVersion": cluster.load(access.name)["version"]}))
    else:
        out(json.dumps({"kind": "APIVersions", "versions": ["v1"]}))
    return 0


def version(access, _, options):
    from runtime import kube_version
    number = kube_version()

    def info(text):
        return {"major": "1", "minor": text.split(".")[1], "gitVersion": text, "gitCommit": "98b35193b2ac7a23a673325f5e9b830ecd5ba406", "gitTreeState": "clean",
                "buildDate": "2026-08-21T00:00:00Z", "goVersion": "go1.26.10", "compiler": "gc", "platform": "linux/amd64"}
    server = cluster.load(access.name)["version"] if access else ""
    if options.get("output") == "json":
        out(json.dumps({"clientVersion": info(number), "kustomizeVersion": "v5.8.1", **({"serverVersion": info(server)} if server else {})}, indent=2))
    else:
        out(f"Client Version: {number}\nKustomize Version: v5.8.1" + (f"\nServer Version: {server}" if server else ""))
    return 0


def cluster_info(access, *_):
    out(f"Kubernetes control plane is running at https://{access.server}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")
    return 0


def logs(access, words, options):
    made = cluster.load(access.name)
    name = words[0].removeprefix("pod/").removeprefix("job/").removeprefix("job.batch/")
    if not any(pod["metadata"]["name"].startswith(name) for pod in kubeobjects.pods(made)):
        die(f'error: error from server (NotFound): pods "{name}" not found in namespace "{options.get("namespace", "default")}"')
    out("Test PASSED\nDone")
    return 0


def describe(access, words, options):
    found, missing = wanted(access, words, options)
    for _, objects in found:
        for one in objects:
            out(f"Name:         {one['metadata']['name']}\nLabels:       {one['metadata'].get('labels')}\nStatus:       {json.dumps(one.get('status', {}))}")
    return not_found(missing)


def run(access, words, options):
    image = options.get("image")
    with cluster.change(access.name) as made:
        space = options.get("namespace", "default")
        one = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": words[0], "namespace": space, "labels": {"run": words[0]}, "creationTimestamp": base.stamp()},
               "spec": {"containers": [{"name": words[0], "image": image}], "restartPolicy": options.get("restart", "Always")}}
        if not options.has("rm"):
            made["objects"][key_of(one)] = one
    if options.has("stdin") or options.has("rm"):
        out(f"Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\nName:      kubernetes.default\nAddress 1: 10.96.0.1\npod \"{words[0]}\" deleted")
    else:
        out(f"pod/{words[0]} created")
    return 0


def create(access, words, options):
    if options.all("filename"):
        return apply(access, words, options, True)
    kind = kind_of(words[0])
    name = words[-1]
    one = {"apiVersion": "v1", "kind": kind, "metadata": {"name": name, "creationTimestamp": base.stamp()}}
    if kind not in GLOBAL:
        one["metadata"]["namespace"] = options.get("namespace", "default")
    with cluster.change(access.name) as made:
        if key_of(one) in made["objects"]:
            die(f'Error from server (AlreadyExists): {plural(kind)} "{name}" already exists')
        made["objects"][key_of(one)] = one
    out(f"{kind.lower()}/{name} created")
    return 0


def top(*_):
    die("error: Metrics API not available")


VERBS = {"get": get, "apply": apply, "create": create, "delete": delete, "cordon": cordon, "uncordon": lambda access, words, options: cordon(access, words, options, False), "drain": drain,
         "label": label, "annotate": lambda access, words, options: label(access, words, options, "annotations", "annotated"), "taint": taint, "wait": wait, "rollout": rollout, "exec": execute,
         "version": version, "cluster-info": cluster_info, "logs": logs, "describe": describe, "run": run, "top": top, "auth": lambda *_: out("yes"), "patch": lambda access, words, options: out(
             f"{words[0]}{'/' + words[1] if len(words) > 1 else ''} patched"), "api-resources": lambda *_: out("NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND"),
         "api-versions": lambda *_: out("apps/v1\nbatch/v1\nv1"), "scale": lambda access, words, options: out(f"{words[0]} scaled")}


# The kubelet -------------------------------------------------------------------------------------------------------------------------------------------------

CNI_FILES = {"flannel": "10-flannel.conflist", "calico": "10-calico.conflist"}


def kubelet_round():
    """What a running kubelet does now and then: says that its node is there, and takes the network that the cluster has."""
    access = cluster.own()
    if not access or not access.name or access.refusal():
        return
    name = base.host_name()
    if not base.peek().get("registered"):
        with cluster.change(access.name) as made:
            cluster.register_node(made, name)
        with base.state() as state:
            state["registered"] = True
    made = cluster.load(access.name)
    if made.get("network") and name in made["nodes"]:
        path = f"/etc/cni/net.d/{CNI_FILES.get(made['network'], '10-' + made['network'] + '.conflist')}"
        if not os.path.exists(path):
            write(path, json.dumps({"name": "cbr0", "cniVersion": "0.3.1", "plugins": [{"type": made["network"]}, {"type": "portmap"}]}, indent=2) + "\n")


def snapshot():
    access = cluster.own()
    if not access or not access.name:
        return "none"
    made = cluster.load(access.name)
    if not made:
        return "unknown"
    rows = [f"{made['name']} {made['version']} {made['endpoint']} {made['pods']} {made['services']} network={made.get('network')} coredns={made.get('coredns')} proxy={made.get('proxy')} "
            f"config={made.get('config')}"]
    for name, node in sorted(made["nodes"].items()):
        rows.append(f"  node {name} {node['address']} {node['kubelet']} control={node.get('control', False)} cordoned={node['cordoned']} labels={json.dumps(node['labels'], sort_keys=True)} "
                    f"taints={json.dumps(node['taints'], sort_keys=True)}")
    rows += [f"  etcd {name} {one['address']}" for name, one in sorted(made["etcd"].items())]
    rows += [f"  {key}" for key in sorted(made["objects"])]
    rows += sorted("  token " + re.sub(r"\b[0-9a-f]{12}\b", "<id>", one["description"] or "") for one in made.get("tokens", {}).values())
    return "\n".join(rows)


TOOLS = {"kubectl": kubectl}
