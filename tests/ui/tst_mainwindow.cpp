#include "tests/ui/uifixture.h"
#include "ui/commandpalette.h"
#include "ui/documentarea.h"
#include "ui/floatingwindow.h"
#include "ui/messagebar.h"
#include "ui/navigationmodel.h"
#include "ui/navigationpanel.h"
#include "ui/page.h"
#include "ui/profileform.h"
#include "ui/profilespage.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;

class TstMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensEachPageOnce();
    void firstStartOffersBothWays();
    void aTabGoesIntoAWindowAndBack();
    void tabsComeBackAfterARestart();
    void theLanguageSwitchesEverythingOnScreen();
    void thePaletteFindsByPinyinAndRuns();
    void theNavigationHasOnlyGroupsWithPages();
    void narrowWindowsCollapseTheNavigation();
    void unsavedWorkIsAskedFor();
    void leavingAConnectionAsksFirst();
    void anotherProfileAsksFirst();
    void errorsAreSaidWithRetryAndDetails();
    void aProfileIsCheckedAsTypedAndSaved();
};

void TstMainWindow::opensEachPageOnce()
{
    UiFixture ui;
    ui.window->show();
    for (const char *id : {"start", "profiles", "activity"}) {
        ui.window->openPage(QString::fromLatin1(id));
        Page *page = ui.window->workspace()->page(QString::fromLatin1(id));
        QVERIFY2(page, id);
        QCOMPARE(ui.window->workspace()->currentPage(), page);
        QVERIFY(!page->title().isEmpty());
    }
    ui.window->openPage(QStringLiteral("start"));
    QCOMPARE(ui.window->documents()->ids().size(), 3);
    ui.window->openPage(QStringLiteral("no-such-page"));
    QCOMPARE(ui.window->documents()->ids().size(), 3);
    ui.window->workspace()->close(QStringLiteral("activity"));
    QCOMPARE(ui.window->documents()->ids(), (QStringList{QStringLiteral("start"), QStringLiteral("profiles")}));
}

void TstMainWindow::firstStartOffersBothWays()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPage(QStringLiteral("start"));
    auto *tryHere = ui.window->findChild<QPushButton *>(QStringLiteral("tryHere"));
    auto *connectTo = ui.window->findChild<QPushButton *>(QStringLiteral("connect"));
    QVERIFY(tryHere && connectTo);
    tryHere->click();
    QCOMPARE(ui.connected, QStringList{QStringLiteral("small")});
    connectTo->click();
    QCOMPARE(ui.window->documents()->currentId(), QStringLiteral("profiles"));
}

void TstMainWindow::aTabGoesIntoAWindowAndBack()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPage(QStringLiteral("start"));
    ui.window->openPage(QStringLiteral("activity"));
    Page *page = ui.window->workspace()->page(QStringLiteral("activity"));
    ui.window->workspace()->tearOff(QStringLiteral("activity"));
    QCOMPARE(ui.window->documents()->ids(), QStringList{QStringLiteral("start")});
    QCOMPARE(ui.window->workspace()->windows().size(), 1);
    QCOMPARE(ui.window->workspace()->page(QStringLiteral("activity")), page); // the same page, not a new one
    QVERIFY(page->isVisible());
    QCOMPARE(page->window(), ui.window->workspace()->windows().constFirst());
    ui.window->workspace()->dock(QStringLiteral("activity"));
    QCOMPARE(ui.window->workspace()->windows().size(), 0);
    QCOMPARE(ui.window->documents()->currentId(), QStringLiteral("activity"));
    QCOMPARE(page->window(), ui.window.get());
    QVERIFY(page->isVisible());
}

void TstMainWindow::tabsComeBackAfterARestart()
{
    UiFixture ui;
    ui.window->show();
    for (const char *id : {"start", "profiles", "activity"})
        ui.window->openPage(QString::fromLatin1(id));
    ui.window->openPage(QStringLiteral("profiles"));
    ui.window->workspace()->tearOff(QStringLiteral("activity"));
    ui.window->leaveContext();
    QVERIFY(ui.window->documents()->ids().isEmpty());
    QVERIFY(ui.settings.flush());
    Settings again(ui.folder.filePath(QStringLiteral("settings.json")));
    QVERIFY(again.load());
    MainWindow second(&ui.theme, &again, &ui.trace);
    second.setContext(ui.context);
    second.show();
    QCOMPARE(second.documents()->ids(), (QStringList{QStringLiteral("start"), QStringLiteral("profiles")}));
    QCOMPARE(second.documents()->currentId(), QStringLiteral("profiles"));
    QCOMPARE(second.workspace()->floatingIds(), QStringList{QStringLiteral("activity")});
    QVERIFY(!second.workspace()->page(QStringLiteral("start"))); // made when it is looked at
    second.leaveContext();
}

