#pragma once

#include "app/services/installvalues.h"
#include "models/installcell.h"

#include <QAbstractTableModel>
#include <QHash>

namespace kboss {

struct InstallCounts {
    int done = 0, running = 0, failed = 0, waiting = 0, setAside = 0;
    friend bool operator==(const InstallCounts &, const InstallCounts &) = default;
};

// How far an installation is, weighed by what its steps usually take.
struct InstallProgress {
    int percent = 0;
    qint64 elapsedMs = 0, remainingMs = 0; // remaining: along the longest way through what is left
    int doneSteps = 0, steps = 0;
};

// Hosts by phases: each cell sums up the steps of one host in one phase. Rows and columns say themselves in two lines (headerData(): DisplayRole and Note).
// Changes come in many at once and touch only their cells. GUI thread.
class InstallStepsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit InstallStepsModel(QObject *parent = nullptr);

    struct Host {
        QString name, note;
    };
    void setSteps(std::vector<Host> hosts, std::vector<InstallStepInfo> steps); // all of them waiting
    void setStatuses(const std::vector<StepStatus> &statuses); // of these; others stay
    void setNow(qint64 ms); // what is under way gets older
    void retranslate();

    const std::vector<InstallStepInfo> &steps() const { return m_steps; }
    const StepStatus *status(const QString &stepId) const;
    const InstallStepInfo *step(const QString &stepId) const;
    std::vector<const StepStatus *> statusesAt(const QModelIndex &index) const; // in the order of the steps
    const StepStatus *failureAt(const QModelIndex &index) const;
    InstallCell cell(int row, int column) const;
    QString hostAt(int row) const;
    InstallPhase phaseAt(int column) const;
    qint64 usualMs(int column) const; // of the phase, on the host where it takes longest
    InstallCounts counts() const; // of cells that something has to be done in
    InstallProgress progress() const;
    int rowOf(const QString &host) const;
    int columnOf(InstallPhase phase) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Slot {
        std::vector<int> steps; // indices
        InstallCell cell;
    };
    Slot &at(int row, int column) { return m_slots[static_cast<size_t>(row * columnCount() + column)]; }
    const Slot &at(int row, int column) const { return m_slots[static_cast<size_t>(row * columnCount() + column)]; }
    InstallCell summed(const Slot &slot) const;
    QString accessibleText(int row, int column) const;
    void touch(const std::vector<int> &places);

    std::vector<Host> m_hosts;
    std::vector<InstallPhase> m_phases;
    std::vector<InstallStepInfo> m_steps;
    std::vector<StepStatus> m_statuses; // as m_steps
    QHash<QString, int> m_byId;
    std::vector<int> m_place; // of a step: slot
    std::vector<Slot> m_slots;
    std::vector<qint64> m_usual; // of a phase
    qint64 m_nowMs = 0;
};

} // namespace kboss
