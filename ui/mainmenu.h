#pragma once

#include "ui/appcontext.h"
#include "ui/command.h"

#include <QMenuBar>
#include <QPointer>

namespace kboss {

class Page;
class Workspace;

// Everything the console can do, by menu; the command palette reads it from here. GUI thread.
class MainMenu : public QMenuBar {
    Q_OBJECT
public:
    explicit MainMenu(QWidget *parent = nullptr);

    void setContext(const AppContext &context, Workspace *workspace);
    void leaveContext();
    void setPage(Page *page);
    void rebuild(); // after a language change, too
    QList<Command> commands() const;

Q_SIGNALS:
    void paletteRequested();
    void compactNavigationChosen(bool compact);
    void fullScreenRequested();
    void quitRequested();
    void signInRequested();
    void stepRequested(int by);

private:
    void buildFile();
    void buildEdit();
    void buildView();
    void buildGo();
    void buildActions();
    void buildWindow();
    void buildHelp();
    void addChoice(QMenu *menu, const QString &text, const QString &kind, bool checked, std::function<void()> choose, const char *source = nullptr);
    QAction *add(QMenu *menu, const char *text, const QString &icon, const QKeySequence &key, std::function<void()> run);

    const AppContext *m_context = nullptr;
    Workspace *m_workspace = nullptr;
    QPointer<Page> m_page;
    QMenu *m_file, *m_edit, *m_view, *m_go, *m_actions, *m_window, *m_help;
};

} // namespace kboss
