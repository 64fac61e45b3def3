#include "app/cluster/fixscript.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr char folder[] = "/var/lib/kboss/fixes";

// Of both scripts. Lines are compared whole and taken from the environment, where no character means anything. A file is replaced at once, through a copy with its
// mode and owner, where it really lies.
constexpr char helpers[] = R"SH(LC_ALL=C; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export LC_ALL PATH; umask 022
place() { readlink -f "$1" || printf '%s\n' "$1"; }
name() { printf '%s' "$1" | tr / _; }
keep() {
n=$(name "$1"); mkdir -p "$dir/before"
if [ -e "$dir/before/$n" ] || [ -e "$dir/before/$n.absent" ]; then return 0; fi
if [ -e "$1" ]; then cp -pL "$1" "$dir/before/$n"; else : > "$dir/before/$n.absent"; fi
}
edit() {
f=$(place "$1")
cp -p "$f" "$f.kboss"; L=$2 awk "$3" "$f" > "$f.kboss"; mv -f "$f.kboss" "$f"
}
addline() {
keep "$1"; mkdir -p "${1%/*}"; f=$(place "$1"); [ -e "$f" ] || : > "$f"
grep -qxF -e "$2" "$f" || edit "$1" "$2" '{ print } END { print ENVIRON["L"] }'
}
dropline() {
[ -e "$1" ] || return 0
edit "$1" "$2" '$0 != ENVIRON["L"] { print }'
if [ ! -s "$1" ] && [ -e "$dir/before/$(name "$1").absent" ]; then rm -f "$1"; fi
}
comment() { keep "$1"; edit "$1" "$2" '$0 == ENVIRON["L"] { print "# kboss: " $0; next } { print }'; }
uncomment() { [ ! -e "$1" ] || edit "$1" "$2" '$0 == "# kboss: " ENVIRON["L"] { print ENVIRON["L"]; next } { print }'; }
hasline() { if [ -e "$1" ] && grep -qxF -e "$2" "$1"; then return 0; fi; printf 'changed since: %s\n' "$1" >&2; exit 9; }
keeptree() { mkdir -p "$dir/trees$1"; if [ -e "$1" ]; then cp -a "$1/." "$dir/trees$1/"; fi; : > "$dir/tree-$(name "$1")"; }
backtree() { [ -e "$dir/tree-$(name "$1")" ] || return 0; mkdir -p "$1"; cp -a "$dir/trees$1/." "$1/"; }
)SH";

QByteArray encoded(const QByteArray &content, const QByteArray &file)
{
    return "printf %s " + content.toBase64() + " | base64 -d > \"$dir/" + file + "\"\n";
}

QByteArray q(const QString &text)
{
    return shellQuoted(text);
}

} // namespace

void FixScript::add(const QByteArray &script, const QByteArray &undo, const QByteArray &guard)
{
    m_do += script + '\n';
    if (!undo.isEmpty())
        m_undo = undo + '\n' + m_undo;
    if (!guard.isEmpty())
        m_guards += guard + '\n';
}

void FixScript::kernelValue(const QString &name, const QString &before, const QString &after)
{
    const QString path = u"/proc/sys/"_s + QString(name).replace(u'.', u'/');
    const auto set = [&](const QString &value) { return "printf '%s\\n' " + q(value) + " > " + q(path); };
    add(set(after), before.isEmpty() ? QByteArray() : set(before) + " || true");
    m_fix.changes.push_back({FixChange::Kind::KernelValue, name, before, after});
    m_fix.commands << u"sysctl -w %1=%2"_s.arg(name, after);
    if (!before.isEmpty())
        m_fix.undoCommands.prepend(u"sysctl -w %1=%2"_s.arg(name, before));
}

void FixScript::addLine(const QString &path, const QString &line)
{
    add("addline " + q(path) + ' ' + q(line), "dropline " + q(path) + ' ' + q(line), "hasline " + q(path) + ' ' + q(line));
    m_fix.changes.push_back({FixChange::Kind::File, path, {}, line});
    m_fix.commands << u"%1: + %2"_s.arg(path, line);
    m_fix.undoCommands.prepend(u"%1: − %2"_s.arg(path, line));
}

void FixScript::commentLine(const QString &path, const QString &line)
{
    const QString commented = u"# kboss: "_s + line;
    add("comment " + q(path) + ' ' + q(line), "uncomment " + q(path) + ' ' + q(line), "hasline " + q(path) + ' ' + q(commented));
    m_fix.changes.push_back({FixChange::Kind::File, path, line, commented});
    m_fix.commands << u"%1: %2"_s.arg(path, commented);
    m_fix.undoCommands.prepend(u"%1: %2"_s.arg(path, line));
}

void FixScript::command(FixChange::Kind kind, const QString &subject, const QString &before, const QString &after, const QStringList &words, const QStringList &undo)
{
    m_fix.changes.push_back({kind, subject, before, after});
    silentCommand(words, undo);
}

void FixScript::silentCommand(const QStringList &words, const QStringList &undo)
{
    add(shellLine(words), undo.isEmpty() ? QByteArray() : shellLine(undo) + " || true");
    m_fix.commands << QString::fromUtf8(shellLine(words));
    if (!undo.isEmpty())
        m_fix.undoCommands.prepend(QString::fromUtf8(shellLine(undo)));
}

void FixScript::raw(const QByteArray &script, const QByteArray &undo, const QString &shown, const QString &undoShown)
{
    add(script, undo);
    m_fix.commands << shown;
    if (!undoShown.isEmpty())
        m_fix.undoCommands.prepend(undoShown);
}

void FixScript::keepTree(const QString &path)
{
    add("keeptree " + q(path), "backtree " + q(path));
    m_fix.commands << u"cp -a %1 %2/%3/trees"_s.arg(path, QLatin1String(folder), m_fix.id);
    m_fix.undoCommands.prepend(u"cp -a %2/%3/trees%1 %1"_s.arg(path, QLatin1String(folder), m_fix.id));
}

void FixScript::finish(qint64 nowMs)
{
    const QByteArray dir = "dir=" + q(QLatin1String(folder) + u'/' + m_fix.id) + '\n';
    const QByteArray record = QJsonDocument(QJsonObject{{u"id"_s, m_fix.id},
                                                        {u"check"_s, m_fix.check},
                                                        {u"subject"_s, m_fix.subject},
                                                        {u"ms"_s, double(nowMs)},
                                                        {u"undoable"_s, m_fix.isUndoable}})
                                  .toJson(QJsonDocument::Compact);
    // "force": what a fix that failed had changed until then.
    m_fix.undoScript = "main() {\nset -eu\n" + dir + helpers + "if [ \"${1:-}\" != force ]; then\n:\n" + m_guards + "fi\n" + m_undo
        + ": > \"$dir/undone\"\n}\nmain \"$@\" </dev/null\n";
    m_fix.script = "main() {\nset -eu\n" + dir + helpers + "( umask 077; mkdir -p " + folder + "; chmod 700 /var/lib/kboss " + folder + "; mkdir \"$dir\" )\n"
        + encoded(record, "record.json") + encoded(m_fix.undoScript, "undo.sh")
        + "trap 'c=$?; trap - EXIT; if [ $c -ne 0 ]; then sh \"$dir/undo.sh\" force >&2 && rm -rf \"$dir\"; fi; exit $c' EXIT\n"
          "trap 'exit 130' HUP INT TERM\n"
        + m_do + ": > \"$dir/applied\"\n}\nmain </dev/null\n";
}

} // namespace kboss
