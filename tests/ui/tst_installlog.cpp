#include "models/installlogmodel.h"
#include "tests/support/loopticker.h"
#include "ui/installlogview.h"
#include "ui/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTest>
#include <memory>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

StepLogLine line(const QString &text, StepLogLine::Kind kind = StepLogLine::Kind::Output, qint64 ms = 0)
{
    StepLogLine made;
    made.ms = ms;
    made.host = u"cp-1"_s;
    made.step = u"cp-1/runtime"_s;
    made.kind = kind;
    made.text = text;
    return made;
}

std::vector<StepLogLine> linesOf(const QStringList &texts)
{
    std::vector<StepLogLine> lines;
    qint64 ms = 0;
    for (const QString &text : texts)
        lines.push_back(line(text, StepLogLine::Kind::Output, ++ms));
    return lines;
}

QStringList shown(const FoldedLog &log)
{
    QStringList texts;
    for (const FoldedLog::Entry &entry : log.entries())
        texts << (entry.isFold() ? u"[%1x%2]"_s.arg(entry.foldedLines).arg(entry.folds) : entry.text);
    return texts;
}

QStringList rows(const InstallLogModel &model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row).data().toString();
    return texts;
}

} // namespace

// The log of one host: folding, pinned errors, search, and 200,000 lines.
class TestInstallLog : public QObject {
    Q_OBJECT

