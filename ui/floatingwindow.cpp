#include "ui/floatingwindow.h"

#include "ui/environment.h"
#include "ui/messagebar.h"
#include "ui/page.h"
#include "ui/widgets.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QShortcut>

namespace kboss {

FloatingWindow::FloatingWindow(const AppContext &context, Page *page)
    : m_context(context), m_page(page), m_line(new EnvironmentLine(context.theme, this)), m_messages(new MessageBar(context.theme, this)),
      m_where(makeLabel({}, "label", this)), m_dock(makeButton({}, "quiet", this))
{
    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_line);
    layout->addWidget(m_messages);
    layout->addWidget(page, 1);
    layout->addWidget(makeLine(body));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(context.theme->size("space-3"), 2, context.theme->size("space-2"), 2);
    foot->addWidget(m_where);
    foot->addStretch();
    foot->addWidget(m_dock);
    layout->addLayout(foot);
    setCentralWidget(body);
    page->show();
    resize(context.theme->size("palette-width") * 2, context.theme->size("palette-width"));
    connect(m_dock, &QPushButton::clicked, this, &FloatingWindow::dockRequested);
    connect(new QShortcut(QKeySequence(QKeySequence::Close), this), &QShortcut::activated, this, &FloatingWindow::closeRequested);
    connect(page, &Page::titleChanged, this, &FloatingWindow::retranslate);
    retranslate();
}

Page *FloatingWindow::takePage()
{
    Page *page = m_page;
    m_page = nullptr;
    if (page) {
        page->disconnect(this);
        page->setShown(false);
        page->setParent(nullptr);
    }
    return page;
}

void FloatingWindow::retranslate()
{
    if (!m_page)
        return;
    const Environment environment = environmentOf(m_context.session ? &m_context.session->profile() : nullptr);
    m_line->setEnvironment(environment);
    m_where->setText(environment.text);
    m_dock->setText(tr("Put back into the main window"));
    setWindowTitle(m_page->title() + QStringLiteral(" — ") + environment.text);
    m_messages->retranslate();
}

void FloatingWindow::closeEvent(QCloseEvent *event)
{
    event->ignore(); // the workspace asks about unsaved work and then lets it go
    Q_EMIT closeRequested();
}

void FloatingWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    updateShown();
}

void FloatingWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    updateShown();
}

void FloatingWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        updateShown();
}

void FloatingWindow::updateShown()
{
    if (m_page)
        m_page->setShown(isVisible() && !isMinimized());
}

} // namespace kboss
