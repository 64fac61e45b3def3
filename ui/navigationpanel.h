#pragma once

#include "ui/appcontext.h"

#include <QWidget>

class QTreeView;

namespace kboss {

class NavigationModel;
class NavigationRail;
class SearchButton;

// The pages by job, at the left: the wide tree, or the rail of groups below a window width or by choice. GUI thread.
class NavigationPanel : public QWidget {
    Q_OBJECT
public:
    explicit NavigationPanel(Theme *theme, QWidget *parent = nullptr);

    void setContext(const AppContext &context); // a new session, or none
    void leaveContext(); // before the session goes
    void setCurrent(const QString &pageId);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }
    void retranslate();
    NavigationModel *model() const { return m_model; }

Q_SIGNALS:
    void pageChosen(const QString &pageId);
    void searchRequested();

private:
    void readCounts();
    void showSelection();

    Theme *m_theme;
    const AppContext *m_context = nullptr;
    NavigationModel *m_model;
    SearchButton *m_search;
    QTreeView *m_tree;
    NavigationRail *m_rail;
    QString m_current;
    bool m_collapsed = false;
};

} // namespace kboss
