#include "models/installwords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("InstallWords", text);
}

const char *faultWords(PlanFault::Why why)
{
    using Why = PlanFault::Why;
    switch (why) {
    case Why::Missing:
        return QT_TRANSLATE_NOOP("InstallWords", "Must be filled in");
    case Why::NotAName:
        return QT_TRANSLATE_NOOP("InstallWords", "Not a name: small letters, digits and '-', at most 63");
    case Why::NotAnAddress:
        return QT_TRANSLATE_NOOP("InstallWords", "Not an IPv4 or IPv6 address");
    case Why::NotAPort:
        return QT_TRANSLATE_NOOP("InstallWords", "A port is 1 to 65535");
    case Why::NotARange:
        return QT_TRANSLATE_NOOP("InstallWords", "Not a range: 10.244.0.0/16");
    case Why::NotAVersion:
        return QT_TRANSLATE_NOOP("InstallWords", "Not a version: v1.34.9");
    case Why::NotAnEndpoint:
        return QT_TRANSLATE_NOOP("InstallWords", "Not an endpoint: host:port");
    case Why::NotAUrl:
        return QT_TRANSLATE_NOOP("InstallWords", "Not a URL: http://proxy.example.com:3128");
    case Why::HoldsASecret:
        return QT_TRANSLATE_NOOP("InstallWords", "A plan is a file that is passed on: no names and passwords in a URL");
    case Why::UnknownChoice:
        return QT_TRANSLATE_NOOP("InstallWords", "There is no such choice");
    case Why::EvenControlPlane:
        return QT_TRANSLATE_NOOP("InstallWords", "etcd wants an odd number of control-plane hosts: 1, 3, 5 or 7");
    case Why::TooManyControlPlanes:
        return QT_TRANSLATE_NOOP("InstallWords", "At most seven control-plane hosts");
    case Why::NoControlPlane:
        return QT_TRANSLATE_NOOP("InstallWords", "At least one host has to be a control plane");
    case Why::EndpointNeeded:
        return QT_TRANSLATE_NOOP("InstallWords", "Several control-plane hosts need one address for all nodes");
    case Why::JumpInACircle:
        return QT_TRANSLATE_NOOP("InstallWords", "The jump hosts lead in a circle");
    case Why::RangeTooSmall:
        return QT_TRANSLATE_NOOP("InstallWords", "The range has too few addresses");
    case Why::Twice:
        return QT_TRANSLATE_NOOP("InstallWords", "%1 has it already");
    case Why::Overlaps:
        return QT_TRANSLATE_NOOP("InstallWords", "Overlaps with %1");
    case Why::NoSuchHost:
        return QT_TRANSLATE_NOOP("InstallWords", "No host of the plan, and not user@address:port");
    }
    return "";
}

QString number(double value)
{
    return QLocale(QLocale::English).toString(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0);
}

struct Unit {
    double divisor;
    const char *name;
};

