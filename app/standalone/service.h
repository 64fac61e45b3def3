#pragma once

#include "app/api/operation.h"
#include "app/base/result.h"
#include "app/pricing/pricing.h"
#include "app/standalone/clusterbackend.h"

#include <QString>
#include <memory>

namespace kboss::standalone {

struct ServiceOptions {
    QString host = QStringLiteral("127.0.0.1");
    int port = 0; // 0 = any free one
    QString database;
    QString keyFile; // empty = beside the database, ".key" appended
    QString sample; // "none", "small", "medium", "large"; only an empty database is filled
    QByteArray token; // a Bearer that opens every operation; empty = none
    QString user, password; // added or updated at the start
    QString tlsCertificate, tlsKey;
    QString trustedHostKeys; // known_hosts: its keys are pinned at the start; empty = none
    QString kubernetesVersion = QStringLiteral("v1.34.9"), packageMirror, registryMirror; // of installations by pcapi
    BackendSettings clusters;
    PriceRule priceRule = PriceRule::Convert;
    int jobSeconds = 60; // the installation of a simulated cluster takes so long, 0 … 3600; other jobs a part of it
    int threads = 64; // a connection that is kept alive holds one
};

// The standalone service: contracts over a database, on its own threads. start() returns when it listens.
class Service {
public:
    static Result<std::unique_ptr<Service>> start(const ServiceOptions &options, ContractSet contracts);
    ~Service(); // stops listening, lets requests under way end

    QString url() const;

private:
    struct Private;
    explicit Service(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace kboss::standalone
