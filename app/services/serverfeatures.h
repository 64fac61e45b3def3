#pragma once

#include "app/api/apiclient.h"

#include <QSet>

namespace kboss {

// Which operations this server turned out not to have: drafts and extensions of the contracts that it answered with 404, 405 or 501. Known for as long
// as the session lives; a described operation is never among them. GUI thread.
class ServerFeatures : public QObject {
    Q_OBJECT
public:
    explicit ServerFeatures(std::shared_ptr<const ContractSet> contracts, QObject *parent = nullptr);

    void watch(ApiClient *client); // also the next one after a re-connect
    bool isMissing(const QString &operation) const { return m_missing.contains(operation); }
    Standing standing(const QString &operation) const; // Described for what no contract knows

Q_SIGNALS:
    void changed(const QString &operation); // it is missing from now on

private:
    void note(const Error &error);

    std::shared_ptr<const ContractSet> m_contracts;
    QSet<QString> m_missing;
};

} // namespace kboss
