#include "app/cluster/hostjudge.h"
#include "app/cluster/kubeadmconfig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using State = CheckResult::State;

constexpr char accept[] = "application/vnd.oci.image.index.v1+json,application/vnd.docker.distribution.manifest.list.v2+json,"
                          "application/vnd.oci.image.manifest.v1+json,application/vnd.docker.distribution.manifest.v2+json";

// $1 the headers' Accept, $2 https proxy, $3 no proxy, then: "head" and URLs, "body" and one URL, or "speed" and one URL. Registries hand out tokens
// for reading to anybody: those are asked for when the first answer is 401.
constexpr char script[] = R"SH(main() {
LC_ALL=C; export LC_ALL
accept=$1; [ -n "$2" ] && export https_proxy="$2" HTTPS_PROXY="$2" no_proxy="$3" NO_PROXY="$3"
what=$4; shift 4
if command -v curl >/dev/null 2>&1; then tool=curl; elif command -v wget >/dev/null 2>&1; then tool=wget; else echo 'no curl and no wget' >&2; return 3; fi
headers() {
if [ $tool = curl ]; then
if [ -n "$2" ]; then printf 'Authorization: Bearer %s\n' "$2" | curl -sS -I -L --max-time 8 -H "Accept: $accept" -H @- "$1" 2>&1
else curl -sS -I -L --max-time 8 -H "Accept: $accept" "$1" 2>&1; fi
else wget -S --spider --timeout=8 --tries=1 --header "Accept: $accept" ${2:+--header "Authorization: Bearer $2"} -O /dev/null "$1" 2>&1; fi | tr -d '\r'
}
body() { if [ $tool = curl ]; then curl -sS -L --max-time 8 "$1"; else wget -q --timeout=8 --tries=1 -O - "$1"; fi; }
code() { printf '%s\n' "$1" | sed -n 's/^ *HTTP\/[0-9.]* \([0-9][0-9][0-9]\).*/\1/p' | tail -n 1; }
token() {
realm=$(printf '%s\n' "$2" | sed -n 's/.*[Bb]earer .*realm="\([^"]*\)".*/\1/p' | tail -n 1)
service=$(printf '%s\n' "$2" | sed -n 's/.*[Bb]earer .*service="\([^"]*\)".*/\1/p' | tail -n 1)
name=$(printf '%s' "$1" | sed 's#^[a-z]*://[^/]*/v2/\(.*\)/\(manifests\|tags\|blobs\)/.*$#\1#')
[ -n "$realm" ] && body "$realm?service=$service&scope=repository:$name:pull" | sed -n 's/.*"\(access_\)\{0,1\}token" *: *"\([^"]*\)".*/\2/p' | head -n 1
}
one() {
h=$(headers "$1" ''); c=$(code "$h")
if [ "$c" = 401 ]; then t=$(token "$1" "$h"); [ -n "$t" ] && { h=$(headers "$1" "$t"); c=$(code "$h"); }; fi
printf '%s\t%s\t%s\n' "$1" "${c:-0}" "$(printf '%s' "$h" | grep -iv '^ *\(date\|set-cookie\|etag\|x-\)' | tail -n 2 | head -c 300 | tr '\t\n' '  ')"
}
case $what in
head) for u in "$@"; do one "$u" & done; wait ;;
*)
[ $tool = curl ] || return 3
h=$(headers "$1" ''); t=; [ "$(code "$h")" = 401 ] && t=$(token "$1" "$h")
if [ $what = speed ]; then
printf 'Authorization: Bearer %s\n' "$t" | curl -sS -L --max-time 3 ${t:+-H @-} -r 0-67108863 -o /dev/null -w '%{size_download} %{speed_download}\n' "$1"
else printf 'Authorization: Bearer %s\n' "$t" | curl -sS -L --max-time 8 -H "Accept: $accept" ${t:+-H @-} "$1"; fi ;;
esac
}
main "$@" </dev/null
)SH";

struct Image {
    QString host, name, tag;
};