Unit unitOf(qint64 bytes)
{
    if (bytes >= 1'000'000'000)
        return {1e9, "GB"};
    if (bytes >= 1'000'000)
        return {1e6, "MB"};
    if (bytes >= 1'000)
        return {1e3, "KB"};
    return {1, "B"};
}

} // namespace

QString roleWord(HostRole role)
{
    return role == HostRole::ControlPlane ? words(QT_TRANSLATE_NOOP("InstallWords", "Control plane"))
                                          : words(QT_TRANSLATE_NOOP("InstallWords", "Worker"));
}

QString phaseWord(InstallPhase phase)
{
    static const char *const names[] = {
        QT_TRANSLATE_NOOP("InstallWords", "Plan"),          QT_TRANSLATE_NOOP("InstallWords", "Trust"),
        QT_TRANSLATE_NOOP("InstallWords", "Connect"),       QT_TRANSLATE_NOOP("InstallWords", "Rights"),
        QT_TRANSLATE_NOOP("InstallWords", "Facts"),         QT_TRANSLATE_NOOP("InstallWords", "Across hosts"),
        QT_TRANSLATE_NOOP("InstallWords", "Host checks"),   QT_TRANSLATE_NOOP("InstallWords", "Review"),
        QT_TRANSLATE_NOOP("InstallWords", "Lock, journal"), QT_TRANSLATE_NOOP("InstallWords", "System"),
        QT_TRANSLATE_NOOP("InstallWords", "Runtime"),       QT_TRANSLATE_NOOP("InstallWords", "Binaries, images"),
        QT_TRANSLATE_NOOP("InstallWords", "First control"), QT_TRANSLATE_NOOP("InstallWords", "Network"),
        QT_TRANSLATE_NOOP("InstallWords", "More control"),  QT_TRANSLATE_NOOP("InstallWords", "Workers"),
        QT_TRANSLATE_NOOP("InstallWords", "Add-ons"),       QT_TRANSLATE_NOOP("InstallWords", "Verify"),
        QT_TRANSLATE_NOOP("InstallWords", "Register"),      QT_TRANSLATE_NOOP("InstallWords", "Report"),
    };
    const auto at = static_cast<size_t>(phase) - 1;
    return at < std::size(names) ? words(names[at]) : QString();
}

QString stateWord(CellShape shape)
{
    switch (shape) {
    case CellShape::Passed:
        return words(QT_TRANSLATE_NOOP("InstallWords", "passed"));
    case CellShape::Warning:
        return words(QT_TRANSLATE_NOOP("InstallWords", "warning"));
    case CellShape::Accepted:
        return words(QT_TRANSLATE_NOOP("InstallWords", "accepted"));
    case CellShape::Failed:
        return words(QT_TRANSLATE_NOOP("InstallWords", "failed"));
    case CellShape::Running:
        return words(QT_TRANSLATE_NOOP("InstallWords", "under way"));
    case CellShape::Waiting:
        return words(QT_TRANSLATE_NOOP("InstallWords", "waiting"));
    case CellShape::SetAside:
        return words(QT_TRANSLATE_NOOP("InstallWords", "set aside"));
    case CellShape::NotApplicable:
        return words(QT_TRANSLATE_NOOP("InstallWords", "does not apply"));
    case CellShape::Nothing:
        break;
    }
    return {};
}

QString stepStateWord(StepStatus::State state)
{
    using State = StepStatus::State;
    switch (state) {
    case State::Waiting:
        return words(QT_TRANSLATE_NOOP("InstallWords", "waiting"));
    case State::Probing:
        return words(QT_TRANSLATE_NOOP("InstallWords", "being probed"));
    case State::Running:
        return words(QT_TRANSLATE_NOOP("InstallWords", "under way"));
    case State::Done:
        return words(QT_TRANSLATE_NOOP("InstallWords", "done"));
    case State::NotNeeded:
        return words(QT_TRANSLATE_NOOP("InstallWords", "nothing to do"));
    case State::Failed:
        return words(QT_TRANSLATE_NOOP("InstallWords", "failed"));
    case State::SetAside:
        return words(QT_TRANSLATE_NOOP("InstallWords", "set aside"));
    case State::Undoing:
        return words(QT_TRANSLATE_NOOP("InstallWords", "being undone"));
    case State::Undone:
        return words(QT_TRANSLATE_NOOP("InstallWords", "undone"));
    case State::WouldRun:
        return words(QT_TRANSLATE_NOOP("InstallWords", "would be done"));
    }
    return {};
}

QString planFaultText(const PlanFault &fault)
{
    const QString text = words(faultWords(fault.why));
    return text.contains("%1"_L1) ? text.arg(fault.other.startsWith(u'/') ? planFieldWord(fault.other) : fault.other) : text;
}

QString planFieldWord(const QString &pointer)
{
    const QStringList parts = pointer.split(u'/', Qt::SkipEmptyParts);
    static const std::pair<const char *, const char *> names[] = {
        {"cluster", QT_TRANSLATE_NOOP("InstallWords", "cluster name")},
        {"version", QT_TRANSLATE_NOOP("InstallWords", "version")},
        {"endpoint", QT_TRANSLATE_NOOP("InstallWords", "endpoint")},
        {"podRange", QT_TRANSLATE_NOOP("InstallWords", "range of the pods")},
        {"serviceRange", QT_TRANSLATE_NOOP("InstallWords", "range of the services")},
        {"registryMirror", QT_TRANSLATE_NOOP("InstallWords", "image mirror")},
        {"packageMirror", QT_TRANSLATE_NOOP("InstallWords", "package mirror")},
        {"httpProxy", QT_TRANSLATE_NOOP("InstallWords", "HTTP proxy")},
        {"httpsProxy", QT_TRANSLATE_NOOP("InstallWords", "HTTPS proxy")},
        {"noProxy", QT_TRANSLATE_NOOP("InstallWords", "without proxy")},
        {"networkAddon", QT_TRANSLATE_NOOP("InstallWords", "network add-on")},
        {"addons", QT_TRANSLATE_NOOP("InstallWords", "add-ons")},
        {"hosts", QT_TRANSLATE_NOOP("InstallWords", "hosts")},
        {"name", QT_TRANSLATE_NOOP("InstallWords", "name")},
        {"address", QT_TRANSLATE_NOOP("InstallWords", "address")},
        {"port", QT_TRANSLATE_NOOP("InstallWords", "port")},
        {"user", QT_TRANSLATE_NOOP("InstallWords", "user")},
        {"role", QT_TRANSLATE_NOOP("InstallWords", "role")},
        {"jump", QT_TRANSLATE_NOOP("InstallWords", "jump host")},
    };
    const auto name = [](const QString &part) {
        for (const auto &[id, text] : names) {
            if (part == QLatin1String(id))
                return words(text);
        }
        return part;
    };
    if (parts.size() == 3 && parts[0] == "hosts"_L1)
        return words(QT_TRANSLATE_NOOP("InstallWords", "%1 of host %2")).arg(name(parts[2])).arg(parts[1].toInt() + 1);
    if (parts.size() == 2 && parts[0] == "hosts"_L1)
        return words(QT_TRANSLATE_NOOP("InstallWords", "host %1")).arg(parts[1].toInt() + 1);
    return parts.isEmpty() ? pointer : name(parts[0]);
}

QString changeText(const StepChange &change)
{
    static const char *const kinds[] = {
        QT_TRANSLATE_NOOP("InstallWords", "file %1"),          QT_TRANSLATE_NOOP("InstallWords", "service %1"),
        QT_TRANSLATE_NOOP("InstallWords", "package %1"),       QT_TRANSLATE_NOOP("InstallWords", "kernel value %1"),
        QT_TRANSLATE_NOOP("InstallWords", "kernel module %1"), QT_TRANSLATE_NOOP("InstallWords", "swap %1"),
        QT_TRANSLATE_NOOP("InstallWords", "images %1"),        QT_TRANSLATE_NOOP("InstallWords", "cluster object %1"),
        QT_TRANSLATE_NOOP("InstallWords", "node %1"),          QT_TRANSLATE_NOOP("InstallWords", "membership %1"),
        QT_TRANSLATE_NOOP("InstallWords", "platform: %1"),     QT_TRANSLATE_NOOP("InstallWords", "%1 is reset: all of Kubernetes goes"),
    };
    const QString what = words(kinds[static_cast<size_t>(change.kind)]).arg(change.subject);
    return change.after.isEmpty() ? what : what + u" → "_s + change.after;
}

QString tookText(qint64 ms)
{
    if (ms < 10'000)
        return words(QT_TRANSLATE_NOOP("InstallWords", "%1 s")).arg(QString::number(static_cast<double>(qMax<qint64>(0, ms)) / 1000.0, 'f', 1));
    const qint64 seconds = ms / 1000;
    if (seconds < 60)
        return words(QT_TRANSLATE_NOOP("InstallWords", "%1 s")).arg(seconds);
    if (seconds < 3600)
        return words(QT_TRANSLATE_NOOP("InstallWords", "%1 min %2 s")).arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return words(QT_TRANSLATE_NOOP("InstallWords", "%1 h %2 min")).arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
}

QString aboutText(qint64 ms)
{
    const qint64 seconds = (ms + 500) / 1000;
    if (seconds < 60)
        return words(QT_TRANSLATE_NOOP("InstallWords", "about %1 s")).arg(qMax<qint64>(1, seconds));
    return words(QT_TRANSLATE_NOOP("InstallWords", "about %1 min")).arg((seconds + 30) / 60);
}

QString bytesText(qint64 bytes)
{
    const Unit unit = unitOf(bytes);
    return number(static_cast<double>(bytes) / unit.divisor) + u' ' + QLatin1String(unit.name);
}

QString bytesOfText(qint64 done, qint64 whole)
{
    const Unit unit = unitOf(whole);
    return number(static_cast<double>(done) / unit.divisor) + u" / "_s + number(static_cast<double>(whole) / unit.divisor) + u' '
        + QLatin1String(unit.name);
}

QString logTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss.zzz"_s);
}

} // namespace kboss
