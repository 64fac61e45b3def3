#pragma once

#include "app/services/installshared.h"

#include <QMap>
#include <deque>

namespace kboss {

// The log of a run: the newest lines of each host in memory, all of them in files (one a host, 0600): "time TAB kind TAB step TAB text". GUI thread; files are
// written on the desk's thread for the disk. Internal to app/services.
class InstallLog {
public:
    InstallLog(InstallShared &shared, QString folder) : m_shared(shared), m_folder(std::move(folder)) { }

    void append(const std::vector<StepLogLine> &lines);
    QStringList hosts() const { return m_rings.keys(); }
    InstallLogPage page(const QString &host) const;
    qint64 first(const QString &host) const;
    qint64 end(const QString &host) const;
    const StepLogLine *line(const QString &host, qint64 number) const;

    using Tails = QMap<QString, std::vector<StepLogLine>>;
    QFuture<Result<Tails>> readTails() const; // what an earlier console left
    void takeTails(const Tails &tails); // before the lines that came since

    QFuture<Result<void>> exportTo(const QString &host, const QString &file) const; // empty = all, by time

    static QByteArray lineText(const StepLogLine &line);
    static std::optional<StepLogLine> readLine(const QString &host, const QByteArray &text);

private:
    struct Ring {
        qint64 first = 0;
        std::deque<StepLogLine> lines;
    };
    static void trim(Ring &ring);

    InstallShared &m_shared;
    const QString m_folder;
    QMap<QString, Ring> m_rings;
};

// Cuts out of a line what must not stand in it: the secrets given, and join tokens of kubeadm. Any thread.
QString withoutSecrets(QString text, const QStringList &secrets);

} // namespace kboss
