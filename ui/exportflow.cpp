#include "ui/exportflow.h"

#include "ui/joblist.h"
#include "ui/prompt.h"
#include "ui/resourcefeed.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QWidget>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct ExportWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::ExportWords)
};

void run(ResourceFeed *feed, const ExportRequest &request)
{
    const AppContext context = feed->context();
    Job *job = startExport(request, feed->type());
    if (context.jobs)
        context.jobs->add(job);
    QObject::connect(job, &Job::finished, feed, [job, context, request, feed] {
        const QString rows = formatAmount(Decimal(request.view->count()), 0), file = QDir::toNativeSeparators(request.file);
        if (job->state() == Job::State::Done)
            context.showNotice(request.view->count() == 1 ? ExportWords::tr("1 row exported to %1").arg(file)
                                                          : ExportWords::tr("%1 rows exported to %2").arg(rows, file),
                               {}, {});
        else if (job->state() == Job::State::Failed)
            context.showError(job->error(), ExportWords::tr("Export %1").arg(feed->type().title.text()), [feed = QPointer(feed), request] {
                if (feed)
                    run(feed, request);
            });
    });
}

} // namespace

void askExport(ResourceFeed *feed, const QStringList &fields, ExportFormat format, QWidget *parent)
{
    ExportRequest request;
    request.view = feed->model()->view(); // frozen now: later changes do not move it
    request.fields = fields;
    request.format = format;
    request.zone = feed->zone();
    if (!request.view)
        return;
    const QString suffix = format == ExportFormat::Csv ? u"csv"_s : u"xlsx"_s;
    const QString day = QDateTime::fromMSecsSinceEpoch(feed->context().clock->nowMs(), request.zone).toString(u"yyyy-MM-dd"_s);
    const QString rows = formatAmount(Decimal(request.view->count()), 0);
    Question question;
    question.title = request.view->count() == 1 ? ExportWords::tr("Export 1 row") : ExportWords::tr("Export %1 rows").arg(rows);
    question.text = ExportWords::tr("All %1 matching rows with %2 columns, in the order shown. Secrets are left out.").arg(rows).arg(fields.size());
    question.acceptText = question.title;
    question.input = u"file-save"_s;
    question.inputValue =
        QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).filePath(feed->type().title.text() + u' ' + day + u'.' + suffix);
    question.inputFilter = format == ExportFormat::Csv ? u"CSV (*.csv)"_s : u"Excel (*.xlsx)"_s;
    feed->context().prompt->ask(parent, question, [feed = QPointer(feed), request, suffix](const Answer &answer) mutable {
        if (!answer.accepted || answer.input.isEmpty() || !feed)
            return;
        request.file = answer.input;
        if (!request.file.endsWith(u'.' + suffix, Qt::CaseInsensitive))
            request.file += u'.' + suffix;
        run(feed, request);
    });
}

} // namespace kboss
