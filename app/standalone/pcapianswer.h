#pragma once

#include "app/standalone/answer.h"

namespace kboss::standalone {

// The envelope of pcapi: {"status", "info", "data"}. Its failures have HTTP 200, as described; operations that answer without an envelope have an HTTP status.

Answer pcapiAnswer(const QString &info, std::string_view dataJson);

// `dataJson` empty = what stands for nothing in this operation. The reason comes after the operation's own words ("delete node failed: …").
Answer pcapiFailure(const Operation &operation, const QString &reason, std::string_view dataJson = {});

Answer pcapiError(const Operation *operation, const Refusal &refusal); // null: before it is known

} // namespace kboss::standalone
