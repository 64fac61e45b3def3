#pragma once

#include "ui/installchoices.h"
#include "ui/installpane.h"

#include <QPointer>
#include <QTimer>

class QScrollArea;
class QSplitter;

namespace kboss {

class InstallLogView;
class InstallMatrix;
class InstallProgressHead;
class InstallStepsModel;

// Fifth page: hosts by phases as they go, the log of the host one looks at, and after a failure the ways on.
class InstallRunPane : public InstallPane {
    Q_OBJECT
public:
    InstallRunPane(const AppContext &context, Installation *installation, QWidget *parent);

    Words words() const override;
    QList<QWidget *> headButtons() const override;
    void enter() override;
    void leave() override;
    void retranslate() override;
    InstallMatrix *matrix() const { return m_matrix; }
    InstallStepsModel *model() const { return m_model; }
    InstallLogView *log() const { return m_log; }
    InstallChoices *choices() const { return m_choices; }
    InstallProgressHead *progress() const { return m_progress; }

private:
    void build();
    void connectRun();
    void takeStatuses();
    void showFigures();
    void showCell(const QModelIndex &index);
    void showHost(const QString &host);
    void takeLines(const std::vector<StepLogLine> &lines);
    void pauseOrGo();
    void exportLog();
    void help(InstallChoices::Help help, const QString &host);
    void fillSteps();
    QString stepToChoose(const QModelIndex &index) const;
    bool mayGoOn() const;
    QString waitingFor() const;

    QPointer<InstallRun> m_run;
    InstallStepsModel *m_model;
    InstallMatrix *m_matrix;
    InstallProgressHead *m_progress;
    InstallLogView *m_log;
    InstallChoices *m_choices;
    QScrollArea *m_choicesArea;
    QPushButton *m_pause, *m_export;
    QTimer m_tick; // what is under way gets older
    QTimer m_gather; // many changes are one update
    std::vector<StepStatus> m_changed;
    QString m_host;
};

} // namespace kboss
