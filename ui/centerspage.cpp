#include "ui/centerspage.h"

#include "ui/detailspanel.h"
#include "ui/rowcollector.h"
#include "ui/settings.h"
#include "ui/tourvariant.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QSplitter>
#include <QStackedWidget>

namespace kboss {

using namespace Qt::StringLiterals;

CentersPage::CentersPage(const ResourceType &master, const ResourceType &detail, const AppContext &context, QWidget *parent)
    : Page(parent), m_masterType(master), m_columns(new QSplitter(Qt::Horizontal, this)), m_lists(new QSplitter(Qt::Vertical, this)),
      m_panels(new QStackedWidget(this)), m_master(new ResourceView(master, context, master.id, false, this)),
      m_detail(new ResourceView(detail, context, detail.id, true, this)), m_masterPanel(new DetailsPanel(m_master, this)),
      m_detailPanel(new DetailsPanel(m_detail, this))
{
    setObjectName(u"page-"_s + master.id);
    for (QSplitter *splitter : {m_columns, m_lists}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    m_lists->addWidget(m_master);
    m_lists->addWidget(m_detail);
    m_lists->setStretchFactor(0, 2);
    m_lists->setStretchFactor(1, 3);
    m_panels->addWidget(m_masterPanel);
    m_panels->addWidget(m_detailPanel);
    m_panels->hide();
    m_columns->addWidget(m_lists);
    m_columns->addWidget(m_panels);
    m_columns->setStretchFactor(0, 1);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_columns);
    setFocusProxy(m_master->table());
    retranslate();
    Settings *settings = context.settings;
    const QString key = u"splitter/"_s + master.id;
    const QJsonArray sizes = settings->value(key).toArray();
    if (sizes.size() == 2)
        m_lists->setSizes({sizes[0].toInt(), sizes[1].toInt()});
    else
        m_lists->setSizes({400, 600});
    connect(m_lists, &QSplitter::splitterMoved, this, [this, settings, key] {
        settings->setValue(key, QJsonArray{m_lists->sizes().value(0), m_lists->sizes().value(1)});
    });
    connect(m_columns, &QSplitter::splitterMoved, this, [this, settings] { settings->setValue(u"panel/width"_s, m_panels->width()); });
    connect(m_master, &ResourceView::ready, this, [this] {
        if (m_master->table()->currentRow() < 0 && m_master->feed()->model()->rowCount() > 0)
            m_master->table()->showFirstRow();
        Q_EMIT ready();
    });
    connect(m_master, &ResourceView::currentRowChanged, this, &CentersPage::followMaster);
    for (ResourceView *view : {m_master, m_detail})
        connect(view, &ResourceView::statusChanged, this, &Page::statusChanged);
    for (DetailsPanel *panel : {m_masterPanel, m_detailPanel}) {
        connect(panel, &DetailsPanel::modeChanged, this, [this, panel] { usePanel(panel); });
        connect(panel, &DetailsPanel::unsavedChanged, this, &Page::titleChanged);
    }
}

CentersPage::~CentersPage() = default;

void CentersPage::followMaster()
{
    const Row *now = m_master->currentRow();
    if (!now || (now->key == m_center.key && *now == m_center))
        return;
    const bool other = now->key != m_center.key;
    const Row next = *now;
    const auto go = [this, next] {
        m_center = next;
        m_detail->setTitleNote(rowName(m_masterType, next));
        m_detail->feed()->setMaster(next, &m_masterType);
    };
    if (!other || !m_detailPanel->hasUnsaved()) {
        if (other && m_detailPanel->mode() != DetailsPanel::Mode::Closed)
            m_detailPanel->askClose();
        go();
        return;
    }
    m_detailPanel->askClose([this, go] {
        m_detailPanel->askClose();
        go();
    });
}

void CentersPage::usePanel(DetailsPanel *panel)
{
    DetailsPanel *other = panel == m_masterPanel ? m_detailPanel : m_masterPanel;
    const bool open = panel->mode() != DetailsPanel::Mode::Closed;
    if (open && other->mode() != DetailsPanel::Mode::Closed && !other->hasUnsaved())
        other->askClose();
    const bool any = open || other->mode() != DetailsPanel::Mode::Closed;
    const bool was = m_panels->isVisibleTo(this);
    m_panels->setCurrentWidget(open ? panel : other);
    m_panels->setVisible(any);
    if (any && !was) {
        const AppContext &context = m_master->feed()->context();
        const int wide = context.settings->value(u"panel/width"_s).toInt(context.theme->size("panel-width"));
        m_columns->setSizes({std::max(200, width() - wide), wide});
    }
}

QString CentersPage::pageId() const
{
    return m_masterType.id;
}
QString CentersPage::title() const
{
    return m_masterType.title.text();
}
Page::State CentersPage::state() const
{
    return m_master->state();
}
qint64 CentersPage::rows() const
{
    return std::max<qint64>(0, m_master->feed()->matching());
}
Freshness CentersPage::freshness() const
{
    return m_master->feed()->freshness();
}
QList<QAction *> CentersPage::pageActions() const
{
    return m_master->pageActions() + m_detail->pageActions();
}

QJsonObject CentersPage::saveState() const
{
    return {{u"master"_s, m_master->saveState()}, {u"detail"_s, m_detail->saveState()}};
}

void CentersPage::restoreState(const QJsonObject &state)
{
    m_master->restoreState(state.value(u"master"_s).toObject());
    m_detail->restoreState(state.value(u"detail"_s).toObject());
}

void CentersPage::setShown(bool shown)
{
    m_master->setShown(shown);
    m_detail->setShown(shown);
}

bool CentersPage::hasUnsaved() const
{
    return m_masterPanel->hasUnsaved() || m_detailPanel->hasUnsaved();
}

void CentersPage::retranslate()
{
    m_detail->setNoMasterText(tr("Nothing is chosen above"), tr("Choose a row above to see here: %1.").arg(m_detail->feed()->type().title.text()));
    m_master->retranslate();
    m_detail->retranslate();
    m_masterPanel->retranslate();
    m_detailPanel->retranslate();
    Q_EMIT titleChanged();
}

bool CentersPage::showRow(const QString &resource, const QString &key)
{
    ResourceView *view = resource == m_masterType.id ? m_master : resource == m_detail->feed()->type().id ? m_detail : nullptr;
    if (view)
        view->chooseKey(key);
    return view != nullptr;
}

bool CentersPage::showForTour(const QString &variant)
{
    if (variant.isEmpty())
        return showVariant(m_master, m_masterPanel, {}) && showVariant(m_detail, m_detailPanel, {});
    if (variant.startsWith(u"node-"_s))
        return showVariant(m_detail, m_detailPanel, variant.mid(5));
    if (variant == u"filter"_s)
        return showVariant(m_detail, m_detailPanel, variant);
    return showVariant(m_master, m_masterPanel, variant);
}

} // namespace kboss
