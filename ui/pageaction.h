#pragma once

#include <QKeySequence>
#include <QString>
#include <functional>

class QAction;
class QWidget;

namespace kboss {

class Theme;

// An action of a page: its keys work within the page, its icon follows the theme (no icon = none). Owned by the page, which gives it words. GUI thread.
QAction *addPageAction(QWidget *page, Theme *theme, const QString &name, const QString &icon, const QKeySequence &keys, std::function<void()> run);

} // namespace kboss
