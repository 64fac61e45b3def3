#include "app/ssh/uploadtask.h"

#include <QtEndian>
#include <fcntl.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 128 * 1024, fewestUnderWay = 2 * blockSize;
constexpr qint64 mostUnderWay = 16 * blockSize; // as much as the window of an OpenSSH channel
constexpr std::chrono::milliseconds soon{200}, late{500}; // of an answer; who cancels waits for what is under way
constexpr qsizetype mostHeader = 1024; // of a request, with the file's handle (at most 256 bytes)
constexpr int blocksAtOnce = 2, answersAtOnce = 8; // then the other channels have their turn
constexpr uint32_t longestAnswer = 64 * 1024;
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
    // libssh does not know of these answers, and waits for its own.
    for (uint32_t code = 0; m_file && !m_underWay.empty() && readAnswer(&code);) { }
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
    m_sent = m_at = m_before;
    m_mostUnderWay = fewestUnderWay;
    if (m_upload.progress)
        m_upload.progress(m_at);
    return {};
}

// A block that the window has no room for would be waited for; with nothing under way there is nothing else to wait for.
bool UploadTask::mayWrite() const
{
    return m_sent < m_upload.size && m_sent - m_at < m_mostUnderWay
        && (m_underWay.empty() || ssh_channel_window_size(m_sftp->channel) >= blockSize + mostHeader);
}

Result<void> UploadTask::writeBlock()
{
    const auto bytes = m_upload.read(m_sent, std::min(blockSize, m_upload.size - m_sent));
    if (!bytes)
        return fail(bytes.error());
    if (bytes->isEmpty())
        return fail(ErrorKind::Storage, u"the file to send is shorter than it was"_s);
    const uint32_t id = ++m_sftp->id_counter;
    const auto handle = static_cast<qsizetype>(ssh_string_len(m_file->handle));
    QByteArray request;
    request.reserve(bytes->size() + mostHeader);
    const auto number = [&request](auto value) {
        const auto swapped = qToBigEndian(value);
        request.append(reinterpret_cast<const char *>(&swapped), sizeof swapped);
    };
    number(static_cast<uint32_t>(1 + 4 + 4 + handle + 8 + 4 + bytes->size()));
    request.append(static_cast<char>(SSH_FXP_WRITE));
    number(id);
    number(static_cast<uint32_t>(handle));
    request.append(static_cast<const char *>(ssh_string_data(m_file->handle)), handle);
    number(static_cast<uint64_t>(m_sent));
    number(static_cast<uint32_t>(bytes->size()));
    request.append(*bytes);
    if (ssh_channel_write(m_sftp->channel, request.constData(), static_cast<uint32_t>(request.size())) != request.size())
        return fault(u"cannot be written"_s);
    m_underWay[id] = {bytes->size(), std::chrono::steady_clock::now()};
    m_sent += bytes->size();
    return {};
}

void UploadTask::adapt(const Block &answered)
{
    const auto took = std::chrono::steady_clock::now() - answered.since;
    if (took < soon)
        m_mostUnderWay = std::min(m_mostUnderWay + blockSize, mostUnderWay);
    else if (took > late)
        m_mostUnderWay = std::max(m_mostUnderWay - blockSize, blockSize);
}

bool UploadTask::readAll(char *bytes, qsizetype size)
{
    for (qsizetype have = 0; have < size;) {
        const int got = ssh_channel_read(m_sftp->channel, bytes + have, static_cast<uint32_t>(size - have), 0);
        if (got <= 0)
            return false;
        have += got;
    }
    return true;
}

// SSH_FXP_STATUS: number of the request, code, words.
bool UploadTask::readAnswer(uint32_t *code)
{
    char length[4];
    if (!readAll(length, sizeof length))
        return false;
    const auto size = qFromBigEndian<uint32_t>(length);
    QByteArray answer(std::min(size, longestAnswer), Qt::Uninitialized);
    if (size < 9 || size > longestAnswer || !readAll(answer.data(), answer.size()) || answer.at(0) != static_cast<char>(SSH_FXP_STATUS))
        return false;
    const auto found = m_underWay.find(qFromBigEndian<uint32_t>(answer.constData() + 1));
    if (found == m_underWay.end())
        return false;
    *code = qFromBigEndian<uint32_t>(answer.constData() + 5);
    m_at += *code == SSH_FX_OK ? found->second.size : 0;
    adapt(found->second);
    m_underWay.erase(found);
    return true;
}

Result<bool> UploadTask::block()
{
    for (int i = 0; i < blocksAtOnce && mayWrite(); ++i) {
        if (auto written = writeBlock(); !written)
            return fail(written.error());
    }
    for (int i = 0; i < answersAtOnce && !m_underWay.empty() && (i == 0 || ssh_channel_poll(m_sftp->channel, 0) > 0); ++i) {
        uint32_t code = SSH_FX_OK;
        if (!readAnswer(&code)) {
            m_underWay.clear(); // none of them can be told from another any more
            return fail(ErrorKind::Ssh, u"the connection ended while %1 was written"_s.arg(QString::fromUtf8(m_path)));
        }
        if (code != SSH_FX_OK) {
            m_sftp->errnum = static_cast<int>(code);
            return fault(u"cannot be written"_s);
        }
        if (m_upload.progress)
            m_upload.progress(m_at);
    }
    return m_at < m_upload.size ? Result<bool>(false) : closeFile();
}

Result<bool> UploadTask::closeFile()
{
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
    // The part may be on another disk: copied beside its place first, so that the last move is one step. Once that is done nothing is left of it
    // anywhere.
    for (const QStringList &command :
         {QStringList{u"install"_s, u"-m"_s, mode, u"-o"_s, u"root"_s, u"-g"_s, u"root"_s, u"-T"_s, u"--"_s, part, fresh},
          QStringList{u"rm"_s, u"-f"_s, u"--"_s, part}, QStringList{u"mv"_s, u"-fT"_s, u"--"_s, fresh, upload.remotePath}}) {
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
