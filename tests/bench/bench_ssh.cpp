// Goal 16: commands, output and uploads over SSH, against the programs ssh, sftp and scp on the same sshd in the same run. The installation of many
// hosts is tst_installthirty's.
#include "app/ssh/sshsession.h"
#include "tests/bench/bench.h"
#include "tests/support/sshhost.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace kboss;
using namespace Qt::StringLiterals;
using bench::BenchClock;
using bench::measureMs;

namespace {

constexpr int commandRounds = 25, longMs = 600'000;

[[noreturn]] void giveUp(const QString &what)
{
    std::fprintf(stderr, "bench_ssh: %s\n", qPrintable(what));
    std::exit(1);
}

QByteArray sumOf(const QString &name)
{
    QFile file(name);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        giveUp(file.errorString());
    return hash.result();
}

// The programs that people use, with the same key.
class PlainClient {
public:
    explicit PlainClient(const test::SshHost &host) : m_host(host)
    {
        m_common = {u"-F"_s, u"/dev/null"_s,
                    u"-i"_s, host.keyFile(),
                    u"-o"_s, u"IdentitiesOnly=yes"_s,
                    u"-o"_s, u"BatchMode=yes"_s,
                    u"-o"_s, u"StrictHostKeyChecking=accept-new"_s,
                    u"-o"_s, u"LogLevel=ERROR"_s,
                    u"-o"_s, u"UserKnownHostsFile=%1/known"_s.arg(host.folder())};
        start(u"ssh"_s, command({u"-M"_s, u"-f"_s, u"-N"_s, u"-o"_s, u"ControlPath="_s + socket()}, {})); // goes into the background, signed in
    }
    ~PlainClient() { start(u"ssh"_s, command({u"-O"_s, u"exit"_s, u"-o"_s, u"ControlPath="_s + socket()}, {})); }
    Q_DISABLE_COPY_MOVE(PlainClient)

    void run(const QStringList &words) { start(u"ssh"_s, command({}, words)); }
    void runOverMaster(const QStringList &words) { start(u"ssh"_s, command({u"-o"_s, u"ControlPath="_s + socket()}, words)); }
    void scp(const QString &from, const QString &to)
    {
        start(u"scp"_s, m_common + QStringList{u"-q"_s, u"-P"_s, QString::number(m_host.port()), from, where() + u':' + to});
    }
    void sftp(const QString &from, const QString &to)
    {
        const QString batch = m_host.folder() + u"/batch"_s;
        QFile file(batch);
        if (!file.open(QIODevice::WriteOnly))
            giveUp(file.errorString());
        file.write(u"put %1 %2\n"_s.arg(from, to).toUtf8());
        file.close();
        start(u"sftp"_s, m_common + QStringList{u"-q"_s, u"-P"_s, QString::number(m_host.port()), u"-b"_s, batch, where()});
    }

private:
    QString where() const { return m_host.user() + u"@127.0.0.1"_s; }
    QString socket() const { return m_host.folder() + u"/master"_s; }
    QStringList command(const QStringList &options, const QStringList &words) const
    {
        return m_common + options + QStringList{u"-p"_s, QString::number(m_host.port()), where()} + words;
    }
    static void start(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setStandardInputFile(QProcess::nullDevice());
        process.setStandardOutputFile(QProcess::nullDevice());
        process.setStandardErrorFile(QProcess::nullDevice()); // a pipe would be held open by what goes into the background
        process.start(program, arguments);
        if (!process.waitForFinished(longMs) || process.exitCode() != 0)
            giveUp(u"%1 %2 ended with %3"_s.arg(program, arguments.join(u' ')).arg(process.exitCode()));
    }

    const test::SshHost &m_host;
    QStringList m_common;
};

class Product {
public:
    explicit Product(const test::SshHost &host) : m_ledger(m_folder.filePath(u"ledger.json"_s), m_clock)
    {
        m_target.address = {u"127.0.0.1"_s, host.port()};
        m_target.credential.user = host.user();
        m_target.credential.keyFile = host.keyFile();
        const auto key = SshSession::readHostKey(m_target, m_ledger);
        if (!key || !m_ledger.pin(m_target.address, *key, u"bench"_s))
            giveUp(u"the host's key cannot be read"_s);
        m_open = connect();
    }

