#include "tests/support/httpclient.h"
#include "tests/support/serviceprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <memory>

using namespace Qt::StringLiterals;
using namespace kboss::test;

namespace {

using Items = QMap<QString, QString>;

QUrlQuery queryOf(const Items &items)
{
    QUrlQuery query;
    for (auto item = items.cbegin(); item != items.cend(); ++item)
        query.addQueryItem(item.key(), QString::fromLatin1(QUrl::toPercentEncoding(item.value())));
    return query;
}

const Items newCenter{{u"name"_s, u"测试中心 A&B=1+1"_s},  {u"pcapi_url"_s, u"https://pcapi.example.com"_s},
                      {u"api_user"_s, u"ops"_s},           {u"api_pwd"_s, u"very+secret 密码&%"_s},
                      {u"contactname"_s, u"李想"_s},       {u"contactphone"_s, u"13800000000"_s},
                      {u"enable_date"_s, u"2026-01-01"_s}, {u"expire_date"_s, u"2027-01-01"_s}};

Items newNode(const QString &center)
{
    return {{u"cpcid"_s, center},
            {u"ip"_s, u"192.168.7.8"_s},
            {u"name"_s, u"gpu设备1"_s},
            {u"devicetype"_s, u"1"_s},
            {u"sshport"_s, u"22"_s},
            {u"adminuser"_s, u"root"_s},
            {u"adminpwd"_s, u"node-secret"_s},
            {u"node_status"_s, u"0"_s},
            {u"external_ip"_s, u"未设置"_s},
            {u"cpu_model"_s, u"EPYC"_s},
            {u"cpu_stock"_s, u"64"_s},
            {u"memory_model"_s, u"DDR5"_s},
            {u"memory_stock"_s, u"512"_s},
            {u"sysdisk_stock"_s, u"960"_s},
            {u"datadisk_stock"_s, u"7680"_s},
            {u"gpu_model"_s, u"RTX5090-32G"_s},
            {u"gpu_stock"_s, u"8"_s},
            {u"role"_s, u""_s}};
}

} // namespace

// Centers and nodes against the real service in its own process.
class TestCentersAndNodes : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<HttpClient> m_http;

    HttpAnswer centers(const Items &items = {}) { return m_http->get(u"/dev/cpcc/cpclist/get_cpclist.dspy"_s, queryOf(items)); }
    HttpAnswer nodes(const Items &items) { return m_http->get(u"/dev/cpcc/cpcnode/get_cpcnode.dspy"_s, queryOf(items)); }
    HttpAnswer center(const char *verb, const Items &items)
    {
        return m_http->post(u"/dev/cpcc/cpclist/%1_cpclist.dspy"_s.arg(QLatin1String(verb)), queryOf(items));
    }
    HttpAnswer node(const char *verb, const Items &items)
    {
        return m_http->post(u"/dev/cpcc/cpcnode/%1_cpcnode.dspy"_s.arg(QLatin1String(verb)), queryOf(items));
    }

    static QJsonArray rowsOf(const HttpAnswer &answer) { return answer.json()[u"data"_s].toObject()[u"rows"_s].toArray(); }
    static int totalOf(const HttpAnswer &answer) { return answer.json()[u"data"_s].toObject()[u"total"_s].toInt(-1); }
    static QString idOf(const HttpAnswer &answer) { return answer.json()[u"data"_s].toObject()[u"id"_s].toString(); }
    static QString refusal(const HttpAnswer &answer)
    {
        const QJsonObject json = answer.json();
        return answer.status == 200 && json.contains(u"status"_s) && !json[u"status"_s].toBool(true) && !json.contains(u"data"_s)
            ? json[u"msg"_s].toString()
            : QString();
    }

    QString busyCenter()
    {
        for (const auto &row : rowsOf(centers())) {
            const QString id = row.toObject()[u"id"_s].toString();
            if (totalOf(nodes({{u"cpcid"_s, id}})) > 20)
                return id;
        }
        return {};
    }

