#pragma once

#include "tests/support/kboss.h"
#include "tests/support/serviceprocess.h"

#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <functional>
#include <memory>

namespace kboss::test {

// A center of one's own in a running service without sample data: nodes, a cluster of them, parts. Everything through the service's own operations, so that
// a test knows each number. Jobs take no time.
class OwnPlace {
public:
    ServiceProcess service;
    std::unique_ptr<HttpClient> http;
    QString center, cluster;

    bool start(const QStringList &arguments = {}, const QString &jobSeconds = QStringLiteral("0"))
    {
        if (!service.start(QStringLiteral("none"), QStringList{QStringLiteral("--job-seconds"), jobSeconds} + arguments))
            return false;
        http = std::make_unique<HttpClient>(service.url());
        return true;
    }
    void end()
    {
        http.reset();
        service.stop();
    }

    HttpAnswer get(const QString &path, const Items &items) { return http->get(path.startsWith(u'/') ? path : QStringLiteral("/dev/cpcc/") + path, queryOf(items)); }
    HttpAnswer post(const QString &path, const Items &items) { return http->post(path.startsWith(u'/') ? path : QStringLiteral("/dev/cpcc/") + path, queryOf(items)); }
    static Items with(Items items, const Items &more)
    {
        items.insert(more);
        return items;
    }
    Items place() const { return {{QStringLiteral("cpcid"), center}, {QStringLiteral("clusterid"), cluster}}; }

    bool addCenter()
    {
        using namespace Qt::StringLiterals;
        center = dataOf(post(u"cpclist/add_cpclist.dspy"_s,
                             {{u"name"_s, u"自有中心 "_s + QUuid::createUuid().toString(QUuid::Id128).left(6)},
                              {u"pcapi_url"_s, u"https://pcapi.example.com"_s},
                              {u"api_user"_s, u"ops"_s},
                              {u"api_pwd"_s, u"secret"_s},
                              {u"contactname"_s, u"李想"_s},
                              {u"contactphone"_s, u"13800000000"_s},
                              {u"enable_date"_s, u"2026-01-01"_s},
                              {u"expire_date"_s, u"2036-01-01"_s}}))[u"id"_s].toString();
        return !center.isEmpty();
    }
    // 64 cores, 512 Gi, 960 and 7,680 Gi of disk, no GPUs.
    Items nodeTexts(const QString &name)
    {
        using namespace Qt::StringLiterals;
        return {{u"cpcid"_s, center},      {u"name"_s, name},           {u"ip"_s, u"10.0.0.%1"_s.arg(++m_address)},
                {u"devicetype"_s, u"1"_s}, {u"sshport"_s, u"22"_s},     {u"adminuser"_s, u"root"_s},
                {u"adminpwd"_s, u"s"_s},   {u"node_status"_s, u"0"_s},  {u"external_ip"_s, u"未设置"_s},
                {u"cpu_model"_s, u"EPYC"_s}, {u"cpu_stock"_s, u"64"_s}, {u"memory_model"_s, u"DDR5"_s},
                {u"memory_stock"_s, u"512"_s}, {u"sysdisk_stock"_s, u"960"_s}, {u"datadisk_stock"_s, u"7680"_s},
                {u"gpu_model"_s, u""_s},   {u"gpu_stock"_s, u"0"_s},    {u"role"_s, u""_s}};
    }
    QString addNode(const QString &name, const Items &more = {}) // its ID
    {
        return dataOf(post(QStringLiteral("cpcnode/add_cpcnode.dspy"), with(nodeTexts(name), more)))[QStringLiteral("id")].toString();
    }
    QJsonObject node(const QString &id)
    {
        for (const QJsonValue &row : rowsOf(get(QStringLiteral("cpcnode/get_cpcnode.dspy"), {{QStringLiteral("cpcid"), center}, {QStringLiteral("rows"), QStringLiteral("200")}}))) {
            if (row[QStringLiteral("id")] == id)
                return row.toObject();
        }
        return {};
    }
    // As a form sends it: everything as it is, and these.
    HttpAnswer changeNode(const QString &id, const Items &changes)
    {
        const QJsonObject row = node(id);
        Items items{{QStringLiteral("id"), id}};
        for (const QString &field : nodeTexts({}).keys())
            items.insert(field, row[field].toVariant().toString());
        items.insert(changes);
        return post(QStringLiteral("cpcnode/update_cpcnode.dspy"), items);
    }

