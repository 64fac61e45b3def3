#include "models/installchecksmodel.h"
#include "models/installstepsmodel.h"
#include "tests/support/loopticker.h"
#include "ui/installmatrix.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <memory>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

using State = StepStatus::State;

InstallStepInfo step(const QString &host, const QString &name, InstallPhase phase, int usualMs, const QStringList &after = {})
{
    InstallStepInfo info;
    info.id = host + u'/' + name;
    info.name = name;
    info.host = host;
    info.phase = phase;
    info.usualMs = usualMs;
    info.after = after;
    return info;
}

StepStatus status(const QString &id, State state, qint64 began = 0, qint64 ended = 0)
{
    StepStatus made;
    made.id = id;
    made.state = state;
    made.beganMs = began;
    made.endedMs = ended;
    return made;
}

CheckResult result(const QString &host, const QString &name, CheckResult::State state, const QString &measured = {})
{
    CheckResult made;
    made.host = host;
    made.name = name;
    made.state = state;
    made.measured = measured;
    return made;
}

std::vector<CheckName> checkNames()
{
    return {{u"NumCPU"_s, CheckResult::Group::Kubeadm},
            {u"Swap"_s, CheckResult::Group::Kubeadm},
            {u"DiskSpace--var"_s, CheckResult::Group::Host},
            {u"Mtu"_s, CheckResult::Group::Across}};
}

} // namespace

// The matrices of the wizard: what a cell says, and getting about in them by keyboard.
class TestInstallMatrix : public QObject {
    Q_OBJECT

