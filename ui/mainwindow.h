#pragma once

#include "ui/appcontext.h"

#include <QMainWindow>
#include <memory>

namespace kboss {

class CommandPalette;
class ConsoleStatusBar;
class DocumentArea;
class EnvironmentLine;
class MainMenu;
class NavigationPanel;
class Page;
class SearchButton;
class Workspace;

// The frame around everything: environment line, menus, navigation, tabs, status bar, command palette. It shows one session at a time: setContext()
// when it is there, leaveContext() before it goes. Owns its pages through the workspace. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Theme *theme, Settings *settings, TraceLog *trace, QWidget *parent = nullptr);
    ~MainWindow() override;

    void setContext(const AppContext &context); // the context outlives leaveContext()
    void leaveContext(); // remembers the tabs and closes every page
    void askLeave(std::function<void()> then); // at once, or once somebody agreed to lose what is not saved; not at all if not
    void openPage(const QString &pageId);
    void openRow(const QString &resource, const QStringList &masters, const QString &rowKey, const QString &filter); // see AppContext
    void showError(const Error &error, const QString &what, std::function<void()> retry);
    void showNotice(const QString &text, const QString &actionText, std::function<void()> action);
    void openPalette();
    void retranslate();
    void restoreLook(); // geometry and navigation as they were

    Workspace *workspace() const { return m_workspace.get(); }
    CommandPalette *palette() const { return m_palette; }
    NavigationPanel *navigation() const { return m_navigation; }
    DocumentArea *documents() const { return m_documents; }

Q_SIGNALS:
    void firstPainted(); // once: what is slow may begin now
    void closing();
    void signInRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askLeave(bool quit, std::function<void()> then);
    void build();
    void connectParts();
    void pageChanged(Page *page);
    void updateShown();
    void updateCollapsed();
    void saveLook();
    QString workspaceKey() const;

    Theme *m_theme;
    Settings *m_settings;
    TraceLog *m_trace;
    const AppContext *m_context = nullptr;
    EnvironmentLine *m_line = nullptr;
    MainMenu *m_menu = nullptr;
    SearchButton *m_search = nullptr;
    NavigationPanel *m_navigation = nullptr;
    DocumentArea *m_documents = nullptr;
    ConsoleStatusBar *m_status = nullptr;
    CommandPalette *m_palette = nullptr;
    std::unique_ptr<Workspace> m_workspace;
    bool m_painted = false;
    bool m_closing = false;
};

} // namespace kboss
