// The operations of pcapi, sent through its proxy to a host with a real sshd and the scripted kubectl (tests/support/kubectl/sshhost.sh, wants root).
// `send` is that of proxy_test.mjs.

const kubeconfig = `{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: {token: proxy-secret}}],
 contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}`;

const instance = {
  namespace_name: "shop", podcd_name: "db-statefulset", service_name: "db-service", source_name: "代理 proxy", source_podengine: "StatefulSet", instance_type: "LinuxOS",
  pod_imagepath: "docker.io/library/ubuntu:22.04", source_replicasetnum: "1", source_cpurate: "1000m", source_memrate: "512Mi", source_storagelimits: "20Gi",
  source_mountpath: "/mnt/data", source_authuser: "root", source_authpasswd: "p&ss word", source_portmode: "NodePort", source_apiport: "6035",
  source_insideport: "3306", source_outsideport: "32063", source_restartpolicy: "Always", source_selflabel: "app:proxy",
};

export async function pcapi({ send: plain, base, port, password, user }) {
  const headers = { authorization: `Basic ${Buffer.from(user).toString("base64")}` };
  const send = (operation, method, name, query, expected) =>
    plain(base, operation, method, `/pcapi/api/v1/cluster/common/${name}`, { query, headers, ...expected });
  const host = { host: "127.0.0.1", port: String(port), user: "root", psssword: password };
  const nodes = (query, expected) => send("pcapiGetClusterNodes", "GET", "get_cluster_nodes", { ...host, ...query }, expected);
  const listed = (await nodes({}, { ok: true })).data;
  if (listed.total !== 4) throw new Error(`4 nodes: ${JSON.stringify(listed)}`);
  await nodes({ psssword: "wrong" }, { ok: false });
  await nodes({ port: "1" }, { ok: false });
  await nodes({ port: "true" }, { ok: false, invalid: true });
  await nodes({}, { http: 401, ok: false, headers: { authorization: "Basic bm9ib2R5Om5vdGhpbmc=" } });
  const pods = (query, expected) => send("pcapiGetClusterPods", "GET", "get_cluster_pods", { ...host, ...query }, expected);
  await pods({}, { ok: true });
  await pods({ psssword: "wrong" }, { ok: false });
  const label = (query, expected) => send("pcapiNodeLabelOpt", "POST", "node_label_opt", { ...host, worker_node: "worker-1", label: "proxy=yes", ...query }, expected);
  await label({ opt: "label" }, { ok: true });
  await label({ opt: "unlabel" }, { ok: true });
  await label({ opt: "unlabel" }, { ok: false });
  await label({ opt: "label", worker_node: "$(id)" }, { ok: false, invalid: true });
  const turn = (query, expected) => send("pcapiNodeStateSwitch", "POST", "node_state_switch", { ...host, ...query }, expected);
  await turn({ worker_node: "worker-1", state: "cordon" }, { ok: true });
  await turn({ worker_node: "worker-1", state: "uncordon", darin: "false" }, { ok: true });
  await turn({ worker_node: "nobody", state: "cordon" }, { ok: false });
  await turn({ state: "away" }, { ok: false, invalid: true });
  const drop = (query, expected) => send("pcapiDeleteClusterNode", "POST", "delete_cluster_node", { ...host, ...query }, expected);
  await drop({ node_name: "worker-2" }, { ok: false });
  await drop({ node_name: "worker-2", force: "true" }, { ok: true });
  await drop({}, { ok: false, invalid: true });
  const apply = (query, expected) => send("pcapiYamlApplyDelete", "POST", "yaml_apply_delete", query, expected);
  await apply({ ...host, ...instance, action: "apply" }, { ok: true });
  await apply({ ...host, ...instance, action: "delete" }, { ok: true });
  await apply({ ...instance, kubeconfig }, { ok: true });
  await apply(instance, { ok: false });
  await apply({ ...host, action: "destroy" }, { ok: false, invalid: true });
  const fit = (query, expected) => send("pcapiDetermineAccommodat", "GET", "determine_accommodat", query, expected);
  const wanted = [{ id: "small", resources: [{ type: "cpu", model: "any", amount: 1 }] }, { id: "large", resources: [{ type: "cpu", model: "any", amount: 100000 }] }];
  const ids = await fit({ kubeconfig, resources: JSON.stringify(wanted) });
  if (JSON.stringify(ids) !== '["large"]') throw new Error(`fits nowhere: ${JSON.stringify(ids)}`);
  await fit({ kubeconfig, resources: "[]]" }, { http: 400, ok: false });
  await fit({ resources: "[]" }, { http: 400, ok: false, invalid: true });
  const install = { ...host, psssword: "wrong" }; // nothing is installed here: whole installations are in tst_pcapiinstall
  await send("pcapiNewCluster", "POST", "new_cluster", { ...install, role: "master" }, { ok: false });
  await send("pcapiNewCluster", "POST", "new_cluster", { ...install, role: "queen" }, { ok: false, invalid: true });
  const command = `kubeadm join 192.0.2.4:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:${"0".repeat(64)}`;
  const join = (query, expected) => send("pcapiNewWorker", "POST", "new_worker", { ...install, role: "worker", ...query }, expected);
  await join({ join_command: command }, { ok: false });
  await join({ join_command: `${command}; id` }, { ok: false });
  await join({}, { ok: false, invalid: true });
}
