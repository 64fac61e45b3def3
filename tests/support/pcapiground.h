#pragma once

#include "tests/support/httpclient.h"
#include "tests/support/kubectlcluster.h"
#include "tests/support/pcapihost.h"
#include "tests/support/serviceprocess.h"

#include <QDir>
#include <memory>

namespace kboss::test {

using namespace Qt::StringLiterals;

inline const QByteArray hostPassword = "Host-secret:4711 'x";
inline const QString servicePassword = u"Basic-secret:2209"_s;
inline const QString podPassword = u"Pod-secret\"':$(touch /tmp/kboss-pwned)"_s;
inline const QString configToken = u"Token-secret-8813"_s;

inline QString at(const char *name)
{
    return u"/pcapi/api/v1/cluster/common/"_s + QLatin1String(name);
}

inline QByteArray basic(const QString &user, const QString &password)
{
    return "Basic " + (user + u':' + password).toUtf8().toBase64();
}

inline QString infoOf(const HttpAnswer &answer)
{
    return answer.json()[u"info"_s].toString();
}

inline bool isFailure(const HttpAnswer &answer)
{
    const QJsonObject json = answer.json();
    return answer.status == 200 && json.contains(u"data"_s) && json[u"status"_s] == QJsonValue(false) && !infoOf(answer).isEmpty();
}

// One request without an event loop, for threads and for long waits; the whole answer, or what came until the connection ended.
inline QByteArray bareRequest(const QUrl &service, const QByteArray &method, const char *name, const QUrlQuery &query, int waitMs = 20'000)
{
    QTcpSocket socket;
    socket.connectToHost(service.host(), static_cast<quint16>(service.port()));
    if (!socket.waitForConnected(5'000))
        return {};
    QString words = query.query(QUrl::FullyEncoded);
    const QString target = at(name) + u'?' + words.replace(u'+', u"%2B"_s);
    socket.write(method + ' ' + target.toLatin1() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: "
                 + basic(u"ops"_s, servicePassword) + "\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(waitMs))
        answer += socket.readAll();
    return answer;
}

// The service in its own process, a host for it, and requests between them.
class PcapiGround {
public:
    bool start()
    {
        if (!host.start())
            return false;
        qputenv("FAKE_KUBECTL_STATE", host.path(u"state"_s).toLocal8Bit()); // of the service's own kubectl as well
        return startService();
    }
    QString errorText() const { return host.errorText() + service.errorText(); }
    void forget() const // what kubectl's cluster has become
    {
        const QStringList files = QDir(host.path(u"state"_s)).entryList(QDir::Files);
        for (const QString &file : files) {
            if (file != u"config"_s)
                QFile::remove(host.path(u"state/"_s + file));
        }
    }

    PcapiHost host{hostPassword};
    ServiceProcess service;
    std::unique_ptr<HttpClient> http;

    QStringList serviceArguments() const
    {
        const QString password = service.writeFile(u"password"_s, servicePassword.toUtf8() + '\n');
        return {u"--user"_s, u"ops"_s, u"--password-file"_s, password, u"--kubectl"_s, scriptedKubectl()};
    }
    bool startService()
    {
        if (!service.start(u"none"_s, serviceArguments()))
            return false;
        QFile::remove(service.folder() + u"/password"_s);
        http = std::make_unique<HttpClient>(service.url());
        http->setHeader("Authorization", basic(u"ops"_s, servicePassword));
        return true;
    }
    Items way(const Items &more = {}) const
    {
        Items items{{u"host"_s, u"127.0.0.1"_s},
                    {u"port"_s, QString::number(host.port())},
                    {u"user"_s, u"root"_s},
                    {u"psssword"_s, QString::fromUtf8(hostPassword)}};
        for (auto one = more.cbegin(); one != more.cend(); ++one)
            items[one.key()] = one.value();
        return items;
    }
    HttpAnswer read(const char *name, const Items &more = {}) { return http->get(at(name), queryOf(way(more))); }
    HttpAnswer write(const char *name, const Items &more = {}) { return http->post(at(name), queryOf(way(more))); }
    Items instance(const Items &more = {}) const
    {
        Items items = configTexts(u"c1"_s, u"StatefulSet"_s);
        for (const QString &unknown : {u"source_gpu"_s, u"disk_sys_limit"_s, u"source_nodeselector"_s})
            items.remove(unknown);
        items[u"source_authpasswd"_s] = podPassword;
        items[u"namespace_name"_s] = u"shop"_s;
        items[u"podcd_name"_s] = u"db-statefulset"_s;
        items[u"service_name"_s] = u"db-service"_s;
        for (auto one = more.cbegin(); one != more.cend(); ++one)
            items[one.key()] = one.value();
        return items;
    }
    // kboss-service with other words than to serve; what it says.
    QString serviceTool(const QStringList &words, int *code) const
    {
        QProcess tool;
        tool.setProcessChannelMode(QProcess::MergedChannels);
        tool.start(qEnvironmentVariable("KBOSS_BIN_DIR") + u"/kboss-service"_s, QStringList{u"--database"_s, service.database()} + words);
        tool.waitForFinished(30'000);
        *code = tool.exitCode();
        return QString::fromUtf8(tool.readAll());
    }
    QString pin(const QString &fingerprint, int *code, const QString &address = u"127.0.0.1"_s) const
    {
        return serviceTool({u"--pin-host-key"_s, u"%1:%2 %3"_s.arg(address).arg(host.port()).arg(fingerprint)}, code);
    }
    QStringList lastCall() const { return host.calls().isEmpty() ? QStringList() : host.calls().last(); }
    QJsonObject nodeOf(const QString &name)
    {
        const QJsonArray rows = rowsOf(read("get_cluster_nodes"));
        for (const QJsonValue &row : rows) {
            if (row[u"node_name"_s] == name)
                return row.toObject();
        }
        return {};
    }
};

} // namespace kboss::test
