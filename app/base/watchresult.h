#pragma once

#include "app/base/result.h"

#include <QFutureWatcher>
#include <memory>

namespace kboss {

// handler(Result<T>) on the context's thread, from its event loop (never inside this call), exactly once while the context lives and never after.
// A future whose promise was dropped counts as Cancelled. Call it on the context's thread. Takes the place of QFuture::then(context, …), which in
// Qt 6.4 asserts when the context died first, runs at once when the result is there, and looks at the context from the promise's thread.
template <class T, class Handler> void watchResult(QFuture<Result<T>> future, QObject *context, Handler handler)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    auto shared = std::make_shared<Handler>(std::move(handler)); // it may hold what cannot be copied
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, shared] {
        watcher->deleteLater();
        const QFuture<Result<T>> done = watcher->future();
        (*shared)(done.resultCount() > 0 ? done.result() : Result<T>(fail(ErrorKind::Cancelled, QStringLiteral("The other side ended"))));
    });
    watcher->setFuture(future);
}

} // namespace kboss
