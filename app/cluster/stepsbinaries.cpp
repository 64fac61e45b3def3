// Steps of phase 12: files that are brought along, kubeadm's packages, images.
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/packagekey.h"
#include "app/cluster/stepparts.h"

#include <QFile>
#include <nlohmann/json.hpp>

namespace kboss::steps {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr const char *keyFile = "/etc/apt/keyrings/kboss-kubernetes.asc";
constexpr const char *sourceFile = "/etc/apt/sources.list.d/kboss-kubernetes.list";
constexpr int uploadsAtOnce = 5;

// Files that are brought along.

bool isFor(const InstallFile &file, const PlanHost &host, const InstallPlan &plan)
{
    return file.kind != InstallFile::Kind::Manifest || host.name == firstControl(plan).name;
}

Result<StepFinding> probeFile(InstallContext &context, const InstallFile &file)
{
    // The sum of a large file takes long: it is noted beside the file when it was brought, with the size.
    const auto found =
        facts(context, "if [ -e \"$1\" ] && [ -e \"$1.sha256\" ]; then echo \"sum $(cat \"$1.sha256\")\"; echo \"size $(stat -c %s -- \"$1\")\"; fi",
              {ownPath(context, u"files/"_s + file.name)});
    if (!found)
        return fail(found.error());
    const bool same = found->value(u"sum"_s) == QString::fromLatin1(file.sha256.toHex()) && found->value(u"size"_s).toLongLong() == file.size;
    return same ? done() : open(u"%1 is not there"_s.arg(file.name));
}

Result<void> bringFile(InstallContext &context, const InstallFile &file)
{
    const auto source = std::make_shared<QFile>(file.path);
    if (!source->open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"%1: %2"_s.arg(file.path, source->errorString()));
    RemoteUpload upload;
    upload.remotePath = ownPath(context, u"files/"_s + file.name);
    upload.sha256 = file.sha256;
    upload.size = file.size;
    upload.mode = 0600;
    upload.asRoot = true;
    upload.read = [source](qint64 offset, qint64 most) -> Result<QByteArray> {
        if (!source->seek(offset))
            return fail(ErrorKind::Storage, source->errorString());
        return source->read(most);
    };
    upload.progress = [&context, size = file.size](qint64 sent) { context.progress(sent, size); };
    return order(context, {u"install"_s, u"-d"_s, u"-m"_s, u"700"_s, context.folder(), ownPath(context, u"files"_s)})
        .and_then([&] { return context.host().upload(upload, context.token()); })
        .and_then([&] { return putOwnFile(context, u"files/"_s + file.name + u".sha256"_s, file.sha256.toHex() + '\n'); });
}

Result<void> removeFile(InstallContext &context, const InstallFile &file)
{
    const QString path = ownPath(context, u"files/"_s + file.name);
    return order(context, {u"rm"_s, u"-f"_s, u"--"_s, path, path + u".sha256"_s});
}

// Packages.

Result<StepFinding> probePackages(InstallContext &context)
{
    const auto found = facts(context, R"sh(for tool in kubeadm kubelet kubectl; do
  command -v "$tool" >/dev/null 2>&1 || continue
  case $tool in
    kubeadm) echo "kubeadm $(kubeadm version -o short 2>/dev/null)" ;;
    kubelet) echo "kubelet $(kubelet --version 2>/dev/null | sed 's/^Kubernetes //')" ;;
    kubectl) echo "kubectl $(kubectl version --client 2>/dev/null | sed -n 's/^Client Version: *//p')" ;;
  esac
done
apt-mark showhold 2>/dev/null | sed 's/^/held /'
echo "enabled $(systemctl is-enabled kubelet 2>/dev/null)"
exit 0)sh");
    if (!found)
        return fail(found.error());
    const QString wanted = context.plan().version;
    for (const QString &tool : {u"kubeadm"_s, u"kubelet"_s, u"kubectl"_s}) {
        if (!found->contains(tool))
            return open(u"%1 is not installed"_s.arg(tool));
        if (found->value(tool) != wanted)
            return open(u"%1 is %2, the plan wants %3"_s.arg(tool, found->value(tool), wanted));
        if (!found->contains(u"held"_s, tool))
            return open(u"%1 may be replaced by an upgrade"_s.arg(tool));
    }
    return found->value(u"enabled"_s) == u"enabled"_s ? done(wanted) : open(u"kubelet does not start by itself"_s);
}

