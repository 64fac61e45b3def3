// Steps of phase 11: containerd, and how it is set up.
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/stepparts.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *configFile = "/etc/containerd/config.toml";
constexpr const char *proxyFile = "/etc/systemd/system/containerd.service.d/kboss-proxy.conf";
constexpr int firstMinorOfTwo = 36; // kubelet 1.36 and later want containerd 2

struct RuntimeFacts {
    int major = 0; // of containerd; 0 = none
    QString version;
    bool active = false, enabled = false, nvidia = false;
};

Result<RuntimeFacts> runtimeOf(InstallContext &context)
{
    static const QRegularExpression number(u"\\bv?((\\d+)\\.\\d+\\.\\d+)"_s);
    const auto found = facts(context, R"sh(if command -v containerd >/dev/null 2>&1; then echo "version $(containerd --version)"; fi
echo "active $(systemctl is-active containerd 2>/dev/null)"
echo "enabled $(systemctl is-enabled containerd 2>/dev/null)"
if [ -x /usr/bin/nvidia-container-runtime ]; then echo nvidia yes; fi
exit 0)sh");
    if (!found)
        return fail(found.error());
    const auto match = number.match(found->value(u"version"_s));
    RuntimeFacts runtime{match.captured(2).toInt(), match.captured(1), found->value(u"active"_s) == u"active"_s,
                         found->value(u"enabled"_s) == u"enabled"_s, found->contains(u"nvidia"_s)};
    if (found->contains(u"version"_s) && !match.hasMatch())
        return fail(ErrorKind::Protocol, u"containerd's version is not known: %1"_s.arg(found->value(u"version"_s)));
    return runtime;
}

Result<StepFinding> probeRuntime(InstallContext &context)
{
    const auto runtime = runtimeOf(context);
    if (!runtime)
        return fail(runtime.error());
    if (runtime->major == 0)
        return open(u"containerd is not installed"_s);
    if (minorVersion(context.plan()).section(u'.', 1).toInt() >= firstMinorOfTwo && runtime->major < 2)
        return open(u"containerd %1 is too old for Kubernetes %2"_s.arg(runtime->version, context.plan().version));
    return runtime->active && runtime->enabled ? done(u"containerd %1"_s.arg(runtime->version))
                                               : open(u"containerd %1 does not run"_s.arg(runtime->version));
}

QByteArray installScript(InstallContext &context, const QStringList &archives)
{
    const bool two = minorVersion(context.plan()).section(u'.', 1).toInt() >= firstMinorOfTwo;
    QByteArray script = aptPrologue(context.plan()) + "cd " + shellQuoted(context.folder()) + '\n';
    script += R"sh(for package in containerd containerd.io conntrack socat ethtool iptables ebtables; do
  dpkg-query -W -f '${Package}\n' "$package" 2>/dev/null || true
done > packages-before.new
if [ ! -e packages-before ]; then mv packages-before.new packages-before; fi
)sh";
    if (!archives.isEmpty()) {
        script += "apt install";
        for (const QString &archive : archives)
            script += ' ' + shellQuoted(context.folder() + u"/files/"_s + archive);
        script += '\n';
    } else {
        script += "apt update\npackage=containerd\n";
        // The distribution's where it is new enough, else the one of a source that was set up before.
        if (two)
            script += R"sh(case $(apt-cache policy containerd 2>/dev/null | sed -n 's/^ *Candidate: *//p') in
  0.*|1.*|''|'(none)') case $(apt-cache policy containerd.io 2>/dev/null | sed -n 's/^ *Candidate: *//p') in 2.*|[3-9].*) package=containerd.io ;; esac ;;
esac
)sh";
        script += R"sh(if command -v containerd >/dev/null 2>&1 && [ "$package" = containerd ]; then package=; fi
apt install $package conntrack socat ethtool iptables ebtables
)sh";
    }
    return script + R"sh(mkdir -p /etc/containerd/conf.d /etc/containerd/certs.d /etc/cni/net.d /opt/cni/bin
systemctl enable --now containerd
)sh";
}

