#include "ui/installdone.h"

#include "app/base/watchresult.h"
#include "models/installcounts.h"
#include "models/installwords.h"
#include "ui/installpage.h"
#include "ui/installremoval.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int clipboardMs = 30'000; // how long a secret stays there
}

InstallDonePane::InstallDonePane(const AppContext &context, Installation *installation, QWidget *parent)
    : InstallPane(context, installation, parent), m_report(new QPlainTextEdit(this)), m_next(makeLabel({}, "heading", this)),
      m_nextText(makeLabel({}, "label", this)), m_access(makeLabel({}, "heading", this)), m_accessText(makeLabel({}, "label", this)),
      m_undo(makeLabel({}, "heading", this)), m_undoText(makeLabel({}, "label", this)), m_saveReport(makeButton({}, "", this)),
      m_save(makeButton({}, "", this)), m_copy(makeButton({}, "", this)), m_open(makeButton({}, "primary", this)),
      m_register(makeButton({}, "", this)), m_removeWorkers(makeButton({}, "danger", this)), m_remove(makeButton({}, "danger", this))
{
    setObjectName(u"installDone"_s);
    build();
    connect(installation, &Installation::runChanged, this, &InstallDonePane::show);
    connect(installation, &Installation::entryChanged, this, &InstallDonePane::show);
    connect(m_saveReport, &QPushButton::clicked, this, &InstallDonePane::saveReport);
    connect(m_save, &QPushButton::clicked, this, &InstallDonePane::saveKubeconfig);
    connect(m_copy, &QPushButton::clicked, this, &InstallDonePane::copyKubeconfig);
    connect(m_register, &QPushButton::clicked, this, &InstallDonePane::registerAgain);
    connect(m_remove, &QPushButton::clicked, this, &InstallDonePane::askRemove);
    connect(m_removeWorkers, &QPushButton::clicked, this, &InstallDonePane::askRemoveWorkers);
    connect(m_open, &QPushButton::clicked, this, [this] {
        const QString center = InstallPane::installation()->details().centerId;
        if (InstallPane::context().openRow)
            InstallPane::context().openRow(u"compute-cluster"_s, center.isEmpty() ? QStringList() : QStringList{center}, {}, {});
    });
    retranslate();
    show();
}

void InstallDonePane::build()
{
    const Theme *theme = this->theme();
    m_report->setReadOnly(true);
    m_report->setObjectName(u"installReport"_s);
    m_report->setProperty("kind", u"plain"_s);
    m_report->setFont(theme->monoFont(TextSize::Label));
    m_report->setTabChangesFocus(true);
    m_report->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    const int margin = theme->size("space-4");
    column->setContentsMargins(margin, theme->size("space-3"), margin, margin);
    column->setSpacing(theme->size("space-2"));
    const auto part = [&](QLabel *heading, QLabel *text, std::initializer_list<QPushButton *> buttons) {
        text->setWordWrap(true);
        column->addWidget(heading);
        column->addWidget(text);
        auto *row = new QHBoxLayout;
        row->setSpacing(theme->size("space-2"));
        for (QPushButton *button : buttons)
            row->addWidget(button);
        row->addStretch();
        column->addLayout(row);
        column->addSpacing(theme->size("space-3"));
    };
    part(m_next, m_nextText, {m_open, m_register});
    part(m_access, m_accessText, {m_save, m_copy});
    part(m_undo, m_undoText, {m_removeWorkers, m_remove});
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(side);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_report);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({800, theme->size("panel-width") + theme->size("space-5") * 2});
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(makeLine(this));
    whole->addWidget(splitter, 1);
    setFocusProxy(m_report);
}

QList<QWidget *> InstallDonePane::headButtons() const
{
    return {m_saveReport};
}

void InstallDonePane::enter()
{
    show();
}

bool InstallDonePane::isDone() const
{
    return installation()->entry().state == InstallEntry::State::Done;
}

void InstallDonePane::show()
{
    const QString text = installation()->run() ? QString::fromUtf8(installation()->reportText()) : QString();
    if (m_report->toPlainText() != text)
        m_report->setPlainText(text);
    m_report->setPlaceholderText(
        tr("The report is written while the installation goes: what was done on which host, how long it took, who accepted what."));
    // A host that failed or was given up keeps nobody from a cluster that is there.
    const bool there = installation()->isClusterThere(), center = !installation()->details().centerId.isEmpty();
    const InstallEntry::State state = installation()->entry().state;
    const bool busy = state == InstallEntry::State::Running || state == InstallEntry::State::Paused;
    m_saveReport->setEnabled(!text.isEmpty());
    for (QPushButton *button : {m_save, m_copy, m_open})
        button->setEnabled(there);
    m_register->setVisible(there && !busy && center && !installation()->isRegistered());
    m_remove->setEnabled(installation()->isFrozen() && state != InstallEntry::State::Removed && !busy);
    const auto workers = installation()->plan().withRole(HostRole::Worker).size();
    m_removeWorkers->setEnabled(there && !busy && static_cast<qsizetype>(workers) > installation()->removedWorkers().size());
    m_nextText->setText(nextText());
    Q_EMIT changed();
}

QString InstallDonePane::nextText() const
{
    if (!installation()->isClusterThere())
        return installation()->entry().state == InstallEntry::State::Removed ? tr("The cluster was removed again.")
                                                                             : tr("Once the control plane is up, the cluster is opened from here.");
    QString text = installation()->isRegistered()      ? tr("The cluster stands among the clusters of %1.").arg(installation()->details().centerName)
        : installation()->details().centerId.isEmpty() ? tr("The plan names no center, so the service was not told.")
                                                       : tr("The service does not know of the cluster yet: it was out of reach, or said no.");
    if (const QStringList gone = installation()->removedWorkers(); !gone.isEmpty())
        text += u' ' + tr("Removed again: %1.").arg(gone.join(u", "_s));
    return text;
}

