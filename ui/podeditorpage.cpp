#include "ui/podeditorpage.h"

#include "app/cluster/workloadrules.h"
#include "models/picks.h"
#include "models/rowcells.h"
#include "ui/changelist.h"
#include "ui/editpane.h"
#include "ui/fieldeditor.h"
#include "ui/namelabel.h"
#include "ui/pageaction.h"
#include "ui/podcheck.h"
#include "ui/podoutcome.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/settings.h"
#include "ui/stateoverlay.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QPointer>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

const Row *findRow(const std::vector<Row> &rows, const QString &key)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&key](const Row &row) { return row.key == key; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

PodEditorPage::PodEditorPage(Address address, const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_address(std::move(address)), m_clusters(feedOf("compute-cluster")), m_configs(feedOf("pod-config")),
      m_parts(feedOf("compute-part")), m_nodes(feedOf("node-stock")), m_pods(feedOf("cluster-pod")),
      m_feed(new ResourceFeed(m_configs->type(), context, this)), m_writer(new WriteController(m_feed, this)), m_pane(new EditPane(m_writer, this)),
      m_outcome(new PodOutcome(context, this)), m_runner(new PodCheckRunner(context, this)), m_title(new NameLabel("title", this)),
      m_meta(new NameLabel("label", this)), m_state(new Chip(context.theme, this)), m_duplicate(makeButton({}, "", this)),
      m_delete(makeButton({}, "danger", this)), m_body(new QWidget(this)), m_splitter(new QSplitter(Qt::Horizontal, m_body)),
      m_overlay(new StateOverlay(m_body)), m_age(new QTimer(this))
{
    setObjectName(u"page-pod-editor"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_pane->setChangesShown(false);
    m_pane->setShape([this] {
        return podFormShape(
            {&m_configs->type(), &m_configs->rows(), isChange() ? m_address.config : QString(), m_address.cluster, &m_rooms, &m_stocks});
    });
    buildActions();
    build();
    connectParts();
    retranslate();
    followLists();
}

PodEditorPage::~PodEditorPage() = default;

RowsFeed *PodEditorPage::feedOf(const char *resource)
{
    return new RowsFeed(*m_context.resources->find(QLatin1String(resource)), m_context, this);
}

void PodEditorPage::build()
{
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_pane);
    m_splitter->addWidget(m_outcome);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    const QJsonArray sizes = m_context.settings->value(u"splitter/pod-editor"_s).toArray();
    m_splitter->setSizes(sizes.size() == 2 ? QList<int>{sizes[0].toInt(), sizes[1].toInt()} : QList<int>{560, 840});
    auto *whole = new QVBoxLayout(m_body);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(makeLine(this));
    column->addWidget(m_body, 1);
}

QWidget *PodEditorPage::buildHead()
{
    const Theme *theme = m_context.theme;
    auto *head = new QWidget(this);
    head->setFixedHeight(theme->size("title-line"));
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), 0);
    line->setSpacing(theme->size("space-3"));
    line->addWidget(m_title);
    line->addWidget(m_state);
    line->addWidget(m_meta);
    line->addStretch();
    QAction *refresh = m_named[u"refresh"_s];
    auto *again = makeIconButton(m_context.theme, u"refresh"_s, {}, head);
    connect(again, &QToolButton::clicked, refresh, &QAction::trigger);
    connect(refresh, &QAction::changed, again, [again, refresh] {
        again->setToolTip(refresh->text());
        again->setAccessibleName(refresh->text());
    });
    m_delete->setObjectName(u"deleteConfig"_s);
    line->addWidget(again);
    line->addWidget(m_delete);
    line->addSpacing(theme->size("space-3"));
    line->addWidget(m_duplicate);
    return head;
}

void PodEditorPage::offer(const QString &id, const QString &icon, const QKeySequence &keys, std::function<void()> run)
{
    QAction *action = addPageAction(this, m_context.theme, u"pod-editor-"_s + id, icon, keys, std::move(run));
    m_actions << action;
    m_named.insert(id, action);
}

void PodEditorPage::buildActions()
{
    offer(u"save"_s, u"save"_s, QKeySequence::Save, [this] { m_pane->save(); });
    offer(u"refresh"_s, u"refresh"_s, QKeySequence::Refresh, [this] {
        for (RowsFeed *feed : {m_clusters, m_configs, m_parts, m_nodes, m_pods})
            feed->refresh();
    });
    offer(u"duplicate"_s, u"copy"_s, {}, [this] {
        m_context.openPage(PageAddress{u"pod-config-copy"_s, {m_address.center, m_address.cluster, m_address.config}}.id());
    });
    offer(u"delete"_s, u"trash"_s, {}, [this] {
        if (const Row *known = isChange() ? row() : nullptr)
            m_writer->askRemove({*known});
    });
}

