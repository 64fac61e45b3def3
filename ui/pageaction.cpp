#include "ui/pageaction.h"

#include "ui/theme.h"

#include <QAction>
#include <QWidget>

namespace kboss {

QAction *addPageAction(QWidget *page, Theme *theme, const QString &name, const QString &icon, const QKeySequence &keys, std::function<void()> run)
{
    auto *action = new QAction(page);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (!icon.isEmpty()) {
        const auto draw = [action, icon, theme] { action->setIcon(theme->actionIcon(icon)); };
        draw();
        QObject::connect(theme, &Theme::changed, action, draw);
    }
    QObject::connect(action, &QAction::triggered, page, std::move(run));
    page->addAction(action);
    return action;
}

} // namespace kboss
