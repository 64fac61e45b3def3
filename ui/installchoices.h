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

// After a failure: what went wrong on a host, and the three ways on with what each costs and does. Nothing is done before what it changes was shown. GUI thread.
class InstallChoices : public QWidget {
    Q_OBJECT
public:
    InstallChoices(const AppContext &context, QWidget *parent);

    void show(InstallRun *run, const QString &stepId); // empty step = nothing failed there
    const QString &step() const { return m_step; }
    QPushButton *button(InstallChoice::Kind kind) const { return m_lines[static_cast<size_t>(kind)].button; }
    static Question undoQuestion(const InstallChoice &choice); // what empties a host wants its name typed
    void refresh();
    void retranslate() { refresh(); }

private:
    struct Line {
        QPushButton *button;
        QLabel *what, *cost, *effect;
    };
    void ask(InstallChoice::Kind kind);
    void carryOut(const InstallChoice &choice);
    QString effectOf(const InstallChoice &choice) const;

    AppContext m_context;
    QPointer<InstallRun> m_run;
    QString m_step;
    Chip *m_state;
    QLabel *m_title, *m_why, *m_note;
    std::vector<Line> m_lines;
};

} // namespace kboss
