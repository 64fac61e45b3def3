#include "ui/installrunpane.h"

#include "app/base/watchresult.h"
#include "models/formatters.h"
#include "models/installcounts.h"
#include "models/installstepsmodel.h"
#include "models/installstepwords.h"
#include "models/installwords.h"
#include "ui/errortext.h"
#include "ui/installlogview.h"
#include "ui/installmatrix.h"
#include "ui/installpage.h"
#include "ui/installprogress.h"
#include "ui/installsignin.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int sideWidth = 150, columnWidth = 100, rowHeight = 44, gatherMs = 60, tickMs = 1'000;
using State = InstallRun::State;

bool goesOn(State state)
{
    return state == State::Running || state == State::Starting;
}

} // namespace

InstallRunPane::InstallRunPane(const AppContext &context, Installation *installation, QWidget *parent)
    : InstallPane(context, installation, parent), m_model(new InstallStepsModel(this)), m_matrix(new InstallMatrix(context.theme, this)),
      m_progress(new InstallProgressHead(context.theme, this)), m_log(new InstallLogView(context.theme, this)),
      m_choices(new InstallChoices(context, this)), m_choicesArea(new QScrollArea(this)), m_pause(makeButton({}, "", this)),
      m_export(makeButton({}, "", this))
{
    setObjectName(u"installRun"_s);
    build();
    m_tick.setInterval(tickMs);
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_model->setNow(InstallPane::context().clock->nowMs());
        showFigures();
    });
    connect(&m_gather, &QTimer::timeout, this, &InstallRunPane::takeStatuses);
    connect(m_matrix, &InstallMatrix::chosen, this, &InstallRunPane::showCell);
    connect(m_pause, &QPushButton::clicked, this, &InstallRunPane::pauseOrGo);
    connect(m_export, &QPushButton::clicked, this, &InstallRunPane::exportLog);
    connect(m_choices, &InstallChoices::helpAsked, this, &InstallRunPane::help);
    connect(installation, &Installation::runChanged, this, &InstallRunPane::connectRun);
    retranslate();
    connectRun();
}

void InstallRunPane::build()
{
    Theme *theme = this->theme();
    m_matrix->setObjectName(u"installRunMatrix"_s);
    m_matrix->setModel(m_model);
    m_matrix->setSizes(sideWidth, columnWidth, rowHeight);
    m_choicesArea->setObjectName(u"installChoicesArea"_s);
    m_choicesArea->setFrameShape(QFrame::NoFrame);
    m_choicesArea->setWidgetResizable(true);
    m_choicesArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_choicesArea->setWidget(m_choices);
    auto *below = new QSplitter(Qt::Horizontal, this);
    below->setChildrenCollapsible(false);
    below->setHandleWidth(1);
    below->addWidget(m_log);
    below->addWidget(m_choicesArea);
    below->setStretchFactor(0, 1);
    below->setStretchFactor(1, 0);
    below->setSizes({800, theme->size("panel-width") + theme->size("space-5")});
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_matrix);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_progress);
    column->addWidget(makeLine(this));
    column->addWidget(splitter, 1);
    setFocusProxy(m_matrix);
}

QList<QWidget *> InstallRunPane::headButtons() const
{
    return {m_export, m_pause};
}

void InstallRunPane::connectRun()
{
    InstallRun *run = installation()->run();
    if (m_run == run)
        return showFigures();
    if (m_run)
        m_run->disconnect(this);
    m_run = run;
    m_host.clear();
    m_log->clear();
    fillSteps();
    if (run) {
        connect(run, &InstallRun::stepsChanged, this, &InstallRunPane::fillSteps);
        connect(run, &InstallRun::stepChanged, this, [this](const StepStatus &status) {
            m_changed.push_back(status);
            if (!m_gather.isActive())
                m_gather.start();
        });
        connect(run, &InstallRun::progressChanged, this, &InstallRunPane::showFigures);
        connect(run, &InstallRun::stateChanged, this, &InstallRunPane::showFigures);
        connect(run, &InstallRun::logged, this, &InstallRunPane::takeLines);
        for (int row = 0; row < m_model->rowCount() && !m_matrix->currentIndex().isValid(); ++row)
            m_matrix->goTo(row, 0);
    }
    showFigures();
}

