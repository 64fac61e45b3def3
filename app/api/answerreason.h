#pragma once

#include "app/api/operation.h"

#include <QByteArray>

namespace kboss {

// Why a service said no, in its own words, and the field it named.
struct AnswerReason {
    QString message, field;
};

// What the envelope of a 2xx answer says.
struct Envelope {
    bool success = true;
    QString fault; // not JSON after all, or cut; empty = readable
};

// Both read on demand: no tree is built, however long the list in the answer is.
Envelope readEnvelope(const Operation &operation, const QByteArray &body);
AnswerReason reasonOf(const Operation &operation, const QByteArray &body);

} // namespace kboss
