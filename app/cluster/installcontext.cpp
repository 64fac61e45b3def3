#include "app/cluster/installcontext.h"

#include "app/cluster/detachedaction.h"

#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 4'000;
constexpr qint64 mostOutput = 16 * 1024 * 1024;
constexpr int copyMs = 60'000;
constexpr qsizetype longestCommand = 300;

// $1 folder of the installation, $2 the file. Whole or not there: the first copy is the one from before us.
constexpr auto keepScript = R"sh(
set -eu
umask 077
copy=$1/backup$2
if [ -e "$copy.kept" ] || [ -L "$copy.kept" ] || [ -e "$copy.absent" ]; then exit 0; fi
mkdir -p "${copy%/*}"
if [ -L "$2" ] || [ -f "$2" ]; then
    rm -f "$copy.new"
    cp -a -- "$2" "$copy.new"
    mv -fT -- "$copy.new" "$copy.kept"
elif [ -e "$2" ]; then
    echo "$2 is no file" >&2
    exit 1
else
    : >"$copy.absent"
fi
sync "${copy%/*}" 2>/dev/null || :
)sh";

constexpr auto restoreScript = R"sh(
set -eu
umask 077
copy=$1/backup$2
if [ -e "$copy.kept" ] || [ -L "$copy.kept" ]; then
    mkdir -p "${2%/*}"
    if [ -f "$2" ] && ! cmp -s -- "$2" "$copy.kept"; then
        mkdir -p "$1/replaced${2%/*}"
        cp -a -- "$2" "$1/replaced$2"
    fi
    cp -a -- "$copy.kept" "$2.kboss-old"
    mv -fT -- "$2.kboss-old" "$2"
    rm -f "$copy.kept"
elif [ -e "$copy.absent" ]; then
    rm -f -- "$2"
    rm -f "$copy.absent"
fi
)sh";

} // namespace

QString LineMaker::clean(QByteArray line)
{
    while (line.endsWith('\r'))
        line.chop(1);
    line = line.mid(line.lastIndexOf('\r') + 1);
    static const QRegularExpression escapes(u"\x1b(\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(\x07|\x1b\\\\)|[@-Z\\\\^_])"_s);
    QString text = QString::fromUtf8(line.left(longestLine)).remove(escapes);
    text.removeIf([](QChar c) { return c.unicode() < 0x20 && c != u'\t'; });
    if (line.size() > longestLine)
        text += u" …"_s;
    return text;
}

QStringList LineMaker::add(const QByteArray &bytes)
{
    m_rest += bytes;
    QStringList lines;
    qsizetype from = 0;
    for (qsizetype end = 0; (end = m_rest.indexOf('\n', from)) >= 0; from = end + 1)
        lines << clean(m_rest.mid(from, end - from));
    m_rest.remove(0, from);
    if (m_rest.size() > 16 * longestLine) // no line, whatever it is
        lines << rest();
    return lines;
}

QStringList LineMaker::rest()
{
    if (m_rest.isEmpty())
        return {};
    return {clean(std::exchange(m_rest, {}))};
}

void HostContext::tell(StepLogLine::Kind kind, const QString &text)
{
    if (m_parts.line)
        m_parts.line(kind, m_parts.secrets.masked(text));
}

void HostContext::progress(qint64 done, qint64 whole)
{
    if (m_parts.progress)
        m_parts.progress(done, whole);
}

QString HostContext::commandText(const QStringList &words, RemoteHost *on) const
{
    QString place;
    if (on && on != &m_parts.host) {
        for (const PlanHost &host : m_parts.plan.hosts) {
            if (m_parts.hosts.find(host.name) == on)
                place = u" (%1)"_s.arg(host.name);
        }
    }
    QString text = QString::fromUtf8(shellLine(words)).section(u'\n', 0, 0);
    if (text.size() > longestCommand)
        text = text.left(longestCommand) + u" …"_s;
    return u"$ "_s + text + place;
}

