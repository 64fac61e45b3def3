#pragma once

#include "app/cache/engine.h"

#include <QTimer>

namespace kboss {

// Looks once a second, on a reader thread, whether another process committed to the file (PRAGMA data_version), and tells which datasets
// and rows that concerns. Lives on the store's thread.
class ChangeWatch {
public:
    ChangeWatch(EnginePtr engine, QObject *context);

private:
    static constexpr int periodMs = 1000;
    struct Seen;
    static void look(StoreEngine &engine, Connection &connection, Seen &seen);
    static void tell(StoreEngine &engine, Connection &connection, const Dataset &dataset, Seen &seen);

    QTimer m_timer;
};

} // namespace kboss