// Hosts that have no part in it are left out: of the removal of one worker, all others but the first control plane.
void InstallRunPane::fillSteps()
{
    std::vector<InstallStepsModel::Host> hosts;
    for (const PlanHost &host : installation()->plan().hosts) {
        const auto isOf = [&host](const InstallStepInfo &step) { return step.host == host.name; };
        if (m_run && std::any_of(m_run->steps().begin(), m_run->steps().end(), isOf))
            hosts.push_back({host.name, roleWord(host.role)});
    }
    m_model->setSteps(std::move(hosts), m_run ? m_run->steps() : std::vector<InstallStepInfo>());
    if (!m_run)
        return;
    m_model->setNow(context().clock->nowMs());
    m_model->setStatuses(m_run->statuses());
}

void InstallRunPane::takeStatuses()
{
    m_model->setNow(context().clock->nowMs());
    std::vector<StepStatus> changed;
    changed.swap(m_changed);
    m_model->setStatuses(changed);
    for (const StepStatus &status : changed) {
        if (status.state == StepStatus::State::Failed) { // where one has to look
            const InstallStepInfo *step = m_model->step(status.id);
            if (step && m_choices->step().isEmpty())
                m_matrix->goTo(m_model->rowOf(step->host), m_model->columnOf(step->phase));
        }
    }
    showCell(m_matrix->currentIndex());
    showFigures();
}

void InstallRunPane::showFigures()
{
    if (m_run) {
        m_progress->show(m_run->permille(), m_run->elapsedMs(), m_run->leftMs(), context().clock->nowMs(), goesOn(m_run->state()), m_model->counts());
        const bool goes = goesOn(m_run->state());
        goes &&isVisible() ? m_tick.start() : m_tick.stop();
        m_pause->setText(goes                                  ? tr("Pause what comes next")
                             : m_run->state() == State::Paused ? tr("Go on")
                             : m_run->state() == State::Failed ? tr("Try again what failed")
                                                               : tr("Ask the hosts and go on"));
        m_pause->setEnabled(goes || mayGoOn());
        m_pause->setVisible(m_run->state() != State::Done && isVisible());
        m_progress->setHint(waitingFor());
    } else {
        m_pause->hide(); // there is nothing to pause yet
        m_progress->setHint({});
    }
    m_progress->setVisible(m_run != nullptr);
    m_export->setEnabled(m_run != nullptr);
    m_matrix->setEmptyText(tr("Nothing was begun yet"),
                           tr("Once the plan was looked at and its button pressed, every host and phase is shown here as it goes."));
    m_matrix->setCornerText(tr("Host"));
    Q_EMIT changed();
}

QString InstallRunPane::waitingFor() const
{
    if (!m_run->error().detail.isEmpty())
        return errorText(m_run->error(), tr("The installation could not go on")).headline + u' ' + m_run->error().detail + u' '
            + tr("Nothing is lost: once that is put right, “%1” goes on where it was.").arg(m_pause->text());
    switch (m_run->state()) {
    case State::Interrupted:
        return tr("The console ended while this was under way. What ran on the hosts went on there; asking them shows the truth.");
    case State::Paused:
        return tr("Paused: what runs goes on to its end, nothing new begins.");
    case State::Failed:
        return m_run->count(StepStatus::State::Failed) > 0
            ? tr("Nothing goes on by itself any more. The hosts with a failure each have three ways on, at the right.")
            : tr("Nothing goes on by itself any more: hosts were taken back, or wait for them. Their ways on are at the right.");
    case State::Done:
        if (const QStringList without = m_run->leftOut(); !without.isEmpty())
            return tr("Done without %1: left out by a person. “Repeat” at one of its steps takes it in again.").arg(without.join(u", "_s));
        return tr("Everything is done, and every host was asked once more.");
    default:
        return tr("Closing the window or the lid stops nothing: long steps run on the hosts by themselves, with their own log. Opened again, this "
                  "page shows what the hosts say.");
    }
}

void InstallRunPane::showCell(const QModelIndex &index)
{
    const QString host = index.isValid() ? m_model->hostAt(index.row()) : QString();
    if (host != m_host)
        showHost(host);
    const QString chosen = stepToChoose(index);
    m_choices->show(m_run, chosen);
    m_choicesArea->setVisible(!chosen.isEmpty());
    if (!index.isValid())
        return;
    QString note;
    for (const StepStatus *status : m_model->statusesAt(index)) {
        if (note.isEmpty() || status->state != StepStatus::State::Done)
            note = phaseWord(m_model->phaseAt(index.column())) + u" · "_s + stepWord(status->id.section(u'/', 1)) + u" · "_s
                + stepStateWord(status->state);
    }
    m_log->setTitle(tr("Log of %1").arg(host), note);
}