void PodEditorPage::connectParts()
{
    for (const auto &[button, id] : {std::pair(m_duplicate, u"duplicate"_s), std::pair(m_delete, u"delete"_s)}) {
        QAction *action = m_named[id];
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button = button, action] { button->setEnabled(action->isEnabled()); });
    }
    for (RowsFeed *feed : {m_clusters, m_configs, m_parts, m_nodes, m_pods})
        connect(feed, &RowsFeed::changed, this, &PodEditorPage::onLists);
    connect(m_pane, &EditPane::left, this, [this] { leave(isChange() ? m_address.config : QString()); });
    connect(m_pane, &EditPane::unsavedChanged, this, &PodEditorPage::onForm);
    connect(m_pane, &EditPane::saved, this, [this](const QString &key) {
        for (RowsFeed *feed : {m_configs, m_parts, m_nodes, m_pods})
            feed->refresh();
        if (!isChange())
            leave(key);
    });
    connect(m_writer, &WriteController::written, this, [this] {
        for (RowsFeed *feed : {m_configs, m_parts, m_nodes})
            feed->refresh();
    });
    connect(m_runner, &PodCheckRunner::changed, this, &PodEditorPage::onAnswer);
    connect(m_outcome, &PodOutcome::copied, this, [this] { m_context.showNotice(tr("The YAML is on the clipboard, without the password"), {}, {}); });
    connect(m_context.session, &Session::stateChanged, this, &PodEditorPage::ask);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_context.settings->setValue(u"splitter/pod-editor"_s, QJsonArray{m_splitter->sizes().value(0), m_splitter->sizes().value(1)});
    });
    m_age->setInterval(5'000);
    connect(m_age, &QTimer::timeout, this, &PodEditorPage::updateHead); // ages grow
}

void PodEditorPage::followLists()
{
    const QHash<QString, QString> center{{u"cpcid"_s, m_address.center}};
    const QHash<QString, QString> both{{u"cpcid"_s, m_address.center}, {u"clusterid"_s, m_address.cluster}};
    m_clusters->follow(center, nullptr);
    m_configs->follow(both, nullptr);
    m_parts->follow(center, nullptr);
    m_nodes->follow(center, nullptr);
    if (isChange()) {
        QString id = m_address.config;
        id.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
        m_pods->follow(both, parseFilter(u"pod_config = \"%1\""_s.arg(id)).value_or(nullptr));
    }
}

const Row *PodEditorPage::row() const
{
    return m_address.config == "new"_L1 ? nullptr : findRow(m_configs->rows(), m_address.config);
}

const Row *PodEditorPage::cluster() const
{
    return findRow(m_clusters->rows(), m_address.cluster);
}

void PodEditorPage::onLists()
{
    m_rooms = podRooms(m_nodes->type(), m_nodes->rows(), m_address.cluster);
    m_stocks = podStocks(m_parts->type(), m_parts->rows(), m_address.cluster);
    if (const Row *known = cluster(); known && m_feed->master().key.isEmpty()) {
        m_feed->setMaster(*known, &m_clusters->type());
        m_feed->start();
    }
    openWhenReady();
    if (m_pane->isOpen()) {
        if (const Row *known = row(); known && isChange())
            m_pane->rowChanged(*known);
        m_pane->form()->setChoices(u"source_nodeselector"_s, nodeLabelChoices(m_rooms));
        m_pane->form()->applyAgain(); // asks again
    }
    updateOverlay();
    updateHead();
}

// The form begins once it is known whose configuration it is, and which ports are taken.
void PodEditorPage::openWhenReady()
{
    if (m_pane->isOpen() || m_feed->master().key.isEmpty())
        return;
    const bool configsKnown = m_configs->isRead() || m_configs->isOffline() || m_configs->error().kind != ErrorKind::Cancelled;
    const bool wantsRow = m_address.config != "new"_L1;
    if (wantsRow ? !row() : !configsKnown)
        return;
    const Action *action = m_configs->type().action(isChange() ? u"update"_s : u"create"_s);
    m_pane->open(*action, isChange() ? *row() : Row(), beginning());
    m_image = m_pane->form()->input().value(u"pod_imagepath"_s);
    onForm();
    if (FieldEditor *first = m_pane->form()->editor(u"source_name"_s)) {
        setFocusProxy(first);
        first->setFocus();
    }
}

