#include "app/standalone/cloudtables.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QStringList clusterTables()
{
    return {
        u"CREATE TABLE IF NOT EXISTS cluster(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, cpcid TEXT NOT NULL REFERENCES center(id), name TEXT NOT "
        u"NULL, "
        "clustertype TEXT NOT NULL, controllerid TEXT NOT NULL, enable_date TEXT NOT NULL, export_date TEXT NOT NULL, clusterjoin TEXT NOT NULL, "
        "kubeconfig TEXT NOT NULL, ready INTEGER NOT NULL, backend TEXT NOT NULL, version TEXT NOT NULL, certificate_date TEXT NOT NULL, "
        "created_ms BIGINT NOT NULL, background_pods BIGINT NOT NULL, UNIQUE(cpcid, name))"_s,
        u"CREATE TABLE IF NOT EXISTS member(nodeid TEXT PRIMARY KEY REFERENCES node(id), clusterid TEXT NOT NULL REFERENCES cluster(id), "
        "host_name TEXT NOT NULL, control INTEGER NOT NULL, cordoned INTEGER NOT NULL, joined_ms BIGINT NOT NULL, UNIQUE(clusterid, host_name))"_s,
        u"CREATE TABLE IF NOT EXISTS member_label(nodeid TEXT NOT NULL REFERENCES member(nodeid) ON DELETE CASCADE, label_key TEXT NOT NULL, "
        "label_value TEXT NOT NULL, PRIMARY KEY(nodeid, label_key))"_s,
        u"CREATE TABLE IF NOT EXISTS job(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, kind TEXT NOT NULL, cpcid TEXT NOT NULL, clusterid TEXT NOT NULL, "
        "cluster_name TEXT NOT NULL, nodeid TEXT NOT NULL, node_name TEXT NOT NULL, state TEXT NOT NULL, step INTEGER NOT NULL, "
        "step_count INTEGER NOT NULL, step_name TEXT NOT NULL, message TEXT NOT NULL, created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL, "
        "finished_ms BIGINT NOT NULL)"_s,
        u"CREATE INDEX IF NOT EXISTS job_by_cluster ON job(clusterid, seq)"_s,
        u"CREATE TABLE IF NOT EXISTS job_cordon(jobid TEXT PRIMARY KEY REFERENCES job(id), cordoned INTEGER NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS label(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, name TEXT NOT NULL, orgid TEXT NOT NULL, labeltype TEXT NOT "
        u"NULL, "
        "label_key TEXT NOT NULL, label_value TEXT NOT NULL, updated_ms BIGINT NOT NULL, UNIQUE(orgid, labeltype, label_key, label_value))"_s,
    };
}

// Amounts in base units (stock.h). A part is one row a center; its stock one row a cluster.
QStringList partTables()
{
    return {
        u"CREATE TABLE IF NOT EXISTS part(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, cpcid TEXT NOT NULL REFERENCES center(id), type TEXT NOT NULL, "
        "model TEXT NOT NULL, unit_price TEXT NOT NULL, resource_unit TEXT NOT NULL, charge_unit TEXT NOT NULL, account_unit TEXT NOT NULL, "
        "updated_ms BIGINT NOT NULL, UNIQUE(cpcid, type, model))"_s,
        u"CREATE TABLE IF NOT EXISTS part_stock(partid TEXT NOT NULL REFERENCES part(id), clusterid TEXT NOT NULL REFERENCES cluster(id), "
        "stock BIGINT NOT NULL CHECK(stock >= 0), consumed BIGINT NOT NULL CHECK(consumed >= 0 AND consumed <= stock), PRIMARY KEY(partid, clusterid))"_s,
        u"CREATE TABLE IF NOT EXISTS node_stock(nodeid TEXT NOT NULL REFERENCES member(nodeid) ON DELETE CASCADE, partid TEXT NOT NULL REFERENCES "
        "part(id) ON DELETE CASCADE, amount BIGINT NOT NULL CHECK(amount > 0), PRIMARY KEY(nodeid, partid))"_s,
    };
}

QStringList workloadTables()
{
    return {
        u"CREATE TABLE IF NOT EXISTS podconfig(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, cpcid TEXT NOT NULL, clusterid TEXT NOT NULL REFERENCES "
        "cluster(id), orgid TEXT NOT NULL, username TEXT NOT NULL, state TEXT NOT NULL, fields TEXT NOT NULL, auth_password TEXT NOT NULL, "
        "created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL)"_s,
        u"CREATE INDEX IF NOT EXISTS podconfig_by_cluster ON podconfig(clusterid, seq)"_s,
        u"CREATE TABLE IF NOT EXISTS placement(configid TEXT NOT NULL REFERENCES podconfig(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, "
        "nodeid TEXT NOT NULL REFERENCES node(id), cpu_milli BIGINT NOT NULL, memory_mi BIGINT NOT NULL, system_mi BIGINT NOT NULL, data_mi BIGINT "
        "NOT "
        "NULL, gpus BIGINT NOT NULL, PRIMARY KEY(configid, ordinal))"_s,
        u"CREATE INDEX IF NOT EXISTS placement_by_node ON placement(nodeid)"_s,
        u"CREATE TABLE IF NOT EXISTS consumption(configid TEXT NOT NULL REFERENCES podconfig(id) ON DELETE CASCADE, partid TEXT NOT NULL REFERENCES "
        "part(id), clusterid TEXT NOT NULL, amount BIGINT NOT NULL CHECK(amount > 0), PRIMARY KEY(configid, partid))"_s,
        u"CREATE TABLE IF NOT EXISTS supplier(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, cpcid TEXT NOT NULL UNIQUE REFERENCES center(id), name TEXT "
        u"NOT "
        "NULL, orgid TEXT NOT NULL, created_ms BIGINT NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS product(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, supplierid TEXT NOT NULL REFERENCES supplier(id), clusterid "
        u"TEXT "
        "NOT NULL, product_type TEXT NOT NULL, spec_note TEXT NOT NULL, created_ms BIGINT NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS instance(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, configid TEXT NOT NULL, productid TEXT NOT NULL, userid TEXT "
        u"NOT "
        "NULL, orgid TEXT NOT NULL, price TEXT NOT NULL, duration BIGINT NOT NULL, duration_unit TEXT NOT NULL, created_ms BIGINT NOT NULL)"_s,
    };
}

} // namespace

QStringList cloudTableStatements()
{
    return clusterTables() + partTables() + workloadTables();
}

QString nodeStockStatement()
{
    return u"INSERT OR IGNORE INTO node_stock(nodeid, partid, amount) SELECT nodeid, partid, amount FROM (SELECT m.nodeid AS nodeid, p.id AS partid, "
           "CASE p.type WHEN 'cpu' THEN n.cpu_stock * 1000 WHEN 'memory' THEN n.memory_stock * 1024 WHEN 'gpu' THEN n.gpu_stock ELSE (CASE p.model "
           "WHEN 'SYS' THEN n.sysdisk_stock ELSE n.datadisk_stock END) * 1024 END AS amount FROM member m JOIN node n ON n.id = m.nodeid JOIN part p "
           "ON p.cpcid = n.cpcid JOIN part_stock s ON s.partid = p.id AND s.clusterid = m.clusterid WHERE m.control = 0 AND p.model = CASE p.type "
           "WHEN 'cpu' THEN n.cpu_model WHEN 'memory' THEN n.memory_model WHEN 'gpu' THEN n.gpu_model ELSE CASE p.model WHEN 'SYS' THEN 'SYS' ELSE "
           "'DATA' END END) WHERE amount > 0"_s;
}

} // namespace kboss::standalone
