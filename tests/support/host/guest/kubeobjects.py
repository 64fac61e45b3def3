"""The objects of a cluster as `kubectl get -o json` shows them: nodes and pods in the shape of the recorded ones, applied ones as they were applied."""
import hashlib
import json

import base
import cluster as clusters


def identity(*words):
    text = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:32]}"


def suffix(*words):
    letters = "bcdfghjklmnpqrstvwxz2456789"
    return "".join(letters[byte % len(letters)] for byte in hashlib.sha256(" ".join(words).encode()).digest()[:5])


def node_json(name, node, ready, up):
    def condition(kind, status, reason, message):
        return {"lastHeartbeatTime": base.stamp(), "lastTransitionTime": node["created"], "message": message, "reason": reason, "status": status, "type": kind}
    unknown = ("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.")
    last = ("True", "KubeletReady", "kubelet is posting ready status") if ready else unknown if not up else (
        "False", "KubeletNotReady", "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized")
    memory = str(node["memoryKi"]) + "Ki"
    amount = {"cpu": str(node["cpus"]), "ephemeral-storage": "264212084Ki", "hugepages-1Gi": "0", "hugepages-2Mi": "0", "memory": memory, "pods": "110"}
    if node["gpus"]:
        amount["nvidia.com/gpu"] = str(node["gpus"])
    taints = list(node["taints"])
    if node["cordoned"]:
        taints.append({"effect": "NoSchedule", "key": "node.kubernetes.io/unschedulable"})
    if not ready:
        taints.append({"effect": "NoSchedule", "key": "node.kubernetes.io/not-ready" if up else "node.kubernetes.io/unreachable"})
    spec = {"podCIDR": f"10.244.{node['number']}.0/24", "podCIDRs": [f"10.244.{node['number']}.0/24"]}
    spec.update({"taints": taints} if taints else {}, **({"unschedulable": True} if node["cordoned"] else {}))
    return {"apiVersion": "v1", "kind": "Node",
            "metadata": {"annotations": {"node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true"}, "creationTimestamp": node["created"],
                         "labels": {"beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
                                    **node["labels"]}, "name": name, "resourceVersion": "409", "uid": identity("node", name)},
            "spec": spec,
            "status": {"addresses": [{"address": node["address"], "type": "InternalIP"}, {"address": name, "type": "Hostname"}], "allocatable": amount, "capacity": amount,
                       "conditions": [condition(kind, *(unknown if not up else ("False", reason, message))) for kind, reason, message in (
                           ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                           ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                           ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"))] + [condition("Ready", *last)],
                       "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}}, "images": [],
                       "nodeInfo": {"architecture": "amd64", "bootID": node["bootId"], "containerRuntimeVersion": node["runtime"], "kernelVersion": node["kernel"], "kubeProxyVersion": "",
                                    "kubeletVersion": node["kubelet"], "machineID": node["machineId"], "operatingSystem": "linux", "osImage": node["os"], "systemUUID": node["uuid"]}}}


def nodes(made):
    found = []
    plugin = any("nvidia" in key.lower() for key in made["objects"] if key.startswith("DaemonSet/"))  # without it nobody tells of GPUs
    for name, node in sorted(made["nodes"].items()):
        node = {**node, "gpus": node["gpus"] if plugin else 0}
        up = base.reachable(node["address"], 10250)
        found.append(node_json(name, node, up and bool(made.get("network")), up))
    return found


def pod_json(space, name, node, address, running, owner, labels, spec, created, message=""):
    containers = spec.get("containers") or [{"name": "main", "image": "example/none:1"}]
    phase = running if isinstance(running, str) else "Running" if running else "Pending"
    ready = phase == "Running"
    statuses = [{"containerID": "containerd://" + hashlib.sha256(f"{name} {one['name']}".encode()).hexdigest(), "image": one.get("image", ""), "imageID": "", "lastState": {}, "name": one["name"],
                 "ready": ready, "restartCount": 0, "started": ready, "state": {"running": {"startedAt": created}} if ready else {
                     "terminated": {"exitCode": 0, "reason": "Completed", "startedAt": created, "finishedAt": created}} if phase == "Succeeded" else {"waiting": {"reason": "ContainerCreating"}}}
                for one in containers] if node else []
    metadata = {"creationTimestamp": created, "labels": labels, "name": name, "namespace": space, "resourceVersion": "500", "uid": identity("pod", space, name)}
    if owner:
        metadata["ownerReferences"] = [{"apiVersion": "apps/v1" if owner[0] != "Node" else "v1", "controller": True, "kind": owner[0], "name": owner[1], "uid": identity(*owner)}]
    scheduled = {"lastProbeTime": None, "lastTransitionTime": created, "status": "True" if node else "False", "type": "PodScheduled"}
    if not node:
        scheduled.update(reason="Unschedulable", message=message or "0/1 nodes are available: 1 node(s) had untolerated taint(s).")
    status = {"conditions": [{"lastProbeTime": None, "lastTransitionTime": created, "status": "True" if ready else "False", "type": kind} for kind in ("Ready", "ContainersReady", "Initialized")] +
              [scheduled], "phase": phase, "qosClass": "BestEffort", "startTime": created}
    if node:
        status.update(hostIP=address[0], containerStatuses=statuses)
        if address[1]:
            status.update(podIP=address[1], podIPs=[{"ip": address[1]}])
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {**spec, "containers": containers, **({"nodeName": node} if node else {})}, "status": status}


def pods(made):
    """Of the control planes, of kubeadm's add-ons, and of everything that was applied."""
    found, shown = [], {one["metadata"]["name"]: one for one in nodes(made)}
    ready = {name for name, one in shown.items() if one["status"]["conditions"][-1]["status"] == "True"}
    for name, node in sorted(made["nodes"].items()):
        if node.get("control"):
            for part in ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"):
                found.append(pod_json("kube-system", f"{part}-{name}", name, (node["address"], node["address"]), True, ("Node", name), {"component": part, "tier": "control-plane"},
                                      {"containers": [{"name": part, "image": f"{made['repository']}/{part}:{made['version']}"}], "hostNetwork": True}, node["created"]))
    if made.get("proxy"):
        found += daemon_pods(made, shown, "kube-system", "kube-proxy", {"k8s-app": "kube-proxy"}, {"containers": [{"name": "kube-proxy", "image": "kube-proxy"}], "hostNetwork": True,
                                                                                                  "tolerations": [{"operator": "Exists"}]}, True, ready)
    if made.get("coredns"):
        found += replica_pods(made, ready, "kube-system", "coredns-589f44dc88", 2, {"k8s-app": "kube-dns"}, {"containers": [{"name": "coredns", "image": "coredns"}],
                                                                                                         "tolerations": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]}, "ReplicaSet")
    for key, one in sorted(made["objects"].items()):
        found += applied_pods(made, shown, ready, one)
    return [pod for pod in found if f"{pod['metadata']['namespace']}/{pod['metadata']['name']}" not in made.get("evicted", [])]