QByteArray packageScript(InstallContext &context, const QStringList &archives)
{
    const QString version = context.plan().version.mid(1) + u"-*"_s;
    QByteArray script = aptPrologue(context.plan());
    script += "cd " + shellQuoted(context.folder()) + R"sh(
if [ ! -e kube-packages-before ]; then
  apt-mark showhold 2>/dev/null | grep -x -e kubeadm -e kubelet -e kubectl > kube-held-before || true
  for package in kubeadm kubelet kubectl; do
    dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' "$package" 2>/dev/null | sed -n 's/ installed$//p'
  done > kube-packages-before.new
  mv kube-packages-before.new kube-packages-before
fi
apt-mark unhold kubeadm kubelet kubectl >/dev/null 2>&1 || true
)sh";
    if (!archives.isEmpty()) {
        script += "apt install --allow-downgrades";
        for (const QString &archive : archives)
            script += ' ' + shellQuoted(context.folder() + u"/files/"_s + archive);
        script += '\n';
    } else {
        script += "apt update\napt install --allow-downgrades";
        for (const char *tool : {"kubeadm=", "kubelet=", "kubectl="})
            script += ' ' + shellQuoted(QLatin1String(tool) + version);
        script += " cri-tools kubernetes-cni\n";
    }
    return script + "apt-mark hold kubeadm kubelet kubectl\nsystemctl enable kubelet\n";
}

QString packageAction(const InstallPlan &plan)
{
    return u"packages-"_s + plan.version.mid(1).replace(u'.', u'-');
}

const QString keyAction = u"packages-key"_s;
const QString fetchedKey = u"packages.asc"_s; // below folder()

// The key of the package repository, as it gives it; not yet trusted by anybody.
Result<QByteArray> fetchKey(InstallContext &context)
{
    QByteArray script = aptPrologue(context.plan());
    script += "root=" + shellQuoted(packageRoot(context.plan())) + "\nkey=" + shellQuoted(ownPath(context, fetchedKey)) + '\n';
    script += R"sh(if ! command -v curl >/dev/null 2>&1; then apt update; apt install curl ca-certificates; fi
curl -fsSL --retry 3 --connect-timeout 20 --max-time 120 -o "$key.new" "$root/Release.key"
mv "$key.new" "$key"
)sh";
    const auto isThere = [&context]() -> Result<bool> {
        const auto file = fileOf(context, ownPath(context, fetchedKey));
        return file ? Result<bool>(file->has_value()) : fail(file.error());
    };
    return runUntil(context, {keyAction, script, {}, 900'000}, isThere).and_then([&]() -> Result<QByteArray> {
        const auto file = fileOf(context, ownPath(context, fetchedKey));
        return file ? Result<QByteArray>(file->value_or(QByteArray())) : fail(file.error());
    });
}

// apt trusts nothing but the key that is known here, whatever the mirror says.
Result<void> trustKey(InstallContext &context)
{
    const auto fetched = fetchKey(context);
    if (!fetched)
        return fail(fetched.error());
    const auto key = publishedKeyOf(*fetched);
    if (!key) { // another try asks the mirror again
        const auto forgotten = forgetAction(context, keyAction);
        return forgotten ? fail(key.error()) : fail(forgotten.error());
    }
    return order(context, {u"install"_s, u"-d"_s, u"-m"_s, u"755"_s, u"/etc/apt/keyrings"_s}).and_then([&] {
        return putFile(context, QString::fromLatin1(keyFile), *key);
    });
}

