#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

// The console as people run it: its own process, the real service, offscreen.
class TstConsole : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unknownOptionsAreRefused();
    void helpNeedsNoDisplay();
    void theTourOpensEveryPage();
    void aTourWithoutAConnectionFails_data();
    void aTourWithoutAConnectionFails();
    void aTourMayBeOfflineByChoice();
    void aFolderThatCannotBeMadeIsSaid();
    void folderPermissionsOfOthersAreKept();
    void itStartsWithoutDBusAndNetwork();
    void aFirstStartTellsOfItsFirstRows();

private:
    static QString program() { return qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/kboss-console"); }
    static QProcessEnvironment environment(const QTemporaryDir &home);
};

QProcessEnvironment TstConsole::environment(const QTemporaryDir &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    return environment;
}

void TstConsole::unknownOptionsAreRefused()
{
    const QList<QStringList> wrong{{QStringLiteral("--no-such-thing")},
                                   {QStringLiteral("--sample"), QStringLiteral("huge"), QStringLiteral("--standalone")},
                                   {QStringLiteral("--service"), QStringLiteral("not an address")},
                                   {QStringLiteral("--lang"), QStringLiteral("fr")},
                                   {QStringLiteral("--user"), QStringLiteral("x")},
                                   {QStringLiteral("--sample"), QStringLiteral("small")},
                                   {QStringLiteral("--standalone"), QStringLiteral("--token-file"), QStringLiteral("x")},
                                   {QStringLiteral("--token-file"), QStringLiteral("x")},
                                   {QStringLiteral("--page"), QStringLiteral("no-such-page")}};
    for (const QStringList &arguments : wrong) {
        QProcess process;
        process.start(program(), arguments);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(!process.readAllStandardError().isEmpty());
    }
}

void TstConsole::helpNeedsNoDisplay()
{
    QProcess process;
    QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        bare.remove(QString::fromLatin1(name));
    process.setProcessEnvironment(bare);
    process.start(program(), {QStringLiteral("--help")});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
    const QByteArray text = process.readAllStandardOutput();
    for (const char *option : {"--standalone", "--sample", "--tour", "--profile", "--service", "--token-file", "--user", "--password-file", "--data",
                               "--page", "--offline", "--lang", "--trace"})
        QVERIFY2(text.contains(option), option);
}