def tolerates(spec, node):
    rules = spec.get("tolerations") or []
    return all(any(rule.get("operator") == "Exists" and rule.get("key") in (None, taint["key"]) or rule.get("key") == taint["key"] for rule in rules) for taint in node["taints"])


def daemon_pods(made, shown, space, name, labels, spec, host_network, ready):
    selector = spec.get("nodeSelector") or {}
    found = []
    for node_name, node in sorted(made["nodes"].items()):
        if not tolerates(spec, node) or any(shown[node_name]["metadata"]["labels"].get(key) != value for key, value in selector.items()):
            continue
        runs = base.reachable(node["address"], 10250) and (host_network or node_name in ready)
        address = (node["address"], node["address"] if host_network else f"10.244.{node['number']}.9")
        found.append(pod_json(space, f"{name}-{suffix(name, node_name)}", node_name, address, runs, ("DaemonSet", name), labels, spec, node["created"]))
    return found


def replica_pods(made, ready, space, name, count, labels, spec, kind):
    places = [one for one in sorted(ready) if not made["nodes"][one]["cordoned"] and tolerates(spec, made["nodes"][one])]
    if spec.get("nodeName"):
        places = [spec["nodeName"]] if spec["nodeName"] in ready else []
    for key, value in (spec.get("nodeSelector") or {}).items():
        places = [one for one in places if {**made["nodes"][one]["labels"], "kubernetes.io/hostname": one, "kubernetes.io/os": "linux"}.get(key) == value]
    found, pinned = [], made.get("placed", {})
    for index in range(count):
        pod = f"{name}-{index}" if kind == "StatefulSet" else f"{name}-{suffix(name, str(index))}"
        place = pinned.get(f"{space}/{pod}")
        place = place if place in places or place in made["nodes"] and place in ready else places[index % len(places)] if places else ""
        node = made["nodes"].get(place)
        address = (node["address"], f"10.244.{node['number']}.{index + 2}") if node else None
        found.append(pod_json(space, pod, place, address, bool(place), (kind, name), labels, spec, base.stamp(), "0/1 nodes are available"))
    return found


