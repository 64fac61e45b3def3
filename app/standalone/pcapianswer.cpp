#include "app/standalone/pcapianswer.h"

#include "app/standalone/jsontext.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

struct Shape {
    const char *operation, *failed, *nothing;
};
constexpr Shape shapes[] = {{"pcapiNodeLabelOpt", "label node failed", "{}"},
                            {"pcapiNodeStateSwitch", "switch node failed", "{}"},
                            {"pcapiDeleteClusterNode", "delete node failed", "{}"},
                            {"pcapiYamlApplyDelete", "operate failed", "null"}};

Shape shapeOf(const Operation *operation)
{
    for (const Shape &shape : shapes) {
        if (operation && operation->id == QLatin1String(shape.operation))
            return shape;
    }
    return {"", "operate failed", "\"\""};
}

std::string envelope(bool status, const QString &info, std::string_view dataJson)
{
    std::string body;
    JsonObject object(body);
    object.boolean("status", status);
    object.text("info", info);
    object.raw("data", dataJson);
    object.close();
    return body;
}

bool hasEnvelope(const Operation *operation)
{
    return operation && !operation->result.success.isEmpty();
}

} // namespace

Answer pcapiAnswer(const QString &info, std::string_view dataJson)
{
    return {200, envelope(true, info, dataJson), {}};
}

Answer pcapiFailure(const Operation &operation, const QString &reason, std::string_view dataJson)
{
    const Shape shape = shapeOf(&operation);
    const QString info = QLatin1String(shape.failed) + (reason.isEmpty() ? QString() : u": "_s + reason);
    return {hasEnvelope(&operation) ? 200 : 400, envelope(false, info, dataJson.empty() ? std::string_view(shape.nothing) : dataJson), {}};
}

Answer pcapiError(const Operation *operation, const Refusal &refusal)
{
    const bool transport = refusal.http == 401 || refusal.http >= 403 || !hasEnvelope(operation);
    Answer answer;
    if (transport) {
        answer.status = refusal.http;
        answer.body = envelope(false, refusal.message, "\"\"");
    } else {
        answer = pcapiFailure(*operation, refusal.message);
    }
    if (refusal.http == 401)
        answer.headers.emplace_back("WWW-Authenticate", R"(Basic realm="kboss pcapi", charset="UTF-8")");
    return answer;
}

} // namespace kboss::standalone
