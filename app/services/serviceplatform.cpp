#include "app/services/serviceplatform.h"

#include "app/api/apiclient.h"
#include "app/secrets/secretstore.h"
#include "app/services/actionrunner.h"
#include "app/services/installshared.h"
#include "app/services/pagecursor.h"

#include <QThread>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int defaultYears = 10, goneTries = 60, goneTurnMs = 1'000, keychainMs = 20'000;

Unexpected noClient()
{
    return fail(ErrorKind::Offline, u"The service cannot be reached; nothing was sent"_s);
}

QString textOf(const json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

// The rows of a list answer.
Result<json> rowsOf(const Operation &operation, const WireResponse &response)
{
    const json whole = json::parse(response.body.constBegin(), response.body.constEnd(), nullptr, false);
    for (const QString &pointer : operation.result.rows) {
        const json::json_pointer path(pointer.toStdString());
        if (!whole.is_discarded() && whole.contains(path) && whole.at(path).is_array())
            return whole.at(path);
    }
    return fail(ErrorKind::Protocol, u"no list in the answer"_s);
}

DatasetSpec datasetOf(const QString &profile, const QString &operation, const QString &centerId)
{
    const json parameters{{"cpcid", centerId.toStdString()}};
    DatasetSpec spec;
    spec.id = {profile, operation, QString::fromStdString(parameters.dump())};
    spec.parameters = parameters;
    spec.schema.resource = u"compute-cluster"_s;
    spec.schema.key = u"id"_s;
    for (const QString &field : {u"id"_s, u"name"_s}) {
        FieldSchema one;
        one.id = one.pointer = field;
        spec.schema.fields.push_back(std::move(one));
    }
    return spec;
}

} // namespace

GuiDesk::Line GuiDesk::line()
{
    Line line;
    line.m_sender = m_mail->sender();
    line.m_context = this;
    return line;
}

ServicePlatform::ServicePlatform(Parts parts, InstallPlan plan, QString clusterId)
    : m_parts(std::move(parts)), m_plan(std::move(plan)), m_clusterId(std::move(clusterId))
{
}

QString ServicePlatform::clusterId() const
{
    const std::lock_guard lock(m_mutex);
    return m_clusterId;
}

void ServicePlatform::setClusterId(const QString &id)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_clusterId == id)
            return;
        m_clusterId = id;
    }
    if (m_parts.registered)
        m_parts.registered(id);
}

// No keychain is no failure: then it is kept in memory, and fetched from the host again by whoever needs it later.
Result<void> ServicePlatform::keepKubeconfig(const QByteArray &kubeconfig)
{
    {
        const std::lock_guard lock(m_mutex);
        m_kubeconfig = kubeconfig;
    }
    if (!m_parts.secrets)
        return {};
    const auto kept = m_parts.line.ask<void>(
        [this, text = QString::fromUtf8(kubeconfig)](QObject *) { return m_parts.secrets->write(m_parts.kubeconfigKey, text); }, keychainMs);
    if (!kept && kept.error().kind == ErrorKind::Cancelled)
        return fail(kept.error());
    return {};
}

Result<QByteArray> ServicePlatform::kubeconfig()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_kubeconfig.isEmpty())
            return m_kubeconfig;
    }
    if (!m_parts.secrets)
        return fail(ErrorKind::NotFound, u"There is no kubeconfig yet"_s);
    const auto kept = m_parts.line.ask<QString>([this](QObject *) { return m_parts.secrets->read(m_parts.kubeconfigKey); }, keychainMs);
    if (!kept)
        return fail(kept.error().kind, kept.error().detail);
    const std::lock_guard lock(m_mutex);
    m_kubeconfig = kept->toUtf8();
    return m_kubeconfig;
}

Result<bool> ServicePlatform::hasKubeconfig()
{
    const auto known = kubeconfig();
    if (!known && known.error().kind == ErrorKind::Cancelled)
        return fail(known.error());
    return known.has_value() && !known->isEmpty();
}

Result<json> ServicePlatform::read(const QString &operation, const json &parameters)
{
    auto known = std::make_shared<OperationHandle>();
    const auto answer = m_parts.line.ask<WireResponse>([client = m_parts.client, operation, parameters, known](QObject *) {
        ApiClient *now = client ? client() : nullptr;
        if (now)
            *known = operationHandle(now->contracts(), operation);
        return *known ? now->send({operation, parameters, {}}) : readyResult<WireResponse>(noClient());
    });
    if (!answer)
        return fail(answer.error());
    return rowsOf(**known, *answer);
}

Result<QString> ServicePlatform::write(const Writing &writing)
{
    WritePlan plan;
    plan.action = writing.action;
    plan.resource = u"compute-cluster"_s;
    plan.key = writing.key;
    plan.name = m_plan.cluster;
    plan.call = {writing.operation, writing.parameters, writing.body};
    plan.changes = writing.changes;
    plan.dataset = datasetOf(m_parts.dataKey, u"getCpccluster"_s, m_parts.details.centerId);
    plan.alsoRefresh = {datasetOf(m_parts.dataKey, u"getCpcnode"_s, m_parts.details.centerId).id};
    const auto outcome = m_parts.line.ask<ActionOutcome>(
        [actions = m_parts.actions, plan](QObject *) { return actions ? actions->run(plan) : readyResult<ActionOutcome>(noClient()); });
    if (!outcome)
        return fail(outcome.error());
    return outcome->row.key;
}

