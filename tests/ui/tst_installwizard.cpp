#include "models/installchecksmodel.h"
#include "models/installhostsmodel.h"
#include "models/installstepsmodel.h"
#include "models/installtrustmodel.h"
#include "tests/support/sshhost.h"
#include "tests/ui/clusterworld.h"
#include "ui/installchecks.h"
#include "ui/installdesks.h"
#include "ui/installdone.h"
#include "ui/installhosts.h"
#include "ui/installlist.h"
#include "ui/installmatrix.h"
#include "ui/installpage.h"
#include "ui/installplanform.h"
#include "ui/installrail.h"
#include "ui/installreview.h"
#include "ui/installrunpane.h"
#include "ui/installtrust.h"
#include "ui/plaintable.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// The installation wizard in a whole window: walked through by keyboard, its first pages against a real sshd.
class TestInstallWizard : public QObject {
    Q_OBJECT

    std::unique_ptr<ClusterWorld> m_world;
    std::unique_ptr<SshHost> m_host;
    InstallPage *m_page = nullptr;

    template <class Pane> Pane *pane(InstallPage::Step step) { return qobject_cast<Pane *>(m_page->pane(step)); }
    static void typeInCell(QTableView *table, int row, int column, const QString &text)
    {
        table->setFocus();
        table->setCurrentIndex(table->model()->index(row, column));
        QTest::keyClick(table, Qt::Key_F2);
        QWidget *editor = QApplication::focusWidget();
        QVERIFY(editor && editor != table);
        if (auto *line = qobject_cast<QLineEdit *>(editor))
            line->selectAll();
        QTest::keyClicks(editor, text);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget(), table); // it is taken, and the editor closed, at the next turn of the loop
        QCOMPARE(table->model()->index(row, column).data(Qt::EditRole).toString(), text);
    }
    static void typeInField(InstallPlanForm *form, const QString &pointer, const QString &text)
    {
        QLineEdit *field = form->field(pointer);
        QVERIFY(field);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    QString open() const { return m_page->openText(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_world = std::make_unique<ClusterWorld>();
        QVERIFY2(m_world->openWindow(), qPrintable(m_world->failure));
        m_host = std::make_unique<SshHost>();
        QVERIFY2(m_host->start(), qPrintable(m_host->errorText()));
        followInstallations(m_world->context);
        QVERIFY(installDeskOf(m_world->context));
    }
    void cleanupTestCase() { m_world.reset(); }

    // From the clusters of a center: the draft knows the center.
    void aNewOneIsBegunFromTheClusters()
    {
        m_world->window->openPage(u"installs"_s);
        auto *list = qobject_cast<InstallListPage *>(m_world->currentPage());
        QVERIFY(list);
        QTRY_COMPARE_WITH_TIMEOUT(list->state(), Page::State::Empty, 10'000);
        m_world->picture(u"install-list-empty"_s);
        m_world->window->openRow(u"compute-cluster"_s, {m_world->center}, {}, {});
        auto *button = m_world->currentPage()->findChild<QPushButton *>(u"installCluster"_s);
        QVERIFY(button && button->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(qobject_cast<ResourcePage *>(m_world->currentPage())->view()), 15'000);
        m_world->picture(u"install-from-clusters"_s);
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT((m_page = qobject_cast<InstallPage *>(m_world->currentPage())), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->state(), Page::State::Ready, 10'000);
        QTRY_COMPARE(pane<InstallHostsPane>(InstallPage::Hosts)->form()->centerId(), m_world->center);
        QVERIFY(!m_page->nextButton()->isEnabled());
        QCOMPARE(open(), u"no host yet"_s);
    }

    void hostsAreTypedAndFaultsStandAtTheirFields()
    {
        auto *hosts = pane<InstallHostsPane>(InstallPage::Hosts);
        hosts->table()->setFocus();
        QTest::keyClick(hosts->table(), Qt::Key_Insert);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(hosts->model()->rowCount(), 1);
        typeInCell(hosts->table(), 0, InstallHostsModel::Name, u"Not A Name"_s);
        QVERIFY(hosts->model()->index(0, InstallHostsModel::Name).data(InstallHostsModel::FaultRole).toBool());
        QVERIFY(hosts->model()->faultAt(0, InstallHostsModel::Name).startsWith(u"Not a name"_s));
        QVERIFY(!hosts->form()->faultOf(u"/cluster"_s).isEmpty()); // the moment it is wrong
        m_world->picture(u"install-hosts-faults"_s);
        typeInCell(hosts->table(), 0, InstallHostsModel::Name, u"cp-1"_s);
        typeInCell(hosts->table(), 0, InstallHostsModel::Address, u"127.0.0.1"_s);
        typeInCell(hosts->table(), 0, InstallHostsModel::Port, QString::number(m_host->port()));
        typeInCell(hosts->table(), 0, InstallHostsModel::User, m_host->user());
        QCOMPARE(hosts->model()->hosts().front().role, HostRole::ControlPlane);
        typeInField(hosts->form(), u"/cluster"_s, u"test-01"_s);
        typeInField(hosts->form(), u"/version"_s, u"v1.34.9"_s);
        typeInField(hosts->form(), u"/podRange"_s, u"nonsense"_s);
        QVERIFY(hosts->form()->faultOf(u"/podRange"_s).startsWith(u"Not a range"_s));
        typeInField(hosts->form(), u"/podRange"_s, u"10.244.0.0/16"_s);
        QTRY_COMPARE(m_page->installation()->faults().size(), size_t(0));
        QCOMPARE(open(), u"1 host without sign-in"_s);
        QVERIFY(m_page->title().contains(u"test-01"_s));
    }

    void aFileTellsItsFaultsByLine()
    {
        auto *hosts = pane<InstallHostsPane>(InstallPage::Hosts);
        QFile file(m_world->data.filePath(u"hosts.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,address,port,role\nwk-1,10.9.9.9,22,worker\nwk-2,10.9.9.10,99999,worker\n");
        file.close();
        hosts->importFile(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(hosts->model()->rowCount(), 2, 10'000);
        auto *lines = hosts->findChild<QPlainTextEdit *>();
        QVERIFY(lines && lines->isVisible());
        QVERIFY2(lines->toPlainText().startsWith(u"Line 3"_s), qPrintable(lines->toPlainText()));
        m_world->picture(u"install-hosts-file"_s);
        hosts->table()->setFocus();
        hosts->table()->setCurrentIndex(hosts->model()->index(1, 0));
        QTest::keyClick(hosts->table(), Qt::Key_Delete);
        QCOMPARE(hosts->model()->rowCount(), 1);
    }

    void signingInLeavesNoSecretInThePlan()
    {
        auto *hosts = pane<InstallHostsPane>(InstallPage::Hosts);
        HostSignIn signIn;
        signIn.keyFile = m_host->keyFile();
        m_page->installation()->setSignIn({}, signIn, false);
        QTRY_VERIFY(m_page->nextButton()->isEnabled());
        QVERIFY(hosts->model()->index(0, InstallHostsModel::SignIn).data().toString().startsWith(u"key "_s));
        m_world->picture(u"install-hosts"_s);
    }

    void theKeyIsShownAndTrusted()
    {
        m_page->nextButton()->setFocus();
        QTest::keyClick(m_page->nextButton(), Qt::Key_Space);
        QCOMPARE(m_page->step(), InstallPage::Trust);
        auto *trust = pane<InstallTrustPane>(InstallPage::Trust);
        QTRY_COMPARE_WITH_TIMEOUT(trust->model()->hostsIn(HostTrust::State::Unknown).size(), 1, 20'000);
        QVERIFY(trust->model()->at(0)->fingerprint.startsWith(u"SHA256:"_s));
        QVERIFY(!m_page->nextButton()->isEnabled());
        QCOMPARE(open(), u"1 key open"_s);
        m_world->picture(u"install-trust-new"_s);
        auto *button = trust->findChild<QPushButton *>(u"trustRow"_s);
        QVERIFY(button && button->isVisible());
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->installation()->isAllTrusted(), 10'000);
        QTRY_VERIFY(m_page->nextButton()->isEnabled());
        QCOMPARE(trust->model()->good(), 1);
        m_world->picture(u"install-trust"_s);
    }

    void checksSayWhatTheyMeasured()
    {
        QTest::keyClick(m_page->rail()->item(InstallPage::Checks), Qt::Key_Return);
        QCOMPARE(m_page->step(), InstallPage::Checks);
        auto *checks = pane<InstallChecksPane>(InstallPage::Checks);
        QVERIFY(m_page->installation()->isAllTrusted());
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->installation()->checks()->isRunning() && m_page->installation()->checks()->endedMs() > 0, 90'000);
        QVERIFY(checks->model()->rowCount() > 10);
        QTRY_COMPARE(checks->model()->count(CellShape::Running), 0);
        QVERIFY(checks->model()->count(CellShape::Passed) > 0);
        const QModelIndex trouble = checks->model()->nextTrouble({});
        if (trouble.isValid()) {
            checks->matrix()->setFocus();
            QTest::keyClick(checks->matrix(), Qt::Key_F8);
            QCOMPARE(checks->matrix()->currentIndex(), trouble);
        }
        m_world->picture(u"install-checks"_s);
        if (checks->model()->count(CellShape::Failed) > 0) {
            QVERIFY(!m_page->nextButton()->isEnabled());
            QVERIFY(open().contains(u"not passed"_s));
        }
    }

    void thePlanSaysWhatWillBeChanged()
    {
        QTest::keyClick(m_page->rail()->item(InstallPage::Plan), Qt::Key_Return);
        auto *review = pane<InstallReviewPane>(InstallPage::Plan);
        QCOMPARE(review->tree()->model()->rowCount(), 1);
        QVERIFY(review->tree()->model()->index(0, 0).data().toString().startsWith(u"cp-1"_s));
        QVERIFY(review->tree()->model()->rowCount(review->tree()->model()->index(0, 0)) > 3);
        m_world->picture(u"install-plan"_s);
    }

    void whatWasNotBegunSaysSo()
    {
        for (const auto step : {InstallPage::Install, InstallPage::Done}) {
            QTest::keyClick(m_page->rail()->item(step), Qt::Key_Return);
            QCOMPARE(m_page->step(), step);
            m_world->picture(u"install-empty-%1"_s.arg(static_cast<int>(step)));
        }
        QCOMPARE(pane<InstallRunPane>(InstallPage::Install)->model()->rowCount(), 0);
        QVERIFY(!m_page->nextButton()->isVisible());
    }

    void openedAgainItIsAsItWas()
    {
        const QString id = m_page->pageId();
        m_world->window->workspace()->discard(id);
        m_page = nullptr;
        m_world->window->openPage(id);
        m_page = qobject_cast<InstallPage *>(m_world->currentPage());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->state(), Page::State::Ready, 10'000);
        QCOMPARE(m_page->installation()->plan().cluster, u"test-01"_s);
        QCOMPARE(m_page->installation()->plan().hosts.front().port, int(m_host->port()));
        m_world->window->openPage(u"installs"_s);
        auto *list = qobject_cast<InstallListPage *>(m_world->currentPage());
        QTRY_COMPARE_WITH_TIMEOUT(list->rows(), 1, 10'000);
        QTest::keyClick(list->table(), Qt::Key_Return);
        QCOMPARE(m_world->currentPage()->pageId(), id);
    }

    void everyPartIsReachedByKeyboard()
    {
        m_page->setFocus();
        m_page->goTo(InstallPage::Hosts);
        QSet<QWidget *> seen;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
            seen << QApplication::focusWidget();
        }
        QVERIFY(seen.size() >= 2);
        for (int step = 0; step < InstallPage::Steps; ++step) {
            QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(Qt::Key_1 + step), Qt::AltModifier);
            QCOMPARE(static_cast<int>(m_page->step()), step);
            QVERIFY(!m_page->rail()->item(step)->accessibleName().isEmpty());
        }
    }

    // Both languages, both themes: for eyes.
    void itIsShownInEveryLook()
    {
        for (const char *language : {"zh_CN", "en"}) {
            m_world->language.set(QLatin1String(language));
            m_world->window->retranslate();
            for (const bool dark : {false, true}) {
                m_world->theme.setDark(dark);
                for (int step = 0; step < InstallPage::Steps; ++step) {
                    m_page->goTo(static_cast<InstallPage::Step>(step));
                    QCoreApplication::sendPostedEvents();
                    m_world->picture(u"look-%1-%2-%3"_s.arg(QLatin1String(language).left(2)).arg(dark ? u"dark"_s : u"light"_s).arg(step));
                }
            }
        }
        m_world->theme.setDark(false);
    }
};

QTEST_MAIN(TestInstallWizard)
#include "tst_installwizard.moc"