void InstallDonePane::saveReport()
{
    Question question;
    question.title = tr("Save the report");
    question.input = u"file-save"_s;
    question.inputValue = installation()->plan().cluster + u"-report.txt"_s;
    question.inputFilter = tr("Report (*.txt *.json)");
    question.acceptText = tr("Save");
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        watchResult(installation()->exportReport(answer.input), this, [this, file = answer.input](const Result<void> &done) {
            done ? context().showNotice(tr("The report is in %1").arg(file), {}, {}) : context().showError(done.error(), tr("Save the report"), {});
        });
    });
}

void InstallDonePane::saveKubeconfig()
{
    Question question;
    question.title = tr("Save the kubeconfig of %1").arg(installation()->plan().cluster);
    question.text = tr("Whoever has this file rules the cluster. It is written so that only you can read it (0600).");
    question.input = u"file-save"_s;
    question.inputValue = installation()->plan().cluster + u".kubeconfig"_s;
    question.acceptText = tr("Save");
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        watchResult(installation()->exportKubeconfig(answer.input), this, [this, file = answer.input](const Result<void> &done) {
            done ? context().showNotice(tr("The kubeconfig is in %1").arg(file), {}, {})
                 : context().showError(done.error(), tr("Save the kubeconfig"), {});
        });
    });
}

void InstallDonePane::copyKubeconfig()
{
    watchResult(installation()->kubeconfig(), this, [this](const Result<QByteArray> &kubeconfig) {
        if (!kubeconfig)
            return context().showError(kubeconfig.error(), tr("Copy the kubeconfig"), {});
        const QString text = QString::fromUtf8(*kubeconfig);
        QApplication::clipboard()->setText(text);
        QTimer::singleShot(clipboardMs, qApp, [text] {
            if (QApplication::clipboard()->text() == text)
                QApplication::clipboard()->clear();
        });
        context().showNotice(tr("The kubeconfig is on the clipboard for 30 seconds"), {}, {});
    });
}

void InstallDonePane::registerAgain()
{
    watchResult(installation()->registerAgain(), this, [this](const Result<void> &done) {
        if (!done)
            context().showError(done.error(), tr("Register the cluster"), {});
        show();
    });
}

void InstallDonePane::askRemove()
{
    Question question;
    question.title = tr("Remove the cluster %1?").arg(installation()->plan().cluster);
    question.text =
        tr("Every workload on it ends. Workers first, then the control planes: each is deleted from the cluster and reset; packages, images and the "
           "settings of the system stay. The progress is on the page before.");
    for (const PlanHost &host : installation()->plan().hosts)
        question.details << host.name + u"  "_s + host.address;
    question.acceptText = tr("Remove the cluster");
    question.dangerous = true;
    question.nameToType = installation()->plan().cluster;
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        if (const auto run = installation()->startRemoval({}); !run)
            context().showError(run.error(), tr("Remove the cluster"), {});
        else
            Q_EMIT goAsked(InstallPage::Install);
    });
}

void InstallDonePane::askRemoveWorkers()
{
    auto *dialog = new InstallRemoval(context(), installation(), this);
    connect(dialog, &InstallRemoval::begun, this, [this] { Q_EMIT goAsked(InstallPage::Install); });
    dialog->open();
}

InstallPane::Words InstallDonePane::words() const
{
    Words words;
    words.title = tr("Done · %1").arg(installation()->plan().cluster);
    const InstallEntry &entry = installation()->entry();
    if (entry.state == InstallEntry::State::Removed) {
        words.summary = tr("removed again");
        words.standing = Standing::Done;
    } else if (const InstallRun *run = installation()->run(); isDone() && run && run->kind() == InstallRun::Kind::RemoveWorker) {
        words.summary = tr("removed: %1").arg(installation()->removedWorkers().join(u", "_s));
        words.standing = Standing::Done;
    } else if (isDone()) {
        words.summary = entry.endedMs > entry.begunMs ? tr("took %1").arg(tookText(entry.endedMs - entry.begunMs)) : tr("done");
        if (entry.leftOut > 0)
            words.summary = tr("%1, without %2").arg(words.summary, countText(Counted::Hosts, entry.leftOut));
        words.standing = Standing::Done;
    }
    words.note = words.summary;
    return words;
}

void InstallDonePane::retranslate()
{
    m_next->setText(tr("Next steps"));
    m_access->setText(tr("Way into the cluster"));
    m_accessText->setText(tr("The kubeconfig is in this computer's keychain. It leaves it only when you say so."));
    m_undo->setText(tr("How to take it back"));
    m_undoText->setText(
        tr("Files that were changed on hosts were kept as copies below /var/lib/kboss on each host. “Undo host” after a failure brings them back; "
           "removing the cluster resets the hosts and leaves packages, images and settings of the system."));
    m_saveReport->setText(tr("Save the report…"));
    m_save->setText(tr("Save the kubeconfig…"));
    m_copy->setText(tr("Copy it"));
    m_open->setText(tr("Open the clusters"));
    m_register->setText(tr("Register it now"));
    m_removeWorkers->setText(tr("Remove workers…"));
    m_remove->setText(tr("Remove the cluster…"));
    m_report->setAccessibleName(tr("Report"));
    show();
}

} // namespace kboss
