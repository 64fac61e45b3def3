#include "app/services/quotestore.h"

#include "app/base/watchresult.h"
#include "app/services/privatefile.h"
#include "app/services/quotejson.h"
#include "app/services/valuejson.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLockFile>
#include <QPointer>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using nlohmann::json;

constexpr int lockMs = 5'000, lockTurnMs = 250;
constexpr qint64 longestFile = 256 * 1024 * 1024;

Unexpected storage(const QString &file, const QString &reason)
{
    return fail(ErrorKind::Storage, u"%1: %2"_s.arg(file, reason));
}

struct Contents {
    std::vector<Quote> quotes;
    QString setAside; // where a damaged file went
};

// Everything here runs on the store's own thread.
class QuoteFile {
public:
    explicit QuoteFile(QString path) : m_path(std::move(path)) { }

    Result<Contents> read(qint64 nowMs) const
    {
        QFile file(m_path);
        if (!file.exists())
            return Contents();
        if (!file.open(QIODevice::ReadOnly))
            return storage(m_path, file.errorString());
        if (file.size() > longestFile)
            return storage(m_path, u"larger than a file of quotes can be"_s);
        const QByteArray text = file.readAll();
        const json root = json::parse(text.constBegin(), text.constEnd(), nullptr, false);
        if (root.is_object() && root.value("format", 0) > quoteFileFormat)
            return storage(m_path, u"written by a newer version; it is left as it is"_s);
        Result<Contents> contents = understand(root);
        if (contents)
            return contents;
        return setAside(nowMs);
    }

    Result<void> write(const std::vector<Quote> &quotes) const
    {
        json list = json::array();
        for (const Quote &quote : quotes)
            list.push_back(quoteToJson(quote));
        const std::string text =
            json{{"format", quoteFileFormat}, {"quotes", std::move(list)}}.dump(1, ' ', false, json::error_handler_t::replace) + '\n';
        QSaveFile file(m_path);
        const auto size = static_cast<qint64>(text.size());
        if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(s_ownerOnly) || file.write(text.data(), size) != size || !file.commit())
            return storage(m_path, file.errorString());
        syncFolderOf(m_path);
        return {};
    }

    Result<void> lock(QLockFile &lock) const
    {
        lock.setStaleLockTime(0); // a lock of a process that ended is taken over whatever its age
        QElapsedTimer waited;
        waited.start();
        while (!lock.tryLock(lockTurnMs)) {
            if (waited.elapsed() > lockMs)
                return storage(m_path, u"another process holds its lock"_s);
            dropUnfinishedLock();
        }
        return {};
    }

    // An empty lock is of a process that was killed between making the file and writing its id into it; no one alive needs a second for that.
    void dropUnfinishedLock() const
    {
        const QFileInfo info(lockPath());
        if (info.exists() && info.size() == 0 && info.lastModified().msecsTo(QDateTime::currentDateTime()) > 1'000)
            QFile::remove(lockPath());
    }
    QString lockPath() const { return m_path + u".lock"_s; }

private:
    static Result<Contents> understand(const json &root)
    {
        if (!root.is_object() || !root.contains("quotes") || !root["quotes"].is_array())
            return fail(ErrorKind::Storage, u"no list of quotes"_s);
        Contents contents;
        for (const json &object : root["quotes"]) {
            Result<Quote> quote = quoteFromJson(object);
            if (!quote)
                return fail(quote.error());
            contents.quotes.push_back(std::move(*quote));
        }
        return contents;
    }

    Result<Contents> setAside(qint64 nowMs) const
    {
        const QString stamp = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(u"yyyyMMdd'T'HHmmsszzz"_s);
        Contents contents;
        contents.setAside = u"%1.damaged-%2"_s.arg(m_path, stamp);
        if (!QFile::rename(m_path, contents.setAside))
            return storage(m_path, u"damaged, and cannot be set aside"_s);
        return contents;
    }

    QString m_path;
};

QString nextId(const std::vector<Quote> &quotes, const QDate &day)
{
    const QString start = u"Q-%1-"_s.arg(day.toString(u"yyyyMMdd"_s));
    int last = 0;
    for (const Quote &quote : quotes) {
        if (quote.id.startsWith(start))
            last = std::max(last, quote.id.mid(start.size()).toInt());
    }
    return start + u"%1"_s.arg(last + 1, 3, 10, QChar(u'0'));
}

