#include "app/cluster/installjournal.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <future>
#include <signal.h>

using namespace kboss;
using namespace Qt::StringLiterals;
using Kind = JournalLine::Kind;

namespace {

InstallPlan planOf(const QString &cluster)
{
    InstallPlan plan;
    plan.cluster = cluster;
    plan.version = u"v1.36.2"_s;
    plan.hosts = {{u"cp-1"_s, u"10.0.0.1"_s, 22, u"ops"_s, HostRole::ControlPlane, {}}};
    return plan;
}

// The other process: writes until it is killed, and says on its standard output what is surely kept.
int writeForEver(const QString &folder)
{
    const SystemClock clock;
    const auto journal = InstallJournal::create(folder, planOf(u"prod"_s), u"child"_s, clock);
    if (!journal)
        return 1;
    for (int i = 0;; ++i) {
        if (!(*journal)->write(Kind::Begun, u"cp-1/step-%1"_s.arg(i), QString(300, u'x')))
            return 2;
        std::fprintf(stdout, "%d\n", i);
        std::fflush(stdout);
    }
}

} // namespace

// The memory of an installation on this computer: what is written stays, whoever is killed when.
class TstInstallJournal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesComeBack();
    void theFolderIsPrivate();
    void oneAtATime();
    void anotherPlanIsNotMixedIn();
    void aCutLineIsLeftOut();
    void damageIsNamed();
    void aKilledWriterLosesNothing();
    void manyThreadsWrite();

private:
    QString place() const { return m_folder.filePath(QLatin1String(QTest::currentTestFunction())); }
    static QByteArray content(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
};

void TstInstallJournal::linesComeBack()
{
    QString id;
    {
        const auto journal = InstallJournal::create(place(), planOf(u"prod"_s), u"li@desk"_s, m_clock);
        QVERIFY2(journal, qPrintable(journal ? QString() : journal.error().detail));
        id = (*journal)->installId();
        QVERIFY(QRegularExpression(u"^[0-9a-f]{12}$"_s).match(id).hasMatch());
        QVERIFY((*journal)->write(Kind::Begun, u"cp-1/runtime"_s));
        QVERIFY((*journal)->write(Kind::Failed, u"cp-1/runtime"_s, u"说明 \"x\"\n{second line}\t\\"_s));
        QVERIFY((*journal)->write(Kind::Accepted, u"cp-1/runtime"_s, u"Swap"_s));
        QVERIFY((*journal)->write(Kind::Done, u"cp-1/lock"_s));
        QVERIFY((*journal)->write(Kind::Ended, {}));
    }
    const auto journal = InstallJournal::open(place(), u"wang@desk"_s, m_clock);
    QVERIFY2(journal, qPrintable(journal ? QString() : journal.error().detail));
    QCOMPARE((*journal)->installId(), id);
    QCOMPARE((*journal)->plan(), planOf(u"prod"_s));
    const auto last = (*journal)->last();
    QCOMPARE(last.size(), 2U);
    QCOMPARE(last.at(u"cp-1/runtime"_s).kind, Kind::Failed);
    QCOMPARE(last.at(u"cp-1/runtime"_s).detail, u"说明 \"x\"\n{second line}\t\\"_s);
    QCOMPARE(last.at(u"cp-1/runtime"_s).owner, u"li@desk"_s);
    const auto lines = (*journal)->lines();
    QCOMPARE(lines.size(), 7U);
    QCOMPARE(lines.back().kind, Kind::Opened);
    QCOMPARE(lines.back().owner, u"wang@desk"_s);
    QCOMPARE(*InstallJournal::readLines(content(place() + u"/journal.jsonl"_s)), lines);
    QCOMPARE(InstallJournal::open(m_folder.filePath(u"nowhere"_s), {}, m_clock).error().kind, ErrorKind::NotFound);
}

void TstInstallJournal::theFolderIsPrivate()
{
    const auto journal = InstallJournal::create(place(), planOf(u"prod"_s), u"li"_s, m_clock);
    QVERIFY(journal);
    QCOMPARE(QFile::permissions(place()) & QFile::Permissions(0x0077), QFile::Permissions());
    for (const char *name : {"/plan.json", "/journal.jsonl", "/owner"})
        QCOMPARE(QFile::permissions(place() + QLatin1String(name)) & QFile::Permissions(0x0177), QFile::Permissions());
    QCOMPARE(content(place() + u"/plan.json"_s), writePlan(planOf(u"prod"_s)));
}

void TstInstallJournal::oneAtATime()
{
    auto first = InstallJournal::create(place(), planOf(u"prod"_s), u"li@desk"_s, m_clock);
    QVERIFY(first);
    const auto second = InstallJournal::open(place(), u"wang"_s, m_clock);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QCOMPARE(second.error().field, u"owner"_s);
    QVERIFY(second.error().detail.contains(u"li@desk"_s));
    first->reset();
    QVERIFY(InstallJournal::open(place(), u"wang"_s, m_clock));
}