    QString ended(const HttpAnswer &started) // "done", or "failed" and why
    {
        using namespace Qt::StringLiterals;
        const QString id = dataOf(started)[u"jobid"_s].toString();
        QElapsedTimer clock;
        for (clock.start(); clock.elapsed() < 60'000;) {
            const QJsonObject job = rowsOf(get(u"cpcjob/get_cpcjob.dspy"_s, {{u"cpcid"_s, center}, {u"id"_s, id}})).first().toObject();
            if (job.isEmpty())
                return QString::fromUtf8(started.body);
            if (const QString state = job[u"state"_s].toString(); state == u"done"_s || state == u"failed"_s)
                return state + job[u"message"_s].toString();
        }
        return u"never"_s;
    }
    HttpAnswer newCluster(const QString &name, const QString &controlNode)
    {
        using namespace Qt::StringLiterals;
        return post(u"cpccluster/new_cluster.dspy"_s,
                    {{u"cpcid"_s, center},
                     {u"ctl_nodeid"_s, controlNode},
                     {u"cluster_type"_s, u"0"_s},
                     {u"cluster_name"_s, name},
                     {u"enable_date"_s, u"2026-01-01"_s},
                     {u"export_date"_s, u"2036-01-01"_s}});
    }
    HttpAnswer newWorker(const QString &node)
    {
        return post(QStringLiteral("cpcworker/new_cpcworker.dspy"), with(place(), {{QStringLiteral("worker_nodeid"), node}}));
    }
    QString join(const QString &node) { return ended(newWorker(node)); }
    QString leave(const QString &hostName)
    {
        return ended(post(QStringLiteral("cpcworker/delete_cpcworker.dspy"), with(place(), {{QStringLiteral("worker_node"), hostName}})));
    }
    HttpAnswer drain(const QString &hostName)
    {
        using namespace Qt::StringLiterals;
        return post(u"cpcworker/switch_cpcworker.dspy"_s,
                    with(place(), {{u"worker_node"_s, hostName}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"true"_s}}));
    }
    // A center with a cluster that has a control node alone. Empty = good.
    QString prepare(const QStringList &arguments = {})
    {
        if (!start(arguments))
            return service.errorText();
        if (!addCenter())
            return QStringLiteral("no center");
        const HttpAnswer made = newCluster(QStringLiteral("集群"), addNode(QStringLiteral("control")));
        cluster = dataOf(made)[QStringLiteral("clusterid")].toString();
        const QString how = ended(made);
        return how == QStringLiteral("done") ? QString() : how;
    }

    HttpAnswer addPart(const QString &type, const QString &model, const QString &price, qint64 stock = 0, const QString &unit = {})
    {
        using namespace Qt::StringLiterals;
        const QString usual = type == u"cpu"_s ? u"核"_s : type == u"gpu"_s ? u"卡"_s : u"Gi"_s;
        return post(u"cpcwidget/add_cpcwidget.dspy"_s,
                    with(place(), {{u"type"_s, type},
                                   {u"model"_s, model},
                                   {u"unit_price"_s, price},
                                   {u"stock"_s, QString::number(stock)},
                                   {u"resource_unit"_s, unit.isEmpty() ? usual : unit},
                                   {u"charge_unit"_s, u"小时"_s},
                                   {u"account_unit"_s, u"元"_s},
                                   {u"add_opt"_s, u"no"_s}}));
    }
    // EPYC 2, DDR5 0.5, SYS and DATA 0.01 yuan an hour and unit; with no stock but what nodes bring.
    bool addUsualParts()
    {
        using namespace Qt::StringLiterals;
        return isGood(addPart(u"cpu"_s, u"EPYC"_s, u"2"_s)) && isGood(addPart(u"memory"_s, u"DDR5"_s, u"0.5"_s))
            && isGood(addPart(u"disk"_s, u"SYS"_s, u"0.01"_s)) && isGood(addPart(u"disk"_s, u"DATA"_s, u"0.01"_s));
    }
    QJsonObject part(const QString &type, const QString &model)
    {
        for (const QJsonValue &row : rowsOf(get(QStringLiteral("cpcwidget/get_cpcwidget.dspy"), {{QStringLiteral("cpcid"), center}}))) {
            if (row[QStringLiteral("type")] == type && row[QStringLiteral("model")] == model)
                return row.toObject();
        }
        return {};
    }
    double stockOf(const QString &type, const QString &model) { return part(type, model)[QStringLiteral("stock")].toDouble(-1); }
    double consumedOf(const QString &type, const QString &model) { return part(type, model)[QStringLiteral("consumed")].toDouble(-1); }

