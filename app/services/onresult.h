#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QObject>

namespace kboss {

// handler(Result<T>) on the context's thread, exactly once while the context lives. A future whose promise was dropped counts as Cancelled.
template <class T, class Handler> void onResult(QFuture<Result<T>> future, QObject *context, Handler handler)
{
    // One instance for both ends: the handler may hold what cannot be copied.
    auto shared = std::make_shared<Handler>(std::move(handler));
    future.then(context, [shared](const Result<T> &result) { (*shared)(result); }).onCanceled(context, [shared] {
        (*shared)(Result<T>(fail(ErrorKind::Cancelled, QStringLiteral("The other side ended"))));
    });
}

} // namespace kboss
