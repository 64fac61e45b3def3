#pragma once

#include "app/base/error.h"

#include <QNetworkReply>

namespace kboss {

// How an exchange ended that brought no whole answer. `sent`: the request may have reached the server; for a write that makes it unknown
// whether it was carried out, which is a Protocol error and never Offline.
Error networkError(QNetworkReply::NetworkError code, const QString &words, bool sent, bool answerBegun, bool isWrite);

// Failures of the way, not of the request: worth another try for reads.
bool isPassing(QNetworkReply::NetworkError code);

} // namespace kboss
