#include "app/ssh/sshsession.h"

#include "app/ssh/forwardtask.h"
#include "app/ssh/jumppool.h"
#include "app/ssh/sshloop.h"
#include "app/ssh/uploadtask.h"

#include <mutex>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// sudo reads the password from standard input, before the program does; -k so that it always does, and never what is meant for the program.
constexpr auto sudoWithPassword = "exec sudo -k -S -p '' -- ", sudoWithout = "exec sudo -n -- ";

std::once_flag libraryReady;

template <class Value> Result<Value> waitFor(std::future<Result<Value>> &future, ChannelTask &task, SshLoop &loop, CancelToken token)
{
    const std::stop_callback onStop(token, [&] {
        task.cancelled = true;
        loop.wake();
    });
    return future.get();
}

} // namespace

struct SshSession::Private {
    SshTarget target;
    SshInfo info;
    SshLimits limits;
    bool isRoot = false;
    std::mutex sudoMutex; // held while it is found out
    std::optional<bool> asksNoPassword; // of sudo; known after the first command as root
    std::optional<Error> refused; // the password, by sudo: nothing is tried with it again
    bool isTaken = false; // the password, by sudo
    std::shared_ptr<SshSession> jump; // lives as long as this, or as another that goes through it
    std::unique_ptr<SshLoop> loop; // ends first

