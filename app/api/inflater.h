#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <memory>

namespace kboss {

// Streams gzip or deflate into a buffer that never grows past a limit: a bomb ends as a Protocol error, not as memory.
class Inflater {
public:
    explicit Inflater(qint64 maxBytes);
    ~Inflater();

    Result<void> feed(const QByteArray &compressed, QByteArray &into);
    bool isComplete() const; // the stream's own end was seen

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
