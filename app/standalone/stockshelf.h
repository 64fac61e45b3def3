#pragma once

#include "app/standalone/stock.h"

#include <map>

namespace kboss::standalone {

using PartKey = std::pair<QString, QString>; // type, model

// What a cluster has left of each part that its center sells, while a plan is made: so that a node whose model nobody sells, or has run out, is passed over
// for one that will do. A value.
class Shelf {
public:
    static Outcome<Shelf> of(const QString &clusterId, const QSqlDatabase &connection);

    bool sells(const Consumption &wanted) const; // there is such a part, be it sold out
    bool suffices(const Consumption &wanted) const;
    void take(const Consumption &taken);
    void give(const Consumption &given);

private:
    std::map<PartKey, qint64> m_left;
};

} // namespace kboss::standalone
