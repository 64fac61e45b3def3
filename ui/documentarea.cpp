#include "ui/documentarea.h"

#include "app/base/oneline.h"
#include "ui/documenttabs.h"
#include "ui/messagebar.h"
#include "ui/page.h"
#include "ui/widgets.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>

namespace kboss {

namespace {

QString tabText(const QString &title)
{
    return oneLine(title).replace(u'&', QStringLiteral("&&"));
}

} // namespace

DocumentArea::DocumentArea(Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_tabs(new DocumentTabs(this)), m_new(makeIconButton(theme, QStringLiteral("plus"), {}, this)),
      m_messages(new MessageBar(theme, this)), m_stack(new QStackedWidget(this)), m_blank(new QWidget(this))
{
    setFocusPolicy(Qt::ClickFocus);
    m_blank->setProperty("ground", QStringLiteral("panel"));
    m_blank->setAttribute(Qt::WA_StyledBackground);
    m_stack->addWidget(m_blank);
    auto *head = new QHBoxLayout;
    head->setSpacing(0);
    head->addWidget(m_tabs);
    head->addSpacing(theme->size("space-1"));
    head->addWidget(m_new);
    head->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(makeLine(this));
    layout->addWidget(m_messages);
    layout->addWidget(m_stack, 1);
    m_tabs->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tabs, &QTabBar::currentChanged, this, &DocumentArea::showCurrent);
    connect(m_tabs, &QTabBar::tabMoved, this, &DocumentArea::orderChanged);
    connect(m_tabs, &QWidget::customContextMenuRequested, this, &DocumentArea::openMenu);
    connect(m_tabs, &QTabBar::tabBarDoubleClicked, this, [this](int index) {
        if (index >= 0)
            Q_EMIT tearOffRequested(m_tabs->tabData(index).toString(), QCursor::pos());
    });
    connect(static_cast<DocumentTabs *>(m_tabs), &DocumentTabs::draggedOut, this,
            [this](int index, const QPoint &at) { Q_EMIT tearOffRequested(m_tabs->tabData(index).toString(), at); });
    connect(m_new, &QToolButton::clicked, this, &DocumentArea::newRequested);
    connect(theme, &Theme::changed, this, [this] {
        for (const QString &id : ids())
            updateTab(id);
    });
    retranslate();
}

void DocumentArea::addTab(const QString &id, const QString &title, int at)
{
    const QSignalBlocker quiet(m_tabs);
    const int index = at < 0 ? m_tabs->addTab(tabText(title)) : m_tabs->insertTab(at, tabText(title));
    m_tabs->setTabData(index, id);
    addCloseButton(index, id);
    m_tabs->updateGeometry();
}

void DocumentArea::addCloseButton(int index, const QString &id)
{
    auto *close = makeIconButton(m_theme, QStringLiteral("close"), tr("Close this tab (Ctrl+W)"), m_tabs);
    close->setFocusPolicy(Qt::NoFocus);
    const int side = m_theme->size("space-3");
    close->setIconSize({side, side});
    connect(close, &QToolButton::clicked, this, [this, id] { Q_EMIT closeRequested(id); });
    m_tabs->setTabButton(index, QTabBar::RightSide, close);
}

void DocumentArea::setPage(const QString &id, Page *page)
{
    m_pages.insert(id, page);
    m_stack->addWidget(page);
    connect(page, &Page::titleChanged, this, [this, id, page] { setTitle(id, page->title()); });
    connect(page, &Page::statusChanged, this, [this, id] { updateTab(id); });
    setTitle(id, page->title());
    if (currentId() == id)
        showCurrent();
}

Page *DocumentArea::takePage(const QString &id)
{
    Page *page = m_pages.take(id);
    if (page) {
        page->disconnect(this);
        page->setShown(false);
        m_stack->removeWidget(page);
    }
    if (m_shownId == id)
        m_shownId.clear();
    const int index = indexOf(id);
    if (index >= 0)
        m_tabs->removeTab(index);
    showCurrent();
    return page;
}

void DocumentArea::setTitle(const QString &id, const QString &title)
{
    const int index = indexOf(id);
    if (index < 0)
        return;
    m_tabs->setTabText(index, tabText(title));
    m_tabs->setTabToolTip(index, plainToolTip(title));
    updateTab(id);
    m_tabs->updateGeometry();
}

void DocumentArea::updateTab(const QString &id)
{
    const int index = indexOf(id);
    if (index < 0)
        return;
    const Page *page = m_pages.value(id);
    auto *button = qobject_cast<QToolButton *>(m_tabs->tabButton(index, QTabBar::RightSide));
    if (button)
        button->setIcon(m_theme->actionIcon(page && page->hasUnsaved() ? QStringLiteral("dot") : QStringLiteral("close")));
}

void DocumentArea::activate(const QString &id)
{
    const int index = indexOf(id);
    if (index < 0)
        return;
    const QSignalBlocker quiet(m_tabs);
    m_tabs->setCurrentIndex(index);
    showCurrent();
}

QStringList DocumentArea::ids() const
{
    QStringList list;
    for (int i = 0; i < m_tabs->count(); ++i)
        list << m_tabs->tabData(i).toString();
    return list;
}

QString DocumentArea::currentId() const
{
    return m_tabs->currentIndex() < 0 ? QString() : m_tabs->tabData(m_tabs->currentIndex()).toString();
}

int DocumentArea::indexOf(const QString &id) const
{
    return int(ids().indexOf(id));
}

void DocumentArea::showCurrent()
{
    const QString id = currentId();
    if (id != m_shownId) {
        if (Page *before = m_pages.value(m_shownId))
            before->setShown(false);
        m_shownId = id;
    }
    if (!id.isEmpty() && !m_pages.contains(id))
        Q_EMIT needPage(id); // comes back through setPage()
    Page *page = m_pages.value(id);
    m_stack->setCurrentWidget(page ? static_cast<QWidget *>(page) : m_blank);
    if (page)
        page->setShown(m_shown);
    Q_EMIT currentChanged(id);
}

void DocumentArea::step(int by)
{
    const int count = m_tabs->count();
    if (count > 1)
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + count) % count);
}

void DocumentArea::setPagesShown(bool shown)
{
    m_shown = shown;
    if (Page *page = currentPage())
        page->setShown(shown);
}

void DocumentArea::openMenu(const QPoint &position)
{
    const int index = m_tabs->tabAt(position);
    if (index < 0)
        return;
    const QString id = m_tabs->tabData(index).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open in its own window"), this, [this, id] { Q_EMIT tearOffRequested(id, QCursor::pos()); });
    menu->addSeparator();
    menu->addAction(tr("Close"), this, [this, id] { Q_EMIT closeRequested(id); });
    menu->addAction(tr("Close the others"), this, [this, id] {
        for (const QString &other : ids()) {
            if (other != id)
                Q_EMIT closeRequested(other);
        }
    });
    menu->popup(m_tabs->mapToGlobal(position));
}

void DocumentArea::retranslate()
{
    m_new->setToolTip(tr("Open a page (Ctrl+K)"));
    m_new->setAccessibleName(m_new->toolTip());
    m_tabs->setAccessibleName(tr("Open pages"));
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (QWidget *button = m_tabs->tabButton(i, QTabBar::RightSide)) {
            button->setToolTip(tr("Close this tab (Ctrl+W)"));
            button->setAccessibleName(button->toolTip());
        }
    }
    m_messages->retranslate();
}

} // namespace kboss