void TstInstallJournal::anotherPlanIsNotMixedIn()
{
    QVERIFY(InstallJournal::create(place(), planOf(u"one"_s), u"li"_s, m_clock));
    {
        const auto journal = InstallJournal::create(place(), planOf(u"two"_s), u"li"_s, m_clock); // nothing was begun
        QVERIFY(journal);
        QCOMPARE((*journal)->plan().cluster, u"two"_s);
        QVERIFY((*journal)->write(Kind::Begun, u"cp-1/lock"_s));
    }
    QVERIFY(InstallJournal::create(place(), planOf(u"two"_s), u"li"_s, m_clock));
    const auto refused = InstallJournal::create(place(), planOf(u"three"_s), u"li"_s, m_clock);
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QCOMPARE(refused.error().field, u"plan"_s);
    QCOMPARE((*InstallJournal::open(place(), u"li"_s, m_clock))->plan().cluster, u"two"_s);
}

void TstInstallJournal::aCutLineIsLeftOut()
{
    QVERIFY((*InstallJournal::create(place(), planOf(u"prod"_s), u"li"_s, m_clock))->write(Kind::Begun, u"a/b"_s));
    QFile file(place() + u"/journal.jsonl"_s);
    QVERIFY(file.open(QIODevice::Append));
    file.write("{\"ms\":1,\"kind\":\"done\",\"st"); // as a power cut leaves it
    file.close();
    {
        const auto journal = InstallJournal::open(place(), u"li"_s, m_clock);
        QVERIFY(journal);
        QCOMPARE((*journal)->last().at(u"a/b"_s).kind, Kind::Begun);
        QVERIFY((*journal)->write(Kind::Done, u"a/b"_s));
    }
    const auto again = InstallJournal::open(place(), u"li"_s, m_clock);
    QVERIFY(again);
    QCOMPARE((*again)->last().at(u"a/b"_s).kind, Kind::Done);
}

void TstInstallJournal::damageIsNamed()
{
    QVERIFY((*InstallJournal::create(place(), planOf(u"prod"_s), u"li"_s, m_clock))->write(Kind::Begun, u"a/b"_s));
    const QByteArray good = content(place() + u"/journal.jsonl"_s);
    for (const QByteArray &bad : {QByteArray("nonsense\n"), QByteArray("{\"ms\":1,\"kind\":\"dancing\"}\n"), QByteArray("{\"kind\":\"done\"}\n"),
                                  QByteArray("[]\n"), QByteArray("\n")}) {
        QFile file(place() + u"/journal.jsonl"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(good + bad + good);
        file.close();
        const auto refused = InstallJournal::open(place(), u"li"_s, m_clock);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QVERIFY2(refused.error().detail.contains(u"line 3"_s), qPrintable(refused.error().detail));
        QCOMPARE(content(place() + u"/journal.jsonl"_s), good + bad + good); // left as it is
    }
}

void TstInstallJournal::aKilledWriterLosesNothing()
{
    QString id;
    for (int round = 0; round < 5; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--write"_s, place()});
        QVERIFY(child.waitForStarted());
        int seen = -1;
        while (seen < 20 + 7 * round) {
            QVERIFY(child.waitForReadyRead(20'000));
            while (child.canReadLine())
                seen = child.readLine().trimmed().toInt();
        }
        ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
        QVERIFY(child.waitForFinished());
        while (child.canReadLine())
            seen = child.readLine().trimmed().toInt();
        const auto journal = InstallJournal::open(place(), u"li"_s, m_clock); // no lock is left in the way
        QVERIFY2(journal, qPrintable(journal ? QString() : journal.error().detail));
        QVERIFY(id.isEmpty() || id == (*journal)->installId());
        id = (*journal)->installId();
        QVERIFY((*journal)->last().contains(u"cp-1/step-%1"_s.arg(seen)));
    }
}

void TstInstallJournal::manyThreadsWrite()
{
    {
        const auto journal = InstallJournal::create(place(), planOf(u"prod"_s), u"li"_s, m_clock);
        QVERIFY(journal);
        std::vector<std::future<bool>> all;
        for (int i = 0; i < 8; ++i) {
            all.push_back(std::async(std::launch::async, [&, i] {
                bool good = true;
                for (int k = 0; k < 25; ++k)
                    good = (*journal)->write(Kind::Begun, u"%1/%2"_s.arg(i).arg(k)) && good;
                return good;
            }));
        }
        for (auto &one : all)
            QVERIFY(one.get());
    }
    QCOMPARE((*InstallJournal::open(place(), u"li"_s, m_clock))->last().size(), 200U);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArray(argv[1]) == "--write")
        return writeForEver(QString::fromLocal8Bit(argv[2]));
    TstInstallJournal test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_installjournal.moc"
