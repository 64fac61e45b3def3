#include "ui/installchoices.h"

#include "app/base/watchresult.h"
#include "models/formatters.h"
#include "models/installstepwords.h"
#include "models/installwords.h"
#include "ui/errortext.h"
#include "ui/widgets.h"

#include <QGridLayout>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostListed = 6;
}

InstallChoices::InstallChoices(const AppContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_state(new Chip(context.theme, this)), m_title(makeLabel({}, "heading", this)),
      m_why(makeLabel({}, "", this)), m_note(makeLabel({}, "label", this)), m_help(makeButton({}, "primary", this))
{
    setObjectName(u"installChoices"_s);
    build();
    connect(m_help, &QPushButton::clicked, this, [this] {
        const InstallStepInfo *info = m_run ? m_run->step(m_step) : nullptr;
        if (m_way == Help::Lock)
            askBreakLock();
        else if (info)
            Q_EMIT helpAsked(m_way, info->host);
    });
    refresh();
}

void InstallChoices::build()
{
    const Theme *theme = m_context.theme;
    m_help->setObjectName(u"installChoiceHelp"_s);
    m_title->setWordWrap(true);
    m_why->setWordWrap(true);
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_state);
    head->addWidget(m_title, 1);
    auto *column = new QVBoxLayout(this);
    const int margin = theme->size("space-4");
    column->setContentsMargins(margin, theme->size("space-3"), margin, margin);
    column->setSpacing(theme->size("space-2"));
    column->addLayout(head);
    column->addWidget(m_why);
    column->addWidget(m_note);
    auto *help = new QHBoxLayout;
    help->addWidget(m_help);
    help->addStretch();
    column->addLayout(help);
    for (const auto kind :
         {InstallChoice::Kind::RepeatStep, InstallChoice::Kind::UndoStep, InstallChoice::Kind::UndoHost, InstallChoice::Kind::LeaveOut}) {
        Line line{makeButton({}, kind == InstallChoice::Kind::RepeatStep ? "primary" : "", this), makeLabel({}, "", this),
                  makeLabel({}, "label", this), makeLabel({}, "label", this)};
        for (QLabel *label : {line.what, line.cost, line.effect})
            label->setWordWrap(true);
        line.button->setFixedWidth(theme->size("form-label"));
        connect(line.button, &QPushButton::clicked, this, [this, kind] { ask(kind); });
        auto *grid = new QGridLayout;
        grid->setHorizontalSpacing(theme->size("space-3"));
        grid->setVerticalSpacing(2);
        grid->setColumnStretch(1, 1);
        grid->addWidget(line.button, 0, 0, Qt::AlignTop);
        grid->addWidget(line.what, 0, 1);
        grid->addWidget(line.cost, 1, 1);
        grid->addWidget(line.effect, 2, 1);
        column->addWidget(makeLine(this));
        column->addLayout(grid);
        m_lines.push_back(line);
    }
    column->addStretch();
}

void InstallChoices::show(InstallRun *run, const QString &stepId)
{
    m_run = run;
    m_step = stepId;
    refresh();
}

QString InstallChoices::effectOf(const InstallChoice &choice) const
{
    QStringList parts;
    for (const StepChange &change : choice.changes)
        parts << changeText(change);
    QString text = parts.mid(0, mostListed).join(u"; "_s);
    if (parts.size() > mostListed)
        text += tr(" and %1 more").arg(parts.size() - mostListed);
    return text.isEmpty() ? tr("Effect: nothing is changed on disk") : tr("Effect: %1").arg(text);
}

QStringList InstallChoices::lockLines(const HostLock &lock) const
{
    const qint64 now = m_context.clock->nowMs();
    QStringList lines{
        tr("Who has it: %1").arg(lock.owner),
        tr("Since: %1 (%2)")
            .arg(formatFullTime(lock.sinceMs, QTimeZone::systemTimeZone()), formatRelativeTime(lock.sinceMs, now, QTimeZone::systemTimeZone())),
        lock.isStale() ? tr("Last renewed %1 before it was read: most likely nobody works there any more").arg(aboutText(lock.ageMs))
                       : tr("Last renewed %1 before it was read: most likely somebody is at work there").arg(aboutText(lock.ageMs))};
    if (!lock.brokeOwner.isEmpty())
        lines << tr("It was taken from %1: %2").arg(lock.brokeOwner, lock.brokeReason);
    return lines;
}

QString InstallChoices::titleText() const
{
    return m_title->text();
}
QString InstallChoices::whyText() const
{
    return m_why->text();
}

