#pragma once

#include <QString>
#include <QStringList>
#include <vector>

class QWidget;

namespace kboss {

class Page;
struct AppContext;

// The id of a page about one thing: "<prefix>/<argument>/…", arguments percent-encoded ("cluster/c1/k8s-01"). Page ids without a slash are prefixes
// without arguments.
struct PageAddress {
    QString prefix;
    QStringList arguments;

    static PageAddress parse(const QString &pageId);
    QString id() const;
};

// A kind of page that takes arguments. AppContext carries the known ones; Workspace opens, restores and tears them off as any other page. The title
// is the page's own; until the page is made a restored tab has the title it had.
struct ArgumentPage {
    QString prefix;
    qsizetype arguments = 1;
    QString navigation; // the entry that is marked while such a page is current
    QStringList variants; // for the tour, as PageEntry::variants
    Page *(*make)(const AppContext &context, const QStringList &arguments, QWidget *parent) = nullptr; // null = not under this context
};

} // namespace kboss
