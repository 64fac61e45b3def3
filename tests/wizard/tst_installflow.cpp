#include "models/installstepsmodel.h"
#include "tests/app/services/fakesecretstore.h"
#include "tests/support/host/installlab.h"
#include "tests/ui/clusterworld.h"
#include "ui/installchoices.h"
#include "ui/installdesks.h"
#include "ui/installdone.h"
#include "ui/installmatrix.h"
#include "ui/installpage.h"
#include "ui/installremoval.h"
#include "ui/installreview.h"
#include "ui/installrunpane.h"
#include "ui/installtrust.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = InstallRun::State;

// A cluster from the wizard, in a whole window, on hosts with real sshd: put up, its way in saved, a worker taken out again.
class TestInstallFlow : public QObject {
    Q_OBJECT

    static constexpr int longMs = 240'000;
    std::unique_ptr<InstallLab> m_lab;
    FakeSecretStore m_keychain;
    std::unique_ptr<ClusterWorld> m_world;
    InstallPage *m_page = nullptr;
    QPointer<Installation> m_one;

    template <class Pane> Pane *pane(InstallPage::Step step) { return qobject_cast<Pane *>(m_page->pane(step)); }
    InstallHost &host(int i) { return (*m_lab)[i]; }
    InstallPlan plan()
    {
        InstallPlan plan;
        plan.cluster = u"flow-01"_s;
        plan.version = u"v1.34.9"_s;
        plan.packageMirror = u"https://packages.example/core"_s;
        for (int i = 0; i < m_lab->size(); ++i)
            plan.hosts.push_back(
                {host(i).name(), host(i).address(), host(i).port(), u"ops"_s, i == 0 ? HostRole::ControlPlane : HostRole::Worker, {}});
        return plan;
    }
    static void press(QPushButton *button)
    {
        QVERIFY2(button && button->isEnabled(), button ? qPrintable(button->text()) : "no button");
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
    }
    QString failures() const
    {
        QStringList lines;
        for (const StepStatus &status : m_one->run()->statuses()) {
            if (status.state == StepStatus::State::Failed)
                lines << status.id + u": "_s + status.error.detail;
        }
        return lines.join(u'\n') + m_one->run()->error().detail;
    }
    void untilEnded()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_one->run()->state() == State::Done || m_one->run()->state() == State::Failed, longMs);
        QVERIFY2(m_one->run()->state() == State::Done, qPrintable(failures()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::vector<HostOptions> options(3);
        options[0].name = u"cp-1"_s;
        options[0].swap = true;
        options[1].name = u"wk-1"_s;
        options[2].name = u"wk-2"_s;
        m_lab = std::make_unique<InstallLab>(options);
        QVERIFY2(m_lab->start(), qPrintable(m_lab->errorText()));
        m_world = std::make_unique<ClusterWorld>();
        m_world->keychain = &m_keychain;
        QVERIFY2(m_world->openWindow(), qPrintable(m_world->failure));
        followInstallations(m_world->context);
    }
    void cleanupTestCase()
    {
        m_world.reset();
        m_lab.reset();
    }

    void aClusterIsPutUp()
    {
        InstallDesk *desk = installDeskOf(m_world->context);
        QVERIFY(desk);
        const auto made = desk->create(plan(), {});
        QTRY_VERIFY(made.isFinished());
        QVERIFY(made.result());
        m_world->window->openPage(PageAddress{u"install"_s, {*made.result()}}.id());
        m_page = qobject_cast<InstallPage *>(m_world->currentPage());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->state(), Page::State::Ready, 10'000);
        m_one = m_page->installation();
        HostSignIn signIn;
        signIn.password = host(0).options().password;
        m_one->setSignIn({}, signIn, false);
        m_page->goTo(InstallPage::Trust);
        QTRY_VERIFY_WITH_TIMEOUT(!m_one->isReadingKeys() && m_one->trustOf(u"wk-2"_s)->state == HostTrust::State::Unknown, 30'000);
        const auto trusted = m_one->trustKeys({u"cp-1"_s, u"wk-1"_s, u"wk-2"_s});
        QTRY_VERIFY_WITH_TIMEOUT(trusted.isFinished() && m_one->isAllTrusted(), 30'000);
        m_page->goTo(InstallPage::Plan);
        m_world->picture(u"flow-plan"_s);
        pane<InstallReviewPane>(InstallPage::Plan)->next();
        QCOMPARE(m_page->step(), InstallPage::Install);
        QTRY_VERIFY_WITH_TIMEOUT(m_one->run()->permille() > 200 || m_one->run()->state() == State::Failed, longMs);
        m_world->picture(u"flow-under-way"_s);
        untilEnded();
        m_world->picture(u"flow-run-done"_s);
        const InstallStepsModel *model = pane<InstallRunPane>(InstallPage::Install)->model();
        QCOMPARE(model->rowCount(), 3);
        QCOMPARE(model->counts().failed, 0);
    }

    void theWayInIsSavedByKeyboard()
    {
        press(m_page->nextButton());
        QCOMPARE(m_page->step(), InstallPage::Done);
        auto *done = pane<InstallDonePane>(InstallPage::Done);
        QTRY_VERIFY(done->report()->toPlainText().contains(u"flow-01"_s));
        const QString file = m_world->data.filePath(u"flow.kubeconfig"_s);
        m_world->prompt.willAnswer(true, file);
        press(done->saveKubeconfigButton());
        QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(file), qPrintable(m_world->error.detail), 10'000);
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly) && saved.readAll().contains("clusters:"));
        QCOMPARE(saved.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
        m_world->picture(u"flow-done"_s);
    }

    // One worker, not the cluster: what it does and costs is said, its name is typed.
    void aWorkerIsTakenOut()
    {
        auto *done = pane<InstallDonePane>(InstallPage::Done);
        press(done->removeWorkersButton());
        auto *dialog = m_page->findChild<InstallRemoval *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->acceptButton()->isEnabled());
        QVERIFY(!dialog->box(u"cp-1"_s)); // no control plane
        dialog->box(u"wk-1"_s)->setFocus();
        QTest::keyClick(dialog->box(u"wk-1"_s), Qt::Key_Space);
        QVERIFY2(dialog->costText().contains(u"drain wk-1"_s) && dialog->costText().contains(u"about"_s), qPrintable(dialog->costText()));
        QCOMPARE(dialog->nameToType(), u"wk-1"_s);
        QVERIFY(!dialog->acceptButton()->isEnabled());
        dialog->nameField()->setFocus();
        QTest::keyClicks(dialog->nameField(), u"wk-1"_s);
        QVERIFY(dialog->acceptButton()->isEnabled());
        const QString folder = qEnvironmentVariable("KBOSS_PICTURES");
        if (!folder.isEmpty())
            dialog->grab().save(folder + u"/flow-removal.png"_s);
        press(dialog->acceptButton());
        QCOMPARE(m_page->step(), InstallPage::Install);
        QCOMPARE(m_one->run()->kind(), InstallRun::Kind::RemoveWorker);
        QCOMPARE(pane<InstallRunPane>(InstallPage::Install)->model()->rowCount(), 2); // wk-2 has no part in it
        untilEnded();
        m_world->picture(u"flow-removed"_s);
        QVERIFY(!host(1).fileExists(u"/etc/kubernetes/kubelet.conf"_s));
        QVERIFY(host(2).fileExists(u"/etc/kubernetes/kubelet.conf"_s));
        QCOMPARE(m_one->removedWorkers(), QStringList{u"wk-1"_s});
        m_page->goTo(InstallPage::Done);
        QVERIFY(done->saveKubeconfigButton()->isEnabled()); // the cluster is still there
        m_world->picture(u"flow-done-removed"_s);
    }
};

QTEST_MAIN(TestInstallFlow)
#include "tst_installflow.moc"
