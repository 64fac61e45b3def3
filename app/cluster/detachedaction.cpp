#include "app/cluster/detachedaction.h"

#include "app/cluster/detachedscript.h"
#include "app/cluster/installjournal.h"

#include <QRandomGenerator>
#include <mutex>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int callMs = 90'000, followMs = 60'000;
constexpr int mostLosses = 5; // of the connection, one after the other
constexpr int mostBegins = 3; // of an action that is ended in between
constexpr qint64 mostPast = 256 * 1024; // of a log that was there before we came
constexpr qsizetype mostReason = 1'200;

bool isName(const QString &name)
{
    const auto good = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'; };
    return !name.isEmpty() && name.size() <= 60 && std::all_of(name.begin(), name.end(), good);
}

// The tail of what came, for the reason of a failure. Filled on the connection's thread, one call after the other.
class Tail {
public:
    void add(const QByteArray &bytes)
    {
        m_bytes += bytes;
        if (m_bytes.size() > 4 * mostReason)
            m_bytes = m_bytes.last(2 * mostReason);
    }
    QString text() const
    {
        const QByteArray last = m_bytes.trimmed().right(mostReason);
        const qsizetype whole = last.size() < mostReason ? 0 : last.indexOf('\n') + 1;
        return QString::fromUtf8(last.mid(whole));
    }

private:
    QByteArray m_bytes;
};

// One action on its way.
class Detached {
public:
    Detached(const DetachedPlace &place, const DetachedAction &action, const DetachedWatch &watch, const CancelToken &token)
        : m_place(place), m_action(action), m_watch(watch), m_token(token), m_folder(place.paths.folder(place.installId)),
          m_dir(m_folder + u"/actions/"_s + action.name)
    {
    }

    Result<void> run();

private:
    struct Status {
        QString word;
        int code = -1;
        bool late = false;
        qint64 log = 0, err = 0;
    };

    Result<CommandResult> call(const char *script, const QStringList &words, const QByteArray &input = {},
                               std::function<void(const QByteArray &, bool)> output = {});
    Result<CommandResult> once(const char *script, const QStringList &words, const QByteArray &input,
                               const std::function<void(const QByteArray &, bool)> &output);
    Result<QString> begin();
    Result<Status> look();
    Result<void> follow();
    Unexpected failed(const Status &status) const;
    void note(const QString &text) const
    {
        if (m_watch.note)
            m_watch.note(text);
    }
    QByteArray about() const;

    const DetachedPlace &m_place;
    const DetachedAction &m_action;
    const DetachedWatch &m_watch;
    const CancelToken &m_token;
    const QString m_folder, m_dir;
    qint64 m_log = 0, m_err = 0; // bytes seen
    Tail m_tail, m_errTail;
};

Result<CommandResult> Detached::once(const char *script, const QStringList &words, const QByteArray &input,
                                     const std::function<void(const QByteArray &, bool)> &output)
{
    RemoteCommand command;
    command.words = QStringList{u"sh"_s, u"-c"_s, QString::fromUtf8(scripts::look) + QString::fromUtf8(script), u"sh"_s, m_dir} + words;
    command.input = input;
    command.asRoot = true;
    command.deadlineMs = output ? followMs : callMs;
    command.output = output;
    return m_place.host.run(command, m_token);
}

// Asks again when the connection went; whoever is asked twice says the same.
Result<CommandResult> Detached::call(const char *script, const QStringList &words, const QByteArray &input,
                                     std::function<void(const QByteArray &, bool)> output)
{
    for (int losses = 1;; ++losses) {
        auto done = once(script, words, input, output);
        if (done || done.error().kind != ErrorKind::Ssh || losses == mostLosses)
            return done;
        note(u"the connection went (%1); %2 goes on by itself"_s.arg(done.error().detail, m_action.name));
    }
}

QByteArray Detached::about() const
{
    const JournalLine line{0, JournalLine::Kind::Begun, m_place.step, u"action "_s + m_action.name, m_place.owner};
    QByteArray text = writeJournalLine(line).trimmed(); // {"detail":…,"kind":"begun","ms":0,"owner":…,"step":…}
    text.replace("\"kind\":\"begun\",\"ms\":0,", "");
    text.replace("\"kind\":\"begun\",\"ms\":0", "");
    return text.mid(1);
}

Result<QString> Detached::begin()
{
    const QByteArray wrapper = scripts::wrapper;
    const QString attempt = QString::number(QRandomGenerator::system()->generate64(), 16);
    const QString secret = m_place.paths.run + u'/' + m_place.installId + u'/' + m_action.name;
    const QStringList words{m_folder,
                            secret,
                            m_action.name,
                            attempt,
                            QString::number(std::max(1, m_action.deadlineMs / 1000)),
                            u"kboss-%1-%2"_s.arg(m_place.installId, m_action.name),
                            m_place.paths.systemd,
                            QString::number(wrapper.size()),
                            QString::number(m_action.script.size()),
                            QString::number(m_action.secret.size()),
                            m_place.step,
                            QString::fromUtf8(about())};
    const auto done = call(scripts::start, words, wrapper + m_action.script + m_action.secret);
    if (!done)
        return fail(done.error());
    const QString said = QString::fromUtf8(done->out).trimmed();
    if (!done->isGood() || said.isEmpty())
        return fail(ErrorKind::Rejected, u"%1 cannot be started: %2"_s.arg(m_action.name, QString::fromUtf8(done->err).trimmed().right(mostReason)));
    return said;
}