Image parseImage(const QString &text)
{
    Image image;
    const QString first = text.section(u'/', 0, 0);
    const bool hasHost = text.contains(u'/') && (first.contains(u'.') || first.contains(u':') || first == u"localhost"_s);
    image.host = hasHost ? first : u"docker.io"_s;
    image.name = hasHost ? text.section(u'/', 1) : text;
    const qsizetype colon = image.name.lastIndexOf(u':');
    if (colon > image.name.lastIndexOf(u'/')) {
        image.tag = image.name.mid(colon + 1);
        image.name.truncate(colon);
    }
    return image;
}

QString rootOf(const Image &image)
{
    const bool plain = image.host.startsWith(u"localhost"_s) || image.host.startsWith(u"127."_s); // as containerd does
    return (plain ? u"http://%1/v2/%2"_s : u"https://%1/v2/%2"_s)
        .arg(image.host == u"docker.io"_s ? u"registry-1.docker.io"_s : image.host, image.name);
}

QString addressOf(const QString &text)
{
    const Image image = parseImage(text);
    return rootOf(image) + (image.tag.isEmpty() ? u"/tags/list"_s : u"/manifests/"_s + image.tag);
}

Result<CommandResult> ask(RemoteHost &remote, const InstallPlan &plan, const QString &what, const QStringList &urls, int ms, const CancelToken &token)
{
    QStringList exempt = plan.noProxy;
    exempt << plan.podRange << plan.serviceRange << u"localhost"_s << u"127.0.0.1"_s;
    const QString proxy = plan.httpsProxy.isEmpty() ? plan.httpProxy : plan.httpsProxy;
    return remote.run(
        {QStringList{u"sh"_s, u"-s"_s, u"--"_s, QLatin1String(accept), proxy, exempt.join(u','), what} + urls, script, false, ms, 1024 * 1024, {}},
        token);
}

QJsonObject objectIn(const Result<CommandResult> &said)
{
    return said && said->isGood() ? QJsonDocument::fromJson(said->out).object() : QJsonObject();
}

