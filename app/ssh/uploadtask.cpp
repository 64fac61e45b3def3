#include "app/ssh/uploadtask.h"

#include <fcntl.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 128 * 1024;
constexpr int checkMs = 600'000, placeMs = 60'000; // reading a file of gigabytes again takes its time
constexpr int syncMs = 300'000; // and so does bringing it to the disk

// libssh's SFTP waits for each answer; nothing else of the session may wait like that.
class Blocking {
public:
    explicit Blocking(ssh_session session) : m_session(session) { ssh_set_blocking(session, 1); }
    ~Blocking() { ssh_set_blocking(m_session, 0); }
    Q_DISABLE_COPY_MOVE(Blocking)

private:
    ssh_session m_session;
};

QString words(int code)
{
    switch (code) {
    case SSH_FX_NO_SUCH_FILE:
    case SSH_FX_NO_SUCH_PATH:
        return u"the folder is not there"_s;
    case SSH_FX_PERMISSION_DENIED:
        return u"no right to write there"_s;
    case SSH_FX_FAILURE:
        return u"the host cannot write it (is the disk full?)"_s;
    default:
        return u"SFTP error %1"_s.arg(code);
    }
}

} // namespace

void UploadTask::clear()
{
    if (m_file)
        sftp_close(std::exchange(m_file, nullptr));
    if (m_sftp)
        sftp_free(std::exchange(m_sftp, nullptr));
}

Unexpected UploadTask::fault(const QString &what) const
{
    if (!ssh_is_connected(m_session))
        return fail(ErrorKind::Ssh, u"the connection ended while %1 was written"_s.arg(QString::fromUtf8(m_path)));
    return fail(ErrorKind::Rejected, u"%1: %2"_s.arg(QString::fromUtf8(m_path), m_sftp ? words(sftp_get_error(m_sftp)) : what));
}

Result<void> UploadTask::begin(ssh_session session)
{
    m_session = session;
    m_sftp = sftp_new(session);
    if (!m_sftp || sftp_init(m_sftp) != SSH_OK)
        return fail(ErrorKind::Ssh, u"the host has no SFTP: %1"_s.arg(sshError(session)));
    if (sftp_attributes there = sftp_stat(m_sftp, m_path.constData())) {
        m_before = static_cast<qint64>(there->size);
        sftp_attributes_free(there);
    }
    const bool again = m_before > m_upload.size; // another file's rest
    m_file = sftp_open(m_sftp, m_path.constData(), O_WRONLY | O_CREAT | (again ? O_TRUNC : 0), 0600);
    if (!m_file)
        return fault(u"cannot be opened"_s);
    m_before = again ? 0 : m_before;
    m_at = m_before;
    if (sftp_seek64(m_file, static_cast<uint64_t>(m_at)) != 0)
        return fault(u"cannot be continued"_s);
    if (m_upload.progress)
        m_upload.progress(m_at);
    return {};
}

Result<bool> UploadTask::block()
{
    if (m_at < m_upload.size) {
        const auto bytes = m_upload.read(m_at, std::min(blockSize, m_upload.size - m_at));
        if (!bytes)
            return fail(bytes.error());
        if (bytes->isEmpty())
            return fail(ErrorKind::Storage, u"the file to send is shorter than it was"_s);
        const auto written = sftp_write(m_file, bytes->constData(), static_cast<size_t>(bytes->size()));
        if (written <= 0)
            return fault(u"cannot be written"_s);
        m_at += written;
        if (m_upload.progress)
            m_upload.progress(m_at);
    }
    if (m_at < m_upload.size)
        return false;
    m_guard->allow(syncMs);
    sftp_fsync(m_file); // where the host can
    const bool closed = sftp_close(std::exchange(m_file, nullptr)) == SSH_OK;
    return closed ? Result<bool>(true) : fault(u"cannot be closed"_s);
}

ChannelTask::Step UploadTask::step(ssh_session session, SshTime)
{
    if (!m_guard)
        m_guard = std::make_unique<SilenceGuard>(ssh_get_fd(session), m_silenceMs, cancelled);
    const SilenceGuard::Wait wait(*m_guard);
    const Blocking blocking(session);
    if (cancelled)
        return finish(fail(ErrorKind::Cancelled, {}));
    if (!m_file) {
        if (auto begun = begin(session); !begun)
            return finish(fail(begun.error()));
    }
    const auto last = block();
    if (!last)
        return finish(fail(last.error()));
    return *last ? finish(m_before) : Step::Waiting;
}

