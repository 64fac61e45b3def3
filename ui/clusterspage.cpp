#include "ui/clusterspage.h"

#include "models/rowcells.h"
#include "ui/installdesks.h"
#include "ui/installlist.h"
#include "ui/resourceview.h"
#include "ui/scopebar.h"
#include "ui/widgets.h"

#include <QAction>
#include <QBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

ClustersPage::ClustersPage(const ResourceType &type, const AppContext &context, QWidget *parent)
    : ScopedPage(type, context, parent), m_context(context), m_install(new QAction(this)), m_button(makeButton({}, "", this))
{
    m_install->setObjectName(u"compute-cluster.install"_s);
    m_install->setProperty("iconName", u"server"_s);
    m_install->setEnabled(installDeskOf(context) != nullptr);
    m_button->setObjectName(u"installCluster"_s);
    m_button->setEnabled(m_install->isEnabled());
    connect(m_install, &QAction::triggered, this, &ClustersPage::begin);
    connect(m_button, &QPushButton::clicked, m_install, &QAction::trigger);
    addAction(m_install);
    if (auto *create = view()->findChild<QPushButton *>(u"button-create"_s)) {
        if (auto *line = qobject_cast<QBoxLayout *>(create->parentWidget()->layout()))
            line->insertWidget(line->indexOf(create), m_button);
    }
    ClustersPage::retranslate();
}

QList<QAction *> ClustersPage::pageActions() const
{
    return QList<QAction *>{m_install} + ScopedPage::pageActions();
}

void ClustersPage::begin()
{
    const Row center = scope()->master();
    const QString name = scope()->masterType() && !center.key.isEmpty() ? RowCells(*scope()->masterType(), center).text("name") : QString();
    beginInstallation(m_context, this, center.key, name);
}

void ClustersPage::retranslate()
{
    m_install->setText(tr("Install a cluster over SSH…"));
    m_button->setText(tr("Install cluster"));
    m_button->setToolTip(tr("On hosts of yours, over SSH, with live progress. “New cluster” leaves it to the service."));
    ScopedPage::retranslate();
}

} // namespace kboss
