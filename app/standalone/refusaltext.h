#pragma once

#include "app/standalone/answer.h"

namespace kboss::standalone {

// What is wrong with a request, in the words of its service: Chinese with the field's title for kboss, English for the others.
Refused unknownMember(const Operation &operation, const QString &name);
Refused repeatedMember(const Operation &operation, const QString &name);
Refused missingMember(const Operation &operation, const QString &name);
Refused badMember(const Operation &operation, const QString &name, const QString &english);
Refused invalidMember(const Operation &operation, const Error &error, const JsonSchema *schema); // schema of a parameter, null for a body

} // namespace kboss::standalone
