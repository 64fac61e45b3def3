#pragma once

#include "app/standalone/dispatcher.h"
#include "app/standalone/service.h"

#include <memory>

namespace kboss::standalone {

// The HTTP side: limits, time-outs, keep-alive, compression, TLS. Its threads call the dispatcher.
class HttpFront {
public:
    static Result<std::unique_ptr<HttpFront>> listen(const ServiceOptions &options, Dispatcher &dispatcher);
    ~HttpFront();

    QString url() const;

private:
    struct Private;
    explicit HttpFront(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace kboss::standalone
