#pragma once

#include "app/standalone/stock.h"

namespace kboss::standalone {

// Parts that a request asks for, as JSON text in one parameter.
struct AskedPart {
    QString type, model;
    qint64 amount = 0; // cpu cores, memory Mi, disk Gi, gpu cards
};
struct Combination {
    QString id;
    std::vector<AskedPart> parts;
};

// [{"type", "model", "amount"}, …], 1 to 100; `field` is named in refusals.
Outcome<std::vector<AskedPart>> readAskedParts(const QString &json, const char *field);
// [{"id", "resources": [...]}, …]
Outcome<std::vector<Combination>> readCombinations(const QString &json);
// "a=b, c=d"; empty = none
Outcome<std::vector<std::pair<QString, QString>>> readSelector(const QString &text, const char *field);

// One instance of all of them on one node. Disk of the model SYS is the system disk, of any other the data disk. Refused, with `field`, where no instance can
// be all of that: a type that is none, two models of cpu, memory, GPU or data disk.
Outcome<Need> needOf(const std::vector<AskedPart> &parts, const char *field);

} // namespace kboss::standalone