Result<CommandResult> HostContext::run(const QStringList &words, const QByteArray &input, int deadlineMs, RemoteHost *on)
{
    tell(StepLogLine::Kind::Runner, commandText(words, on));
    LineMaker lines, errorLines;
    CommandResult collected;
    bool tooMuch = false;
    const auto take = [&](const QByteArray &bytes, bool isError) {
        QByteArray &stream = isError ? collected.err : collected.out;
        tooMuch = tooMuch || stream.size() + bytes.size() > mostOutput;
        if (!tooMuch)
            stream += bytes;
        for (const QString &line : (isError ? errorLines : lines).add(bytes))
            tell(isError ? StepLogLine::Kind::Error : StepLogLine::Kind::Output, line);
    };
    auto done = (on ? *on : m_parts.host).run({words, input, true, deadlineMs, mostOutput, take}, m_parts.token);
    if (done) { // a host that does not stream
        const CommandResult whole = *done;
        if (!whole.out.isEmpty())
            take(whole.out, false);
        if (!whole.err.isEmpty())
            take(whole.err, true);
        done->out = collected.out;
        done->err = collected.err;
    }
    for (const QString &line : lines.rest())
        tell(StepLogLine::Kind::Output, line);
    for (const QString &line : errorLines.rest())
        tell(StepLogLine::Kind::Error, line);
    if (done && tooMuch)
        return fail(ErrorKind::Rejected, u"%1 wrote more than %2 bytes"_s.arg(words.value(0)).arg(mostOutput));
    return done;
}

Result<CommandResult> HostContext::runQuietly(const QStringList &words, const QByteArray &input, int deadlineMs, RemoteHost *on)
{
    return (on ? *on : m_parts.host).run({words, input, true, deadlineMs, mostOutput, {}}, m_parts.token);
}

Result<void> HostContext::runDetached(const DetachedAction &action)
{
    if (!action.secret.isEmpty())
        m_parts.secrets.hide(action.secret);
    m_ranDetached = true;
    LineMaker lines, errorLines;
    DetachedWatch watch;
    watch.output = [&](const QByteArray &bytes, bool isError) {
        for (const QString &line : (isError ? errorLines : lines).add(bytes))
            tell(isError ? StepLogLine::Kind::Error : StepLogLine::Kind::Output, line);
    };
    watch.note = [this](const QString &text) { tell(StepLogLine::Kind::Runner, text); };
    const DetachedPlace place{m_parts.host, m_parts.paths, m_parts.installId, m_parts.step, m_parts.owner};
    auto done = runDetachedAction(place, action, watch, m_parts.token);
    for (const QString &line : lines.rest())
        tell(StepLogLine::Kind::Output, line);
    for (const QString &line : errorLines.rest())
        tell(StepLogLine::Kind::Error, line);
    if (!done) {
        Error error = done.error();
        error.detail = m_parts.secrets.masked(error.detail);
        return fail(error);
    }
    return done;
}

Result<void> HostContext::copyScript(const char *script, const QString &path)
{
    if (!path.startsWith(u'/') || path.endsWith(u'/') || path.contains(u"/../"_s))
        return fail(ErrorKind::Rejected, u"\"%1\" is no absolute path of a file"_s.arg(path), u"path"_s);
    const QStringList words{u"sh"_s, u"-c"_s, QString::fromLatin1(script), u"sh"_s, folder(), path};
    const auto done = m_parts.host.run({words, {}, true, copyMs, 64 * 1024, {}}, m_parts.token);
    if (!done)
        return fail(done.error());
    return done->isGood() ? Result<void>() : fail(ErrorKind::Rejected, QString::fromUtf8(done->err).trimmed().right(400));
}

Result<void> HostContext::keepCopy(const QString &path)
{
    return copyScript(keepScript, path);
}

Result<void> HostContext::restoreFile(const QString &path)
{
    return copyScript(restoreScript, path);
}

Result<void> HostContext::writeHostJournal(JournalLine::Kind kind, const QString &detail)
{
    const DetachedPlace place{m_parts.host, m_parts.paths, m_parts.installId, m_parts.step, m_parts.owner};
    const JournalLine line{m_parts.clock.nowMs(), kind, m_parts.step, m_parts.secrets.masked(detail), m_parts.owner};
    return kboss::writeHostJournal(place, writeJournalLine(line), m_parts.token);
}

Result<void> HostContext::accept(const QString &what)
{
    tell(StepLogLine::Kind::Runner, what);
    if (m_parts.accepted) {
        if (auto written = m_parts.accepted(m_parts.secrets.masked(what)); !written)
            return written;
    }
    return writeHostJournal(JournalLine::Kind::Accepted, what);
}

Result<void> HostContext::seal()
{
    return sealActions({m_parts.host, m_parts.paths, m_parts.installId, m_parts.step, m_parts.owner}, m_parts.token);
}

} // namespace kboss
