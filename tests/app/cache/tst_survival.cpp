#include "app/cache/cachestore.h"
#include "tests/support/billdata.h"
#include "tests/support/waitfor.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

void execRaw(const QString &file, const char *sql)
{
    sqlite3 *db = nullptr;
    sqlite3_open(QFile::encodeName(file).constData(), &db);
    QCOMPARE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
}

void overwrite(const QString &path, qint64 at, qint64 length)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(QByteArray(length, '\xee')), length);
}

} // namespace

class TestSurvival : public QObject {
    Q_OBJECT

private:
    const DatasetId m_id{u"p"_s, u"listBills"_s, u"{}"_s};
    const SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CacheStore> m_store;
    StoreReport m_report;

    QString file() const { return m_folder->filePath(u"cache.db"_s); }
    QString writerProgram() const { return qEnvironmentVariable("KBOSS_BIN_DIR") + u"/cachewriter"_s; }
    void open(const QString &path)
    {
        m_store.reset();
        auto opened = CacheStore::open(path, m_clock, &m_report);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        m_store = std::move(*opened);
        const auto declared = waitFor(m_store->declare(m_id, BillData::schema()));
        QVERIFY2(declared, declared ? "" : qPrintable(declared.error().detail));
    }
    Result<RefreshSummary> refresh(int rows, int revision)
    {
        auto writer = m_store->beginRefresh(m_id);
        for (int from = 0; from < rows; from += 1000) {
            if (auto done = waitFor(writer->append(BillData::batch(from, std::min(1000, rows - from), revision))); !done)
                return fail(done.error());
        }
        return waitFor(writer->commit());
    }
    Result<std::vector<Row>> allRows()
    {
        const auto source = m_store->source(m_id);
        if (!source)
            return fail(source.error());
        const auto view = waitFor((*source)->open({}));
        if (!view)
            return fail(view.error());
        return waitFor((*view)->window(0, static_cast<int>((*view)->count())));
    }
    qint64 count()
    {
        const auto view = waitFor((*m_store->source(m_id))->open({}));
        return view ? (*view)->count() : -1;
    }
    static int revisionOf(const Row &row) { return std::get<QString>(row.cells[1]).section(u" r"_s, 1).toInt(); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_store.reset(); }

    void killedAtAnyMomentItOpensWhole()
    {
        int next = 1, wholeRefreshes = 0;
        for (int round = 0; round < 20; ++round) {
            QProcess child;
            child.start(writerProgram(), {file(), u"refresh"_s, QString::number(next)});
            QVERIFY(child.waitForStarted());
            if (round % 4 != 0)
                QVERIFY(child.waitForReadyRead(20'000)); // else it may die before the first commit
            QThread::msleep(static_cast<unsigned long>(QRandomGenerator::global()->bounded(1, 150)));
            child.kill();
            QVERIFY(child.waitForFinished());
            const QList<QByteArray> told = child.readAllStandardOutput().trimmed().split('\n');
            const int lastTold = told.back().isEmpty() ? next - 1 : told.back().toInt();

            open(file());
            QVERIFY(m_report.outcome != StoreReport::Outcome::SetAside);
            const auto rows = allRows();
            QVERIFY(rows);
            const DatasetInfo info = waitFor(m_store->info(m_id)).value();
            QCOMPARE(info.rows, qint64(rows->size()));
            if (info.complete) {
                const int revision = revisionOf(rows->front());
                QVERIFY2(revision >= lastTold && revision <= lastTold + 1, qPrintable(u"%1 after %2"_s.arg(revision).arg(lastTold)));
                for (const Row &row : *rows)
                    QCOMPARE(revisionOf(row), revision);
                QCOMPARE(rows->size(), size_t(600 + revision % 2));
                next = revision + 1;
                ++wholeRefreshes;
            } else {
                QCOMPARE(lastTold, 0);
            }
            m_store.reset();
            sqlite3 *db = nullptr;
            sqlite3_open(QFile::encodeName(file()).constData(), &db);
            sqlite3_stmt *check = nullptr;
            sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &check, nullptr);
            QCOMPARE(sqlite3_step(check), SQLITE_ROW);
            QCOMPARE(QByteArray(reinterpret_cast<const char *>(sqlite3_column_text(check, 0))), QByteArray("ok"));
            sqlite3_finalize(check);
            sqlite3_close(db);
        }
        QVERIFY(wholeRefreshes > 10);
    }

    // On a tmpfs of 8 MB where mounting is allowed, else by a limit on file sizes.
    void fullDiskKeepsOldRows()
    {
        const QString folder = m_folder->filePath(u"small"_s);
        QVERIFY(QDir().mkpath(folder));
        const bool mounted = mount("tmpfs", folder.toLocal8Bit().constData(), "tmpfs", 0, "size=8m") == 0;
        qInfo() << (mounted ? "disk full on a tmpfs of 8 MB" : "tmpfs cannot be mounted here: file size limit instead");
        const QString path = folder + u"/cache.db"_s;
        open(path);
        QVERIFY(refresh(2000, 0));

        QSignalSpy failures(m_store.get(), &CacheStore::storageFailed);
        QFile ballast(folder + u"/ballast"_s);
        rlimit before{}, small{};
        getrlimit(RLIMIT_FSIZE, &before);
        small = before;
        if (mounted) {
            QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
            while (ballast.write(QByteArray(65536, 'x')) > 0) { }
        } else {
            signal(SIGXFSZ, SIG_IGN);
            small.rlim_cur = static_cast<rlim_t>(QFileInfo(path).size() + 65536);
            setrlimit(RLIMIT_FSIZE, &small);
        }
        const auto failed = refresh(2000, 1);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, ErrorKind::Storage);
        QTRY_VERIFY(!failures.isEmpty());
        const auto rows = allRows();
        QVERIFY(rows);
        QCOMPARE(rows->size(), size_t(2000));
        for (const Row &row : *rows)
            QCOMPARE(revisionOf(row), 0);

        ballast.remove();
        const auto again = refresh(1000, 2);
        QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
        QCOMPARE(count(), 1000);
        m_store.reset();
        if (mounted)
            QCOMPARE(umount(folder.toLocal8Bit().constData()), 0);
    }