    std::unique_ptr<SshSession> connect() const
    {
        auto session = SshSession::open(m_target, m_ledger);
        if (!session)
            giveUp(session.error().detail);
        return std::move(*session);
    }
    void connectAndRun() const { must(*connect(), {u"true"_s}); }
    void run(const QStringList &words) const { must(*m_open, words); }
    void stream(qint64 bytes) const
    {
        qint64 seen = 0;
        RemoteCommand command{{u"head"_s, u"-c"_s, QString::number(bytes), u"/dev/zero"_s}, {}, false, longMs, 0, {}};
        command.output = [&seen](const QByteArray &part, bool) { seen += part.size(); };
        const auto done = m_open->run(command);
        if (!done || !done->isGood() || seen != bytes)
            giveUp(u"%1 of %2 bytes came"_s.arg(seen).arg(bytes));
    }
    void upload(const QString &from, const QString &to) const
    {
        QFile file(from);
        if (!file.open(QIODevice::ReadOnly))
            giveUp(file.errorString());
        RemoteUpload upload;
        upload.remotePath = to;
        upload.sha256 = sumOf(from);
        upload.size = file.size();
        upload.read = [&file](qint64 offset, qint64 most) -> Result<QByteArray> { return file.seek(offset) ? file.read(most) : QByteArray(); };
        if (const auto done = m_open->upload(upload); !done)
            giveUp(done.error().detail);
    }
    QString cipher() const { return m_open->info().cipher; }

private:
    static void must(SshSession &session, const QStringList &words)
    {
        const auto done = session.run({words, {}, false, longMs, 1024 * 1024, {}});
        if (!done || !done->isGood())
            giveUp(words.join(u' ') + u" failed"_s);
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    HostKeyLedger m_ledger;
    SshTarget m_target;
    std::unique_ptr<SshSession> m_open;
};

void reportMs(const bench::Measured &measured, double goal, const std::string &what, const std::string &floor)
{
    char limit[32];
    std::snprintf(limit, sizeof limit, "<= %.2g", goal);
    bench::report("16", measured.ratio, limit, measured.ratio <= goal,
                  what + ": " + bench::ms(measured.product) + " against " + floor + "'s " + bench::ms(measured.floor));
}

bench::Measured compared(const std::vector<double> &product, const std::vector<double> &floor)
{
    std::vector<double> ratios;
    for (size_t i = 0; i < product.size(); ++i)
        ratios.push_back(product[i] / floor[i]);
    return {bench::median(product), bench::median(floor), bench::median(ratios)};
}

QString randomFile(const QString &name, qint64 bytes)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        giveUp(file.errorString());
    QByteArray block(1'000'000, '\0');
    for (qint64 at = 0; at < bytes; at += block.size()) {
        QRandomGenerator::global()->fillRange(reinterpret_cast<quint32 *>(block.data()), block.size() / 4);
        file.write(block);
    }
    return name;
}

void commands(PlainClient &plain, const Product &product)
{
    const QStringList nothing{u"true"_s};
    reportMs(bench::interleaved(
                 BenchClock::Wall, commandRounds, [&] { product.connectAndRun(); }, [&] { plain.run(nothing); }),
             1.0, "connect and run true", "ssh");
    reportMs(bench::interleaved(
                 BenchClock::Wall, commandRounds, [&] { product.run(nothing); }, [&] { plain.runOverMaster(nothing); }),
             1.0, "run true on an open session", "ssh over ControlMaster");
}

void output(PlainClient &plain, const Product &product, qint64 bytes, int rounds)
{
    const std::string what = std::to_string(bytes / 1'000'000) + " MB of output";
    const QStringList source{u"head"_s, u"-c"_s, QString::number(bytes), u"/dev/zero"_s};
    reportMs(bench::interleaved(
                 BenchClock::Wall, rounds, [&] { product.stream(bytes); }, [&] { plain.run(source); }),
             1.1, what, "ssh");
}

void uploads(PlainClient &plain, const Product &product, qint64 bytes, int rounds)
{
    const QTemporaryDir folder;
    const QString from = randomFile(folder.filePath(u"from"_s), bytes), to = folder.filePath(u"to"_s), other = folder.filePath(u"other"_s);
    std::vector<double> ours, sftp, scp, checked, here, there;
    for (int round = 0; round < rounds; ++round) { // neighbours see the same machine
        sftp.push_back(measureMs(BenchClock::Wall, [&] { plain.sftp(from, other); }));
        ours.push_back(measureMs(BenchClock::Wall, [&] { product.upload(from, to); }));
        scp.push_back(measureMs(BenchClock::Wall, [&] { plain.scp(from, other); }));
        checked.push_back(scp.back() + measureMs(BenchClock::Wall, [&] {
                              plain.run({u"sync"_s, other, u"&&"_s, u"sha256sum"_s, other, u"&&"_s, u"mv"_s, other, other + u'2'});
                          }));
        here.push_back(measureMs(BenchClock::Wall, [&from] { sumOf(from); }));
        there.push_back(measureMs(BenchClock::Wall, [&] { product.run({u"sha256sum"_s, to}); }));
    }
    const std::string what = std::to_string(bytes / 1'000'000) + " MB up, summed on both sides, synced and moved";
    reportMs(compared(ours, sftp), 1.1, what, "sftp put");
    reportMs(compared(ours, scp), 1.1, what, "scp");
    reportMs(compared(ours, checked), 1.1, what, "scp, then sync, sha256sum and mv over ssh");
    std::printf("its sums alone: %s here, %s on the host\n", bench::ms(bench::median(here)).c_str(), bench::ms(bench::median(there)).c_str());
}

} // namespace

// bench_ssh [MEGABYTES [ROUNDS]]
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const qint64 bytes = words.value(1, u"200"_s).toLongLong() * 1'000'000;
    const int rounds = words.value(2, u"5"_s).toInt();
    test::SshHost host;
    if (bytes <= 0 || rounds <= 0 || !host.start({u"MaxStartups 100"_s}))
        giveUp(host.errorText());
    PlainClient plain(host);
    const Product product(host);
    std::printf("cipher here: %s\n", qPrintable(product.cipher()));
    commands(plain, product);
    output(plain, product, bytes, rounds);
    uploads(plain, product, bytes, rounds);
    return 0;
}