    Theme m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/themes/tokens.json"_s));
        m_theme.apply();
    }

    void aCellSumsUpItsSteps()
    {
        InstallStepsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSteps({{u"cp-1"_s, u"Control plane"_s}, {u"wk-1"_s, u"Worker"_s}},
                       {step(u"cp-1"_s, u"swap"_s, InstallPhase::System, 5'000),
                        step(u"cp-1"_s, u"sysctl"_s, InstallPhase::System, 5'000, {u"cp-1/swap"_s}),
                        step(u"wk-1"_s, u"images"_s, InstallPhase::Binaries, 10'000)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 2);
        QCOMPARE(model.headerData(0, Qt::Horizontal, InstallRole::Note).toString(), u"usually 10 s"_s);
        QCOMPARE(model.cell(0, 0).shape, CellShape::Waiting);
        QCOMPARE(model.cell(0, 1).shape, CellShape::NotApplicable); // no step of this phase there
        QCOMPARE(model.progress().remainingMs, 10'000);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setNow(20'000);
        model.setStatuses({status(u"cp-1/swap"_s, State::Done, 10'000, 14'000)});
        QCOMPARE(model.cell(0, 0).shape, CellShape::Waiting); // one of two
        model.setStatuses({status(u"cp-1/sysctl"_s, State::Done, 14'000, 17'500)});
        QCOMPARE(model.cell(0, 0).shape, CellShape::Passed);
        QCOMPARE(model.cell(0, 0).text, u"7.5 s"_s);
        QCOMPARE(changed.size(), 1); // only the cell that says something else
        StepStatus loading = status(u"wk-1/images"_s, State::Running, 15'000);
        loading.done = 1'340'000'000;
        loading.whole = 2'080'000'000;
        model.setStatuses({loading});
        QCOMPARE(model.cell(1, 1).shape, CellShape::Running);
        QCOMPARE(model.cell(1, 1).text, u"5.0 s"_s);
        QCOMPARE(model.cell(1, 1).second, u"1.34 / 2.08 GB"_s);
        QVERIFY(model.cell(1, 1).share > 0.6 && model.cell(1, 1).share < 0.7);
        QVERIFY(!model.cell(1, 1).slow);
        model.setNow(15'000 + 31'000);
        QVERIFY(model.cell(1, 1).slow); // over three times the usual
        QVERIFY(model.index(1, 1).data(Qt::AccessibleTextRole).toString().contains(u"slow"_s));
        model.setStatuses({status(u"wk-1/images"_s, State::Failed, 15'000, 40'000)});
        QCOMPARE(model.cell(1, 1).shape, CellShape::Failed);
        QVERIFY(model.failureAt(model.index(1, 1)));
        QCOMPARE(model.counts(), (InstallCounts{1, 0, 1, 0, 0}));
        QCOMPARE(model.progress().percent, 50); // by usual times
        QCOMPARE(model.progress().remainingMs, 0); // what failed keeps nobody waiting
    }

    void checksStandInGroupsAndAreFiltered()
    {
        InstallChecksModel model([](const QString &name) { return u"title of "_s + name; });
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMatrix(checkNames(), {{u"cp-1"_s, {}}, {u"wk-1"_s, {}}});
        QCOMPARE(model.rowCount(), 4 + 3);
        QVERIFY(model.isGroup(0) && model.isGroup(3) && model.isGroup(5));
        model.setResult(result(u"cp-1"_s, u"NumCPU"_s, CheckResult::State::Pass, u"32"_s));
        model.setResult(result(u"wk-1"_s, u"Swap"_s, CheckResult::State::Warning, u"8 GB"_s));
        model.setResult(result(u"wk-1"_s, u"DiskSpace--var"_s, CheckResult::State::Error, u"3 GB"_s));
        QCOMPARE(model.index(1, 0).data(InstallRole::Shape).toInt(), static_cast<int>(CellShape::Passed));
        QCOMPARE(model.index(1, 0).data().toString(), u"32"_s);
        QCOMPARE(model.headerData(1, Qt::Vertical, InstallRole::Note).toString(), u"NumCPU"_s);
        QCOMPARE(model.nextTrouble({}), model.indexOf(u"wk-1"_s, u"DiskSpace--var"_s)); // errors before warnings
        model.setOnlyTrouble(true);
        QCOMPARE(model.rowCount(), 4); // two of them, each under its group
        model.setShow(InstallChecksModel::Show::Failed);
        QCOMPARE(model.rowCount(), 2);
        model.setResult(result(u"wk-1"_s, u"DiskSpace--var"_s, CheckResult::State::Accepted));
        QCOMPARE(model.rowCount(), 0); // it left by itself
        model.setShow(InstallChecksModel::Show::All);
        model.setOnlyTrouble(false);
        QCOMPARE(model.rowCount(), 7);
        QCOMPARE(model.count(CellShape::Accepted), 1);
    }

    void theKeyboardGoesOverGroups()
    {
        InstallChecksModel model([](const QString &name) { return name; });
        InstallMatrix matrix(&m_theme, nullptr);
        matrix.setModel(&model);
        matrix.setSizes(300, 96, 30);
        connect(&model, &InstallChecksModel::arranged, &matrix, [&] {
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.isGroup(row))
                    matrix.setSpan(row, 0, 1, model.columnCount());
            }
        });
        model.setMatrix(checkNames(), {{u"cp-1"_s, {}}, {u"wk-1"_s, {}}});
        matrix.resize(700, 400);
        matrix.show();
        matrix.setFocus();
        matrix.goTo(1, 1);
        QTest::keyClick(&matrix, Qt::Key_Down);
        QCOMPARE(matrix.currentIndex(), model.index(2, 1));
        QTest::keyClick(&matrix, Qt::Key_Down); // over the group
        QCOMPARE(matrix.currentIndex(), model.index(4, 1));
        QTest::keyClick(&matrix, Qt::Key_Up);
        QCOMPARE(matrix.currentIndex(), model.index(2, 1));
        QTest::keyClick(&matrix, Qt::Key_Left);
        QCOMPARE(matrix.currentIndex(), model.index(2, 0));
        QSignalSpy opened(&matrix, &InstallMatrix::opened);
        QTest::keyClick(&matrix, Qt::Key_Space);
        QCOMPARE(opened.size(), 1);
    }

    void thirtyHostsStayFluent()
    {
        constexpr int hosts = 30;
        std::vector<InstallStepsModel::Host> names;
        std::vector<InstallStepInfo> steps;
        for (int host = 0; host < hosts; ++host) {
            names.push_back({u"host-%1"_s.arg(host), u"Worker"_s});
            for (int phase = static_cast<int>(InstallPhase::Lock); phase <= static_cast<int>(InstallPhase::Report); ++phase) {
                for (const char *part : {"a", "b"})
                    steps.push_back(step(names.back().name, QLatin1String(part) + QString::number(phase), static_cast<InstallPhase>(phase), 10'000));
            }
        }
        InstallStepsModel model;
        InstallMatrix matrix(&m_theme, nullptr);
        matrix.setModel(&model);
        matrix.setSizes(150, 100, 44);
        matrix.resize(1400, 900);
        model.setSteps(names, steps);
        QCOMPARE(model.columnCount(), 12);
        matrix.show();
        QVERIFY(QTest::qWaitForWindowExposed(&matrix));
        int rounds = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            std::vector<StepStatus> changed;
            for (const InstallStepInfo &info : steps) {
                StepStatus now = status(info.id, State::Running, 1);
                now.whole = 1'000'000;
                now.done = (rounds + 1) * 10'000;
                changed.push_back(now);
            }
            model.setNow(1'000 * ++rounds);
            model.setStatuses(changed);
        });
        LoopTicker ticker;
        ticker.reset();
        timer.start(60);
        QTRY_VERIFY_WITH_TIMEOUT(rounds >= 25, 20'000);
        timer.stop();
        QVERIFY2(ticker.within(50), ticker.verdict());
    }
};

QTEST_MAIN(TestInstallMatrix)
#include "tst_installmatrix.moc"
