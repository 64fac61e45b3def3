#include "models/cardspec.h"
#include "tests/ui/clusterworld.h"
#include "ui/carddelegate.h"
#include "ui/cardlist.h"
#include "ui/filterbar.h"
#include "ui/segments.h"
#include "ui/stateoverlay.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace kboss;
using namespace Qt::StringLiterals;

// Clusters as cards beside their table, on the real service.
class TestCardList : public QObject {
    Q_OBJECT

    std::unique_ptr<ClusterWorld> m_world;
    ResourceView *m_view = nullptr;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    CardList *cards() const { return m_view->cards(); }
    QAbstractButton *segment(const char *id) const { return m_view->findChild<QAbstractButton *>(u"segment-"_s + QLatin1String(id)); }

private Q_SLOTS:
    void initTestCase()
    {
        m_world = std::make_unique<ClusterWorld>();
        QVERIFY2(m_world->openWindow(), qPrintable(m_world->failure));
        // A center with several clusters: arrows need somewhere to go.
        size_t most = 0;
        QString richest = m_world->center;
        for (const QJsonValue &center : m_world->rows(u"cpclist/get_cpclist.dspy"_s, {{u"rows"_s, u"100"_s}})) {
            const QString id = center[u"id"_s].toString();
            const auto count = static_cast<size_t>(m_world->rows(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, id}}).size());
            if (count > most) {
                most = count;
                richest = id;
            }
        }
        QVERIFY(most >= 2);
        m_view = m_world->page(u"compute-cluster"_s, {richest})->view();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_view->feed()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(m_view), 15'000);
        QTRY_COMPARE(m_view->feed()->matching(), static_cast<qint64>(most));
    }
    void init()
    {
        m_view->setShowsCards(true);
        m_view->table()->showRow(0);
    }
    void cleanupTestCase()
    {
        m_tester.reset();
        m_world.reset();
    }

    void aCardSaysWhatItsViewSays()
    {
        const ResourceType &type = *m_world->resources.find(u"compute-cluster"_s);
        const CardSpec card = cardSpecOf(type);
        const auto id = [&](int column) { return column < 0 ? QString() : type.columns[static_cast<size_t>(column)].field.id; };
        QCOMPARE(id(card.name), u"name"_s);
        QCOMPARE(id(card.state), u"cluster_state"_s);
        QStringList facts, bars, dates;
        for (const int column : card.facts)
            facts << id(column);
        for (const CardSpec::Bar &bar : card.bars)
            bars << id(bar.field) + u'/' + id(bar.inner);
        for (const int column : card.dates)
            dates << id(column);
        QCOMPARE(facts, (QStringList{u"version"_s, u"backend"_s, u"figures_time"_s, u"pod_count"_s}));
        QCOMPARE(bars, (QStringList{u"node_ready/"_s, u"cpu_asked/cpu_used"_s, u"memory_asked/memory_used"_s, u"gpu_asked/"_s}));
        QCOMPARE(dates, (QStringList{u"certificate_date"_s, u"export_date"_s}));
        for (const auto &other : m_world->resources.all())
            QCOMPARE(cardSpecOf(*other).isEmpty(), other->id != u"compute-cluster"_s);
    }

    void theLookIsSwitchedAndRemembered()
    {
        QVERIFY(m_view->showsCards() && cards()->isVisible() && !m_view->table()->isVisible());
        segment("table")->click();
        QVERIFY(!cards()->isVisible() && m_view->table()->isVisible());
        QCOMPARE(m_world->settings.value(u"look-of/compute-cluster"_s).toString(), u"table"_s);
        segment("cards")->click();
        QVERIFY(cards()->isVisible() && !m_view->table()->isVisible());
        QCOMPARE(m_world->settings.value(u"look-of/compute-cluster"_s).toString(), u"cards"_s);
        QCOMPARE(m_world->page(u"cluster-worker"_s, {})->view()->cards(), nullptr);
        m_world->window->openPage(u"compute-cluster"_s);
    }

    void selectionIsTheTables()
    {
        m_view->table()->showRow(1);
        QCOMPARE(cards()->currentIndex().row(), 1);
        QVERIFY(cards()->selectionModel()->isSelected(m_view->feed()->model()->index(1, 0)));
        const QRect first = cards()->visualRect(m_view->feed()->model()->index(0, 0));
        QTest::mouseClick(cards()->viewport(), Qt::LeftButton, {}, first.center());
        QCOMPARE(m_view->currentRow()->key, m_view->feed()->model()->row(0)->key);
        QCOMPARE(m_view->table()->selectedCount(), 1);
    }

    void arrowsMove()
    {
        cards()->setFocus();
        const int across = cards()->columns(), last = m_view->feed()->model()->rowCount() - 1;
        QVERIFY(across >= 2);
        QTest::keyClick(cards(), Qt::Key_Right);
        QCOMPARE(m_view->table()->currentRow(), 1);
        QTest::keyClick(cards(), Qt::Key_Left);
        QCOMPARE(m_view->table()->currentRow(), 0);
        QTest::keyClick(cards(), Qt::Key_Left);
        QCOMPARE(m_view->table()->currentRow(), 0);
        QTest::keyClick(cards(), Qt::Key_End);
        QCOMPARE(m_view->table()->currentRow(), last);
        QTest::keyClick(cards(), Qt::Key_Home);
        QCOMPARE(m_view->table()->currentRow(), 0);
        QTest::keyClick(cards(), Qt::Key_Down);
        QCOMPARE(m_view->table()->currentRow(), std::min(last, last >= across ? across : 0));
        QCOMPARE(m_view->table()->selectedCount(), 1);
    }

    void enterOpensTheDashboard()
    {
        cards()->setFocus();
        const QString key = m_view->currentRow()->key;
        QTest::keyClick(cards(), Qt::Key_Return);
        QTRY_VERIFY(m_world->currentPage()->pageId().startsWith(u"cluster/"_s));
        QVERIFY(m_world->currentPage()->pageId().endsWith(key));
        m_world->window->openPage(u"compute-cluster"_s);
        m_view->setShowsCards(false); // and from the table
        QTest::keyClick(m_view->table(), Qt::Key_Return);
        QTRY_VERIFY(m_world->currentPage()->pageId().endsWith(key));
        m_world->window->openPage(u"compute-cluster"_s);
    }

    void theMenuIsTheTables()
    {
        QSignalSpy menu(cards(), &CardList::menuAsked);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(cards()->viewport(), &event);
        QCOMPARE(menu.size(), 1);
        const QList<QMenu *> menus = m_view->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(!menus.isEmpty());
        QVERIFY(menus.last()->actions().contains(m_view->namedAction(u"jump-dashboard"_s)));
        QVERIFY(menus.last()->actions().contains(m_view->namedAction(u"delete"_s)));
        delete menus.last();
    }

    void filtersAndEmptyStatesAreTheTables()
    {
        const QString name = ClusterWorld::shown(m_view, 1, u"name"_s);
        const qint64 all = m_view->feed()->matching();
        FilterConditions conditions;
        conditions.replace(*parseFilter(u"name = \"%1\""_s.arg(name)));
        m_view->setConditions(conditions);
        QTRY_COMPARE(m_view->feed()->matching(), 1);
        QTRY_COMPARE(cards()->model()->rowCount(), 1);
        conditions.replace(*parseFilter(u"name = \"no such cluster\""_s));
        m_view->setConditions(conditions);
        QTRY_COMPARE(m_view->state(), Page::State::FilteredOut);
        QTRY_VERIFY(m_view->overlay()->isVisible());
        QCOMPARE(m_view->overlay()->parentWidget(), cards()->viewport());
        QCOMPARE(m_view->overlay()->size(), cards()->viewport()->size());
        m_view->namedAction(u"clear-filters"_s)->trigger();
        QTRY_COMPARE(m_view->feed()->matching(), all);
        QTRY_VERIFY(!m_view->overlay()->isVisible());
    }

    void hoverTellsTheWholeFigures()
    {
        CardDelegate *delegate = m_view->findChild<CardDelegate *>();
        QVERIFY(delegate);
        const QRect cell = cards()->visualRect(m_view->feed()->model()->index(0, 0));
        QVERIFY(delegate->textAt(0, cell, cell.topLeft() + QPoint(30, 25)).contains(ClusterWorld::shown(m_view, 0, u"name"_s)));
        const QString cpu = delegate->textAt(0, cell, QPoint(cell.right() - 60, cell.top() + 90));
        QVERIFY2(cpu.contains(u"CPU asked for"_s) && cpu.contains(u"CPU in use"_s), qPrintable(cpu));
        const QString dates = delegate->textAt(0, cell, QPoint(cell.left() + 60, cell.bottom() - 20));
        QVERIFY2(dates.startsWith(u"Certificates until: "_s), qPrintable(dates));
    }

    void followsThemeAndLanguage()
    {
        m_world->picture(u"cards-light-en"_s);
        const QImage light = cards()->grab().toImage();
        m_world->theme.setDark(true);
        setCurrentLanguage(u"zh_CN"_s);
        m_world->window->retranslate();
        m_world->picture(u"cards-dark-zh"_s);
        const QImage dark = cards()->grab().toImage();
        QCOMPARE(dark.size(), light.size());
        QVERIFY(qGray(dark.pixel(4, 4)) < 80 && qGray(light.pixel(4, 4)) > 180);
        m_world->theme.setDark(false);
        setCurrentLanguage(u"en"_s);
        m_world->window->retranslate();
    }

    void onlyCardsInViewAreAskedFor()
    {
        QSignalSpy painted(cards(), &CardList::rowsPainted);
        m_view->feed()->model()->reload();
        QTRY_VERIFY_WITH_TIMEOUT(painted.size() > 0, 10'000);
        QVERIFY(m_view->isReady());
    }
};

QTEST_MAIN(TestCardList)
#include "tst_cardlist.moc"
