#pragma once

#include "app/cluster/installplan.h"

#include <QAbstractTableModel>
#include <QHash>

namespace kboss {

// The hosts of a plan as a table that is typed into: what is typed counts at once, whether it is right or not; what is wrong is said in the row. GUI thread.
class InstallHostsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Address, Port, User, Role, Jump, SignIn, Fault, Columns };
    static constexpr int FaultRole = 0x1400; // bool: this very cell is wrong

    explicit InstallHostsModel(QObject *parent = nullptr);

    void setHosts(const std::vector<PlanHost> &hosts); // the same ones again keep what is current
    const std::vector<PlanHost> &hosts() const { return m_hosts; }
    void setFaults(const std::vector<PlanFault> &faults);
    struct SignInWord {
        QString text;
        bool enough = false;
        friend bool operator==(const SignInWord &, const SignInWord &) = default;
    };
    void setSignIns(const QHash<QString, SignInWord> &words); // by name of the host
    void setFrozen(bool frozen);
    void addHost(const PlanHost &host);
    void removeHosts(QList<int> rows);
    void retranslate();
    QString faultAt(int row, int column) const; // words; of the whole row in column Fault

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void edited(); // hosts() by a person

private:
    QString text(int row, int column) const;

    std::vector<PlanHost> m_hosts;
    QHash<int, QHash<int, QString>> m_faults; // row → column → words; column -1 = the row
    QHash<QString, SignInWord> m_signIns;
    bool m_frozen = false;
};

} // namespace kboss
