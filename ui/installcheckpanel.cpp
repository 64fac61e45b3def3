#include "ui/installcheckpanel.h"

#include "app/base/watchresult.h"
#include "models/formatters.h"
#include "models/installchecksmodel.h"
#include "models/installwords.h"
#include "ui/changelist.h"
#include "ui/errortext.h"
#include "ui/installchecktexts.h"
#include "ui/installcheckwords.h"
#include "ui/installlook.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

InstallCheckPanel::InstallCheckPanel(const AppContext &context, Installation *installation, QWidget *parent)
    : QScrollArea(parent), m_context(context), m_installation(installation), m_state(new Chip(context.theme, this)),
      m_title(makeLabel({}, "heading", this)), m_where(makeLabel({}, "label", this)), m_own(makeLabel({}, "label", this)),
      m_whyHead(makeLabel({}, "label", this)), m_why(makeLabel({}, "", this)), m_evidenceHead(makeLabel({}, "label", this)),
      m_source(makeLabel({}, "hint", this)), m_fixHead(makeLabel({}, "label", this)), m_fixNote(makeLabel({}, "label", this)),
      m_undoHead(makeLabel({}, "label", this)), m_undo(makeLabel({}, "", this)), m_acceptHead(makeLabel({}, "label", this)),
      m_acceptNote(makeLabel({}, "hint", this)), m_evidence(new QPlainTextEdit(this)), m_commands(new QPlainTextEdit(this)),
      m_changes(new ChangeList(context.theme, this)), m_reason(new QLineEdit(this)), m_copy(makeButton({}, "quiet", this)),
      m_again(makeButton({}, "quiet", this)), m_apply(makeButton({}, "primary", this)), m_pass(makeButton({}, "danger", this)),
      m_undoButton(makeButton({}, "", this)), m_accept(makeButton({}, "", this)), m_takeBack(makeButton({}, "", this)),
      m_help(makeButton({}, "primary", this)), m_column(nullptr)
{
    setObjectName(u"installCheckPanel"_s);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build();
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_name); });
    connect(m_again, &QPushButton::clicked, this, [this] { m_installation->checks()->runOne(m_host, m_name); });
    connect(m_apply, &QPushButton::clicked, this, &InstallCheckPanel::askFix);
    connect(m_undoButton, &QPushButton::clicked, this, &InstallCheckPanel::undoFix);
    connect(m_accept, &QPushButton::clicked, this, &InstallCheckPanel::acceptOne);
    connect(m_reason, &QLineEdit::returnPressed, this, &InstallCheckPanel::acceptOne);
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString &text) { m_accept->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_pass, &QPushButton::clicked, this, &InstallCheckPanel::askPass);
    connect(m_help, &QPushButton::clicked, this, [this] {
        if (m_installation->checks()->hostState(m_host).error.kind == ErrorKind::HostKey)
            Q_EMIT keysAsked();
        else
            Q_EMIT signInAsked(m_host);
    });
    connect(m_takeBack, &QPushButton::clicked, this, [this] { m_installation->checks()->takeBack(m_host, m_name); });
    retranslate();
}

