#include "tests/app/services/installworld.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QSignalSpy>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

namespace {

// A keychain that is none.
class NoSecretStore : public SecretStore {
public:
    QFuture<Result<QString>> read(const QString &) override
    {
        return QtFuture::makeReadyFuture(Result<QString>(fail(ErrorKind::Storage, u"no vault"_s)));
    }
    QFuture<Result<void>> write(const QString &, const QString &) override
    {
        return QtFuture::makeReadyFuture(Result<void>(fail(ErrorKind::Storage, u"no vault"_s)));
    }
};

} // namespace

class TestInstallDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_world.start()); }
    void init() { QVERIFY(m_world.renew()); }

    void draftsAreKept()
    {
        QString id;
        {
            auto desk = m_world.makeDesk();
            QVERIFY(wait(desk->load()));
            id = *wait(desk->create());
            Installation *one = *wait(desk->open(id));
            QVERIFY(!one->faults().empty());
            QSignalSpy changed(one, &Installation::planChanged);
            one->setPlan(m_world.plan());
            QCOMPARE(changed.count(), 1);
            QVERIFY2(one->faults().empty(), one->faults().empty() ? "" : qPrintable(one->faults()[0].field));
            QCOMPARE(desk->find(id)->cluster, u"hz-test"_s);
            QCOMPARE(one->preview().size(), 6);
            QVERIFY(one->expectedMs() > 0 && one->expectedMs() <= 4 * 700);
            auto other = m_world.makeDesk();
            QCOMPARE(wait(other->open(id)).error().kind, ErrorKind::Conflict);
        } // what was typed last is written when it goes
        auto desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        QCOMPARE(desk->entries().size(), 1);
        QCOMPARE(desk->entries()[0].state, InstallEntry::State::Draft);
        QCOMPARE((*wait(desk->open(id)))->plan(), m_world.plan());
        const QString file = m_world.folder->filePath(u"plan.json"_s);
        QVERIFY(wait(desk->exportPlan(id, file)));
        const auto imported = wait(desk->importPlan(file));
        QVERIFY(imported);
        QCOMPARE((*wait(desk->open(*imported)))->plan(), m_world.plan());
        const auto copy = wait(desk->duplicate(id));
        QVERIFY(copy);
        QCOMPARE(desk->entries().size(), 3);
        QVERIFY(wait(desk->remove(*copy)));
        QCOMPARE(desk->entries().size(), 2);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QDirIterator files(m_world.folder->filePath(u"data/installs"_s), QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QFileInfo info(files.next());
            QVERIFY2(info.fileName() == u"open.lock"_s || (info.permissions() & others) == QFile::Permissions(), qPrintable(info.filePath()));
        }
    }

    void aDamagedOneIsLeftAsItIs()
    {
        QString id;
        {
            auto desk = m_world.makeDesk();
            id = *wait(desk->create(m_world.plan()));
        }
        const QString name = m_world.folder->filePath(u"data/installs/%1/install.json"_s.arg(id));
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\": 1, \"id\": 5}");
        file.close();
        auto desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        QCOMPARE(desk->entries()[0].state, InstallEntry::State::Damaged);
        QCOMPARE(wait(desk->open(id)).error().kind, ErrorKind::Storage);
        QVERIFY(QFileInfo(name).size() > 0);
    }

    void secretsGoToTheKeychainAlone()
    {
        QString id;
        {
            auto desk = m_world.makeDesk();
            id = *wait(desk->create(m_world.plan()));
            Installation *one = *wait(desk->open(id));
            QCOMPARE(one->hostsWithoutSignIn().size(), 2);
            HostSignIn signIn;
            signIn.password = QLatin1String(secretWord);
            signIn.keyFile = u"/keys/one"_s;
            one->setSignIn({}, signIn, true);
            QTRY_COMPARE(one->signIn(u"cp-1"_s).kept, HostSignInState::Secret::InKeychain);
            QVERIFY(one->hostsWithoutSignIn().isEmpty());
            InstallPlan more = m_world.plan();
            more.hosts.push_back({u"wk-9"_s, u"10.9.9.9"_s, 22, u"ops"_s, HostRole::Worker, u"jump@10.8.8.8:2200"_s});
            one->setPlan(more);
            QVERIFY(one->signIn(u"wk-9"_s).hasPassword); // "all" are those to come as well
            QVERIFY(one->signIn(u"jump@10.8.8.8:2200"_s).hasPassword);
            QVERIFY(wait(one->save()));
        }
        QVERIFY(m_world.secrets->entries.contains(u"test/ssh/ops@10.9.9.9:22"_s));
        QVERIFY(m_world.secrets->entries.contains(u"test/ssh/jump@10.8.8.8:2200"_s));
        auto desk = m_world.makeDesk();
        Installation *one = *wait(desk->open(id));
        QTRY_COMPARE(one->signIn(u"cp-1"_s).kept, HostSignInState::Secret::InKeychain);
        QCOMPARE(one->signIn(u"cp-1"_s).keyFile, u"/keys/one"_s);
        QVERIFY(m_world.nothingSecretIn(m_world.folder->path()));
    }

    void withoutAKeychainTheyStayInMemory()
    {
        NoSecretStore none;
        InstallDesk desk(partsIn(m_world.folder->path(), &none, m_world.clock, false));
        Installation *one = *wait(desk.open(*wait(desk.create(m_world.plan()))));
        HostSignIn signIn;
        signIn.password = QLatin1String(secretWord);
        QTRY_VERIFY(!one->isKeychainThere());
        one->setSignIn(u"cp-1"_s, signIn, true);
        QCOMPARE(one->signIn(u"cp-1"_s).kept, HostSignInState::Secret::InMemory);
        QVERIFY(wait(one->save()));
        QVERIFY(m_world.nothingSecretIn(m_world.folder->path()));
    }

    void keysAreTrustedByPeople()
    {
        auto desk = m_world.makeDesk();
        Installation *one = *wait(desk->open(*wait(desk->create(m_world.plan()))));
        m_world.signInTo(one);
        one->readKeys();
        QTRY_VERIFY(!one->isReadingKeys());
        QCOMPARE(one->trustOf(u"cp-1"_s)->state, HostTrust::State::Unknown);
        QVERIFY(one->trustOf(u"cp-1"_s)->fingerprint.startsWith(u"SHA256:"_s));
        QCOMPARE(one->start().error().field, u"trust"_s);
        QVERIFY(wait(one->trustKeys({u"cp-1"_s, u"wk-1"_s})));
        QTRY_VERIFY(one->isAllTrusted());
        // The host comes back with another key: final, until a person forgets the old one.
        const QString old = one->trustOf(u"wk-1"_s)->fingerprint;
        m_world.hosts[1]->stop();
        QVERIFY(m_world.hosts[1]->renewHostKey());
        QVERIFY2(m_world.hosts[1]->start(), qPrintable(m_world.hosts[1]->errorText()));
        one->readKeys({u"wk-1"_s});
        QTRY_COMPARE(one->trustOf(u"wk-1"_s)->state, HostTrust::State::Changed);
        const HostTrust::Pin pin = one->trustOf(u"wk-1"_s)->pins.at(0);
        QCOMPARE(pin.fingerprint, old);
        QCOMPARE(pin.by, u"liu"_s);
        QVERIFY(pin.firstSeenMs > 0);
        QVERIFY(one->trustOf(u"wk-1"_s)->fingerprint != old);
        QCOMPARE(wait(one->trustKeys({u"wk-1"_s})).error().kind, ErrorKind::Conflict);
        QVERIFY(wait(one->forgetKeys(u"wk-1"_s)));
        QTRY_COMPARE(one->trustOf(u"wk-1"_s)->state, HostTrust::State::Unknown);
        QVERIFY(wait(one->trustKeys({u"wk-1"_s})));
        QTRY_VERIFY(one->isAllTrusted());
    }

    void theKubeconfigIsGivenWithoutAFile()
    {
        auto desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        const QString id = *wait(desk->create(m_world.plan()));
        Installation *one = *wait(desk->open(id));
        QCOMPARE(wait(one->kubeconfig()).error().kind, ErrorKind::NotFound);
        const QString key = u"test/kubeconfig/%1"_s.arg(id), secret = u"client-key-data: c2VjcmV0"_s;
        m_world.secrets->entries.insert(key, secret);
        const auto given = wait(one->kubeconfig());
        QVERIFY2(given, given ? "" : qPrintable(given.error().detail));
        QCOMPARE(*given, secret.toUtf8());
        QDirIterator files(m_world.folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("c2VjcmV0"), qPrintable(file.fileName()));
        }
    }

private:
    InstallWorld m_world;
};

QTEST_GUILESS_MAIN(TestInstallDesk)
#include "tst_installdesk.moc"
