#include "tests/ui/consolefixture.h"
#include "ui/freshnesstext.h"
#include "ui/resourceview.h"
#include "ui/scopebar.h"
#include "ui/scopedpage.h"
#include "ui/widgets.h"

#include <QAction>
#include <QSignalSpy>
#include <QToolButton>

using namespace kboss;
using namespace Qt::StringLiterals;

// Pods as they are watched: read again by the clock, held while somebody reads them, and plain about which of both it is.
class TstLivePods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void itIsReadAgainByTheClock();
    void aPauseHoldsTheRows();
    void whatIsOlderThanItsPeriodIsStale();

private:
    ResourceFeed *feed() const { return m_page->view()->feed(); }
    Freshness synced() const { return m_world.session->sync()->freshness(feed()->spec().id); }
    QString chip() const;
    QStringList rowTexts() const;

    ConsoleFixture m_world;
    std::unique_ptr<ScopedPage> m_page;
};

void TstLivePods::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
    m_page = std::make_unique<ScopedPage>(*m_world.resources.find(u"cluster-pod"_s), m_world.context);
    m_page->resize(1500, 900);
    m_page->show();
    m_page->setShown(true);
    m_page->scope()->chooseFirst();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->rows() > 20, 15'000);
    QTRY_COMPARE(m_page->freshness().state, Freshness::State::Live);
}

QString TstLivePods::chip() const
{
    for (const Chip *chip : m_page->view()->findChildren<Chip *>()) {
        if (chip->text().contains(u"ago"_s))
            return chip->text();
    }
    return {};
}

QStringList TstLivePods::rowTexts() const
{
    QStringList texts;
    for (int row = 0; row < feed()->model()->rowCount(); ++row) {
        for (int column = 0; column < feed()->model()->columnCount(); ++column) {
            const CellText *cell = feed()->model()->cell(row, column);
            texts << (cell ? cell->text : u"…"_s);
        }
    }
    return texts;
}

void TstLivePods::itIsReadAgainByTheClock()
{
    const qint64 before = synced().asOfMs;
    QTRY_VERIFY_WITH_TIMEOUT(synced().asOfMs > before, 8'000);
    QVERIFY2(chip().startsWith(u"Live"_s), qPrintable(chip()));
}

void TstLivePods::aPauseHoldsTheRows()
{
    QAction *pause = m_page->view()->namedAction(u"pause"_s);
    auto *button = m_page->view()->findChild<QToolButton *>(u"button-pause"_s);
    QVERIFY(pause && button);
    QCOMPARE(pause->text(), u"Pause Pods"_s);
    QTRY_VERIFY(!feed()->isFetching());
    button->click();
    QVERIFY(feed()->isPaused() && button->isChecked() && pause->isChecked());
    QCOMPARE(pause->text(), u"Go on reading Pods"_s);
    QVERIFY2(chip().startsWith(u"Paused"_s), qPrintable(chip()));
    const Freshness held = m_page->freshness();
    QStringList rows; // what the last reading before the pause brought is on its way to the screen: until it does not move any more
    int same = 0;
    const auto isAtRest = [&] {
        const QStringList now = rowTexts();
        same = now == rows ? same + 1 : 0;
        rows = now;
        return same >= 5;
    };
    QTRY_VERIFY(isAtRest());

    // Another view of the same pods goes on: its readings do not move the rows held here.
    m_world.session->sync()->setVisible(feed()->spec().id, true);
    QTRY_VERIFY_WITH_TIMEOUT(synced().asOfMs > held.asOfMs, 8'000);
    m_world.session->sync()->setVisible(feed()->spec().id, false);
    QCOMPARE(m_page->freshness(), held);
    QCOMPARE(rowTexts(), rows);

    // Nobody asks by the clock any more.
    const qint64 last = synced().asOfMs;
    QTRY_COMPARE_WITH_TIMEOUT(synced().state, Freshness::State::Cached, 12'000);
    QCOMPARE(synced().asOfMs, last);

    // A person may: what is read then is shown, and held again.
    m_page->view()->namedAction(u"refresh"_s)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_page->freshness().asOfMs > last, 8'000);
    QVERIFY(feed()->isPaused());
    QTRY_VERIFY(rowTexts() != rows);

    const qint64 asked = m_page->freshness().asOfMs;
    pause->trigger();
    QVERIFY(!feed()->isPaused() && !button->isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(m_page->freshness().asOfMs > asked, 8'000);
    QTRY_VERIFY2(chip().startsWith(u"Live"_s), qPrintable(chip()));
}

void TstLivePods::whatIsOlderThanItsPeriodIsStale()
{
    const qint64 now = 1'790'000'000'000;
    const auto words = [now](Freshness::State state, Watch watch, bool offline = false) {
        return freshnessText({state, now - 40'000}, now, offline, watch).text;
    };
    QVERIFY(words(Freshness::State::Cached, Watch::Live).startsWith(u"Stale"_s));
    QVERIFY(words(Freshness::State::Cached, Watch::Live, true).startsWith(u"Cached"_s));
    QVERIFY(words(Freshness::State::Cached, Watch::None).startsWith(u"Cached"_s));
    QVERIFY(words(Freshness::State::Live, Watch::Paused).startsWith(u"Paused"_s));
    QVERIFY(words(Freshness::State::Failed, Watch::Live).startsWith(u"Refresh failed"_s));
    QCOMPARE(freshnessText({Freshness::State::None, 0}, now, false, Watch::Paused).text, u"Not read yet"_s);
}

QTEST_MAIN(TstLivePods)
#include "tst_livepods.moc"