def applied_pods(made, shown, ready, one):
    kind, name, space = one["kind"], one["metadata"]["name"], one["metadata"].get("namespace", "default")
    body = one.get("spec") or {}
    template = body.get("template") or {}
    labels, spec = (template.get("metadata") or {}).get("labels") or {}, template.get("spec") or {}
    if kind == "DaemonSet":
        return daemon_pods(made, shown, space, name, labels, spec, spec.get("hostNetwork", False), ready)
    if kind in ("Deployment", "StatefulSet"):
        count = body.get("replicas", 1)
        hashed = name if kind == "StatefulSet" else f"{name}-{identity(json.dumps(template, sort_keys=True))[:8]}"
        return replica_pods(made, ready, space, hashed, count, labels, spec, "ReplicaSet" if kind == "Deployment" else kind)
    if kind == "Pod" or kind == "Job":
        labels = one["metadata"].get("labels") or labels
        spec = body if kind == "Pod" else spec
        made_pods = replica_pods(made, ready, space, name, 1, labels if kind == "Pod" else {**labels, "job-name": name}, spec, kind)
        ends = kind == "Job" or spec.get("restartPolicy") in ("Never", "OnFailure")
        for pod in made_pods:
            if kind == "Pod":
                pod["metadata"]["name"] = name
                pod["metadata"].pop("ownerReferences", None)
            if ends and pod["spec"].get("nodeName"):
                pod["status"]["phase"] = "Succeeded"
                for condition in pod["status"]["conditions"]:
                    if condition["type"] in ("Ready", "ContainersReady"):
                        condition.update(status="False", reason="PodCompleted")
                for status in pod["status"]["containerStatuses"]:
                    status.update(ready=False, started=False, state={"terminated": {"exitCode": 0, "reason": "Completed"}})
        return made_pods
    return []


def workload(one, all_pods):
    """An applied object with the status that its pods give it."""
    name, kind = one["metadata"]["name"], one["kind"]
    mine = [pod for pod in all_pods if pod["metadata"]["namespace"] == one["metadata"].get("namespace", "default")
            and any(owner["name"] == name or owner["kind"] == "ReplicaSet" and owner["name"].rpartition("-")[0] == name for owner in pod["metadata"].get("ownerReferences", []))]
    ready = sum(pod["status"]["phase"] == "Running" for pod in mine)
    status = {}
    if kind == "DaemonSet":
        status = {"currentNumberScheduled": len(mine), "desiredNumberScheduled": len(mine), "numberAvailable": ready, "numberMisscheduled": 0, "numberReady": ready,
                  "updatedNumberScheduled": len(mine), "observedGeneration": 1}
    elif kind in ("Deployment", "StatefulSet"):
        wanted = one.get("spec", {}).get("replicas", 1)
        status = {"replicas": wanted, "readyReplicas": ready, "availableReplicas": ready, "updatedReplicas": wanted, "observedGeneration": 1,
                  "conditions": [{"type": "Available", "status": "True" if ready >= wanted else "False", "reason": "MinimumReplicasAvailable"}]}
    elif kind == "Job":
        done = any(pod["status"]["phase"] == "Succeeded" for pod in mine)
        status = {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]} if done else {"active": 1}
    elif kind == "Namespace":
        status = {"phase": "Active"}
    return {**one, "status": status} if status else one


def all_objects(made, kind):
    if kind == "Node":
        return nodes(made)
    if kind == "Pod":
        return pods(made)
    found = list(made["objects"].values()) + builtin(made)
    all_pods = pods(made) if kind in ("DaemonSet", "Deployment", "StatefulSet", "Job") else []
    return [workload(one, all_pods) for one in found if one["kind"] == kind]


def builtin(made):
    def thing(api, kind, name, space=None, **more):
        metadata = {"name": name, "uid": identity(kind, name), "creationTimestamp": "2026-11-22T03:12:04Z", **({"namespace": space} if space else {})}
        return {"apiVersion": api, "kind": kind, "metadata": metadata, **more}
    found = [thing("v1", "Namespace", name, status={"phase": "Active"}) for name in ("default", "kube-node-lease", "kube-public", "kube-system")]
    found.append(thing("v1", "Service", "kubernetes", "default", spec={"clusterIP": "10.96.0.1", "ports": [{"port": 443}], "type": "ClusterIP"}))
    if made.get("config"):
        found += [thing("v1", "ConfigMap", name, "kube-system", data={"ClusterConfiguration": json.dumps({"kubernetesVersion": made["version"], "clusterName": made["name"],
                        "controlPlaneEndpoint": made["endpoint"], "networking": {"podSubnet": made["pods"], "serviceSubnet": made["services"]}})}) for name in ("kubeadm-config", "kubelet-config")]
    if made.get("info"):
        found.append(thing("v1", "ConfigMap", "cluster-info", "kube-public", data={}))
    if made.get("coredns"):
        found.append(thing("apps/v1", "Deployment", "coredns", "kube-system", spec={"replicas": 2}))
        found.append(thing("v1", "Service", "kube-dns", "kube-system", spec={"clusterIP": "10.96.0.10", "ports": [{"port": 53}], "type": "ClusterIP"}))
    if made.get("proxy"):
        found.append(thing("apps/v1", "DaemonSet", "kube-proxy", "kube-system", spec={}))
    return found


__all__ = ["all_objects", "clusters", "nodes", "pods"]
