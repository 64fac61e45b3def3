#include "app/cluster/hostchecks.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// What etcd's log does: 2300 bytes at a time over an area that is there already, each on the disk before the next. dd says itself how long its one write took. The
// file has no name from its second line on: nothing is left of it however this ends. Three seconds at most, and what was measured by then counts.
constexpr char script[] = R"SH(main() {
set -eu
LC_ALL=C; export LC_ALL
f=$(mktemp /var/lib/.kboss-disk-XXXXXXXX)
trap 'rm -f "$f"' EXIT HUP INT TERM
exec 9<>"$f"
rm -f "$f"
m=$(dd if=/dev/zero of=/proc/self/fd/9 bs=2300 count=500 conv=notrunc,fsync 2>&1) || { printf '%s\n' "$m" >&2; return 1; }
end=$(($(date +%s) + 3)); i=0
while [ $i -lt 400 ] && [ "$(date +%s)" -lt $end ]; do
for k in 0 1 2 3 4 5 6 7 8 9; do
dd if=/dev/zero of=/proc/self/fd/9 bs=2300 count=1 seek=$i conv=notrunc oflag=dsync 2>&1 | tail -n 1
i=$((i + 1))
done
done
}
main </dev/null
)SH";

} // namespace

Result<DiskLatency> measureDisk(RemoteHost &remote, bool asRoot, CancelToken token)
{
    static const QRegularExpression took(u"copied, ([0-9.]+(?:e-\\d+)?) s"_s);
    const auto said = remote.run({{u"sh"_s, u"-s"_s}, script, asRoot, 12'000, 256 * 1024, {}}, token);
    if (!said)
        return fail(said.error());
    std::vector<double> writes;
    for (const QByteArray &line : said->out.split('\n')) {
        bool good = false;
        const double ms = took.match(QString::fromLatin1(line)).captured(1).toDouble(&good) * 1000;
        if (good && ms >= 0 && ms < 60'000)
            writes.push_back(ms);
    }
    if (!said->isGood() || writes.empty())
        return fail(ErrorKind::Rejected, withoutEscapes(QString::fromUtf8(said->err + said->out)).trimmed().left(2000));
    std::sort(writes.begin(), writes.end());
    const auto at = [&writes](double part) { return writes[std::min(writes.size() - 1, size_t(part * double(writes.size())))]; };
    return DiskLatency{int(writes.size()), at(0.5), at(0.99), writes.back()};
}

} // namespace kboss