void InstallCheckPanel::build()
{
    const Theme *theme = m_context.theme;
    auto *inside = new QWidget(this);
    m_column = new QVBoxLayout(inside);
    const int margin = theme->size("space-4");
    m_column->setContentsMargins(margin, theme->size("space-3"), margin, margin);
    m_column->setSpacing(theme->size("space-1"));
    m_own->setFont(theme->monoFont(TextSize::Label));
    for (QLabel *label : {m_title, m_where, m_own, m_why, m_source, m_fixNote, m_undo, m_acceptNote}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    for (QPlainTextEdit *edit : {m_evidence, m_commands}) {
        edit->setReadOnly(true);
        edit->setProperty("kind", u"plain"_s);
        edit->setFont(theme->monoFont(TextSize::Label));
        edit->setTabChangesFocus(true);
        edit->setTabStopDistance(2 * QFontMetrics(edit->font()).horizontalAdvance(u' '));
        edit->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    m_evidence->setObjectName(u"checkEvidence"_s);
    m_apply->setObjectName(u"checkFix"_s);
    m_help->setObjectName(u"checkHelp"_s);
    m_pass->setObjectName(u"checkPass"_s);
    m_reason->setObjectName(u"checkReason"_s);
    m_accept->setObjectName(u"checkAccept"_s);
    auto *head = new QHBoxLayout;
    head->addWidget(m_state);
    head->addStretch();
    head->addWidget(m_again);
    m_column->addLayout(head);
    auto *own = new QHBoxLayout;
    own->addWidget(m_own, 1);
    own->addWidget(m_copy);
    m_column->addWidget(m_title);
    m_column->addWidget(m_where);
    m_column->addLayout(own);
    addPart(m_whyHead, {m_why});
    addPart(m_evidenceHead, {m_evidence, m_source});
    addPart(m_fixHead, {m_changes, m_commands, m_fixNote});
    auto *acts = new QHBoxLayout;
    acts->addWidget(m_apply);
    acts->addWidget(m_help);
    acts->addStretch();
    acts->addWidget(m_pass);
    m_column->addLayout(acts);
    addPart(m_undoHead, {m_undo, m_undoButton});
    addPart(m_acceptHead, {m_reason, m_accept, m_takeBack, m_acceptNote});
    m_column->addStretch();
    setWidget(inside);
}

void InstallCheckPanel::addPart(QLabel *heading, std::initializer_list<QWidget *> widgets)
{
    m_column->addSpacing(m_context.theme->size("space-2"));
    m_column->addWidget(heading);
    for (QWidget *widget : widgets)
        m_column->addWidget(widget);
}

void InstallCheckPanel::setTextHeight(QPlainTextEdit *edit, int most)
{
    const auto lines = std::clamp(static_cast<int>(edit->toPlainText().count(u'\n')) + 2, 2, most);
    edit->setFixedHeight(lines * QFontMetrics(edit->font()).lineSpacing() + 16);
    edit->setVisible(!edit->toPlainText().isEmpty());
}

void InstallCheckPanel::show(const QString &host, const QString &name)
{
    if (host != m_host || name != m_name)
        m_reason->clear();
    m_host = host;
    m_name = name;
    refresh();
}

void InstallCheckPanel::refresh()
{
    widget()->setVisible(!m_name.isEmpty());
    if (m_name.isEmpty())
        return;
    const CheckResult result = m_installation->checks()->result(m_host, m_name);
    const PlanHost *host = m_installation->plan().find(m_host);
    const CellShape shape = InstallChecksModel::shapeOf(result);
    m_state->setChip(toneOf(shape), stateWord(shape));
    const CheckWords words = checkWords(m_name);
    m_title->setText(words.title);
    m_where->setText(host ? QStringList{host->name, host->address, roleWord(host->role)}.join(u" · "_s) : m_host);
    m_own->setText(m_name);
    m_why->setText(words.why);
    for (QLabel *label : {m_whyHead, m_why})
        label->setVisible(!words.why.isEmpty());
    if (m_evidence->toPlainText() != result.evidence)
        m_evidence->setPlainText(result.evidence);
    setTextHeight(m_evidence, 12);
    m_evidenceHead->setVisible(!result.evidence.isEmpty());
    m_source->setText(result.source.isEmpty() ? QString() : tr("Source: %1").arg(result.source));
    m_source->setVisible(!result.source.isEmpty());
    m_again->setEnabled(!m_installation->checks()->isRunning());
    if (!showUnasked(result))
        showFix(result);
    showUndo();
    showAccept(result);
}

bool InstallCheckPanel::showUnasked(const CheckResult &result)
{
    const InstallChecks::HostState state = m_installation->checks()->hostState(m_host);
    const bool isUnasked = state.state == InstallChecks::HostState::State::Failed && result.state == CheckResult::State::Unknown;
    m_fixHead->setText(isUnasked ? tr("%1 could not be asked").arg(m_host) : tr("What mending does"));
    const bool isKey = state.error.kind == ErrorKind::HostKey;
    m_help->setVisible(isUnasked && (isKey || state.error.kind == ErrorKind::Auth));
    m_help->setText(isKey ? tr("Look at its host key") : tr("Sign in to it another way…"));
    if (!isUnasked)
        return false;
    m_fixNote->setText(errorText(state.error, {}).reason);
    for (QWidget *part :
         {static_cast<QWidget *>(m_changes), static_cast<QWidget *>(m_commands), static_cast<QWidget *>(m_apply), static_cast<QWidget *>(m_pass)})
        part->hide();
    m_fix = {};
    m_fixHead->show();
    m_fixNote->show();
    return true;
}

void InstallCheckPanel::showFix(const CheckResult &result)
{
    const bool problem = result.state == CheckResult::State::Error || result.state == CheckResult::State::Warning;
    const Result<HostFix> fix = problem ? m_installation->checks()->planFix(m_host, m_name) : Result<HostFix>(fail(ErrorKind::NotFound, {}));
    m_fix = fix ? *fix : HostFix();
    std::vector<ChangeList::Entry> entries;
    for (const FixChange &change : m_fix.changes)
        entries.push_back({fixChangeField(change), change.before.isEmpty() ? tr("not there") : change.before, change.after});
    m_changes->setEntries(std::move(entries));
    m_commands->setPlainText(m_fix.commands.join(u'\n'));
    setTextHeight(m_commands, 6);
    m_changes->setVisible(!m_fix.changes.empty());
    const bool fixing = m_installation->checks()->isFixing(m_host);
    const QString does = fixWords(m_fix.fix, m_fix.subject).does, byHand = noFixWords(result.fix);
    if (fix)
        m_fixNote->setText(fixing ? tr("A fix is under way on this host.")
                                  : (does.isEmpty() ? does : does + u'\n') + tr("%1, then it is checked again").arg(aboutText(m_fix.usualMs)));
    else if (result.later)
        m_fixNote->setText(tr("The installation sees to it itself, in the phase “%1”.").arg(phaseWord(*result.later)));
    else
        m_fixNote->setText(byHand.isEmpty() ? tr("No program can mend this; it is for people to do.") : byHand);
    m_fixHead->setVisible(problem);
    m_fixNote->setVisible(problem);
    m_apply->setVisible(fix.has_value());
    m_apply->setEnabled(!fixing && !m_installation->checks()->isRunning());
    m_apply->setText(tr("Mend this on %1").arg(m_host));
    m_pass->setVisible(result.state == CheckResult::State::Error);
    m_pass->setText(tr("Let it pass by name…"));
}

void InstallCheckPanel::showUndo()
{
    m_undoId.clear();
    for (const AppliedFix &fix : m_installation->checks()->fixes(m_host)) {
        if (fix.check == m_name && fix.isUndoable) {
            m_undoId = fix.id;
            m_undo->setText(tr("It was mended here %1. Undoing brings back what was there.")
                                .arg(formatRelativeTime(fix.ms, m_context.clock->nowMs(), QTimeZone::systemTimeZone())));
            break;
        }
    }
    const bool before = m_undoId.isEmpty() && !fixWords(m_fix.fix, m_fix.subject).undoes.isEmpty() && !m_fix.id.isEmpty();
    if (before)
        m_undo->setText(fixWords(m_fix.fix, m_fix.subject).undoes);
    m_undoHead->setVisible(before || !m_undoId.isEmpty());
    m_undo->setVisible(before || !m_undoId.isEmpty());
    m_undoButton->setVisible(!m_undoId.isEmpty());
    m_undoButton->setText(tr("Undo the fix on %1").arg(m_host));
    m_undoButton->setEnabled(!m_installation->checks()->isFixing(m_host));
}

void InstallCheckPanel::showAccept(const CheckResult &result)
{
    const bool warning = result.state == CheckResult::State::Warning;
    const AcceptedCheck *accepted = m_installation->checks()->acceptedOf(m_host, m_name);
    m_acceptHead->setVisible(warning || accepted);
    m_reason->setVisible(warning);
    m_accept->setVisible(warning);
    m_accept->setText(tr("Accept %1").arg(m_name));
    m_accept->setEnabled(!m_reason->text().trimmed().isEmpty());
    m_takeBack->setVisible(accepted != nullptr);
    m_takeBack->setText(tr("Do not accept it any more"));
    m_acceptNote->setVisible(warning || accepted);
    m_acceptNote->setText(
        accepted ? tr("Accepted by %1, %2. Reason: %3")
                       .arg(accepted->by, formatRelativeTime(accepted->ms, m_context.clock->nowMs(), QTimeZone::systemTimeZone()), accepted->reason)
                 : tr("Counts for %1 alone; name and reason go into the plan and the report. There is no “ignore all”.").arg(m_host));
}

void InstallCheckPanel::askFix()
{
    if (m_fix.fix != PreflightFix::ResetHost)
        return applyFix();
    Question question;
    question.title = tr("Empty the host %1?").arg(m_host);
    question.text = tr("What an earlier installation left is taken away as kubeadm reset does: certificates, configuration and the data of etcd. A "
                       "copy stays on the "
                       "host. If anything there is still in use, it ends.");
    question.details = m_fix.commands;
    question.acceptText = tr("Empty the host");
    question.dangerous = true;
    question.nameToType = m_host;
    m_context.prompt->ask(this, question, [this, id = m_fix.id](const Answer &answer) {
        if (answer.accepted && id == m_fix.id)
            applyFix();
    });
}

void InstallCheckPanel::applyFix()
{
    if (m_fix.id.isEmpty())
        return;
    watchResult(m_installation->checks()->applyFix(m_fix), this, [this, host = m_host](const Result<QString> &done) {
        if (!done)
            m_context.showError(done.error(), tr("Mend a check on %1").arg(host), {});
        refresh();
    });
    refresh();
}

void InstallCheckPanel::undoFix()
{
    watchResult(m_installation->checks()->undoFix(m_host, m_undoId), this, [this, host = m_host](const Result<QString> &done) {
        if (!done)
            m_context.showError(done.error(), tr("Undo a fix on %1").arg(host), {});
        refresh();
    });
    refresh();
}

void InstallCheckPanel::acceptOne()
{
    const Result<void> done = m_installation->checks()->accept(m_host, m_name, m_reason->text().trimmed());
    if (!done)
        m_context.showError(done.error(), tr("Accept %1").arg(m_name), {});
    else
        m_reason->clear();
    refresh();
}

void InstallCheckPanel::askPass()
{
    Question question;
    question.title = tr("Let %1 pass on %2?").arg(m_name, m_host);
    question.text = tr(
        "This is an error: the installation will most likely fail there, or the cluster will not be sound. It counts for this host alone and stands "
        "in the plan and the report with your name.");
    question.input = u"text"_s;
    question.inputValue = tr("passed by name");
    question.acceptText = tr("Let %1 pass").arg(m_name);
    question.dangerous = true;
    question.nameToType = m_name;
    m_context.prompt->ask(this, question, [this, host = m_host, name = m_name](const Answer &answer) {
        if (!answer.accepted)
            return;
        const QString reason = answer.input.trimmed().isEmpty() ? tr("passed by name") : answer.input.trimmed();
        if (const Result<void> done = m_installation->checks()->accept(host, name, reason); !done)
            m_context.showError(done.error(), tr("Accept %1").arg(name), {});
        refresh();
    });
}

void InstallCheckPanel::retranslate()
{
    m_copy->setText(tr("Copy the name"));
    m_again->setText(tr("Check again"));
    m_whyHead->setText(tr("Why it matters"));
    m_evidenceHead->setText(tr("Evidence"));
    m_undoHead->setText(tr("How it is undone"));
    m_acceptHead->setText(tr("Accept it by its name"));
    m_reason->setPlaceholderText(tr("Reason, as “kernel is upgraded in December”"));
    m_reason->setAccessibleName(tr("Reason"));
    m_evidence->setAccessibleName(tr("Evidence"));
    m_commands->setAccessibleName(tr("Commands that will run"));
    refresh();
}

} // namespace kboss
