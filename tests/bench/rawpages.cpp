#include "tests/bench/bench.h"
#include "tests/bench/rawpipeline.h"

#include <QFile>
#include <sqlite3.h>

namespace kboss::bench {

struct RawPages::Private {
    sqlite3 *db = nullptr;
    sqlite3_stmt *page = nullptr;
    quint64 seed = 777;

    void read(int rows)
    {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        sqlite3_bind_int64(page, 1, 1'700'000'000'000 + static_cast<qint64>(seed >> 32) * 15);
        sqlite3_bind_int(page, 2, rows);
        std::vector<std::string> texts;
        std::vector<qint64> numbers;
        const int columns = sqlite3_column_count(page);
        while (sqlite3_step(page) == SQLITE_ROW) {
            for (int i = 0; i < columns; ++i) {
                if (sqlite3_column_type(page, i) == SQLITE_TEXT)
                    texts.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(page, i)),
                                       static_cast<size_t>(sqlite3_column_bytes(page, i)));
                else
                    numbers.push_back(sqlite3_column_int64(page, i));
            }
        }
        sqlite3_reset(page);
    }
};

RawPages::RawPages(const QString &file, const std::string &table, const std::string &columns) : d(std::make_unique<Private>())
{
    sqlite3_open_v2(QFile::encodeName(file).constData(), &d->db, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_exec(d->db, "PRAGMA mmap_size=4294967296", nullptr, nullptr, nullptr);
    const std::string text = "SELECT key" + columns + " FROM " + table + " WHERE c_create_time<?1 ORDER BY c_create_time DESC, key DESC LIMIT ?2";
    if (sqlite3_prepare_v2(d->db, text.c_str(), -1, &d->page, nullptr) != SQLITE_OK) {
        std::fprintf(stderr, "floor: %s\n", sqlite3_errmsg(d->db));
        std::exit(1);
    }
}

RawPages::~RawPages()
{
    sqlite3_finalize(d->page);
    sqlite3_close(d->db);
}

std::vector<double> RawPages::times(int pages, int rows)
{
    std::vector<double> times;
    for (int i = 0; i < pages; ++i)
        times.push_back(measureMs(BenchClock::Cpu, [&] { d->read(rows); }));
    return times;
}

} // namespace kboss::bench