    void damagedHeaderIsSetAside()
    {
        open(file());
        QVERIFY(refresh(100, 0));
        m_store.reset();
        overwrite(file(), 0, 200);
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::SetAside);
        QVERIFY(m_report.detail.startsWith(file() + u".damaged-"_s));
        QVERIFY(QFileInfo(m_report.detail).size() > 4096);
        QCOMPARE(count(), 0);
        QVERIFY(refresh(100, 1));
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::Opened);
        QCOMPARE(count(), 100);
    }

    void damagedMiddleOfASmallFileIsFoundAtOpening()
    {
        open(file());
        QVERIFY(refresh(3000, 0));
        m_store.reset();
        const qint64 size = QFileInfo(file()).size();
        QVERIFY(size < 8'000'000);
        overwrite(file(), size / 3, size / 3);
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::SetAside);
        QVERIFY(refresh(100, 1));
    }

    void damagedMiddleOfALargeFileIsFoundWhenRead()
    {
        open(file());
        QVERIFY(refresh(20'000, 0));
        m_store.reset();
        const qint64 size = QFileInfo(file()).size();
        QVERIFY(size > 9'000'000);
        overwrite(file(), size / 8, size * 3 / 4);
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::Opened);
        QSignalSpy failures(m_store.get(), &CacheStore::storageFailed);
        QSignalSpy changed(m_store.get(), &CacheStore::datasetChanged);
        RowQuery byAmount;
        byAmount.order = {{u"discount"_s, false}};
        QCOMPARE(waitFor((*m_store->source(m_id))->open(byAmount)).error().kind, ErrorKind::Storage);
        QTRY_VERIFY(!failures.isEmpty());
        QVERIFY(failures[0][0].value<Error>().detail.contains(u"set aside as "_s + file() + u".damaged-"_s));
        QTRY_VERIFY(!changed.isEmpty());
        QCOMPARE(count(), 0);
        QVERIFY(refresh(500, 1));
        QCOMPARE(count(), 500);
    }

    void otherInstanceIsSeenWithinTwoSeconds()
    {
        open(file());
        QSignalSpy changed(m_store.get(), &CacheStore::datasetChanged);
        QVERIFY(refresh(600, 0));
        QTRY_COMPARE(changed.size(), 1);
        QProcess child;
        child.start(writerProgram(), {file(), u"once"_s, u"1"_s});
        QVERIFY(child.waitForFinished(20'000));
        QCOMPARE(child.exitCode(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 2000);
        QCOMPARE(changed[1][0].value<DatasetId>(), m_id);
        QCOMPARE(changed[1][1].value<QSet<QString>>().size(), 601);
        QCOMPARE(count(), 601);
    }

    void twoInstancesWriteWithoutLoss()
    {
        QProcess one, two;
        one.start(writerProgram(), {file(), u"refresh"_s, u"1"_s});
        two.start(writerProgram(), {file(), u"refresh"_s, u"1"_s});
        const auto commits = [](QProcess &child) {
            child.waitForReadyRead(100);
            return child.peek(1'000'000).count('\n');
        };
        QTRY_VERIFY_WITH_TIMEOUT(commits(one) >= 5 && commits(two) >= 5, 30'000);
        QCOMPARE(one.state(), QProcess::Running);
        QCOMPARE(two.state(), QProcess::Running);
        one.kill();
        two.kill();
        QVERIFY(one.waitForFinished() && two.waitForFinished());
        open(file());
        const auto rows = allRows();
        QVERIFY(rows);
        for (const Row &row : *rows)
            QCOMPARE(revisionOf(row), revisionOf(rows->front()));
    }

    void newerFileIsReadOnly()
    {
        open(file());
        QVERIFY(refresh(100, 0));
        m_store.reset();
        execRaw(file(), "PRAGMA user_version=99");
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::ReadOnlyNewer);
        QCOMPARE(m_report.detail, u"99"_s);
        QVERIFY(m_store->isReadOnly());
        QCOMPARE(count(), 100);
        QCOMPARE(refresh(100, 1).error().kind, ErrorKind::Storage);
        QCOMPARE(waitFor(m_store->applyRow(m_id, BillData::batch(0, 1, 1))).error().kind, ErrorKind::Storage);
        QCOMPARE(count(), 100);
    }

    void olderFileIsBroughtUpToDate()
    {
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::Created);
        QVERIFY(refresh(100, 0));
        m_store.reset();
        execRaw(file(), "DROP TABLE syncs; PRAGMA user_version=1");
        open(file());
        QCOMPARE(m_report.outcome, StoreReport::Outcome::Migrated);
        QCOMPARE(count(), 100);
        QVERIFY(refresh(100, 1));
    }
};

QTEST_GUILESS_MAIN(TestSurvival)
#include "tst_survival.moc"
