#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace kboss::service {

void leaveNoCore(); // passwords in memory: a crash writes none of them to a disk

void blockEndSignals(); // SIGTERM, SIGINT and SIGHUP are taken by waitForEnd() alone; a broken pipe is no reason to end

void endWithParent(); // where the system can: killed with the process that started this one

Result<QByteArray> readChildToken(); // one line {"token": "…"} from standard input

// Returns when the process is told to end: a signal, or with `watchInput` the end of standard input.
void waitForEnd(bool watchInput);

} // namespace kboss::service
