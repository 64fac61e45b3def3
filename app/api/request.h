#pragma once

#include "app/api/operation.h"

#include <QUrl>

namespace kboss {

// What a caller wants to send, by contract names. Path, query and header parameters together; `body` for operations that have one.
struct Call {
    QString operation; // operationId
    nlohmann::json parameters = nlohmann::json::object();
    nlohmann::json body; // null = none
};

// Ready for the wire. `url` may hold secrets: only redactUrl(url) goes to a log.
struct WireRequest {
    QByteArray method;
    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
};

// Checks names, required, types and enums against the contract (Rejected, with the field), fills the path, percent-encodes (RFC 3986, UTF-8,
// '+' as %2B), repeats array parameters as name=a&name=b, and writes object parameters as JSON text.
Result<WireRequest> buildRequest(const Operation &operation, const Call &call, const QUrl &base);

// One parameter's text as the contract's type ("22" -> 22), unchecked otherwise: validate() follows. For the service side and for forms.
Result<nlohmann::json> readParameter(const QString &text, const JsonSchema &schema, const QString &name);

} // namespace kboss
