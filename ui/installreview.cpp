#include "ui/installreview.h"

#include "app/base/watchresult.h"
#include "models/installcounts.h"
#include "models/installstepwords.h"
#include "models/installwords.h"
#include "ui/errortext.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QHeaderView>
#include <QScrollArea>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

enum Column : int { What, State, Time, Columns };

QStandardItem *cell(const QString &text)
{
    auto *item = new QStandardItem(text);
    item->setEditable(false);
    return item;
}

} // namespace

InstallReviewPane::InstallReviewPane(const AppContext &context, InstallDesk *desk, Installation *installation, QWidget *parent)
    : InstallPane(context, installation, parent), m_desk(desk), m_tree(new QTreeView(this)), m_model(new QStandardItemModel(this)), m_side(nullptr),
      m_sideBody(new QWidget(this)), m_save(makeButton({}, "", this)), m_dry(makeButton({}, "", this))
{
    setObjectName(u"installReview"_s);
    build();
    connect(m_save, &QPushButton::clicked, this, &InstallReviewPane::savePlan);
    connect(m_dry, &QPushButton::clicked, this, &InstallReviewPane::dryRun);
    connect(installation, &Installation::planChanged, this, [this] {
        if (m_shown)
            show();
        Q_EMIT changed();
    });
    connect(installation, &Installation::runChanged, this, &InstallReviewPane::showDryRun);
    connect(installation->checks(), &InstallChecks::acceptedChanged, this, [this] {
        if (m_shown)
            fillSide();
    });
    connect(installation->checks(), &InstallChecks::runningChanged, this, &InstallPane::changed);
    connect(installation, &Installation::trustChanged, this, &InstallPane::changed);
    retranslate();
}

void InstallReviewPane::build()
{
    const Theme *theme = this->theme();
    m_tree->setObjectName(u"installReviewTree"_s);
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setIndentation(theme->size("space-4"));
    m_tree->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_tree->header()->setStretchLastSection(false);
    m_side = new QVBoxLayout(m_sideBody);
    const int margin = theme->size("space-4");
    m_side->setContentsMargins(margin, theme->size("space-3"), margin, margin);
    m_side->setSpacing(theme->size("space-1"));
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_sideBody);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_tree);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({800, theme->size("panel-width") + theme->size("space-5")});
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(makeLine(this));
    whole->addWidget(splitter, 1);
    setFocusProxy(m_tree);
}

QList<QWidget *> InstallReviewPane::headButtons() const
{
    return {m_save, m_dry};
}

void InstallReviewPane::enter()
{
    m_shown = true;
    installation()->readFiles(); // the folder may have others by now
    show();
}

void InstallReviewPane::show()
{
    m_steps = installation()->preview();
    fillTree();
    fillSide();
    showDryRun();
    Q_EMIT changed();
}

int InstallReviewPane::changesOn(const QString &host) const
{
    int count = 0;
    for (const InstallStepInfo &step : m_steps)
        count += step.host == host ? static_cast<int>(step.changes.size()) : 0;
    return count;
}

void InstallReviewPane::fillTree()
{
    m_states.clear();
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("What will be changed"), tr("State"), tr("Usually")});
    for (const PlanHost &host : installation()->plan().hosts) {
        auto *top = cell(QStringList{host.name, host.address, roleWord(host.role), countText(Counted::Changes, changesOn(host.name))}.join(u" · "_s));
        top->setFont(theme()->font(TextSize::Normal, true));
        qint64 usual = 0;
        for (const InstallStepInfo &step : m_steps) {
            if (step.host != host.name)
                continue;
            usual += step.usualMs;
            auto *line = cell(phaseWord(step.phase) + u" · "_s + stepWord(step)), *state = cell({});
            m_states.insert(step.id, state);
            for (const StepChange &change : step.changes) {
                auto *text = cell(changeText(change));
                text->setFont(theme()->monoFont(TextSize::Label));
                text->setToolTip(plainToolTip(changeText(change)));
                line->appendRow({text, cell({}), cell({})});
            }
            if (step.changes.empty())
                line->appendRow({cell(tr("only looks")), cell({}), cell({})});
            top->appendRow({line, state, cell(tookText(step.usualMs))});
        }
        m_model->appendRow({top, cell({}), cell(tookText(usual))});
    }
    m_tree->header()->setSectionResizeMode(What, QHeaderView::Stretch);
    m_tree->setColumnWidth(State, theme()->size("form-label") + theme()->size("space-5"));
    m_tree->setColumnWidth(Time, theme()->size("form-label"));
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_tree->expand(m_model->index(row, 0));
    if (m_model->rowCount() > 0)
        m_tree->setCurrentIndex(m_model->index(0, 0));
}

