#pragma once

#include "ui/appcontext.h"

namespace kboss {

class Page;

// "start", "profiles", "activity", "journal", "request-log", or a resource id without a parent. Null when there is no such page, or it needs a
// session and there is none.
Page *createPage(const QString &pageId, const AppContext &context, QWidget *parent);

struct PageEntry {
    QString id, title, titleOther; // in the current language and in the other one, for the palette
    QString group; // "overview" "compute" "sales" "accounts" "warehouse" "cloud" "system"
    QString icon;
    bool resource = false;
    QStringList variants = {}; // states worth a picture of their own: Page::showForTour()
};
// Every page that can be opened under this context, in the order of the navigation.
QList<PageEntry> availablePages(const AppContext &context);
QString groupTitle(const QString &group);
QString ownPageTitle(const QString &pageId); // of the pages that are no resources

} // namespace kboss
