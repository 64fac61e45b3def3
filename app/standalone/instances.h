#pragma once

#include "app/standalone/partrecord.h"
#include "app/standalone/podconfig.h"

namespace kboss::standalone {

// The parts one workload takes as they are priced: every model the nodes of `plan` have, in base units. Exact.
struct WorkloadPrice {
    Decimal total; // yuan, for all replicas
    std::vector<PriceLine> lines;
};
Outcome<WorkloadPrice> priceOf(const StockPlan &plan, const QString &cpcid, qint64 term, const QString &termUnit, PriceRule rule, const QSqlDatabase &connection);

Outcome<QString> insertInstance(const QString &configId, const QString &productId, const QString &userId, const QString &orgId, const Decimal &price, qint64 term,
                                const QString &termUnit, Database &database);

} // namespace kboss::standalone
