#include "app/standalone/answer.h"

#include "app/standalone/jsontext.h"
#include "app/standalone/pcapianswer.h"

#include <utility>

namespace kboss::standalone {

namespace {

void appendDetails(std::string &out, const Refusal &refusal)
{
    if (refusal.field.isEmpty() && refusal.reason.empty())
        return;
    out += ",\"details\":[";
    if (!refusal.field.isEmpty()) {
        out += R"({"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":)";
        appendJsonString(out, refusal.field);
        out += ",\"description\":";
        appendJsonString(out, refusal.message);
        out += "}]}";
    }
    if (!refusal.reason.empty()) {
        out += refusal.field.isEmpty() ? "" : ",";
        out += R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"billing.kboss","reason":)";
        appendJsonString(out, std::string_view(refusal.reason));
        out += '}';
    }
    out += ']';
}

Answer googleError(const Refusal &refusal)
{
    Answer answer;
    answer.status = refusal.http;
    answer.body = "{\"error\":{\"code\":" + std::to_string(refusal.http) + ",\"message\":";
    appendJsonString(answer.body, refusal.message);
    answer.body += ",\"status\":";
    appendJsonString(answer.body, std::string_view(refusal.code));
    appendDetails(answer.body, refusal);
    answer.body += "}}";
    return answer;
}

Answer kbossError(const Refusal &refusal)
{
    Answer answer;
    const bool transport = refusal.http == 401 || refusal.http >= 403;
    answer.status = transport ? refusal.http : 200;
    answer.body = "{\"status\":false,\"msg\":";
    appendJsonString(answer.body, refusal.message);
    answer.body += '}';
    return answer;
}

} // namespace

Refused refuse(const QString &message, const QString &field)
{
    Refusal refusal;
    refusal.code = "INVALID_ARGUMENT";
    refusal.message = message;
    refusal.field = field;
    return Refused(std::move(refusal));
}

Refused refuseAs(int http, const char *code, const QString &message, const char *reason)
{
    Refusal refusal;
    refusal.http = http;
    refusal.code = code;
    refusal.message = message;
    refusal.reason = reason;
    return Refused(std::move(refusal));
}

Answer errorAnswer(ServiceKind service, const Refusal &refusal)
{
    return service == ServiceKind::Kboss ? kbossError(refusal) : service == ServiceKind::Pcapi ? pcapiError(nullptr, refusal) : googleError(refusal);
}

ServiceKind serviceOfPath(std::string_view path)
{
    return path.starts_with("/v1/") ? ServiceKind::Billing : path.starts_with("/pcapi/") ? ServiceKind::Pcapi : ServiceKind::Kboss;
}

Answer kbossAnswer(const char *message, std::string_view dataJson)
{
    Answer answer;
    answer.body = "{\"status\":true,\"msg\":";
    appendJsonString(answer.body, std::string_view(message));
    answer.body += ",\"data\":";
    answer.body += dataJson;
    answer.body += '}';
    return answer;
}

} // namespace kboss::standalone
