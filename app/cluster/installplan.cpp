// InstallPlan: what is wrong with one.
#include "app/cluster/installplan.h"

#include "app/cluster/addressrange.h"

#include <QRegularExpression>
#include <QSet>
#include <QUrl>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;
using Why = PlanFault::Why;

namespace {

constexpr int nodeRangeBits = 8; // kubeadm gives each node a /24 of the pods' range
constexpr size_t mostControlPlanes = 7;

bool isLabel(const QString &text)
{
    static const QRegularExpression label(u"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z"_s);
    return label.match(text).hasMatch();
}

bool isDnsName(const QString &text)
{
    const QStringList labels = text.split(u'.');
    return text.size() <= 253 && std::all_of(labels.begin(), labels.end(), isLabel);
}

class Checker {
public:
    explicit Checker(const InstallPlan &plan) : m_plan(plan) { }

    std::vector<PlanFault> run()
    {
        need(u"/cluster"_s, m_plan.cluster);
        checkVersion();
        checkHosts();
        checkRoles();
        checkEndpoint();
        checkRanges();
        checkMirror();
        checkUrl(u"/packageMirror"_s, m_plan.packageMirror);
        checkUrl(u"/httpProxy"_s, m_plan.httpProxy);
        checkUrl(u"/httpsProxy"_s, m_plan.httpsProxy);
        if (!QStringList{u"flannel"_s, u"calico"_s, u"none"_s}.contains(m_plan.networkAddon))
            add(u"/networkAddon"_s, Why::UnknownChoice, m_plan.networkAddon);
        checkNoProxy();
        checkAddons();
        return std::move(m_faults);
    }

private:
    void add(const QString &field, Why why, const QString &other = {}) { m_faults.push_back({field, why, other}); }
    bool need(const QString &field, const QString &text)
    {
        if (text.trimmed().isEmpty())
            add(field, Why::Missing);
        return !text.trimmed().isEmpty();
    }
    static QString at(size_t host, const char *member) { return u"/hosts/%1/%2"_s.arg(host).arg(QLatin1String(member)); }

    void checkVersion()
    {
        static const QRegularExpression form(u"^v1\\.([1-9]\\d?)\\.(0|[1-9]\\d{0,2})\\z"_s);
        if (need(u"/version"_s, m_plan.version) && !form.match(m_plan.version).hasMatch())
            add(u"/version"_s, Why::NotAVersion, m_plan.version);
    }

    void checkHosts()
    {
        if (m_plan.hosts.empty())
            add(u"/hosts"_s, Why::Missing);
        QHash<QString, QString> names, places; // to who has it
        for (size_t i = 0; i < m_plan.hosts.size(); ++i) {
            const PlanHost &host = m_plan.hosts[i];
            if (need(at(i, "name"), host.name)) {
                if (!isLabel(host.name))
                    add(at(i, "name"), Why::NotAName, host.name);
                else if (names.contains(host.name))
                    add(at(i, "name"), Why::Twice, names.value(host.name));
                names.insert(host.name, host.name);
            }
            checkPlace(i, host, places);
            need(at(i, "user"), host.user);
            checkJump(i, host);
        }
    }

    void checkPlace(size_t index, const PlanHost &host, QHash<QString, QString> &places)
    {
        if (host.port < 1 || host.port > 65535)
            add(at(index, "port"), Why::NotAPort, QString::number(host.port));
        if (!need(at(index, "address"), host.address))
            return;
        const auto address = parseAddress(host.address);
        if (!address || address->isMulticast()) {
            add(at(index, "address"), Why::NotAnAddress, host.address);
            return;
        }
        // On one address several hosts may answer, as behind a gateway: then by port.
        const QString place = address->toString() + u' ' + QString::number(host.port);
        if (places.contains(place))
            add(at(index, "address"), Why::Twice, places.value(place));
        places.insert(place, host.name);
    }

    void checkJump(size_t index, const PlanHost &host)
    {
        static const QRegularExpression elsewhere(u"^[^@\\s]+@(\\[[0-9A-Fa-f:.]+\\]|[^@\\s:]+)(:\\d{1,5})?\\z"_s);
        if (host.jump.isEmpty() || elsewhere.match(host.jump).hasMatch())
            return;
        QSet<QString> seen{host.name};
        for (const PlanHost *next = m_plan.find(host.jump);; next = m_plan.find(next->jump)) {
            if (!next)
                return add(at(index, "jump"), Why::NoSuchHost, host.jump);
            if (seen.contains(next->name))
                return add(at(index, "jump"), Why::JumpInACircle, next->name);
            seen.insert(next->name);
            if (next->jump.isEmpty() || elsewhere.match(next->jump).hasMatch())
                return;
        }
    }

    void checkRoles()
    {
        const size_t control = m_plan.withRole(HostRole::ControlPlane).size();
        if (m_plan.hosts.empty())
            return;
        if (control == 0)
            add(u"/hosts"_s, Why::NoControlPlane);
        else if (control > mostControlPlanes)
            add(u"/hosts"_s, Why::TooManyControlPlanes, QString::number(control));
        else if (control % 2 == 0)
            add(u"/hosts"_s, Why::EvenControlPlane, QString::number(control));
    }