Result<Detached::Status> Detached::look()
{
    const auto done = call(scripts::status, {});
    if (!done)
        return fail(done.error());
    const QStringList words = QString::fromUtf8(done->out).simplified().split(u' ');
    Status status{words.value(0), -1, false, 0, 0};
    if (status.word == u"ended"_s) {
        status.code = words.value(1).toInt();
        status.late = words.value(2) == u"late"_s;
    } else if (status.word == u"running"_s) {
        status.log = words.value(1).toLongLong();
        status.err = words.value(2).toLongLong();
    } else if (status.word != u"gone"_s && status.word != u"absent"_s) {
        return fail(ErrorKind::Protocol, u"it cannot be seen what became of %1: %2"_s.arg(m_action.name, QString::fromUtf8(done->err).right(200)));
    }
    return status;
}

// Shows what comes until it has ended.
Result<void> Detached::follow()
{
    const auto output = [this](const QByteArray &bytes, bool isError) {
        (isError ? m_err : m_log) += bytes.size();
        (isError ? m_errTail : m_tail).add(bytes);
        if (m_watch.output)
            m_watch.output(bytes, isError);
    };
    for (int losses = 0; losses < mostLosses;) {
        const auto done = once(scripts::follow, {QString::number(m_log), QString::number(m_err)}, {}, output);
        if (!done && done.error().kind != ErrorKind::Ssh && done.error().kind != ErrorKind::Timeout)
            return fail(done.error());
        losses = done ? 0 : losses + 1;
        if (!done) {
            note(u"the connection went (%1); %2 goes on by itself"_s.arg(done.error().detail, m_action.name));
            if (losses == mostLosses)
                return fail(done.error());
            continue;
        }
        // Hosts that do not stream give it with the result.
        if (!done->out.isEmpty())
            output(done->out, false);
        if (!done->err.isEmpty())
            output(done->err, true);
        if (done->isGood())
            return {};
        if (done->exitCode != 75)
            return fail(ErrorKind::Protocol, u"the log of %1 cannot be read (%2)"_s.arg(m_action.name).arg(done->exitCode));
    }
    return {};
}

Unexpected Detached::failed(const Status &status) const
{
    const QString said = m_errTail.text().isEmpty() ? m_tail.text() : m_errTail.text();
    if (status.late)
        return fail(ErrorKind::Timeout,
                    u"%1 did not end within %2 s and was ended: %3"_s.arg(m_action.name).arg(m_action.deadlineMs / 1000).arg(said));
    return fail(ErrorKind::Rejected,
                said.isEmpty() ? u"%1 ended with code %2 and said nothing"_s.arg(m_action.name).arg(status.code)
                               : u"%1 ended with code %2: %3"_s.arg(m_action.name).arg(status.code).arg(said));
}

Result<void> Detached::run()
{
    if (!isName(m_action.name))
        return fail(ErrorKind::Rejected, u"\"%1\" is no name for an action"_s.arg(m_action.name), u"name"_s);
    for (int begins = 0; begins < mostBegins; ++begins) {
        const auto said = begin();
        if (!said)
            return fail(said.error());
        if (*said == u"ended 0"_s) {
            note(u"%1 had ended well already"_s.arg(m_action.name));
            return {};
        }
        if (*said == u"running"_s) {
            const auto status = look();
            if (!status)
                return fail(status.error());
            m_log = std::max<qint64>(0, status->log - mostPast);
            m_err = std::max<qint64>(0, status->err - mostPast);
            note(u"%1 is running already: its end is waited for"_s.arg(m_action.name));
        } else {
            m_log = m_err = 0;
            note(*said == u"again"_s ? u"%1 was ended in between and begins anew"_s.arg(m_action.name) : u"%1 begins"_s.arg(m_action.name));
        }
        if (auto followed = follow(); !followed)
            return followed;
        const auto status = look();
        if (!status)
            return fail(status.error());
        if (status->word == u"ended"_s)
            return status->code == 0 ? Result<void>() : failed(*status);
        note(u"%1 neither runs nor has ended: the host was restarted, or somebody ended it"_s.arg(m_action.name));
    }
    return fail(ErrorKind::Rejected, u"%1 was ended in between %2 times, and nobody says why"_s.arg(m_action.name).arg(mostBegins));
}

Result<void> must(const DetachedPlace &place, const char *script, const QStringList &words, const QByteArray &input, const CancelToken &token)
{
    const QStringList all = QStringList{u"sh"_s, u"-c"_s, QString::fromUtf8(script), u"sh"_s} + words;
    const auto done = place.host.run({all, input, true, callMs, 64 * 1024, {}}, token);
    if (!done)
        return fail(done.error());
    if (!done->isGood())
        return fail(ErrorKind::Rejected, QString::fromUtf8(done->err).trimmed().right(mostReason));
    return {};
}

} // namespace

Result<void> runDetachedAction(const DetachedPlace &place, const DetachedAction &action, const DetachedWatch &watch, const CancelToken &token)
{
    return Detached(place, action, watch, token).run();
}

Result<void> sealActions(const DetachedPlace &place, const CancelToken &token)
{
    return must(place, scripts::seal, {place.paths.folder(place.installId), place.step}, {}, token);
}

Result<void> writeHostJournal(const DetachedPlace &place, const QByteArray &line, const CancelToken &token)
{
    return must(place, scripts::journal, {place.paths.folder(place.installId)}, line, token);
}

} // namespace kboss
