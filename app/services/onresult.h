#pragma once

#include "app/base/result.h"

#include <QCoreApplication>
#include <QFuture>
#include <QPointer>
#include <QThread>

namespace kboss {

// Qt 6.4's own then(context, …) asserts in debug builds when the context has died first; these do nothing then, as wanted.
// The context lives on the application's thread, and so does the handler's call, whatever thread the future ends on.
template <class Call> void callWith(const QPointer<QObject> &context, Call call)
{
    QCoreApplication *application = QCoreApplication::instance();
    if (!application)
        return;
    if (QThread::currentThread() == application->thread()) {
        if (context)
            call();
        return;
    }
    QMetaObject::invokeMethod(
        application,
        [context, call = std::move(call)]() mutable {
            if (context)
                call();
        },
        Qt::QueuedConnection);
}

// handler(const T &), once the future has ended, unless the context has died.
template <class T, class Handler> QFuture<void> onValue(QFuture<T> future, QObject *context, std::shared_ptr<Handler> handler)
{
    return future.then([guard = QPointer<QObject>(context), handler](const T &value) { callWith(guard, [handler, value] { (*handler)(value); }); });
}

template <class T, class Handler> void onValue(QFuture<T> future, QObject *context, Handler handler)
{
    onValue(std::move(future), context, std::make_shared<Handler>(std::move(handler)));
}

// handler(const Result<T> &) on the application's thread, exactly once while the context lives. A future whose promise was dropped counts as
// Cancelled.
template <class T, class Handler> void onResult(QFuture<Result<T>> future, QObject *context, Handler handler)
{
    auto shared = std::make_shared<Handler>(std::move(handler));
    onValue(std::move(future), context, shared).onCanceled([guard = QPointer<QObject>(context), shared] {
        callWith(guard, [shared] { (*shared)(Result<T>(fail(ErrorKind::Cancelled, QStringLiteral("The other side ended")))); });
    });
}

} // namespace kboss
