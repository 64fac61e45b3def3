// The operations of clusters, their workers and pods, sent through the proxies. `send` is that of proxy_test.mjs.

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: lab
  cluster: {server: "https://127.0.0.1:6443"}
users:
- name: admin
  user: {token: proxy-secret}
contexts:
- name: lab
  context: {cluster: lab, user: admin}
current-context: lab
`;

const dates = { enable_date: "2026-01-01", export_date: "2028-01-01" };

export async function clusters({ send, cluster, worker, cpcid, idle }) {
  const at = (name) => `/dev/cpcc/${name}`;
  const list = (query, expected) => send(cluster, "getCpccluster", "GET", at("cpccluster/get_cpccluster.dspy"), { query, ...expected });
  const jobs = (query, expected) => send(cluster, "getCpcjob", "GET", at("cpcjob/get_cpcjob.dspy"), { query, ...expected });
  const ended = async (id) => {
    for (let turn = 0; turn < 200; turn += 1) {
      const [job] = (await jobs({ cpcid, id }, { ok: true })).data.rows;
      if (job.state === "done") return;
      if (job.state === "failed") throw new Error(`job ${job.kind}: ${job.message}`);
      await pause(100);
    }
    throw new Error(`job ${id} did not end`);
  };
  const [first] = (await list({ cpcid }, { ok: true })).data.rows;
  await list({ cpcid: "nowhere" }, { ok: false });
  await list({}, { ok: false, invalid: true });
  await list({ cpcid }, { http: 401, ok: false, headers: { authorization: "Bearer wrong" } });
  const update = (query, expected) => send(cluster, "updateCpccluster", "POST", at("cpccluster/update_cpccluster.dspy"), { query, ...expected });
  await update({ cpcid, id: first.id, name: "改名集群", enable_date: "2026-01-01", export_date: "2029-01-01" }, { ok: true });
  await update({ cpcid, id: first.id, controllerid: "another" }, { ok: false });
  await update({ cpcid, id: first.id, cluster_type: "7" }, { ok: false, invalid: true });
  const make = (query, expected) => send(cluster, "newCluster", "POST", at("cpccluster/new_cluster.dspy"), { query, ...expected });
  const asked = { cpcid, ctl_nodeid: idle[0], cluster_type: "0", cluster_name: "代理集群", ...dates };
  const started = (await make(asked, { ok: true })).data;
  await make(asked, { ok: false });
  await make({ cpcid }, { ok: false, invalid: true });
  await ended(started.jobid);
  const clusterid = started.clusterid;
  const join = (query, expected) => send(worker, "newCpcworker", "POST", at("cpcworker/new_cpcworker.dspy"), { query, ...expected });
  for (const node of idle.slice(1, 3)) await ended((await join({ cpcid, clusterid, worker_nodeid: node }, { ok: true })).data.jobid);
  await join({ cpcid, clusterid, worker_nodeid: idle[1] }, { ok: false });
  const members = (query, expected) => send(cluster, "getCpcworker", "GET", at("cpcworker/get_cpcworker.dspy"), { query, ...expected });
  const workers = (await members({ cpcid, clusterid }, { ok: true })).data.rows.filter((row) => row.node_role === "工作节点");
  await members({ cpcid, clusterid: "nowhere" }, { ok: false });
  await send(cluster, "getCpcpod", "GET", at("cpcpod/get_cpcpod.dspy"), { query: { cpcid, clusterid: first.id }, ok: true });
  const turn = (query, expected) => send(cluster, "switchCpcworker", "POST", at("cpcworker/switch_cpcworker.dspy"), { query: { cpcid, clusterid, ...query }, ...expected });
  await turn({ worker_node: workers[0].node_name, state: "cordon" }, { ok: true });
  await turn({ worker_node: workers[0].node_name, state: "cordon", darin: "true" }, { ok: true });
  await turn({ worker_node: workers[0].node_name, state: "uncordon" }, { ok: true });
  await turn({ worker_node: "nobody", state: "cordon" }, { ok: false });
  await turn({ worker_node: workers[0].node_name, state: "away" }, { ok: false, invalid: true });
  const remove = (operation, path, name) => send(worker, operation, "POST", path, { query: { cpcid, clusterid, worker_node: name, force: "false" }, ok: true });
  await ended((await remove("removeCpcworker", at("cpcworker/delete_cpcworker.dspy"), workers[0].node_name)).data.jobid);
  await ended((await remove("removeCpcworkerAtRoot", "/", workers[1].node_name)).data.jobid);
  const drop = (id, expected) => send(cluster, "cpclusterDelete", "POST", "/computing/cpcluster_delete.dspy", { query: { id }, ...expected });
  await ended((await drop(clusterid, { ok: true })).data.jobid);
  await drop(clusterid, { ok: false });
  await imported({ send, cluster, cpcid, drop, ended, members });
  return first.id;
}

async function imported({ send, cluster, cpcid, drop, ended, members }) {
  const take = (body, expected) => send(cluster, "importCluster", "POST", "/dev/cpcc/cpccluster/import_cluster.dspy", { query: { cpcid, cluster_name: "导入集群", ...dates }, body, ...expected });
  await take({ kubeconfig: "no yaml: [" }, { ok: false });
  const { data } = await take({ kubeconfig }, { ok: true });
  await members({ cpcid, clusterid: data.id }, { ok: true });
  await send(cluster, "getCpcpod", "GET", "/dev/cpcc/cpcpod/get_cpcpod.dspy", { query: { cpcid, clusterid: data.id }, ok: true });
  await ended((await drop(data.id, { ok: true })).data.jobid);
}