void InstallReviewPane::addLine(const QString &text, const char *role)
{
    QLabel *label = makeLabel(text, role, m_sideBody);
    label->setWordWrap(true);
    m_side->addWidget(label);
}

void InstallReviewPane::fillSide()
{
    while (QLayoutItem *item = m_side->takeAt(0)) {
        delete item->widget(); // labels: nothing else knows of them
        delete item;
    }
    const InstallPlan &plan = installation()->plan();
    addLine(tr("The cluster"), "heading");
    addLine(plan.cluster + u" · Kubernetes "_s + plan.version, "");
    addLine(tr("Pods %1, services %2, network %3").arg(plan.podRange, plan.serviceRange, plan.networkAddon), "label");
    if (!plan.addons.isEmpty())
        addLine(tr("Add-ons: %1").arg(plan.addons.join(u", "_s)), "label");
    if (const auto &files = installation()->files(); !files.empty()) {
        qint64 bytes = 0;
        for (const InstallFile &file : files)
            bytes += file.size;
        addLine(tr("Files for the hosts: %1, %2").arg(QString::number(files.size()), bytesText(bytes)), "label");
    }
    if (!plan.endpoint.isEmpty())
        addLine(tr("Endpoint %1").arg(plan.endpoint), "label");
    const InstallDetails &details = installation()->details();
    addLine(details.centerId.isEmpty() ? tr("Registered nowhere") : tr("Registered in %1").arg(details.centerName), "label");
    m_side->addSpacing(theme()->size("space-3"));
    addLine(tr("Accepted by name"), "heading");
    for (const AcceptedCheck &accepted : installation()->checks()->accepted())
        addLine(tr("%1 on %2, by %3: %4").arg(accepted.name, accepted.host, accepted.by, accepted.reason), "label");
    if (installation()->checks()->accepted().empty())
        addLine(tr("nothing"), "label");
    m_side->addSpacing(theme()->size("space-3"));
    addLine(tr("Expected time: %1").arg(aboutText(installation()->expectedMs())), "heading");
    std::map<InstallPhase, std::map<QString, qint64>> phases;
    for (const InstallStepInfo &step : m_steps)
        phases[step.phase][step.host] += step.usualMs;
    for (const auto &[phase, hosts] : phases) {
        qint64 most = 0;
        for (const auto &[host, ms] : hosts)
            most = std::max(most, ms);
        addLine(tr("%1: %2 on %3").arg(phaseWord(phase), tookText(most), countText(Counted::Hosts, static_cast<qint64>(hosts.size()))), "label");
    }
    m_side->addStretch();
}

void InstallReviewPane::showDryRun()
{
    if (InstallRun *run = installation()->dryRun()) {
        connect(run, &InstallRun::stepChanged, this, &InstallReviewPane::showDryRun, Qt::UniqueConnection);
        connect(run, &InstallRun::ended, this, &InstallReviewPane::showDryRun, Qt::UniqueConnection);
        for (const StepStatus &status : run->statuses()) {
            if (QStandardItem *state = m_states.value(status.id)) {
                state->setText(status.state == StepStatus::State::Waiting ? QString() : stepStateWord(status.state));
                state->setToolTip(plainToolTip(status.state == StepStatus::State::Failed ? status.error.detail : status.detail));
            }
        }
    }
    Q_EMIT changed();
}

