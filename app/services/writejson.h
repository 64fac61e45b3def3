#pragma once

#include "app/services/actionrunner.h"

namespace kboss {

// What a plan says in the journal: nothing secret in any of it.
JournalEntry intentOf(const WritePlan &plan, const Operation *operation, const Operation *inverse);
Result<Call> callOfInverse(const nlohmann::json &inverse, const QString &key);

// Fields and what they are expected to hold, compared as the journal writes them. The first that differs is a Conflict naming it.
using ExpectedFields = std::vector<std::pair<QString, nlohmann::json>>;
ExpectedFields expectedAsSeen(const WritePlan &plan);
ExpectedFields expectedAfter(const WritePlan &plan);
ExpectedFields expectedOf(const nlohmann::json &fields, const TableSchema &schema);
Result<void> compareRow(const Row &row, const TableSchema &schema, const ExpectedFields &expected);

// Fills parameters (or body members) that were left open from the row as the server has it.
void carryInto(Call &call, const Operation &operation, const QStringList &names, const nlohmann::json &raw, const TableSchema &schema);
// Values of the call, and of the row as the server has it, that must not appear anywhere.
QStringList secretsIn(const Call &call, const Operation &operation, const nlohmann::json &raw = {});
QString scrub(QString text, const QStringList &secrets);

} // namespace kboss