// Bytes in a second from the largest part of an image, three seconds at most; empty = not known.
QString speedOf(RemoteHost &remote, const InstallPlan &plan, const HostFacts &facts, const QString &text, const CancelToken &token)
{
    static const QRegularExpression digest(u"^sha256:[0-9a-f]{64}$"_s);
    const QString root = rootOf(parseImage(text));
    QJsonObject manifest = objectIn(ask(remote, plan, u"body"_s, {addressOf(text)}, 20'000, token));
    const QJsonArray variants = manifest.value(u"manifests"_s).toArray();
    for (const auto &variant : variants) {
        const QString found = variant.toObject().value(u"digest"_s).toString();
        if (variant.toObject().value(u"platform"_s).toObject().value(u"architecture"_s).toString() == facts.arch && digest.match(found).hasMatch()) {
            manifest = objectIn(ask(remote, plan, u"body"_s, {root + u"/manifests/"_s + found}, 20'000, token));
            break;
        }
    }
    QString largest;
    double most = 0;
    const QJsonArray layers = manifest.value(u"layers"_s).toArray();
    for (const auto &layer : layers) {
        const double size = layer.toObject().value(u"size"_s).toDouble();
        if (size > most && digest.match(layer.toObject().value(u"digest"_s).toString()).hasMatch()) {
            most = size;
            largest = layer.toObject().value(u"digest"_s).toString();
        }
    }
    if (largest.isEmpty())
        return {};
    const auto said = ask(remote, plan, u"speed"_s, {root + u"/blobs/"_s + largest}, 20'000, token);
    const QList<QByteArray> words = said ? said->out.trimmed().split(' ') : QList<QByteArray>();
    const double bytes = words.value(0).toDouble(), speed = words.value(1).toDouble();
    return bytes > 100'000 && speed > 0 ? u"%1 MB/s"_s.arg(speed / 1e6, 0, 'f', speed < 1e7 ? 1 : 0) : QString();
}

QStringList imagesFromKubeadm(RemoteHost &remote, const InstallPlan &plan, const HostFacts &facts, const CancelToken &token)
{
    if (facts.kubeadm.isEmpty())
        return {};
    QStringList words{u"kubeadm"_s, u"config"_s, u"images"_s, u"list"_s, u"--kubernetes-version"_s, plan.version};
    if (!plan.registryMirror.isEmpty())
        words << u"--image-repository"_s << plan.registryMirror;
    const auto said = remote.run({words, {}, false, 15'000, 64 * 1024, {}}, token);
    static const QRegularExpression image(u"^[a-z0-9.:-]+/[A-Za-z0-9._/:-]+$"_s);
    QStringList found;
    if (said && said->isGood()) {
        for (const QString &line : QString::fromUtf8(said->out).split(u'\n', Qt::SkipEmptyParts)) {
            if (image.match(line.trimmed()).hasMatch() && found.size() < 40)
                found << line.trimmed();
        }
    }
    return found;
}

CheckResult named(const QString &name, const PlanHost &host)
{
    CheckResult one;
    one.name = name;
    one.host = host.name;
    return one;
}

struct Reached {
    int good = 0;
    QStringList lines;
};
Reached readAnswers(const QByteArray &out)
{
    Reached reached;
    for (const QString &line : withoutEscapes(QString::fromUtf8(out)).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList parts = line.split(u'\t');
        if (parts.size() < 3)
            continue;
        reached.good += parts[1] == u"200"_s ? 1 : 0;
        reached.lines << (parts[1] == u"200"_s ? u"200  %1"_s.arg(parts[0]) : u"%1  %2  %3"_s.arg(parts[1], parts[0], parts[2].trimmed()));
    }
    std::sort(reached.lines.begin(), reached.lines.end());
    return reached;
}

} // namespace

QStringList imagesOf(const InstallPlan &plan)
{
    const QString root = plan.registryMirror.isEmpty() ? u"registry.k8s.io"_s : plan.registryMirror;
    QStringList images;
    for (const char *name : {"kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"})
        images << u"%1/%2:%3"_s.arg(root, QLatin1String(name), plan.version);
    const QString dns = plan.registryMirror.isEmpty() ? u"coredns/coredns"_s : u"coredns"_s;
    for (const QString &name : {u"pause"_s, u"etcd"_s, dns}) // each kubeadm knows which of these it wants: here it counts that they are there
        images << root + u'/' + name;
    return images;
}

CheckResult checkRegistry(RemoteHost &remote, const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckOptions &options,
                          const CancelToken &token)
{
    CheckResult one = named(u"RegistryReach"_s, host);
    QStringList images = options.images.isEmpty() ? imagesFromKubeadm(remote, plan, facts, token) : options.images;
    if (images.isEmpty())
        images = imagesOf(plan);
    if (options.images.isEmpty() && plan.networkAddon == u"flannel"_s)
        images << flannelImage(plan) << flannelPluginImage(plan);
    one.source = parseImage(images.front()).host;
    QStringList urls;
    for (const QString &image : images)
        urls << addressOf(image);
    const auto said = ask(remote, plan, u"head"_s, urls, 40'000, token);
    if (!said || said->exitCode == 3) {
        one.evidence = said ? QString::fromUtf8(said->err).trimmed().left(500) : said.error().detail;
        return one;
    }
    const Reached reached = readAnswers(said->out);
    one.state = reached.good == images.size() ? State::Pass : State::Error;
    one.measured = u"%1 / %2"_s.arg(reached.good).arg(images.size());
    one.evidence = reached.lines.join(u'\n');
    if (one.state != State::Pass)
        one.fix = PreflightFix::ReachRegistry;
    else if (const QString speed = speedOf(remote, plan, facts, images.front(), token); !speed.isEmpty())
        one.measured = speed;
    return one;
}

CheckResult checkPackages(RemoteHost &remote, const PlanHost &host, const HostFacts &facts, const CheckOptions &options, const CancelToken &token)
{
    Q_UNUSED(facts);
    CheckResult one = named(u"PackageMirror"_s, host);
    one.source = options.packageUrl.section(u'/', 2, 2);
    if (options.packageUrl.isEmpty()) {
        one.state = State::NotApplicable;
        return one;
    }
    const auto said = ask(remote, {}, u"head"_s, {options.packageUrl}, 20'000, token);
    if (!said || said->exitCode == 3) {
        one.evidence = said ? QString::fromUtf8(said->err).trimmed().left(500) : said.error().detail;
        return one;
    }
    const Reached reached = readAnswers(said->out);
    one.state = reached.good == 1 ? State::Pass : State::Error;
    one.evidence = reached.lines.join(u'\n');
    if (one.state == State::Error)
        one.fix = PreflightFix::ReachRegistry;
    return one;
}

} // namespace kboss
