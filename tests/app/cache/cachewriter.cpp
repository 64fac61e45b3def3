// cachewriter FILE refresh|once REVISION: refreshes a dataset of 600 bills again and again, each refresh with one revision in all rows and one
// bill more or less; "once" does it one time. Prints a line for each commit.
#include "app/cache/cachestore.h"
#include "tests/support/billdata.h"
#include "tests/support/waitfor.h"

#include <QCoreApplication>
#include <cstdio>

using namespace kboss;

namespace {

constexpr int bills = 600, pageRows = 100;

bool failed(const char *step, const Error &error)
{
    std::fprintf(stderr, "%s: %s\n", step, qPrintable(error.detail));
    return false;
}

bool refresh(CacheStore &store, const DatasetId &id, int revision)
{
    auto writer = store.beginRefresh(id);
    for (int from = 0; from < bills + revision % 2; from += pageRows) {
        const int count = from < bills ? pageRows : 1;
        if (const auto added = waitFor(writer->append(BillData::batch(from, count, revision))); !added)
            return failed("append", added.error());
    }
    const auto done = waitFor(writer->commit());
    return done ? true : failed("commit", done.error());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    const SystemClock clock;
    auto store = CacheStore::open(arguments[1], clock);
    const DatasetId id{QStringLiteral("p"), QStringLiteral("listBills"), QStringLiteral("{}")};
    if (!store)
        return failed("open", store.error()) ? 0 : 1;
    if (const auto declared = waitFor((*store)->declare(id, BillData::schema())); !declared)
        return failed("declare", declared.error()) ? 0 : 1;
    int revision = arguments[3].toInt();
    do {
        if (!refresh(**store, id, revision))
            return 1;
        std::printf("%d\n", revision++);
        std::fflush(stdout);
    } while (arguments[2] == QStringLiteral("refresh"));
    return 0;
}
