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

export async function parts({ send, widget, buy, label, cpcid, clusterid }) {
  const at = (name) => `/dev/cpcc/${name}`;
  const list = (query, expected) => send(widget, "getCpcwidget", "GET", at("cpcwidget/get_cpcwidget.dspy"), { query, ...expected });
  const rows = (await list({ cpcid }, { ok: true })).data.rows;
  await list({ cpcid: "nowhere" }, { ok: false });
  const add = (query, expected) => send(widget, "addCpcwidget", "POST", at("cpcwidget/add_cpcwidget.dspy"), { query: { cpcid, clusterid, ...query }, ...expected });
  const part = { type: "gpu", resource_unit: "卡", unit_price: "2.5", model: "代理-8G", stock: "4", charge_unit: "小时", account_unit: "元", add_opt: "no" };
  const added = (await add(part, { ok: true })).data;
  await add(part, { ok: false });
  await add({ ...part, add_opt: "yes" }, { ok: true });
  await add({ ...part, model: "乙", resource_unit: "Gi" }, { ok: false });
  await add({ ...part, unit_price: "-1" }, { ok: false, invalid: true });
  const update = (query, expected) => send(widget, "updateCpcwidget", "POST", at("cpcwidget/update_cpcwidget.dspy"), { query: { cpcid, ...query }, ...expected });
  await update({ id: added.id, type: "gpu", model: "代理-8G", unit_price: "2.75" }, { ok: true });
  await update({ type: "gpu", model: "nothing", unit_price: "1" }, { ok: false });
  const price = (resources, query, expected) =>
    send(widget, "accrualPrice", "GET", at("cpcwidget/accrual_price.dspy"), { query: { cpcid, resources: JSON.stringify(resources), duration: "2", duration_unit: "天", ...query }, ...expected });
  const wanted = [{ type: "gpu", model: "代理-8G", amount: 2 }];
  const quote = (await price(wanted, { clusterid }, { ok: true })).data;
  if (quote.total_price !== 264) throw new Error(`2 cards for 48 hours at 2.75: ${quote.total_price}`);
  await price([...wanted, { type: "gpu", model: "nothing", amount: 1 }], {}, { ok: false });
  await price([{ type: "gpu", model: "代理-8G", amount: 900 }], {}, { ok: false });
  await price(wanted, { duration: "0" }, { ok: false, invalid: true });
  const memory = rows.find((row) => row.type === "memory");
  await price([{ type: "memory", model: memory.model, amount: 8192 }], {}, { ok: true });
  await send(widget, "getCpcnodestock", "GET", at("cpcwidget/get_cpcnodestock.dspy"), { query: { cpcid }, ok: true });
  for (const query of [{}, { cpcid }, { cpcid, clusterid }]) await send(buy, "obtainingGpuinfo", "GET", at("cpcwidget/obtaining_gpuinfo.dspy"), { query, ok: true });
  const fit = (query, expected) => send(buy, "determineAccommodat", "GET", at("cpcbuy/determine_accommodat.dspy"), { query: { cpcid, clusterid, ...query }, ...expected });
  await fit({ resources: JSON.stringify([{ id: "a", resources: wanted }, { id: "b", resources: [{ type: "memory", model: memory.model, amount: 1024 }] }]) }, { ok: true });
  await fit({ resources: "[]]", kyylabels: "kyy-gpu=true" }, { ok: false });
  const remove = (query, expected) => send(widget, "deleteCpcwidget", "POST", at("cpcwidget/delete_cpcwidget.dspy"), { query: { cpcid, ...query }, ...expected });
  await remove({ id: added.id }, { ok: true });
  await remove({ id: added.id }, { ok: false });
  await labels({ send, label, cpcid, clusterid, worker: (await send(widget, "getCpcnodestock", "GET", at("cpcwidget/get_cpcnodestock.dspy"), { query: { cpcid }, ok: true })).data.rows.find((row) => row.clusterid === clusterid).node_name });
}

async function labels({ send, label, cpcid, clusterid, worker }) {
  const at = (verb) => `/dev/cpcc/cpclabel/${verb}_cpclabel.dspy`;
  await send(label, "getCpclabel", "GET", at("get"), { ok: true });
  const add = (query, expected) => send(label, "addCpclabel", "POST", at("add"), { query, ...expected });
  const wanted = { name: "代理标签", labeltype: "1", label_key: "proxy", label_value: "yes" };
  const { data } = await add(wanted, { ok: true });
  await add(wanted, { ok: false });
  await add({ ...wanted, label_key: "no blanks" }, { ok: false });
  await add({ ...wanted, labeltype: "7" }, { ok: false, invalid: true });
  await send(label, "getCpclabel", "GET", at("get"), { query: { orgid: data.orgid }, ok: true });
  const setup = (query, expected) => send(label, "setupCpclabel", "POST", at("setup"), { query: { cpcid, clusterid, worker_node: worker, label: "proxy=yes", ...query }, ...expected });
  await setup({ opt: "label" }, { ok: true });
  await setup({ opt: "unlabel" }, { ok: true });
  await setup({ opt: "label", worker_node: "nobody" }, { ok: false });
  await send(label, "deleteCpclabel", "POST", at("delete"), { query: { id: data.id }, ok: true });
  await send(label, "deleteCpclabel", "POST", at("delete"), { query: { id: data.id }, ok: false });
}

const pod = {
  source_name: "代理 proxy", source_podengine: "StatefulSet", instance_type: "LinuxOS", pod_imagepath: "docker.io/library/ubuntu:22.04", source_replicasetnum: "1",
  source_cpurate: "1000m", source_memrate: "512Mi", source_gpu: "0", disk_sys_limit: "10Gi", source_storagelimits: "20Gi", source_mountpath: "/mnt/data",
  source_authuser: "root", source_authpasswd: "p&ss word", source_portmode: "NodePort", source_apiport: "6035", source_insideport: "3306",
  source_outsideport: "32063", source_restartpolicy: "Always", source_selflabel: "app:proxy", source_nodeselector: "kyy-gpu=true",
};