Result<void> installPackages(InstallContext &context, const QStringList &archives)
{
    const auto other = foreignCluster(context);
    if (!other || *other)
        return other ? fail(ErrorKind::Conflict, (*other)->detail) : fail(other.error());
    Result<void> ready;
    if (archives.isEmpty()) {
        const QByteArray source = "deb [signed-by=" + QByteArray(keyFile) + "] " + packageRoot(context.plan()).toUtf8() + "/ /\n";
        ready = judgePackageSource(context.plan(), context.target().name).and_then([&] { return trustKey(context); }).and_then([&] {
            return putFile(context, QString::fromLatin1(sourceFile), source);
        });
    }
    const QByteArray script = packageScript(context, archives);
    // The name has the version: packages of another one are other work.
    const auto isThere = [&context]() -> Result<bool> {
        const auto found = probePackages(context);
        return found ? Result<bool>(found->state == StepState::Done) : fail(found.error());
    };
    return ready.and_then([&] {
                    return runUntil(context, {packageAction(context.plan()), script, {}, 900'000}, isThere);
                })
        .and_then([&] {
            return order(context, {u"apt-mark"_s, u"hold"_s, u"kubeadm"_s, u"kubelet"_s, u"kubectl"_s});
        })
        .and_then([&] {
            return order(context, {u"systemctl"_s, u"enable"_s, u"kubelet"_s});
        });
}

Result<void> removePackages(InstallContext &context)
{
    // What was there before comes back in its version, and held as it was; the rest goes. Without a note nothing was begun here.
    static const QByteArray script = R"sh(set -eu
cd "$1" 2>/dev/null || exit 0
[ -e kube-packages-before ] || exit 0
export DEBIAN_FRONTEND=noninteractive
apt-mark unhold kubeadm kubelet kubectl >/dev/null 2>&1 || true
for package in kubeadm kubelet kubectl; do
  before=$(sed -n "s/^$package //p" kube-packages-before)
  now=$(dpkg-query -W -f '${Version} ${db:Status-Status}\n' "$package" 2>/dev/null | sed -n 's/ installed$//p')
  if [ -z "$before" ]; then
    [ -z "$now" ] || apt-get -y -o DPkg::Lock::Timeout=300 remove "$package"
  elif [ "$now" != "$before" ]; then
    apt-get -y -o DPkg::Lock::Timeout=300 --allow-downgrades install "$package=$before"
  fi
done
while read -r package; do apt-mark hold "$package" >/dev/null; done < kube-held-before
rm -f kube-packages-before kube-held-before)sh";
    return order(context, {u"sh"_s, u"-c"_s, QString::fromUtf8(script), u"sh"_s, context.folder()}, 600'000)
        .and_then([&] { return context.restoreFile(QString::fromLatin1(sourceFile)); })
        .and_then([&] { return context.restoreFile(QString::fromLatin1(keyFile)); })
        .and_then([&] { return forgetAction(context, keyAction); })
        .and_then([&] { return forgetAction(context, packageAction(context.plan())); });
}

// Images.

struct ImageState {
    QStringList missing;
    qint64 bytes = 0; // of those that are there
};

Result<QStringList> wantedImages(InstallContext &context)
{
    const auto list = imageList(context);
    return list ? Result<QStringList>(imagesFor(context.plan(), *list, context.target().role)) : fail(list.error());
}

Result<ImageState> imageState(InstallContext &context, const QStringList &wanted)
try {
    const auto out = ask(context, "crictl --runtime-endpoint \"$1\" images -o json", {QString::fromLatin1(runtimeSocket)});
    if (!out)
        return fail(out.error());
    ImageState state{wanted, 0};
    const json listed = json::parse(out->begin(), out->end());
    for (const json &image : listed.value("images", json::array())) {
        bool ours = false;
        const json tags = image.contains("repoTags") && image.at("repoTags").is_array() ? image.at("repoTags") : json::array();
        for (const json &tag : tags)
            ours = state.missing.removeAll(QString::fromStdString(tag.get<std::string>())) > 0 || ours;
        if (ours && image.contains("size"))
            state.bytes += image.at("size").is_string() ? QString::fromStdString(image.at("size").get<std::string>()).toLongLong()
                                                        : image.at("size").get<qint64>();
    }
    return state;
} catch (const json::exception &error) {
    return fail(ErrorKind::Protocol, u"the list of images is none: %1"_s.arg(QString::fromUtf8(error.what())));
}

Result<StepFinding> probeImages(InstallContext &context)
{
    const auto tools = facts(context, "if command -v kubeadm >/dev/null 2>&1 && command -v crictl >/dev/null 2>&1; then echo tools yes; fi");
    if (!tools)
        return fail(tools.error());
    if (!tools->contains(u"tools"_s))
        return open(u"kubeadm is not there yet"_s);
    const auto wanted = wantedImages(context);
    if (!wanted)
        return fail(wanted.error());
    const auto state = imageState(context, *wanted);
    if (!state)
        return fail(state.error());
    return state->missing.isEmpty() ? done(u"%1 images"_s.arg(wanted->size()))
                                    : open(u"%1 of %2 images are missing"_s.arg(state->missing.size()).arg(wanted->size()));
}

QString actionName(const QString &prefix, const QString &subject)
{
    QString name = prefix;
    for (const QChar letter : subject.toLower())
        name += (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9') ? letter : u'-';
    return name;
}

Result<void> importImages(InstallContext &context, const QStringList &archives)
{
    Result<void> ran;
    for (const QString &archive : archives) {
        const QByteArray script = "ctr -n k8s.io images import " + shellQuoted(ownPath(context, u"files/"_s + archive)) + '\n';
        ran = ran.and_then([&] { return context.runDetached({actionName(u"import-"_s, archive), script, {}, 900'000}); });
    }
    return ran;
}

Result<void> getImages(InstallContext &context, const QStringList &archives)
{
    if (auto imported = importImages(context, archives); !imported)
        return imported;
    const auto wanted = wantedImages(context);
    if (!wanted)
        return fail(wanted.error());
    auto state = imageState(context, *wanted);
    if (!state)
        return fail(state.error());
    const QStringList missing = state->missing;
    for (qsizetype i = 0; i < missing.size(); ++i) {
        context.say(u"image %1 of %2: %3"_s.arg(i + 1).arg(missing.size()).arg(missing.at(i)));
        const QByteArray script = "crictl --runtime-endpoint " + QByteArray(runtimeSocket) + " pull " + shellQuoted(missing.at(i)) + '\n';
        const auto isThere = [&]() -> Result<bool> {
            state = imageState(context, *wanted);
            return state ? Result<bool>(!state->missing.contains(missing.at(i))) : fail(state.error());
        };
        if (auto pulled = runUntil(context, {actionName(u"pull-"_s, missing.at(i)), script, {}, 900'000}, isThere); !pulled)
            return fail(pulled.error().kind, u"%1: %2"_s.arg(missing.at(i), pulled.error().detail));
        context.progress(state->bytes, -1);
    }
    return {};
}

} // namespace

Result<QByteArray> imageList(InstallContext &context)
{
    QStringList words{context.plan().version};
    if (!context.plan().registryMirror.isEmpty())
        words << context.plan().registryMirror;
    return ask(context,
               "if [ $# -gt 1 ]; then set -- --kubernetes-version \"$1\" --image-repository \"$2\"; else set -- --kubernetes-version \"$1\"; "
               "fi\nkubeadm config images list \"$@\"",
               words);
}

QStringList imagesFor(const InstallPlan &plan, const QByteArray &kubeadmsList, HostRole role)
{
    QStringList images;
    for (const QString &line : QString::fromUtf8(kubeadmsList).split(u'\n', Qt::SkipEmptyParts)) {
        const QString image = line.trimmed(), name = image.section(u'/', -1).section(u':', 0, 0);
        if (!image.isEmpty() && (role == HostRole::ControlPlane || name == u"kube-proxy"_s || name == u"pause"_s || name == u"coredns"_s))
            images << image;
    }
    if (plan.networkAddon == u"flannel"_s)
        images << flannelImage(plan) << flannelPluginImage(plan);
    return images;
}

void addFileSteps(StepList &list, const PlanHost &host)
{
    int number = 0;
    for (const InstallFile &file : list.ground().options.files) {
        ++number;
        if (!isFor(file, host, list.plan()))
            continue;
        InstallStep step =
            stepOf(host.name, "file", InstallPhase::Binaries, static_cast<int>(std::min<qint64>(600'000, 2'000 + file.size / 20'000)), 3'600'000);
        step.name += u'-' + QString::number(number);
        step.limitGroup = u"uploads"_s;
        step.limit = uploadsAtOnce;
        step.changes = {{StepChange::Kind::File, file.name, {}}};
        step.probe = [file](InstallContext &context) { return probeFile(context, file); };
        step.act = [file](InstallContext &context) { return bringFile(context, file); };
        step.undo = [file](InstallContext &context) { return removeFile(context, file); };
        list.add(std::move(step));
    }
}

void addPackageStep(StepList &list, const PlanHost &host)
{
    QStringList archives;
    for (const InstallFile &file : list.ground().options.files) {
        if (file.kind == InstallFile::Kind::Package && !file.name.startsWith(u"containerd"_s))
            archives << file.name;
    }
    InstallStep step = stepOf(host.name, "packages", InstallPhase::Binaries, 60'000, 1'200'000);
    if (archives.isEmpty())
        step.changes = {{StepChange::Kind::File, QString::fromLatin1(sourceFile), packageRoot(list.plan())},
                        {StepChange::Kind::File, QString::fromLatin1(keyFile), {}}};
    for (const QString &tool : {u"kubeadm"_s, u"kubelet"_s, u"kubectl"_s})
        step.changes.push_back({StepChange::Kind::Package, tool, list.plan().version});
    step.probe = probePackages;
    step.act = [archives](InstallContext &context) { return installPackages(context, archives); };
    step.undo = removePackages;
    step.leavesWhatWas = true; // packages that were there before
    list.add(std::move(step));
}

void addImageStep(StepList &list, const PlanHost &host)
{
    QStringList archives;
    for (const InstallFile &file : list.ground().options.files) {
        if (file.kind == InstallFile::Kind::Images)
            archives << file.name;
    }
    InstallStep step = stepOf(host.name, "images", InstallPhase::Binaries, 90'000, 3'600'000);
    step.changes = {{StepChange::Kind::Images, list.plan().registryMirror.isEmpty() ? QString::fromLatin1(publicImages) : list.plan().registryMirror,
                     list.plan().version}};
    step.probe = probeImages;
    step.act = [archives](InstallContext &context) { return getImages(context, archives); };
    list.add(std::move(step));
}

} // namespace kboss::steps
