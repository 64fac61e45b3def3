#pragma once

#include "models/installlogmodel.h"
#include "ui/appcontext.h"

#include <QListView>

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace kboss {

class FilterChip;

// One host's log: a line of switches, and its lines of one height. Follows the end while it is told to; going up ends that. GUI thread.
class InstallLogView : public QWidget {
    Q_OBJECT
public:
    InstallLogView(Theme *theme, QWidget *parent);

    void setTitle(const QString &title, const QString &note);
    InstallLogModel *model() const { return m_model; }
    QListView *list() const { return m_list; }
    QLineEdit *searchField() const { return m_search; }
    bool follows() const;
    void setFollows(bool follow);
    void clear();
    void append(const std::vector<StepLogLine> &lines);
    void copyRows();
    void retranslate();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void showHits();
    void goToHit(int by);

    Theme *m_theme;
    InstallLogModel *m_model;
    QListView *m_list;
    QLabel *m_title, *m_note, *m_hits;
    QLineEdit *m_search;
    FilterChip *m_errors, *m_follow;
    QToolButton *m_before, *m_after;
    bool m_moving = false; // by us
};

} // namespace kboss