    // 4 cores, 8 Gi, 10 Gi of data disk.
    Items configTexts() const
    {
        using namespace Qt::StringLiterals;
        return {{u"clusterid"_s, cluster},
                {u"source_name"_s, u"shop"_s},
                {u"source_podengine"_s, u"Deployment"_s},
                {u"instance_type"_s, u"LinuxOS"_s},
                {u"pod_imagepath"_s, u"docker.io/library/ubuntu:22.04"_s},
                {u"source_replicasetnum"_s, u"1"_s},
                {u"source_cpurate"_s, u"4"_s},
                {u"source_memrate"_s, u"8Gi"_s},
                {u"source_gpu"_s, u"0"_s},
                {u"source_storagelimits"_s, u"10Gi"_s},
                {u"source_mountpath"_s, u"/mnt/data"_s},
                {u"source_authuser"_s, u"root"_s},
                {u"source_authpasswd"_s, u"top-secret"_s},
                {u"source_portmode"_s, u"LoadBalancer"_s},
                {u"source_apiport"_s, u"80"_s},
                {u"source_insideport"_s, u"80"_s},
                {u"source_outsideport"_s, u"30000"_s},
                {u"source_restartpolicy"_s, u"Always"_s},
                {u"source_selflabel"_s, u"app:shop"_s}};
    }
    HttpAnswer newConfig(const Items &more = {}) { return post(QStringLiteral("cpcpodyaml/new_cpcpodyaml.dspy"), with(configTexts(), more)); }
    HttpAnswer deleteConfig(const QString &id) { return post(QStringLiteral("cpcpodyaml/delete_cpcpodyaml.dspy"), {{QStringLiteral("id"), id}}); }
    // For an hour.
    HttpAnswer newInstance(const Items &more = {})
    {
        using namespace Qt::StringLiterals;
        return get(u"/provider/create_cpcc_instance.dspy"_s, with(configTexts(), with({{u"duration"_s, u"1"_s}, {u"duration_unit"_s, u"小时"_s}}, more)));
    }
    QJsonArray configs() { return rowsOf(get(QStringLiteral("cpcpodyaml/get_cpcpodyaml.dspy"), place())); }
    QString hostsOf(const QString &config)
    {
        for (const QJsonValue &row : configs()) {
            if (row[QStringLiteral("id")] == config)
                return row[QStringLiteral("pod_nodes")].toString();
        }
        return {};
    }

    // The database itself. Empty = good.
    QString sql(const QString &statement, const std::function<void(const QSqlQuery &)> &row = {}) const
    {
        const QString name = QUuid::createUuid().toString();
        QString fault;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            database.setDatabaseName(service.database());
            database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
            database.open();
            QSqlQuery query(database);
            if (!query.exec(statement))
                fault = query.lastError().text();
            while (row && query.next())
                row(query);
        }
        QSqlDatabase::removeDatabase(name);
        return fault;
    }
    qint64 sqlNumber(const QString &statement) const
    {
        qint64 number = -1;
        sql(statement, [&number](const QSqlQuery &query) { number = query.value(0).toLongLong(); });
        return number;
    }

private:
    int m_address = 0;
};

} // namespace kboss::test
