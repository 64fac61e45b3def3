#include "ui/installchecks.h"

#include "models/formatters.h"
#include "models/installchecksmodel.h"
#include "models/installcounts.h"
#include "models/installwords.h"
#include "ui/filterchip.h"
#include "ui/installcheckpanel.h"
#include "ui/installcheckwords.h"
#include "ui/installlegend.h"
#include "ui/installmatrix.h"
#include "ui/installpage.h"
#include "ui/installsignin.h"
#include "ui/widgets.h"

#include <QShortcut>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int sideWidth = 300, columnWidth = 96;
using Show = InstallChecksModel::Show;
constexpr Show shows[] = {Show::All, Show::Failed, Show::Warnings, Show::Accepted, Show::Passed};

} // namespace

InstallChecksPane::InstallChecksPane(const AppContext &context, Installation *installation, QWidget *parent)
    : InstallPane(context, installation, parent), m_model(new InstallChecksModel([](const QString &name) { return checkWords(name).title; }, this)),
      m_matrix(new InstallMatrix(context.theme, this)), m_panel(new InstallCheckPanel(context, installation, this)),
      m_only(new FilterChip(context.theme, FilterChip::Style::Toggle, this)), m_all(makeButton({}, "", this)),
      m_trouble(makeButton({}, "quiet", this)), m_counts(new QTimer(this))
{
    setObjectName(u"installChecks"_s);
    m_counts->setSingleShot(true);
    m_counts->setInterval(100);
    build();
    connectParts();
    retranslate();
    showRows();
}

void InstallChecksPane::build()
{
    Theme *theme = this->theme();
    m_matrix->setObjectName(u"installChecksMatrix"_s);
    m_matrix->setModel(m_model);
    m_matrix->setSizes(sideWidth, columnWidth, theme->rowHeight());
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildFilters());
    column->addWidget(makeLine(left));
    column->addWidget(m_matrix, 1);
    column->addWidget(makeLine(left));
    column->addWidget(new InstallLegend(
        theme, {CellShape::Passed, CellShape::Warning, CellShape::Accepted, CellShape::Failed, CellShape::NotApplicable, CellShape::Running}, left));
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(left);
    splitter->addWidget(m_panel);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({800, theme->size("panel-width") + theme->size("space-5")});
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(splitter);
    setFocusProxy(m_matrix);
}

QWidget *InstallChecksPane::buildFilters()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(theme()->size("space-4"), 0, theme()->size("space-4"), theme()->size("space-2"));
    row->setSpacing(theme()->size("space-2"));
    for (size_t i = 0; i < std::size(shows); ++i) {
        auto *chip = new FilterChip(theme(), FilterChip::Style::Toggle, line);
        connect(chip, &QAbstractButton::clicked, this, [this, i] {
            for (size_t j = 0; j < m_chips.size(); ++j)
                m_chips[j]->setChecked(i == j);
            m_model->setShow(shows[i]);
        });
        m_chips.push_back(chip);
        row->addWidget(chip);
    }
    m_chips[0]->setChecked(true);
    row->addSpacing(theme()->size("space-2"));
    row->addWidget(m_only);
    row->addStretch();
    row->addWidget(m_trouble);
    return line;
}

void InstallChecksPane::connectParts()
{
    InstallChecks *checks = installation()->checks();
    connect(m_model, &InstallChecksModel::arranged, this, [this] {
        m_matrix->clearSpans();
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->isGroup(row) && m_model->columnCount() > 1)
                m_matrix->setSpan(row, 0, 1, m_model->columnCount());
        }
        if (const QModelIndex here = m_model->indexOf(m_panel->host(), m_panel->name()); here.isValid())
            m_matrix->setCurrentIndex(here);
    });
    connect(m_matrix, &InstallMatrix::chosen, this, &InstallChecksPane::showCell);
    connect(m_matrix, &InstallMatrix::opened, this, [this](const QModelIndex &index) { showCell(index); });
    connect(m_only, &QAbstractButton::toggled, m_model, &InstallChecksModel::setOnlyTrouble);
    connect(m_all, &QPushButton::clicked, this, &InstallChecksPane::runAll);
    const auto nextTrouble = [this] {
        if (const QModelIndex next = m_model->nextTrouble(m_matrix->currentIndex()); next.isValid()) {
            m_matrix->setCurrentIndex(next);
            m_matrix->setFocus();
        }
    };
    connect(m_trouble, &QPushButton::clicked, this, nextTrouble);
    auto *f8 = new QShortcut(QKeySequence(Qt::Key_F8), this);
    f8->setContext(Qt::WidgetWithChildrenShortcut);
    connect(f8, &QShortcut::activated, this, nextTrouble);
    connect(m_panel, &InstallCheckPanel::signInAsked, this,
            [this](const QString &host) { (new InstallSignIn(context(), installation(), {host}, this))->open(); });
    connect(m_panel, &InstallCheckPanel::keysAsked, this, [this] { Q_EMIT goAsked(InstallPage::Trust); });
    connect(checks, &InstallChecks::rowsChanged, this, &InstallChecksPane::showRows);
    connect(checks, &InstallChecks::resultChanged, this, &InstallChecksPane::showResult);
    connect(checks, &InstallChecks::hostChanged, this, [this](const QString &host) {
        if (host == m_panel->host())
            m_panel->refresh();
        m_counts->start();
    });
    connect(checks, &InstallChecks::runningChanged, this, [this] {
        m_panel->refresh();
        showCounts();
    });
    connect(checks, &InstallChecks::acceptedChanged, this, [this] {
        showRows();
        m_panel->refresh();
    });
    connect(installation(), &Installation::planChanged, this, &InstallChecksPane::showRows);
    connect(m_counts, &QTimer::timeout, this, &InstallChecksPane::showCounts);
}

