#pragma once

#include "models/viewreader.h"

namespace kboss {

// A view by itself: names of fields, filters and orders that parse and fit, actions that know each other.
void checkView(const ResourceType &type, ViewFault &fault);
void checkPricesAndStock(const ResourceType &type, ViewFault &fault); // part of it: lists of stock, states of use, changes in place and by percent, price traces

// Against the contracts: operations exist and have the right effect, parameters and forms name what the operation takes and leave nothing
// required out, every field is a member of the list's rows.
void checkViewAgainstContracts(const ResourceType &type, const ContractSet &contracts, ViewFault &fault);

// Views among themselves: parents and related lists exist, ids are unique.
void checkViewsTogether(const std::vector<std::shared_ptr<const ResourceType>> &types, std::vector<ViewFault> &faults);

// The names in braces of a template: "{parent.id}" -> "parent.id".
QStringList placeholders(const QString &text);

} // namespace kboss
