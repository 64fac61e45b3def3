#include "app/cluster/hostfix.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int applyMs = 300'000, undoMs = 300'000, listMs = 20'000;
constexpr int changedSince = 9, notThere = 8;

bool isId(const QString &text)
{
    static const QRegularExpression id(u"^[a-z0-9][a-z0-9-]{0,79}$"_s);
    return id.match(text).hasMatch();
}

QString lastLines(const CommandResult &result)
{
    const QStringList lines = withoutEscapes(QString::fromUtf8(result.err)).trimmed().split(u'\n');
    return lines.mid(std::max<qsizetype>(0, lines.size() - 12)).join(u'\n').right(2000);
}

} // namespace

Result<QString> applyFix(RemoteHost &remote, const HostFix &fix, CancelToken token)
{
    if (!isId(fix.id) || fix.script.isEmpty())
        return fail(ErrorKind::Rejected, u"there is nothing to do"_s, u"fix"_s);
    const auto said = remote.run({{u"sh"_s, u"-s"_s}, fix.script, true, applyMs, 1024 * 1024, {}}, token);
    if (!said)
        return fail(said.error());
    if (!said->isGood())
        return fail(ErrorKind::Rejected, lastLines(*said));
    return withoutEscapes(QString::fromUtf8(said->out + said->err));
}

Result<QString> undoFix(RemoteHost &remote, const QString &fixId, CancelToken token)
{
    if (!isId(fixId))
        return fail(ErrorKind::Rejected, u"no name of a fix: %1"_s.arg(fixId.left(80)), u"id"_s);
    const QByteArray script = "main() {\nd=/var/lib/kboss/fixes/" + fixId.toLatin1()
        + "\n[ -e \"$d/applied\" ] && [ ! -e \"$d/undone\" ] || exit 8\nsh \"$d/undo.sh\"\n}\nmain </dev/null\n";
    const auto said = remote.run({{u"sh"_s, u"-s"_s}, script, true, undoMs, 1024 * 1024, {}}, token);
    if (!said)
        return fail(said.error());
    if (said->exitCode == notThere)
        return fail(ErrorKind::NotFound, fixId);
    if (!said->isGood())
        return fail(said->exitCode == changedSince ? ErrorKind::Conflict : ErrorKind::Rejected, lastLines(*said));
    return withoutEscapes(QString::fromUtf8(said->out + said->err));
}

Result<std::vector<AppliedFix>> listFixes(RemoteHost &remote, CancelToken token)
{
    static const QByteArray script = "main() {\nfor d in /var/lib/kboss/fixes/*; do\n[ -e \"$d/applied\" ] && [ ! -e \"$d/undone\" ] || continue\n"
                                     "head -c 4096 \"$d/record.json\" | base64 | tr -d '\\n'; echo\ndone\n}\nmain </dev/null\n";
    const auto said = remote.run({{u"sh"_s, u"-s"_s}, script, true, listMs, 1024 * 1024, {}}, token);
    if (!said)
        return fail(said.error());
    std::vector<AppliedFix> fixes;
    for (const QByteArray &line : said->out.split('\n')) {
        const QJsonObject record = QJsonDocument::fromJson(QByteArray::fromBase64(line)).object();
        AppliedFix one{record.value(u"id"_s).toString(), record.value(u"check"_s).toString(), record.value(u"subject"_s).toString(),
                       qint64(record.value(u"ms"_s).toDouble()), record.value(u"undoable"_s).toBool()};
        if (isId(one.id) && fixes.size() < 500)
            fixes.push_back(std::move(one));
    }
    std::sort(fixes.begin(), fixes.end(), [](const AppliedFix &a, const AppliedFix &b) { return a.ms > b.ms; });
    return fixes;
}

} // namespace kboss
