// Phase 20: the report, and what is not needed any more.
#include "app/cluster/installreport.h"
#include "app/cluster/jointokens.h"
#include "app/cluster/stepparts.h"

#include <QDateTime>
#include <QSet>
#include <nlohmann/json.hpp>
#include <sstream>

namespace kboss {

using namespace Qt::StringLiterals;
using json = nlohmann::ordered_json;

namespace {

using State = StepStatus::State;

bool isFine(State state)
{
    return state == State::Done || state == State::NotNeeded;
}

// Steps whose action came to its end in any try and was not taken back since.
QSet<QString> changedSteps(const std::vector<JournalLine> &journal)
{
    QSet<QString> changed;
    for (const JournalLine &line : journal) {
        if (line.kind == JournalLine::Kind::Done)
            changed.insert(line.step);
        else if (line.kind == JournalLine::Kind::Undone || line.kind == JournalLine::Kind::Waiting)
            changed.remove(line.step);
    }
    return changed;
}

std::vector<InstallReport::Accepted> acceptedOf(const InstallPlan &plan, const std::vector<JournalLine> &journal)
{
    std::vector<InstallReport::Accepted> all;
    for (const QString &one : plan.acceptedProblems) {
        QString why;
        for (const JournalLine &line : journal) {
            if (line.kind == JournalLine::Kind::Accepted && line.detail.startsWith(one + u": "_s))
                why = line.detail.mid(one.size() + 2);
        }
        all.push_back({one.section(u'/', 0, 0), one.section(u'/', 1), why});
    }
    return all;
}

// The last word of each host: who is taken in again has steps that were begun after it.
std::vector<InstallReport::LeftOut> leftOutOf(const std::vector<JournalLine> &journal)
{
    std::vector<InstallReport::LeftOut> all;
    for (const JournalLine &line : journal) {
        const QString host = line.step.section(u'/', 0, 0);
        if (line.kind == JournalLine::Kind::LeftOut || line.kind == JournalLine::Kind::Begun)
            std::erase_if(all, [&host](const InstallReport::LeftOut &one) { return one.host == host; });
        if (line.kind == JournalLine::Kind::LeftOut)
            all.push_back({host, line.detail, line.owner});
    }
    return all;
}

std::string timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate).toStdString();
}

const char *changeName(StepChange::Kind kind)
{
    constexpr const char *names[] = {"file",   "service",        "package", "kernel-value", "module",   "swap",
                                     "images", "cluster-object", "node",    "membership",   "platform", "reset"};
    return names[static_cast<size_t>(kind)];
}

json stepJson(const InstallReport::Step &step)
{
    json changes = json::array();
    for (const StepChange &change : step.changes)
        changes.push_back({{"kind", changeName(change.kind)}, {"subject", change.subject.toStdString()}, {"after", change.after.toStdString()}});
    return {{"id", step.id.toStdString()},
            {"phase", phaseName(step.phase).toStdString()},
            {"state", stateName(step.state).toStdString()},
            {"changed", step.changed},
            {"ms", step.ms},
            {"usualMs", step.usualMs},
            {"detail", step.detail.toStdString()},
            {"changes", changes},
            {"undoable", step.undoable},
            {"usualUndoMs", step.usualUndoMs}};
}

} // namespace

QString phaseName(InstallPhase phase)
{
    constexpr const char *names[] = {"plan",
                                     "trust",
                                     "connect",
                                     "rights",
                                     "facts",
                                     "cross-host",
                                     "host-checks",
                                     "review",
                                     "lock",
                                     "system",
                                     "runtime",
                                     "binaries",
                                     "first-control-plane",
                                     "network",
                                     "control-planes",
                                     "workers",
                                     "addons",
                                     "verify",
                                     "register",
                                     "report"};
    return QLatin1String(names[static_cast<size_t>(phase) - 1]);
}

QString stateName(State state)
{
    constexpr const char *names[] = {"waiting", "probing", "running", "done", "not-needed", "failed", "set-aside", "undoing", "undone", "would-run"};
    return QLatin1String(names[static_cast<size_t>(state)]);
}

InstallReport makeReport(const InstallPlan &plan, const QString &installId, const std::vector<InstallStep> &steps,
                         const std::vector<StepStatus> &states, const std::vector<JournalLine> &journal)
{
    InstallReport report{plan.cluster, plan.version, installId, 0, 0, {}, {}, acceptedOf(plan, journal), leftOutOf(journal)};
    if (!journal.empty()) {
        report.beganMs = journal.front().ms;
        report.endedMs = journal.back().ms;
    }
    QHash<QString, const StepStatus *> found;
    for (const StepStatus &state : states)
        found.insert(state.id, &state);
    const QSet<QString> changed = changedSteps(journal);
    for (const InstallStep &step : steps) {
        const StepStatus *status = found.value(step.id);
        InstallReport::Step line{
            step.id, step.host, step.name, step.phase,      status ? status->state : State::Waiting, changed.contains(step.id), 0, step.usualMs,
            {},      {},        false,     step.usualUndoMs};
        if (status) {
            line.detail = status->error.detail.isEmpty() ? status->detail : status->error.detail;
            line.ms = !status->alreadyDone && status->beganMs > 0 && status->endedMs > status->beganMs ? status->endedMs - status->beganMs : 0;
        }
        if (line.changed)
            line.changes = step.changes;
        line.undoable = line.changed && step.undo;
        if (!isFine(line.state) && !report.missingHosts.contains(step.host))
            report.missingHosts << step.host;
        report.steps.push_back(std::move(line));
    }
    return report;
}

