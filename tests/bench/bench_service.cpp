#include "tests/bench/bench.h"
#include "tests/support/serviceprocess.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <mutex>
#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss;

namespace {

// A kept-alive connection that asks for one page after the other, without a client library's own cost.
class Pages {
public:
    explicit Pages(const QUrl &url)
    {
        m_socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        m_socket.waitForConnected(5000);
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    void next()
    {
        QByteArray path = "/v1/billingaccounts/console?page_size=200&order_by=update_time%20desc";
        if (!m_token.isEmpty())
            path += "&page_token=" + m_token;
        m_socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QByteArray answer;
        qsizetype wanted = -1;
        while ((wanted < 0 || answer.size() < wanted) && m_socket.waitForReadyRead(10'000)) {
            answer += m_socket.readAll();
            const qsizetype head = answer.indexOf("\r\n\r\n");
            if (wanted < 0 && head > 0)
                wanted = head + 4 + answer.mid(answer.indexOf("Content-Length: ") + 16).split('\r').first().toLongLong();
        }
        const qsizetype at = answer.lastIndexOf("\"next_page_token\":\"") + 19;
        m_token = answer.mid(at, answer.indexOf('"', at) - at);
        m_bytes = answer.size();
    }
    qsizetype bytes() const { return m_bytes; }

private:
    QTcpSocket m_socket;
    QByteArray m_token;
    qsizetype m_bytes = 0;
};

// The floor: the same pages by the C API, every column read.
class RawPages {
public:
    explicit RawPages(const QString &file)
    {
        sqlite3_open_v2(file.toUtf8().constData(), &m_database, SQLITE_OPEN_READONLY, nullptr);
        sqlite3_exec(m_database, "PRAGMA mmap_size=1073741824", nullptr, nullptr, nullptr);
        sqlite3_prepare_v2(m_database,
                           "SELECT c_update_time, c_id, * FROM billing_account WHERE c_update_time <= ?1 AND (c_update_time < ?1 OR c_id < ?2) "
                           "ORDER BY c_update_time DESC, c_id DESC LIMIT 200",
                           -1, &m_page, nullptr);
    }
    ~RawPages()
    {
        sqlite3_finalize(m_page);
        sqlite3_close(m_database);
    }
    RawPages(const RawPages &) = delete;
    RawPages &operator=(const RawPages &) = delete;

    void next()
    {
        sqlite3_bind_int64(m_page, 1, m_time);
        sqlite3_bind_text(m_page, 2, m_id.data(), static_cast<int>(m_id.size()), SQLITE_TRANSIENT);
        while (sqlite3_step(m_page) == SQLITE_ROW) {
            for (int column = 2; column < sqlite3_column_count(m_page); ++column)
                m_seen += sqlite3_column_type(m_page, column) == SQLITE_TEXT ? sqlite3_column_bytes(m_page, column)
                                                                             : sqlite3_column_int64(m_page, column) & 1;
            m_time = sqlite3_column_int64(m_page, 0);
            m_id.assign(reinterpret_cast<const char *>(sqlite3_column_text(m_page, 1)));
        }
        sqlite3_reset(m_page);
    }
    qint64 seen() const { return m_seen; }

private:
    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_page = nullptr;
    qint64 m_time = 1LL << 60;
    std::string m_id = "~";
    qint64 m_seen = 0;
};

std::vector<double> fiftyClients(const QUrl &url)
{
    std::vector<double> all;
    std::mutex mutex;
    std::vector<std::thread> clients;
    for (int client = 0; client < 50; ++client) {
        clients.emplace_back([&] {
            Pages pages(url);
            std::vector<double> mine;
            for (int i = 0; i < 20; ++i)
                mine.push_back(bench::measureMs(bench::BenchClock::Wall, [&] { pages.next(); }));
            const std::lock_guard lock(mutex);
            all.insert(all.end(), mine.begin(), mine.end());
        });
    }
    for (std::thread &client : clients)
        client.join();
    return all;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (!qEnvironmentVariableIsSet("KBOSS_BIN_DIR"))
        qputenv("KBOSS_BIN_DIR", QCoreApplication::applicationDirPath().toLocal8Bit());
    const QString sample = argc > 1 ? QString::fromLocal8Bit(argv[1]) : u"large"_s;
    test::ServiceProcess service;
    bool started = false;
    const double made = bench::measureMs(bench::BenchClock::Wall, [&] { started = service.start(sample, {}, 300'000); });
    if (!started) {
        std::fprintf(stderr, "bench_service: %s\n", qPrintable(service.errorText()));
        return 1;
    }
    const double rows = sample == u"large"_s ? 1e6 : sample == u"medium"_s ? 1e5 : 2e3;
    std::printf("sample %s: %.0f accounts a second, indexes and start included (goal >= 50000)\n", qPrintable(sample), rows / made * 1000);
    Pages pages(service.url());
    RawPages raw(service.database());
    const auto measured = bench::interleaved(
        bench::BenchClock::Wall, 101, [&] { pages.next(); }, [&] { raw.next(); });
    bench::report("20", measured.ratio, "page of 200 <= 5 ms", measured.product <= 5,
                  "list page " + bench::ms(measured.product) + " (" + std::to_string(pages.bytes()) + " bytes) against a raw SQL page "
                      + bench::ms(measured.floor));
    const auto times = fiftyClients(service.url());
    const double p99 = bench::quantile(times, 0.99);
    bench::report("20", p99 / measured.floor, "p99 <= 200 ms", p99 <= 200,
                  "50 clients at once, page of 200: p50 " + bench::ms(bench::median(times)) + ", p99 " + bench::ms(p99));
    return raw.seen() == 0;
}
