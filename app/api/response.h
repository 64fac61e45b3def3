#pragma once

#include "app/api/operation.h"
#include "app/base/rowdecoder.h"

namespace kboss {

struct WireResponse {
    int status = 0;
    QByteArray contentType;
    QByteArray body; // decompressed, within the client's limits
    QString requestId;
    qint64 elapsedMs = 0;
};

// Envelope first: HTTP status, x-result success and message, HTML or cut answers -> Error with the server's own reason in detail
// (Google-style {"error":{"code","message","status"}}, {"status":false,"msg":…}, {"code":…,"msg":…}). No JSON tree for list answers.
Result<void> checkEnvelope(const Operation &operation, const WireResponse &response);

// A list answer to rows. `decoder` must serve the schema wanted.
Result<DecodedPage> decodeRows(const Operation &operation, const WireResponse &response, RowDecoder &decoder);

// A small answer (the changed object of a write, a sign-in) as JSON; Null when the operation has no object.
Result<nlohmann::json> decodeObject(const Operation &operation, const WireResponse &response);

} // namespace kboss
