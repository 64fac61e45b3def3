#pragma once

#include "app/cluster/installjournal.h"
#include "app/services/installchecks.h"
#include "app/services/installrun.h"

#include <QMap>

namespace kboss {

// The files of installations: straight code for a thread that may wait for the disk. Internal to app/services.

// A run that was begun, the newest last.
struct InstallRunRecord {
    InstallRun::Kind kind = InstallRun::Kind::Install;
    QString worker; // of a removal; empty = the cluster
    QString journal; // folder below the installation's: "journal", "removal-1"
    qint64 begunMs = 0, endedMs = 0;
    enum class End { Open, Done, Failed, Stopped } end = End::Open;
    QString by; // the owner of its locks
    QString breakLock;
    QStringList leftOut; // hosts
    std::vector<InstallFile> files; // that an installation brings, without sums
    friend bool operator==(const InstallRunRecord &, const InstallRunRecord &) = default;
};

// install.json: all of an installation but its journals and logs.
struct InstallRecord {
    static constexpr int s_format = 1;

    QString id, by;
    qint64 madeMs = 0, changedMs = 0;
    InstallPlan plan;
    InstallDetails details;
    struct SignInWay { // of a host, without what is secret
        QString keyFile;
        bool agent = false;
        friend bool operator==(const SignInWay &, const SignInWay &) = default;
    };
    QMap<QString, SignInWay> signIns; // by host or jump host
    std::vector<AcceptedCheck> accepted;
    std::vector<InstallRunRecord> runs;
    QString clusterId; // of the row at the service; empty = not registered
    friend bool operator==(const InstallRecord &, const InstallRecord &) = default;
};

QByteArray writeInstallRecord(const InstallRecord &record);
Result<InstallRecord> readInstallRecord(const QByteArray &content); // strict; Storage names the member

// The folder of all installations.
class InstallFiles {
public:
    explicit InstallFiles(QString folder) : m_folder(std::move(folder)) { }

    QString folderOf(const QString &id) const { return m_folder + u'/' + id; }
    Result<std::vector<InstallEntry>> list() const; // newest first; what cannot be read is Damaged
    Result<InstallRecord> read(const QString &id) const; // with the journal's plan once one was begun
    Result<void> write(const InstallRecord &record) const;
    Result<void> remove(const QString &id) const;
    static InstallEntry entryOf(const InstallRecord &record);
    static QString newId();

    Result<std::vector<JournalLine>> journalLines(const QString &id, const QString &journal) const; // without holding it
    bool hasJournal(const QString &id, const QString &journal) const;
    InstallJournal::Head journalHead(const QString &id, const QString &journal) const;
    // Runs that have ended, by what they are called on hosts: those of this installation but for `journal`, and those of others whose last run is over. Their locks
    // are nobody's any more.
    QStringList endedInstalls(const QString &id, const QString &journal) const;

private:
    QString m_folder;
};

Result<QByteArray> readBounded(const QString &file, qint64 most); // Storage
Result<void> writePrivateFile(const QString &file, const QByteArray &content); // 0600, whole or not at all

// How long steps took in former runs: a file of name → the last durations.
class InstallTimes {
public:
    static constexpr int s_kept = 15;

    static Result<InstallTimes> read(const QString &file); // empty when there is none; a damaged one counts as none
    Result<void> write(const QString &file) const;
    void add(const QString &step, qint64 ms);
    int revision() const { return m_revision; } // another one after each change
    int medianMs(const QString &step) const; // 0 = not known

private:
    QMap<QString, std::vector<qint64>> m_times;
    int m_revision = 0;
};

} // namespace kboss