export async function pods({ send, podyaml, cpcid, clusterid }) {
  const at = (verb) => `/dev/cpcc/cpcpodyaml/${verb}_cpcpodyaml.dspy`;
  const make = (query, expected) => send(podyaml, "newCpcpodyaml", "POST", at("new"), { query: { clusterid, ...pod, ...query }, ...expected });
  const check = (query, expected) => send(podyaml, "checkCpcpodyaml", "GET", at("check"), { query: { clusterid, ...pod, ...query }, ...expected });
  if (!(await check({}, { ok: true })).data.fits) throw new Error("a small pod does not fit");
  if ((await check({ source_cpurate: "100000" }, { ok: true })).data.fits) throw new Error("100,000 cores fit");
  const made = (await make({}, { ok: true })).data;
  await make({}, { ok: false });
  await make({ source_outsideport: "32064", source_mountpath: "../etc" }, { ok: false });
  await make({ source_outsideport: "70000" }, { ok: false, invalid: true });
  await check({ id: made.id, source_authpasswd: "******" }, { ok: true });
  await send(podyaml, "getCpcpodyaml", "GET", at("get"), { query: { cpcid, clusterid }, ok: true });
  const { source_gpu, disk_sys_limit, ...rest } = pod;
  const update = (query, expected) => send(podyaml, "updateCpcpodyaml", "POST", at("update"), { query: { cpcid, clusterid, id: made.id, ...rest, source_authpasswd: "******", ...query }, ...expected });
  await update({ source_replicasetnum: "2" }, { ok: true });
  await update({ source_replicasetnum: "1000" }, { ok: false });
  await update({ id: "nobody" }, { ok: false });
  await send(podyaml, "deleteCpcpodyaml", "POST", at("delete"), { query: { id: made.id }, ok: true });
  await send(podyaml, "deleteCpcpodyaml", "POST", at("delete"), { query: { id: made.id }, ok: false });
}

export async function suppliers({ send, provider, k8s, cpcid, clusterid, other }) {
  const list = (query) => send(provider, "getCpccProvider", "GET", "/provider/get_cpcc_provider.dspy", { query, ok: true });
  const [center] = (await list({ cpccid: cpcid })).data;
  await list({});
  const turn = (query, expected) => send(provider, "cpccProviderAdd", "GET", "/provider/cpccProviderAdd.dspy", { query, ...expected });
  await turn({ name: "代理供应商", orgcode: other }, { ok: true });
  await turn({ name: "代理供应商", orgcode: other }, { ok: false });
  const widgets = (query, expected) => send(provider, "getProviderCpccWidget", "GET", "/provider/get_cpcc_widget.dspy", { query, ...expected });
  const parts = (await widgets({ cpcid }, { ok: true })).data.rows;
  await widgets({ cpcid, type: "gpu" }, { ok: true });
  const memory = parts.find((part) => part.type === "memory");
  const add = (query, expected) => send(provider, "cpccProductAdd", "GET", "/provider/cpcc_product_add.dspy", { query: { reseller_orgid: center.orgid, providerid: center.providerid, clusterid, ...query }, ...expected });
  await add({ product_type: "combination", spec_note: JSON.stringify([{ type: "memory", model: memory.model, amount: 4096 }]) }, { ok: true });
  await add({ product_type: "combination", spec_note: JSON.stringify([{ type: "memory", model: "nothing", amount: 1 }]) }, { ok: false });
  await add({ product_type: "customize" }, { ok: false });
  await add({ product_type: "other" }, { ok: false, invalid: true });
  for (const resource_type of ["all", "gpu", "cpu"]) await send(provider, "cpccKehuKanChanpin", "GET", "/provider/cpcc_kehu_kan_chanpin.dspy", { query: { domain_url: "https://console.example.com", duration: "2", duration_unit: "周", clusterid, resource_type }, ok: true });
  const make = (query, expected) => send(provider, "createCpccInstance", "GET", "/provider/create_cpcc_instance.dspy", { query: { clusterid, duration: "1", duration_unit: "月", ...pod, ...query }, ...expected });
  const instance = (await make({ providerid: center.providerid }, { ok: true })).data;
  await make({ providerid: "nobody", source_outsideport: "32070" }, { ok: false });
  await send(k8s, "getAvailableResources", "GET", "/k8cloud/get_available_resources.dspy", { ok: true });
  const user = (query, expected) => send(k8s, "userCreatePod", "GET", "/k8cloud/user_create_pod.dspy", { query: { storage: "10", cpu: "1", memory: "1", image: "docker.io/library/ubuntu:22.04", ...query }, ...expected });
  const mine = (await user({}, { ok: true })).data;
  await user({ cpu: "9999" }, { ok: false });
  await send(k8s, "userGetInstance", "GET", "/k8cloud/user_get_instance.dspy", { ok: true });
  await send(k8s, "userGetInstance", "GET", "/k8cloud/user_get_instance.dspy", { query: { customer_goods_id: mine.id, orgid: mine.orgid }, ok: true });
  const remove = (query, expected) => send(k8s, "cloudInstanceDelete", "GET", "/k8cloud/cloud_instance_delete.dspy", { query, ...expected });
  await remove({ id: mine.id, podname: mine.podname, pvcname: mine.pvcname }, { ok: true });
  await remove({ id: instance.id }, { ok: true });
  await remove({ id: instance.id }, { ok: false });
}
