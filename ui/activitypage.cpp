#include "ui/activitypage.h"

#include "ui/errortext.h"
#include "ui/jobmodel.h"
#include "ui/journalmodel.h"
#include "ui/pagefactory.h"
#include "ui/pagehead.h"
#include "ui/plaintable.h"
#include "ui/undoflow.h"
#include "ui/widgets.h"

#include <QPlainTextEdit>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

namespace {
constexpr int recentChanges = 100;
}

ActivityPage::ActivityPage(const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_head(new PageHead(context.theme, this)), m_jobs(new JobModel(context.jobs, *context.clock, this)),
      m_jobTable(new PlainTable(context.theme, this)), m_log(new QPlainTextEdit(this)), m_cancelButton(makeButton({}, "", this)),
      m_cancel(new QAction(this))
{
    setProperty("ground", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_jobTable->setModel(m_jobs);
    m_jobTable->setWidths({360, 110, 280, 170, 100});
    m_log->setReadOnly(true);
    m_log->setProperty("kind", QStringLiteral("plain"));
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setFont(context.theme->monoFont(TextSize::Label));
    if (context.session) {
        m_changes = new JournalModel(context.resources, QTimeZone(context.session->profile().timeZone), this);
        m_changeTable = new PlainTable(context.theme, this);
        m_changeTable->setModel(m_changes);
        m_changeTable->setWidths({160, 110, 170, 220, 420, 130, 70});
        m_changesTitle = makeLabel({}, "heading", this);
        m_undoButton = makeButton({}, "", this);
        m_allButton = makeButton({}, "quiet", this);
        m_undo = new QAction(this);
    }
    build();
    connect(m_jobTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPage::updateJob);
    connect(context.jobs, &JobList::changed, this, &ActivityPage::updateJob);
    connect(context.jobs, &JobList::added, this, &ActivityPage::updateJob);
    connect(m_cancel, &QAction::triggered, this, &ActivityPage::cancelJob);
    connect(m_cancelButton, &QPushButton::clicked, m_cancel, &QAction::trigger);
    if (m_changes) {
        connect(m_undo, &QAction::triggered, this, &ActivityPage::undo);
        connect(m_undoButton, &QPushButton::clicked, m_undo, &QAction::trigger);
        connect(m_allButton, &QPushButton::clicked, this, [this] { m_context.openPage(QStringLiteral("journal")); });
        connect(m_changeTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPage::updateUndo);
        connect(context.session->actions(), &ActionRunner::actionFinished, this, &ActivityPage::reloadChanges);
    }
    retranslate();
}

void ActivityPage::build()
{
    const Theme *theme = m_context.theme;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_head->addButton(m_cancelButton);
    layout->addWidget(m_head);
    auto *jobs = new QSplitter(Qt::Horizontal, this);
    jobs->addWidget(m_jobTable);
    jobs->addWidget(m_log);
    jobs->setStretchFactor(0, 3);
    jobs->setStretchFactor(1, 1);
    jobs->setChildrenCollapsible(false);
    if (!m_changes) {
        layout->addWidget(jobs, 1);
        return;
    }
    auto *lower = new QWidget(this);
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-4"), theme->size("space-2"));
    line->addWidget(m_changesTitle);
    line->addStretch();
    line->addWidget(m_allButton);
    line->addWidget(m_undoButton);
    lowerLayout->addLayout(line);
    lowerLayout->addWidget(m_changeTable, 1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(jobs);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    layout->addWidget(splitter, 1);
}

QString ActivityPage::title() const
{
    return ownPageTitle(pageId());
}
Page::State ActivityPage::state() const
{
    return rows() > 0 ? State::Ready : State::Empty;
}
qint64 ActivityPage::rows() const
{
    return m_jobs->rowCount() + (m_changes ? m_changes->rowCount() : 0);
}

QList<QAction *> ActivityPage::pageActions() const
{
    QList<QAction *> actions{m_cancel};
    if (m_undo)
        actions << m_undo;
    return actions;
}

void ActivityPage::setShown(bool shown)
{
    m_shown = shown;
    if (!shown)
        return;
    reloadChanges();
    m_jobTable->selectFirst();
    updateJob();
    if (!std::exchange(m_told, true))
        QTimer::singleShot(0, this, &Page::ready);
}

void ActivityPage::updateJob()
{
    const JobRecord *job = m_jobs->record(m_jobTable->currentIndex().row());
    const bool running = job && job->state == Job::State::Running && job->job;
    m_cancel->setEnabled(running);
    m_cancelButton->setEnabled(running);
    const int count = m_context.jobs->running();
    m_head->setNote(count == 0 ? tr("Nothing is running") : tr("%1 running").arg(count));
    QStringList lines;
    if (job) {
        lines << job->title;
        if (!job->step.isEmpty())
            lines << job->step;
        lines << job->log;
        if (job->state == Job::State::Failed) {
            const ErrorText words = errorText(job->error, job->title);
            lines << words.reason << words.advice << errorKindName(job->error.kind) + QStringLiteral(": ") + job->error.detail;
        }
    } else {
        lines << tr("Jobs of this run appear here: first readings, exports, bulk changes.");
    }
    const QString text = lines.join(QLatin1Char('\n'));
    if (m_log->toPlainText() != text)
        m_log->setPlainText(text);
    Q_EMIT statusChanged();
}

void ActivityPage::reloadChanges()
{
    if (!m_changes || !m_shown)
        return;
    if (const auto entries = m_context.session->journal()->read({}, {}, recentChanges))
        m_changes->setEntries(*entries, {});
    updateUndo();
    Q_EMIT statusChanged();
}

void ActivityPage::updateUndo()
{
    const bool can = m_changes->undoable(m_changeTable->currentIndex().row()) && !m_context.session->isOffline();
    m_undo->setEnabled(can);
    m_undoButton->setEnabled(can);
}

void ActivityPage::cancelJob()
{
    const JobRecord *job = m_jobs->record(m_jobTable->currentIndex().row());
    if (job && job->job)
        job->job->cancel();
}

void ActivityPage::undo()
{
    const int row = m_changeTable->currentIndex().row();
    if (const JournalEntry *entry = m_changes->entry(row); entry && m_changes->undoable(row))
        undoEntry(*entry, m_changes->changes(*entry), m_context, this, [this] { reloadChanges(); });
}

void ActivityPage::retranslate()
{
    m_head->setTitle(title());
    m_cancel->setText(tr("Cancel this job"));
    m_cancelButton->setText(m_cancel->text());
    m_jobTable->setAccessibleName(tr("Jobs"));
    m_jobTable->setEmptyText(tr("Nothing has run for long yet"), tr("First readings, exports and bulk changes appear here with their progress."));
    m_log->setAccessibleName(tr("What the job says"));
    m_jobs->retranslate();
    if (m_changes) {
        m_changesTitle->setText(tr("Latest changes"));
        m_undo->setText(tr("Undo this change…"));
        m_undoButton->setText(m_undo->text());
        m_allButton->setText(tr("Whole journal"));
        m_changeTable->setAccessibleName(m_changesTitle->text());
        m_changeTable->setEmptyText(tr("Nothing was changed yet"), tr("The latest changes appear here and can be undone."));
        m_changes->retranslate();
    }
    updateJob();
    Q_EMIT titleChanged();
}

} // namespace kboss
