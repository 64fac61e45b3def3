#include "ui/installhosts.h"

#include "app/base/watchresult.h"
#include "models/installcounts.h"
#include "models/installhostsmodel.h"
#include "models/installwords.h"
#include "ui/installhostlines.h"
#include "ui/installpicker.h"
#include "ui/installplanform.h"
#include "ui/installsignin.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

InstallHostsPane::InstallHostsPane(const AppContext &context, InstallDesk *desk, Installation *installation, QWidget *parent)
    : InstallPane(context, installation, parent), m_desk(desk), m_model(new InstallHostsModel(this)), m_table(new QTableView(this)),
      m_form(new InstallPlanForm(context, this)), m_fault(makeLabel({}, "fault", this)), m_listTitle(makeLabel({}, "heading", this)),
      m_list(new QPlainTextEdit(this)), m_add(makeButton({}, "", this)), m_nodes(makeButton({}, "", this)), m_file(makeButton({}, "", this)),
      m_remove(makeButton({}, "danger", this)), m_signIn(makeButton({}, "", this)), m_signInAll(makeButton({}, "", this)),
      m_closeList(makeButton({}, "quiet", this))
{
    setObjectName(u"installHosts"_s);
    build();
    connect(m_model, &InstallHostsModel::edited, this, &InstallHostsPane::takeEdit);
    connect(m_form, &InstallPlanForm::edited, this, &InstallHostsPane::takeEdit);
    connect(installation, &Installation::planChanged, this, &InstallHostsPane::showPlan);
    connect(installation, &Installation::filesRead, this, [this, installation] { m_form->setFiles(*installation); });
    connect(installation, &Installation::signInChanged, this, &InstallHostsPane::showSignIns);
    connect(m_add, &QPushButton::clicked, this, &InstallHostsPane::addHost);
    connect(m_nodes, &QPushButton::clicked, this, &InstallHostsPane::pickNodes);
    connect(m_file, &QPushButton::clicked, this, &InstallHostsPane::askFile);
    connect(m_remove, &QPushButton::clicked, this, &InstallHostsPane::removeRows);
    connect(m_signIn, &QPushButton::clicked, this, [this] { askSignIn(false); });
    connect(m_signInAll, &QPushButton::clicked, this, [this] { askSignIn(true); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const bool some = m_table->selectionModel()->hasSelection();
        m_remove->setEnabled(some && !InstallPane::installation()->isFrozen());
        m_signIn->setEnabled(some);
    });
    retranslate();
    showPlan();
}

void InstallHostsPane::buildTable()
{
    Theme *theme = this->theme();
    m_table->setObjectName(u"installHostsTable"_s);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new InstallHostsDelegate(theme, m_model, this));
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::AnyKeyPressed | QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme->rowHeight());
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int widths[] = {130, 116, 66, 70, 104, 96, 136};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        m_table->setColumnWidth(column, widths[column]);
    auto *insert = new QShortcut(QKeySequence(Qt::Key_Insert), m_table);
    insert->setContext(Qt::WidgetShortcut);
    connect(insert, &QShortcut::activated, this, &InstallHostsPane::addHost);
    auto *remove = new QShortcut(QKeySequence(Qt::Key_Delete), m_table);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &InstallHostsPane::removeRows);
}

void InstallHostsPane::build()
{
    Theme *theme = this->theme();
    buildTable();
    auto *acts = new QHBoxLayout;
    acts->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), theme->size("space-2"));
    acts->setSpacing(theme->size("space-2"));
    for (QPushButton *button : {m_add, m_nodes, m_file, m_signInAll, m_signIn})
        acts->addWidget(button);
    acts->addStretch();
    acts->addWidget(m_remove);
    m_remove->setEnabled(false);
    m_signIn->setEnabled(false);
    m_fault->setContentsMargins(theme->size("space-4"), theme->size("space-1"), theme->size("space-4"), theme->size("space-2"));
    m_fault->setWordWrap(true);
    m_list->setReadOnly(true);
    m_list->setProperty("kind", u"plain"_s);
    m_list->setFixedHeight(theme->size("form-label"));
    auto *listLine = new QHBoxLayout;
    listLine->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-4"), 0);
    listLine->addWidget(m_listTitle, 1);
    listLine->addWidget(m_closeList);
    const auto showList = [this](bool shown) {
        for (QWidget *part : {static_cast<QWidget *>(m_listTitle), static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_closeList)})
            part->setVisible(shown);
    };
    showList(false);
    connect(m_closeList, &QPushButton::clicked, this, [showList] { showList(false); });

    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(acts);
    column->addWidget(makeLine(left));
    column->addWidget(m_table, 1);
    column->addWidget(m_fault);
    column->addLayout(listLine);
    column->addWidget(m_list);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_form);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(left);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({900, theme->size("panel-width")});
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(splitter);
    setFocusProxy(m_table);
}

