#include "app/cache/cachestore.h"
#include "tests/support/billdata.h"
#include "tests/support/fakeclock.h"
#include "tests/support/waitfor.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestRowView : public QObject {
    Q_OBJECT

private:
    static constexpr int rows = 3000;
    const DatasetId m_id{u"p"_s, u"listBills"_s, u"{}"_s};
    FakeClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<CacheStore> m_store;

    RowSourcePtr source() { return m_store->source(m_id).value(); }
    RowViewPtr open(const QString &filter, const QString &order = {})
    {
        RowQuery query;
        query.filter = parseFilter(filter).value();
        query.order = parseOrderBy(order).value();
        const auto view = waitFor(source()->open(query));
        return view ? *view : nullptr;
    }
    void load(int revision, int count = rows)
    {
        auto writer = m_store->beginRefresh(m_id);
        QVERIFY(waitFor(writer->append(BillData::batch(0, count, revision))));
        QVERIFY(waitFor(writer->commit()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_store = std::move(*CacheStore::open(m_folder.filePath(u"cache.db"_s), m_clock));
        QVERIFY(waitFor(m_store->declare(m_id, BillData::schema())));
        load(0);
    }
    void cleanupTestCase() { m_store.reset(); }

    void windowsAgreeWithFirstRowsInEveryOrder_data()
    {
        QTest::addColumn<QString>("order");
        for (const char *order :
             {"", "id desc", "name", "state desc,amount", "amount desc", "discount,id", "create_time desc", "bill_date,count desc", "paid"})
            QTest::newRow(order) << QString::fromLatin1(order);
    }
    void windowsAgreeWithFirstRowsInEveryOrder()
    {
        QFETCH(QString, order);
        RowQuery query;
        query.order = parseOrderBy(order).value();
        const auto first = waitFor(source()->firstRows(query, 200));
        const RowViewPtr view = open({}, order);
        QVERIFY(first && view);
        QCOMPARE(view->count(), rows);
        QCOMPARE(waitFor(view->window(0, 200)).value(), *first);
        const auto middle = waitFor(view->window(1500, 3)).value();
        QCOMPARE(waitFor(view->positionOf(middle[1].key)).value(), 1501);
        QCOMPARE(waitFor(view->keys(1500, 3)).value(), (std::vector<QString>{middle[0].key, middle[1].key, middle[2].key}));
        QCOMPARE(waitFor(view->window(rows - 1, 10)).value().size(), size_t(1));
        QCOMPARE(waitFor(view->window(-5, 6)).value().size(), size_t(1));
    }

    void totalsAreExactAndByCurrency()
    {
        const auto totals = waitFor(open({})->totals({u"amount"_s, u"balance"_s}));
        QVERIFY(totals);
        // Even numbers are CNY, odd ones USD: sum of 10 n + 0.5.
        const qint64 even = qint64(rows / 2 - 1) * (rows / 2), odd = qint64(rows / 2) * (rows / 2);
        QCOMPARE(totals->size(), size_t(2));
        QCOMPARE(totals->at(0).currency, u"CNY"_s);
        QCOMPARE(totals->at(0).sums[0], Decimal(even * 10 + rows / 4));
        QCOMPARE(totals->at(0).sums[1], Decimal(even + odd));
        QCOMPARE(totals->at(1).sums[0], Decimal(odd * 10 + rows / 4));
        QVERIFY(totals->at(1).sums[1].isZero());
        const auto few = waitFor(open(u"state = OPEN"_s)->totals({u"balance"_s}, {0, 1}));
        QCOMPARE(few->at(0).sums[0], Decimal(1 + 4));
        QCOMPARE(waitFor(open(u"count < 5"_s)->totals({u"balance"_s}))->at(0).sums[0], Decimal(10));
    }

    void totalsDoNotOverflow()
    {
        const DatasetId id{u"p"_s, u"big"_s, u"{}"_s};
        QVERIFY(waitFor(m_store->declare(id, BillData::schema())));
        QByteArray page = "{\"rows\":[";
        for (int i = 0; i < 2500; ++i)
            page += (i ? ",{\"id\":\"" : "{\"id\":\"") + QByteArray::number(i)
                + "\",\"amount\":{\"currency_code\":\"CNY\",\"units\":\"9223372036854775807\",\"nanos\":999999999}}";
        auto writer = m_store->beginRefresh(id);
        QVERIFY(waitFor(writer->append(BillData::decode(page + "]}"))));
        QVERIFY(waitFor(writer->commit()));
        const RowViewPtr view = waitFor((*m_store->source(id))->open({})).value();
        const auto expected = Decimal::parse(u"9223372036854775807.999999999")->times(Decimal(2500));
        QCOMPARE(waitFor(view->totals({u"amount"_s}))->at(0).sums[0], *expected);
    }

    void totalsFollowChanges()
    {
        const RowViewPtr view = open({});
        const auto before = waitFor(view->totals({u"amount"_s}))->at(0).sums[0];
        QVERIFY(waitFor(m_store->applyRow(m_id, BillData::batch(2, 1, 7))));
        QCOMPARE(waitFor(view->totals({u"amount"_s}))->at(0).sums[0], *before.plus(Decimal(7)));
        QVERIFY(waitFor(m_store->applyRow(m_id, BillData::batch(2, 1, 0))));
    }

    void removedRowsKeepTheirPlaceEmpty()
    {
        const RowViewPtr view = open({});
        const auto first = waitFor(view->window(0, 2)).value();
        QVERIFY(waitFor(m_store->removeRow(m_id, first[0].key)));
        const auto after = waitFor(view->window(0, 2)).value();
        QVERIFY(after[0].key.isEmpty());
        QCOMPARE(after[1], first[1]);
        QVERIFY(waitFor(m_store->applyRow(m_id, BillData::batch(0, 1))));
        QVERIFY(waitFor(view->window(0, 1)).value()[0].key.isEmpty()); // another row, though of the same key
    }

    void everyRowIsHandedOverInOrder()
    {
        std::vector<QString> keys;
        const auto sink = [&keys](const std::vector<Row> &block) {
            for (const Row &row : block)
                keys.push_back(row.key);
            return true;
        };
        const RowViewPtr view = open({}, u"create_time desc"_s);
        QCOMPARE(waitFor(view->forEach(sink)).value(), view->count());
        QCOMPARE(keys, waitFor(view->keys(0, view->count())).value());
        QCOMPARE(waitFor(view->forEach([](const auto &) { return false; })).value(), 1000);
    }

    void cancelledWorkSaysSo()
    {
        CancelSource cancel;
        cancel.request_stop();
        QCOMPARE(waitFor(source()->open({}, cancel.get_token())).error().kind, ErrorKind::Cancelled);
        QCOMPARE(waitFor(source()->firstRows({}, 10, cancel.get_token())).error().kind, ErrorKind::Cancelled);
        CancelSource during;
        const RowViewPtr view = open({});
        const auto sink = [&during](const auto &) { return during.request_stop(); };
        QCOMPARE(waitFor(view->forEach(sink, during.get_token())).error().kind, ErrorKind::Cancelled);
    }

    // Some 1200 words to look for in every row: the token must end it, and nothing waits for it meanwhile.
    void slowOpenIsCancelledWhilePagesGoOn()
    {
        QString slow = u"name:zzz"_s;
        for (int i = 0; i < 1200; ++i)
            slow += u" OR name:z%1"_s.arg(i);
        RowQuery query;
        query.filter = parseFilter(slow).value();
        CancelSource cancel;
        const RowViewPtr view = open({});
        auto opening = source()->open(query, cancel.get_token());
        QVERIFY(waitFor(view->window(100, 50)));
        QVERIFY(!opening.isFinished());
        cancel.request_stop();
        QCOMPARE(waitFor(opening).error().kind, ErrorKind::Cancelled);
    }

    void groupsAreCountedInOrder()
    {
        RowQuery query;
        query.order = parseOrderBy(u"count desc"_s).value();
        query.filter = parseFilter(u"count < 100"_s).value();
        query.grouping = {u"state"_s, u"name"_s, parseFilter(u"paid = true AND count >= 50"_s).value()};
        const RowViewPtr view = waitFor(source()->open(query)).value();
        const auto &groups = view->groups();
        QCOMPARE(view->count(), 100);
        QCOMPARE(groups.size(), size_t(3));
        qint64 rowsSoFar = 0;
        for (const RowGroup &group : groups) {
            QCOMPARE(group.first, rowsSoFar);
            qint64 troubled = 0, before = 100;
            const auto held = waitFor(view->window(group.first, static_cast<int>(group.count))).value();
            for (const Row &row : held) {
                QVERIFY(row.cells[2] == group.value);
                const qint64 count = std::get<qint64>(row.cells[3]);
                QVERIFY(count < before); // the order within the group
                before = count;
                troubled += count >= 50 && count % 2 == 1;
            }
            QCOMPARE(group.troubled, troubled);
            QCOMPARE(group.title, std::get<QString>(held.front().cells[1]));
            rowsSoFar += group.count;
        }
        QCOMPARE(rowsSoFar, 100);
        QCOMPARE(std::get<QString>(groups[0].value), u"OPEN"_s);
        QCOMPARE(groups[0].count, 33);
        QCOMPARE(waitFor(view->positionOf(waitFor(view->keys(40, 1)).value().front())).value(), 40);
        QVERIFY(open({})->groups().empty());
    }

    void theGroupWithoutAValueIsLast()
    {
        const DatasetId id{u"p"_s, u"some"_s, u"{}"_s};
        QVERIFY(waitFor(m_store->declare(id, BillData::schema())));
        auto writer = m_store->beginRefresh(id);
        QVERIFY(waitFor(writer->append(BillData::decode(
            R"({"rows":[{"id":"a","name":"zone"},{"id":"b"},{"id":"c","name":""},{"id":"d","name":"area"},{"id":"e","name":{"x":1}}]})"))));
        QVERIFY(waitFor(writer->commit()));
        const RowViewPtr view = waitFor((*m_store->source(id))->open({nullptr, {}, 0, {u"name"_s, {}, nullptr}})).value();
        QCOMPARE(view->groups().size(), size_t(4));
        QCOMPARE(std::get<QString>(view->groups()[0].value), u"area"_s);
        QVERIFY(std::holds_alternative<Misfit>(view->groups()[2].value));
        QVERIFY(isNull(view->groups()[3].value));
        QCOMPARE(view->groups()[3].count, 2);
    }

    void whatCannotGroupIsRefused()
    {
        for (const char *field : {"amount", "api_pwd", "nothing"})
            QCOMPARE(waitFor(source()->open({nullptr, {}, 0, {QString::fromLatin1(field), {}, nullptr}})).error().kind, ErrorKind::Rejected);
        QCOMPARE(waitFor(source()->open({nullptr, {}, 0, {u"state"_s, u"count"_s, nullptr}})).error().kind, ErrorKind::Rejected);
        QCOMPARE(waitFor(source()->open({nullptr, {}, 0, {u"state"_s, {}, parseFilter(u"nothing = 1"_s).value()}})).error().kind,
                 ErrorKind::Rejected);
    }

    void badQueriesAreErrors()
    {
        RowQuery query;
        query.order = {{u"nothing"_s, false}};
        QCOMPARE(waitFor(source()->open(query)).error().kind, ErrorKind::Rejected);
        query.order = {{u"api_pwd"_s, false}};
        QCOMPARE(waitFor(source()->open(query)).error().kind, ErrorKind::Rejected);
        query = {};
        query.filter = parseFilter(u"api_pwd = x"_s).value();
        QCOMPARE(waitFor(source()->open(query)).error().kind, ErrorKind::Rejected);
    }
};

QTEST_GUILESS_MAIN(TestRowView)
#include "tst_rowview.moc"
