// Runs the service and one `prism proxy` a contract document on loopback, sends the same requests through them, and fails on every violation
// Prism reports in the sl-violations header (its exit code and its answers do not tell).
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { clusters, parts, pods, suppliers } from "./cloud_traffic.mjs";
import { pcapi } from "./pcapi_traffic.mjs";

const [prism, service, api, traffic] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "kboss-proxy-"));
const children = [];
const faults = [];
const reached = new Set();
let requests = 0;

function start(program, args, ready) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    let seen = "";
    const watch = (chunk) => {
      seen += chunk;
      const found = seen.match(ready);
      if (found) resolve(found);
    };
    child.stdout.on("data", watch);
    child.stderr.on("data", watch);
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${seen}`)));
    setTimeout(() => reject(new Error(`${program} was not ready within 60 s:\n${seen}`)), 60_000).unref();
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function proxy(document, upstream) {
  const port = await freePort();
  await start(prism, ["proxy", join(api, document), upstream, "--host", "127.0.0.1", "--port", String(port)], /listening on/i);
  return `http://127.0.0.1:${port}`;
}

// `expected`: {http, ok, invalid}. ok is the envelope's status; invalid means the request itself breaks the contract, and Prism must say so too.
async function send(base, operation, method, path, { query = {}, body, headers = {}, http = 200, ok, invalid = false } = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  const answer = await fetch(url, {
    method,
    headers: { authorization: "Bearer proxy-token", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  requests += 1;
  reached.add(operation);
  const what = `${operation} ${method} ${url.pathname}${url.search}`;
  const violations = JSON.parse(answer.headers.get("sl-violations") ?? "[]");
  const unexpected = violations.filter((violation) => !(invalid && violation.location[0] === "request"));
  if (unexpected.length > 0) faults.push(`${what}: ${JSON.stringify(unexpected)}`);
  if (invalid && violations.length === 0) faults.push(`${what}: Prism takes a request that the service refuses`);
  if (answer.status !== http) faults.push(`${what}: HTTP ${answer.status}, expected ${http}: ${text.slice(0, 300)}`);
  const json = JSON.parse(text);
  if (ok !== undefined && json.status !== ok) faults.push(`${what}: status ${json.status}, expected ${ok}: ${json.msg}`);
  return json;
}

async function billing(base) {
  const path = "/v1/billingaccounts/console";
  const list = (query, expected = {}) => send(base, "listBillingAccounts", "GET", path, { query, ...expected });
  const page = await list({ page_size: "200", order_by: "update_time desc" });
  await list({ page_size: "1000", order_by: "update_time desc", page_token: page.next_page_token });
  await list({ filter: 'state = BA_ACTIVE AND balance < "1000 CNY"', order_by: "balance desc, name" });
  await list({ filter: "threshold_balance3:*", page_size: "5" });
  for (const state of ["BA_FROZEN", "BA_DISABLED", "BA_UNSPECIFIED"]) await list({ filter: `state = ${state}` });
  await list({ filter: "balance <" }, { http: 400 });
  await list({ filter: "colour = red" }, { http: 400 });
  await list({ order_by: "colour" }, { http: 400 });
  await list({ page_token: "forged" }, { http: 400 });
  await list({ page_size: "0" }, { http: 400, invalid: true });
  await list({}, { http: 401, headers: { authorization: "Bearer wrong" } });
  const patch = (id, body, expected = {}) => send(base, "updateBillingAccount", "PATCH", `/v1/billingaccounts/${id}`, { body, ...expected });
  const active = (await list({ filter: "state = BA_ACTIVE AND arrears = 0 AND currency_code = CNY", page_size: "1" })).billing_accounts[0];
  const change = ({ id, display_name, credit_line, threshold_balance }) => ({ id, display_name, credit_line, threshold_balance });
  await patch(active.id, { ...change(active), display_name: "改名", threshold_balance2: null, threshold_balance3: null, disable_threshold: true });
  await patch(active.id, { ...change(active), credit_line: { currency_code: "CNY", units: 70000, nanos: 500000000 } });
  await patch(active.id, { ...change(active), credit_line: { currency_code: "USD", units: "1", nanos: 0 } }, { http: 400 });
  await patch(active.id, { ...change(active), id: "another" }, { http: 400 });
  await patch("nobody", { ...change(active), id: "nobody" }, { http: 404 });
  const disabled = (await list({ filter: "state = BA_DISABLED", page_size: "1" })).billing_accounts[0];
  await patch(disabled.id, change(disabled), { http: 409 });
  await patch(active.id, { ...change(active), display_name: undefined }, { http: 400, invalid: true });
  await patch(active.id, { ...change(active), state: "BA_FROZEN" }, { http: 400, invalid: true });
}

const newCenter = {
  name: "代理测试中心", pcapi_url: "https://pcapi.example.com", api_user: "ops", api_pwd: "p&ss+word", contactname: "李想", contactphone: "13800000000",
};

async function centers(base) {
  const path = (verb) => `/dev/cpcc/cpclist/${verb}_cpclist.dspy`;
  const list = (query, expected) => send(base, "getCpclist", "GET", path("get"), { query, ...expected });
  const rows = (await list({}, { ok: true })).data.rows;
  await list({ page: "2", rows: "7", sort: "name desc" }, { ok: true });
  await list({ orgid: rows[0].orgid }, { ok: true });
  await list({ sort: "colour" }, { ok: false });
  await list({ rows: "5000" }, { ok: false, invalid: true });
  await list({}, { http: 401, ok: false, headers: { authorization: "Bearer wrong" } });
  const write = (operation, verb, query, expected) => send(base, operation, "POST", path(verb), { query, ...expected });
  const added = (await write("addCpclist", "add", { ...newCenter, enable_date: "2026-01-01", expire_date: "9999-12-31" }, { ok: true })).data;
  await write("addCpclist", "add", newCenter, { ok: false });
  await write("addCpclist", "add", { ...newCenter, name: "乙", enable_date: "2026-05-01", expire_date: "2026-04-01" }, { ok: false });
  await write("addCpclist", "add", { name: "丙" }, { ok: false, invalid: true });
  await write("updateCpclist", "update", { ...newCenter, id: added.id, api_pwd: "******", name: "改名" }, { ok: true });
  await write("updateCpclist", "update", { ...newCenter, id: "nobody" }, { ok: false });
  await write("deleteCpclist", "delete", { id: rows[0].id }, { ok: false });
  await write("deleteCpclist", "delete", { id: added.id, orgid: added.orgid }, { ok: true });
  await write("deleteCpclist", "delete", { id: added.id }, { ok: false });
  return [rows[0].id, rows.at(-1).id];
}

async function nodes(base, cpcid) {
  const path = (verb) => `/dev/cpcc/cpcnode/${verb}_cpcnode.dspy`;
  const list = (query, expected) => send(base, "getCpcnode", "GET", path("get"), { query, ...expected });
  const rows = (await list({ cpcid }, { ok: true })).data.rows;
  await list({ cpcid, page: "1", rows: "5", sort: "gpu_stock desc,ip" }, { ok: true });
  await list({ cpcid, sort: "adminpwd" }, { ok: false });
  await list({ cpcid: "nowhere" }, { ok: false });
  await list({}, { ok: false, invalid: true });
  const idle = (query, expected) => send(base, "getCpcidleDevice", "GET", "/dev/cpcc/cpcnode/get_cpcidle_device.dspy", { query, ...expected });
  const free = (await idle({ cpcid }, { ok: true })).data;
  await idle({ cpcid: "nowhere" }, { ok: false });
  const node = {
    cpcid, ip: "192.168.9.9", name: "代理测试设备", devicetype: "1", sshport: "22", adminuser: "root", adminpwd: "a#b", node_status: "0", external_ip: "未设置",
    cpu_model: "EPYC", cpu_stock: "64", memory_model: "DDR5", memory_stock: "512", sysdisk_stock: "960", datadisk_stock: "7680", gpu_model: "RTX5090-32G",
    gpu_stock: "8", role: "worker",
  };
  const write = (operation, verb, query, expected) => send(base, operation, "POST", path(verb), { query, ...expected });
  const added = (await write("addCpcnode", "add", node, { ok: true })).data;
  await write("addCpcnode", "add", node, { ok: false });
  await write("addCpcnode", "add", { ...node, sshport: "70000" }, { ok: false, invalid: true });
  await write("updateCpcnode", "update", { ...node, id: added.id, adminpwd: "******", external_ip: "203.0.113.4", export_date: "2029-01-01" }, { ok: true });
  await write("updateCpcnode", "update", { ...node, id: "nobody" }, { ok: false });
  await write("deleteCpcnode", "delete", { id: rows.find((row) => row.node_status === "1").id }, { ok: false });
  await write("deleteCpcnode", "delete", { id: added.id }, { ok: true });
  await write("deleteCpcnode", "delete", { id: added.id }, { ok: false });
  return free.map((node) => node.id);
}

async function session(base) {
  const path = "/user/loginUser.dspy";
  await send(base, "loginUser", "GET", path, { ok: false });
  await send(base, "loginUser", "GET", path, { query: { wechatCode: "0123" }, ok: false });
  await send(base, "loginUserPassword", "POST", path, { body: { user: "ops", password: "guess" }, ok: false });
  await send(base, "loginUserPassword", "POST", path, { body: { user: "ops" }, ok: false, invalid: true });
  const { data } = await send(base, "loginUserPassword", "POST", path, { body: { user: "ops", password: "proxy-password" }, ok: true });
  await send(base, "logoutUser", "POST", "/user/logoutUser.dspy", { headers: { authorization: `Bearer ${data.token}` }, ok: true });
  await send(base, "logoutUser", "POST", "/user/logoutUser.dspy", { headers: { authorization: `Bearer ${data.token}` }, http: 401, ok: false });
}

// A host for pcapi, and how the service knows its key.
async function sshHost() {
  const host = { folder: join(folder, "host"), port: await freePort(), password: "proxy-host:secret" };
  mkdirSync(host.folder);
  writeFileSync(join(host.folder, "password"), `${host.password}\n`, { mode: 0o600 });
  const child = spawn(join(dirname(fileURLToPath(import.meta.url)), "../support/kubectl/sshhost.sh"), [host.folder, String(host.port)], { stdio: ["ignore", "ignore", "inherit"] });
  children.push(child);
  const log = join(host.folder, "sshd.log");
  for (let turn = 0; turn < 300; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      if (readFileSync(log, "utf8").includes("listening on 127.0.0.1")) break;
    } catch {
      // not yet
    }
  }
  host.known = join(folder, "known_hosts");
  writeFileSync(host.known, `[127.0.0.1]:${host.port} ${readFileSync(join(host.folder, "host_key.pub"), "utf8")}`);
  return host;
}

// One address for the console's client: each request goes on to the proxy of its document, and what that proxy finds is a fault here.
function router(targets) {
  const server = createHttpServer((incoming, outgoing) => {
    const base = targets.find(([prefix]) => incoming.url.startsWith(prefix))?.[1];
    if (!base) {
      faults.push(`the console asked for ${incoming.url}, which no contract describes`);
      outgoing.writeHead(404).end();
      return;
    }
    requests += 1;
    const onward = httpRequest(new URL(incoming.url, base), { method: incoming.method, headers: { ...incoming.headers, host: new URL(base).host } }, (answer) => {
      // The first request of a session goes out without a credential, is answered 401, and is sent again after the sign-in: as the contract says.
      const violations = JSON.parse(answer.headers["sl-violations"] ?? "[]").filter((violation) => !(answer.statusCode === 401 && violation.code === 401));
      if (violations.length > 0) faults.push(`console ${incoming.method} ${incoming.url.split("?")[0]}: ${JSON.stringify(violations)}`);
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", (error) => {
      faults.push(`console ${incoming.url.split("?")[0]}: ${error.message}`);
      outgoing.destroy();
    });
    incoming.pipe(onward);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function consoleTraffic(targets) {
  const server = await router(targets);
  const child = spawn(traffic, [], { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, KBOSS_TRAFFIC_URL: `http://127.0.0.1:${server.address().port}` } });
  children.push(child);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  server.close();
  server.closeAllConnections();
  if (code !== 0) faults.push(`the console's own traffic ended with ${code}`);
}

async function run() {
  writeFileSync(join(folder, "token"), "proxy-token\n", { mode: 0o600 });
  writeFileSync(join(folder, "password"), "proxy-password\n", { mode: 0o600 });
  process.env.FAKE_KUBECTL_STATE = join(folder, "kubectl");
  mkdirSync(process.env.FAKE_KUBECTL_STATE);
  const kubectl = join(dirname(fileURLToPath(import.meta.url)), "../support/kubectl/kubectl");
  const host = await sshHost();
  const [, url] = await start(service, ["--trust-host-keys", host.known, "--listen", "127.0.0.1:0", "--database", join(folder, "service.db"), "--sample", "small", "--token-file",
    join(folder, "token"), "--user", "ops", "--password-file", join(folder, "password"), "--kubectl", kubectl, "--job-seconds", "1"], /"url":"([^"]+)"/);
  const proxies = { billing: await proxy("billing.json", url), centers: await proxy("cpc-centre.json", url), nodes: await proxy("cpc-node.json", url),
    session: await proxy("kboss-session.json", url), cluster: await proxy("cpc-cluster.json", url), worker: await proxy("cpc-worker.json", url),
    label: await proxy("cpc-label.json", url), widget: await proxy("cpc-widget.json", url), buy: await proxy("cpc-buy.json", url),
    podyaml: await proxy("cpc-podyaml.json", url), provider: await proxy("provider-cpcc.json", url), k8s: await proxy("k8s.json", url),
    pcapi: await proxy("pcapi.json", url) };
  await billing(proxies.billing);
  const [center, other] = await centers(proxies.centers);
  const idle = await nodes(proxies.nodes, center);
  const clusterid = await clusters({ send, cluster: proxies.cluster, worker: proxies.worker, cpcid: center, idle });
  await parts({ send, widget: proxies.widget, buy: proxies.buy, label: proxies.label, cpcid: center, clusterid });
  await pods({ send, podyaml: proxies.podyaml, cpcid: center, clusterid });
  await suppliers({ send, provider: proxies.provider, k8s: proxies.k8s, cpcid: center, clusterid, other });
  await pcapi({ send, base: proxies.pcapi, port: host.port, password: host.password, user: "ops:proxy-password" });
  await session(proxies.session);
  await consoleTraffic([["/v1/billingaccounts", proxies.billing], ["/dev/cpcc/cpclist/", proxies.centers], ["/dev/cpcc/cpcnode/", proxies.nodes], ["/user/", proxies.session],
    ["/dev/cpcc/cpccluster/", proxies.cluster], ["/dev/cpcc/cpcpod/", proxies.cluster], ["/dev/cpcc/cpcjob/", proxies.cluster],
    ["/dev/cpcc/cpcworker/new", proxies.worker], ["/dev/cpcc/cpcworker/delete", proxies.worker], ["/dev/cpcc/cpcworker/", proxies.cluster],
    ["/dev/cpcc/cpclabel/", proxies.label], ["/dev/cpcc/cpcwidget/obtaining", proxies.buy], ["/dev/cpcc/cpcbuy/", proxies.buy],
    ["/dev/cpcc/cpcwidget/", proxies.widget], ["/dev/cpcc/cpcpodyaml/", proxies.podyaml], ["/provider/", proxies.provider], ["/k8cloud/", proxies.k8s],
    ["/computing/", proxies.cluster], ["/?", proxies.worker]]);
}

let failed = false;
try {
  await run();
} catch (error) {
  failed = true;
  console.error(error);
}
for (const child of children) {
  child.removeAllListeners("exit");
  child.kill();
}
rmSync(folder, { recursive: true, force: true });
for (const fault of faults) console.error(fault);
console.log(`${requests} requests for ${reached.size} operations through Prism: ${faults.length} faults`);
process.exit(failed || faults.length > 0 || reached.size < 62 ? 1 : 0);
