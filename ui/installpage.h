#pragma once

#include "ui/installpane.h"
#include "ui/page.h"

#include <QPointer>

class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace kboss {

class InstallDesk;
class InstallRail;
class StateOverlay;

// The installation of a cluster as a document: a rail of six steps at the left, the page of one of them beside it. Leaving it stops nothing. GUI thread; owned by
// the window.
class InstallPage : public Page {
    Q_OBJECT
public:
    enum Step { Hosts, Trust, Checks, Plan, Install, Done, Steps };

    InstallPage(QString installId, const AppContext &context, QWidget *parent = nullptr);
    ~InstallPage() override;

    QString pageId() const override; // "install/<id>"
    QString title() const override;
    State state() const override { return m_state; }
    qint64 rows() const override;
    QList<QAction *> pageActions() const override { return m_actions; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void setShown(bool shown) override;
    void retranslate() override;
    bool showForTour(const QString &variant) override; // "trust" "checks" "plan" "install" "done"

    Installation *installation() const { return m_installation; }
    InstallRail *rail() const { return m_rail; }
    InstallPane *pane(Step step) const { return m_panes.empty() ? nullptr : m_panes[static_cast<size_t>(step)]; }
    Step step() const { return m_step; }
    void goTo(Step step);
    QPushButton *nextButton() const { return m_next; }
    QString openText() const; // why one cannot go on

private:
    void build();
    void open();
    void makePanes();
    void showWords();
    void buildActions();
    Step firstOpen() const;
    static QString stepWord(Step step);
    void moveFocus();

    QString m_id;
    AppContext m_context;
    InstallDesk *m_desk;
    QPointer<Installation> m_installation;
    State m_state = State::Loading;
    Step m_step = Hosts;
    int m_wanted = -1; // step to be shown once it is there
    bool m_shown = false;
    InstallRail *m_rail;
    QLabel *m_title, *m_note, *m_open;
    QPushButton *m_next;
    QHBoxLayout *m_head;
    QWidget *m_body;
    QStackedWidget *m_stack;
    StateOverlay *m_overlay;
    std::vector<InstallPane *> m_panes;
    QList<QAction *> m_actions;
};

} // namespace kboss
