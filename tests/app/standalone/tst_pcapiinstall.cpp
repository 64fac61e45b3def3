#include "tests/support/host/installlab.h"
#include "tests/support/pcapiground.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

namespace {

constexpr int longMs = 200'000;

QJsonObject bodyOf(const QByteArray &answer)
{
    return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
}

HostOptions named(const QString &name)
{
    HostOptions options;
    options.name = name;
    return options;
}

} // namespace

// Installations by pcapi: the real service, hosts with a real sshd and sudo, and played kubeadm, kubectl, apt-get … (tests/support/host).
class TestPcapiInstall : public QObject {
    Q_OBJECT

private:
    InstallLab lab{std::vector<HostOptions>{named(u"cp-1"_s), named(u"w-1"_s)}};
    ServiceProcess service;
    QString joinCommand;

    QUrlQuery way(int host, const Items &more) const
    {
        Items items{{u"host"_s, lab[host].address()},
                    {u"port"_s, QString::number(lab[host].port())},
                    {u"user"_s, u"ops"_s},
                    {u"psssword"_s, lab[host].options().password}};
        for (auto one = more.cbegin(); one != more.cend(); ++one)
            items[one.key()] = one.value();
        return queryOf(items);
    }
    QJsonObject ask(const QByteArray &method, const char *name, int host, const Items &more = {}) const
    {
        return bodyOf(bareRequest(service.url(), method, name, way(host, more), longMs));
    }
    bool startService()
    {
        QByteArray known;
        for (int i = 0; i < lab.size(); ++i)
            known += '[' + lab[i].address().toUtf8() + "]:" + QByteArray::number(lab[i].port()) + ' ' + lab[i].hostKey() + '\n';
        const QString password = service.writeFile(u"password"_s, servicePassword.toUtf8() + '\n');
        const bool good =
            service.start(u"none"_s,
                          {u"--user"_s, u"ops"_s, u"--password-file"_s, password, u"--trust-host-keys"_s, service.writeFile(u"known_hosts"_s, known),
                           u"--package-mirror"_s, u"https://packages.example/core"_s, u"--kubernetes-version"_s, u"v1.34.9"_s});
        QFile::remove(password);
        return good;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(lab.start(), qPrintable(lab.errorText()));
        QVERIFY2(startService(), qPrintable(service.errorText()));
    }

    // Somebody else's lock keeps the service out; one that it has left itself in an earlier life does not.
    void locksOnTheHost()
    {
        const auto lock = [this](const QString &owner, const QString &time) {
            const QString text = u"{\"format\":1,\"install\":\"eeeeeeeeeeee\",\"owner\":\"%1\",\"since\":1700000000000}"_s.arg(owner);
            const QString script = u"mkdir -p -m 700 /var/lib/kboss && printf '%s\n' \"$0\" >/var/lib/kboss/install.lock"
                                   " && touch -d \"$1\" /var/lib/kboss/install.lock"_s;
            return lab[0].inside({u"sh"_s, u"-c"_s, script, text, time}).exit == 0;
        };
        const QString own = u"kboss-service@"_s + QSysInfo::machineHostName();
        for (const auto &[owner, time] : {std::pair(u"li@desk"_s, u"1 hour ago"_s), std::pair(own, u"now"_s)}) {
            QVERIFY(lock(owner, time));
            const QJsonObject refused = ask("POST", "new_cluster", 0, {{u"role"_s, u"master"_s}});
            QVERIFY(!refused[u"status"_s].toBool());
            QVERIFY2(refused[u"info"_s].toString().contains(owner), qPrintable(refused[u"info"_s].toString()));
        }
        QVERIFY(lock(own, u"1 hour ago"_s)); // and what follows goes through
    }

    void aControlPlane()
    {
        const QUrl url = service.url();
        const QUrlQuery query = way(0, {{u"role"_s, u"master"_s}});
        QByteArray second; // asked meanwhile: the same installation
        std::thread also([&] { second = bareRequest(url, "POST", "new_cluster", query, longMs); });
        const QJsonObject made = bodyOf(bareRequest(url, "POST", "new_cluster", query, longMs));
        also.join();
        QVERIFY2(made[u"status"_s].toBool(), qPrintable(made[u"info"_s].toString()));
        QVERIFY2(bodyOf(second)[u"status"_s].toBool(), second.constData());
        joinCommand = made[u"data"_s].toString();
        static const QRegularExpression shape(u"^kubeadm join [0-9.:]+ --token \\S+ --discovery-token-ca-cert-hash sha256:[0-9a-f]{64}$"_s);
        QVERIFY(shape.match(joinCommand).hasMatch());
        QVERIFY(made[u"kubeconfig"_s].toString().contains(u"apiVersion"_s));
        QCOMPARE(lab[0].calls(u"kubeadm"_s, u"init phase certs"_s).size(), size_t(1));
        const QJsonObject nodes = ask("GET", "get_cluster_nodes", 0);
        QCOMPARE(nodes[u"data"_s][u"total"_s].toInt(), 1);
        QCOMPARE(nodes[u"data"_s][u"rows"_s][0][u"node_name"_s].toString(), u"cp-1"_s);
    }

