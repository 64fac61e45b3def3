#include "ui/installchoices.h"

#include "app/base/watchresult.h"
#include "models/installwords.h"
#include "ui/errortext.h"
#include "ui/widgets.h"

#include <QGridLayout>
#include <QPointer>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostListed = 6;
}

InstallChoices::InstallChoices(const AppContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_state(new Chip(context.theme, this)), m_title(makeLabel({}, "heading", this)),
      m_why(makeLabel({}, "", this)), m_note(makeLabel({}, "label", this))
{
    setObjectName(u"installChoices"_s);
    const Theme *theme = context.theme;
    m_title->setWordWrap(true);
    m_why->setWordWrap(true);
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
    for (const auto kind : {InstallChoice::Kind::RepeatStep, InstallChoice::Kind::UndoStep, InstallChoice::Kind::UndoHost}) {
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
    refresh();
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

void InstallChoices::refresh()
{
    const InstallStepInfo *info = m_run ? m_run->step(m_step) : nullptr;
    setEnabled(info != nullptr);
    if (!info)
        return;
    const StepStatus status = m_run->status(m_step);
    m_state->setChip(Tone::Bad, stepStateWord(StepStatus::State::Failed));
    m_title->setText(tr("%1: %2 failed").arg(info->host, phaseWord(info->phase) + u" · "_s + info->name));
    m_why->setText(errorText(status.error, {}).reason + (status.error.detail.isEmpty() ? QString() : u'\n' + status.error.detail.left(600)));
    m_note->setText(tr("This host is set aside, the others go on; there is no hurry."));
    const QString names[] = {tr("Repeat"), tr("Undo step"), tr("Undo host")};
    const QString whats[] = {tr("Probe and do this step again, then what depends on it"), tr("Take this step back; the host stays aside"),
                             tr("Take back all that was done on this host, the last first")};
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
        line.cost->setText(there && choices[i].isPossible ? tr("Takes %1").arg(aboutText(choices[i].usualMs)) : there ? choices[i].why : QString());
        line.effect->setText(there ? effectOf(choices[i]) : QString());
    }
}

Question InstallChoices::undoQuestion(const InstallChoice &choice)
{
    const bool oneStep = choice.kind == InstallChoice::Kind::UndoStep;
    Question question;
    question.title = oneStep ? tr("Undo %1?").arg(choice.step) : tr("Undo everything on %1?").arg(choice.host);
    question.text = choice.resetsHost ? tr("%1 is taken out of its cluster and reset: all of Kubernetes on it goes. Takes %2. This will be done:")
                                            .arg(choice.host, aboutText(choice.usualMs))
                                      : tr("Takes %1. This will be done:").arg(aboutText(choice.usualMs));
    for (const StepChange &change : choice.changes)
        question.details << changeText(change);
    question.acceptText = oneStep ? tr("Undo this step") : tr("Undo %1").arg(choice.host);
    question.dangerous = true;
    if (!oneStep || choice.resetsHost)
        question.nameToType = choice.host;
    return question;
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
        m_context.prompt->ask(this, undoQuestion(choice), [this, choice](const Answer &answer) {
            if (answer.accepted)
                carryOut(choice);
        });
        return;
    }
}

void InstallChoices::carryOut(const InstallChoice &choice)
{
    if (!m_run)
        return;
    const QString what = choice.kind == InstallChoice::Kind::RepeatStep ? tr("Repeat %1").arg(choice.step)
        : choice.kind == InstallChoice::Kind::UndoStep                  ? tr("Undo %1").arg(choice.step)
                                                                        : tr("Undo %1").arg(choice.host);
    const QFuture<Result<void>> work = choice.kind == InstallChoice::Kind::RepeatStep ? m_run->repeat(choice.step)
        : choice.kind == InstallChoice::Kind::UndoStep                                ? m_run->undo(choice.step)
                                                                                      : m_run->undoHost(choice.host);
    watchResult(work, this, [this, what](const Result<void> &done) {
        if (!done)
            m_context.showError(done.error(), what, {});
        refresh();
    });
}

} // namespace kboss
