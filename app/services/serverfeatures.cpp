#include "app/services/serverfeatures.h"

namespace kboss {

ServerFeatures::ServerFeatures(std::shared_ptr<const ContractSet> contracts, QObject *parent) : QObject(parent), m_contracts(std::move(contracts)) { }

void ServerFeatures::watch(ApiClient *client)
{
    connect(client, &ApiClient::requestFailed, this, &ServerFeatures::note);
}

Support ServerFeatures::support(const QString &operation) const
{
    if (m_missing.contains(operation))
        return Support::Missing;
    return m_standalone || standing(operation) == Standing::Described ? Support::Known : Support::Doubtful;
}

void ServerFeatures::tellStandalone()
{
    if (std::exchange(m_standalone, true))
        return;
    m_missing.clear(); // a 404 of a service that has everything spoke of what was asked for
    Q_EMIT changed({});
}

Standing ServerFeatures::standing(const QString &operation) const
{
    const Operation *known = m_contracts->find(operation);
    return known ? known->standing : Standing::Described;
}

void ServerFeatures::note(const Error &error)
{
    const bool unknownThere = error.httpStatus == 404 || error.httpStatus == 405 || error.httpStatus == 501;
    if (!unknownThere || support(error.operation) != Support::Doubtful)
        return;
    m_missing.insert(error.operation);
    Q_EMIT changed(error.operation);
}

} // namespace kboss
