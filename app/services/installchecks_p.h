#pragma once

#include "app/services/guimail.h"
#include "app/services/installchecks.h"
#include "app/services/installlinks.h"
#include "app/services/installshared.h"

#include <QMap>
#include <QSet>

namespace kboss {

struct InstallChecks::Private {
    // What an installation lends its checks.
    struct Lent {
        InstallShared &shared;
        std::shared_ptr<InstallLinks> links;
        std::function<const InstallPlan &()> plan;
        std::function<QString()> installId; // of the journal; empty = none yet
        std::function<void(const std::vector<AcceptedCheck> &)> keepAccepted; // in the plan and with the installation
    };

    explicit Private(Lent given) : lent(std::move(given)) { }

    struct Host {
        HostState state;
        int round = 0; // answers of older ones are let go
        QByteArray plan; // digest of the one it was asked for
        std::optional<HostFacts> facts;
        QMap<QString, CheckResult> raw, shown; // by name; shown: with what was accepted
        std::vector<AppliedFix> fixes;
        bool isFixing = false;
    };
    struct Outcome {
        HostFacts facts;
        std::vector<CheckResult> results;
        std::vector<AppliedFix> fixes;
    };

    InstallChecks *q = nullptr;
    Lent lent;
    std::unique_ptr<GuiMail> mail;
    QHash<QString, Host> hosts;
    std::vector<CheckName> rows;
    std::vector<AcceptedCheck> accepted;
    QByteArray digest; // of the plan as it is
    CancelSource cancel;
    int pending = 0; // hosts, and the checks between them
    bool acrossWanted = false;
    qint64 beganMs = 0, endedMs = 0;

    void planChanged();
    void begin(const QStringList &names);
    void beginHost(const PlanHost &host, const InstallPlan &plan);
    void hostEnded(const QString &host, int round, const Result<Outcome> &outcome);
    void beginAcross();
    void take(const CheckResult &result);
    void setState(const QString &host, HostState::State state, const Error &error = {});
    void endRunning(const QString &host, const Error &error, CheckResult::Group from, CheckResult::Group to); // rows that nobody answered
    void show(const QString &host, const QString &name);
    void addRow(const CheckResult &result);
    QFuture<Result<QString>> fix(const QString &host, std::function<Result<QString>()> work);
    void over(); // one of the pending
};

QByteArray planDigest(const InstallPlan &plan); // without what was accepted

} // namespace kboss