Result<std::vector<ServicePlatform::Member>> ServicePlatform::members(const QString &clusterId)
{
    const auto rows = read(u"getCpcworker"_s, {{"cpcid", m_parts.details.centerId.toStdString()}, {"clusterid", clusterId.toStdString()}});
    if (!rows)
        return fail(rows.error());
    std::vector<Member> members;
    for (const json &row : *rows)
        members.push_back({textOf(row, "node_name"), textOf(row, "node_internalip")});
    return members;
}

// By its id where it is known, else by its name and the host that began it: a service may have several clusters of one name.
Result<QString> ServicePlatform::findCluster()
{
    const QString known = clusterId();
    const auto rows = read(u"getCpccluster"_s, {{"cpcid", m_parts.details.centerId.toStdString()}});
    if (!rows)
        return fail(rows.error());
    const auto first = m_plan.withRole(HostRole::ControlPlane);
    for (const json &row : *rows) {
        const QString id = textOf(row, "id");
        if (!known.isEmpty() && id == known)
            return id;
        if (!known.isEmpty() || textOf(row, "name") != m_plan.cluster || first.empty())
            continue;
        const auto there = members(id);
        if (!there)
            return fail(there.error());
        if (std::any_of(there->begin(), there->end(), [&](const Member &member) { return member.address == first.front()->address; }))
            return id;
    }
    return QString();
}

Result<void> ServicePlatform::registerCluster(const InstallPlan &plan)
{
    if (!isWanted())
        return {};
    const auto there = findCluster();
    if (!there)
        return fail(there.error());
    if (!there->isEmpty()) {
        setClusterId(*there);
        return {};
    }
    const auto secret = kubeconfig();
    if (!secret)
        return fail(secret.error());
    const QDate today = QDate::currentDate();
    const QDate from = m_parts.details.enableDate.isValid() ? m_parts.details.enableDate : today;
    const QDate until = m_parts.details.exportDate.isValid() ? m_parts.details.exportDate : from.addYears(defaultYears);
    Writing writing;
    writing.action = u"compute-cluster.import"_s;
    writing.operation = u"importCluster"_s;
    writing.parameters = {{"cpcid", m_parts.details.centerId.toStdString()},
                          {"cluster_name", plan.cluster.toStdString()},
                          {"enable_date", from.toString(Qt::ISODate).toStdString()},
                          {"export_date", until.toString(Qt::ISODate).toStdString()}};
    writing.body = {{"kubeconfig", secret->toStdString()}};
    writing.changes = {{u"name"_s, {}, plan.cluster}, {u"kubeconfig"_s, {}, SecretMark()}};
    const auto id = write(writing);
    if (!id)
        return fail(id.error());
    setClusterId(*id);
    return {};
}

// The import took in all nodes that were there; who joins later is taken in by the service when it reads the members. A host that the center has no
// row of has nothing to be registered.
Result<void> ServicePlatform::registerNode(const PlanHost &host)
{
    const auto there = isRegistered(host.name);
    if (!there)
        return fail(there.error());
    if (!*there)
        return fail(ErrorKind::Rejected, u"The service does not see %1 in the cluster %2"_s.arg(host.name, m_plan.cluster), u"host"_s);
    return {};
}

Result<bool> ServicePlatform::isRegistered(const QString &host)
{
    if (!isWanted()) {
        const std::lock_guard lock(m_mutex);
        return !m_gone.contains(host);
    }
    const auto id = findCluster();
    if (!id)
        return fail(id.error());
    if (id->isEmpty())
        return false;
    setClusterId(*id);
    if (host.isEmpty())
        return true;
    const auto there = members(*id);
    if (!there)
        return fail(there.error());
    const PlanHost *planned = m_plan.find(host);
    return std::any_of(there->begin(), there->end(),
                       [&](const Member &member) { return member.name == host || (planned && member.address == planned->address); });
}

Result<void> ServicePlatform::unregister(const QString &host)
{
    if (!isWanted()) {
        const std::lock_guard lock(m_mutex);
        m_gone.insert(host);
        return {};
    }
    const auto id = findCluster();
    if (!id)
        return fail(id.error());
    if (id->isEmpty()) {
        setClusterId({});
        return {};
    }
    if (!host.isEmpty()) { // a service that reads the members sees that one has gone
        const auto there = members(*id);
        return there ? Result<void>() : fail(there.error());
    }
    const auto removed = write({u"compute-cluster.remove"_s, *id, u"cpclusterDelete"_s, {{"id", id->toStdString()}}, {}, {}});
    if (!removed)
        return fail(removed.error());
    for (int i = 0; i < goneTries; ++i) { // the service answers before it is done
        const auto still = findCluster();
        if (!still)
            return fail(still.error());
        if (still->isEmpty()) {
            setClusterId({});
            return {};
        }
        QThread::msleep(goneTurnMs);
    }
    return fail(ErrorKind::Timeout, u"The service is still removing the cluster"_s);
}

} // namespace kboss
