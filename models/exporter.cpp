#include "models/exportsink.h"

#include "app/base/watchresult.h"

#include <QCoreApplication>
#include <QTimer>
#include <atomic>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// Shared by the job's thread and the worker.
struct ExportRun {
    std::unique_ptr<ExportSink> sink;
    RowViewPtr view;
    std::atomic<qint64> done = 0;
    std::atomic<bool> dropped = false; // the job went away
    CancelToken cancel;
    Result<void> outcome;
    bool begun = false;

    void begin()
    {
        if (!std::exchange(begun, true) && outcome)
            outcome = sink->begin();
    }
    bool stopped() const { return dropped || cancel.stop_requested(); }
};

Result<void> finishRun(ExportRun &run, const Result<qint64> &rows)
{
    if (run.stopped())
        run.outcome = fail(ErrorKind::Cancelled, {});
    else if (run.outcome && !rows)
        run.outcome = fail(rows.error());
    if (run.outcome)
        run.outcome = run.sink->finish();
    run.sink.reset(); // removes what is not whole
    return run.outcome;
}

std::unique_ptr<ExportSink> makeSink(const ExportRequest &request, const ResourceType &type)
{
    auto columns = exportColumns(type, request.fields, request.zone);
    return request.format == ExportFormat::Csv ? makeCsvSink(request.file, std::move(columns), request.zone)
                                               : makeXlsxSink(request.file, type.title.text(), std::move(columns), request.zone);
}

} // namespace

Job *startExport(const ExportRequest &request, const ResourceType &type, QObject *parent)
{
    auto *job = new Job(QCoreApplication::translate("Exporter", "Export %1").arg(type.title.text()), parent);
    auto run = std::make_shared<ExportRun>();
    run->sink = makeSink(request, type);
    run->view = request.view;
    run->cancel = job->token();
    QObject::connect(job, &QObject::destroyed, [run] { run->dropped = true; });
    auto *ticker = new QTimer(job);
    QObject::connect(ticker, &QTimer::timeout, job, [job, run] { job->setProgress(run->done, run->view->count()); });
    ticker->start(100);

    const auto sink = [run](const std::vector<Row> &rows) {
        run->begin();
        if (run->outcome)
            run->outcome = run->sink->write(rows);
        run->done += static_cast<qint64>(rows.size());
        return run->outcome.has_value() && !run->stopped();
    };
    job->setProgress(0, request.view->count());
    const auto whole = request.view->forEach(sink, job->token()).then(QtFuture::Launch::Async, [run](const Result<qint64> &rows) {
        if (rows)
            run->begin(); // nothing matches: the head alone
        return finishRun(*run, rows);
    });
    watchResult(whole, job, [job, run, ticker](const Result<void> &outcome) {
        ticker->stop();
        job->setProgress(run->done, run->view->count());
        job->finish(outcome);
    });
    return job;
}

} // namespace kboss
