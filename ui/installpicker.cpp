#include "ui/installpicker.h"

#include "app/base/watchresult.h"
#include "models/installcounts.h"
#include "ui/errortext.h"
#include "ui/plaintable.h"
#include "ui/widgets.h"

#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

InstallPicker::InstallPicker(const AppContext &context, InstallDesk *desk, const QString &centerId, const std::vector<PlanHost> &taken,
                             QWidget *parent)
    : QDialog(parent), m_context(context), m_text(makeLabel({}, "label", this)), m_table(new PlainTable(context.theme, this)),
      m_model(new QStandardItemModel(this)), m_accept(makeButton({}, "primary", this)), m_cancel(makeButton(tr("Cancel"), "", this))
{
    setObjectName(u"installPicker"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("ground", u"panel"_s);
    setWindowTitle(tr("Idle nodes of the center"));
    resize(context.theme->size("palette-width"), context.theme->size("dialog"));
    m_text->setWordWrap(true);
    m_text->setText(tr("Reading the nodes"));
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("Address"), tr("User")});
    m_table->setModel(m_model);
    m_table->setAccessibleName(windowTitle());
    m_table->setWidths({220, 180, 120});
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_accept);
    m_accept->setDefault(true);
    auto *column = new QVBoxLayout(this);
    const int margin = context.theme->size("space-4");
    column->setContentsMargins(margin, margin, margin, margin);
    column->addWidget(m_text);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InstallPicker::update);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_accept, &QPushButton::clicked, this, &InstallPicker::send);
    watchResult(desk->idleNodes(centerId), this, [this, taken](const Result<HostList> &list) { show(list, taken); });
    update();
}

void InstallPicker::show(const Result<HostList> &list, const std::vector<PlanHost> &taken)
{
    if (!list) {
        m_text->setText(list.error().kind == ErrorKind::NotFound
                            ? tr("The nodes of this center are not known here yet. Open its list of nodes once, then come back.")
                            : tr("The nodes of this center could not be read: %1").arg(errorText(list.error(), {}).reason));
        return;
    }
    for (const PlanHost &host : list->hosts) {
        if (std::any_of(taken.begin(), taken.end(), [&host](const PlanHost &one) { return one.address == host.address; }))
            continue;
        m_hosts.push_back(host);
        QList<QStandardItem *> row;
        for (const QString &text : {host.name, host.address, host.user}) {
            auto *item = new QStandardItem(text);
            item->setEditable(false);
            row << item;
        }
        m_model->appendRow(row);
    }
    m_text->setText(m_hosts.empty() ? tr("No node of this center is idle, or all of them are in the plan already.")
                                    : tr("Select what is to be part of the cluster. Where it has no control plane yet the first one becomes it, the "
                                         "others are workers; roles are "
                                         "changed in the table."));
    m_table->selectAll();
    m_table->setFocus();
}

void InstallPicker::update()
{
    const auto count = m_table->selectionModel()->selectedRows().size();
    m_accept->setText(tr("Add %1").arg(countText(Counted::Hosts, count)));
    m_accept->setEnabled(count > 0);
}

void InstallPicker::send()
{
    std::vector<PlanHost> hosts;
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    for (const int row : std::as_const(rows))
        hosts.push_back(m_hosts[static_cast<size_t>(row)]);
    Q_EMIT picked(hosts);
    accept();
}

} // namespace kboss
