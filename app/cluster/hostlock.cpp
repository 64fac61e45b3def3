#include "app/cluster/hostlock.h"

#include <QDateTime>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int callMs = 45'000;
constexpr int busyCode = 10, workingCode = 11, goneCode = 12; // of the scripts: another's; an action of it still works; there is none

constexpr auto readScript = R"sh(
[ -e "$1" ] || exit 0
stat -c %Y "$1"
date +%s
cat "$1"
)sh";

// $1 state folder, $2 how the holder's lock is told, $3 how the one is told that may be replaced (empty = none), $4 the installation whose actions
// must have ended (empty = none); the new lock on standard input.
constexpr auto takeScript = R"sh(
set -eu
umask 077
mkdir -p "$1"
exec 8>>"$1/install.guard"
flock -w 20 8 || { echo "the lock is being changed all the time" >&2; exit 75; }
lock=$1/install.lock
new=$(cat)
[ -n "$new" ] || exit 76
if [ -e "$lock" ]; then
    now=$(cat "$lock")
    case $now in
    *"$2"*) touch "$lock"; exit 0 ;;
    esac
    [ -n "$3" ] || exit 10
    case $now in
    *"$3"[,}]*) ;;
    *) exit 10 ;;
    esac
    for held in "$1/install/$4/actions"/*/run.lock; do
        if [ -z "$4" ] || [ ! -e "$held" ] || flock -n "$held" true; then continue; fi
        held=${held%/run.lock}
        echo "${held##*/}"
        exit 11
    done
fi
printf '%s\n' "$new" >"$lock.new"
sync "$lock.new" 2>/dev/null || :
mv -f "$lock.new" "$lock"
)sh";

constexpr auto renewScript = R"sh(
[ -d "$1" ] || exit 12
exec 8>>"$1/install.guard"
flock -w 20 8 || exit 75
[ -e "$1/install.lock" ] || exit 12
case $(cat "$1/install.lock") in
*"$2"*) touch "$1/install.lock" ;;
*) exit 10 ;;
esac
)sh";

constexpr auto releaseScript = R"sh(
[ -e "$1/install.lock" ] || exit 0
exec 8>>"$1/install.guard"
flock -w 20 8 || exit 75
case $(cat "$1/install.lock" 2>/dev/null) in
*"$2"*) mv -f "$1/install.lock" "$1/install.last" ;;
esac
)sh";