void TstMainWindow::theLanguageSwitchesEverythingOnScreen()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPage(QStringLiteral("profiles"));
    Page *page = ui.window->workspace()->page(QStringLiteral("profiles"));
    const QString before = page->title();
    ui.language.set(QStringLiteral("en"));
    QCOMPARE(page->title(), QStringLiteral("Connections"));
    QVERIFY(before != page->title());
    const QRegularExpression han(QStringLiteral("[\\x{4e00}-\\x{9fff}]"));
    for (const QPushButton *button : ui.window->findChildren<QPushButton *>())
        QVERIFY2(!button->text().contains(han), qPrintable(button->text()));
    for (const QLabel *label : ui.window->findChildren<QLabel *>())
        QVERIFY2(!label->text().contains(han), qPrintable(label->text()));
    ui.language.set(QStringLiteral("zh_CN"));
    QCOMPARE(page->title(), before);
    for (const QPushButton *button : ui.window->findChildren<QPushButton *>())
        QVERIFY2(button->text().isEmpty() || button->text().contains(han), qPrintable(button->text()));
}

void TstMainWindow::thePaletteFindsByPinyinAndRuns()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPalette();
    CommandPalette *palette = ui.window->palette();
    QVERIFY(palette->isVisible());
    QTest::keyClicks(palette->field(), QStringLiteral("ljda")); // the initials of the connections page's name
    QVERIFY(!palette->shownTitles().isEmpty());
    QTest::keyClick(palette->field(), Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(ui.window->documents()->currentId(), QStringLiteral("profiles"));
    ui.window->openPalette();
    QTest::keyClicks(palette->field(), QStringLiteral("dark")); // English is found while Chinese is on screen
    QTest::keyClick(palette->field(), Qt::Key_Return);
    QVERIFY(ui.theme.isDark());
    ui.window->openPalette();
    QTest::keyClick(palette->field(), Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void TstMainWindow::theNavigationHasOnlyGroupsWithPages()
{
    UiFixture ui;
    NavigationModel *model = ui.window->navigation()->model();
    QAbstractItemModelTester tester(model);
    QCOMPARE(model->rowCount(), 2); // without a session: overview and system
    for (int row = 0; row < model->rowCount(); ++row)
        QVERIFY(model->rowCount(model->index(row, 0)) > 0);
    model->setCount(QStringLiteral("start"), 12);
    QCOMPARE(model->indexOf(QStringLiteral("start")).data(NavigationModel::CountRole).toInt(), 12);
    QVERIFY(!model->indexOf(QStringLiteral("journal")).isValid());
}

void TstMainWindow::narrowWindowsCollapseTheNavigation()
{
    UiFixture ui;
    ui.window->show();
    QVERIFY(!ui.window->navigation()->isCollapsed());
    ui.window->resize(1100, 700);
    QTRY_VERIFY(ui.window->navigation()->isCollapsed());
    ui.window->resize(1500, 900);
    QTRY_VERIFY(!ui.window->navigation()->isCollapsed());
}

void TstMainWindow::unsavedWorkIsAskedFor()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPage(QStringLiteral("profiles"));
    auto *page = qobject_cast<ProfilesPage *>(ui.window->workspace()->page(QStringLiteral("profiles")));
    QVERIFY(page);
    Profile changed = page->form()->profile();
    changed.name = QStringLiteral("x");
    page->form()->findChild<QLineEdit *>()->setText(QStringLiteral("changed"));
    QVERIFY(page->hasUnsaved());
    ui.prompt.willAnswer(false);
    ui.window->workspace()->close(QStringLiteral("profiles"));
    QTRY_COMPARE(ui.prompt.asked().size(), size_t(1));
    QVERIFY(ui.window->workspace()->page(QStringLiteral("profiles")));
    ui.prompt.willAnswer(true);
    ui.window->workspace()->close(QStringLiteral("profiles"));
    QTRY_VERIFY(!ui.window->documents()->contains(QStringLiteral("profiles")));
}

void TstMainWindow::leavingAConnectionAsksFirst()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPage(QStringLiteral("profiles"));
    int left = 0;
    ui.window->askLeave([&left] { ++left; });
    QCOMPARE(left, 1); // nothing to lose, nothing to ask
    ui.window->workspace()->page(QStringLiteral("profiles"))->findChild<QLineEdit *>()->setText(QStringLiteral("changed"));
    ui.prompt.willAnswer(false);
    ui.prompt.willAnswer(true);
    ui.window->askLeave([&left] { left += 10; });
    ui.window->askLeave([&left] { left += 100; });
    QTRY_COMPARE(left, 101);
    QCOMPARE(ui.prompt.asked().size(), size_t(2));
}