private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<ServiceProcess>();
        QVERIFY2(m_service->start(), qPrintable(m_service->errorText()));
        m_http = std::make_unique<HttpClient>(m_service->url());
    }

    void listsCentersWithEveryField()
    {
        const HttpAnswer answer = centers();
        QCOMPARE(answer.json()[u"msg"_s].toString(), u"算力中心数据查询成功"_s);
        QCOMPARE(totalOf(answer), 30);
        QCOMPARE(rowsOf(answer).size(), 30);
        int number = 0, allNodes = 0;
        for (const auto &value : rowsOf(answer)) {
            const QJsonObject row = value.toObject();
            for (const char *field : {"id", "name", "orgid", "pcapi_url", "api_user", "api_pwd", "enable_date", "expire_date", "contactname",
                                      "contactphone", "orgid_text"})
                QVERIFY2(row[QLatin1String(field)].isString(), field);
            QCOMPARE(row[u"api_pwd"_s].toString(), u"******"_s);
            QVERIFY(!row[u"orgid_text"_s].toString().isEmpty());
            QCOMPARE(row[u"row_num_"_s].toInt(), ++number);
            allNodes += totalOf(nodes({{u"cpcid"_s, row[u"id"_s].toString()}}));
        }
        QCOMPARE(allNodes, 600);
    }

    void pagesAndSorts()
    {
        QStringList names;
        for (int page = 1; page <= 4; ++page) {
            const HttpAnswer answer = centers({{u"page"_s, QString::number(page)}, {u"rows"_s, u"9"_s}, {u"sort"_s, u"name desc"_s}});
            QCOMPARE(totalOf(answer), 30);
            for (const auto &row : rowsOf(answer)) {
                names << row.toObject()[u"name"_s].toString();
                QCOMPARE(row.toObject()[u"row_num_"_s].toInt(), names.size());
            }
        }
        QCOMPARE(names.size(), 30);
        QStringList sorted = names;
        std::sort(sorted.begin(), sorted.end(), [](const QString &a, const QString &b) { return a.toUtf8() > b.toUtf8(); });
        QCOMPARE(names, sorted);
        QCOMPARE(rowsOf(centers({{u"page"_s, u"99"_s}})).size(), 0);
        QVERIFY(refusal(centers({{u"sort"_s, u"colour desc"_s}})).contains(u"colour"_s));
        QVERIFY(!refusal(centers({{u"sort"_s, u"api_pwd"_s}})).isEmpty());
        QVERIFY(refusal(centers({{u"rows"_s, u"0"_s}})).contains(u"rows"_s));
        QVERIFY(refusal(centers({{u"page"_s, u"x"_s}})).contains(u"page"_s));
        QVERIFY(refusal(centers({{u"colour"_s, u"red"_s}})).contains(u"colour"_s));
    }

    void listsTheOrganizationAskedFor()
    {
        const QString org = rowsOf(centers()).at(0).toObject()[u"orgid"_s].toString();
        const int some = totalOf(centers({{u"orgid"_s, org}}));
        QVERIFY(some > 0 && some < 30);
        QCOMPARE(totalOf(centers({{u"orgid"_s, u"nobody"_s}})), 0);
    }

    void addsChangesAndDeletesACenter()
    {
        const HttpAnswer added = center("add", newCenter);
        QCOMPARE(added.json()[u"msg"_s].toString(), u"新建算力中心成功"_s);
        const QString id = idOf(added);
        QCOMPARE(totalOf(centers()), 31);
        QJsonObject row = rowsOf(centers({{u"rows"_s, u"1000"_s}})).last().toObject();
        QCOMPARE(row[u"id"_s].toString(), id);
        for (const char *field : {"name", "pcapi_url", "api_user", "contactname", "contactphone", "enable_date", "expire_date"})
            QCOMPARE(row[QLatin1String(field)].toString(), newCenter[QLatin1String(field)]);
        QCOMPARE(row[u"api_pwd"_s].toString(), u"******"_s);

        Items change = newCenter;
        change[u"id"_s] = id;
        change[u"name"_s] = u"改名"_s;
        change[u"api_pwd"_s] = u"******"_s;
        change.remove(u"expire_date"_s);
        QCOMPARE(center("update", change).json()[u"msg"_s].toString(), u"更新算力中心成功"_s);
        row = rowsOf(centers()).last().toObject();
        QCOMPARE(row[u"name"_s].toString(), u"改名"_s);
        QCOMPARE(row[u"expire_date"_s].toString(), u"2027-01-01"_s);

        const HttpAnswer deleted = center("delete", {{u"id"_s, id}});
        QCOMPARE(deleted.json()[u"msg"_s].toString(), u"删除算力中心成功"_s);
        QCOMPARE(idOf(deleted), id);
        QCOMPARE(totalOf(centers()), 30);
        QVERIFY(refusal(center("delete", {{u"id"_s, id}})).contains(u"不存在"_s));
    }

    void refusesBadCenters_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("no name") << u"name"_s << u""_s;
        QTest::newRow("blank name") << u"name"_s << u"  "_s;
        QTest::newRow("not a URL") << u"pcapi_url"_s << u"ftp://x.example.com"_s;
        QTest::newRow("phone with letters") << u"contactphone"_s << u"call me"_s;
        QTest::newRow("no date") << u"enable_date"_s << u"2026-02-30"_s;
        QTest::newRow("date of another form") << u"enable_date"_s << u"01.02.2026"_s;
        QTest::newRow("ends before it begins") << u"expire_date"_s << u"2025-12-31"_s;
        QTest::newRow("mask for a new one") << u"api_pwd"_s << u"******"_s;
        QTest::newRow("unknown member") << u"colour"_s << u"red"_s;
    }

    void refusesBadCenters()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        Items items = newCenter;
        items[field] = value;
        const HttpAnswer answer = center("add", items);
        QVERIFY2(refusal(answer).contains(field), answer.body.constData());
        QCOMPARE(totalOf(centers()), 30);
        Items missing = newCenter;
        missing.remove(field);
        if (newCenter.contains(field) && !field.endsWith(u"date"_s))
            QVERIFY(refusal(center("add", missing)).contains(field));
        QCOMPARE(totalOf(centers()), field.endsWith(u"date"_s) ? 30 : 30);
    }

    void refusesDoubleNamesAndMissingIds()
    {
        Items items = newCenter;
        const QJsonObject first = rowsOf(centers()).at(0).toObject();
        items[u"name"_s] = first[u"name"_s].toString();
        items[u"orgid"_s] = first[u"orgid"_s].toString();
        QVERIFY(refusal(center("add", items)).contains(u"name"_s));
        QCOMPARE(refusal(center("update", newCenter)), u"无算力中心ID"_s);
        QCOMPARE(refusal(center("delete", {})), u"无算力中心ID"_s);
        QCOMPARE(refusal(nodes({})), u"无算力中心ID"_s);
        QVERIFY(refusal(nodes({{u"cpcid"_s, u"nowhere"_s}})).contains(u"不存在"_s));
        QCOMPARE(refusal(node("delete", {})), u"无算力设备ID"_s);
        QCOMPARE(totalOf(centers()), 30);
    }

    void keepsACenterThatHasNodes()
    {
        const QString id = busyCenter();
        const int count = totalOf(nodes({{u"cpcid"_s, id}}));
        const QString reason = refusal(center("delete", {{u"id"_s, id}}));
        QVERIFY2(reason.contains(QString::number(count)), qPrintable(reason));
        QCOMPARE(totalOf(centers()), 30);
    }

    void listsNodesWithEveryField()
    {
        const QString id = busyCenter();
        const HttpAnswer answer = nodes({{u"cpcid"_s, id}});
        QCOMPARE(answer.json()[u"msg"_s].toString(), u"获取算力设备成功"_s);
        int idle = 0;
        for (const auto &value : rowsOf(answer)) {
            const QJsonObject row = value.toObject();
            for (const char *field :
                 {"id", "cpcid", "name", "node_status", "ip", "devicetype", "adminuser", "adminpwd", "enable_date", "export_date", "external_ip",
                  "cpu_model", "memory_model", "gpu_model", "role", "node_status_text", "devicetype_text", "cluster_name"})
                QVERIFY2(row[QLatin1String(field)].isString(), field);
            for (const char *field : {"sshport", "cpu_stock", "memory_stock", "sysdisk_stock", "datadisk_stock", "gpu_stock", "row_num_"})
                QVERIFY2(row[QLatin1String(field)].isDouble(), field);
            const bool occupied = row[u"node_status"_s] == u"1"_s;
            idle += occupied ? 0 : 1;
            QCOMPARE(row[u"node_status_text"_s].toString(), occupied ? u"占用"_s : u"空闲"_s);
            QCOMPARE(row[u"clusterid"_s].isNull(), !occupied);
            QCOMPARE(row[u"role"_s].toString().isEmpty(), !occupied);
            QCOMPARE(row[u"devicetype_text"_s].toString(), row[u"devicetype"_s] == u"1"_s ? u"物理机"_s : u"虚拟机"_s);
            QCOMPARE(row[u"adminpwd"_s].toString(), u"******"_s);
            QVERIFY(!row[u"external_ip"_s].toString().isEmpty());
        }
        const HttpAnswer free = m_http->get(u"/dev/cpcc/cpcnode/get_cpcidle_device.dspy"_s, queryOf({{u"cpcid"_s, id}}));
        QCOMPARE(free.json()[u"data"_s].toArray().size(), idle);
        QVERIFY(idle > 0);
        for (const auto &value : free.json()[u"data"_s].toArray())
            QCOMPARE(value.toObject()[u"node_status"_s].toString(), u"0"_s);
        QVERIFY(refusal(nodes({{u"cpcid"_s, id}, {u"sort"_s, u"adminpwd desc"_s}})).contains(u"adminpwd"_s));
        const QJsonArray sorted = rowsOf(nodes({{u"cpcid"_s, id}, {u"sort"_s, u"node_status desc,gpu_stock desc"_s}}));
        QCOMPARE(sorted.first().toObject()[u"node_status"_s].toString(), u"1"_s);
    }

    void addsChangesAndDeletesANode()
    {
        const QString id = idOf(center("add", newCenter));
        const HttpAnswer added = node("add", newNode(id));
        QCOMPARE(added.json()[u"msg"_s].toString(), u"新增算力设备成功"_s);
        QCOMPARE(added.json()[u"data"_s].toObject()[u"sshport"_s].toString(), u"22"_s);
        QJsonObject row = rowsOf(nodes({{u"cpcid"_s, id}})).at(0).toObject();
        QCOMPARE(row[u"external_ip"_s].toString(), u"未设置"_s);
        QCOMPARE(row[u"export_date"_s].toString(), u"9999-12-31"_s);
        QCOMPARE(row[u"gpu_stock"_s].toInt(), 8);
        QVERIFY(refusal(node("add", newNode(id))).contains(u"192.168.7.8:22"_s));

        Items change = newNode(id);
        change[u"id"_s] = idOf(added);
        change[u"node_status"_s] = u"1"_s;
        change[u"external_ip"_s] = u"203.0.113.9"_s;
        change[u"adminpwd"_s] = u"******"_s;
        QCOMPARE(node("update", change).json()[u"status"_s].toBool(), true);
        row = rowsOf(nodes({{u"cpcid"_s, id}})).at(0).toObject();
        QCOMPARE(row[u"external_ip"_s].toString(), u"203.0.113.9"_s);
        QCOMPARE(row[u"node_status_text"_s].toString(), u"占用"_s);
        QVERIFY(refusal(node("delete", {{u"id"_s, idOf(added)}})).contains(u"占用"_s));
        change[u"cpcid"_s] = busyCenter();
        QVERIFY(refusal(node("update", change)).contains(u"cpcid"_s));
        change[u"cpcid"_s] = id;
        change[u"node_status"_s] = u"0"_s;
        QCOMPARE(node("update", change).json()[u"status"_s].toBool(), true);
        const HttpAnswer deleted = node("delete", {{u"id"_s, idOf(added)}});
        QCOMPARE(deleted.json()[u"msg"_s].toString(), u"删除算力设备成功"_s);
        QVERIFY(refusal(node("delete", {{u"id"_s, idOf(added)}})).contains(u"不存在"_s));
        QCOMPARE(center("delete", {{u"id"_s, id}}).json()[u"status"_s].toBool(), true);
    }

    void refusesBadNodes_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("port 0") << u"sshport"_s << u"0"_s;
        QTest::newRow("port 65536") << u"sshport"_s << u"65536"_s;
        QTest::newRow("port text") << u"sshport"_s << u"ssh"_s;
        QTest::newRow("address") << u"ip"_s << u"300.1.2.3"_s;
        QTest::newRow("address with a blank") << u"ip"_s << u"10.0.0.1 "_s;
        QTest::newRow("stock negative") << u"gpu_stock"_s << u"-1"_s;
        QTest::newRow("stock fraction") << u"cpu_stock"_s << u"1.5"_s;
        QTest::newRow("device type") << u"devicetype"_s << u"2"_s;
        QTest::newRow("status") << u"node_status"_s << u"busy"_s;
        QTest::newRow("role") << u"role"_s << u"king"_s;
        QTest::newRow("center") << u"cpcid"_s << u"nowhere"_s;
        QTest::newRow("dates") << u"export_date"_s << u"2001-01-01"_s;
        QTest::newRow("name") << u"name"_s << u""_s;
        QTest::newRow("mask for a new one") << u"adminpwd"_s << u"******"_s;
    }

    void refusesBadNodes()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        const QString id = busyCenter();
        const int before = totalOf(nodes({{u"cpcid"_s, id}}));
        Items items = newNode(id);
        items[field] = value;
        const HttpAnswer answer = node("add", items);
        QVERIFY2(!refusal(answer).isEmpty(), answer.body.constData());
        if (field != u"cpcid"_s)
            QVERIFY2(refusal(answer).contains(field), answer.body.constData());
        QCOMPARE(totalOf(nodes({{u"cpcid"_s, id}})), before);
    }

    void keepsPasswordsUnreadable()
    {
        const QString id = idOf(center("add", newCenter));
        QVERIFY(!id.isEmpty());
        QVERIFY(!idOf(node("add", newNode(id))).isEmpty());
        m_service->stop();
        for (const QString &file : {m_service->database(), m_service->database() + u"-wal"_s}) {
            QFile content(file);
            if (!content.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = content.readAll();
            QVERIFY(!bytes.contains("node-secret"));
            QVERIFY(!bytes.contains(newCenter[u"api_pwd"_s].toUtf8()));
        }
        const auto mode = QFile::permissions(m_service->database() + u".key"_s);
        QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
    }
};

QTEST_GUILESS_MAIN(TestCentersAndNodes)
#include "tst_centersandnodes.moc"
