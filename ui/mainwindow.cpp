#include "ui/mainwindow.h"

#include "ui/commandpalette.h"
#include "ui/consolestatusbar.h"
#include "ui/documentarea.h"
#include "ui/environment.h"
#include "ui/mainmenu.h"
#include "ui/messagebar.h"
#include "ui/navigationpanel.h"
#include "ui/page.h"
#include "ui/pagefactory.h"
#include "ui/prompt.h"
#include "ui/searchbutton.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/tracelog.h"
#include "ui/widgets.h"
#include "ui/workspace.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

MainWindow::MainWindow(Theme *theme, Settings *settings, TraceLog *trace, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_settings(settings), m_trace(trace)
{
    setObjectName(QStringLiteral("mainWindow"));
    build();
    connectParts();
    retranslate();
}

MainWindow::~MainWindow()
{
    m_closing = true;
    leaveContext();
}

void MainWindow::build()
{
    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    m_line = new EnvironmentLine(m_theme, top);
    m_menu = new MainMenu(top);
    m_menu->setFixedHeight(m_theme->size("menu-bar"));
    m_search = new SearchButton(m_theme, top);
    m_search->hide();
    auto *menuRow = new QHBoxLayout;
    menuRow->setContentsMargins(0, 0, m_theme->size("space-3"), 0);
    menuRow->addWidget(m_menu, 1);
    menuRow->addWidget(m_search);
    topLayout->addWidget(m_line);
    topLayout->addLayout(menuRow);
    setMenuWidget(top);

    auto *body = new QWidget(this);
    m_navigation = new NavigationPanel(m_theme, body);
    m_documents = new DocumentArea(m_theme, body);
    m_status = new ConsoleStatusBar(m_theme, body);
    auto *separator = new QFrame(body);
    separator->setProperty("role", QStringLiteral("vertical-line"));
    separator->setFixedWidth(1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addWidget(separator);
    middle->addWidget(m_documents, 1);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(middle, 1);
    layout->addWidget(m_status);
    setCentralWidget(body);
    m_palette = new CommandPalette(m_theme, body);
    body->installEventFilter(this);
    setMinimumSize(m_theme->size("palette-width"), m_theme->size("panel-width"));
    resize(m_theme->size("collapse-below"), m_theme->size("collapse-below") * 5 / 8);
}

void MainWindow::connectParts()
{
    connect(m_navigation, &NavigationPanel::pageChosen, this, &MainWindow::openPage);
    connect(m_navigation, &NavigationPanel::searchRequested, this, &MainWindow::openPalette);
    connect(m_search, &QAbstractButton::clicked, this, &MainWindow::openPalette);
    connect(m_documents, &DocumentArea::newRequested, this, &MainWindow::openPalette);
    connect(m_status, &ConsoleStatusBar::pageWanted, this, &MainWindow::openPage);
    connect(m_menu, &MainMenu::paletteRequested, this, &MainWindow::openPalette);
    connect(m_menu, &MainMenu::stepRequested, m_documents, &DocumentArea::step);
    connect(m_menu, &MainMenu::quitRequested, this, &QWidget::close);
    connect(m_menu, &MainMenu::signInRequested, this, &MainWindow::signInRequested);
    connect(m_menu, &MainMenu::fullScreenRequested, this, [this] { isFullScreen() ? showNormal() : showFullScreen(); });
    connect(m_menu, &MainMenu::compactNavigationChosen, this, [this](bool narrow) {
        m_settings->setValue(QStringLiteral("look/narrow"), narrow);
        updateCollapsed();
    });
}

void MainWindow::setContext(const AppContext &context)
{
    leaveContext();
    m_context = &context;
    const Environment environment = environmentOf(context.session ? &context.session->profile() : nullptr);
    m_line->setEnvironment(environment);
    setWindowTitle(tr("Kboss Console") + QStringLiteral(" — ") + environment.text);
    m_workspace = std::make_unique<Workspace>(context, m_documents);
    connect(m_workspace.get(), &Workspace::currentChanged, this, &MainWindow::pageChanged);
    m_navigation->setContext(context);
    m_menu->setContext(context, m_workspace.get());
    m_status->setContext(context);
    m_status->setNavigationWidth(m_navigation->width());
    m_workspace->restore(m_settings->value(workspaceKey()).toObject());
    pageChanged(m_workspace->currentPage());
}

void MainWindow::leaveContext()
{
    if (!m_context)
        return;
    m_settings->setValue(workspaceKey(), m_workspace->save());
    m_documents->messages()->clear();
    m_palette->closePalette();
    m_status->leaveContext();
    m_navigation->leaveContext();
    m_menu->leaveContext();
    m_workspace.reset();
    m_context = nullptr;
}

QString MainWindow::workspaceKey() const
{
    return QStringLiteral("workspace/") + (m_context->session ? m_context->session->profile().id : QStringLiteral("none"));
}

void MainWindow::openPage(const QString &pageId)
{
    if (m_workspace)
        m_workspace->open(pageId);
}

void MainWindow::openRow(const QString &resource, const QStringList &masters, const QString &rowKey, const QString &filter)
{
    if (m_workspace)
        m_workspace->openRow(resource, masters, rowKey, filter);
}

void MainWindow::pageChanged(Page *page)
{
    m_status->setPage(page);
    m_menu->setPage(page);
    m_navigation->setCurrent(page && m_context ? navigationEntryOf(*m_context, page->pageId()) : QString());
}

void MainWindow::showError(const Error &error, const QString &what, std::function<void()> retry)
{
    if (m_workspace)
        m_workspace->messages()->showError(error, what, std::move(retry));
}

void MainWindow::showNotice(const QString &text, const QString &actionText, std::function<void()> action)
{
    if (m_workspace)
        m_workspace->messages()->showNotice(text, actionText, std::move(action));
}

void MainWindow::openPalette()
{
    if (m_context)
        m_palette->open(m_menu->commands());
}

void MainWindow::retranslate()
{
    m_menu->rebuild();
    m_search->retranslate();
    m_palette->retranslate();
    m_navigation->retranslate();
    m_documents->retranslate();
    m_status->retranslate();
    if (!m_context)
        return;
    m_workspace->retranslate();
    const Environment environment = environmentOf(m_context->session ? &m_context->session->profile() : nullptr);
    setWindowTitle(tr("Kboss Console") + QStringLiteral(" — ") + environment.text);
    m_menu->setPage(m_workspace->currentPage());
}

void MainWindow::restoreLook()
{
    const QByteArray geometry = QByteArray::fromBase64(m_settings->value(QStringLiteral("window/geometry")).toString().toLatin1());
    if (!geometry.isEmpty())
        restoreGeometry(geometry);
    else
        resize(m_theme->size("collapse-below") + m_theme->size("card"), m_theme->size("collapse-below") * 3 / 4);
    updateCollapsed();
}

void MainWindow::saveLook()
{
    m_settings->setValue(QStringLiteral("window/geometry"), QString::fromLatin1(saveGeometry().toBase64()));
}

void MainWindow::updateCollapsed()
{
    const bool narrow = width() < m_theme->size("collapse-below") || m_settings->value(QStringLiteral("look/narrow"), false).toBool();
    m_navigation->setCollapsed(narrow);
    m_search->setVisible(narrow);
    m_status->setNavigationWidth(m_navigation->width());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLook();
    if (m_closing || !m_workspace || !m_workspace->hasUnsaved() || !m_context->prompt) {
        event->accept();
        Q_EMIT closing();
        return;
    }
    event->ignore();
    askLeave(true, [this] {
        m_closing = true;
        close();
    });
}

void MainWindow::askLeave(std::function<void()> then)
{
    askLeave(false, std::move(then));
}

void MainWindow::askLeave(bool quit, std::function<void()> then)
{
    if (!m_workspace || !m_workspace->hasUnsaved() || !m_context->prompt)
        return then();
    Question question;
    question.title = quit ? tr("Quit without saving?") : tr("Leave this connection without saving?");
    question.text = tr("There are changes in open pages that were not saved. They will be lost.") + QLatin1Char('\n')
        + tr("A bulk change that is still running ends with the row it is at.");
    question.acceptText = quit ? tr("Quit without saving") : tr("Leave without saving");
    question.dangerous = true;
    m_context->prompt->ask(this, question, [then = std::move(then)](const Answer &answer) {
        if (answer.accepted)
            then();
    });
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    updateCollapsed();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!focusWidget())
        m_documents->setFocus(); // not the search field, which looks as if it waited for text
    updateShown();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    updateShown();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        updateShown();
    if (event->type() == QEvent::ActivationChange && m_workspace && isActiveWindow())
        pageChanged(m_documents->currentPage());
}

void MainWindow::updateShown()
{
    const bool shown = isVisible() && !isMinimized();
    m_documents->setPagesShown(shown);
    m_status->setShown(shown);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_painted && watched == centralWidget() && event->type() == QEvent::Paint) {
        m_painted = true;
        if (m_trace)
            m_trace->write("window-shown");
        QTimer::singleShot(0, this, &MainWindow::firstPainted);
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace kboss