Unexpected unknown(const QString &id)
{
    return fail(ErrorKind::NotFound, u"No quote %1"_s.arg(id), u"id"_s);
}

} // namespace

struct QuoteStore::Private {
    using Change = std::function<Result<Quote>(std::vector<Quote> &)>;

    QuoteStore *q = nullptr;
    QuoteFile file;
    QString server, who;
    const Clock *clock = nullptr;
    QTimeZone zone;
    std::vector<Quote> quotes; // of this server, newest first
    bool loaded = false;
    QThreadPool writer;

    explicit Private(const QString &path) : file(path) { writer.setMaxThreadCount(1); }

    struct Answer {
        Contents contents;
        Quote quote;
    };

    Result<Answer> perform(const Change &change) const;
    QFuture<Result<Quote>> run(Change change);
    QFuture<Result<Quote>> edit(const QString &id, std::function<Result<void>(Quote &)> change);
    void take(const Contents &contents);
};

Result<QuoteStore::Private::Answer> QuoteStore::Private::perform(const Change &change) const
{
    QLockFile lock(file.lockPath());
    if (const auto locked = file.lock(lock); !locked)
        return fail(locked.error());
    Result<Contents> contents = file.read(clock->nowMs());
    if (!contents)
        return fail(contents.error());
    Answer answer;
    answer.contents = std::move(*contents);
    if (!change)
        return answer;
    Result<Quote> changed = change(answer.contents.quotes);
    if (!changed)
        return fail(changed.error());
    if (const auto written = file.write(answer.contents.quotes); !written)
        return fail(written.error());
    answer.quote = std::move(*changed);
    return answer;
}

void QuoteStore::Private::take(const Contents &contents)
{
    std::vector<Quote> mine;
    std::copy_if(contents.quotes.begin(), contents.quotes.end(), std::back_inserter(mine),
                 [this](const Quote &quote) { return quote.server == server; });
    std::stable_sort(mine.begin(), mine.end(),
                     [](const Quote &a, const Quote &b) { return a.createdMs != b.createdMs ? a.createdMs > b.createdMs : a.id > b.id; });
    const bool different = !loaded || mine != quotes;
    quotes = std::move(mine);
    loaded = true;
    if (!contents.setAside.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Storage;
        error.detail = contents.setAside;
        Q_EMIT q->noticed(error);
    }
    if (different)
        Q_EMIT q->changed();
}

QFuture<Result<Quote>> QuoteStore::Private::run(Change change)
{
    auto inner = std::make_shared<QPromise<Result<Answer>>>();
    auto outer = std::make_shared<QPromise<Result<Quote>>>();
    inner->start();
    outer->start();
    watchResult(inner->future(), q, [this, outer](const Result<Answer> &answer) {
        if (answer)
            take(answer->contents);
        outer->addResult(answer ? Result<Quote>(answer->quote) : Result<Quote>(fail(answer.error())));
        outer->finish();
    });
    writer.start([this, inner, change = std::move(change)] {
        inner->addResult(perform(change));
        inner->finish();
    });
    return outer->future();
}

QFuture<Result<Quote>> QuoteStore::Private::edit(const QString &id, std::function<Result<void>(Quote &)> change)
{
    return run([id, change = std::move(change)](std::vector<Quote> &all) -> Result<Quote> {
        const auto found = std::find_if(all.begin(), all.end(), [&id](const Quote &quote) { return quote.id == id; });
        if (found == all.end())
            return unknown(id);
        if (const auto changed = change(*found); !changed)
            return fail(changed.error());
        return *found;
    });
}

QuoteStore::QuoteStore(QString file, QString server, QString who, const Clock &clock, const QTimeZone &zone, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(file))
{
    d->q = this;
    d->server = std::move(server);
    d->who = std::move(who);
    d->clock = &clock;
    d->zone = zone;
}

QuoteStore::~QuoteStore()
{
    d->writer.waitForDone();
}

