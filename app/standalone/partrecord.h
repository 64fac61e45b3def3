#pragma once

#include "app/pricing/pricing.h"
#include "app/standalone/kbosslist.h"

namespace kboss::standalone {

// A part of a center with its stock by cluster, in base units (stock.h).
struct PartStock {
    QString clusterId, clusterName;
    qint64 stock = 0, consumed = 0;
};
struct Part {
    QString id, cpcid;
    PartPrice price;
    qint64 updatedMs = 0;
    std::vector<PartStock> stocks; // in the order of the clusters
    qint64 stock() const;
    qint64 consumed() const;
};

Outcome<std::vector<Part>> partsOf(const QString &cpcid, const QSqlDatabase &connection);
const Part *findPart(const std::vector<Part> &parts, const QString &type, const QString &model);
void appendPart(std::string &out, const Part &part, qint64 rowNumber);

qint64 baseOf(const QString &type, const QString &resourceUnit); // base units in one resource unit; disk and memory count in Mi, cpu in thousandths
std::string localTime(qint64 ms); // "2025-06-10 15:22:56", local, without quotes
std::string decimalJson(const Decimal &value); // as a JSON number

} // namespace kboss::standalone
