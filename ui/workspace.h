#pragma once

#include "ui/appcontext.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QPoint>
#include <QPointer>

namespace kboss {

class DocumentArea;
class FloatingWindow;
class MessageBar;
class Page;

// The open pages of one session: which are tabs, which are windows of their own, what they were like last time. One page per id. GUI thread;
// owned by the main window, gone before the session is.
class Workspace : public QObject {
    Q_OBJECT
public:
    Workspace(const AppContext &context, DocumentArea *area, QObject *parent = nullptr);
    ~Workspace() override; // closes every page

    void open(const QString &id); // opens or raises
    void openRow(const QString &resource, const QStringList &masters, const QString &rowKey, const QString &filter); // see AppContext
    void close(const QString &id); // asks first when something is unsaved
    void discard(const QString &id); // closes without asking
    void closeAll(); // without asking
    void tearOff(const QString &id, const QPoint &at = {});
    void dock(const QString &id);
    Page *page(const QString &id) const;
    Page *currentPage() const; // of the active window
    QList<Page *> pages() const;
    QList<FloatingWindow *> windows() const { return m_windows.values(); }
    QStringList floatingIds() const { return m_windows.keys(); }
    MessageBar *messages() const; // of the active window
    bool hasUnsaved() const;

    QJsonObject save() const;
    bool restore(const QJsonObject &state); // false when there was nothing to restore
    void retranslate();

Q_SIGNALS:
    void currentChanged(kboss::Page *page); // may be null
    void pageOpened(kboss::Page *page);

private:
    Page *makePage(const QString &id);
    void fillTab(const QString &id);
    QString titleOf(const QString &id) const;

    const AppContext &m_context;
    DocumentArea *m_area;
    QHash<QString, FloatingWindow *> m_windows;
    QHash<QString, QJsonObject> m_states; // of pages not made yet
    QHash<QString, QString> m_titles; // that pages with arguments had, while they are not made
};

} // namespace kboss
