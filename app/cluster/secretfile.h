#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <memory>

class QProcess;

namespace kboss {

// A secret as a file that one program started by this process may read, and that is gone with this process however it ends. On Linux it never stands on a disk:
// it is a file in memory, inherited by that program alone. Elsewhere it is a file that only the user may read, in a folder of its own beside the service's data
// (`folder`; the system's temporary folder where it is empty).
class SecretFile {
public:
    static Result<std::unique_ptr<SecretFile>> make(const QByteArray &content, const QString &folder);
    virtual ~SecretFile() = default;
    SecretFile(const SecretFile &) = delete;
    SecretFile &operator=(const SecretFile &) = delete;

    virtual QString path() const = 0; // as the program started sees it
    virtual void passTo(QProcess &process) const = 0; // before its start

protected:
    SecretFile() = default;
};

// What an earlier process left in the folder when it was killed; none is made on Linux.
void clearSecretFiles(const QString &folder);

} // namespace kboss
