#include "tests/ui/tableworld.h"

using namespace kboss;
using namespace Qt::StringLiterals;

// A table that is read again and again keeps the rows under the eyes where they are, whatever comes and goes above them.
class TestScrollAnchor : public QObject {
    Q_OBJECT

    static std::vector<int> without(std::vector<int> rows, int from, int to)
    {
        std::erase_if(rows, [from, to](int row) { return row >= from && row < to; });
        return rows;
    }
    static std::vector<int> with(std::vector<int> rows, int at, int count)
    {
        for (int i = 0; i < count; ++i)
            rows.insert(rows.begin() + at + i, 5'000 + i);
        return rows;
    }

private Q_SLOTS:
    void whatIsReadStaysInItsPlace_data()
    {
        QTest::addColumn<std::vector<int>>("rows");
        QTest::addColumn<QString>("top");
        QTest::addColumn<int>("moved"); // in rows
        const std::vector<int> all = FakeRowSource(900).rows();
        QTest::newRow("none came") << all << u"k400"_s << 0;
        QTest::newRow("three come at the very top") << with(all, 0, 3) << u"k400"_s << 3;
        QTest::newRow("a page of rows comes above") << with(all, 100, 250) << u"k400"_s << 250;
        QTest::newRow("five go above") << without(all, 20, 25) << u"k400"_s << -5;
        QTest::newRow("one comes right above") << with(all, 400, 1) << u"k400"_s << 1;
        QTest::newRow("the top row itself goes") << without(all, 400, 401) << u"k399"_s << -1; // k401 stays where it was
        QTest::newRow("rows come below") << with(all, 600, 7) << u"k400"_s << 0;
        QTest::newRow("everything is in another order") << std::vector<int>(all.rbegin(), all.rend()) << u"k499"_s << 0;
    }

    void whatIsReadStaysInItsPlace()
    {
        QFETCH(const std::vector<int>, rows);
        QFETCH(const QString, top);
        QFETCH(const int, moved);
        TableWorld world;
        const int value = 400 * world.height() + 7; // seven pixels of the top row are above the edge
        world.bar()->setValue(value);
        QTRY_COMPARE(world.topKey(), u"k400"_s);
        for (int reading = 0; reading < 3; ++reading) { // as a live table is read: the second and third bring nothing new
            world.source->setRows(rows);
            world.reload();
            QCOMPARE(world.bar()->value(), value + moved * world.height());
            QTRY_COMPARE(world.topKey(), top);
        }
    }

    void theVeryTopStaysTheTop()
    {
        TableWorld world;
        world.source->setRows(with(world.source->rows(), 0, 4));
        world.reload();
        QCOMPARE(world.bar()->value(), 0);
        QTRY_COMPARE(world.topKey(), u"k5000"_s);
    }

    void anotherQuestionStartsFromTheBar()
    {
        TableWorld world;
        const int value = 400 * world.height();
        world.bar()->setValue(value);
        QTRY_COMPARE(world.topKey(), u"k400"_s);
        world.source->setRows(with(world.source->rows(), 0, 3));
        QSignalSpy opened(&world.model, &ResourceModel::opened);
        RowQuery other = world.model.query();
        other.order.push_back({u"name"_s, false}); // the same order of these rows, and yet the person's own doing
        world.model.setQuery(other);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(world.bar()->value(), value);
        world.source->setRows(with(world.source->rows(), 0, 2)); // and from then on it holds again
        world.reload();
        QCOMPARE(world.bar()->value(), value + 2 * world.height());
    }
};

QTEST_MAIN(TestScrollAnchor)
#include "tst_scrollanchor.moc"
