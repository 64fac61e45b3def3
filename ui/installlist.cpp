#include "ui/installlist.h"

#include "app/base/watchresult.h"
#include "models/formatters.h"
#include "models/installcounts.h"
#include "ui/installdesks.h"
#include "ui/pageaddress.h"
#include "ui/pagefactory.h"
#include "ui/pagehead.h"
#include "ui/plaintable.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QAction>
#include <QHeaderView>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

Tone toneOf(InstallEntry::State state)
{
    using State = InstallEntry::State;
    switch (state) {
    case State::Running:
        return Tone::Info;
    case State::Done:
        return Tone::Good;
    case State::Failed:
    case State::Damaged:
        return Tone::Bad;
    case State::Interrupted:
    case State::Paused:
        return Tone::Warn;
    default:
        return Tone::Off;
    }
}

} // namespace

void beginInstallation(const AppContext &context, QObject *owner, const QString &centerId, const QString &centerName)
{
    InstallDesk *desk = installDeskOf(context);
    if (!desk)
        return;
    InstallDetails details;
    details.centerId = centerId;
    details.centerName = centerName;
    details.registers = !centerId.isEmpty();
    watchResult(desk->create({}, details), owner, [open = context.openPage, fault = context.showError](const Result<QString> &made) {
        if (made)
            open(PageAddress{u"install"_s, {*made}}.id());
        else
            fault(made.error(), InstallListPage::tr("Begin an installation"), {});
    });
}

InstallListModel::InstallListModel(const AppContext &context, QObject *parent) : QAbstractTableModel(parent), m_clock(context.clock) { }

void InstallListModel::setEntries(const std::vector<InstallEntry> &entries)
{
    if (entries == m_entries)
        return;
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

const InstallEntry *InstallListModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<size_t>(row)] : nullptr;
}

void InstallListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

QString InstallListModel::text(const InstallEntry &entry, int column) const
{
    const char *const states[] = {QT_TR_NOOP("draft"), QT_TR_NOOP("interrupted"), QT_TR_NOOP("under way"), QT_TR_NOOP("paused"), QT_TR_NOOP("failed"),
                                  QT_TR_NOOP("done"),  QT_TR_NOOP("removed"),     QT_TR_NOOP("elsewhere"), QT_TR_NOOP("damaged")};
    switch (column) {
    case Cluster:
        return entry.cluster.isEmpty() ? tr("without a name") : entry.cluster;
    case StateWord:
        if (entry.state == InstallEntry::State::Done && entry.leftOut > 0)
            return tr("done, without %1").arg(countText(Counted::Hosts, entry.leftOut));
        return tr(states[static_cast<size_t>(entry.state)]);
    case Version:
        return entry.version;
    case Hosts:
        return entry.hosts == 0 ? QString()
                                : countText(Counted::Hosts, entry.hosts) + u" · "_s + countText(Counted::ControlPlanes, entry.controlPlanes);
    case Center:
        return entry.centerName;
    case Changed:
        return formatRelativeTime(entry.changedMs, m_clock->nowMs(), QTimeZone::systemTimeZone());
    case By:
        return entry.detail.isEmpty() ? entry.by : entry.detail;
    default:
        return {};
    }
}

int InstallListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}
int InstallListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant InstallListModel::data(const QModelIndex &index, int role) const
{
    const InstallEntry *entry = at(index.row());
    if (!entry)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*entry, index.column());
    case Qt::ToolTipRole:
        return index.column() == Changed ? formatFullTime(entry->changedMs, QTimeZone::systemTimeZone()) : QString();
    case PlainTable::ToneRole:
        return index.column() == StateWord ? QVariant(static_cast<int>(toneOf(entry->state))) : QVariant();
    case PlainTable::DimRole:
        return index.column() >= Center;
    default:
        return {};
    }
}

QVariant InstallListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Cluster:
        return tr("Cluster");
    case StateWord:
        return tr("State");
    case Version:
        return tr("Kubernetes");
    case Hosts:
        return tr("Hosts");
    case Center:
        return tr("Compute center");
    case Changed:
        return tr("Changed");
    case By:
        return tr("By");
    default:
        return {};
    }
}

