#include "ui/navigationrail.h"

#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace kboss {

NavigationRail::NavigationRail(Theme *theme, NavigationModel *model, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_model(model), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, theme->size("space-1"), 0, 0);
    m_layout->setSpacing(theme->size("space-1"));
    connect(model, &QAbstractItemModel::modelReset, this, &NavigationRail::rebuild);
    connect(theme, &Theme::changed, this, &NavigationRail::rebuild);
    rebuild();
}

void NavigationRail::rebuild()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < m_model->groups().size(); ++i) {
        const NavigationModel::Group &group = m_model->groups().at(i);
        auto *button = new QToolButton(this);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setText(group.title);
        button->setToolTip(group.title);
        button->setAccessibleName(group.title);
        const int side = m_theme->size("icon") + m_theme->size("space-1");
        button->setIconSize({side, side});
        button->setFont(m_theme->font(TextSize::Label));
        button->setFixedSize(m_theme->size("navigation-rail"), m_theme->size("title-line"));
        bool current = false;
        for (const PageEntry &entry : group.entries)
            current = current || entry.id == m_current;
        button->setIcon(QIcon(m_theme->icon(group.id, m_theme->color(current ? "accent" : "text-2"), side, devicePixelRatioF())));
        button->setCheckable(true);
        button->setChecked(current);
        connect(button, &QToolButton::clicked, this, [this, i] { choose(i); });
        m_layout->addWidget(button);
    }
    m_layout->addStretch();
}

void NavigationRail::choose(int group)
{
    const NavigationModel::Group &chosen = m_model->groups().at(group);
    if (chosen.entries.size() == 1) {
        Q_EMIT pageChosen(chosen.entries.constFirst().id);
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const PageEntry &entry : chosen.entries)
        menu->addAction(m_theme->actionIcon(entry.icon), entry.title, this, [this, id = entry.id] { Q_EMIT pageChosen(id); });
    menu->popup(mapToGlobal(QPoint(width(), m_layout->itemAt(group)->geometry().top())));
    rebuild();
}

void NavigationRail::setCurrent(const QString &pageId)
{
    if (pageId == m_current)
        return;
    m_current = pageId;
    rebuild();
}

} // namespace kboss
