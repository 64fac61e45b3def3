#pragma once

#include "app/base/schema.h"

#include <QByteArray>
#include <QString>
#include <memory>
#include <string>
#include <vector>

namespace kboss::bench {

// Made-up bills of 17 fields, about 450 bytes of JSON each.
struct Bills {
    static TableSchema schema();
    static QByteArray page(int from, int count, int changeOneIn); // 0 = none changed
    static std::vector<QByteArray> pages(int rows, int pageRows, int changeOneIn);
};

// The floors: what a person would write straight on simdjson and sqlite3, with the product's columns and indexes, and nothing else.
void rawFirstSync(const QString &file, const std::vector<QByteArray> &pages);
int rawColumnar(const std::vector<QByteArray> &pages); // decodes to interned columns, returns the rows
void rawHistory(const QString &storeFile, int rows); // copies rows of the store's first dataset to its history, in one transaction

// Keyset pages by (create_time, key), all columns copied to std::string and int64.
class RawPages {
public:
    RawPages(const QString &file, const std::string &table, const std::string &columns);
    ~RawPages();
    std::vector<double> times(int pages, int rows); // CPU time, ms

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss::bench