InstallChoices::Help InstallChoices::helpFor(const StepStatus &status) const
{
    if (status.state != StepStatus::State::Failed)
        return Help::None;
    if (status.error.kind == ErrorKind::Auth)
        return Help::SignIn;
    if (status.error.kind == ErrorKind::HostKey)
        return Help::Keys;
    return choiceOf(InstallChoice::Kind::BreakLock) ? Help::Lock : Help::None;
}

void InstallChoices::showState(const InstallStepInfo &info, const StepStatus &status)
{
    using State = StepStatus::State;
    const QString step = phaseWord(info.phase) + u" · "_s + stepWord(info);
    m_state->setChip(status.state == State::Failed ? Tone::Bad : Tone::Off, stepStateWord(status.state));
    if (status.state == State::Undone) {
        m_title->setText(tr("%1: %2 was taken back").arg(info.host, step));
        m_note->setText(tr("This host stays out of the cluster, the others go on. Repeat does the step again and goes on with this host."));
    } else if (status.state == State::SetAside) {
        m_title->setText(tr("%1: %2 was not begun").arg(info.host, step));
        m_note->setText(tr("This host is set aside, or waits for what did not come to its end elsewhere. Repeat tries again."));
    } else {
        m_title->setText(tr("%1: %2 failed").arg(info.host, step));
        m_note->setText(tr("This host is set aside, the others go on; there is no hurry."));
    }
    const QString detail = status.state == State::Failed ? status.error.detail : status.detail;
    QStringList why;
    if (const auto met = choiceOf(InstallChoice::Kind::BreakLock); met && met->lock) {
        why = lockLines(*met->lock);
    } else {
        if (status.state == State::Failed)
            why << errorText(status.error, {}).reason;
        if (!detail.isEmpty())
            why << detail.left(600);
    }
    m_why->setText(why.join(u'\n'));
    m_why->setVisible(!why.isEmpty());
    m_way = helpFor(status);
    const QString ways[] = {{}, tr("Sign in to it another way…"), tr("Look at its host key"), tr("Break the lock…")};
    m_help->setText(ways[static_cast<size_t>(m_way)]);
    m_help->setVisible(m_way != Help::None);
}

void InstallChoices::refresh()
{
    const InstallStepInfo *info = m_run ? m_run->step(m_step) : nullptr;
    setEnabled(info != nullptr);
    if (!info)
        return;
    showState(*info, m_run->status(m_step));
    const QString names[] = {tr("Repeat"), tr("Undo step"), tr("Undo host"), tr("Leave out")};
    const QString whats[] = {tr("Probe and do this step again, then what depends on it"), tr("Take this step back; the host stays aside"),
                             tr("Take back all that was done on this host, the last first"),
                             tr("Go on to the end without this host: the cluster is verified and registered as it is")};
    const std::vector<InstallChoice> choices = m_run->choices(m_step);
    for (size_t i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines[i];
        const bool there = i < choices.size();
        const bool resets = there && choices[i].resetsHost && choices[i].kind == InstallChoice::Kind::UndoStep;
        const QString what =
            resets ? tr("kubeadm cannot take this step back alone: the host is reset, and its steps for the cluster wait again") : whats[i];
        line.button->setText(names[i]);
        line.what->setText(what);
        line.button->setAccessibleName(names[i] + u", "_s + what);
        line.button->setEnabled(there && choices[i].isPossible);
        const bool isLeft = there && choices[i].kind == InstallChoice::Kind::LeaveOut;
        line.cost->setText(!there || (isLeft && choices[i].isPossible) ? QString()
                               : choices[i].isPossible                 ? tr("Takes %1").arg(aboutText(choices[i].usualMs))
                                                                       : choiceWhyText(choices[i]));
        line.cost->setVisible(!line.cost->text().isEmpty());
        line.effect->setText(!there ? QString() : isLeft ? tr("Effect: what was done on this host stays there") : effectOf(choices[i]));
    }
}

void InstallChoices::ask(InstallChoice::Kind kind)
{
    if (!m_run)
        return;
    for (const InstallChoice &choice : m_run->choices(m_step)) {
        if (choice.kind != kind || !choice.isPossible)
            continue;
        if (kind == InstallChoice::Kind::RepeatStep) {
            carryOut(choice);
            return;
        }
        kind == InstallChoice::Kind::LeaveOut ? askLeaveOut(choice) : askUndo(choice);
        return;
    }
}

QString InstallChoices::nameOf(const InstallChoice &choice) const
{
    const InstallStepInfo *info = m_run ? m_run->step(choice.step) : nullptr;
    return choice.host + u" · "_s + (info ? stepWord(*info) : choice.step);
}

