#pragma once

#include "app/base/error.h"

namespace kboss {

struct ErrorText {
    QString headline; // what happened, to what: "没能读取计费账户：服务没有响应"
    QString reason; // why, in words, with the server's reason where it gave one
    QString advice; // what to do next, may be empty
};

// Turns an error into words in the current language; `what` says what was being done ("读取计费账户"). The only place that does.
ErrorText errorText(const Error &error, const QString &what);

} // namespace kboss
