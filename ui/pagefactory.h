#pragma once

#include "ui/appcontext.h"

namespace kboss {

class Page;

// "start", "profiles", "activity", "journal", "request-log", the id of a resource that has a page, or one of AppContext::argumentPages with its
// arguments. Null when there is no such page, or it needs a session and there is none.
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
// The kind of page an id with arguments belongs to; null when it is none, or the number of arguments is another.
const ArgumentPage *argumentPageOf(const AppContext &context, const QString &pageId);
QString navigationEntryOf(const AppContext &context, const QString &pageId); // the entry that is marked while this page is current
QString groupTitle(const QString &group);
QString ownPageTitle(const QString &pageId); // of the pages that are no resources

} // namespace kboss
