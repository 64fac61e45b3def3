#pragma once

#include "models/resourcetype.h"

namespace kboss {

// What one place (a cluster) has of a stock, and what of it is used.
struct StockPlace {
    QString name;
    Decimal used, total;
    double share = 0; // 0…1 of the total, to paint
    Tone tone = Tone::None;
    QString words() const; // "384 / 412", exact
    QString state() const; // "10 left, under the mark of 10 %"; empty where nothing is to be said
    int lowFrom = 0; // percent used from which it is low; 0 = never said
    friend bool operator==(const StockPlace &, const StockPlace &) = default;
};

// The places of a JSON list, in its order; items that are not readable are left out. Tones by warnFrom and badFrom of the column.
std::vector<StockPlace> stockPlaces(const QString &json, const ColumnSpec &column);
StockPlace stockSum(const std::vector<StockPlace> &places, const ColumnSpec &column); // without a name

} // namespace kboss
