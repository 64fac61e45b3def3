#pragma once

#include "app/api/apiclient.h"

#include <QSet>

namespace kboss {

// What is known of a server and one operation.
enum class Support {
    Known, // described, or asked of the standalone service
    Doubtful, // a draft or an extension of the contracts: nobody knows before it is tried
    Missing, // tried: the server answered 404, 405 or 501
};

// Which drafts and extensions of the contracts this server has. The standalone service has them all, and is known by an extension that it answered;
// of another server it is learnt from its answers. Known for as long as the session lives; a described operation is never missing. GUI thread.
class ServerFeatures : public QObject {
    Q_OBJECT
public:
    explicit ServerFeatures(std::shared_ptr<const ContractSet> contracts, QObject *parent = nullptr);

    void watch(ApiClient *client); // also the next one after a re-connect
    void tellStandalone(); // this is the standalone service
    Support support(const QString &operation) const;
    bool isMissing(const QString &operation) const { return m_missing.contains(operation); }
    Standing standing(const QString &operation) const; // Described for what no contract knows

Q_SIGNALS:
    void changed(const QString &operation); // something else is known of it; empty = of several

private:
    void note(const Error &error);

    std::shared_ptr<const ContractSet> m_contracts;
    QSet<QString> m_missing;
    bool m_standalone = false;
};

} // namespace kboss
