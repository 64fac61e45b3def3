#include "app/services/standaloneprocess.h"

#include "app/services/privatefile.h"
#include "app/services/valuejson.h"

#include <QDir>
#include <QHostAddress>
#include <QProcess>
#include <QPromise>
#include <QRandomGenerator>
#include <QTimer>
#include <chrono>
#include <deque>

namespace kboss {

namespace {

using std::chrono::steady_clock;

constexpr size_t s_restartsPerMinute = 3;
constexpr qsizetype s_keptErrors = 4096;

QString newToken()
{
    QByteArray bytes(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return QString::fromLatin1(bytes.toHex());
}

// The ready line: {"url":"http://127.0.0.1:PORT"}.
Result<QUrl> parseReadyLine(const QByteArray &line)
{
    const nlohmann::json value = nlohmann::json::parse(line.constBegin(), line.constEnd(), nullptr, false);
    const QUrl url = value.is_object() && value.contains("url") && value["url"].is_string()
        ? QUrl(QString::fromStdString(value["url"].get<std::string>()))
        : QUrl();
    if (!url.isValid() || !QHostAddress(url.host()).isLoopback())
        return fail(ErrorKind::Protocol, QStringLiteral("The service's first line is not its address"));
    return url;
}

} // namespace

struct StandaloneProcess::Private {
    StandaloneProcess *q = nullptr;
    QString program, dataFolder, sample;
    std::unique_ptr<QProcess> process;
    std::shared_ptr<QPromise<Result<StandaloneAddress>>> waiting; // of start()
    StandaloneAddress address;
    QTimer deadline, again; // for the ready line; for the next start
    Waits waits;
    QByteArray errors; // the end of what the child said
    std::deque<steady_clock::time_point> restarts;
    bool ready = false;
    bool stopping = false;
    bool givenUp = false; // died() was said, and since then it did not come up

    void launch();
    void readLines();
    void childEnded(const QString &how);
    void endWaiting(Result<StandaloneAddress> result);
    void end();
    bool mayRestart();
    int readyMs() const;
};

// The first start of a large sample fills its database before it listens.
int StandaloneProcess::Private::readyMs() const
{
    if (waits.readyMs > 0)
        return waits.readyMs;
    return sample == QLatin1String("large") ? 300'000 : 60'000;
}

void StandaloneProcess::Private::launch()
{
    end();
    again.stop();
    stopping = false;
    ready = false;
    errors.clear();
    if (!makePrivateFolder(dataFolder)) {
        endWaiting(fail(ErrorKind::Storage, QStringLiteral("%1 cannot be made").arg(dataFolder)));
        return;
    }
    process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::SeparateChannels);
    process->setWorkingDirectory(dataFolder);
    connect(process.get(), &QProcess::readyReadStandardOutput, q, [this] { readLines(); });
    connect(process.get(), &QProcess::readyReadStandardError, q, [this] { errors = (errors + process->readAllStandardError()).right(s_keptErrors); });
    connect(process.get(), &QProcess::finished, q, [this](int code) { childEnded(QStringLiteral("ended with %1").arg(code)); });
    connect(process.get(), &QProcess::errorOccurred, q, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            childEnded(process->errorString());
    });
    process->start(program,
                   {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--database"),
                    QDir(dataFolder).filePath(QStringLiteral("service.sqlite")), QStringLiteral("--sample"), sample, QStringLiteral("--child")});
    address.token = newToken();
    // Standard input stays open: the child ends when it closes, whatever ends this process.
    process->write(QByteArray::fromStdString(nlohmann::json{{"token", toUtf8(address.token)}}.dump()) + '\n');
    deadline.start(readyMs());
}

void StandaloneProcess::Private::readLines()
{
    while (process && process->canReadLine()) {
        const QByteArray line = process->readLine(64 * 1024);
        if (ready || stopping)
            continue;
        const auto url = parseReadyLine(line);
        if (!url) {
            childEnded(url.error().detail);
            return;
        }
        ready = true;
        givenUp = false;
        deadline.stop();
        address.url = *url;
        if (waiting)
            endWaiting(address);
        else
            Q_EMIT q->addressChanged(address);
    }
}

bool StandaloneProcess::Private::mayRestart()
{
    const auto now = steady_clock::now();
    while (!restarts.empty() && now - restarts.front() > std::chrono::minutes(1))
        restarts.pop_front();
    if (restarts.size() >= s_restartsPerMinute)
        return false;
    restarts.push_back(now);
    return true;
}

void StandaloneProcess::Private::childEnded(const QString &how)
{
    if (stopping)
        return;
    stopping = true; // a child ends once
    errors = (errors + process->readAllStandardError()).right(s_keptErrors);
    const QString detail = QStringLiteral("%1: %2. %3").arg(program, how, QString::fromUtf8(errors).trimmed());
    const bool wasReady = ready;
    ready = false;
    deadline.stop();
    if (!waiting && !givenUp && mayRestart()) {
        again.start(wasReady ? 0 : 1000);
        return;
    }
    again.start(waits.againMs);
    QMetaObject::invokeMethod(
        q,
        [this] {
            if (stopping)
                end(); // it may hang
        },
        Qt::QueuedConnection);
    const bool said = std::exchange(givenUp, true);
    if (waiting)
        endWaiting(fail(ErrorKind::Internal, detail));
    else if (!said)
        Q_EMIT q->died({ErrorKind::Internal, detail, {}, {}, {}, 0});
}

void StandaloneProcess::Private::endWaiting(Result<StandaloneAddress> result)
{
    deadline.stop();
    if (const auto promise = std::exchange(waiting, nullptr)) {
        promise->addResult(std::move(result));
        promise->finish();
    }
}

void StandaloneProcess::Private::end()
{
    stopping = true;
    deadline.stop();
    const auto child = std::move(process);
    if (!child)
        return;
    child->disconnect(q);
    if (child->state() == QProcess::NotRunning)
        return;
    child->closeWriteChannel();
    if (child->waitForFinished(2000))
        return;
    child->terminate();
    if (child->waitForFinished(1000))
        return;
    child->kill();
    child->waitForFinished(1000);
}

StandaloneProcess::StandaloneProcess(QString program, QString dataFolder, QString sample, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->q = this;
    d->program = std::move(program);
    d->dataFolder = std::move(dataFolder);
    d->sample = std::move(sample);
    d->deadline.setSingleShot(true);
    connect(&d->deadline, &QTimer::timeout, this, [this] { d->childEnded(QStringLiteral("no address within %1 s").arg(d->readyMs() / 1000)); });
    d->again.setSingleShot(true);
    connect(&d->again, &QTimer::timeout, this, [this] { d->launch(); });
}

void StandaloneProcess::setWaits(const Waits &waits)
{
    d->waits = waits;
}

StandaloneProcess::~StandaloneProcess()
{
    stop();
}

QFuture<Result<StandaloneAddress>> StandaloneProcess::start()
{
    if (d->ready)
        return QtFuture::makeReadyFuture(Result<StandaloneAddress>(d->address));
    if (!d->waiting) {
        d->waiting = std::make_shared<QPromise<Result<StandaloneAddress>>>();
        d->waiting->start();
        const auto future = d->waiting->future();
        d->launch();
        return future;
    }
    return d->waiting->future();
}

void StandaloneProcess::stop()
{
    d->end();
    d->again.stop();
    d->ready = false;
    d->endWaiting(fail(ErrorKind::Cancelled, QStringLiteral("Stopped")));
}

} // namespace kboss
