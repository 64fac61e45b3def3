#pragma once

#include "app/standalone/partrecord.h"
#include "app/standalone/podconfig.h"

namespace kboss::standalone {

// What an instance is priced by: the parts its configuration has taken, every model of the nodes it is on, for all replicas. Yuan, exact. Within the transaction
// that booked the configuration, so that it is the price of that and of nothing else.
Outcome<Decimal> priceOf(const QString &configId, const QString &cpcid, qint64 term, const QString &termUnit, PriceRule rule, const QSqlDatabase &connection);

// Its ID. With the configuration, all or nothing.
Outcome<QString> insertInstance(const QString &configId, const QString &productId, const QString &userId, const QString &orgId, const Decimal &price, qint64 term,
                                const QString &termUnit, WriteTransaction &write);

} // namespace kboss::standalone
