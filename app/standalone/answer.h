#pragma once

#include "app/api/operation.h"

#include <string>
#include <tl/expected.hpp>

namespace kboss::standalone {

// What goes back over the wire. `body` is JSON text in UTF-8.
struct Answer {
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

// Why an operation was not carried out. Nothing was written. `message` is for the caller: Chinese for kboss operations, English for the others.
struct Refusal {
    int http = 400; // for kboss operations the answer is 200 with status:false unless this is 401 or above 403
    std::string code; // google.rpc canonical name: "INVALID_ARGUMENT"
    QString message;
    QString field; // the member at fault, in the contract's spelling, or empty
    std::string reason; // stable machine-readable reason, e.g. "ACCOUNT_DISABLED", or empty
};

template <class T> using Outcome = tl::expected<T, Refusal>;
using Refused = tl::unexpected<Refusal>;

Refused refuse(const QString &message, const QString &field = {}); // 400 INVALID_ARGUMENT
Refused refuseAs(int http, const char *code, const QString &message, const char *reason = ""); // any other

// The envelope of one service's errors: billing {"error":{code,message,status,details}}, kboss {"status":false,"msg":…},
// pcapi {"status":false,"info":…,"data":…}.
Answer errorAnswer(ServiceKind service, const Refusal &refusal);
ServiceKind serviceOfPath(std::string_view path); // for answers before an operation is known

// {"status":true,"msg":message,"data":<dataJson>}
Answer kbossAnswer(const char *message, std::string_view dataJson);

} // namespace kboss::standalone
