#include "ui/installremoval.h"

#include "models/installcounts.h"
#include "models/installstepwords.h"
#include "models/installwords.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

InstallRemoval::InstallRemoval(const AppContext &context, Installation *installation, QWidget *parent)
    : QDialog(parent), m_context(context), m_installation(installation), m_text(makeLabel({}, "label", this)), m_cost(makeLabel({}, "", this)),
      m_nameHint(makeLabel({}, "label", this)), m_name(new QLineEdit(this)), m_accept(makeButton({}, "danger", this)),
      m_cancel(makeButton({}, "", this))
{
    setObjectName(u"installRemoval"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("ground", u"panel"_s);
    setMinimumWidth(context.theme->size("dialog"));
    setWindowTitle(tr("Remove workers of %1").arg(installation->plan().cluster));
    build();
    connect(m_name, &QLineEdit::textChanged, this, &InstallRemoval::update);
    connect(m_accept, &QPushButton::clicked, this, &InstallRemoval::begin);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(installation, &QObject::destroyed, this, &QDialog::reject);
    update();
}

void InstallRemoval::build()
{
    const Theme *theme = m_context.theme;
    m_text->setText(
        tr("Each of them in turn: closed to new pods; its pods are moved to other nodes (those of DaemonSets end with it, data in emptyDir is lost, "
           "disruption budgets are kept, pods without a controller stop the removal); the node is deleted from the cluster; the host is reset. "
           "Packages, images and settings of the system stay."));
    for (QLabel *label : {m_text, m_cost, m_nameHint})
        label->setWordWrap(true);
    auto *body = new QWidget(this);
    auto *list = new QVBoxLayout(body);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(theme->size("space-1"));
    const QStringList gone = m_installation->removedWorkers();
    for (const PlanHost &host : m_installation->plan().hosts) {
        if (host.role != HostRole::Worker || gone.contains(host.name))
            continue;
        auto *box = new QCheckBox(host.name + u"  "_s + host.address, body);
        box->setObjectName(host.name);
        connect(box, &QCheckBox::toggled, this, &InstallRemoval::update);
        list->addWidget(box);
        m_boxes.push_back(box);
    }
    list->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(body);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_accept);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    m_name->setObjectName(u"nameToType"_s);
    m_accept->setObjectName(u"removeWorkers"_s);
    m_cancel->setText(tr("Cancel"));
    auto *layout = new QVBoxLayout(this);
    const int margin = theme->size("space-5");
    layout->setContentsMargins(margin, margin, margin, theme->size("space-4"));
    layout->setSpacing(theme->size("space-3"));
    layout->addWidget(m_text);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_cost);
    layout->addWidget(m_nameHint);
    layout->addWidget(m_name);
    layout->addLayout(buttons);
    if (!m_boxes.empty())
        m_boxes.front()->setFocus();
}

QStringList InstallRemoval::chosen() const
{
    QStringList names;
    for (const QCheckBox *box : m_boxes) {
        if (box->isChecked())
            names << box->objectName();
    }
    return names;
}

QCheckBox *InstallRemoval::box(const QString &worker) const
{
    return findChild<QCheckBox *>(worker);
}

QString InstallRemoval::nameToType() const
{
    const QStringList names = chosen();
    return names.size() == 1 ? names.first() : m_installation->plan().cluster;
}

QString InstallRemoval::costText() const
{
    return m_cost->text();
}

void InstallRemoval::update()
{
    const QStringList names = chosen();
    if (names.isEmpty()) {
        m_cost->setText(tr("Choose the workers that are to leave the cluster."));
    } else {
        QStringList parts;
        for (const InstallStepInfo &step : m_installation->previewRemoval(names)) {
            if (step.phase != InstallPhase::Lock)
                parts << stepWord(step) + u' ' + aboutText(step.usualMs);
        }
        m_cost->setText(tr("Takes %1: %2.").arg(aboutText(m_installation->removalMs(names)), parts.join(u", "_s)));
    }
    m_nameHint->setText(tr("Type “%1” to go on. This cannot be undone.").arg(nameToType()));
    m_nameHint->setVisible(!names.isEmpty());
    m_name->setVisible(!names.isEmpty());
    m_name->setAccessibleName(m_nameHint->text());
    m_accept->setText(names.isEmpty() ? tr("Remove workers")
                                      : tr("Remove %1").arg(names.size() == 1 ? names.first() : countText(Counted::Workers, names.size())));
    const bool named = !names.isEmpty() && m_name->text().trimmed() == nameToType();
    m_accept->setEnabled(named);
    m_accept->setDefault(named);
}

void InstallRemoval::begin()
{
    const auto run = m_installation->startRemoval(chosen().join(u','));
    if (!run) {
        m_context.showError(run.error(), tr("Remove workers"), {});
        return;
    }
    Q_EMIT begun();
    accept();
}

} // namespace kboss
