#include "app/api/response.h"

#include "app/api/answerreason.h"
#include "app/api/jsonscan.h"

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

ErrorKind kindOfStatus(int status, bool isRead, bool hasReason)
{
    switch (status) {
    case 401:
        return ErrorKind::Auth;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 409:
    case 412:
        return ErrorKind::Conflict;
    case 408:
        return ErrorKind::Timeout;
    case 503:
        return ErrorKind::Offline;
    case 502:
    case 504:
        return isRead ? ErrorKind::Offline : ErrorKind::Protocol; // a gateway cannot say whether a write went through
    default:
        return status >= 400 && hasReason ? ErrorKind::Rejected : ErrorKind::Protocol;
    }
}

Error statusError(const Operation &operation, const WireResponse &response, const AnswerReason &reason)
{
    Error error;
    error.kind = kindOfStatus(response.status, operation.isRead(), !reason.message.isEmpty());
    error.detail = reason.message;
    error.field = reason.field;
    if (error.detail.isEmpty()) {
        const QString what = notJson(response.body);
        error.detail = u"HTTP %1"_s.arg(response.status) + (what.isEmpty() ? QString() : u" with "_s + what);
        if (response.status >= 300 && response.status < 400)
            error.detail += u", a redirect that was not followed"_s;
    }
    return error;
}

Unexpected complete(const Operation &operation, const WireResponse &response, Error error)
{
    error.operation = operation.id;
    error.requestId = response.requestId;
    error.httpStatus = response.status;
    return fail(std::move(error));
}

} // namespace

Result<void> checkEnvelope(const Operation &operation, const WireResponse &response)
{
    const bool good = response.status >= 200 && response.status < 300;
    const QString fault = notJson(response.body);
    if (!good)
        return complete(operation, response, statusError(operation, response, fault.isEmpty() ? reasonOf(operation, response.body) : AnswerReason{}));
    if (response.body.isEmpty() && !operation.answer)
        return {};
    if (!fault.isEmpty())
        return complete(operation, response, {ErrorKind::Protocol, u"the service answered with %1 instead of JSON"_s.arg(fault), {}, {}, {}, 0});
    const Envelope envelope = readEnvelope(operation, response.body);
    if (!envelope.fault.isEmpty())
        return complete(operation, response, {ErrorKind::Protocol, envelope.fault, {}, {}, {}, 0});
    if (!envelope.success) {
        const AnswerReason reason = reasonOf(operation, response.body);
        const QString detail = reason.message.isEmpty() ? u"the service said no without a reason"_s : reason.message;
        return complete(operation, response, {ErrorKind::Rejected, detail, reason.field, {}, {}, 0});
    }
    return {};
}

Result<nlohmann::json> decodeObject(const Operation &operation, const WireResponse &response)
{
    if (!operation.result.hasObject)
        return nlohmann::json();
    constexpr qsizetype maxObjectBytes = 4 * 1024 * 1024;
    if (response.body.size() > maxObjectBytes)
        return complete(operation, response, {ErrorKind::Protocol, u"one object of more than %1 bytes"_s.arg(maxObjectBytes), {}, {}, {}, 0});
    if (!jsonDepthWithin(response.body, 64))
        return complete(operation, response, {ErrorKind::Protocol, u"the answer nests too deep"_s, {}, {}, {}, 0});
    const auto answer = nlohmann::json::parse(response.body.begin(), response.body.end(), nullptr, false);
    if (answer.is_discarded())
        return complete(operation, response, {ErrorKind::Protocol, u"the answer is not whole JSON"_s, {}, {}, {}, 0});
    const nlohmann::json::json_pointer pointer(operation.result.object.toStdString());
    return answer.contains(pointer) ? answer.at(pointer) : nlohmann::json();
}

} // namespace kboss