void TstMainWindow::anotherProfileAsksFirst()
{
    UiFixture ui;
    for (const char *id : {"first", "second"}) {
        Profile profile;
        profile.id = profile.name = QString::fromLatin1(id);
        profile.color = QStringLiteral("info");
        profile.urls = {{ServiceKind::Kboss, QUrl(QStringLiteral("https://example.com"))}};
        QVERIFY(ui.profiles.save(profile));
    }
    ui.window->show();
    ui.window->openPage(QStringLiteral("profiles"));
    auto *page = qobject_cast<ProfilesPage *>(ui.window->workspace()->page(QStringLiteral("profiles")));
    auto *list = page->findChild<QListWidget *>();
    QCOMPARE(page->form()->profile().id, QStringLiteral("first"));
    page->form()->findChild<QLineEdit *>()->setText(QStringLiteral("changed"));
    ui.prompt.willAnswer(false);
    list->setCurrentRow(1);
    QTRY_COMPARE(ui.prompt.asked().size(), size_t(1));
    QTRY_COMPARE(list->currentRow(), 0);
    QVERIFY(page->hasUnsaved());
    ui.prompt.willAnswer(true);
    list->setCurrentRow(1);
    QTRY_COMPARE(page->form()->profile().id, QStringLiteral("second"));
    QCOMPARE(list->currentRow(), 1);
    QVERIFY(!page->hasUnsaved());
}

void TstMainWindow::errorsAreSaidWithRetryAndDetails()
{
    UiFixture ui;
    ui.window->show();
    MessageBar *bar = ui.window->documents()->messages();
    Error error;
    error.kind = ErrorKind::Cancelled;
    ui.window->showError(error, QStringLiteral("x"), {});
    QVERIFY(!bar->isVisible()); // cancelled is silent
    error.kind = ErrorKind::Timeout;
    error.detail = QStringLiteral("no byte for 30 s");
    int retried = 0;
    ui.window->showError(error, QStringLiteral("Reading accounts"), [&retried] { ++retried; });
    QVERIFY(bar->isVisible());
    QVERIFY(bar->text().contains(QStringLiteral("Reading accounts")));
    for (QPushButton *button : bar->findChildren<QPushButton *>()) {
        if (!button->isCheckable())
            button->click();
    }
    QCOMPARE(retried, 1);
    QVERIFY(!bar->isVisible());
}

void TstMainWindow::aProfileIsCheckedAsTypedAndSaved()
{
    UiFixture ui;
    ui.window->show();
    ui.window->openPage(QStringLiteral("profiles"));
    auto *page = qobject_cast<ProfilesPage *>(ui.window->workspace()->page(QStringLiteral("profiles")));
    ProfileForm *form = page->form();
    Profile profile = form->profile();
    profile.name = QStringLiteral("North");
    profile.signIn = SignInKind::Token;
    profile.urls = {{ServiceKind::Kboss, QUrl(QStringLiteral("http://example.com"))}};
    form->setProfile(profile, true);
    QVERIFY(!form->isGood()); // plain http to another computer
    profile.urls = {{ServiceKind::Kboss, QUrl(QStringLiteral("https://example.com"))}};
    form->setProfile(profile, true);
    QVERIFY(form->isGood());
    page->pageActions().at(1)->trigger();
    QCOMPARE(ui.profiles.profiles().size(), 1);
    QCOMPARE(ui.profiles.profiles().constFirst().name, QStringLiteral("North"));
    QVERIFY(!page->hasUnsaved());
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
