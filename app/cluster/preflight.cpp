#include "app/cluster/preflight.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct Remedy {
    const char *name; // of the check, lower case; a '*' at the end for any rest
    PreflightFix fix;
    const char *subject; // where the name does not say it
};
// By the check's name; first match.
constexpr Remedy remedies[] = {
    {"isprivilegeduser", PreflightFix::BecomeRoot, ""},
    {"cri", PreflightFix::StartRuntime, ""},
    {"containerruntimeversion", PreflightFix::StartRuntime, ""},
    {"kubeletversion", PreflightFix::InstallKubelet, ""},
    {"service-kubelet", PreflightFix::EnableService, "kubelet"},
    {"swap", PreflightFix::TurnSwapOff, ""},
    {"hostname", PreflightFix::SetHostName, ""},
    {"firewalld", PreflightFix::OpenFirewall, ""},
    {"httpproxy*", PreflightFix::ExemptFromProxy, ""},
    {"imagepull", PreflightFix::ReachRegistry, ""},
    {"port-*", PreflightFix::FreePort, ""},
    {"diravailable-*", PreflightFix::ResetHost, ""},
    {"fileavailable-*", PreflightFix::ResetHost, ""},
    {"fileexisting-*", PreflightFix::InstallProgram, ""},
    {"filecontent-*", PreflightFix::SetKernelValue, ""},
};

bool isNamed(const QString &name, const char *pattern)
{
    const QString wanted = QLatin1String(pattern), own = name.toLower();
    return wanted.endsWith(u'*') ? own.startsWith(wanted.chopped(1)) : own == wanted;
}

void addRemedy(PreflightProblem &problem)
{
    static const QRegularExpression path(u"(/proc/sys/[A-Za-z0-9_./-]+)"_s);
    const auto remedy = std::find_if(std::begin(remedies), std::end(remedies), [&](const Remedy &one) { return isNamed(problem.name, one.name); });
    if (remedy == std::end(remedies)) {
        // Kernel, cgroups and the like; only a missing kubelet among them is mended by a package.
        const bool kubelet = isNamed(problem.name, "systemverification") && problem.text.contains(u"kubelet --version"_s);
        problem.fix = kubelet ? PreflightFix::InstallKubelet : PreflightFix::None;
        return;
    }
    problem.fix = remedy->fix;
    problem.subject = QLatin1String(remedy->subject);
    if (problem.fix == PreflightFix::FreePort || problem.fix == PreflightFix::InstallProgram)
        problem.subject = problem.name.section(u'-', 1);
    else if (problem.fix == PreflightFix::SetKernelValue) // the name has '-' for '/': the text is exact
        problem.subject = path.match(problem.text).captured(1);
}

// What stands around the problems and says nothing more.
bool isFrame(const QString &line)
{
    static constexpr const char *frames[] = {"[preflight] ", "[init] ", "[join] ", "To see the stack trace of this error",
                                             "error: error execution phase preflight: preflight checks failed"};
    return std::any_of(std::begin(frames), std::end(frames), [&line](const char *frame) { return line.startsWith(QLatin1String(frame)); });
}

} // namespace

bool PreflightReport::hasErrors() const
{
    return std::any_of(problems.begin(), problems.end(), [](const PreflightProblem &one) { return one.level == PreflightProblem::Level::Error; });
}

QString withoutEscapes(const QString &text)
{
    static const QRegularExpression escapes(u"\\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\x07]*(?:\\x07|\\x1b\\\\)|[@-Z\\\\-_])"_s);
    QString plain = text;
    return plain.remove(escapes);
}

PreflightReport readPreflight(const QByteArray &standardOutput, const QByteArray &standardError, int exitCode)
{
    static const QRegularExpression problem(u"^\\s*\\[(WARNING|ERROR) ([A-Za-z0-9][A-Za-z0-9._-]*)\\]: ?(.*)$"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    PreflightReport report;
    PreflightProblem *last = nullptr;
    for (const QString &raw : QString::fromUtf8(standardError).split(u'\n')) {
        const QString line = withoutEscapes(raw);
        if (line.trimmed().isEmpty())
            continue;
        if (const auto match = problem.match(line); match.hasMatch()) {
            PreflightProblem one{match.captured(2),
                                 match.captured(1) == u"ERROR"_s ? PreflightProblem::Level::Error : PreflightProblem::Level::Warning,
                                 match.captured(3).trimmed(),
                                 PreflightFix::None,
                                 {}};
            addRemedy(one);
            const auto known = std::find(report.problems.begin(), report.problems.end(), one);
            last = known == report.problems.end() ? &report.problems.emplace_back(std::move(one)) : &*known;
        } else if (isFrame(line)) {
            last = nullptr;
        } else if (line.startsWith(u"error: "_s)) {
            report.error = line.mid(7).trimmed();
            last = nullptr;
        } else if (last && (line.startsWith(u'\t') || line.startsWith(u' '))) {
            last->text += u'\n' + line.trimmed(); // a text of several lines
            addRemedy(*last);
        } else {
            report.unread << line.trimmed();
            last = nullptr;
        }
    }
    const bool ran = withoutEscapes(QString::fromUtf8(standardOutput)).contains(u"[preflight] Running pre-flight checks"_s);
    report.passed = exitCode == 0 && ran && !report.hasErrors();
    if (!report.passed && report.error.isEmpty() && !report.hasErrors())
        report.error = ran ? u"kubeadm ended with %1 and gave no reason"_s.arg(exitCode) : u"kubeadm did not get to its checks"_s;
    return report;
}

Result<QString> ignoreArgument(const PreflightReport &report, const QStringList &accepted)
{
    QStringList names;
    for (const QString &name : accepted) {
        const auto found = std::find_if(report.problems.begin(), report.problems.end(), [&name](const PreflightProblem &one) {
            return one.name == name && one.level == PreflightProblem::Level::Error;
        });
        if (found == report.problems.end() || name.compare(u"all"_s, Qt::CaseInsensitive) == 0)
            return fail(ErrorKind::Rejected, u"%1 is no problem that this host has"_s.arg(name), u"accepted"_s);
        if (!names.contains(name))
            names << name;
    }
    return names.isEmpty() ? QString() : u"--ignore-preflight-errors="_s + names.join(u',');
}

} // namespace kboss
