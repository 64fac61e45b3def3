#pragma once

#include <QFuture>

namespace kboss {

// The value of a future that a worker thread will finish; no event loop is turned meanwhile.
template <class T> T waitFor(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

} // namespace kboss
