#pragma once

#include "app/services/installdesk.h"
#include "ui/appcontext.h"

#include <QDialog>

class QLabel;
class QStandardItemModel;

namespace kboss {

class PlainTable;

// The idle nodes of a center, to be taken as hosts of a plan. Opened by open(); deletes itself. GUI thread.
class InstallPicker : public QDialog {
    Q_OBJECT
public:
    InstallPicker(const AppContext &context, InstallDesk *desk, const QString &centerId, const std::vector<PlanHost> &taken, QWidget *parent);

Q_SIGNALS:
    void picked(const std::vector<kboss::PlanHost> &hosts);

private:
    void show(const Result<HostList> &list, const std::vector<PlanHost> &taken);
    void update();
    void send();

    AppContext m_context;
    std::vector<PlanHost> m_hosts;
    QLabel *m_text;
    PlainTable *m_table;
    QStandardItemModel *m_model;
    QPushButton *m_accept, *m_cancel;
};

} // namespace kboss