Result<void> installRuntime(InstallContext &context, const QStringList &archives)
{
    Result<RuntimeFacts> runtime = RuntimeFacts();
    const auto isThere = [&]() -> Result<bool> {
        runtime = runtimeOf(context);
        return runtime ? Result<bool>(runtime->major > 0) : fail(runtime.error());
    };
    if (auto ran = runUntil(context, {u"runtime-packages"_s, installScript(context, archives), {}, 900'000}, isThere); !ran)
        return ran;
    if (runtime->major < 2 && minorVersion(context.plan()).section(u'.', 1).toInt() >= firstMinorOfTwo) {
        return fail(
            ErrorKind::Rejected,
            u"the package sources have only containerd %1, and Kubernetes %2 wants containerd 2: bring the package along, or set up a source that has it"_s
                .arg(runtime->version, context.plan().version));
    }
    return order(context, {u"systemctl"_s, u"enable"_s, u"--now"_s, u"containerd"_s}); // somebody stopped it since
}

Result<void> removeRuntime(InstallContext &context)
{
    static const QByteArray script = R"sh(cd "$1" 2>/dev/null || exit 0
[ -e packages-before ] || exit 0
export DEBIAN_FRONTEND=noninteractive
for package in containerd containerd.io; do
  if ! grep -qx "$package" packages-before && dpkg-query -W "$package" >/dev/null 2>&1; then apt-get -y -o DPkg::Lock::Timeout=300 remove "$package"; fi
done
rm -rf packages-before actions/runtime-packages)sh";
    return order(context, {u"sh"_s, u"-c"_s, QString::fromUtf8(script), u"sh"_s, context.folder()}, 300'000);
}

// How it is set up.

struct WantedConfig {
    QByteArray config, proxy;
    QByteArray mark; // of both, as it is noted when containerd has taken them
    bool active = false;
};

Result<WantedConfig> wantedConfig(InstallContext &context)
{
    const auto runtime = runtimeOf(context);
    if (!runtime)
        return fail(runtime.error());
    if (runtime->major == 0)
        return fail(ErrorKind::Rejected, u"containerd is not installed"_s);
    const auto images = imageList(context);
    if (!images)
        return fail(images.error());
    QString pause;
    for (const QString &image : QString::fromUtf8(*images).split(u'\n', Qt::SkipEmptyParts)) {
        if (image.section(u'/', -1).startsWith(u"pause:"_s))
            pause = image.trimmed();
    }
    if (pause.isEmpty())
        return fail(ErrorKind::Protocol, u"kubeadm names no pause image"_s);
    WantedConfig wanted{containerdConfig(runtime->major, pause, runtime->nvidia), proxyDropIn(context.plan()), {}, runtime->active};
    wanted.mark = QCryptographicHash::hash(wanted.config + '\n' + wanted.proxy, QCryptographicHash::Sha256).toHex() + '\n';
    return wanted;
}

Result<StepFinding> probeConfig(InstallContext &context)
{
    const auto tools = facts(context, "if command -v kubeadm >/dev/null 2>&1 && command -v containerd >/dev/null 2>&1; then echo tools yes; fi");
    if (!tools)
        return fail(tools.error());
    if (!tools->contains(u"tools"_s))
        return open(u"containerd or kubeadm is not there yet"_s);
    const auto wanted = wantedConfig(context);
    if (!wanted)
        return fail(wanted.error());
    const auto config = fileOf(context, QString::fromLatin1(configFile)), proxy = fileOf(context, QString::fromLatin1(proxyFile));
    const auto mark = fileOf(context, ownPath(context, u"runtime-config"_s));
    if (!config || !proxy || !mark)
        return fail(!config ? config.error() : !proxy ? proxy.error() : mark.error());
    if (*config != wanted->config)
        return open(u"%1 is another one"_s.arg(QString::fromLatin1(configFile)));
    if (proxy->value_or(QByteArray()) != wanted->proxy)
        return open(u"containerd has another proxy"_s);
    return *mark == wanted->mark && wanted->active ? done() : open(u"containerd has not taken its configuration yet"_s);
}

Result<void> setConfig(InstallContext &context)
{
    const auto wanted = wantedConfig(context);
    if (!wanted)
        return fail(wanted.error());
    auto written = putFile(context, QString::fromLatin1(configFile), wanted->config);
    if (!wanted->proxy.isEmpty())
        written = written.and_then([&] { return putFile(context, QString::fromLatin1(proxyFile), wanted->proxy); });
    else
        written = written.and_then([&] { return context.keepCopy(QString::fromLatin1(proxyFile)); }).and_then([&] {
            return order(context, {u"rm"_s, u"-f"_s, u"--"_s, QString::fromLatin1(proxyFile)});
        });
    return written.and_then([&] {
                      return order(context, {u"systemctl"_s, u"daemon-reload"_s});
                  })
        .and_then([&] {
            return order(context, {u"systemctl"_s, u"restart"_s, u"containerd"_s});
        })
        .and_then([&] { return putOwnFile(context, u"runtime-config"_s, wanted->mark); });
}

Result<void> restoreConfig(InstallContext &context)
{
    return context.restoreFile(QString::fromLatin1(configFile))
        .and_then([&] { return context.restoreFile(QString::fromLatin1(proxyFile)); })
        .and_then([&] {
            return order(
                context,
                {u"sh"_s, u"-c"_s,
                 u"rm -f -- \"$1\"; systemctl daemon-reload; if [ \"$(systemctl is-active containerd)\" = active ]; then systemctl restart containerd; fi"_s,
                 u"sh"_s, ownPath(context, u"runtime-config"_s)});
        });
}

} // namespace

void addRuntimeStep(StepList &list, const PlanHost &host)
{
    QStringList archives;
    for (const InstallFile &file : list.ground().options.files) {
        if (file.kind == InstallFile::Kind::Package && file.name.startsWith(u"containerd"_s))
            archives << file.name;
    }
    InstallStep step = stepOf(host.name, "runtime", InstallPhase::Runtime, 40'000, 960'000);
    for (const QString &package : {u"containerd"_s, u"conntrack"_s, u"socat"_s, u"ethtool"_s, u"iptables"_s, u"ebtables"_s})
        step.changes.push_back({StepChange::Kind::Package, package, {}});
    step.changes.push_back({StepChange::Kind::Service, u"containerd"_s, {}});
    step.probe = probeRuntime;
    step.act = [archives](InstallContext &context) { return installRuntime(context, archives); };
    step.undo = removeRuntime;
    step.leavesWhatWas = true; // a containerd that was there before
    list.add(std::move(step));
}

void addRuntimeConfigStep(StepList &list, const PlanHost &host)
{
    InstallStep step = stepOf(host.name, "runtime-config", InstallPhase::Runtime, 5'000, 120'000);
    step.changes = {{StepChange::Kind::File, QString::fromLatin1(configFile), {}}};
    if (!proxyDropIn(list.plan()).isEmpty())
        step.changes.push_back({StepChange::Kind::File, QString::fromLatin1(proxyFile), {}});
    step.changes.push_back({StepChange::Kind::Service, u"containerd"_s, {}});
    step.probe = probeConfig;
    step.act = setConfig;
    step.undo = restoreConfig;
    list.add(std::move(step));
}

} // namespace kboss::steps