    // Without an answer nothing is known: the next command asks again.
    Result<bool> sudoAsksNoPassword(const CancelToken &token)
    {
        const std::lock_guard lock(sudoMutex);
        if (!asksNoPassword) {
            const auto asked = exec({{u"sudo"_s, u"-k"_s, u"-n"_s, u"--"_s, u"true"_s}, {}, false, 15'000, 4096, {}}, {}, {}, token);
            if (!asked) {
                Error error = asked.error();
                error.field = error.kind == ErrorKind::Ssh ? SshSession::notSent() : error.field; // of what was to be run, nothing was
                return fail(error);
            }
            asksNoPassword = asked->isGood();
        }
        return *asksNoPassword;
    }

    // The password alone, once: sudo would read on in what is meant for the program, and count three wrong ones.
    Result<void> trySudo(const QByteArray &secret, const CancelToken &token)
    {
        const std::lock_guard lock(sudoMutex);
        if (refused)
            return fail(*refused);
        if (isTaken)
            return {};
        const auto tried = exec({{u"true"_s}, {}, false, 30'000, 4096, {}}, sudoWithPassword, secret, token);
        if (!tried) {
            Error error = tried.error();
            error.field = error.kind == ErrorKind::Ssh ? SshSession::notSent() : error.field;
            return fail(error);
        }
        isTaken = tried->isGood();
        if (!isTaken) {
            const QString said = QString::fromUtf8(tried->err).trimmed().right(400);
            refused = Error{ErrorKind::Auth, u"sudo on %1 refused: %2"_s.arg(target.address.text(), said), u"sudoPassword"_s, {}, {}, 0};
            return fail(*refused);
        }
        return {};
    }

    // `rights`: what stands before the line; it and `secret` are for sudo.
    Result<CommandResult> exec(RemoteCommand command, const QByteArray &rights, QByteArray secret, CancelToken token)
    {
        if (token.stop_requested())
            return fail(ErrorKind::Cancelled, {});
        // sudo gives its own shell the words: "exec" is the login shell's.
        const auto lineOf = [rights](const QStringList &words) { return rights.isEmpty() ? supervised(words) : rights + supervised(words).mid(5); };
        SshLoop *way = loop.get();
        const auto ender = [way, lineOf, secret](const QString &signal, qint64 process) {
            if (process <= 0)
                return;
            RemoteCommand end{endOfGroup(signal, process), {}, false, 5'000, 4096, {}};
            const QByteArray line = lineOf(end.words);
            way->addFirst(std::make_shared<ExecTask>(std::move(end), line, secret, [](const QString &, qint64) {}));
        };
        const QByteArray line = lineOf(command.words);
        auto task = std::make_shared<ExecTask>(std::move(command), line, std::move(secret), ender);
        auto future = task->result();
        loop->add(task);
        return waitFor(future, *task, *loop, token);
    }
};

namespace {

// The socket to a host behind another, and what carries it.
struct Path {
    std::shared_ptr<SshSession> jump;
    int fd = -1;
};

} // namespace

// Reaches into the jump host's session for a way on.
class SshForward {
public:
    static Result<Path> lay(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits, CancelToken token)
    {
        Path path;
        if (!target.jump)
            return path;
        static JumpPool jumps; // of the process: it holds nothing, and a bastion counts who comes from one machine
        auto jump = jumps.open(*target.jump, ledger, limits, token);
        if (!jump)
            return fail(jump.error());
        path.jump = std::move(*jump);
        SshLoop &loop = *path.jump->d->loop;
        auto task = std::make_shared<ForwardTask>(target.address, limits.connectMs);
        auto future = task->result();
        loop.add(task);
        const Result<int> fd = waitFor(future, *task, loop, token);
        if (!fd)
            return fail(fd.error());
        path.fd = *fd;
        return path;
    }
};

namespace {

Result<SshWire> reach(const SshTarget &target, const Path &path, const HostKeyLedger &ledger, const SshLimits &limits, CancelToken token,
                      HostKey *key)
{
    std::call_once(libraryReady, [] { ssh_init(); });
    const auto pins = ledger.pins();
    if (!pins)
        return fail(pins.error());
    std::vector<HostKeyPin> own;
    for (const HostKeyPin &pin : *pins) {
        if (pin.address == target.address.text())
            own.push_back(pin);
    }
    SshWire wire(target, path.fd, limits, std::move(token));
    if (auto connected = wire.connect(own); !connected)
        return fail(connected.error());
    const auto shown = wire.hostKey();
    if (!shown)
        return fail(shown.error());
    *key = *shown;
    return wire;
}

} // namespace

SshSession::SshSession(std::unique_ptr<Private> parts) : d(std::move(parts)) { }

SshSession::~SshSession()
{
    close();
}

Result<HostKey> SshSession::readHostKey(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits, CancelToken token)
{
    const auto path = SshForward::lay(target, ledger, limits, token);
    if (!path)
        return fail(path.error());
    HostKey key;
    const auto wire = reach(target, *path, ledger, limits, token, &key);
    return wire ? Result<HostKey>(key) : fail(wire.error());
}

Result<std::unique_ptr<SshSession>> SshSession::open(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits, CancelToken token)
{
    if (target.credential.user.isEmpty())
        return fail(ErrorKind::Rejected, u"%1: a user is needed"_s.arg(target.address.text()), u"user"_s);
    auto path = SshForward::lay(target, ledger, limits, token);
    if (!path)
        return fail(path.error());
    HostKey key;
    auto wire = reach(target, *path, ledger, limits, token, &key);
    if (!wire)
        return fail(wire.error());
    if (auto good = wire->judge(ledger, key); !good)
        return fail(good.error());
    if (auto signedIn = wire->signIn(); !signedIn)
        return fail(signedIn.error());
    auto parts = std::make_unique<Private>();
    parts->target = target;
    parts->info = wire->info();
    parts->limits = limits;
    parts->isRoot = target.credential.user == u"root"_s;
    parts->jump = std::move(path->jump);
    parts->loop = std::make_unique<SshLoop>(wire->release(), limits, target.address.text());
    return std::unique_ptr<SshSession>(new SshSession(std::move(parts)));
}

Result<CommandResult> SshSession::run(const RemoteCommand &command, CancelToken token)
{
    if (command.words.isEmpty())
        return fail(ErrorKind::Rejected, u"there is no program to run"_s, u"words"_s);
    if (!command.asRoot || d->isRoot)
        return d->exec(command, {}, {}, token);
    // A sudo that asks for no password would hand it to the program: so that is found out first.
    const auto noPassword = d->sudoAsksNoPassword(token);
    if (!noPassword)
        return fail(noPassword.error());
    if (*noPassword)
        return d->exec(command, sudoWithout, {}, token);
    const SshCredential &credential = d->target.credential;
    const QByteArray &password = credential.sudoPassword.isEmpty() ? credential.password : credential.sudoPassword;
    if (password.isEmpty())
        return fail(ErrorKind::Forbidden, u"sudo on %1 wants a password, and there is none for it"_s.arg(d->target.address.text()), u"password"_s);
    if (auto may = d->trySudo(password + '\n', token); !may)
        return fail(may.error());
    return d->exec(command, sudoWithPassword, password + '\n', token);
}

Result<void> SshSession::upload(const RemoteUpload &upload, CancelToken token)
{
    return uploadFile(
        *this, upload,
        [this](std::shared_ptr<UploadTask> task, CancelToken ends) -> Result<qint64> {
            if (ends.stop_requested())
                return fail(ErrorKind::Cancelled, {});
            task->setSilence(d->limits.silenceMs);
            auto future = task->result();
            d->loop->add(task);
            return waitFor(future, *task, *d->loop, ends);
        },
        token);
}

bool SshSession::isOpen() const
{
    return d->loop->isOpen();
}

const SshInfo &SshSession::info() const
{
    return d->info;
}

const SshTarget &SshSession::target() const
{
    return d->target;
}

void SshSession::close()
{
    d->loop->close();
}

} // namespace kboss