// What kubeadm did is not taken back piece by piece: its undo resets the host, and that is said before it is done.
Question InstallChoices::undoQuestion(const InstallChoice &choice, const QString &stepName)
{
    const bool one = choice.kind == InstallChoice::Kind::UndoStep, reset = choice.resetsHost;
    Question question;
    question.title = one ? tr("Undo %1?").arg(stepName) : tr("Undo everything on %1?").arg(choice.host);
    question.text = tr("Takes %1.").arg(aboutText(choice.usualMs)) + u' ';
    if (reset)
        question.text += tr("kubeadm takes nothing back piece by piece: %1 is reset. It leaves the cluster; its certificates, its pods and, on a "
                            "control plane, its copy of etcd's data are deleted.")
                             .arg(choice.host)
            + u' ';
    question.text += one && reset ? tr("Packages, images and settings of the system stay. This will be done:") : tr("This will be taken back:");
    for (const StepChange &change : choice.changes)
        question.details << changeText(change);
    question.acceptText = reset ? (one ? tr("Reset %1").arg(choice.host) : tr("Reset and undo %1").arg(choice.host))
                                : (one ? tr("Undo this step") : tr("Undo %1").arg(choice.host));
    question.dangerous = true;
    if (reset || !one)
        question.nameToType = choice.host;
    return question;
}

void InstallChoices::askUndo(const InstallChoice &choice)
{
    m_context.prompt->ask(this, undoQuestion(choice, nameOf(choice)), [this, choice](const Answer &answer) {
        if (answer.accepted)
            carryOut(choice);
    });
}

void InstallChoices::carryOut(const InstallChoice &choice)
{
    if (!m_run)
        return;
    const QString what = choice.kind == InstallChoice::Kind::RepeatStep ? tr("Repeat %1").arg(nameOf(choice))
        : choice.kind == InstallChoice::Kind::UndoStep                  ? tr("Undo %1").arg(nameOf(choice))
                                                                        : tr("Undo %1").arg(choice.host);
    const QFuture<Result<void>> work = choice.kind == InstallChoice::Kind::RepeatStep ? m_run->repeat(choice.step)
        : choice.kind == InstallChoice::Kind::UndoStep                                ? m_run->undo(choice.step)
                                                                                      : m_run->undoHost(choice.host);
    watch(work, what);
}

void InstallChoices::watch(QFuture<Result<void>> work, const QString &what)
{
    watchResult(std::move(work), this, [this, what](const Result<void> &done) {
        if (!done)
            m_context.showError(done.error(), what, {});
        refresh();
    });
}

std::optional<InstallChoice> InstallChoices::choiceOf(InstallChoice::Kind kind) const
{
    for (const InstallChoice &choice : m_run ? m_run->choices(m_step) : std::vector<InstallChoice>()) {
        if (choice.kind == kind && choice.isPossible)
            return choice;
    }
    return std::nullopt;
}

void InstallChoices::askLeaveOut(const InstallChoice &choice)
{
    Question question;
    question.title = tr("Go on without %1?").arg(choice.host);
    question.text = tr("The other hosts go on to the end, and the cluster is verified and registered without it. What was done on %1 stays there "
                       "until it is undone. "
                       "“Repeat” takes it in again at any time. Say why; it stands in the report.")
                        .arg(choice.host);
    question.input = u"text"_s;
    question.acceptText = tr("Leave %1 out").arg(choice.host);
    m_context.prompt->ask(this, question, [this, host = choice.host](const Answer &answer) {
        if (answer.accepted && m_run)
            watch(m_run->leaveOut(host, answer.input.trimmed()), tr("Leave %1 out").arg(host));
    });
}

// Somebody else's lock: whose, since when, and whether anybody still renews it.
void InstallChoices::askBreakLock()
{
    const auto choice = choiceOf(InstallChoice::Kind::BreakLock);
    if (!choice || !choice->lock)
        return;
    const HostLock &lock = *choice->lock;
    Question question;
    question.title = tr("Break the lock on %1?").arg(choice->host);
    question.text = tr(
        "Somebody else works on this host. Break the lock only when you know that this work has ended; say why. It is written down on the host, and "
        "whoever had the lock is stopped there.");
    question.details = lockLines(lock);
    question.input = u"text"_s;
    question.acceptText = tr("Break the lock");
    question.dangerous = true;
    m_context.prompt->ask(this, question, [this, host = choice->host](const Answer &answer) {
        if (answer.accepted && m_run)
            watch(m_run->breakLock(host, answer.input.trimmed()), tr("Break the lock on %1").arg(host));
    });
}

} // namespace kboss