void InstallReviewPane::savePlan()
{
    Question question;
    question.title = tr("Save the plan");
    question.text = tr("Everything that was decided, as a file without passwords and keys.");
    question.input = u"file-save"_s;
    question.inputValue = installation()->plan().cluster + u".plan.json"_s;
    question.inputFilter = tr("Plan (*.json)");
    question.acceptText = tr("Save");
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        watchResult(m_desk->exportPlan(installation()->id(), answer.input), this, [this, file = answer.input](const Result<void> &done) {
            done ? context().showNotice(tr("The plan is in %1").arg(file), {}, {}) : context().showError(done.error(), tr("Save the plan"), {});
        });
    });
}

void InstallReviewPane::dryRun()
{
    if (const auto run = installation()->startDryRun(); !run)
        context().showError(run.error(), tr("Look without touching"), {});
    showDryRun();
}

void InstallReviewPane::next()
{
    const InstallRun *run = installation()->run();
    if (run && run->kind() == InstallRun::Kind::Install) {
        Q_EMIT nextAsked(); // it was begun: there is only its page
        return;
    }
    begin({});
}

void InstallReviewPane::begin(const QString &breakLock)
{
    const auto run = installation()->start(breakLock);
    if (run) {
        Q_EMIT nextAsked();
        return;
    }
    if (!installation()->lockOwner().isEmpty())
        askBreakLock();
    else
        context().showError(run.error(), tr("Begin the installation"), [this] { begin({}); });
}

void InstallReviewPane::askBreakLock()
{
    Question question;
    question.title = tr("%1 has the hosts").arg(installation()->lockOwner());
    question.text = tr("Somebody else works on a host of this plan. Break the lock only when you know that this work has ended; say why. It is "
                       "written down on the hosts.");
    question.input = u"text"_s;
    question.acceptText = tr("Break the lock and begin");
    question.dangerous = true;
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (answer.accepted && !answer.input.trimmed().isEmpty())
            begin(answer.input.trimmed());
    });
}

InstallPane::Words InstallReviewPane::words() const
{
    Words words;
    const Installation *now = installation();
    const int hosts = static_cast<int>(now->plan().hosts.size());
    words.title = tr("Plan · %1").arg(now->plan().cluster);
    const bool begun = now->run() && now->run()->kind() == InstallRun::Kind::Install;
    words.next = begun ? tr("To the installation") : tr("Install on %1").arg(countText(Counted::Hosts, hosts));
    if (begun) {
        words.standing = Standing::Done;
        words.summary = tr("begun");
        return words;
    }
    if (!now->faults().empty() || hosts == 0)
        words.open = tr("hosts come first");
    else if (const QStringList missing = now->missingFiles(); !missing.isEmpty())
        words.open = tr("%1 is missing").arg(missing.join(u", "_s));
    else if (!now->isAllTrusted())
        words.open = tr("trust comes first");
    else if (!now->checks()->isPassed())
        words.open = tr("checks come first");
    words.standing = words.open.isEmpty() ? Standing::Open : Standing::Ahead;
    words.summary = words.open.isEmpty() ? aboutText(now->expectedMs()) : tr("waits for the pages before");
    words.note = tr("Kubernetes %1 · %2").arg(now->plan().version, aboutText(now->expectedMs()));
    if (const InstallRun *run = now->dryRun()) {
        const int would = run->count(StepStatus::State::WouldRun),
                  done = run->count(StepStatus::State::Done) + run->count(StepStatus::State::NotNeeded);
        const int failed = run->count(StepStatus::State::Failed);
        words.note = run->state() == InstallRun::State::Running || run->state() == InstallRun::State::Starting
            ? tr("looking, nothing is touched")
            : tr("dry run: to be done %1, done already %2, not to be looked at %3").arg(would).arg(done).arg(failed);
    }
    m_dry->setEnabled(words.open.isEmpty() || (now->faults().empty() && now->isAllTrusted()));
    m_save->setEnabled(hosts > 0);
    return words;
}

void InstallReviewPane::retranslate()
{
    m_save->setText(tr("Save the plan…"));
    m_dry->setText(tr("Dry run"));
    m_dry->setToolTip(tr("Asks every host what it has already. Nothing is written, not even a log."));
    m_tree->setAccessibleName(tr("What will be changed"));
    show();
}

} // namespace kboss
