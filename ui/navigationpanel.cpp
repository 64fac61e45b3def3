#include "ui/navigationpanel.h"

#include "app/base/watchresult.h"
#include "models/writeplanner.h"
#include "ui/navigationdelegate.h"
#include "ui/navigationmodel.h"
#include "ui/navigationrail.h"
#include "ui/searchbutton.h"

#include <QTreeView>
#include <QVBoxLayout>

namespace kboss {

NavigationPanel::NavigationPanel(Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_model(new NavigationModel(this)), m_search(new SearchButton(theme, this)), m_tree(new QTreeView(this)),
      m_rail(new NavigationRail(theme, m_model, this))
{
    setProperty("ground", QStringLiteral("window"));
    setAttribute(Qt::WA_StyledBackground);
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new NavigationDelegate(theme, m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(0);
    m_tree->setRootIsDecorated(false);
    m_tree->setMouseTracking(true);
    m_tree->setObjectName(QStringLiteral("navigation"));
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme->size("space-1"), 0, 0);
    layout->setSpacing(0);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(theme->size("space-3"), theme->size("space-1"), theme->size("space-3"), theme->size("space-3"));
    top->addWidget(m_search);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_rail, 1);
    m_rail->hide();
    setFixedWidth(theme->size("navigation"));
    connect(m_search, &QAbstractButton::clicked, this, &NavigationPanel::searchRequested);
    const auto choose = [this](const QModelIndex &index) {
        if (index.parent().isValid())
            Q_EMIT pageChosen(index.data(NavigationModel::IdRole).toString());
        else
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
        showSelection();
    };
    connect(m_tree, &QTreeView::clicked, this, choose);
    connect(m_tree, &QTreeView::activated, this, choose);
    connect(m_rail, &NavigationRail::pageChosen, this, &NavigationPanel::pageChosen);
    retranslate();
}

void NavigationPanel::setContext(const AppContext &context)
{
    m_context = &context;
    retranslate();
    if (!context.session)
        return;
    connect(context.session->store(), &CacheStore::datasetChanged, this, [this] { readCounts(); });
    readCounts();
}

void NavigationPanel::leaveContext()
{
    if (m_context && m_context->session)
        m_context->session->store()->disconnect(this);
    m_context = nullptr;
}

void NavigationPanel::readCounts()
{
    for (const PageEntry &entry : availablePages(*m_context)) {
        const ResourceType *type = entry.resource ? m_context->resources->find(entry.id) : nullptr;
        if (!type || !type->parent.isEmpty())
            continue; // of one master or another: no count
        const Profile &profile = m_context->session->profile();
        const DatasetSpec spec = datasetOf(*type, profile.dataKey(), QTimeZone(profile.timeZone));
        watchResult(m_context->session->store()->info(spec.id), this, [this, id = entry.id](const Result<DatasetInfo> &info) {
            m_model->setCount(id, info && (info->complete || info->rows > 0) ? info->rows : -1);
        });
    }
}

void NavigationPanel::setCurrent(const QString &pageId)
{
    m_current = pageId;
    m_rail->setCurrent(pageId);
    showSelection();
}

void NavigationPanel::showSelection()
{
    const QModelIndex index = m_model->indexOf(m_current);
    m_tree->setCurrentIndex(index);
    if (!index.isValid())
        m_tree->clearSelection();
}

void NavigationPanel::setCollapsed(bool collapsed)
{
    if (collapsed == m_collapsed)
        return;
    m_collapsed = collapsed;
    m_tree->setVisible(!collapsed);
    m_search->setVisible(!collapsed);
    m_rail->setVisible(collapsed);
    setFixedWidth(m_theme->size(collapsed ? "navigation-rail" : "navigation"));
}

void NavigationPanel::retranslate()
{
    m_search->retranslate();
    m_tree->setAccessibleName(tr("Pages"));
    if (!m_context)
        return;
    m_model->setEntries(availablePages(*m_context));
    m_tree->expandAll();
    showSelection();
}

} // namespace kboss
