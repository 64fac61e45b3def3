#pragma once

#include "app/services/installation.h"
#include "ui/appcontext.h"
#include "ui/prompt.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace kboss {

class Chip;

// Of a host that does not go on: why, and the three ways on with what each costs and does; for some reasons one more, which is what helps. Nothing is done before
// what it changes was shown. GUI thread.
class InstallChoices : public QWidget {
    Q_OBJECT
public:
    enum class Help { None, SignIn, Keys, Lock };

    InstallChoices(const AppContext &context, QWidget *parent);

    void show(InstallRun *run, const QString &stepId); // empty step = nothing to choose there
    const QString &step() const { return m_step; }
    QPushButton *button(InstallChoice::Kind kind) const { return m_lines[static_cast<size_t>(kind)].button; }
    static Question undoQuestion(const InstallChoice &choice, const QString &stepName); // what empties a host wants its name typed
    QPushButton *helpButton() const { return m_help; }
    QString titleText() const, whyText() const;
    void refresh();
    void retranslate() { refresh(); }

Q_SIGNALS:
    void helpAsked(kboss::InstallChoices::Help help, const QString &host);

private:
    struct Line {
        QPushButton *button;
        QLabel *what, *cost, *effect;
    };
    void build();
    void ask(InstallChoice::Kind kind);
    void askUndo(const InstallChoice &choice);
    void askLeaveOut(const InstallChoice &choice);
    void askBreakLock();
    std::optional<InstallChoice> choiceOf(InstallChoice::Kind kind) const;
    void watch(QFuture<Result<void>> work, const QString &what);
    void carryOut(const InstallChoice &choice);
    QStringList lockLines(const HostLock &lock) const;
    QString effectOf(const InstallChoice &choice) const;
    QString nameOf(const InstallChoice &choice) const; // of the step, for people
    void showState(const InstallStepInfo &info, const StepStatus &status);
    Help helpFor(const StepStatus &status) const;

    AppContext m_context;
    QPointer<InstallRun> m_run;
    QString m_step;
    Help m_way = Help::None;
    Chip *m_state;
    QLabel *m_title, *m_why, *m_note;
    QPushButton *m_help;
    std::vector<Line> m_lines;
};

} // namespace kboss
