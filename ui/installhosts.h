#pragma once

#include "app/services/installdesk.h"
#include "ui/installpane.h"

#include <QStyledItemDelegate>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace kboss {

class InstallHostsModel;
class InstallPlanForm;

// Cells of hosts: what is wrong has a line in bad at its left and says so on hover; roles and jump hosts are chosen.
class InstallHostsDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    InstallHostsDelegate(Theme *theme, InstallHostsModel *model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;

private:
    Theme *m_theme;
    InstallHostsModel *m_model;
};

// First page: who is to be part of the cluster, and how one signs in.
class InstallHostsPane : public InstallPane {
    Q_OBJECT
public:
    InstallHostsPane(const AppContext &context, InstallDesk *desk, Installation *installation, QWidget *parent);

    Words words() const override;
    void enter() override;
    void retranslate() override;
    QTableView *table() const { return m_table; }
    InstallHostsModel *model() const { return m_model; }
    InstallPlanForm *form() const { return m_form; }
    void importFile(const QString &file); // what "from a file" does once one was chosen

private:
    void build();
    void buildTable();
    void takeEdit();
    void showPlan();
    void showSignIns();
    void addHost();
    void removeRows();
    void pickNodes();
    void askFile();
    void takeHosts(const std::vector<PlanHost> &hosts);
    void tellList(const HostList &list);
    void askSignIn(bool all);
    QStringList chosenHosts() const;
    QString listFault() const; // of the hosts as a whole

    InstallDesk *m_desk;
    InstallHostsModel *m_model;
    QTableView *m_table;
    InstallPlanForm *m_form;
    QLabel *m_fault, *m_listTitle;
    QPlainTextEdit *m_list;
    QPushButton *m_add, *m_nodes, *m_file, *m_remove, *m_signIn, *m_signInAll, *m_closeList;
    bool m_taking = false;
};

} // namespace kboss
