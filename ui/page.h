#pragma once

#include "app/base/freshness.h"

#include <QAction>
#include <QJsonObject>
#include <QWidget>

namespace kboss {

// A document tab. GUI thread; owned by the window that shows it. ready() comes once its first rows are painted, or it is known that there are none
// (empty, offline, failed): the tour and tests wait for it.
class Page : public QWidget {
    Q_OBJECT
public:
    enum class State { Loading, Ready, Empty, FilteredOut, Offline, Failed, Forbidden };

    using QWidget::QWidget;

    virtual QString pageId() const = 0; // "billing-account", "compute-center", "activity", "request-log", "profiles", "start"
    virtual QString title() const = 0; // in the current language
    virtual State state() const = 0;
    virtual qint64 rows() const { return 0; }
    virtual Freshness freshness() const { return {}; }
    virtual QList<QAction *> pageActions() const { return {}; } // shown in the menu 操作 and in the command palette
    virtual QJsonObject saveState() const { return {}; } // what a restart brings back
    virtual void restoreState(const QJsonObject &) { }
    virtual void setShown(bool shown) = 0; // visible to a person: polling follows
    virtual bool hasUnsaved() const { return false; }
    virtual void retranslate() { }
    // Makes the row of this key of a resource it shows current, once it is there. False when it does not show that resource.
    virtual bool showRow(const QString &resource, const QString &key)
    {
        Q_UNUSED(resource) Q_UNUSED(key) return false;
    }
    // Shows the rows of a resource it shows that this filter (text) takes, in place of what was filtered. False when it does not show that resource.
    virtual bool showFiltered(const QString &resource, const QString &filter)
    {
        Q_UNUSED(resource) Q_UNUSED(filter) return false;
    }
    // For pictures: brings the page into a state worth one ("edit", "filter", …; PageEntry::variants names them); "" brings it back, without asking. False
    // when the variant does not apply now.
    virtual bool showForTour(const QString &variant) { return variant.isEmpty(); }
    virtual QStringList pagesForTour() const { return {}; } // pages with arguments that a tour from here should see as well

Q_SIGNALS:
    void ready();
    void titleChanged();
    void statusChanged(); // state, rows or freshness
};

QString pageStateName(Page::State state); // "ready", "filtered-out" … for report.json

} // namespace kboss
