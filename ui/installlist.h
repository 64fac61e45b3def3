#pragma once

#include "app/services/installdesk.h"
#include "ui/page.h"
#include "ui/appcontext.h"

#include <QAbstractTableModel>

class QLabel;
class QPushButton;

namespace kboss {

class PageHead;
class PlainTable;

// The installations of this profile as rows.
class InstallListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Cluster, StateWord, Version, Hosts, Center, Changed, By, Columns };
    InstallListModel(const AppContext &context, QObject *parent);
    void setEntries(const std::vector<InstallEntry> &entries);
    const InstallEntry *at(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const InstallEntry &entry, int column) const;
    const Clock *m_clock;
    std::vector<InstallEntry> m_entries;
};

// "Install cluster": installations that were begun or are being planned, and the way to a new one. GUI thread; owned by the window.
class InstallListPage : public Page {
    Q_OBJECT
public:
    InstallListPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("installs"); }
    QString title() const override;
    State state() const override;
    qint64 rows() const override;
    QList<QAction *> pageActions() const override { return m_actions; }
    void setShown(bool shown) override;
    void retranslate() override;
    QStringList pagesForTour() const override;

    PlainTable *table() const { return m_table; }
    QAction *namedAction(const QString &id) const; // "new" "open" "duplicate" "import" "delete"

private:
    void build();
    void fill();
    void updateActions();
    QString current() const;
    void openCurrent();
    void duplicate();
    void importPlan();
    void askRemove();
    void take(QFuture<Result<QString>> made, const QString &what); // and opens it

    AppContext m_context;
    InstallDesk *m_desk;
    InstallListModel *m_model;
    PlainTable *m_table;
    PageHead *m_head;
    QPushButton *m_new, *m_import;
    QList<QAction *> m_actions;
    bool m_told = false, m_failed = false;
};

// A new draft for this center (empty = none), opened at once.
void beginInstallation(const AppContext &context, QObject *owner, const QString &centerId, const QString &centerName);

} // namespace kboss