    void checkEndpoint()
    {
        static const QRegularExpression form(u"^(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\[\\]]+)):(\\d{1,5})\\z"_s);
        if (m_plan.endpoint.isEmpty()) {
            if (m_plan.withRole(HostRole::ControlPlane).size() > 1)
                add(u"/endpoint"_s, Why::EndpointNeeded);
            return;
        }
        const auto match = form.match(m_plan.endpoint);
        const QString host = match.captured(1) + match.captured(2);
        const int port = match.captured(3).toInt();
        if (!match.hasMatch() || port < 1 || port > 65535 || !(parseAddress(host) || isDnsName(host)))
            add(u"/endpoint"_s, Why::NotAnEndpoint, m_plan.endpoint);
        else
            m_endpoint = parseAddress(host);
    }

    void checkRanges()
    {
        const auto pods = range(u"/podRange"_s, m_plan.podRange), services = range(u"/serviceRange"_s, m_plan.serviceRange);
        if (pods && services && pods->overlaps(*services))
            add(u"/serviceRange"_s, Why::Overlaps, m_plan.podRange);
        const bool four = pods && pods->base.protocol() == QAbstractSocket::IPv4Protocol;
        if (four && (pods->hostBits() < nodeRangeBits || (size_t(1) << std::min(24, pods->hostBits() - nodeRangeBits)) < m_plan.hosts.size()))
            add(u"/podRange"_s, Why::RangeTooSmall, m_plan.podRange);
        if (services && services->hostBits() < 4)
            add(u"/serviceRange"_s, Why::RangeTooSmall, m_plan.serviceRange);
        const std::pair<QString, std::optional<AddressRange>> ranges[] = {{m_plan.podRange, pods}, {m_plan.serviceRange, services}};
        for (const auto &[text, own] : ranges) {
            for (size_t i = 0; own && i < m_plan.hosts.size(); ++i) {
                if (const auto address = parseAddress(m_plan.hosts[i].address); address && own->contains(*address))
                    add(at(i, "address"), Why::Overlaps, text);
            }
            if (own && m_endpoint && own->contains(*m_endpoint))
                add(u"/endpoint"_s, Why::Overlaps, text);
        }
    }

    std::optional<AddressRange> range(const QString &field, const QString &text)
    {
        if (!need(field, text))
            return std::nullopt;
        const auto parsed = AddressRange::parse(text);
        if (!parsed)
            add(field, Why::NotARange, text);
        return parsed;
    }

    void checkMirror()
    {
        static const QRegularExpression form(u"^([a-z0-9.-]+|\\[[0-9a-f:]+\\])(:\\d{1,5})?(/[a-z0-9._-]+)*\\z"_s);
        if (m_plan.registryMirror.contains(u'@'))
            add(u"/registryMirror"_s, Why::HoldsASecret);
        else if (!m_plan.registryMirror.isEmpty() && !form.match(m_plan.registryMirror).hasMatch())
            add(u"/registryMirror"_s, Why::NotAUrl, m_plan.registryMirror);
    }

    void checkUrl(const QString &field, const QString &text)
    {
        if (text.isEmpty())
            return;
        const QUrl url(text, QUrl::StrictMode);
        if (!url.userInfo().isEmpty())
            add(field, Why::HoldsASecret);
        else if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http"_s && url.scheme() != u"https"_s) || url.hasQuery())
            add(field, Why::NotAUrl, text);
    }

    void checkNoProxy()
    {
        static const QRegularExpression form(u"^[A-Za-z0-9.*:/_\\[\\]-]{1,253}\\z"_s); // goes into units and environments, one line each
        for (qsizetype i = 0; i < m_plan.noProxy.size(); ++i) {
            if (!form.match(m_plan.noProxy.at(i)).hasMatch())
                add(u"/noProxy"_s, Why::NotAnAddress, m_plan.noProxy.at(i));
        }
    }

    void checkAddons()
    {
        for (qsizetype i = 0; i < m_plan.addons.size(); ++i) {
            const QString &addon = m_plan.addons.at(i), field = u"/addons/%1"_s.arg(i);
            if (!QStringList{u"metrics-server"_s, u"local-storage"_s, u"gpu-operator"_s}.contains(addon))
                add(field, Why::UnknownChoice, addon);
            else if (m_plan.addons.indexOf(addon) < i)
                add(field, Why::Twice, addon);
        }
    }

    const InstallPlan &m_plan;
    std::optional<QHostAddress> m_endpoint;
    std::vector<PlanFault> m_faults;
};

} // namespace

std::vector<const PlanHost *> InstallPlan::withRole(HostRole role) const
{
    std::vector<const PlanHost *> found;
    for (const PlanHost &host : hosts) {
        if (host.role == role)
            found.push_back(&host);
    }
    return found;
}

const PlanHost *InstallPlan::find(const QString &name) const
{
    const auto found = std::find_if(hosts.begin(), hosts.end(), [&name](const PlanHost &host) { return host.name == name; });
    return found == hosts.end() ? nullptr : &*found;
}

std::vector<PlanFault> checkPlan(const InstallPlan &plan)
{
    return Checker(plan).run();
}

} // namespace kboss