    void aWorker()
    {
        QVERIFY(!joinCommand.isEmpty());
        const QJsonObject refused = ask("POST", "new_worker", 1, {{u"role"_s, u"worker"_s}, {u"join_command"_s, joinCommand + u"; reboot"_s}});
        QVERIFY(!refused[u"status"_s].toBool() && !refused[u"info"_s].toString().contains(joinCommand.section(u' ', 4, 4)));
        QVERIFY(lab[1].calls(u"kubeadm"_s).empty());
        const QJsonObject joined = ask("POST", "new_worker", 1, {{u"role"_s, u"worker"_s}, {u"join_command"_s, joinCommand}});
        QVERIFY2(joined[u"status"_s].toBool(), qPrintable(joined[u"info"_s].toString()));
        const QJsonObject nodes = ask("GET", "get_cluster_nodes", 0);
        QCOMPARE(nodes[u"data"_s][u"total"_s].toInt(), 2);
        const auto calls = lab[1].calls(u"kubeadm"_s, u"join --config"_s);
        QCOMPARE(calls.size(), size_t(1));
    }

    void askedAgainNothingIsDoneTwice()
    {
        QElapsedTimer clock;
        clock.start();
        const QJsonObject again = ask("POST", "new_cluster", 0, {{u"role"_s, u"master"_s}});
        QVERIFY2(again[u"status"_s].toBool(), qPrintable(again[u"info"_s].toString()));
        const QJsonObject worker = ask("POST", "new_worker", 1, {{u"role"_s, u"worker"_s}, {u"join_command"_s, again[u"data"_s].toString()}});
        QVERIFY2(worker[u"status"_s].toBool(), qPrintable(worker[u"info"_s].toString()));
        QCOMPARE(lab[0].calls(u"kubeadm"_s, u"init phase certs"_s).size(), size_t(1));
        QCOMPARE(lab[1].calls(u"kubeadm"_s, u"join --config"_s).size(), size_t(1));
    }

    void theClusterAnswersByName()
    {
        const Items node{{u"worker_node"_s, u"w-1"_s}};
        QJsonObject done = ask("POST", "node_label_opt", 0, {{u"worker_node"_s, u"w-1"_s}, {u"label"_s, u"zone=a"_s}, {u"opt"_s, u"label"_s}});
        QVERIFY2(done[u"status"_s].toBool(), qPrintable(done[u"info"_s].toString()));
        done = ask("POST", "node_state_switch", 0, {{u"worker_node"_s, u"w-1"_s}, {u"state"_s, u"cordon"_s}});
        QVERIFY2(done[u"status"_s].toBool(), qPrintable(done[u"info"_s].toString()));
        QCOMPARE(ask("GET", "get_cluster_nodes", 0)[u"data"_s][u"rows"_s].toArray().size(), qsizetype(2));
    }

    void aWrongPasswordJoinsNothing()
    {
        const QJsonObject wrong = ask("POST", "new_cluster", 0, {{u"role"_s, u"master"_s}, {u"psssword"_s, u"Ops-secret:wrong"_s}});
        QVERIFY(!wrong[u"status"_s].toBool());
        QCOMPARE(wrong[u"data"_s].toString(u"x"_s), QString());
        QVERIFY(!wrong.contains(u"kubeconfig"_s));
    }

    void noSecretIsLeft()
    {
        QVERIFY(!joinCommand.isEmpty());
        const QString token = joinCommand.section(u' ', 4, 4);
        const QString argv = lab.argvSeen().join(u'\n') + lab.environSeen().join(u'\n');
        QVERIFY(!argv.contains(lab[0].options().password));
        QVERIFY(!argv.contains(token));
        service.stop();
        QVERIFY(!service.errorText().contains(token) && !service.errorText().contains(lab[0].options().password));
        QDirIterator files(service.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            for (const QByteArray &secret :
                 {lab[0].options().password.toUtf8(), token.toUtf8(), QByteArray("client-key-data"), servicePassword.toUtf8()})
                QVERIFY2(!content.contains(secret), qPrintable(file.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(TestPcapiInstall)
#include "tst_pcapiinstall.moc"
