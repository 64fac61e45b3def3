#include "ui/podcheck.h"

#include "app/api/apiclient.h"
#include "app/base/watchresult.h"
#include "app/services/session.h"

#include <QPromise>
#include <QThreadPool>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int soonMs = 120, serviceMs = 500;

// The service checks everything but the password, and must not be told one to say whether there is room.
constexpr auto noPassword = "unset";

PodCheckRunner::Answer reckoned(const PodCheckRunner::Ask &ask)
{
    PodCheckRunner::Answer answer;
    WorkloadTexts texts = ask.texts;
    texts.insert(u"source_authpasswd"_s, QLatin1String(noPassword));
    const auto workload = readWorkload(texts);
    if (!workload) {
        answer.faults = workload.error();
        return answer;
    }
    answer.yaml = QString::fromStdString(toYaml(*workload, YamlFor::Preview));
    if (ask.known)
        answer.check = checkPod(*workload, ask.rooms, ask.stocks, ask.holding);
    return answer;
}

nlohmann::json parametersOf(const PodCheckRunner::Ask &ask, const Operation &operation)
{
    nlohmann::json parameters = nlohmann::json::object();
    for (const OperationParameter &parameter : operation.parameters) {
        const QString text = ask.texts.value(parameter.name);
        if (text.isEmpty() || parameter.name == u"id"_s || parameter.name == u"orgid"_s)
            continue;
        const bool whole = parameter.schema->types.contains(u"integer"_s);
        parameters[parameter.name.toStdString()] = whole ? nlohmann::json(text.toLongLong()) : nlohmann::json(text.toStdString());
    }
    parameters["clusterid"] = ask.cluster.toStdString();
    parameters["source_authpasswd"] = noPassword;
    if (!ask.changedId.isEmpty())
        parameters["id"] = ask.changedId.toStdString();
    return parameters;
}

} // namespace

QString podYaml(const WorkloadTexts &texts)
{
    PodCheckRunner::Ask ask;
    ask.texts = texts;
    return reckoned(ask).yaml;
}

PodCheckRunner::PodCheckRunner(const AppContext &context, QObject *parent) : QObject(parent), m_context(context)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &PodCheckRunner::reckon);
    m_later.setSingleShot(true);
    m_later.setInterval(serviceMs);
    connect(&m_later, &QTimer::timeout, this, &PodCheckRunner::send);
}

void PodCheckRunner::ask(Ask ask)
{
    const bool answered = m_service != Service::Nothing && m_service != Service::Offline;
    const bool again = answered && ask.texts == m_ask.texts, same = again && ask.asOfMs == m_ask.asOfMs;
    m_ask = std::move(ask);
    if (!m_soon.isActive()) // lists that change often must not keep it from being reckoned
        m_soon.start();
    if (!same)
        askService(again);
}

// One at a time: what came meanwhile is reckoned after it, so that lists that change often never keep every answer from being the latest.
void PodCheckRunner::reckon()
{
    const int generation = ++m_generation;
    if (m_pending)
        return;
    m_pending = true;
    auto promise = std::make_shared<QPromise<Result<Answer>>>();
    promise->start();
    watchResult(promise->future(), this, [this, generation](const Result<Answer> &answer) {
        m_pending = false;
        if (generation != m_generation)
            reckon();
        if (answer)
            take(*answer);
    });
    QThreadPool::globalInstance()->start([promise, ask = m_ask] {
        promise->addResult(Result<Answer>(reckoned(ask)));
        promise->finish();
    });
}

void PodCheckRunner::take(const Answer &answer)
{
    m_answer = answer;
    if (!answer.faults.empty() && m_service == Service::Asking) {
        ++m_sent;
        m_later.stop();
        m_service = Service::Nothing;
    }
    Q_EMIT changed();
}

void PodCheckRunner::askService(bool again)
{
    ++m_sent; // an answer under way is for something else
    m_later.stop();
    const bool can = m_context.contracts->find(u"checkCpcpodyaml"_s) && m_context.session->client() && !m_ask.cluster.isEmpty();
    if (!can || m_context.session->isOffline())
        return setService(m_context.session->isOffline() ? Service::Offline : Service::Nothing);
    if (!again)
        setService(m_answer.faults.empty() ? Service::Asking : Service::Nothing);
    m_later.start();
}

void PodCheckRunner::send()
{
    ApiClient *client = m_context.session->client();
    const Operation *operation = m_context.contracts->find(u"checkCpcpodyaml"_s);
    if (!client || !operation || !m_answer.faults.empty())
        return setService(Service::Nothing);
    Call call;
    call.operation = operation->id;
    call.parameters = parametersOf(m_ask, *operation);
    const int sent = m_sent;
    watchResult(client->send(call), this, [this, sent, operation](const Result<WireResponse> &response) {
        if (sent != m_sent)
            return;
        const Result<nlohmann::json> object = response ? decodeObject(*operation, *response) : Result<nlohmann::json>(fail(response.error()));
        if (!object) {
            const ErrorKind kind = object.error().kind;
            setService(kind == ErrorKind::Offline        ? Service::Offline
                           : kind == ErrorKind::Rejected ? Service::Refuses
                                                         : Service::Unknown,
                       object.error().detail);
            return;
        }
        const bool fits = object->value("fits", false);
        setService(fits ? Service::Fits : Service::Refuses, QString::fromStdString(object->value("reason", std::string())));
    });
}

void PodCheckRunner::setService(Service state, const QString &reason)
{
    m_service = state;
    m_reason = reason;
    Q_EMIT changed();
}

} // namespace kboss
