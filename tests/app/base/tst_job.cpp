#include "app/base/clock.h"
#include "app/base/job.h"
#include "app/base/schema.h"

#include <QPointer>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestJob final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsProgress();
    void endsOnce();
    void knowsCancelledFromFailed();
    void cancelReachesTheWork();
    void errorNamesAreDistinct();
    void schemaFindsFields();
    void clockTicks();
};

void TestJob::reportsProgress()
{
    Job job(u"Sync"_s);
    QSignalSpy changed(&job, &Job::changed);
    job.setProgress(1, 10, u"page 1"_s);
    QCOMPARE(changed.count(), 1);
    job.setProgress(1, 10, u"page 1"_s);
    QCOMPARE(changed.count(), 1);
    job.setProgress(2, 10);
    QCOMPARE(job.step(), u"page 1"_s);
    QCOMPARE(job.done(), 2);
    QCOMPARE(job.total(), 10);
    job.appendLog(u"line"_s);
    QCOMPARE(job.log(), QStringList{u"line"_s});
    QCOMPARE(changed.count(), 3);
}

void TestJob::endsOnce()
{
    QPointer<Job> job = new Job(u"Sync"_s);
    QSignalSpy finished(job, &Job::finished);
    job->finish({});
    job->finish(fail(ErrorKind::Timeout, u"late"_s));
    job->setProgress(5, 5);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(job->state(), Job::State::Done);
    QCOMPARE(job->done(), 0);
    QTRY_VERIFY(job.isNull()); // deletes itself
}

void TestJob::knowsCancelledFromFailed()
{
    Job failed(u"a"_s);
    failed.finish(fail(ErrorKind::Timeout, u"late"_s));
    QCOMPARE(failed.state(), Job::State::Failed);
    QCOMPARE(failed.error().detail, u"late"_s);
    Job cancelled(u"b"_s);
    cancelled.finish(fail(ErrorKind::Cancelled, {}));
    QCOMPARE(cancelled.state(), Job::State::Cancelled);
}

void TestJob::cancelReachesTheWork()
{
    Job job(u"a"_s);
    QSignalSpy changed(&job, &Job::changed);
    const CancelToken token = job.token();
    QVERIFY(!token.stop_requested());
    job.cancel();
    job.cancel();
    QVERIFY(token.stop_requested());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(job.state(), Job::State::Running); // until the work says that it ended
}

void TestJob::errorNamesAreDistinct()
{
    QSet<QString> names;
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind)
        names.insert(errorKindName(static_cast<ErrorKind>(kind)));
    QCOMPARE(names.size(), static_cast<int>(ErrorKind::Internal) + 1);
    QCOMPARE(errorKindName(ErrorKind::NotFound), u"not-found"_s);
}

void TestJob::schemaFindsFields()
{
    const TableSchema schema{u"r"_s, u"id"_s, {{u"id"_s, u"id"_s, FieldType::Text, false, {}}, {u"n"_s, u"n"_s, FieldType::Integer, false, {}}}};
    QCOMPARE(schema.indexOf(u"n"_s), 1);
    QCOMPARE(schema.indexOf(u"N"_s), -1);
}

void TestJob::clockTicks()
{
    const qint64 before = SystemClock().nowMs();
    QVERIFY(before > 1'700'000'000'000);
    QVERIFY(SystemClock().nowMs() >= before);
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
