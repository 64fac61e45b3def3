#pragma once

#include "app/ssh/channeltask.h"
#include "app/ssh/silenceguard.h"

#include <libssh/sftp.h>
#include <map>

namespace kboss {

// Appends to a file by SFTP from where it ends. Several blocks are under way at a time, so that a host far away is not waited for after each; the session's other
// channels go on between two answers. libssh's own sftp_write() waits for every single one, so the blocks are written to its channel here. Internal to app/ssh.
class UploadTask final : public ChannelTask {
public:
    UploadTask(QByteArray path, const RemoteUpload &upload) : m_path(std::move(path)), m_upload(upload) { }
    void setSilence(int ms) { m_silenceMs = ms; } // how long the host may take for one answer; before it is added

    std::future<Result<qint64>> result() { return m_promise.get_future(); } // how many bytes were there before
    Step step(ssh_session session, SshTime now) override;
    void end(const Error &reason) override;

private:
    struct Block {
        qint64 size = 0;
        SshTime since;
    };

    Result<void> begin(ssh_session session);
    void clear();
    Result<bool> block(); // true = that was the last
    bool mayWrite() const;
    void adapt(const Block &answered);
    Result<void> writeBlock();
    bool readAnswer(uint32_t *code); // of one block; waits
    bool readAll(char *bytes, qsizetype size);
    Result<bool> closeFile();
    Step finish(Result<qint64> result);
    Unexpected fault(const QString &what) const;

    const QByteArray m_path;
    const RemoteUpload m_upload;
    sftp_session m_sftp = nullptr;
    sftp_file m_file = nullptr;
    ssh_session m_session = nullptr;
    qint64 m_before = 0, m_sent = 0, m_at = 0; // m_at: what the host has answered for
    std::map<uint32_t, Block> m_underWay; // by the number of the request
    qint64 m_mostUnderWay = 0; // grows while answers come soon, so that a slow line is not filled for seconds
    int m_silenceMs = 45'000;
    std::unique_ptr<SilenceGuard> m_guard;
    std::promise<Result<qint64>> m_promise;
};

using RunUpload = std::function<Result<qint64>(std::shared_ptr<UploadTask>, CancelToken)>;
// The whole: part, check, move. Blocks.
Result<void> uploadFile(SshSession &session, const RemoteUpload &upload, const RunUpload &run, CancelToken token);

} // namespace kboss
