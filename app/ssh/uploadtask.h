#pragma once

#include "app/ssh/channeltask.h"
#include "app/ssh/silenceguard.h"

#include <libssh/sftp.h>

namespace kboss {

// Appends to a file by SFTP from where it ends. libssh's SFTP answers block by block; the session's other channels go on between two blocks. Internal to app/ssh.
class UploadTask final : public ChannelTask {
public:
    UploadTask(QByteArray path, const RemoteUpload &upload) : m_path(std::move(path)), m_upload(upload) { }
    void setSilence(int ms) { m_silenceMs = ms; } // how long the host may take for one answer; before it is added

    std::future<Result<qint64>> result() { return m_promise.get_future(); } // how many bytes were there before
    Step step(ssh_session session, SshTime now) override;
    void end(const Error &reason) override;

private:
    Result<void> begin(ssh_session session);
    void clear();
    Result<bool> block(); // true = that was the last
    Step finish(Result<qint64> result);
    Unexpected fault(const QString &what) const;

    const QByteArray m_path;
    const RemoteUpload m_upload;
    sftp_session m_sftp = nullptr;
    sftp_file m_file = nullptr;
    ssh_session m_session = nullptr;
    qint64 m_before = 0, m_at = 0;
    int m_silenceMs = 45'000;
    std::unique_ptr<SilenceGuard> m_guard;
    std::promise<Result<qint64>> m_promise;
};

using RunUpload = std::function<Result<qint64>(std::shared_ptr<UploadTask>, CancelToken)>;
// The whole: part, check, move. Blocks.
Result<void> uploadFile(SshSession &session, const RemoteUpload &upload, const RunUpload &run, CancelToken token);

} // namespace kboss
