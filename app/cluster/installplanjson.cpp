// InstallPlan: its file.
#include "app/cluster/installplan.h"

#include <QSet>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int format = 1;
constexpr qsizetype largestFile = 4 * 1024 * 1024;
constexpr size_t mostHosts = 5'000;

json list(const QStringList &texts)
{
    json all = json::array();
    for (const QString &text : texts)
        all.push_back(text.toStdString());
    return all;
}

// One object's members, each asked for once; what nobody asked for is a fault.
class Members {
public:
    Members(const json &object, QString place, QString *fault) : m_object(object), m_place(std::move(place)), m_fault(fault)
    {
        if (!object.is_object())
            complain(QString(), u"must be an object"_s);
    }

    QString text(const char *name, const QString &fallback = {})
    {
        const json *found = member(name);
        if (!found)
            return fallback;
        if (!found->is_string())
            complain(QLatin1String(name), u"must be a text"_s);
        return found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : fallback;
    }

    int number(const char *name, int fallback)
    {
        const json *found = member(name);
        if (!found)
            return fallback;
        const bool good = found->is_number_integer() && found->get<qint64>() >= 0 && found->get<qint64>() <= 1'000'000;
        if (!good)
            complain(QLatin1String(name), u"must be a whole number"_s);
        return good ? found->get<int>() : fallback;
    }

    QStringList texts(const char *name)
    {
        const json *found = member(name);
        QStringList all;
        if (found && !found->is_array())
            complain(QLatin1String(name), u"must be a list"_s);
        for (const json &one : found && found->is_array() ? *found : json::array()) {
            if (one.is_string())
                all << QString::fromStdString(one.get_ref<const std::string &>());
            else
                complain(QLatin1String(name), u"must hold texts"_s);
        }
        return all;
    }

    const json *member(const char *name)
    {
        m_asked.insert(QLatin1String(name));
        const auto found = m_object.is_object() ? m_object.find(name) : m_object.end();
        return m_object.is_object() && found != m_object.end() ? &*found : nullptr;
    }

    void finish()
    {
        for (auto one = m_object.begin(); m_object.is_object() && one != m_object.end(); ++one) {
            if (const QString name = QString::fromStdString(one.key()); !m_asked.contains(name))
                complain(name, u"is not known"_s);
        }
    }

    void complain(const QString &name, const QString &why)
    {
        if (m_fault->isEmpty())
            *m_fault = u"%1/%2 %3"_s.arg(m_place, name, why);
    }

private:
    const json &m_object;
    QString m_place;
    QString *m_fault;
    QSet<QString> m_asked;
};

PlanHost readHost(const json &object, const QString &place, QString *fault)
{
    Members members(object, place, fault);
    PlanHost host;
    host.name = members.text("name");
    host.address = members.text("address");
    host.port = members.number("port", 22);
    host.user = members.text("user");
    host.jump = members.text("jump");
    const QString role = members.text("role", u"worker"_s);
    if (role != u"worker"_s && role != u"control-plane"_s)
        members.complain(u"role"_s, u"must be \"worker\" or \"control-plane\""_s);
    host.role = role == u"control-plane"_s ? HostRole::ControlPlane : HostRole::Worker;
    members.finish();
    return host;
}

} // namespace

QByteArray writePlan(const InstallPlan &plan)
{
    json hosts = json::array();
    for (const PlanHost &host : plan.hosts) {
        json object{{"name", host.name.toStdString()},
                    {"address", host.address.toStdString()},
                    {"port", host.port},
                    {"user", host.user.toStdString()},
                    {"role", host.role == HostRole::ControlPlane ? "control-plane" : "worker"}};
        if (!host.jump.isEmpty())
            object["jump"] = host.jump.toStdString();
        hosts.push_back(std::move(object));
    }
    const json document{{"format", format},
                        {"cluster", plan.cluster.toStdString()},
                        {"version", plan.version.toStdString()},
                        {"hosts", std::move(hosts)},
                        {"endpoint", plan.endpoint.toStdString()},
                        {"podRange", plan.podRange.toStdString()},
                        {"serviceRange", plan.serviceRange.toStdString()},
                        {"registryMirror", plan.registryMirror.toStdString()},
                        {"packageMirror", plan.packageMirror.toStdString()},
                        {"httpProxy", plan.httpProxy.toStdString()},
                        {"httpsProxy", plan.httpsProxy.toStdString()},
                        {"noProxy", list(plan.noProxy)},
                        {"networkAddon", plan.networkAddon.toStdString()},
                        {"addons", list(plan.addons)},
                        {"acceptedProblems", list(plan.acceptedProblems)}};
    return QByteArray::fromStdString(document.dump(2, ' ', false, json::error_handler_t::replace)) + '\n';
}

Result<InstallPlan> readPlan(const QByteArray &content)
{
    const json document = content.size() <= largestFile ? json::parse(content.begin(), content.end(), nullptr, false) : json();
    if (!document.is_object())
        return fail(ErrorKind::Rejected, u"this is no plan of an installation"_s);
    QString fault;
    Members members(document, QString(), &fault);
    if (const int written = members.number("format", 0); written != format)
        return fail(ErrorKind::Rejected, written > format ? u"the plan was written by a newer console"_s : u"/format must be 1"_s, u"/format"_s);
    const InstallPlan defaults;
    InstallPlan plan;
    plan.cluster = members.text("cluster");
    plan.version = members.text("version");
    plan.endpoint = members.text("endpoint");
    plan.podRange = members.text("podRange", defaults.podRange);
    plan.serviceRange = members.text("serviceRange", defaults.serviceRange);
    plan.registryMirror = members.text("registryMirror");
    plan.packageMirror = members.text("packageMirror");
    plan.httpProxy = members.text("httpProxy");
    plan.httpsProxy = members.text("httpsProxy");
    plan.noProxy = members.texts("noProxy");
    plan.networkAddon = members.text("networkAddon", defaults.networkAddon);
    plan.addons = members.texts("addons");
    plan.acceptedProblems = members.texts("acceptedProblems");
    if (const json *hosts = members.member("hosts"); hosts && hosts->is_array() && hosts->size() <= mostHosts) {
        for (size_t i = 0; i < hosts->size(); ++i)
            plan.hosts.push_back(readHost((*hosts)[i], u"/hosts/%1"_s.arg(i), &fault));
    } else if (hosts) {
        members.complain(u"hosts"_s, u"must be a list of at most %1"_s.arg(mostHosts));
    }
    members.finish();
    return fault.isEmpty() ? Result<InstallPlan>(std::move(plan)) : fail(ErrorKind::Rejected, fault, fault.section(u' ', 0, 0));
}

} // namespace kboss
