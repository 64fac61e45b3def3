#include "tests/support/host/secretsearch.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// The search finds what it is there for: else its silence says nothing.
class TstSecretSearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesInEveryForm();
    void processesAndLines();
    void hosts();
    void whatKubeadmPrints();
};

namespace {

const QByteArray secret = "Geheim+4711/x";

void write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

void TstSecretSearch::filesInEveryForm()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"clean"_s), "nothing");
    write(folder.filePath(u".hidden"_s), "a\0b"_ba + secret);
    write(folder.filePath(u"hex"_s), secret.toHex());
    write(folder.filePath(u"url"_s), secret.toPercentEncoding());
    write(folder.filePath(u"base64"_s), secret.toBase64());
    write(folder.filePath(u"keychain"_s), secret);
    SecretSearch search;
    search.add(u"it"_s, secret);
    QStringList found = search.inFolder(folder.path(), {u"keychain"_s});
    found.sort();
    QCOMPARE(found, (QStringList{u".hidden: it"_s, u"base64: it as base64"_s, u"hex: it as hex"_s, u"url: it in a URL"_s}));
}

void TstSecretSearch::processesAndLines()
{
    SecretSearch search;
    QProcess argument, environment;
    argument.start(u"sleep"_s, {u"30"_s});
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, u"sleep 30; : "_s + QString::fromLatin1(secret)});
    environment.setEnvironment({u"PATH=/usr/bin:/bin"_s, u"TOKEN="_s + QString::fromLatin1(secret)});
    environment.start(u"sleep"_s, {u"30"_s});
    search.add(u"it"_s, secret);
    QTRY_VERIFY(search.inProcesses().join(u' ').contains(u"cmdline of process %1"_s.arg(shell.processId())));
    QTRY_VERIFY(search.inProcesses().join(u' ').contains(u"environ of process %1"_s.arg(environment.processId())));
    QVERIFY(!search.inProcesses().join(u' ').contains(u"process %1"_s.arg(argument.processId())));
    search.note(u"a log"_s, u"harmless"_s);
    search.note(u"b log"_s, u"password="_s + QString::fromLatin1(secret));
    QCOMPARE(search.inNotes(), QStringList{u"b log: it"_s});
    for (QProcess *process : {&argument, &environment, &shell}) {
        process->kill();
        process->waitForFinished();
    }
}

void TstSecretSearch::hosts()
{
    InstallHost host;
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    SecretSearch search;
    search.add(u"it"_s, secret);
    QCOMPARE(search.onHost(host), QStringList());
    QVERIFY(host.writeFile(u"/var/log/some.log"_s, "x " + secret));
    QCOMPARE(search.onHost(host), QStringList{host.name() + u" /var/log/some.log: it"_s});
}

void TstSecretSearch::whatKubeadmPrints()
{
    SecretSearch search;
    search.addJoinCommand("1700000000000\nkubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:"
                          + QByteArray(64, 'c') + " --control-plane --certificate-key " + QByteArray(64, 'e'));
    search.addPrivateKeys("-----BEGIN PRIVATE KEY-----\n" + QByteArray(64, 'A') + '\n' + QByteArray(64, 'B') + "\n-----END PRIVATE KEY-----\n");
    for (const QByteArray &text : {"--token abcdef.0123456789abcdef"_ba, QByteArray(64, 'e'), QByteArray(64, 'A') + QByteArray(64, 'B')})
        search.note(u"log"_s, QString::fromLatin1(text));
    search.note(u"log"_s, QString(64, u'c')); // the hash of a certificate is for everybody
    search.note(u"log"_s, u"the token abcdef"_s); // so is a token's id
    QCOMPARE(search.inNotes(), (QStringList{u"log: a join token"_s, u"log: a certificate key"_s, u"log: a private key"_s}));
}

QTEST_GUILESS_MAIN(TstSecretSearch)
#include "tst_secretsearch.moc"
