#include "ui/resourcepage.h"

#include "models/formrules.h"
#include "ui/actionpages.h"
#include "ui/bulkpane.h"
#include "ui/detailspanel.h"
#include "ui/editpane.h"
#include "ui/filterbar.h"
#include "ui/filterconditions.h"
#include "ui/inlineedit.h"
#include "ui/settings.h"
#include "ui/tourvariant.h"

#include <QAction>
#include <QHBoxLayout>
#include <QSplitter>

namespace kboss {

using namespace Qt::StringLiterals;

ResourcePage::ResourcePage(const ResourceType &type, const AppContext &context, QWidget *parent)
    : Page(parent), m_type(type), m_splitter(new QSplitter(Qt::Horizontal, this)), m_view(new ResourceView(type, context, type.id, false, this)),
      m_panel(new DetailsPanel(m_view, this))
{
    setObjectName(u"page-"_s + type.id);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_splitter);
    setFocusProxy(m_view);
    Settings *settings = context.settings;
    connect(m_view, &ResourceView::ready, this, &Page::ready);
    connect(m_view, &ResourceView::statusChanged, this, &Page::statusChanged);
    connect(m_panel, &DetailsPanel::unsavedChanged, this, &Page::titleChanged);
    connect(m_panel, &DetailsPanel::modeChanged, this, [this, settings] {
        if (m_panel->isHidden())
            return;
        const int wide = settings->value(u"panel/width"_s).toInt(m_view->feed()->context().theme->size("panel-width"));
        m_splitter->setSizes({std::max(200, width() - wide), wide});
    });
    connect(m_splitter, &QSplitter::splitterMoved, this, [this, settings] { settings->setValue(u"panel/width"_s, m_panel->width()); });
}

ResourcePage::~ResourcePage() = default;

QString ResourcePage::pageId() const
{
    return m_type.id;
}
QString ResourcePage::title() const
{
    return m_type.title.text();
}
Page::State ResourcePage::state() const
{
    return m_view->state();
}
qint64 ResourcePage::rows() const
{
    return std::max<qint64>(0, m_view->feed()->matching());
}
Freshness ResourcePage::freshness() const
{
    return m_view->feed()->freshness();
}
QList<QAction *> ResourcePage::pageActions() const
{
    return m_view->pageActions();
}
QJsonObject ResourcePage::saveState() const
{
    return m_view->saveState();
}
void ResourcePage::restoreState(const QJsonObject &state)
{
    m_view->restoreState(state);
}
void ResourcePage::setShown(bool shown)
{
    m_view->setShown(shown);
}
bool ResourcePage::hasUnsaved() const
{
    return m_panel->hasUnsaved() || m_view->inlineEdit()->hasUnsaved();
}

void ResourcePage::retranslate()
{
    m_view->retranslate();
    m_panel->retranslate();
    Q_EMIT titleChanged();
}

bool ResourcePage::showRow(const QString &resource, const QString &key)
{
    if (resource != m_type.id)
        return false;
    m_view->chooseKey(key);
    return true;
}

bool ResourcePage::showFiltered(const QString &resource, const QString &filter)
{
    const Result<FilterPtr> parsed = parseFilter(filter);
    if (resource != m_type.id || !parsed)
        return false;
    FilterConditions conditions;
    conditions.replace(*parsed);
    m_view->setConditions(conditions);
    return true;
}

QStringList ResourcePage::pagesForTour() const
{
    QStringList pages;
    for (const Jump &way : m_type.jumps) {
        if (!way.page.isEmpty() && m_view->currentRow())
            pages << fillTemplate(way.page, &m_type, *m_view->currentRow(), {});
    }
    for (const Action &action : m_type.actions) {
        const QString page = action.needsRow ? actionPage(*m_view->feed(), action, m_view->currentRow()) : QString();
        if (!page.isEmpty())
            pages << page;
    }
    return pages;
}

bool ResourcePage::showForTour(const QString &variant)
{
    return showVariant(m_view, m_panel, variant);
}

} // namespace kboss
