#include "models/installstepsmodel.h"
#include "models/installstepwords.h"
#include "tests/ui/installpanes.h"
#include "ui/installchoices.h"
#include "ui/installmatrix.h"
#include "ui/installrunpane.h"

#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

using Kind = InstallChoice::Kind;
using State = InstallRun::State;

// The page of a run: every state it can come to has a way on, and each says what it costs and does before it is gone. On real sshd; the steps are
// small.
class TestInstallRunPane : public QObject {
    Q_OBJECT

    InstallPanes m_panes;
    std::unique_ptr<InstallRunPane> m_pane;
    InstallRun *m_run = nullptr;

    QString mark(const QString &name) const { return m_panes.world.folder->filePath(u"marks/"_s + name); }
    void press(QPushButton *button)
    {
        QVERIFY2(button->isEnabled(), qPrintable(button->text()));
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
    }
    QPushButton *goOn() const { return qobject_cast<QPushButton *>(m_pane->headButtons().last()); }
    void show()
    {
        m_pane = std::make_unique<InstallRunPane>(m_panes.context, m_panes.installation, nullptr);
        m_pane->resize(1300, 800);
        for (QWidget *button : m_pane->headButtons())
            button->setParent(m_pane.get());
        m_pane->show();
        m_pane->enter();
    }
    // Both hosts begin; "runtime" of the worker fails.
    void failOnTheWorker()
    {
        QVERIFY(m_panes.world.put(u"marks/fail-wk-1-runtime"_s));
        const auto run = m_panes.installation->start();
        QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
        m_run = *run;
        show();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Failed, 60'000);
        QTRY_VERIFY(m_pane->choices()->step() == u"wk-1/runtime"_s);
    }
    int row(const QString &host) const { return m_pane->model()->rowOf(host); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_panes.start()); }
    void init() { m_panes.renew(); }
    void cleanup()
    {
        m_pane.reset();
        m_panes.language.set(u"en"_s);
    }

    void threeWaysOnWithTheirCost()
    {
        failOnTheWorker();
        InstallChoices *choices = m_pane->choices();
        QVERIFY2(choices->titleText().contains(u"wk-1"_s) && choices->titleText().contains(u"install containerd"_s),
                 qPrintable(choices->titleText()));
        QVERIFY2(choices->whyText().contains(u"no luck"_s), qPrintable(choices->whyText()));
        QStringList costs;
        for (const QLabel *label : choices->findChildren<QLabel *>()) {
            if (label->text().startsWith(u"Takes about"_s))
                costs << label->text();
        }
        QCOMPARE(costs.size(), 3);
        for (const Kind kind : {Kind::RepeatStep, Kind::UndoStep, Kind::UndoHost})
            QVERIFY(choices->button(kind)->isEnabled());
        QVERIFY(!choices->helpButton()->isVisible()); // nothing else helps
        InstallPanes::picture(m_pane.get(), u"run-failed"_s);
        // Of a host where all is well there is nothing to choose.
        m_pane->matrix()->goTo(row(u"cp-1"_s), 0);
        QVERIFY(choices->step().isEmpty() && !choices->isVisible());
    }

    void repeatGoesOnByKeyboard()
    {
        failOnTheWorker();
        QVERIFY(QFile::remove(mark(u"fail-wk-1-runtime"_s)));
        press(m_pane->choices()->button(Kind::RepeatStep));
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Done, 60'000);
        QTRY_COMPARE(m_pane->model()->cell(row(u"wk-1"_s), 0).shape, CellShape::Passed);
        QVERIFY(!goOn()->isVisible());
        QCOMPARE(m_panes.world.counts().count("wk-1-system"), 1); // what was done was not done again
        InstallPanes::picture(m_pane.get(), u"run-done"_s);
    }

    void undoOfAStepSaysWhatItTakesBack()
    {
        failOnTheWorker();
        m_panes.prompt.willAnswer(false);
        press(m_pane->choices()->button(Kind::UndoStep));
        QTRY_VERIFY(!m_panes.prompt.asked().empty());
        const Question question = m_panes.prompt.asked().back();
        QVERIFY2(question.title.contains(u"install containerd"_s) && !question.title.contains(u"wk-1/runtime"_s), qPrintable(question.title));
        QVERIFY(question.dangerous && question.nameToType.isEmpty() && !question.details.isEmpty());
        QVERIFY2(question.text.contains(u"Takes about"_s), qPrintable(question.text));
        QCOMPARE(m_run->status(u"wk-1/runtime"_s).state, StepStatus::State::Failed); // declined
    }

    // What kubeadm did goes by a reset of the host: said plainly, and the host's name is typed.
    void undoOfKubeadmIsAReset()
    {
        QVERIFY(m_panes.world.put(u"marks/fail-wk-1-join"_s));
        m_run = *m_panes.installation->start();
        show();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Failed, 60'000);
        QTRY_COMPARE(m_pane->choices()->step(), u"wk-1/join"_s);
        for (const Kind kind : {Kind::UndoStep, Kind::UndoHost}) {
            const size_t before = m_panes.prompt.asked().size();
            m_panes.prompt.willAnswer(false);
            press(m_pane->choices()->button(kind));
            QTRY_VERIFY(m_panes.prompt.asked().size() > before);
            const Question question = m_panes.prompt.asked().back();
            QCOMPARE(question.nameToType, u"wk-1"_s);
            QVERIFY2(question.text.contains(u"wk-1 is reset"_s), qPrintable(question.text));
            QVERIFY2(question.acceptText.startsWith(u"Reset"_s), qPrintable(question.acceptText));
        }
    }

    // After an undo nothing has failed any more, and there is a way on all the same.
    void afterAnUndoThereIsAWayOn()
    {
        failOnTheWorker();
        m_panes.prompt.willAnswer(true);
        press(m_pane->choices()->button(Kind::UndoHost));
        QTRY_COMPARE_WITH_TIMEOUT(m_run->status(u"wk-1/system"_s).state, StepStatus::State::Undone, 30'000);
        QCOMPARE(m_panes.prompt.asked().back().nameToType, u"wk-1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Failed, 30'000);
        m_pane->matrix()->goTo(row(u"wk-1"_s), 0);
        InstallChoices *choices = m_pane->choices();
        QTRY_COMPARE(choices->step(), u"wk-1/system"_s);
        QVERIFY2(choices->titleText().contains(u"taken back"_s), qPrintable(choices->titleText()));
        QVERIFY(choices->isVisible() && choices->button(Kind::RepeatStep)->isEnabled());
        QVERIFY(!choices->button(Kind::UndoStep)->isEnabled());
        QVERIFY(goOn()->isEnabled());
        QCOMPARE(m_pane->model()->cell(row(u"wk-1"_s), 0).shape, CellShape::SetAside); // nothing there counts as done
        InstallPanes::picture(m_pane.get(), u"run-undone"_s);
        QVERIFY(QFile::remove(mark(u"fail-wk-1-runtime"_s)));
        press(choices->button(Kind::RepeatStep));
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Done, 60'000);
    }

    // The rest goes on to its end without a host, with a reason that stands in the report; and takes it in again.
    void aHostIsLeftOutWithAReason()
    {
        failOnTheWorker();
        QPushButton *leave = m_pane->choices()->button(Kind::LeaveOut);
        m_panes.prompt.willAnswer(true, u"   "_s);
        press(leave);
        QTRY_COMPARE(m_panes.error.field, u"reason"_s);
        QVERIFY(m_run->leftOut().isEmpty());
        m_panes.prompt.willAnswer(true, u"its disk is being changed"_s);
        press(leave);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Done, 60'000);
        QVERIFY(m_panes.prompt.asked().back().title.contains(u"wk-1"_s));
        QCOMPARE(m_run->leftOut(), QStringList{u"wk-1"_s});
        QCOMPARE(m_panes.installation->entry().leftOut, 1);
        QVERIFY2(QString::fromUtf8(m_panes.installation->reportText()).contains(u"Left out: wk-1 (its disk is being changed"_s),
                 m_panes.installation->reportText().constData());
        InstallPanes::picture(m_pane.get(), u"run-left-out"_s);
        m_pane->matrix()->goTo(row(u"wk-1"_s), 1);
        QVERIFY(QFile::remove(mark(u"fail-wk-1-runtime"_s)));
        QTRY_VERIFY(m_pane->choices()->button(Kind::RepeatStep)->isEnabled());
        press(m_pane->choices()->button(Kind::RepeatStep));
        QTRY_VERIFY_WITH_TIMEOUT(m_run->state() == State::Done && m_run->leftOut().isEmpty(), 60'000);
    }

    // Somebody else's lock: who has it and since when stand there, and it is broken with a reason.
    void aForeignLockIsBrokenWithAReason()
    {
        m_panes.desk =
            std::make_unique<InstallDesk>(withLocks(partsIn(m_panes.world.folder->path(), m_panes.world.secrets.get(), m_panes.world.clock, false),
                                                    m_panes.world.folder->filePath(u"marks"_s)));
        m_panes.installation = m_panes.world.ready(m_panes.desk.get());
        QVERIFY(putForeignLock(m_panes.world.folder->path()));
        m_run = *m_panes.installation->start();
        show();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Failed, 60'000);
        QTRY_COMPARE(m_pane->choices()->step(), u"cp-1/lock"_s);
        QVERIFY2(m_pane->choices()->whyText().contains(u"wang@laptop"_s), qPrintable(m_pane->choices()->whyText()));
        InstallPanes::picture(m_pane.get(), u"run-locked"_s);
        QPushButton *help = m_pane->choices()->helpButton();
        QTRY_VERIFY(help->isVisible());
        m_panes.prompt.willAnswer(true, u"he has left"_s);
        press(help);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Done, 60'000);
        const Question question = m_panes.prompt.asked().back();
        QVERIFY(question.dangerous && question.details.join(u'\n').contains(u"wang@laptop"_s));
    }

    // Not even the engine could start: what is wrong is said, and the same button goes on once it is put right.
    void whatCouldNotStartIsTriedAgain()
    {
        InstallDetails details = m_panes.installation->details();
        details.filesFolder = m_panes.world.folder->filePath(u"brought"_s);
        m_panes.installation->setDetails(details);
        m_run = *m_panes.installation->start();
        show();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Failed, 30'000);
        QVERIFY(!m_run->error().detail.isEmpty());
        const auto labels = m_pane->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
                            [&](const QLabel *label) { return label->isVisible() && label->text().contains(details.filesFolder); }));
        InstallPanes::picture(m_pane.get(), u"run-not-started"_s);
        QVERIFY(QDir().mkpath(details.filesFolder));
        press(goOn());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Done, 60'000);
    }

    void failedAsAWholeGoesOnFromTheTitle()
    {
        failOnTheWorker();
        QVERIFY(QFile::remove(mark(u"fail-wk-1-runtime"_s)));
        press(goOn());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), State::Done, 60'000);
    }

    // No English among the Chinese words: neither names of steps nor reasons.
    void inChineseToo()
    {
        failOnTheWorker();
        QVERIFY(m_panes.language.set(u"zh_CN"_s));
        m_pane->retranslate();
        m_pane->matrix()->goTo(row(u"wk-1"_s), 0);
        static const QRegularExpression word(u"[A-Za-z]{4,}"_s);
        QString title = m_pane->choices()->titleText();
        title.remove(u"containerd"_s);
        QVERIFY2(!title.contains(word), qPrintable(title));
        using Why = InstallChoice::Why;
        for (const auto why : {Why::NotFailed, Why::NothingDone, Why::NoUndo, Why::NothingOnHost, Why::HostBusy, Why::OthersJoined,
                               Why::LeftOutAlready, Why::HostDone, Why::FirstControlPlane, Why::HalfMember}) {
            InstallChoice choice{InstallChoice::Kind::UndoStep, {}, u"cp1"_s, false, why, 0, {}, {}};
            choice.others = {u"w1"_s};
            QVERIFY2(!choiceWhyText(choice).isEmpty() && !choiceWhyText(choice).contains(word), qPrintable(choiceWhyText(choice)));
        }
        for (const QPushButton *button : m_pane->choices()->findChildren<QPushButton *>())
            QVERIFY2(!button->text().contains(word), qPrintable(button->text()));
        InstallPanes::picture(m_pane.get(), u"run-failed-zh"_s);
    }
};

QTEST_MAIN(TestInstallRunPane)
#include "tst_installrunpane.moc"