void TstConsole::theTourOpensEveryPage()
{
    QTemporaryDir home;
    const QString tour = home.filePath(QStringLiteral("tour"));
    QProcess process;
    process.setProcessEnvironment(environment(home));
    process.start(program(),
                  {QStringLiteral("--standalone"), QStringLiteral("--sample"), QStringLiteral("small"), QStringLiteral("--tour"), tour,
                   QStringLiteral("--data"), home.filePath(QStringLiteral("data"))});
    QVERIFY(process.waitForFinished(240'000));
    const QByteArray table = process.readAllStandardOutput();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, (table + process.readAllStandardError()).constData());
    QFile file(tour + QStringLiteral("/report.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray report = QJsonDocument::fromJson(file.readAll()).array();
    QHash<QString, QJsonObject> pages;
    for (const QJsonValue &value : report) {
        const QJsonObject line = value.toObject();
        for (const char *member : {"page", "title", "rows", "state", "freshness", "first_rows_ms", "picture"})
            QVERIFY2(line.contains(QLatin1String(member)), member);
        const QImage picture(tour + QLatin1Char('/') + line[QStringLiteral("picture")].toString());
        QCOMPARE(picture.size(), QSize(1600, 1000));
        pages.insert(line[QStringLiteral("page")].toString(), line);
    }
    for (const char *page : {"start", "first-start", "billing-account", "billing-account-dark", "billing-account-en", "compute-center", "journal",
                             "request-log", "activity", "profiles", "command-palette"})
        QVERIFY2(pages.contains(QString::fromLatin1(page)), page);
    QCOMPARE(pages[QStringLiteral("billing-account")][QStringLiteral("rows")].toInt(), 2000);
    QCOMPARE(pages[QStringLiteral("compute-center")][QStringLiteral("rows")].toInt(), 30);
    QCOMPARE(pages[QStringLiteral("billing-account")][QStringLiteral("state")].toString(), QStringLiteral("ready"));
    QCOMPARE(pages[QStringLiteral("billing-account")][QStringLiteral("freshness")].toString(), QStringLiteral("live"));
    QVERIFY(table.contains("billing-account"));
}

void TstConsole::aTourWithoutAConnectionFails_data()
{
    QTest::addColumn<QStringList>("place");
    QTest::addColumn<bool>("alone");
    QTest::newRow("nobody there") << QStringList{QStringLiteral("--service"), QStringLiteral("http://127.0.0.1:1")} << false;
    QTest::newRow("refused address") << QStringList{QStringLiteral("--service"), QStringLiteral("http://example.invalid")} << false;
    QTest::newRow("no connection at all") << QStringList{} << false;
    QTest::newRow("no service program") << QStringList{QStringLiteral("--standalone"), QStringLiteral("--page"), QStringLiteral("start")} << true;
}

void TstConsole::aTourWithoutAConnectionFails()
{
    QFETCH(const QStringList, place);
    QFETCH(const bool, alone);
    QTemporaryDir home;
    QString console = program();
    if (alone) { // a copy of the console has no service beside it
        console = home.filePath(QStringLiteral("kboss-console"));
        QVERIFY(QFile::copy(program(), console));
    }
    QProcess process;
    process.setProcessEnvironment(environment(home));
    const QString tour = home.filePath(QStringLiteral("tour"));
    process.start(console, place + QStringList{QStringLiteral("--tour"), tour, QStringLiteral("--data"), home.filePath(QStringLiteral("data"))});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("kboss-console: "));
    QFile file(tour + QStringLiteral("/report.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray report = QJsonDocument::fromJson(file.readAll()).array();
    QCOMPARE(report.size(), 1);
    QCOMPARE(report[0][QStringLiteral("state")].toString(), QStringLiteral("failed"));
    QVERIFY(!report[0][QStringLiteral("ok")].toBool(true));
}

void TstConsole::aTourMayBeOfflineByChoice()
{
    QTemporaryDir home;
    QProcess process;
    process.setProcessEnvironment(environment(home));
    process.start(program(),
                  {QStringLiteral("--service"), QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--offline"), QStringLiteral("--page"),
                   QStringLiteral("billing-account"), QStringLiteral("--tour"), home.filePath(QStringLiteral("tour")), QStringLiteral("--data"),
                   home.filePath(QStringLiteral("data"))});
    QVERIFY(process.waitForFinished(180'000));
    QVERIFY2(process.exitCode() == 0, (process.readAllStandardOutput() + process.readAllStandardError()).constData());
}

void TstConsole::aFolderThatCannotBeMadeIsSaid()
{
    QTemporaryDir home;
    QFile file(home.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QProcess process;
    process.setProcessEnvironment(environment(home));
    process.start(program(), {QStringLiteral("--data"), home.filePath(QStringLiteral("file/x"))});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("cannot be made"));
}

void TstConsole::folderPermissionsOfOthersAreKept()
{
    QTemporaryDir home;
    const QString data = home.filePath(QStringLiteral("shared"));
    const QFileDevice::Permissions open = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner | QFileDevice::ReadGroup
        | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::ExeOther;
    QVERIFY(QDir().mkpath(data) && QFile::setPermissions(data, open));
    const QFileDevice::Permissions before = QFile::permissions(data);
    QProcess process;
    process.setProcessEnvironment(environment(home));
    process.start(program(),
                  {QStringLiteral("--service"), QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--data"), data, QStringLiteral("--tour"),
                   home.filePath(QStringLiteral("tour"))});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(QFile::permissions(data), before);
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::ExeOther;
    QVERIFY(!(QFile::permissions(data + QStringLiteral("/profiles")) & others));
}

void TstConsole::itStartsWithoutDBusAndNetwork()
{
    QTemporaryDir home;
    const QString trace = home.filePath(QStringLiteral("trace.jsonl"));
    QProcess process;
    QProcessEnvironment bare = environment(home);
    bare.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent"));
    process.setProcessEnvironment(bare);
    // Nothing listens at port 1: the window must come all the same.
    process.start(program(),
                  {QStringLiteral("--service"), QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--data"), home.filePath(QStringLiteral("data")),
                   QStringLiteral("--trace"), trace, QStringLiteral("--page"), QStringLiteral("profiles")});
    const auto events = [&trace] {
        QFile file(trace);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY_WITH_TIMEOUT(events().contains("\"window-shown\""), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(events().contains("\"offline\""), 20'000);
    for (const QByteArray &line : events().trimmed().split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        QVERIFY2(event.contains(QStringLiteral("t_ms")) && event.contains(QStringLiteral("event")), line.constData());
    }
    QCOMPARE(process.state(), QProcess::Running);
    process.terminate();
    QVERIFY(process.waitForFinished(10'000));
}

void TstConsole::aFirstStartTellsOfItsFirstRows()
{
    QTemporaryDir home;
    const QString trace = home.filePath(QStringLiteral("trace.jsonl"));
    QProcess process;
    process.setProcessEnvironment(environment(home));
    process.start(program(),
                  {QStringLiteral("--standalone"), QStringLiteral("--sample"), QStringLiteral("small"), QStringLiteral("--data"),
                   home.filePath(QStringLiteral("data")), QStringLiteral("--trace"), trace, QStringLiteral("--page"),
                   QStringLiteral("billing-account")});
    const auto told = [&trace](const QString &name) {
        QFile file(trace);
        if (!file.open(QIODevice::ReadOnly))
            return QJsonObject();
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(line).object();
            if (event.value(QStringLiteral("event")).toString() == name)
                return event;
        }
        return QJsonObject();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!told(QStringLiteral("first-rows")).isEmpty(), 30'000);
    const QJsonObject rows = told(QStringLiteral("first-rows"));
    QCOMPARE(rows.value(QStringLiteral("page")).toString(), QStringLiteral("billing-account"));
    QVERIFY(rows.value(QStringLiteral("rows")).toInt() > 0);
    process.terminate();
    QVERIFY(process.waitForFinished(10'000));
}

QTEST_GUILESS_MAIN(TstConsole)
#include "tst_console.moc"