std::string compact(const json &object)
{
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

// How the members that say whose it is stand in the file: names are in order there.
QString markOf(const LockHolder &holder)
{
    const std::string both = compact({{"install", holder.installId.toStdString()}, {"owner", holder.owner.toStdString()}});
    return QString::fromStdString(both.substr(1, both.size() - 2)) + u',';
}

// The same for one lock alone.
QString markOf(const HostLock &lock)
{
    return markOf(LockHolder{lock.installId, lock.owner}) + u"\"since\":%1"_s.arg(lock.sinceMs);
}

QByteArray contentOf(const HostLock &lock)
{
    json object{{"format", 1}, {"install", lock.installId.toStdString()}, {"owner", lock.owner.toStdString()}, {"since", lock.sinceMs}};
    if (!lock.brokeOwner.isEmpty())
        object["broke"] = {{"of", lock.brokeOwner.toStdString()}, {"why", lock.brokeReason.toStdString()}};
    return QByteArray::fromStdString(compact(object));
}

QString textOf(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : QString();
}

Result<CommandResult> call(RemoteHost &host, const char *script, const QStringList &words, const QByteArray &input, const CancelToken &token)
{
    return host.run({QStringList{u"sh"_s, u"-c"_s, QString::fromLatin1(script), u"sh"_s} + words, input, true, callMs, 256 * 1024, {}}, token);
}

Unexpected refused(const CommandResult &result)
{
    return fail(ErrorKind::Rejected, u"the lock of the host: %1"_s.arg(QString::fromUtf8(result.err).trimmed().right(400)));
}

// What may be replaced by the new lock.
struct Over {
    const HostLock *lock = nullptr;
    bool mustBeIdle = false;
};

Result<void> put(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const HostLock &lock, const Over &over, const CancelToken &token)
{
    const QStringList words{paths.state, markOf(holder), over.lock ? markOf(*over.lock) : QString(),
                            over.mustBeIdle ? over.lock->installId : QString()};
    const auto done = call(host, takeScript, words, contentOf(lock), token);
    if (!done)
        return fail(done.error());
    if (done->isGood())
        return {};
    if (done->exitCode == workingCode)
        return fail(ErrorKind::Conflict,
                    u"%1; its action \"%2\" still works on the host: its end has to come first"_s.arg(
                        hostLockText(*over.lock), QString::fromUtf8(done->out).trimmed().left(80)),
                    u"lock"_s);
    if (done->exitCode != busyCode)
        return refused(*done);
    const auto other = readHostLock(host, paths, token);
    if (!other)
        return fail(other.error());
    return fail(ErrorKind::Conflict, *other ? hostLockText(**other) : u"somebody was faster, and has released it again"_s, u"lock"_s);
}

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

enum class Right { None, TakeOver, Break };

Right rightOver(const HostLock &lock, const InstallContext &context, const QString &owner)
{
    if (lock.installId == context.installId())
        return Right::TakeOver; // the same run, begun under another name: nobody else has its journal
    const LockRights *rights = context.lockRights();
    if (!rights)
        return Right::None;
    if (rights->former.contains(lock.installId) || (rights->takesStale && lock.owner == owner && lock.isStale()))
        return Right::TakeOver;
    return rights->breaks && rights->breaks->lock.isSame(lock) && !rights->breaks->reason.trimmed().isEmpty() ? Right::Break : Right::None;
}

Result<StepFinding> probeLock(InstallContext &context, const QString &owner)
{
    const auto lock = readHostLock(context.host(), context.paths(), context.token());
    if (!lock)
        return fail(lock.error());
    if (!*lock)
        return StepFinding{StepState::Open, {}};
    const QString text = hostLockText(**lock);
    if ((*lock)->isOf(context.installId(), owner))
        return StepFinding{StepState::Done, text};
    if (rightOver(**lock, context, owner) != Right::None)
        return StepFinding{StepState::Open, text};
    context.meetLock(**lock);
    return StepFinding{StepState::Foreign, text};
}

Result<void> actLock(InstallContext &context, const QString &owner)
{
    const LockHolder holder{context.installId(), owner};
    const qint64 now = context.clock().nowMs();
    const auto lock = readHostLock(context.host(), context.paths(), context.token());
    if (!lock)
        return fail(lock.error());
    if (!*lock || (*lock)->isOf(holder.installId, owner))
        return takeHostLock(context.host(), context.paths(), holder, now, context.token());
    const QString text = hostLockText(**lock);
    const Right right = rightOver(**lock, context, owner);
    if (right == Right::None) {
        context.meetLock(**lock);
        return fail(ErrorKind::Conflict, text, u"lock"_s);
    }
    const QString reason = right == Right::Break ? context.lockRights()->breaks->reason : QString();
    if (auto written = context.accept(right == Right::Break ? u"the lock was broken: %1; it was %2"_s.arg(reason, text)
                                                            : u"the lock of an earlier run of ours is taken over; it was %1"_s.arg(text));
        !written)
        return written;
    return right == Right::Break ? breakHostLock(context.host(), context.paths(), holder, **lock, reason, now, context.token())
                                 : takeOverHostLock(context.host(), context.paths(), holder, **lock, now, context.token());
}

QString ownerOf(const InstallContext &context, const QString &fallback)
{
    return context.owner().isEmpty() ? fallback : context.owner();
}

} // namespace

QString hostLockText(const HostLock &lock)
{
    QString text =
        u"held by %1 since %2 (installation %3), renewed %4 s ago"_s.arg(lock.owner, timeText(lock.sinceMs), lock.installId).arg(lock.ageMs / 1000);
    if (lock.isStale())
        text += u": nobody renews it any more"_s;
    if (!lock.brokeOwner.isEmpty())
        text += u"; it broke the lock of %1: %2"_s.arg(lock.brokeOwner, lock.brokeReason);
    return text;
}