void InstallHostsPane::enter()
{
    installation()->readFiles(); // the folder may have others by now
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
}

void InstallHostsPane::takeEdit()
{
    InstallPlan plan = installation()->plan();
    InstallDetails details = installation()->details();
    plan.hosts = m_model->hosts();
    m_form->fill(&plan, &details);
    m_taking = true; // what was typed stands already
    installation()->setPlan(plan);
    if (details != installation()->details())
        installation()->setDetails(details);
    m_taking = false;
    showPlan();
}

void InstallHostsPane::showPlan()
{
    if (m_taking)
        return;
    const Installation *now = installation();
    m_model->setHosts(now->plan().hosts);
    m_model->setFaults(now->faults());
    m_model->setFrozen(now->isFrozen());
    m_form->setPlan(now->plan(), now->details());
    m_form->setFaults(now->faults());
    m_form->setFiles(*now);
    m_form->setFrozen(now->isFrozen());
    for (QPushButton *button : {m_add, m_nodes, m_file})
        button->setEnabled(!now->isFrozen());
    const QString fault = listFault();
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    showSignIns();
}

QString InstallHostsPane::listFault() const
{
    for (const PlanFault &fault : installation()->faults()) {
        if (fault.field == "/hosts"_L1)
            return planFaultText(fault);
    }
    return {};
}

void InstallHostsPane::showSignIns()
{
    QHash<QString, InstallHostsModel::SignInWord> words;
    for (const PlanHost &host : installation()->plan().hosts) {
        const HostSignInState state = installation()->signIn(host.name);
        words.insert(host.name, {signInWord(state), state.isEnough()});
    }
    m_model->setSignIns(words);
    Q_EMIT changed();
}

void InstallHostsPane::addHost()
{
    if (installation()->isFrozen())
        return;
    PlanHost host;
    const auto &hosts = m_model->hosts();
    host.user = hosts.empty() ? u"root"_s : hosts.back().user;
    host.port = hosts.empty() ? 22 : hosts.back().port;
    host.jump = hosts.empty() ? QString() : hosts.back().jump;
    host.role = hosts.empty() ? HostRole::ControlPlane : HostRole::Worker;
    m_model->addHost(host);
    const QModelIndex name = m_model->index(m_model->rowCount() - 1, InstallHostsModel::Name);
    m_table->setCurrentIndex(name);
    m_table->setFocus();
    m_table->edit(name);
}

void InstallHostsPane::removeRows()
{
    if (installation()->isFrozen())
        return;
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedIndexes()) {
        if (!rows.contains(index.row()))
            rows << index.row();
    }
    m_model->removeHosts(rows);
}

void InstallHostsPane::takeHosts(const std::vector<PlanHost> &hosts)
{
    InstallPlan plan = installation()->plan();
    const size_t before = plan.hosts.size();
    for (PlanHost host : hosts) {
        if (host.user.isEmpty())
            host.user = u"root"_s;
        plan.hosts.push_back(host);
    }
    if (plan.withRole(HostRole::ControlPlane).empty() && hosts.size() > 1)
        plan.hosts[before].role = HostRole::ControlPlane; // one has to be; people change it where it is another
    installation()->setPlan(plan);
    showPlan();
}

void InstallHostsPane::pickNodes()
{
    if (m_form->centerId().isEmpty()) {
        context().showNotice(tr("Choose the center first, in the form at the right"), {}, {});
        return;
    }
    auto *picker = new InstallPicker(context(), m_desk, m_form->centerId(), m_model->hosts(), this);
    connect(picker, &InstallPicker::picked, this, &InstallHostsPane::takeHosts);
    picker->open();
}