    Theme m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/themes/tokens.json"_s));
        m_theme.apply();
    }

    void repetitionsAreFoldedAndNothingElse_data()
    {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("shown");
        QTest::newRow("none") << u"a b c"_s << u"a b c"_s;
        QTest::newRow("one line") << u"a a"_s << u"a [1x1]"_s;
        QTest::newRow("one line, often") << u"x a a a a y"_s << u"x a [1x3] y"_s;
        QTest::newRow("two lines") << u"a b a b a b c"_s << u"a b [2x2] c"_s;
        QTest::newRow("three lines") << u"a b c a b c a b c"_s << u"a b c [3x2]"_s;
        QTest::newRow("broken off") << u"a b c a b c a b d"_s << u"a b c [3x1] a b d"_s;
        QTest::newRow("not a cycle") << u"a b c d e a b"_s << u"a b c d e a b"_s;
        QTest::newRow("again after another") << u"a a b a a"_s << u"a [1x1] b a [1x1]"_s;
    }
    void repetitionsAreFoldedAndNothingElse()
    {
        QFETCH(QString, lines);
        QFETCH(QString, shown);
        const QStringList all = lines.split(u' ');
        FoldedLog atOnce, oneByOne;
        atOnce.append(linesOf(all));
        atOnce.settle();
        for (const QString &text : all)
            oneByOne.append(linesOf({text}));
        oneByOne.settle();
        QCOMPARE(::shown(atOnce).join(u' '), shown);
        QCOMPARE(::shown(oneByOne).join(u' '), shown);
    }

    // Random logs in random pieces: the model tells every change truly (the tester looks), and shows what a log read in one go shows.
    void theModelFollowsTheLog()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 20; ++round) {
            InstallLogModel model(60);
            QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            QStringList all;
            for (int piece = 0; piece < 40; ++piece) {
                std::vector<StepLogLine> lines;
                for (quint32 i = random.bounded(6u); i > 0; --i) {
                    const QString text(QChar(u'a' + static_cast<char16_t>(random.bounded(3u))));
                    all << text;
                    lines.push_back(line(text, random.bounded(5u) == 0 ? StepLogLine::Kind::Error : StepLogLine::Kind::Output));
                }
                model.append(lines);
                if (random.bounded(9u) == 0)
                    model.setErrorsFirst(!model.errorsFirst());
            }
            QCOMPARE(model.lines(), all.size());
            QVERIFY(model.rowCount() <= 60 + InstallLogModel::mostPinned + 2);
        }
    }

    void errorsStandFirst()
    {
        InstallLogModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append({line(u"begin"_s), line(u"it broke"_s, StepLogLine::Kind::Error), line(u"end"_s)});
        QCOMPARE(rows(model), (QStringList{u"1 error"_s, u"it broke"_s, u"By time"_s, u"begin"_s, u"it broke"_s, u"end"_s}));
        model.setErrorsFirst(false);
        QCOMPARE(rows(model), (QStringList{u"begin"_s, u"it broke"_s, u"end"_s}));
        model.setErrorsFirst(true);
        std::vector<StepLogLine> many;
        for (int i = 0; i < 30; ++i)
            many.push_back(line(u"e%1"_s.arg(i), StepLogLine::Kind::Error));
        model.append(many);
        QCOMPARE(model.errors(), 31);
        QCOMPARE(rows(model).first(), u"The last 12 of 31 errors"_s);
        QCOMPARE(rows(model).at(12), u"e29"_s);
    }

    void searchFindsAndCounts()
    {
        InstallLogModel model(1'000);
        model.append({line(u"swap is on"_s), line(u"nothing"_s), line(u"disable SWAP"_s)});
        model.setSearch(u"swap"_s);
        QTRY_COMPARE(model.hits(), 2);
        QCOMPARE(model.stepHit(1), 0);
        QCOMPARE(model.stepHit(1), 2);
        QCOMPARE(model.stepHit(1), 0); // round the corner
        QCOMPARE(model.stepHit(-1), 2);
        model.append({line(u"swap again"_s)});
        QTRY_COMPARE(model.hits(), 3);
        std::vector<StepLogLine> many;
        for (int i = 0; i < 2'000; ++i)
            many.push_back(line(u"line %1"_s.arg(i)));
        model.append(many); // pushes them out
        QTRY_COMPARE(model.hits(), 0);
        model.setSearch({});
        QCOMPARE(model.stepHit(1), -1);
    }

    void theViewFollowsUntilOneLooksUp()
    {
        InstallLogView view(&m_theme, nullptr);
        view.resize(900, 300);
        view.show();
        std::vector<StepLogLine> lines;
        for (int i = 0; i < 200; ++i)
            lines.push_back(line(u"line %1"_s.arg(i)));
        view.append(lines);
        QTRY_COMPARE(view.list()->verticalScrollBar()->value(), view.list()->verticalScrollBar()->maximum());
        QVERIFY(view.list()->verticalScrollBar()->maximum() > 0);
        view.list()->setFocus();
        view.list()->setCurrentIndex(view.model()->index(100));
        QTest::keyClick(view.list(), Qt::Key_Up);
        QVERIFY(!view.follows());
        const int kept = view.list()->verticalScrollBar()->value();
        view.append({line(u"more"_s)});
        QTest::keyClick(view.list(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(u"line 99"_s));
        QCOMPARE(view.list()->verticalScrollBar()->value(), kept);
        QTest::keyClick(view.list(), Qt::Key_End);
        QVERIFY(view.follows());
    }

    // As they come from 30 hosts: 20 times a second, 500 lines at once, with the search on.
    void twoHundredThousandLinesStayFluent()
    {
        InstallLogView view(&m_theme, nullptr);
        view.resize(900, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        std::vector<StepLogLine> lines;
        for (int i = 0; i < 200'000; ++i)
            lines.push_back(line(u"[kubelet-check] line %1 of the log, as long as they are"_s.arg(i),
                                 i % 997 == 0 ? StepLogLine::Kind::Error : StepLogLine::Kind::Output, i));
        view.append(lines);
        view.searchField()->setText(u"line 19"_s);
        QTRY_VERIFY(!view.model()->isSearching());
        QCoreApplication::sendPostedEvents();
        LoopTicker ticker;
        QTRY_VERIFY(view.model()->hits() > 1'000);
        int sent = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            std::vector<StepLogLine> some;
            for (int i = 0; i < 100; ++i)
                some.push_back(line(u"new line %1"_s.arg(sent * 100 + i)));
            view.append(some);
            ++sent;
        });
        ticker.reset();
        timer.start(50);
        QTRY_VERIFY_WITH_TIMEOUT(sent >= 30, 20'000);
        timer.stop();
        QVERIFY2(ticker.within(50), ticker.verdict());
    }
};

QTEST_MAIN(TestInstallLog)
#include "tst_installlog.moc"