InstallListPage::InstallListPage(const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_desk(installDeskOf(context)), m_model(new InstallListModel(context, this)),
      m_table(new PlainTable(context.theme, this)), m_head(new PageHead(context.theme, this)), m_new(makeButton({}, "primary", this)),
      m_import(makeButton({}, "", this))
{
    setObjectName(u"page-installs"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    build();
    if (m_desk)
        connect(m_desk, &InstallDesk::changed, this, &InstallListPage::fill);
    retranslate();
    updateActions();
}

void InstallListPage::build()
{
    const auto offer = [this](const QString &id, const QString &icon, const QKeySequence &keys, auto work) {
        auto *action = new QAction(this);
        action->setObjectName(u"installs."_s + id);
        action->setProperty("iconName", icon);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, work);
        addAction(action);
        m_actions << action;
    };
    offer(u"new"_s, u"plus"_s, QKeySequence::New, [this] { beginInstallation(m_context, this, {}, {}); });
    offer(u"open"_s, u"edit"_s, {}, [this] { openCurrent(); });
    offer(u"duplicate"_s, u"copy"_s, {}, [this] { duplicate(); });
    offer(u"import"_s, u"import"_s, {}, [this] { importPlan(); });
    offer(u"delete"_s, u"trash"_s, QKeySequence::Delete, [this] { askRemove(); });
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({220, 120, 110, 210, 170, 130});
    m_head->addButton(m_import);
    m_head->addButton(m_new);
    connect(m_new, &QPushButton::clicked, m_actions[0], &QAction::trigger);
    connect(m_import, &QPushButton::clicked, m_actions[3], &QAction::trigger);
    connect(m_table, &QTableView::doubleClicked, this, &InstallListPage::openCurrent);
    connect(m_table, &QTableView::activated, this, &InstallListPage::openCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &InstallListPage::updateActions);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
}

QString InstallListPage::title() const
{
    return ownPageTitle(pageId());
}

Page::State InstallListPage::state() const
{
    if (!m_desk || m_failed)
        return State::Failed;
    if (!m_desk->isLoaded())
        return State::Loading;
    return m_model->rowCount() > 0 ? State::Ready : State::Empty;
}

qint64 InstallListPage::rows() const
{
    return m_model->rowCount();
}

QAction *InstallListPage::namedAction(const QString &id) const
{
    for (QAction *action : m_actions) {
        if (action->objectName() == u"installs."_s + id)
            return action;
    }
    return nullptr;
}

QStringList InstallListPage::pagesForTour() const
{
    return m_model->rowCount() > 0 ? QStringList{PageAddress{u"install"_s, {m_model->at(0)->id}}.id()} : QStringList();
}

void InstallListPage::setShown(bool shown)
{
    if (!shown)
        return;
    if (!m_desk) {
        m_told = true;
        QTimer::singleShot(0, this, &Page::ready);
        return;
    }
    watchResult(m_desk->load(), this, [this](const Result<void> &loaded) {
        m_failed = !loaded;
        if (!loaded)
            m_context.showError(loaded.error(), tr("Read the installations"), [this] { setShown(true); });
        fill();
        if (!m_told) {
            m_told = true;
            QTimer::singleShot(0, this, &Page::ready);
        }
    });
}

void InstallListPage::fill()
{
    const QString kept = current();
    m_model->setEntries(m_desk->entries());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->at(row)->id == kept)
            m_table->selectRow(row);
    }
    m_table->selectFirst();
    m_head->setNote(m_model->rowCount() > 0 ? countText(Counted::Installations, m_model->rowCount()) : QString());
    updateActions();
    Q_EMIT statusChanged();
}

QString InstallListPage::current() const
{
    const InstallEntry *entry = m_model->at(m_table->currentIndex().row());
    return entry ? entry->id : QString();
}

void InstallListPage::updateActions()
{
    const InstallEntry *entry = m_model->at(m_table->currentIndex().row());
    for (const char *id : {"open", "duplicate"})
        namedAction(QLatin1String(id))->setEnabled(entry && entry->state != InstallEntry::State::Damaged);
    namedAction(u"delete"_s)->setEnabled(entry && entry->state != InstallEntry::State::Running && entry->state != InstallEntry::State::Elsewhere);
    for (QWidget *button : {m_new, m_import})
        button->setEnabled(m_desk != nullptr);
}

void InstallListPage::openCurrent()
{
    if (const QString id = current(); !id.isEmpty())
        m_context.openPage(PageAddress{u"install"_s, {id}}.id());
}

void InstallListPage::take(QFuture<Result<QString>> made, const QString &what)
{
    watchResult(std::move(made), this, [this, what](const Result<QString> &id) {
        if (id)
            m_context.openPage(PageAddress{u"install"_s, {*id}}.id());
        else
            m_context.showError(id.error(), what, {});
    });
}

void InstallListPage::duplicate()
{
    if (const QString id = current(); !id.isEmpty())
        take(m_desk->duplicate(id), tr("Copy an installation"));
}

void InstallListPage::importPlan()
{
    Question question;
    question.title = tr("Open a plan");
    question.text = tr("A plan that was saved from here, without passwords. It becomes a draft.");
    question.input = u"file-open"_s;
    question.inputFilter = tr("Plan (*.json)");
    question.acceptText = tr("Open");
    m_context.prompt->ask(this, question, [this](const Answer &answer) {
        if (answer.accepted)
            take(m_desk->importPlan(answer.input), tr("Open a plan"));
    });
}

void InstallListPage::askRemove()
{
    const InstallEntry *entry = m_model->at(m_table->currentIndex().row());
    if (!entry || !namedAction(u"delete"_s)->isEnabled())
        return;
    const bool begun = entry->begunMs > 0 && entry->state != InstallEntry::State::Removed;
    Question question;
    question.title = tr("Forget the installation of %1?").arg(entry->cluster.isEmpty() ? tr("a draft without a name") : entry->cluster);
    question.text = begun ? tr("It was begun: what it did on the hosts stays there, and cannot be taken back from here any more. Remove the cluster "
                               "first where that is wanted.")
                          : tr("Nothing was done on any host.");
    question.acceptText = tr("Forget it");
    question.dangerous = true;
    if (begun)
        question.nameToType = entry->cluster;
    m_context.prompt->ask(this, question, [this, id = entry->id, begun](const Answer &answer) {
        if (!answer.accepted)
            return;
        watchResult(m_desk->remove(id, begun), this, [this](const Result<void> &done) {
            if (!done)
                m_context.showError(done.error(), tr("Forget an installation"), {});
        });
    });
}

void InstallListPage::retranslate()
{
    m_head->setTitle(title());
    m_new->setText(tr("New installation"));
    m_import->setText(tr("Open a plan…"));
    const QString texts[] = {tr("New installation of a cluster"), tr("Open the installation"), tr("Copy the installation as a draft"),
                             tr("Open a plan from a file"), tr("Forget the installation")};
    for (qsizetype i = 0; i < m_actions.size(); ++i)
        m_actions[i]->setText(texts[i]);
    m_table->setAccessibleName(title());
    m_table->setEmptyText(
        tr("No cluster was installed from here yet"),
        tr("A new installation goes from hosts over trust and checks to a plan. Nothing is changed on any host before you begin it."));
    m_model->retranslate();
    Q_EMIT titleChanged();
}

} // namespace kboss