void InstallHostsPane::askFile()
{
    Question question;
    question.title = tr("Hosts from a file");
    question.text = tr("CSV or XLSX. The first row names the columns: name, address, port, user, role, jump. Only the address has to be there; "
                       "passwords are refused.");
    question.input = u"file-open"_s;
    question.inputFilter = tr("Tables (*.csv *.xlsx)");
    question.acceptText = tr("Read");
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (answer.accepted)
            importFile(answer.input);
    });
}

void InstallHostsPane::importFile(const QString &file)
{
    watchResult(m_desk->readHosts(file), this, [this, file](const Result<HostList> &list) {
        if (!list)
            return context().showError(list.error(), tr("Read hosts"), {});
        tellList(*list);
        if (!list->hosts.empty())
            takeHosts(list->hosts);
    });
}

void InstallHostsPane::tellList(const HostList &list)
{
    const bool faults = !list.faults.empty();
    m_listTitle->setText(tr("Taken: %1. Not taken: %2.")
                             .arg(countText(Counted::Hosts, static_cast<qint64>(list.hosts.size())),
                                  countText(Counted::Lines, static_cast<qint64>(list.faults.size()))));
    QStringList lines;
    for (const HostListFault &fault : list.faults)
        lines << hostListFaultText(fault);
    m_list->setPlainText(lines.join(u'\n'));
    for (QWidget *part : {static_cast<QWidget *>(m_listTitle), static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_closeList)})
        part->setVisible(faults);
    if (!faults)
        context().showNotice(tr("Taken: %1").arg(countText(Counted::Hosts, static_cast<qint64>(list.hosts.size()))), {}, {});
}

QStringList InstallHostsPane::chosenHosts() const
{
    QStringList names;
    for (const QModelIndex &index : m_table->selectionModel()->selectedIndexes()) {
        const QString name = m_model->hosts()[static_cast<size_t>(index.row())].name;
        if (!name.isEmpty() && !names.contains(name))
            names << name;
    }
    return names;
}

void InstallHostsPane::askSignIn(bool all)
{
    const QStringList hosts = all ? QStringList() : chosenHosts();
    if (!all && hosts.isEmpty())
        return;
    auto *dialog = new InstallSignIn(context(), installation(), hosts, this);
    dialog->open();
}

InstallPane::Words InstallHostsPane::words() const
{
    const InstallPlan &plan = installation()->plan();
    const auto controls = plan.withRole(HostRole::ControlPlane).size();
    Words words;
    words.title = plan.cluster.isEmpty() ? tr("Hosts") : tr("Hosts · %1").arg(plan.cluster);
    words.note = plan.hosts.empty() ? tr("by hand, from idle nodes of a center, or from a file")
                                    : countText(Counted::Hosts, static_cast<qint64>(plan.hosts.size()));
    words.next = tr("Next: trust");
    const auto faults = installation()->faults().size();
    const QStringList without = plan.hosts.empty() ? QStringList() : installation()->hostsWithoutSignIn();
    if (plan.hosts.empty())
        words.open = tr("no host yet");
    else if (faults > 0)
        words.open = faults == 1 ? tr("1 thing to put right") : tr("%1 things to put right").arg(faults);
    else if (const QStringList missing = installation()->missingFiles(); !missing.isEmpty() && !installation()->isFrozen())
        words.open = tr("%1 is missing").arg(missing.join(u", "_s));
    else if (!without.isEmpty())
        words.open = tr("%1 without sign-in").arg(countText(Counted::Hosts, without.size()));
    words.standing = words.open.isEmpty() ? Standing::Done : Standing::Open;
    words.summary = plan.hosts.empty() ? tr("no host yet") : words.note + u" · "_s + countText(Counted::ControlPlanes, static_cast<qint64>(controls));
    return words;
}

void InstallHostsPane::retranslate()
{
    m_add->setText(tr("Add a host"));
    m_nodes->setText(tr("From idle nodes…"));
    m_file->setText(tr("From a file…"));
    m_remove->setText(tr("Remove"));
    m_signIn->setText(tr("Sign-in of selected…"));
    m_signInAll->setText(tr("Sign-in for all…"));
    m_closeList->setText(tr("Close"));
    m_table->setAccessibleName(tr("Hosts"));
    m_list->setAccessibleName(tr("Lines that were not taken"));
    m_model->retranslate();
    m_form->retranslate();
    showPlan();
}

} // namespace kboss
