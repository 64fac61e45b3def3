#pragma once

#include "app/pricing/pricing.h"
#include "app/standalone/answer.h"
#include "app/standalone/credentials.h"
#include "app/standalone/database.h"
#include "app/standalone/keyedlocks.h"
#include "app/standalone/keyfile.h"

#include <functional>
#include <nlohmann/json.hpp>

namespace kboss::standalone {

class ConfigRetry;
class FiguresBoard;
class Jobs;
class Pcapi;
struct BackendSettings;

// One request after its check: every argument is known to the contract and well-typed.
struct CheckedRequest {
    const Operation *operation = nullptr;
    nlohmann::json arguments; // path and query parameters by name, defaults not filled in
    nlohmann::json body; // null = none
    QString user; // who asks; empty without sign-in
    QByteArray token; // the credential used, empty without
    QString ifMatch; // the If-Match header, without quotes; empty = none

    QString text(const char *name, const QString &fallback = {}) const;
    qint64 number(const char *name, qint64 fallback) const;
    bool isTrue(const char *name) const;
    bool has(const char *name) const { return arguments.contains(name); }
};

// What handlers work with. Lives as long as the service.
struct Backend {
    Database &database;
    const SecretBox &box;
    Credentials &credentials;
    Jobs &jobs;
    const BackendSettings &clusters;
    PriceRule priceRule;
    KeyedLocks &configLocks; // by id of the pod configuration
    ConfigRetry &configRetry;
    FiguresBoard &figures;
    Pcapi &pcapi;
};

using Handler = std::function<Outcome<Answer>(const CheckedRequest &, Backend &)>;
using HandlerTable = QHash<QString, Handler>; // by operation id

void addSessionHandlers(HandlerTable &table);
void addBillingHandlers(HandlerTable &table);
void addCenterHandlers(HandlerTable &table);
void addNodeHandlers(HandlerTable &table);
void addClusterHandlers(HandlerTable &table);
void addClusterImportHandlers(HandlerTable &table);
void addClusterWorkerHandlers(HandlerTable &table);
void addLabelHandlers(HandlerTable &table);
void addPartHandlers(HandlerTable &table);
void addQuoteHandlers(HandlerTable &table);
void addInstanceHandlers(HandlerTable &table);
void addPodConfigHandlers(HandlerTable &table);
void addSupplierHandlers(HandlerTable &table);
void addUserPodHandlers(HandlerTable &table);
void addPcapiHandlers(HandlerTable &table);

// A database failure as an answer; the reason goes to the service's own log, not to the caller.
Refused storageRefusal(const Error &error);

} // namespace kboss::standalone
