#include "ui/workspace.h"

#include "ui/documentarea.h"
#include "ui/floatingwindow.h"
#include "ui/page.h"
#include "ui/pagefactory.h"
#include "ui/prompt.h"
#include "ui/scope.h"
#include "ui/tracelog.h"

#include <QApplication>
#include <QJsonArray>

namespace kboss {

using namespace Qt::StringLiterals;

Workspace::Workspace(const AppContext &context, DocumentArea *area, QObject *parent) : QObject(parent), m_context(context), m_area(area)
{
    connect(area, &DocumentArea::needPage, this, &Workspace::fillTab);
    connect(area, &DocumentArea::closeRequested, this, &Workspace::close);
    connect(area, &DocumentArea::tearOffRequested, this, &Workspace::tearOff);
    connect(area, &DocumentArea::currentChanged, this, [this] { Q_EMIT currentChanged(m_area->currentPage()); });
}

Workspace::~Workspace()
{
    m_area->disconnect(this);
    closeAll();
}

Page *Workspace::makePage(const QString &id)
{
    Page *page = createPage(id, m_context, nullptr);
    if (!page)
        return nullptr;
    connect(page, &Page::ready, this, [this, page] {
        if (m_context.trace)
            m_context.trace->write("page-ready", page->pageId(), page->rows(), {{u"state"_s, pageStateName(page->state())}});
    });
    if (const QJsonObject state = m_states.take(id); !state.isEmpty())
        page->restoreState(state);
    Q_EMIT pageOpened(page);
    return page;
}

void Workspace::fillTab(const QString &id)
{
    if (Page *page = makePage(id))
        m_area->setPage(id, page);
    else
        QMetaObject::invokeMethod(
            this, [this, id] { discard(id); }, Qt::QueuedConnection); // not under this context any more
}

QString Workspace::titleOf(const QString &id) const
{
    for (const PageEntry &entry : availablePages(m_context)) {
        if (entry.id == id)
            return entry.title;
    }
    if (argumentPageOf(m_context, id))
        return m_titles.value(id, PageAddress::parse(id).arguments.join(QStringLiteral(" · ")));
    return {};
}

void Workspace::openRow(const QString &resource, const QStringList &masters, const QString &rowKey, const QString &filter)
{
    const ResourceType *type = m_context.resources ? m_context.resources->find(resource) : nullptr;
    const QString pageId = type ? m_context.resources->pageOf(resource) : QString();
    if (pageId.isEmpty() || !m_context.session)
        return;
    const bool scoped = pageId == resource && !masters.isEmpty();
    if (scoped)
        Scope(m_context.resources->masters(*type), m_context.session->profile().id, m_context.settings).choose(masters);
    open(pageId);
    Page *shown = page(pageId);
    if (!shown)
        return;
    if (!scoped && !masters.isEmpty())
        shown->showRow(type->parent, masters.last());
    if (!filter.isEmpty())
        shown->showFiltered(resource, filter);
    if (!rowKey.isEmpty())
        shown->showRow(resource, rowKey);
}

void Workspace::open(const QString &id)
{
    if (FloatingWindow *window = m_windows.value(id)) {
        window->show();
        window->raise();
        window->activateWindow();
        return;
    }
    if (!m_area->contains(id)) {
        const QString title = titleOf(id);
        if (title.isEmpty())
            return;
        m_area->addTab(id, title);
    }
    m_area->activate(id);
}

void Workspace::close(const QString &id)
{
    Page *page = this->page(id);
    if (!page || !page->hasUnsaved() || !m_context.prompt) {
        discard(id);
        return;
    }
    open(id);
    Question question;
    question.title = tr("Leave “%1” without saving?").arg(page->title());
    question.text = tr("What you typed there and did not save will be lost.");
    question.acceptText = tr("Leave without saving");
    question.dangerous = true;
    m_context.prompt->ask(page, question, [this, id](const Answer &answer) {
        if (answer.accepted)
            discard(id);
    });
}

void Workspace::discard(const QString &id)
{
    if (FloatingWindow *window = m_windows.take(id)) {
        delete window->takePage();
        window->deleteLater();
    } else {
        Page *page = m_area->takePage(id);
        if (page)
            page->deleteLater();
    }
    m_states.remove(id);
    m_titles.remove(id);
}

void Workspace::closeAll()
{
    for (const QString &id : m_windows.keys()) {
        FloatingWindow *window = m_windows.take(id);
        delete window->takePage();
        delete window;
    }
    for (const QString &id : m_area->ids())
        delete m_area->takePage(id);
}

void Workspace::tearOff(const QString &id, const QPoint &at)
{
    if (!m_area->contains(id))
        return;
    if (!m_area->page(id))
        fillTab(id);
    Page *page = m_area->takePage(id);
    if (!page)
        return;
    auto *window = new FloatingWindow(m_context, page);
    m_windows.insert(id, window);
    connect(window, &FloatingWindow::dockRequested, this, [this, id] { dock(id); });
    connect(window, &FloatingWindow::closeRequested, this, [this, id] { close(id); });
    if (!at.isNull())
        window->move(at - QPoint(window->width() / 4, 0));
    window->show();
    Q_EMIT currentChanged(page);
}

void Workspace::dock(const QString &id)
{
    FloatingWindow *window = m_windows.take(id);
    if (!window)
        return;
    Page *page = window->takePage();
    window->deleteLater();
    m_area->addTab(id, page->title());
    m_area->setPage(id, page);
    m_area->activate(id);
    m_area->window()->raise();
    m_area->window()->activateWindow();
}

Page *Workspace::page(const QString &id) const
{
    if (const FloatingWindow *window = m_windows.value(id))
        return window->page();
    return m_area->page(id);
}

Page *Workspace::currentPage() const
{
    for (FloatingWindow *window : m_windows) {
        if (window->isActiveWindow())
            return window->page();
    }
    return m_area->currentPage();
}

QList<Page *> Workspace::pages() const
{
    QList<Page *> list;
    for (const QString &id : m_area->ids()) {
        if (Page *page = m_area->page(id))
            list << page;
    }
    for (const FloatingWindow *window : m_windows)
        list << window->page();
    return list;
}

MessageBar *Workspace::messages() const
{
    for (FloatingWindow *window : m_windows) {
        if (window->isActiveWindow())
            return window->messages();
    }
    return m_area->messages();
}

bool Workspace::hasUnsaved() const
{
    const QList<Page *> all = pages();
    return std::any_of(all.begin(), all.end(), [](const Page *page) { return page->hasUnsaved(); });
}

QJsonObject Workspace::save() const
{
    const auto stateOf = [this](const QString &id) {
        const Page *page = this->page(id);
        return page ? page->saveState() : m_states.value(id);
    };
    const auto titleOfTab = [this](const QString &id) {
        const Page *page = this->page(id);
        return page ? page->title() : titleOf(id);
    };
    QJsonArray tabs, windows;
    for (const QString &id : m_area->ids())
        tabs.append(QJsonObject{{u"id"_s, id}, {u"title"_s, titleOfTab(id)}, {u"state"_s, stateOf(id)}});
    for (auto it = m_windows.begin(); it != m_windows.end(); ++it) {
        const QString geometry = QString::fromLatin1(it.value()->saveGeometry().toBase64());
        windows.append(QJsonObject{{u"id"_s, it.key()}, {u"state"_s, stateOf(it.key())}, {u"geometry"_s, geometry}});
    }
    return {{u"tabs"_s, tabs}, {u"windows"_s, windows}, {u"current"_s, m_area->currentId()}};
}

bool Workspace::restore(const QJsonObject &state)
{
    const auto take = [this](const QJsonObject &tab) {
        const QString id = tab["id"_L1].toString();
        if (const QString had = tab["title"_L1].toString(); !had.isEmpty() && argumentPageOf(m_context, id))
            m_titles.insert(id, had);
        const QString title = titleOf(id);
        if (title.isEmpty() || m_area->contains(id) || m_windows.contains(id))
            return QString();
        m_states.insert(id, tab["state"_L1].toObject());
        m_area->addTab(id, title);
        return id;
    };
    for (const QJsonValue &value : state["windows"_L1].toArray()) {
        const QString id = take(value.toObject());
        if (id.isEmpty())
            continue;
        tearOff(id);
        if (FloatingWindow *window = m_windows.value(id))
            window->restoreGeometry(QByteArray::fromBase64(value["geometry"_L1].toString().toLatin1()));
    }
    for (const QJsonValue &tab : state["tabs"_L1].toArray())
        take(tab.toObject());
    const QString current = state["current"_L1].toString();
    if (m_area->contains(current))
        m_area->activate(current);
    else if (!m_area->ids().isEmpty())
        m_area->activate(m_area->ids().constFirst());
    return !m_area->ids().isEmpty() || !m_windows.isEmpty();
}

void Workspace::retranslate()
{
    for (const QString &id : m_area->ids()) {
        if (!m_area->page(id))
            m_area->setTitle(id, titleOf(id));
    }
    for (Page *page : pages()) {
        page->retranslate();
        if (m_area->contains(page->pageId()))
            m_area->setTitle(page->pageId(), page->title());
    }
    for (FloatingWindow *window : std::as_const(m_windows))
        window->retranslate();
    m_area->retranslate();
}

} // namespace kboss
