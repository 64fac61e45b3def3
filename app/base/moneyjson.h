#pragma once

#include <QtGlobal>
#include <string_view>

namespace kboss {

struct MoneyParts {
    std::string_view currency; // part of the JSON text; empty when absent
    qint64 units = 0;
    qint32 nanos = 0;
};

// A google.type.Money object, straight from its JSON: numbers may be strings, absent parts are 0. False when anything else stands there
// (an unknown member, an escape, a fraction, nanos out of range). Signs are not compared.
bool readMoneyJson(std::string_view json, MoneyParts &parts);

} // namespace kboss