QByteArray reportJson(const InstallReport &report)
{
    json steps = json::array(), missing = json::array(), accepted = json::array(), leftOut = json::array();
    for (const InstallReport::Step &step : report.steps)
        steps.push_back(stepJson(step));
    for (const QString &host : report.missingHosts)
        missing.push_back(host.toStdString());
    for (const InstallReport::Accepted &one : report.accepted)
        accepted.push_back({{"host", one.host.toStdString()}, {"check", one.check.toStdString()}, {"why", one.why.toStdString()}});
    for (const InstallReport::LeftOut &one : report.leftOut)
        leftOut.push_back({{"host", one.host.toStdString()}, {"why", one.why.toStdString()}, {"by", one.by.toStdString()}});
    const json document{{"format", 1},
                        {"cluster", report.cluster.toStdString()},
                        {"version", report.version.toStdString()},
                        {"installId", report.installId.toStdString()},
                        {"began", timeText(report.beganMs)},
                        {"ended", timeText(report.endedMs)},
                        {"complete", report.complete()},
                        {"missingHosts", missing},
                        {"accepted", accepted},
                        {"leftOut", leftOut},
                        {"steps", steps}};
    return QByteArray::fromStdString(document.dump(2, ' ', false, json::error_handler_t::replace)) + '\n';
}

QString reportText(const InstallReport &report)
{
    QString text = u"Cluster %1, Kubernetes %2, installation %3\n%4 to %5\n"_s.arg(report.cluster, report.version, report.installId,
                                                                                   QString::fromStdString(timeText(report.beganMs)),
                                                                                   QString::fromStdString(timeText(report.endedMs)));
    text += report.complete() ? u"Everything in the plan is done.\n"_s : u"Not done as planned: %1\n"_s.arg(report.missingHosts.join(u", "_s));
    for (const InstallReport::Accepted &one : report.accepted)
        text += u"Let pass on %1: %2%3\n"_s.arg(one.host, one.check, one.why.isEmpty() ? QString() : u" ("_s + one.why + u')');
    for (const InstallReport::LeftOut &one : report.leftOut)
        text += u"Left out: %1 (%2, %3)\n"_s.arg(one.host, one.why, one.by);
    text += u'\n';
    qint64 undoMs = 0;
    for (const InstallReport::Step &step : report.steps) {
        text +=
            u"%1  %2  %3"_s.arg(step.id, -40).arg(stateName(step.state), -10).arg(step.changed ? u"%1 s"_s.arg(step.ms / 1000) : u"unchanged"_s, -10);
        text += step.detail.isEmpty() ? u"\n"_s : u"  %1\n"_s.arg(step.detail.section(u'\n', 0, 0));
        undoMs += step.undoable ? step.usualUndoMs : 0;
    }
    return text
        + u"\nTo undo: open the installation and undo each host, workers first, the first control plane last; about %1 min. Files that were changed come back from the copies on each host.\n"_s
              .arg((undoMs + 59'999) / 60'000);
}

namespace steps {

namespace {

// Tokens that hosts have joined with are of no more use to anybody, whichever console made them. Their public parts.
Result<QStringList> ownTokens(InstallContext &context)
try {
    const auto listed =
        context.runQuietly({u"kubeadm"_s, u"token"_s, u"list"_s, u"-o"_s, u"json"_s, u"--kubeconfig"_s, QString::fromLatin1(adminConf)});
    if (!listed)
        return fail(listed.error());
    if (!listed->isGood())
        return fail(ErrorKind::Rejected, u"kubeadm: %1"_s.arg(lastWords(*listed)));
    QStringList ids;
    std::istringstream text(listed->out.toStdString()); // objects, one after the other
    while ((text >> std::ws).peek() != std::istringstream::traits_type::eof()) {
        json token;
        text >> token;
        if (QString::fromStdString(token.value("description", std::string())) == tokenDescription(context))
            ids << QString::fromStdString(token.at("token").get<std::string>()).section(u'.', 0, 0);
    }
    return ids;
} catch (const json::exception &) { // its words may have a token in them
    return fail(ErrorKind::Protocol, u"kubeadm's list of tokens is none"_s);
}

Result<void> deleteTokens(InstallContext &context)
{
    const auto ids = ownTokens(context);
    if (!ids)
        return fail(ids.error());
    if (!ids->isEmpty()) {
        const QStringList command =
            QStringList{u"kubeadm"_s, u"token"_s, u"delete"_s} + *ids + QStringList{u"--kubeconfig"_s, QString::fromLatin1(adminConf)};
        const auto deleted = order(context, command);
        const auto left = deleted ? Result<QStringList>(QStringList()) : ownTokens(context); // one may have ended by its clock meanwhile
        if (!deleted && (!left || !left->isEmpty()))
            return deleted;
    }
    forgetJoinSecrets(context); // ones that are still good are not forgotten
    return {};
}

} // namespace

void addReportSteps(StepList &list)
{
    InstallStep step = stepOf(firstControl(list.plan()).name, "delete-token", InstallPhase::Report, 1'000, 60'000);
    for (const PlanHost &host : list.plan().hosts) {
        if (host.name != step.host)
            step.after << list.last(host.name);
    }
    step.probe = [](InstallContext &context) -> Result<StepFinding> {
        const auto ids = ownTokens(context);
        if (!ids)
            return fail(ids.error());
        return ids->isEmpty() ? done(u"no token of this installation is left"_s) : open(u"%1 tokens for joining are left"_s.arg(ids->size()));
    };
    step.act = deleteTokens;
    step.withReset = InstallStep::WithReset::Goes;
    list.add(std::move(step));
}

} // namespace steps

} // namespace kboss
