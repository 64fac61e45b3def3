#include "ui/mainmenu.h"

#include "ui/environment.h"
#include "ui/language.h"
#include "ui/page.h"
#include "ui/pagefactory.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/workspace.h"

#include <QActionGroup>
#include <QDesktopServices>
#include <QMenu>
#include <QUrl>

namespace kboss {

MainMenu::MainMenu(QWidget *parent)
    : QMenuBar(parent), m_file(addMenu(QString())), m_edit(addMenu(QString())), m_view(addMenu(QString())), m_go(addMenu(QString())),
      m_actions(addMenu(QString())), m_window(addMenu(QString())), m_help(addMenu(QString()))
{
    setNativeMenuBar(true);
    connect(m_window, &QMenu::aboutToShow, this, &MainMenu::buildWindow);
    connect(m_actions, &QMenu::aboutToShow, this, &MainMenu::buildActions);
}

void MainMenu::setContext(const AppContext &context, Workspace *workspace)
{
    leaveContext();
    m_context = &context;
    m_workspace = workspace;
    if (context.session)
        connect(context.session, &Session::stateChanged, this, &MainMenu::buildFile);
    rebuild();
}

void MainMenu::leaveContext()
{
    if (m_context && m_context->session)
        m_context->session->disconnect(this);
    m_context = nullptr;
    m_workspace = nullptr;
    m_page = nullptr;
    for (QMenu *menu : {m_file, m_edit, m_view, m_go, m_actions, m_window, m_help})
        menu->clear();
}

void MainMenu::setPage(Page *page)
{
    m_page = page;
    buildActions();
}

void MainMenu::rebuild()
{
    m_file->setTitle(tr("&File"));
    m_edit->setTitle(tr("&Edit"));
    m_view->setTitle(tr("&View"));
    m_go->setTitle(tr("&Go to"));
    m_actions->setTitle(tr("&Actions"));
    m_window->setTitle(tr("&Window"));
    m_help->setTitle(tr("&Help"));
    if (!m_context)
        return;
    buildFile();
    buildEdit();
    buildView();
    buildGo();
    buildActions();
    buildWindow();
    buildHelp();
}

QAction *MainMenu::add(QMenu *menu, const char *text, const QString &icon, const QKeySequence &key, std::function<void()> run)
{
    QAction *action = menu->addAction(tr(text), this, std::move(run));
    if (m_context->language)
        action->setProperty("other", m_context->language->other("kboss::MainMenu", text));
    action->setShortcut(key);
    action->setProperty("iconName", icon);
    return action;
}

void MainMenu::addChoice(QMenu *menu, const QString &text, const QString &kind, bool checked, std::function<void()> choose, const char *source)
{
    QAction *action = menu->addAction(text, this, std::move(choose));
    action->setProperty("iconName", kind);
    if (source && m_context->language)
        action->setProperty("other", m_context->language->other("kboss::MainMenu", source));
    action->setCheckable(true);
    action->setChecked(checked);
}

void MainMenu::buildFile()
{
    m_file->clear();
    add(m_file, QT_TR_NOOP("Connections…"), QStringLiteral("profiles"), {}, [this] { m_context->openPage(QStringLiteral("profiles")); });
    if (m_context->profiles && !m_context->profiles->profiles().isEmpty()) {
        QMenu *connectTo = m_file->addMenu(tr("Connect to"));
        const QString now = m_context->session ? m_context->session->profile().id : QString();
        for (const Profile &profile : m_context->profiles->profiles()) {
            addChoice(connectTo, profile.name, QStringLiteral("link"), profile.id == now, [this, id = profile.id] { m_context->connectTo(id); });
            QAction *choice = connectTo->actions().constLast();
            connect(choice, &QAction::triggered, choice, [choice](bool checked) { choice->setChecked(!checked); }); // the menu is made anew by then
        }
    }
    if (const Session *session = m_context->session) {
        QAction *offline = add(m_file, QT_TR_NOOP("Work offline"), QStringLiteral("cloud"), {}, {});
        offline->setCheckable(true);
        offline->setChecked(session->state() == Session::State::Offline);
        connect(offline, &QAction::triggered, this, [this, offline](bool checked) {
            offline->setChecked(!checked); // until it is so: somebody may be asked first
            m_context->setOffline(checked);
        });
        QAction *in = add(m_file, QT_TR_NOOP("Sign in…"), QStringLiteral("user"), {}, [this] { Q_EMIT signInRequested(); });
        in->setEnabled(session->state() == Session::State::NeedsCredential);
        QAction *out = add(m_file, QT_TR_NOOP("Sign out"), QStringLiteral("user"), {}, [this] { m_context->signOut(); });
        out->setEnabled(session->state() == Session::State::Online && session->profile().signIn != SignInKind::None);
    }
    m_file->addSeparator();
    add(m_file, QT_TR_NOOP("Close tab"), QStringLiteral("close"), QKeySequence::Close, [this] {
        if (m_page)
            m_workspace->close(m_page->pageId());
    });
    add(m_file, QT_TR_NOOP("Quit"), QStringLiteral("stop"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { Q_EMIT quitRequested(); });
}

void MainMenu::buildEdit()
{
    m_edit->clear();
    add(m_edit, QT_TR_NOOP("Find or run…"), QStringLiteral("search"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { Q_EMIT paletteRequested(); });
    add(m_edit, QT_TR_NOOP("Undo a change…"), QStringLiteral("undo"), {}, [this] {
        m_context->openPage(QStringLiteral("journal"));
    })->setEnabled(m_context->session != nullptr);
}

void MainMenu::buildView()
{
    m_view->clear();
    Theme *theme = m_context->theme;
    Settings *settings = m_context->settings;
    QMenu *languages = m_view->addMenu(tr("Language"));
    for (const QString &language : Language::available())
        addChoice(languages, Language::nameOf(language), QStringLiteral("language"), m_context->language->current() == language,
                  [this, language, settings] {
                      settings->setValue(QStringLiteral("look/language"), language);
                      m_context->language->set(language);
                  });
    QMenu *themes = m_view->addMenu(tr("Theme"));
    for (const bool dark : {false, true})
        addChoice(
            themes, dark ? tr("Dark") : tr("Light"), dark ? QStringLiteral("moon") : QStringLiteral("sun"), theme->isDark() == dark,
            [this, dark, theme, settings] {
                settings->setValue(QStringLiteral("look/dark"), dark);
                theme->setDark(dark);
                buildView();
            },
            dark ? "Dark" : "Light");
    QMenu *densities = m_view->addMenu(tr("Row height"));
    const std::pair<const char *, QString> names[] = {{"compact", tr("Compact")}, {"normal", tr("Normal")}, {"relaxed", tr("Relaxed")}};
    for (const auto &[id, name] : names) {
        const QString density = QString::fromLatin1(id);
        addChoice(densities, name, QStringLiteral("density"), theme->density() == density, [this, density, theme, settings] {
            settings->setValue(QStringLiteral("look/density"), density);
            theme->setDensity(density);
            buildView();
        });
    }
    m_view->addSeparator();
    QAction *compact = add(m_view, QT_TR_NOOP("Narrow navigation"), QStringLiteral("list"), QKeySequence(Qt::CTRL | Qt::Key_B), {});
    compact->setCheckable(true);
    compact->setChecked(settings->value(QStringLiteral("look/narrow"), false).toBool());
    connect(compact, &QAction::triggered, this, &MainMenu::compactNavigationChosen);
    add(m_view, QT_TR_NOOP("Full screen"), QStringLiteral("external"), QKeySequence(Qt::Key_F11), [this] { Q_EMIT fullScreenRequested(); });
}

void MainMenu::buildGo()
{
    m_go->clear();
    int number = 1;
    for (const PageEntry &entry : availablePages(*m_context)) {
        const QKeySequence key = number <= 9 ? QKeySequence(QKeyCombination(Qt::CTRL, Qt::Key(Qt::Key_0 + number))) : QKeySequence();
        ++number;
        QAction *action = m_go->addAction(entry.title, this, [this, id = entry.id] { m_context->openPage(id); });
        action->setProperty("iconName", entry.icon);
        action->setShortcut(key);
        action->setProperty("other", entry.titleOther);
        action->setProperty("kind", groupTitle(entry.group));
    }
}

void MainMenu::buildActions()
{
    m_actions->clear();
    if (m_page)
        m_actions->addActions(m_page->pageActions());
    if (m_actions->isEmpty())
        m_actions->addAction(tr("This page has no actions"))->setEnabled(false);
}

void MainMenu::buildWindow()
{
    if (!m_context)
        return;
    m_window->clear();
    add(m_window, QT_TR_NOOP("Next tab"), QStringLiteral("chevron-right"), QKeySequence(Qt::CTRL | Qt::Key_Tab), [this] { Q_EMIT stepRequested(1); });
    add(m_window, QT_TR_NOOP("Previous tab"), QStringLiteral("chevron-left"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab),
        [this] { Q_EMIT stepRequested(-1); });
    add(m_window, QT_TR_NOOP("Open in its own window"), QStringLiteral("external"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), [this] {
        if (m_page)
            m_workspace->tearOff(m_page->pageId());
    });
    add(m_window, QT_TR_NOOP("Put all windows back"), QStringLiteral("dock"), {}, [this] {
        const QStringList ids = m_workspace->floatingIds();
        for (const QString &id : ids)
            m_workspace->dock(id);
    });
}

void MainMenu::buildHelp()
{
    m_help->clear();
    add(m_help, QT_TR_NOOP("Start page"), QStringLiteral("home"), QKeySequence(Qt::Key_F1), [this] { m_context->openPage(QStringLiteral("start")); });
    QAction *log = add(m_help, QT_TR_NOOP("Request log"), QStringLiteral("request-log"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
                       [this] { m_context->openPage(QStringLiteral("request-log")); });
    log->setEnabled(m_context->session != nullptr);
    add(m_help, QT_TR_NOOP("Open the data folder"), QStringLiteral("external"), {},
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_context->dataFolder)); });
}

QList<Command> MainMenu::commands() const
{
    QList<Command> list;
    const auto take = [&list](const QMenu *menu, const QString &kind, const auto &self) -> void {
        for (QAction *action : menu->actions()) {
            if (const QMenu *inner = action->menu()) {
                self(inner, QString(action->text()).remove(u'&'), self);
                continue;
            }
            if (action->isSeparator() || action->text().isEmpty())
                continue;
            Command command;
            command.id = action->objectName();
            command.title = QString(action->text()).remove(u'&');
            command.other = action->property("other").toString();
            const QString own = action->property("kind").toString();
            command.kind = own.isEmpty() ? kind : own;
            command.icon = action->property("iconName").toString();
            command.shortcut = action->shortcut();
            command.enabled = action->isEnabled();
            command.run = [held = QPointer<QAction>(action)] {
                if (held)
                    held->trigger();
            };
            list << command;
        }
    };
    for (const QMenu *menu : {m_go, m_actions, m_file, m_view, m_edit, m_window, m_help})
        take(menu, menu->title().remove(u'&'), take);
    return list;
}

} // namespace kboss