QList<QWidget *> InstallChecksPane::headButtons() const
{
    return {m_all};
}

void InstallChecksPane::enter()
{
    showRows();
    if (!wasRun() && !installation()->checks()->isRunning() && installation()->isAllTrusted() && installation()->faults().empty())
        runAll();
    if (!m_matrix->currentIndex().isValid() && m_model->rowCount() > 1)
        m_matrix->goTo(1, 0);
}

void InstallChecksPane::runAll()
{
    installation()->checks()->isRunning() ? installation()->checks()->cancel() : installation()->checks()->run();
}

bool InstallChecksPane::wasRun() const
{
    return installation()->checks()->beganMs() > 0;
}

void InstallChecksPane::showRows()
{
    const InstallChecks *checks = installation()->checks();
    std::vector<InstallChecksModel::Host> hosts;
    for (const PlanHost &host : installation()->plan().hosts)
        hosts.push_back({host.name, roleWord(host.role)});
    m_model->setMatrix(checks->rows(), std::move(hosts));
    for (const PlanHost &host : installation()->plan().hosts) {
        for (const CheckResult &result : checks->results(host.name))
            m_model->setResult(result);
    }
    showCounts();
}

void InstallChecksPane::showResult(const QString &host, const QString &name)
{
    m_model->setResult(installation()->checks()->result(host, name));
    if (host == m_panel->host() && name == m_panel->name())
        m_panel->refresh();
    if (!m_counts->isActive())
        m_counts->start();
}

void InstallChecksPane::showCell(const QModelIndex &index)
{
    if (index.isValid() && !m_model->isGroup(index.row()))
        m_panel->show(m_model->hostAt(index.column()), m_model->nameAt(index.row()));
}

int InstallChecksPane::openCount() const
{
    return m_model->count(CellShape::Failed);
}

void InstallChecksPane::showCounts()
{
    const QString texts[] = {tr("All %1").arg(m_model->total()), tr("Failed %1").arg(m_model->count(CellShape::Failed)),
                             tr("Warnings %1").arg(m_model->count(CellShape::Warning)), tr("Accepted %1").arg(m_model->count(CellShape::Accepted)),
                             tr("Passed %1").arg(m_model->count(CellShape::Passed))};
    for (size_t i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setWords(texts[i]);
    const bool running = installation()->checks()->isRunning();
    m_all->setText(running ? tr("Stop checking") : wasRun() ? tr("Check all again") : tr("Check all"));
    m_all->setEnabled(running || (installation()->isAllTrusted() && installation()->faults().empty()));
    m_trouble->setEnabled(m_model->count(CellShape::Failed) + m_model->count(CellShape::Warning) > 0);
    m_matrix->setCornerText(tr("Check"));
    m_matrix->setEmptyText(
        tr("Nothing was checked yet"),
        installation()->plan().hosts.empty()
            ? tr("Checks need hosts: they are named on the first page.")
            : tr("Once all keys are trusted, every host is asked what it is and whether a cluster can stand on it. No host is changed by that."));
    Q_EMIT changed();
}

InstallPane::Words InstallChecksPane::words() const
{
    const InstallChecks *checks = installation()->checks();
    Words words;
    const int failed = m_model->count(CellShape::Failed), warnings = m_model->count(CellShape::Warning), running = m_model->count(CellShape::Running);
    words.title = tr("Checks · %1").arg(installation()->plan().cluster);
    words.next = tr("Next: plan");
    const int hosts = static_cast<int>(installation()->plan().hosts.size());
    if (checks->isRunning()) {
        words.note = tr("%1 of %2 are under way").arg(running).arg(m_model->total());
        words.summary = words.note;
        words.standing = Standing::Running;
        words.open = tr("checks are under way");
        return words;
    }
    if (!wasRun()) {
        words.note = tr("no host is changed by them");
        words.summary = tr("not yet");
        words.open = installation()->isAllTrusted() ? tr("not checked yet") : tr("trust comes first");
        return words;
    }
    const qint64 took = checks->endedMs() - checks->beganMs();
    words.note = countText(Counted::Hosts, hosts) + u" · "_s + countText(Counted::Checks, m_model->total());
    if (checks->endedMs() > 0)
        words.note += u" · "_s
            + tr("done %1, took %2")
                  .arg(formatRelativeTime(checks->endedMs(), context().clock->nowMs(), QTimeZone::systemTimeZone()), tookText(took));
    const QString warned = warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings);
    words.summary = failed > 0 ? tr("%1 failed").arg(failed) + u" · "_s + warned : warnings > 0 ? warned : tr("all passed");
    if (failed > 0)
        words.open = tr("%1 not passed").arg(failed);
    else if (checks->isStale())
        words.open = tr("the plan was changed since");
    else if (!checks->isPassed())
        words.open = tr("not every host was asked");
    words.standing = failed > 0 ? Standing::Trouble : words.open.isEmpty() ? Standing::Done : Standing::Open;
    return words;
}

void InstallChecksPane::retranslate()
{
    m_only->setWords(tr("Only rows with trouble"));
    m_trouble->setText(tr("Next trouble (F8)"));
    m_matrix->setAccessibleName(tr("Checks by hosts"));
    m_model->setGroupNotes({tr("run on every host where it is installed, read line by line"),
                            tr("what kubeadm does not look at, measured by this wizard"), tr("each host with each")});
    m_model->retranslate();
    m_panel->retranslate();
    showCounts();
}

} // namespace kboss
