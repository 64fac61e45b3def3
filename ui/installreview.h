#pragma once

#include "app/services/installdesk.h"
#include "ui/installpane.h"

#include <QHash>

class QLabel;
class QPushButton;
class QStandardItem;
class QStandardItemModel;
class QTreeView;
class QVBoxLayout;

namespace kboss {

// Fourth page: what will be changed on which host, what was accepted, how long it takes; a look without touching anything; and the button that begins.
class InstallReviewPane : public InstallPane {
    Q_OBJECT
public:
    InstallReviewPane(const AppContext &context, InstallDesk *desk, Installation *installation, QWidget *parent);

    Words words() const override;
    QList<QWidget *> headButtons() const override;
    void enter() override;
    void leave() override { m_shown = false; }
    void next() override; // begins
    void retranslate() override;
    QTreeView *tree() const { return m_tree; }

private:
    void build();
    void show();
    void fillTree();
    void fillSide();
    void showDryRun();
    void addLine(const QString &text, const char *role);
    void savePlan();
    void dryRun();
    void begin(const QString &breakLock);
    void askBreakLock();
    int changesOn(const QString &host) const;

    InstallDesk *m_desk;
    QTreeView *m_tree;
    QStandardItemModel *m_model;
    QVBoxLayout *m_side;
    QWidget *m_sideBody;
    QPushButton *m_save, *m_dry;
    std::vector<InstallStepInfo> m_steps;
    QHash<QString, QStandardItem *> m_states; // by step
    bool m_shown = false;
};

} // namespace kboss
