#include "app/api/requestlog.h"
#include "app/api/rotatingfile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <thread>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

RequestLogEntry entry(const QString &id)
{
    RequestLogEntry e;
    e.id = id;
    e.atMs = 1;
    e.operation = u"getCpclist"_s;
    e.method = u"GET"_s;
    e.url = u"http://127.0.0.1/x?名=\"1\"\n"_s;
    e.status = 200;
    return e;
}

QList<QByteArray> linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

} // namespace

class TestRequestLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheLast2000();
    void writesOneJsonObjectALine();
    void appendsToWhatIsThere();
    void fileIsForTheOwnerOnly();
    void rotates();
    void manyThreads();
    void aFolderThatCannotBeWrittenHarmsNothing();
};

void TestRequestLog::keepsTheLast2000()
{
    RequestLog log{QString()};
    QSignalSpy appended(&log, &RequestLog::appended);
    for (int i = 0; i < 2'100; ++i)
        log.append(entry(QString::number(i)));
    QCOMPARE(log.entries().size(), 2'000);
    QCOMPARE(log.entries().first().id, u"100"_s);
    QCOMPARE(log.entries().last().id, u"2099"_s);
    QCOMPARE(appended.count(), 2'100);
}

void TestRequestLog::writesOneJsonObjectALine()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/er/requests.log"_s);
    {
        RequestLog log(path);
        log.append(entry(u"a"_s));
        log.append(entry(u"b"_s));
    }
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), 2);
    const auto json = nlohmann::json::parse(lines.first().toStdString());
    QCOMPARE(QString::fromStdString(json["id"]), u"a"_s);
    QCOMPARE(QString::fromStdString(json["url"]), entry({}).url);
}

void TestRequestLog::appendsToWhatIsThere()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"requests.log"_s);
    RequestLog(path).append(entry(u"a"_s));
    RequestLog(path).append(entry(u"b"_s));
    QCOMPARE(linesOf(path).size(), 2);
}

void TestRequestLog::fileIsForTheOwnerOnly()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"requests.log"_s);
    RequestLog(path).append(entry(u"a"_s));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(path) & others, QFile::Permissions());
}

void TestRequestLog::rotates()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"r.log"_s);
    {
        RotatingFile file(path, 1'000, 5);
        for (int i = 0; i < 200; ++i)
            file.write(QByteArray::number(i).rightJustified(49, '.') + '\n');
    }
    const QStringList names = QDir(folder.path()).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names, QStringList({u"r.log"_s, u"r.log.1"_s, u"r.log.2"_s, u"r.log.3"_s, u"r.log.4"_s}));
    QVERIFY(linesOf(path).last().endsWith("199"));
    for (const QString &name : names) {
        QVERIFY(QFileInfo(folder.filePath(name)).size() <= 1'000);
        for (const QByteArray &line : linesOf(folder.filePath(name)))
            QCOMPARE(line.size(), 49);
    }
}

void TestRequestLog::manyThreads()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"r.log"_s);
    {
        RequestLog log(path);
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&log, t] {
                for (int i = 0; i < 200; ++i)
                    log.append(entry(u"%1-%2"_s.arg(t).arg(i)));
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(log.entries().size(), 1'600);
    }
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), 1'600);
    for (const QByteArray &line : lines)
        QVERIFY(nlohmann::json::accept(line.toStdString()));
}

void TestRequestLog::aFolderThatCannotBeWrittenHarmsNothing()
{
    RequestLog log(u"/proc/no/such/place.log"_s);
    log.append(entry(u"a"_s));
    QCOMPARE(log.entries().size(), 1);
}

QTEST_GUILESS_MAIN(TestRequestLog)
#include "tst_requestlog.moc"