// What of a host one has to decide about: its failure (that of the cell first), else the first step that was taken back, else the first it was set
// aside with.
QString InstallRunPane::stepToChoose(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    if (const StepStatus *failed = m_model->failureAt(index))
        return failed->id;
    using Where = StepStatus::State;
    for (const Where wanted : {Where::Failed, Where::Undone, Where::SetAside}) {
        for (int column = 0; column < m_model->columnCount(); ++column) {
            for (const StepStatus *status : m_model->statusesAt(m_model->index(index.row(), column))) {
                if (status->state == wanted)
                    return status->id;
            }
        }
    }
    return {};
}

bool InstallRunPane::mayGoOn() const
{
    return m_run
        && (m_run->state() == State::Paused || m_run->state() == State::Interrupted || m_run->state() == State::Stopped
            || m_run->state() == State::Failed);
}

void InstallRunPane::help(InstallChoices::Help help, const QString &host)
{
    if (help == InstallChoices::Help::SignIn)
        (new InstallSignIn(context(), installation(), {host}, this))->open();
    else if (help == InstallChoices::Help::Keys)
        Q_EMIT goAsked(InstallPage::Trust);
}

void InstallRunPane::showHost(const QString &host)
{
    m_host = host;
    m_log->clear();
    if (m_run && !host.isEmpty())
        m_log->append(m_run->log(host).lines);
}

void InstallRunPane::takeLines(const std::vector<StepLogLine> &lines)
{
    std::vector<StepLogLine> own;
    for (const StepLogLine &line : lines) {
        if (line.host == m_host)
            own.push_back(line);
    }
    m_log->append(own);
}

void InstallRunPane::enter()
{
    connectRun();
    if (m_run) {
        m_model->setNow(context().clock->nowMs());
        m_model->setStatuses(m_run->statuses());
    }
    if (!m_matrix->currentIndex().isValid())
        m_matrix->goTo(0, 0);
    showCell(m_matrix->currentIndex());
    showFigures();
}

void InstallRunPane::leave()
{
    m_tick.stop();
}

void InstallRunPane::pauseOrGo()
{
    if (m_run)
        goesOn(m_run->state()) ? m_run->pause() : m_run->resume();
}

void InstallRunPane::exportLog()
{
    Question question;
    question.title = tr("Export the log");
    question.text = tr("All lines of all hosts by time, without secrets.");
    question.input = u"file-save"_s;
    question.inputValue = installation()->plan().cluster + u"-install.log"_s;
    question.inputFilter = tr("Log (*.log *.txt)");
    question.acceptText = tr("Export");
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted || !m_run)
            return;
        watchResult(m_run->exportLog({}, answer.input), this, [this, file = answer.input](const Result<void> &done) {
            done ? context().showNotice(tr("The log is in %1").arg(file), {}, {}) : context().showError(done.error(), tr("Export the log"), {});
        });
    });
}

InstallPane::Words InstallRunPane::words() const
{
    Words words;
    const bool removes = m_run && m_run->kind() != InstallRun::Kind::Install;
    words.title = removes ? tr("Removal · %1").arg(installation()->plan().cluster) : tr("Install · %1").arg(installation()->plan().cluster);
    words.next = tr("Next: done");
    if (!m_run) {
        words.summary = tr("usually %1").arg(aboutText(installation()->expectedMs()));
        words.open = tr("not begun");
        return words;
    }
    words.note =
        countText(Counted::Hosts, static_cast<qint64>(installation()->plan().hosts.size())) + u" · Kubernetes "_s + installation()->plan().version;
    if (m_run->truthMs() > 0)
        words.note += u" · "_s + tr("asked %1").arg(formatRelativeTime(m_run->truthMs(), context().clock->nowMs(), QTimeZone::systemTimeZone()));
    const int percent = m_run->permille() / 10, failed = m_run->count(StepStatus::State::Failed);
    words.summary = failed > 0 ? tr("%1 % · %2 failed").arg(percent).arg(failed) : tr("%1 %").arg(percent);
    words.standing = m_run->state() == State::Done      ? Standing::Done
        : failed > 0 || m_run->state() == State::Failed ? Standing::Trouble
        : goesOn(m_run->state())                        ? Standing::Running
                                                        : Standing::Open;
    if (m_run->state() != State::Done)
        words.open = failed > 0 ? countText(Counted::FailedSteps, failed) : goesOn(m_run->state()) ? tr("under way") : tr("not at its end");
    return words;
}

void InstallRunPane::retranslate()
{
    m_export->setText(tr("Export the log…"));
    m_matrix->setAccessibleName(tr("Hosts by phases"));
    m_model->retranslate();
    m_log->retranslate();
    m_choices->retranslate();
    showFigures();
}

} // namespace kboss
