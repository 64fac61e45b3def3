#pragma once

#include "app/services/quote.h"
#include "models/resourcetype.h"

namespace kboss {

// What a center sells and where there is room, read from the rows of the views compute-part and node-stock. Values; any thread.
// Amounts are those of quotes: whole cores, Mi of memory, Gi of disk, cards; a rest that is not whole counts for nothing.

struct ClusterStock {
    QString clusterId, clusterName;
    qint64 stock = 0, left = 0;
};

struct PartOffer {
    QString id, type, model;
    Decimal unitPrice;
    QString resourceUnit, chargeUnit, accountUnit;
    std::vector<ClusterStock> stocks;
    bool priced = true; // as in QuotePart

    const ClusterStock *in(const QString &clusterId) const; // null where it is not on sale
};

struct NodeSpace {
    QString name, clusterId;
    bool usable = true; // takes instances: a worker that is not cordoned
    QString cpuModel, memoryModel, gpuModel;
    qint64 cores = 0, memoryMi = 0, systemGi = 0, dataGi = 0, cards = 0; // left
};

std::vector<PartOffer> readOffers(const ResourceType &type, const std::vector<Row> &rows);
std::vector<NodeSpace> readSpaces(const ResourceType &type, const std::vector<Row> &rows);

const PartOffer *findOffer(const std::vector<PartOffer> &offers, const QString &type, const QString &model);
QuotePart quotePart(const PartOffer &offer, qint64 amount); // with the offer's price

// "cpu" → 0, "memory" → 1, "disk" → 2, "gpu" → 3, others after them.
int partRank(const QString &type);
qint64 wholeAmount(const QString &type, const QString &unit, const Decimal &amount); // in the unit of quotes

} // namespace kboss
