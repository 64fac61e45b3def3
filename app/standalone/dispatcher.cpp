#include "app/standalone/dispatcher.h"

#include "app/standalone/pcapianswer.h"

#include <QDebug>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QString worded(ServiceKind service, const QString &chinese, const QString &english)
{
    return service == ServiceKind::Kboss ? chinese : english;
}

Answer unknownPath(const RawRequest &request)
{
    const ServiceKind service = serviceOfPath(request.path);
    return errorAnswer(service, refuseAs(404, "NOT_FOUND", worded(service, u"没有这个接口"_s, u"no such path"_s)).value());
}

Answer wrongMethod(const RawRequest &request, const QStringList &allowed)
{
    const ServiceKind service = serviceOfPath(request.path);
    const QString methods = allowed.join(u", "_s);
    Answer answer = errorAnswer(
        service, refuseAs(405, "UNIMPLEMENTED", worded(service, u"请求方法须为 %1"_s.arg(methods), u"the method must be %1"_s.arg(methods))).value());
    answer.headers.emplace_back("Allow", methods.toStdString());
    return answer;
}

Answer internalError(ServiceKind service)
{
    return errorAnswer(
        service, refuseAs(500, "INTERNAL", worded(service, u"服务内部错误,未作任何修改"_s, u"the service failed; nothing was changed"_s)).value());
}

} // namespace

Dispatcher::Dispatcher(const ContractSet &contracts, Backend backend) : m_reader(contracts), m_backend(backend)
{
    addSessionHandlers(m_handlers);
    addBillingHandlers(m_handlers);
    addCenterHandlers(m_handlers);
    addNodeHandlers(m_handlers);
    addClusterHandlers(m_handlers);
    addClusterImportHandlers(m_handlers);
    addClusterWorkerHandlers(m_handlers);
    addLabelHandlers(m_handlers);
    addPartHandlers(m_handlers);
    addQuoteHandlers(m_handlers);
    addInstanceHandlers(m_handlers);
    addPodConfigHandlers(m_handlers);
    addSupplierHandlers(m_handlers);
    addUserPodHandlers(m_handlers);
    addPcapiHandlers(m_handlers);
}

Answer Dispatcher::answer(const RawRequest &request, const Caller &caller)
{
    ServiceKind service = serviceOfPath(request.path);
    try {
        const auto match = m_reader.find(request);
        if (!match.operation)
            return match.allowed.isEmpty() ? unknownPath(request) : wrongMethod(request, match.allowed);
        service = match.operation->service;
        auto answer = carryOut(request, match, caller);
        if (answer)
            return std::move(*answer);
        return service == ServiceKind::Pcapi ? pcapiError(match.operation, answer.error()) : errorAnswer(service, answer.error());
    } catch (const std::exception &problem) {
        qCritical().noquote() << "request failed:" << problem.what();
    } catch (...) {
        qCritical() << "request failed";
    }
    return internalError(service);
}

Outcome<void> Dispatcher::identifyBasic(const Caller &caller, CheckedRequest &checked)
{
    if (!m_backend.credentials.required())
        return {};
    if (const auto user = caller.basic.isEmpty() ? std::nullopt : m_backend.credentials.whoIsBasic(caller.basic)) {
        checked.user = *user;
        return {};
    }
    return refuseAs(401, "UNAUTHENTICATED", u"a user of this service and their password are needed (Basic)"_s);
}

Outcome<void> Dispatcher::identify(const Operation &operation, const Caller &caller, CheckedRequest &checked)
{
    if (caller.crossOrigin)
        return refuseAs(403, "PERMISSION_DENIED",
                        worded(operation.service, u"不接受来自其他网站的请求"_s, u"requests of other origins are not taken"_s));
    if (operation.service == ServiceKind::Pcapi)
        return identifyBasic(caller, checked);
    for (const QByteArray &token : {caller.bearer, caller.session}) {
        if (token.isEmpty())
            continue;
        if (const auto user = m_backend.credentials.whoIs(token)) {
            checked.user = *user;
            checked.token = token;
            return {};
        }
    }
    if (!operation.needsSignIn || !m_backend.credentials.required())
        return {};
    return refuseAs(401, "UNAUTHENTICATED", worded(operation.service, u"请先登录"_s, u"sign in first"_s));
}

Outcome<Answer> Dispatcher::carryOut(const RawRequest &request, const RequestReader::Match &match, const Caller &caller)
{
    CheckedRequest who;
    if (auto known = identify(*match.operation, caller, who); !known)
        return Refused(known.error());
    auto checked = m_reader.check(request, match);
    if (!checked)
        return Refused(checked.error());
    checked->user = who.user;
    checked->token = who.token;
    checked->ifMatch = caller.ifMatch;
    const auto handler = m_handlers.constFind(match.operation->id);
    if (handler == m_handlers.constEnd())
        return refuseAs(501, "UNIMPLEMENTED", worded(match.operation->service, u"本机服务没有此功能"_s, u"not part of the standalone service"_s));
    return (*handler)(*checked, m_backend);
}

} // namespace kboss::standalone
