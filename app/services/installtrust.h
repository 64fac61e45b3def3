#pragma once

#include "app/services/guimail.h"
#include "app/services/installplaces.h"
#include "app/services/installshared.h"

#include <QSet>
#include <functional>

namespace kboss {

// The host keys of one installation: what hosts show, held against the ledger. GUI thread; hosts and the ledger's file are asked elsewhere. Internal to app/services.
class InstallTrust : public QObject {
    Q_OBJECT
public:
    InstallTrust(InstallShared &shared, std::function<SshTarget(const QString &host)> target, QObject *parent = nullptr);
    ~InstallTrust() override;

    void setPlaces(const std::vector<InstallPlace> &places);
    const std::vector<HostTrust> &rows() const { return m_rows; }
    const HostTrust *find(const QString &host) const;
    bool isAllKnown() const;
    bool isReading() const { return m_reading > 0; }

    void read(const QStringList &hosts); // empty = all
    void cancel();
    QFuture<Result<void>> pin(const QStringList &hosts, const QString &cluster);
    QFuture<Result<void>> forget(const QString &host);
    void bind(const QString &cluster); // the keys of the plan's hosts are that cluster's from now on; jump hosts are nobody's
    QFuture<Result<HostKeyLedger::Imported>> importFile(const QString &file);

Q_SIGNALS:
    void changed(const QString &host); // empty = the list
    void keysChanged(const QStringList &hosts); // pins came or went: links are to be made anew

private:
    struct Seen {
        HostKey key;
        HostKeyVerdict verdict;
    };
    HostTrust *row(const QString &host);
    void readOne(HostTrust &row);
    void readCame(const QString &host, const QString &address, int round, const Result<Seen> &seen);
    void take(HostTrust &row, const HostKey &key, const HostKeyVerdict &verdict);
    void readWaiting(); // whose jump host is known by now
    void judgeAgain(const QStringList &hosts); // from the ledger, with the keys that were read

    InstallShared &m_shared;
    const std::function<SshTarget(const QString &)> m_target;
    std::vector<InstallPlace> m_places;
    std::vector<HostTrust> m_rows;
    QHash<QString, HostKey> m_keys; // shown, by host
    QSet<QString> m_wanted; // waiting for a jump host
    CancelSource m_cancel;
    int m_reading = 0, m_round = 0;
};

} // namespace kboss