FormInput PodEditorPage::beginning() const
{
    FormInput begin;
    if (isChange())
        return begin;
    if (const Row *like = row()) { // a copy: everything but its name, its port and its password
        const WorkloadTexts texts = podTexts(m_configs->type(), *like);
        for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
            if (text.key() != u"id"_s && text.key() != u"clusterid"_s)
                begin.insert(text.key(), text.value());
        }
        begin.insert(u"source_name"_s, texts.value(u"source_name"_s).left(58) + u"-copy"_s);
    } else {
        const ImageHabits habits = habitsOf({});
        begin.insert(u"source_apiport"_s, QString::number(habits.port));
        begin.insert(u"source_insideport"_s, QString::number(habits.port));
    }
    if (const int port = freeNodePort(m_configs->type(), m_configs->rows()))
        begin.insert(u"source_outsideport"_s, QString::number(port));
    return begin;
}

void PodEditorPage::followImage()
{
    EditForm *form = m_pane->form();
    const FormInput input = form->input();
    const QString image = input.value(u"pod_imagepath"_s), former = m_image;
    if (isChange() || image == former)
        return;
    m_image = image;
    const ImageHabits before = habitsOf(former), after = habitsOf(image);
    const std::tuple<QString, QString, QString> texts[] = {
        {u"source_apiport"_s, QString::number(before.port), QString::number(after.port)},
        {u"source_insideport"_s, QString::number(before.port), QString::number(after.port)},
        {u"source_mountpath"_s, before.mountPath, after.mountPath},
    };
    for (const auto &[field, usual, now] : texts) {
        if (input.value(field) == usual)
            form->type(field, now);
    }
}

void PodEditorPage::onForm()
{
    if (!m_pane->isOpen())
        return;
    followImage();
    m_outcome->setChanges(isChange(), m_pane->changes()->entries(), m_yamlBefore);
    ask();
    Q_EMIT titleChanged();
}

PodHolding PodEditorPage::holding() const
{
    PodHolding held;
    const Row *known = isChange() ? row() : nullptr;
    WorkloadTexts texts = known ? podTexts(m_configs->type(), *known) : WorkloadTexts();
    texts.insert(u"source_authpasswd"_s, u"-"_s); // nothing depends on it
    const auto workload = readWorkload(texts);
    if (!known || !workload)
        return held;
    QStringList named, ofPods;
    for (const QString &node : RowCells(m_configs->type(), *known).text("pod_nodes").split(u',', Qt::SkipEmptyParts))
        named << node.trimmed();
    for (const Row &pod : m_pods->rows())
        ofPods << RowCells(m_pods->type(), pod).text("pod_node");
    held.need = needOf(*workload);
    if (const Row *home = cluster(); home && RowCells(m_clusters->type(), *home).text("backend") != "simulated"_L1)
        held.former = *workload;
    held.hosts = replicaHosts(placedReplicas(*workload) == 0 ? named.size() : workload->replicas, named, ofPods);
    return held;
}

void PodEditorPage::ask()
{
    if (!m_pane->isOpen())
        return;
    const Row like = isChange() && row() ? *row() : Row();
    m_yamlBefore = like.key.isEmpty() ? QString() : podYaml(podTexts(m_configs->type(), like));
    PodCheckRunner::Ask asked;
    asked.texts = podFormTexts(m_pane->form()->input(), m_configs->type(), like, m_address.cluster);
    asked.known = m_nodes->isRead() && m_parts->isRead();
    asked.rooms = m_rooms;
    asked.stocks = m_stocks;
    asked.holding = holding();
    asked.cluster = m_address.cluster;
    asked.changedId = like.key;
    asked.asOfMs = m_nodes->freshness().asOfMs;
    m_runner->ask(std::move(asked));
}

QStringList PodEditorPage::faultNames() const
{
    QStringList names;
    if (!m_pane->isOpen())
        return names;
    const EditForm *form = m_pane->form();
    for (const FormField &field : form->fields()) {
        const bool password = field.secret; // it decides nothing of room and YAML
        if (!password && !form->isHidden(field.name) && !form->faultOf(field.name).isEmpty())
            names << field.label.text();
    }
    return names;
}

} // namespace kboss
