#pragma once

#include "ui/appcontext.h"
#include "ui/environment.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace kboss {

class Page;

// A figure of the status bar: a shape in a tone and words. Clickable where it leads somewhere.
class StatusField : public QWidget {
    Q_OBJECT
public:
    explicit StatusField(Theme *theme, QWidget *parent = nullptr);
    void setField(Tone tone, const QString &text, const QString &tip = {});
    void setFilled(bool filled) { m_filled = filled; } // the tone is the ground: where one is working
    QSize sizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    Theme *m_theme;
    Tone m_tone = Tone::None;
    QString m_text;
    bool m_filled = false;
};

// Where one works, the connection, how fresh the page is, what runs, who one is. GUI thread.
class ConsoleStatusBar : public QWidget {
    Q_OBJECT
public:
    explicit ConsoleStatusBar(Theme *theme, QWidget *parent = nullptr);

    void setContext(const AppContext &context);
    void leaveContext(); // before the session goes
    void setPage(Page *page);
    void setShown(bool shown); // ages move on only while somebody looks
    void setNavigationWidth(int width);
    void retranslate();

Q_SIGNALS:
    void pageWanted(const QString &pageId);

private:
    void updateEnvironment();
    void updateConnection();
    void updateFreshness();
    void updateJobs();
    void updateWho();

    Theme *m_theme;
    const AppContext *m_context = nullptr;
    QPointer<Page> m_page;
    StatusField *m_environment, *m_connection, *m_freshness, *m_jobs, *m_who;
    QProgressBar *m_progress;
    QTimer m_timer;
    QList<QMetaObject::Connection> m_links;
};

} // namespace kboss
