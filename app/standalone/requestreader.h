#pragma once

#include "app/standalone/answer.h"
#include "app/standalone/handler.h"

#include <QHash>
#include <string>

namespace kboss::standalone {

// A request as it came, independent of the HTTP library.
struct RawRequest {
    std::string method, path; // path still percent-encoded
    std::vector<std::pair<std::string, std::string>> query; // decoded, in order
    std::string contentType, body;
};

// Finds the operation and holds the request against its contract. Strict: unknown, repeated, missing and ill-typed members are refused with the field
// named.
class RequestReader {
public:
    explicit RequestReader(const ContractSet &contracts);

    struct Match {
        const Operation *operation = nullptr; // null: unknown path, or known with other methods only
        QStringList allowed; // methods of this path, for Allow
        nlohmann::json pathArguments;
        bool fixed = false; // the path has no parameters
    };
    Match find(const RawRequest &request) const;
    Outcome<CheckedRequest> check(const RawRequest &request, const Match &match) const;

private:
    struct Route {
        std::vector<std::string> segments; // "{name}" for a parameter
        const Operation *operation;
    };
    std::vector<Route> m_routes;
};

} // namespace kboss::standalone
