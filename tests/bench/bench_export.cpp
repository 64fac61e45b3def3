// Goal 18: a million rows from the store to CSV beside `sqlite3 -csv` on the same cells; memory of the XLSX export.
#include "app/base/rowdecoder.h"
#include "app/cache/cachestore.h"
#include "models/exporter.h"
#include "tests/bench/bench.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

constexpr int rowCount = 1'000'000, pageRows = 10'000, rounds = 9;

template <class T> Result<T> await(QFuture<Result<T>> future)
{
    future.waitForFinished();
    if (!future.result())
        qFatal("%s", qPrintable(future.result().error().detail));
    return future.result();
}

QByteArray page(int from)
{
    QByteArray json("{\"rows\":[");
    for (int n = from; n < from + pageRows; ++n) {
        const QByteArray id = QByteArray::number(n);
        json += (n > from ? ",{\"id\":\"ba-" : "{\"id\":\"ba-") + id + R"(","display_name":"上海诺瓦生物信息有限公司 )" + id
            + R"(","state":"BA_ACTIVE","currency_code":"CNY","balance":{"currency_code":"CNY","units":")" + id
            + R"(","nanos":550000000},"update_time":"2026-11-22T04:29:47Z"})";
    }
    return json + "]}";
}

void exportTo(const RowViewPtr &view, const ResourceType &type, ExportFormat format, const QString &file)
{
    const QStringList fields{u"id"_s, u"display_name"_s, u"state"_s, u"currency_code"_s, u"balance"_s, u"update_time"_s};
    bool ended = false;
    Job *job = startExport({view, fields, format, file, QTimeZone("Asia/Shanghai")}, type);
    QObject::connect(job, &Job::finished, [&] { ended = true; });
    if (!QTest::qWaitFor([&] { return ended; }, 600'000) || job->state() != Job::State::Done)
        qFatal("export failed: %s", qPrintable(job->error().detail));
}

long peakKb()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    return text.mid(text.indexOf("VmHWM:") + 6).trimmed().split(' ').value(0).toLong();
}

void resetPeak()
{
    QFile clear(u"/proc/self/clear_refs"_s);
    if (clear.open(QIODevice::WriteOnly))
        clear.write("5");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const SystemClock clock;
    QFile document(qEnvironmentVariable("KBOSS_SOURCE_DIR", u"."_s) + u"/resources/views/billing-account.json"_s);
    if (!document.open(QIODevice::ReadOnly))
        qFatal("set KBOSS_SOURCE_DIR to the source folder");
    const auto type = ResourceSet::parse(document.readAll(), u"billing-account.json"_s).value();
    auto store = CacheStore::open(folder.filePath(u"cache.db"_s), clock).value();
    const DatasetId id{u"bench"_s, type->listOperation, u"{}"_s};
    await(store->declare(id, type->schema()));
    auto writer = store->beginRefresh(id);
    RowDecoder decoder(type->schema());
    for (int from = 0; from < rowCount; from += pageRows)
        await(writer->append(decoder.decodePage(page(from), {{u"/rows"_s}, {}, {}}).value().rows));
    await(writer->commit()).value();
    const RowViewPtr view = await(store->source(id).value()->open({})).value();

    const QString csv = folder.filePath(u"a.csv"_s), raw = folder.filePath(u"raw.db"_s), floor = folder.filePath(u"b.csv"_s);
    exportTo(view, *type, ExportFormat::Csv, csv);
    QProcess::execute(u"sqlite3"_s, {raw, u".import --csv "_s + csv + u" t"_s});
    const auto product = [&] { exportTo(view, *type, ExportFormat::Csv, csv); };
    const auto plain = [&] {
        QProcess process;
        process.setStandardOutputFile(floor);
        process.start(u"sqlite3"_s, {u"-csv"_s, raw, u"select * from t"_s});
        process.waitForFinished(-1);
    };
    const auto measured = bench::interleaved(bench::BenchClock::Wall, rounds, product, plain);
    const double speed = 1 / measured.ratio;
    bench::report("18", speed, ">= 0.5", speed >= 0.5,
                  "CSV of 1M rows: " + bench::ms(measured.product) + ", sqlite3 -csv: " + bench::ms(measured.floor));
    resetPeak();
    const long before = peakKb();
    exportTo(view, *type, ExportFormat::Xlsx, folder.filePath(u"a.xlsx"_s));
    const double grown = static_cast<double>(peakKb() - before) / 1024;
    bench::report("18", grown / 100, "< 1", grown < 100, "XLSX of 1M rows took " + std::to_string(grown) + " MB more at its peak");
    return 0;
}