ChannelTask::Step UploadTask::finish(Result<qint64> result)
{
    clear(); // here: the one who waits may be gone before this object, or after
    m_promise.set_value(std::move(result));
    return Step::Done;
}

void UploadTask::end(const Error &reason)
{
    if (m_guard)
        m_guard->cut(); // closing the file would wait for an answer
    finish(fail(reason));
}

namespace {

// One command of the host's own; its words when it fails.
Result<QByteArray> must(SshSession &session, const QStringList &command, bool asRoot, int deadlineMs, const CancelToken &token)
{
    const auto done = session.run({command, {}, asRoot, deadlineMs, 64 * 1024, {}}, token);
    if (!done)
        return fail(done.error());
    if (!done->isGood())
        return fail(ErrorKind::Rejected, QString::fromUtf8(done->err).trimmed().left(400));
    return done->out;
}

Result<bool> isWhole(SshSession &session, const QString &part, const RemoteUpload &upload, const CancelToken &token)
{
    const auto sum = must(session, {u"sha256sum"_s, u"--"_s, part}, false, checkMs, token);
    return sum ? Result<bool>(QByteArray::fromHex(sum->left(64)) == upload.sha256) : fail(sum.error());
}

Result<void> place(SshSession &session, const QString &part, const RemoteUpload &upload, const CancelToken &token)
{
    const QString mode = QString::number(upload.mode, 8), fresh = upload.remotePath + u".kboss-new"_s;
    if (!upload.asRoot) {
        if (auto done = must(session, {u"chmod"_s, u"--"_s, mode, part}, false, placeMs, token); !done)
            return fail(done.error());
        const auto moved = must(session, {u"mv"_s, u"-fT"_s, u"--"_s, part, upload.remotePath}, false, placeMs, token);
        return moved ? Result<void>() : fail(moved.error());
    }
    // The part may be on another disk: copied beside its place first, so that the last move is one step.
    for (const QStringList &command :
         {QStringList{u"install"_s, u"-m"_s, mode, u"-o"_s, u"root"_s, u"-g"_s, u"root"_s, u"-T"_s, u"--"_s, part, fresh},
          QStringList{u"mv"_s, u"-fT"_s, u"--"_s, fresh, upload.remotePath}, QStringList{u"rm"_s, u"-f"_s, u"--"_s, part}}) {
        if (auto done = must(session, command, true, checkMs, token); !done)
            return fail(done.error());
    }
    return {};
}

} // namespace

Result<void> uploadFile(SshSession &session, const RemoteUpload &upload, const RunUpload &run, CancelToken token)
{
    if (!upload.remotePath.startsWith(u'/') || upload.sha256.size() != 32 || upload.size < 0 || !upload.read)
        return fail(ErrorKind::Rejected, u"an upload needs an absolute path, a size, a SHA-256 and something to read"_s, u"remotePath"_s);
    const QString mark = QString::fromLatin1(upload.sha256.toHex().left(16));
    // Where only root may write the part waits in the user's own folder.
    const QString part = upload.asRoot ? u".kboss-%1.part"_s.arg(mark) : u"%1.kboss-%2.part"_s.arg(upload.remotePath, mark);
    for (bool second = false;; second = true) {
        const auto before = run(std::make_shared<UploadTask>(part.toUtf8(), upload), token);
        if (!before)
            return fail(before.error());
        const auto whole = isWhole(session, part, upload, token);
        if (!whole)
            return fail(whole.error());
        if (*whole)
            return place(session, part, upload, token);
        if (auto removed = must(session, {u"rm"_s, u"-f"_s, u"--"_s, part}, false, placeMs, token); !removed)
            return fail(removed.error());
        // What a former try left may have been damaged; what was sent whole in one go and differs will differ again.
        if (*before == 0 || second)
            return fail(ErrorKind::Protocol, u"%1 arrived otherwise than it was sent (SHA-256)"_s.arg(upload.remotePath));
    }
}

} // namespace kboss