QFuture<Result<void>> QuoteStore::load()
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    watchResult(d->run({}), this, [promise](const Result<Quote> &answer) {
        promise->addResult(answer ? Result<void>() : Result<void>(fail(answer.error())));
        promise->finish();
    });
    return promise->future();
}

bool QuoteStore::isLoaded() const
{
    return d->loaded;
}
const std::vector<Quote> &QuoteStore::quotes() const
{
    return d->quotes;
}

const Quote *QuoteStore::find(const QString &id) const
{
    const auto found = std::find_if(d->quotes.begin(), d->quotes.end(), [&id](const Quote &quote) { return quote.id == id; });
    return found == d->quotes.end() ? nullptr : &*found;
}

QFuture<Result<Quote>> QuoteStore::create(const QuoteContent &content)
{
    const qint64 now = d->clock->nowMs();
    const QDate day = QDateTime::fromMSecsSinceEpoch(now, d->zone).date();
    return d->run([content, now, day, server = d->server](std::vector<Quote> &all) -> Result<Quote> {
        Quote quote;
        quote.id = nextId(all, day);
        quote.server = server;
        quote.createdMs = now;
        quote.working = content;
        all.push_back(quote);
        return quote;
    });
}

QFuture<Result<Quote>> QuoteStore::save(const QString &id, const QuoteContent &content)
{
    const Quote *known = find(id);
    const size_t seen = known ? known->versions.size() : 0;
    return d->edit(id, [content, seen, now = d->clock->nowMs(), who = d->who](Quote &quote) -> Result<void> {
        if (quote.versions.size() != seen)
            return fail(ErrorKind::Conflict, u"%1 has version %2 meanwhile"_s.arg(quote.id).arg(quote.versions.size()));
        if (quote.saved() && *quote.saved() == content) { // nothing to keep twice
            quote.working.reset();
            return {};
        }
        quote.versions.push_back({static_cast<int>(seen) + 1, now, who, content});
        quote.working.reset();
        return {};
    });
}

QFuture<Result<Quote>> QuoteStore::keep(const QString &id, const QuoteContent &content)
{
    return d->edit(id, [content](Quote &quote) -> Result<void> {
        if (quote.saved() && *quote.saved() == content)
            quote.working.reset();
        else
            quote.working = content;
        return {};
    });
}

QFuture<Result<Quote>> QuoteStore::revert(const QString &id)
{
    return d->edit(id, [](Quote &quote) -> Result<void> {
        if (!quote.versions.empty())
            quote.working.reset();
        return {};
    });
}

QFuture<Result<Quote>> QuoteStore::duplicate(const QString &id)
{
    const Quote *known = find(id);
    if (known)
        return create(known->current());
    return d->edit(id, [](Quote &) -> Result<void> { return {}; }); // says that there is none
}

QFuture<Result<Quote>> QuoteStore::setInstance(const QString &id, const QString &instanceId, int version)
{
    return d->edit(id, [instanceId, version, now = d->clock->nowMs()](Quote &quote) -> Result<void> {
        if (version < 1 || static_cast<size_t>(version) > quote.versions.size())
            return fail(ErrorKind::Rejected, u"%1 has no version %2"_s.arg(quote.id).arg(version));
        if (!quote.instanceId.isEmpty() && quote.instanceId != instanceId)
            return fail(ErrorKind::Rejected, u"%1 is instance %2 already"_s.arg(quote.id, quote.instanceId));
        quote.instanceId = instanceId;
        quote.instanceMs = now;
        quote.instanceVersion = version;
        return {};
    });
}

QFuture<Result<void>> QuoteStore::remove(const QString &id)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto change = [id](std::vector<Quote> &all) -> Result<Quote> {
        const auto found = std::find_if(all.begin(), all.end(), [&id](const Quote &quote) { return quote.id == id; });
        if (found == all.end())
            return unknown(id);
        if (!found->instanceId.isEmpty())
            return fail(ErrorKind::Rejected, u"%1 was turned into an instance and stays as its record"_s.arg(id));
        const Quote gone = *found;
        all.erase(found);
        return gone;
    };
    watchResult(d->run(change), this, [promise](const Result<Quote> &answer) {
        promise->addResult(answer ? Result<void>() : Result<void>(fail(answer.error())));
        promise->finish();
    });
    return promise->future();
}

} // namespace kboss
