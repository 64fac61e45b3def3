#include "app/services/serverfeatures.h"

namespace kboss {

ServerFeatures::ServerFeatures(std::shared_ptr<const ContractSet> contracts, QObject *parent) : QObject(parent), m_contracts(std::move(contracts)) { }

void ServerFeatures::watch(ApiClient *client)
{
    connect(client, &ApiClient::requestFailed, this, &ServerFeatures::note);
}

Standing ServerFeatures::standing(const QString &operation) const
{
    const Operation *known = m_contracts->find(operation);
    return known ? known->standing : Standing::Described;
}

void ServerFeatures::note(const Error &error)
{
    const bool unknownThere = error.httpStatus == 404 || error.httpStatus == 405 || error.httpStatus == 501;
    if (!unknownThere || standing(error.operation) == Standing::Described || m_missing.contains(error.operation))
        return;
    m_missing.insert(error.operation);
    Q_EMIT changed(error.operation);
}

} // namespace kboss
