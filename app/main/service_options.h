#pragma once

#include "app/standalone/service.h"

#include <QStringList>

namespace kboss::service {

struct Options {
    standalone::ServiceOptions service;
    bool child = false;
    QString pinHostKey, forgetHostKey; // do that and end; empty = serve
};

// Reads the command line and the files it names. Prints help and ends the process for --help and --version.
Result<Options> readOptions(const QStringList &arguments);

} // namespace kboss::service
