#pragma once

#include <QSslCertificate>
#include <QSslKey>

namespace kboss {

// A self-signed certificate for 127.0.0.1 and localhost, valid for a day, with its key. Made anew each time; nothing is kept.
struct TestCertificate {
    QSslCertificate certificate;
    QSslKey key;

    static TestCertificate make();
};

} // namespace kboss
