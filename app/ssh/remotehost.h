#pragma once

#include "app/base/canceltoken.h"
#include "app/base/result.h"
#include "app/ssh/remotecommand.h"

namespace kboss {

// A file for a host.
struct RemoteUpload {
    QString remotePath; // absolute; replaced at once when it is there
    QByteArray sha256; // 32 bytes, of the whole
    qint64 size = 0;
    int mode = 0644;
    bool asRoot = false; // the finished file is moved to its place with the rights of root
    std::function<Result<QByteArray>(qint64 offset, qint64 most)> read; // on the session's thread
    std::function<void(qint64 sent)> progress; // the same; begins with what was there from a former try
};

RemoteUpload uploadOf(const QByteArray &content, const QString &remotePath, int mode = 0644, bool asRoot = true); // a small one, from memory

// A host that commands can be run on and files be brought to. Calls may come from any thread, several at a time, and block until they end: with a value, at the
// deadline, or at once when the token asks for it.
class RemoteHost {
public:
    virtual ~RemoteHost() = default;
    virtual Result<CommandResult> run(const RemoteCommand &command, CancelToken token = {}) = 0;
    virtual Result<void> upload(const RemoteUpload &upload, CancelToken token = {}) = 0;
};

} // namespace kboss
