#include "app/cache/cachestore.h"
#include "tests/support/billdata.h"
#include "tests/support/fakeclock.h"
#include "tests/support/waitfor.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sqlite3.h>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestCacheStore : public QObject {
    Q_OBJECT

private:
    const DatasetId m_id{u"p"_s, u"listBills"_s, u"{}"_s};
    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CacheStore> m_store;

    QString file() const { return m_folder->filePath(u"cache.db"_s); }
    void reopen()
    {
        m_store.reset();
        auto opened = CacheStore::open(file(), m_clock);
        QVERIFY(opened);
        m_store = std::move(*opened);
        QVERIFY(waitFor(m_store->declare(m_id, BillData::schema())));
    }
    Result<RefreshSummary> refresh(std::vector<RowBatch> pages)
    {
        auto writer = m_store->beginRefresh(m_id);
        for (RowBatch &page : pages) {
            if (auto done = waitFor(writer->append(std::move(page))); !done)
                return fail(done.error());
        }
        return waitFor(writer->commit());
    }
    RowViewPtr view(qint64 asOfMs = 0)
    {
        RowQuery query;
        query.asOfMs = asOfMs;
        return waitFor((*m_store->source(m_id))->open(query)).value_or(nullptr);
    }
    Row rowAt(const RowViewPtr &view, qint64 position) { return waitFor(view->window(position, 1)).value().front(); }
    DatasetInfo info() { return waitFor(m_store->info(m_id)).value(); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup() { m_store.reset(); }

    // Ages and usage move all the time: what else a row says is its history.
    void restlessFieldsLeaveNoHistory()
    {
        const DatasetId id{u"p"_s, u"pods"_s, u"{}"_s};
        TableSchema schema = BillData::schema();
        schema.fields[1].restless = true; // name
        schema.fields[6].restless = true; // amount
        QVERIFY(waitFor(m_store->declare(id, schema)));
        const auto load = [&](int revision, int count) {
            auto writer = m_store->beginRefresh(id);
            QVERIFY(waitFor(writer->append(BillData::batch(0, count, revision))));
            QVERIFY(waitFor(writer->commit()));
        };
        QSignalSpy changed(m_store.get(), &CacheStore::datasetChanged);
        load(0, 20);
        QTRY_COMPARE(changed.size(), 1);
        changed.clear();
        const qint64 before = m_clock.nowMs();
        m_clock.advance(60'000);
        load(1, 20);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(changed.front().at(1).value<QSet<QString>>().isEmpty()); // told, but of no row
        QVERIFY(!changed.front().at(2).toBool());
        const auto now = waitFor((*m_store->source(id))->open({})).value();
        QVERIFY(std::get<QString>(waitFor(now->window(3, 1)).value().front().cells[1]).endsWith(u"r1"_s));
        QVERIFY(waitFor(m_store->changes(id, before, m_clock.nowMs(), 100)).value().empty());
        m_clock.advance(60'000);
        const qint64 middle = m_clock.nowMs();
        m_clock.advance(60'000);
        QByteArray page = BillData::page(0, 20, 2);
        page.replace("\"state\":\"OPEN\",\"count\":4,", "\"state\":\"VOID\",\"count\":4,");
        auto writer = m_store->beginRefresh(id);
        QVERIFY(waitFor(writer->append(BillData::decode(page, schema))));
        const auto summary = waitFor(writer->commit());
        QVERIFY(summary);
        QCOMPARE(summary->changed, 1);
        QCOMPARE(summary->unchanged, 19);
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(changed.back().at(1).value<QSet<QString>>(), QSet<QString>{QString::fromLatin1(BillData::key(4))});
        const auto found = waitFor(m_store->changes(id, middle, m_clock.nowMs(), 100)).value();
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(std::get<QString>(found.front().before->cells[2]), u"OPEN"_s);
    }

    void firstLoadShowsRowsBeforeItIsWhole()
    {
        auto writer = m_store->beginRefresh(m_id);
        QVERIFY(waitFor(writer->append(BillData::batch(0, 300))));
        QCOMPARE(view()->count(), 300);
        QVERIFY(!info().complete);
        QVERIFY(waitFor(writer->append(BillData::batch(300, 200))));
        const auto summary = waitFor(writer->commit());
        QVERIFY(summary);
        QCOMPARE(summary->added, 500);
        QCOMPARE(info().rows, 500);
        QVERIFY(info().complete);
        QCOMPARE(info().fetchedMs, m_clock.nowMs());
    }

    void brokenFirstLoadGoesOnWhereRowsWereKept()
    {
        {
            auto writer = m_store->beginRefresh(m_id);
            QVERIFY(waitFor(writer->append(BillData::batch(0, 100))));
        } // dropped: aborted
        reopen();
        QCOMPARE(view()->count(), 100);
        QVERIFY(!info().complete);
        const auto summary = refresh({BillData::batch(50, 100)});
        QVERIFY(summary);
        QCOMPARE(summary->unchanged, 50);
        QCOMPARE(summary->added, 50);
        QCOMPARE(summary->removed, 50);
        QCOMPARE(view()->count(), 100);
    }

    void cellsComeBackAsTheyWere()
    {
        const QByteArray odd =
            "{\"rows\":[{\"id\":\"X\",\"name\":null,\"state\":\"OPEN\",\"count\":\"many\",\"paid\":\"maybe\",\"discount\":\"-0.00120\","
            "\"amount\":{\"currency_code\":\"CNY\",\"units\":\"-9223372036854775808\",\"nanos\":-999999999},\"balance\":\"?\"}]}";
        std::vector<Row> expected;
        const RowBatch normal = BillData::batch(7, 1), misfits = BillData::decode(odd);
        expected.push_back(normal.toRow(0));
        expected.push_back(misfits.toRow(0));
        QVERIFY(refresh({normal, misfits}));
        const auto rows = waitFor(view()->window(0, 2));
        QVERIFY(rows);
        QCOMPARE(rows->at(0), expected[0]);
        QCOMPARE(rows->at(1), expected[1]);
        QVERIFY(std::holds_alternative<Misfit>(rows->at(1).cells[3]));
        QVERIFY(std::holds_alternative<SecretMark>(rows->at(0).cells[10]));
    }

    void refreshIsSeenOnlyWhenWhole()
    {
        QVERIFY(refresh({BillData::batch(0, 100)}));
        const qint64 version = info().version;
        auto writer = m_store->beginRefresh(m_id);
        QVERIFY(waitFor(writer->append(BillData::batch(0, 50, 1))));
        QCOMPARE(rowAt(view(), 0), BillData::batch(0, 1, 0).toRow(0));
        QCOMPARE(info().version, version);
        QVERIFY(waitFor(writer->append(BillData::batch(50, 40, 0))));
        QVERIFY(waitFor(writer->append(BillData::batch(100, 5, 0))));
        const auto summary = waitFor(writer->commit());
        QVERIFY(summary);
        QCOMPARE(summary->changed, 50);
        QCOMPARE(summary->unchanged, 40);
        QCOMPARE(summary->removed, 10);
        QCOMPARE(summary->added, 5);
        QCOMPARE(info().rows, 95);
        QCOMPARE(rowAt(view(), 0), BillData::batch(0, 1, 1).toRow(0));
    }

    void failedRefreshKeepsOldRowsAndSaysWhy()
    {
        QVERIFY(refresh({BillData::batch(0, 10)}));
        m_clock.advance(5000);
        auto writer = m_store->beginRefresh(m_id);
        QVERIFY(waitFor(writer->append(BillData::batch(0, 5, 1))));
        writer->abort(Error{ErrorKind::Timeout, u"no answer"_s, {}, {}, {}, 0});
        QVERIFY(waitFor(m_store->flush()));
        QCOMPARE(info().failure, u"no answer"_s);
        QCOMPARE(info().failedMs, m_clock.nowMs());
        QCOMPARE(info().fetchedMs, m_clock.nowMs() - 5000);
        QCOMPARE(view()->count(), 10);
        QCOMPARE(rowAt(view(), 0), BillData::batch(0, 1, 0).toRow(0));
    }

    void listThatHoldsARowTwiceIsTakenByItsLaterOne()
    {
        QVERIFY(refresh({BillData::batch(0, 10), BillData::batch(5, 5)}));
        QCOMPARE(info().rows, 10);
        QVERIFY(refresh({BillData::batch(0, 10, 1), BillData::batch(5, 5, 0)}));
        QCOMPARE(info().rows, 10);
        QCOMPARE(rowAt(view(), 4), BillData::batch(4, 1, 1).toRow(0));
        QCOMPARE(rowAt(view(), 5), BillData::batch(5, 1, 0).toRow(0));
    }

    void pastMomentsAndChanges()
    {
        QVERIFY(refresh({BillData::batch(0, 10)}));
        const qint64 first = m_clock.nowMs();
        m_clock.advance(1000);
        QVERIFY(refresh({BillData::batch(0, 3, 1), BillData::batch(3, 5), BillData::batch(20, 2)}));
        const qint64 second = m_clock.nowMs();
        m_clock.advance(1000);
        QVERIFY(refresh({BillData::batch(0, 3, 2), BillData::batch(3, 5), BillData::batch(9, 1), BillData::batch(20, 2)}));

        const RowViewPtr then = view(first), between = view(second + 500);
        QCOMPARE(then->count(), 10);
        QCOMPARE(between->count(), 10);
        QCOMPARE(rowAt(then, 0), BillData::batch(0, 1, 0).toRow(0));
        QCOMPARE(rowAt(between, 0), BillData::batch(0, 1, 1).toRow(0));
        QCOMPARE(rowAt(view(), 0), BillData::batch(0, 1, 2).toRow(0));
        QCOMPARE(waitFor(then->positionOf(QString::fromLatin1(BillData::key(9)))).value(), 9);
        QCOMPARE(view(first - 1)->count(), 0);

        const auto changes = waitFor(m_store->changes(m_id, first, second, 100));
        QVERIFY(changes);
        QMap<RowChange::Kind, int> kinds;
        for (const RowChange &change : *changes)
            ++kinds[change.kind];
        QCOMPARE(kinds[RowChange::Kind::Changed], 3);
        QCOMPARE(kinds[RowChange::Kind::Removed], 2);
        QCOMPARE(kinds[RowChange::Kind::Added], 2);
        QCOMPARE(changes->front().before, BillData::batch(0, 1, 0).toRow(0));
        QCOMPARE(changes->front().after, BillData::batch(0, 1, 1).toRow(0));
        // A row that left and came back as it was is no change.
        QCOMPARE(waitFor(m_store->changes(m_id, first, m_clock.nowMs(), 100))->size(), size_t(6));
    }

    void asOfViewKeepsItsMomentWhileRowsChange()
    {
        QVERIFY(refresh({BillData::batch(0, 10)}));
        const RowViewPtr then = view(m_clock.nowMs());
        m_clock.advance(10);
        QVERIFY(refresh({BillData::batch(0, 5, 1)}));
        QCOMPARE(rowAt(then, 0), BillData::batch(0, 1, 0).toRow(0));
        QCOMPARE(rowAt(then, 9), BillData::batch(9, 1, 0).toRow(0));
    }

    void writesOfOursAreNotUndoneByPagesFetchedBefore()
    {
        QVERIFY(refresh({BillData::batch(0, 10)}));
        auto writer = m_store->beginRefresh(m_id);
        QVERIFY(waitFor(writer->append(BillData::batch(0, 10))));
        QVERIFY(waitFor(m_store->applyRow(m_id, BillData::batch(3, 1, 9))));
        QVERIFY(waitFor(m_store->applyRow(m_id, BillData::batch(50, 1, 9))));
        QVERIFY(waitFor(m_store->removeRow(m_id, QString::fromLatin1(BillData::key(4)))));
        QVERIFY(waitFor(writer->commit()));
        QCOMPARE(info().rows, 10);
        QCOMPARE(rowAt(view(), 3), BillData::batch(3, 1, 9).toRow(0));
        QCOMPARE(waitFor(view()->positionOf(QString::fromLatin1(BillData::key(4)))).value(), -1);
    }

    void changesAreTold()
    {
        QSignalSpy spy(m_store.get(), &CacheStore::datasetChanged);
        QVERIFY(refresh({BillData::batch(0, 20)}));
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(spy[0][1].value<QSet<QString>>().size(), 20);
        QVERIFY(refresh({BillData::batch(0, 20)}));
        QVERIFY(refresh({BillData::batch(0, 1, 1), BillData::batch(1, 19)}));
        QTRY_COMPARE(spy.size(), 2);
        QCOMPARE(spy[1][1].value<QSet<QString>>(), QSet<QString>{QString::fromLatin1(BillData::key(0))});
        QVERIFY(refresh({BillData::batch(0, 12'000)}));
        QTRY_COMPARE(spy.size(), 3);
        QVERIFY(spy[2][2].toBool());
    }

    void secretsAreNotInTheFile()
    {
        QVERIFY(refresh({BillData::batch(0, 50)}));
        QVERIFY(refresh({BillData::batch(0, 50, 1)}));
        QVERIFY(waitFor(m_store->applyRow(m_id, BillData::batch(3, 1, 9))));
        for (const char *part : {"", "-wal"}) {
            QFile raw(file() + QLatin1String(part));
            QVERIFY(raw.open(QIODevice::ReadOnly));
            const QByteArray bytes = raw.readAll();
            QVERIFY(!bytes.contains("TopSecret"));
            QVERIFY(!bytes.contains("HiddenToo"));
            QCOMPARE(raw.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        }
    }

    void otherSchemaIsReadFromRaw()
    {
        QVERIFY(refresh({BillData::batch(0, 20)}));
        const qint64 first = m_clock.nowMs();
        m_clock.advance(1000);
        QVERIFY(refresh({BillData::batch(0, 20, 1)}));
        TableSchema wider = BillData::schema();
        wider.fields.push_back({u"note"_s, u"extra/note"_s, FieldType::Text, true, {}});
        QVERIFY(waitFor(m_store->declare(m_id, wider)));
        QCOMPARE(rowAt(view(), 3), BillData::decode(BillData::page(3, 1, 1), wider).toRow(0));
        QCOMPARE(rowAt(view(first), 3), BillData::decode(BillData::page(3, 1, 0), wider).toRow(0));
        QCOMPARE(rowAt(view(), 3).cells.back(), Value(u"kept"_s));
        auto writer = m_store->beginRefresh(m_id);
        QVERIFY(waitFor(writer->append(BillData::decode(BillData::page(0, 20, 1), wider))));
        QCOMPARE(waitFor(writer->commit())->unchanged, 20);
    }

    // A table that is read anew every few seconds for weeks: its history on disk grows, what the process holds does not.
    void historyIsNotHeldInMemory()
    {
        constexpr int rows = 4'000;
        QVERIFY(refresh({BillData::batch(0, rows, 0)}));
        QVERIFY(refresh({BillData::batch(0, rows, 1)}));
        const qint64 before = sqlite3_memory_used();
        QVERIFY(before > 0);
        for (int revision = 2; revision < 12; ++revision)
            QCOMPARE(refresh({BillData::batch(0, rows, revision)})->changed, rows);
        QVERIFY2(sqlite3_memory_used() < before + 1'000'000, qPrintable(u"%1 after %2"_s.arg(sqlite3_memory_used()).arg(before)));
    }

    void forgottenProfileIsGone()
    {
        QVERIFY(refresh({BillData::batch(0, 20)}));
        QVERIFY(waitFor(m_store->forgetProfile(u"p"_s)));
        QVERIFY(waitFor(m_store->datasets())->isEmpty());
        QVERIFY(!m_store->source(m_id));
        QCOMPARE(waitFor(m_store->info(m_id)).error().kind, ErrorKind::NotFound);
    }

    void everythingAnswersAfterTheStoreIsGone()
    {
        QVERIFY(refresh({BillData::batch(0, 20)}));
        const RowViewPtr kept = view();
        auto writer = m_store->beginRefresh(m_id);
        m_store.reset();
        QCOMPARE(waitFor(kept->window(0, 1)).error().kind, ErrorKind::Cancelled);
        QCOMPARE(waitFor(writer->append(BillData::batch(0, 1))).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCacheStore)
#include "tst_cachestore.moc"
