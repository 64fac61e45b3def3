#pragma once

#include "app/services/installvalues.h"

#include <QAbstractTableModel>

namespace kboss {

// Hosts and jump hosts with the keys they show, and what the ledger says of them. GUI thread.
class InstallTrustModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Host, Address, StateWord, KeyType, Fingerprint, Known, Columns };
    enum Role { ShapeRole = 0x1500, MonoRole };

    explicit InstallTrustModel(QObject *parent = nullptr);
    void setTrust(const std::vector<HostTrust> &trust, qint64 nowMs); // the same hosts again keep their rows
    const HostTrust *at(int row) const;
    QStringList hostsIn(HostTrust::State state) const;
    int good() const;
    void retranslate();
    static QString stateWord(HostTrust::State state);
    QString explanation(const HostTrust &trust) const; // what it means and what to do, in sentences

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString known(const HostTrust &trust) const;
    QString text(const HostTrust &trust, int column) const;

    std::vector<HostTrust> m_trust;
    qint64 m_nowMs = 0;
};

} // namespace kboss
