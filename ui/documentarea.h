#pragma once

#include <QHash>
#include <QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace kboss {

class MessageBar;
class Page;
class Theme;

// Tabs over pages, each known by its page id; the message bar between them. A tab may have no page yet: it is asked for by needPage() when the
// tab is shown. Pages are children of the area while they are in it. GUI thread.
class DocumentArea : public QWidget {
    Q_OBJECT
public:
    explicit DocumentArea(Theme *theme, QWidget *parent = nullptr);

    void addTab(const QString &id, const QString &title, int at = -1);
    void setPage(const QString &id, Page *page);
    Page *takePage(const QString &id); // the tab goes, the page lives
    void setTitle(const QString &id, const QString &title);
    void activate(const QString &id);
    QStringList ids() const; // in order
    QString currentId() const;
    Page *page(const QString &id) const { return m_pages.value(id); }
    Page *currentPage() const { return m_pages.value(currentId()); }
    bool contains(const QString &id) const { return indexOf(id) >= 0; }
    MessageBar *messages() const { return m_messages; }
    void step(int by); // next or previous tab
    void setPagesShown(bool shown); // the window is visible to a person
    void retranslate();

Q_SIGNALS:
    void needPage(const QString &id);
    void currentChanged(const QString &id);
    void closeRequested(const QString &id);
    void tearOffRequested(const QString &id, const QPoint &globalPosition);
    void newRequested();
    void orderChanged();

private:
    int indexOf(const QString &id) const;
    void showCurrent();
    void addCloseButton(int index, const QString &id);
    void updateTab(const QString &id);
    void openMenu(const QPoint &position);

    Theme *m_theme;
    QTabBar *m_tabs;
    QToolButton *m_new;
    MessageBar *m_messages;
    QStackedWidget *m_stack;
    QWidget *m_blank;
    QHash<QString, Page *> m_pages;
    QString m_shownId;
    bool m_shown = false;
};

} // namespace kboss
