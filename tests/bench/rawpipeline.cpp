#include "tests/bench/rawpipeline.h"

#include <QFile>
#include <simdjson.h>
#include <sqlite3.h>
#include <unordered_map>

namespace kboss::bench {

namespace {

using simdjson::ondemand::object;

void exec(sqlite3 *db, const std::string &sql)
{
    char *message = nullptr;
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
        std::fprintf(stderr, "floor: %s\n", message);
        std::exit(1);
    }
}

int number(std::string_view text, size_t at, size_t length)
{
    int value = 0;
    for (size_t i = at; i < at + length; ++i)
        value = value * 10 + (text[i] - '0');
    return value;
}

qint64 instantMs(std::string_view text) // "yyyy-MM-ddTHH:mm:ss.zzzZ"
{
    const int month = number(text, 5, 2), year = number(text, 0, 4) - (month <= 2);
    const int era = year / 400, inEra = year - era * 400, day = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(text, 8, 2) - 1;
    const qint64 days = era * 146'097LL + inEra * 365 + inEra / 4 - inEra / 100 + day - 719'468;
    return ((days * 24 + number(text, 11, 2)) * 60 + number(text, 14, 2)) * 60'000 + number(text, 17, 2) * 1000 + number(text, 20, 3);
}

qint64 integerOf(std::string_view digits)
{
    qint64 value = 0;
    for (const char digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

class Inserter {
public:
    explicit Inserter(sqlite3_stmt *statement) : m_statement(statement) { }

    void text(std::string_view value) { sqlite3_bind_text(m_statement, ++m_index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC); }
    void integer(qint64 value) { sqlite3_bind_int64(m_statement, ++m_index, value); }
    void money(simdjson::simdjson_result<simdjson::ondemand::value> value)
    {
        object money = value.get_object();
        const std::string_view currency = money["currency_code"];
        integer(integerOf(money["units"].get_string()));
        integer(money["nanos"].get_int64());
        text(currency);
    }
    void row(object bill, qint64 id)
    {
        const std::string_view raw = bill.raw_json();
        bill.reset();
        m_index = 0;
        integer(id);
        const std::string_view key = bill["id"];
        text(key);
        integer(id * 7919);
        integer(1'795'000'000'000);
        text(key);
        for (const char *name : {"order_id", "customer", "product", "region", "state", "kind"})
            text(bill[name].get_string());
        integer(bill["quantity"].get_int64());
        integer(bill["paid"].get_bool() ? 1 : 0);
        const std::string_view discount = bill["discount"];
        text(discount);
        text(discount);
        money(bill["list_price"]);
        money(bill["amount"]);
        integer(instantMs(bill["create_time"].get_string()));
        for (const char *name : {"bill_date", "owner_id", "note"})
            text(bill[name].get_string());
        integer(bill["seq"].get_int64());
        sqlite3_bind_blob(m_statement, ++m_index, raw.data(), static_cast<int>(raw.size()), SQLITE_STATIC);
        if (sqlite3_step(m_statement) != SQLITE_DONE)
            std::exit(1);
        sqlite3_reset(m_statement);
    }

private:
    sqlite3_stmt *m_statement;
    int m_index = 0;
};

template <class Row> int eachRow(simdjson::ondemand::parser &parser, const std::vector<QByteArray> &pages, Row row)
{
    int rows = 0;
    for (const QByteArray &page : pages) {
        const simdjson::padded_string text(page.constData(), static_cast<size_t>(page.size()));
        auto document = parser.iterate(text);
        for (auto bill : document["rows"].get_array()) {
            row(object(bill.get_object()), rows);
            ++rows;
        }
    }
    return rows;
}

} // namespace

void rawFirstSync(const QString &file, const std::vector<QByteArray> &pages)
{
    sqlite3 *db = nullptr;
    sqlite3_open(QFile::encodeName(file).constData(), &db);
    exec(db,
         "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
         "CREATE TABLE d(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, hash INTEGER, valid_from INTEGER, c_id TEXT, order_id TEXT, customer TEXT,"
         " product TEXT, region TEXT, state TEXT, kind TEXT, quantity INTEGER, paid INTEGER, discount TEXT, discount_k TEXT, list_u INTEGER,"
         " list_n INTEGER, list_c TEXT, amount_u INTEGER, amount_n INTEGER, amount_c TEXT, create_time INTEGER, bill_date TEXT, owner_id TEXT,"
         " note TEXT, seq INTEGER, raw BLOB); BEGIN");
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO d VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &statement, nullptr);
    simdjson::ondemand::parser parser;
    Inserter inserter(statement);
    eachRow(parser, pages, [&](object bill, int row) { inserter.row(bill, row + 1); });
    sqlite3_finalize(statement);
    exec(db,
         "CREATE INDEX d_from ON d(valid_from); CREATE INDEX d_amount ON d(amount_u,amount_n,key); CREATE INDEX d_time ON d(create_time,key);"
         "CREATE INDEX d_date ON d(bill_date,key); COMMIT; PRAGMA wal_checkpoint(PASSIVE)");
    sqlite3_close(db);
}

int rawColumnar(const std::vector<QByteArray> &pages)
{
    std::vector<std::unordered_map<std::string, quint32>> codes(17);
    std::vector<std::vector<quint32>> columns(17);
    std::vector<std::vector<qint64>> numbers(8);
    const auto intern = [&](size_t column, std::string_view text) {
        auto &known = codes[column];
        columns[column].push_back(known.try_emplace(std::string(text), static_cast<quint32>(known.size())).first->second);
    };
    simdjson::ondemand::parser parser;
    return eachRow(parser, pages, [&](object bill, int) {
        size_t column = 0;
        for (const char *name : {"id", "order_id", "customer", "product", "region", "state", "kind"})
            intern(column++, bill[name].get_string());
        numbers[0].push_back(bill["quantity"].get_int64());
        numbers[1].push_back(bill["paid"].get_bool());
        intern(column++, bill["discount"].get_string());
        size_t at = 2;
        for (const char *name : {"list_price", "amount"}) {
            object money = bill[name].get_object();
            intern(column++, money["currency_code"].get_string());
            numbers[at++].push_back(integerOf(money["units"].get_string()));
            numbers[at++].push_back(money["nanos"].get_int64());
        }
        numbers[6].push_back(instantMs(bill["create_time"].get_string()));
        for (const char *name : {"bill_date", "owner_id", "note"})
            intern(column++, bill[name].get_string());
        numbers[7].push_back(bill["seq"].get_int64());
    });
}

void rawHistory(const QString &storeFile, int rows)
{
    sqlite3 *db = nullptr;
    sqlite3_open(QFile::encodeName(storeFile).constData(), &db);
    exec(db, "PRAGMA synchronous=NORMAL");
    exec(db, "BEGIN; INSERT INTO h1 SELECT * FROM h1 LIMIT " + std::to_string(rows) + "; COMMIT");
    sqlite3_close(db);
}

} // namespace kboss::bench
