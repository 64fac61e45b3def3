#include "tests/ui/tableworld.h"

#include <QBackingStore>

using namespace kboss;

// What is on the screen when a table has no time for its rows at once.
class TestTablePaint : public QObject {
    Q_OBJECT

    static QImage screen(const DataTable &table)
    {
        const auto *whole = dynamic_cast<const QImage *>(table.window()->backingStore()->paintDevice());
        if (!whole)
            return {};
        const QRect part(table.viewport()->mapTo(table.window(), QPoint()), table.viewport()->size());
        return whole->copy(part).convertToFormat(QImage::Format_RGB32);
    }
    static QImage picture(DataTable &table) { return table.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32); }
    // How many rows from the top are as they have to be.
    static int rowsDone(const QImage &screen, const QImage &picture, int height)
    {
        if (screen.size() != picture.size())
            return -1;
        for (int y = 0; y < picture.height(); ++y) {
            if (std::memcmp(screen.constScanLine(y), picture.constScanLine(y), size_t(picture.width()) * 4) != 0)
                return y / height;
        }
        return picture.height() / height + 1;
    }

private Q_SLOTS:
    void aTurnPaintsWhatItHasTimeFor()
    {
        TableWorld world;
        world.table.setPaintBudget(std::chrono::microseconds(0)); // a row a turn
        world.bar()->setValue(400 * world.height() + 7);
        QTRY_COMPARE(world.topKey(), u"k400"_s);
        const int all = world.table.viewport()->height() / world.height() + 1;
        QVERIFY(all > 8);
        std::vector<int> done;
        for (int turn = 0; turn < 200 && (done.empty() || done.back() < all); ++turn) {
            QCoreApplication::processEvents();
            done.push_back(rowsDone(screen(world.table), picture(world.table), world.height()));
        }
        QCOMPARE(done.back(), all);
        for (size_t i = 1; i < done.size(); ++i)
            QVERIFY2(done[i] - done[i - 1] <= 2, qPrintable(u"%1, then %2 rows"_s.arg(done[i - 1]).arg(done[i])));
    }

    void aPictureIsAlwaysWhole()
    {
        TableWorld world;
        world.bar()->setValue(100 * world.height());
        QTRY_COMPARE(world.topKey(), u"k100"_s);
        const QImage before = picture(world.table);
        world.table.setPaintBudget(std::chrono::microseconds(0));
        QCOMPARE(picture(world.table), before);
    }

    void scrollingMeanwhileLeavesNothingOld()
    {
        TableWorld world;
        world.table.setPaintBudget(std::chrono::microseconds(0));
        world.bar()->setValue(300 * world.height());
        for (int step = 1; step <= 12; ++step) { // each moves a picture that is half old
            QCoreApplication::processEvents();
            world.bar()->setValue(300 * world.height() + step * 11);
        }
        QTRY_COMPARE(rowsDone(screen(world.table), picture(world.table), world.height()), world.table.viewport()->height() / world.height() + 1);
    }

    void rowsAreTakenAsPaintedOnceAllOfThemAre()
    {
        TableWorld world;
        world.table.setPaintBudget(std::chrono::microseconds(0));
        QSignalSpy painted(&world.table, &DataTable::rowsPainted);
        world.reload();
        QTRY_COMPARE(painted.size(), 1);
        QCOMPARE(rowsDone(screen(world.table), picture(world.table), world.height()), world.table.viewport()->height() / world.height() + 1);
    }
};

QTEST_MAIN(TestTablePaint)
#include "tst_tablepaint.moc"
