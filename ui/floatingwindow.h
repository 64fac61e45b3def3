#pragma once

#include "ui/appcontext.h"

#include <QMainWindow>

class QLabel;
class QPushButton;

namespace kboss {

class Chip;
class EnvironmentLine;
class MessageBar;
class Page;

// A page torn off into a window of its own. Owns the page until takePage(). GUI thread.
class FloatingWindow : public QMainWindow {
    Q_OBJECT
public:
    FloatingWindow(const AppContext &context, Page *page);

    Page *page() const { return m_page; }
    Page *takePage();
    MessageBar *messages() const { return m_messages; }
    void retranslate();

Q_SIGNALS:
    void dockRequested();
    void closeRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateShown();

    const AppContext &m_context;
    Page *m_page;
    EnvironmentLine *m_line;
    MessageBar *m_messages;
    QLabel *m_where;
    QPushButton *m_dock;
};

} // namespace kboss