namespace {

Result<std::optional<HostLock>> readLock(RemoteHost &host, const QString &file, const CancelToken &token)
{
    const auto done = call(host, readScript, {file}, {}, token);
    if (!done)
        return fail(done.error());
    if (!done->isGood())
        return refused(*done);
    if (done->out.isEmpty())
        return std::optional<HostLock>();
    const QList<QByteArray> parts = done->out.split('\n');
    const json object = json::parse(parts.value(2).toStdString(), nullptr, false);
    if (!object.is_object())
        return fail(ErrorKind::Protocol, u"%1 on the host cannot be read: %2"_s.arg(file, QString::fromUtf8(parts.value(2)).left(200)));
    HostLock lock;
    lock.installId = textOf(object, "install");
    lock.owner = textOf(object, "owner");
    const auto since = object.find("since");
    lock.sinceMs = since != object.end() && since->is_number_integer() ? since->get<qint64>() : 0;
    lock.ageMs = std::max<qint64>(0, parts.value(1).toLongLong() - parts.value(0).toLongLong()) * 1000;
    const auto broke = object.find("broke");
    if (broke != object.end() && broke->is_object()) {
        lock.brokeOwner = textOf(*broke, "of");
        lock.brokeReason = textOf(*broke, "why");
    }
    return std::optional<HostLock>(lock);
}

} // namespace

Result<std::optional<HostLock>> readHostLock(RemoteHost &host, const HostPaths &paths, const CancelToken &token)
{
    return readLock(host, paths.lockFile(), token);
}

Result<void> takeHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, qint64 nowMs, const CancelToken &token)
{
    return put(host, paths, holder, {holder.installId, holder.owner, nowMs, 0, {}, {}}, {}, token);
}

Result<void> takeOverHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const HostLock &other, qint64 nowMs,
                              const CancelToken &token)
{
    const bool isSameRun = other.installId == holder.installId; // under another name: its actions are ours
    return put(host, paths, holder, {holder.installId, holder.owner, nowMs, 0, {}, {}}, {&other, !isSameRun}, token);
}

Result<void> breakHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const HostLock &other, const QString &reason,
                           qint64 nowMs, const CancelToken &token)
{
    if (reason.trimmed().isEmpty())
        return fail(ErrorKind::Rejected, u"a lock is only broken with a reason"_s, u"reason"_s);
    return put(host, paths, holder, {holder.installId, holder.owner, nowMs, 0, other.owner, reason}, {&other, false}, token);
}

Result<void> releaseHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const CancelToken &token)
{
    const auto done = call(host, releaseScript, {paths.state, markOf(holder)}, {}, token);
    if (!done)
        return fail(done.error());
    return done->isGood() ? Result<void>() : refused(*done);
}

Result<std::optional<LockLoss>> renewHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const CancelToken &token)
{
    const auto done = call(host, renewScript, {paths.state, markOf(holder)}, {}, token);
    if (!done)
        return fail(done.error());
    if (done->isGood())
        return std::optional<LockLoss>();
    if (done->exitCode != busyCode && done->exitCode != goneCode)
        return refused(*done);
    const auto now = readHostLock(host, paths, token);
    if (!now)
        return fail(now.error());
    if (*now)
        return std::optional<LockLoss>({*now, hostLockText(**now)});
    const auto last = readLock(host, paths.lastLockFile(), token);
    const bool isOther = last && *last && !(*last)->isOf(holder.installId, holder.owner);
    return std::optional<LockLoss>(
        {{}, isOther ? u"nobody has it now, but meanwhile: "_s + hostLockText(**last) : u"somebody has removed its file, and nobody has it now"_s});
}

InstallStep lockStep(const PlanHost &host, const InstallOptions &options)
{
    InstallStep step;
    step.id = host.name + u"/lock"_s;
    step.name = u"lock"_s;
    step.phase = InstallPhase::Lock;
    step.host = host.name;
    step.deadlineMs = 120'000;
    step.usualMs = step.usualUndoMs = 500;
    step.changes = {{StepChange::Kind::File, HostPaths().lockFile(), options.owner}};
    const QString owner = options.owner;
    step.probe = [owner](InstallContext &context) { return probeLock(context, ownerOf(context, owner)); };
    step.act = [owner](InstallContext &context) { return actLock(context, ownerOf(context, owner)); };
    step.undo = [owner](InstallContext &context) {
        return releaseHostLock(context.host(), context.paths(), {context.installId(), ownerOf(context, owner)}, context.token());
    };
    return step;
}

} // namespace kboss
