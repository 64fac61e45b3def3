#include "ui/resourceview.h"

#include "ui/columnchooser.h"
#include "ui/errortext.h"
#include "ui/exportflow.h"
#include "ui/filterbar.h"
#include "ui/freshnesstext.h"
#include "ui/inlineedit.h"
#include "ui/rowcollector.h"
#include "ui/savedviews.h"
#include "ui/stateoverlay.h"
#include "ui/tablelayout.h"
#include "ui/totalstable.h"
#include "ui/tracelog.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>
#include <utility>

#include "app/base/watchresult.h"
#include "app/services/serverfeatures.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString currencyFieldOf(const ResourceType &type)
{
    for (const Action &action : type.actions) {
        if (!action.currencyField.isEmpty())
            return action.currencyField;
    }
    return {};
}

} // namespace

ResourceView::ResourceView(const ResourceType &type, const AppContext &context, const QString &pageId, bool plainTitle, QWidget *parent)
    : QWidget(parent), m_type(type), m_context(context), m_pageId(pageId), m_feed(new ResourceFeed(type, context, this)),
      m_writer(new WriteController(m_feed, this)), m_title(makeLabel({}, plainTitle ? "heading" : "title", this)),
      m_titleNote(makeLabel({}, "label", this)), m_counts(makeLabel({}, "label", this)), m_freshness(new Chip(context.theme, this)),
      m_why(makeLabel({}, "hint", this)), m_titleLine(new QWidget(this)), m_export(makeButton({}, "", this)),
      m_filters(new FilterBar(type, m_feed->zone(), context.theme, this, this)), m_note(new QFrame(this)), m_noteText(makeLabel({}, "label", m_note)),
      m_table(new DataTable(m_feed->model(), *context.theme, this)), m_totals(new TotalsTable(m_table, currencyFieldOf(type), *context.theme, this)),
      m_overlay(new StateOverlay(m_table->viewport())), m_columns(new ColumnChooser(type, this)),
      m_layout(new TableLayout(m_table, context.settings, this))
{
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_views = new SavedViews(type, context.settings, context.prompt, context.theme,
                             {[this] { return saveState(); },
                              [this](const QJsonObject &state) {
                                  if (state.isEmpty())
                                      m_layout->reset();
                                  restoreState(state);
                              }},
                             this);
    m_inline = new InlineEdit(m_writer, m_table);
    buildGroups();
    m_filters->addTrailing(m_views);
    m_table->setObjectName(u"table-"_s + type.id);
    buildActions();
    buildTitleLine(plainTitle);
    auto *noteLine = new QHBoxLayout(m_note);
    noteLine->setContentsMargins(16, 6, 16, 6);
    noteLine->addWidget(m_noteText, 1);
    auto *retry = makeButton(tr("Try again"), "link", m_note);
    noteLine->addWidget(retry);
    connect(retry, &QPushButton::clicked, m_feed, &ResourceFeed::refresh);
    m_note->setObjectName(u"loadNote"_s);
    m_note->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_titleLine);
    column->addWidget(m_filters);
    column->addWidget(m_note);
    column->addWidget(m_table, 1);
    column->addWidget(m_totals);
    setFocusProxy(m_table);
    connectParts();
    buildCards(plainTitle);
    m_layout->restore();
    m_feed->setQuery({nullptr, m_table->head()->order(), 0});
    retranslate();
    m_feed->start();
    m_waiting.start();
}

ResourceView::~ResourceView() = default;

void ResourceView::buildTitleLine(bool plainTitle)
{
    m_titleLine->setFixedHeight(m_context.theme->size(plainTitle ? "filter-line" : "title-line"));
    auto *line = new QHBoxLayout(m_titleLine);
    line->setContentsMargins(m_context.theme->size("space-4"), 0, m_context.theme->size("space-4"), 0);
    line->setSpacing(m_context.theme->size("space-3"));
    line->addWidget(m_title);
    line->addWidget(m_titleNote);
    line->addWidget(m_counts);
    line->addWidget(m_freshness);
    line->addStretch(1);
    line->addWidget(m_why);
    const auto iconButton = [this, line](const QString &actionId, const QString &icon) {
        QAction *action = m_named.value(actionId);
        QToolButton *button = makeIconButton(m_context.theme, icon, action->text(), m_titleLine);
        button->setObjectName(u"button-"_s + actionId);
        button->setCheckable(action->isCheckable());
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] {
            button->setEnabled(action->isEnabled());
            button->setChecked(action->isChecked());
            button->setToolTip(action->toolTip());
            button->setAccessibleName(action->text());
        });
        line->addWidget(button);
    };
    if (m_type.isLive())
        iconButton(u"pause"_s, u"pause"_s);
    iconButton(u"refresh"_s, u"refresh"_s);
    iconButton(u"columns"_s, u"columns"_s);
    m_export->setObjectName(u"button-export"_s);
    line->addWidget(m_export);
    connect(m_export, &QPushButton::clicked, this, [this] { m_named.value(u"export-csv"_s)->trigger(); });
    const auto drawExport = [this] { m_export->setIcon(m_context.theme->actionIcon(u"download"_s)); };
    drawExport();
    connect(m_context.theme, &Theme::changed, this, drawExport);
    if (QAction *create = m_named.value(u"create"_s)) {
        m_primary = makeButton(create->text(), plainTitle ? "" : "primary", m_titleLine);
        m_primary->setObjectName(u"button-create"_s);
        connect(m_primary, &QPushButton::clicked, create, &QAction::trigger);
        line->addWidget(m_primary);
    }
}

void ResourceView::connectParts()
{
    connect(m_context.session->features(), &ServerFeatures::changed, this, &ResourceView::updateActions);
    m_age.setInterval(5'000);
    connect(&m_age, &QTimer::timeout, this, &ResourceView::updateFreshness);
    m_waiting.setSingleShot(true);
    m_waiting.setInterval(300);
    connect(&m_waiting, &QTimer::timeout, this, [this] {
        m_waitedLong = true;
        updateOverlay();
    });
    connect(m_feed, &ResourceFeed::changed, this, &ResourceView::updateAll);
    connect(m_feed, &ResourceFeed::rowsChanged, this, &ResourceView::onOpened);
    connect(m_feed->model(), &QAbstractItemModel::dataChanged, this, &ResourceView::currentRowChanged);
    connect(m_filters, &FilterBar::conditionsChanged, this, [this] {
        m_views->noteChanged();
        applyQuery();
    });
    connect(m_table->head(), &TableHeader::orderAsked, this, [this](const std::vector<SortKey> &order) {
        setOrder(order);
        m_views->noteChanged();
        m_layout->remember();
    });
    connectRows();
    connect(m_columns, &ColumnChooser::chosen, m_layout, &TableLayout::setColumns);
    connect(m_columns, &ColumnChooser::resetAsked, m_layout, &TableLayout::reset);
    connect(m_layout, &TableLayout::changed, m_totals, qOverload<>(&QWidget::update));
    connect(m_writer, &WriteController::madeRow, this, &ResourceView::chooseKey);
    connect(m_writer, &WriteController::written, this, [this] {
        if (m_feed->isPaused()) // what we did ourselves is to be seen
            m_feed->refresh();
    });
    connect(m_views, &SavedViews::failed, this, [this](const Error &error, const QString &what) { m_context.showError(error, what, {}); });
}

void ResourceView::connectRows()
{
    connect(m_table, &DataTable::rowsPainted, this, &ResourceView::onRowsPainted);
    connect(m_table, &DataTable::chosenChanged, this, [this] {
        m_totals->ask();
        updateActions();
        Q_EMIT currentRowChanged();
    });
    connect(m_table, &DataTable::openAsked, this, [this] {
        if (!editInCell(m_table->currentIndex().column()))
            openCurrent();
    });
    connect(m_table, &DataTable::copyAsked, this, &ResourceView::copyRows);
    connect(m_table, &DataTable::removeAsked, this, &ResourceView::askRemove);
    connect(m_table, &DataTable::menuAsked, this, &ResourceView::showMenu);
}

void ResourceView::setShown(bool shown)
{
    m_feed->setVisible(shown);
    if (shown) {
        m_age.start();
        updateFreshness();
    } else {
        m_age.stop();
    }
}

void ResourceView::applyQuery()
{
    if (m_wantedKey.isEmpty() && currentRow())
        m_wantedKey = currentRow()->key;
    m_feed->setQuery({m_filters->conditions().combined(), m_table->head()->order(), 0, grouping()});
}

void ResourceView::setConditions(const FilterConditions &conditions)
{
    m_filters->setConditions(conditions);
    applyQuery();
}

void ResourceView::setOrder(const std::vector<SortKey> &order)
{
    m_table->head()->setOrder(order);
    applyQuery();
}

const Row *ResourceView::currentRow() const
{
    const int row = m_table->currentRow();
    return row >= 0 ? m_feed->model()->row(row) : nullptr;
}

void ResourceView::chooseKey(const QString &key)
{
    m_wantedKey = key;
    if (m_feed->model()->state() == ResourceModel::State::Ready)
        onOpened();
}

void ResourceView::onOpened()
{
    m_totals->ask();
    updateActions();
    Q_EMIT currentRowChanged();
    if (m_wantedKey.isEmpty() || m_feed->matching() < 0)
        return;
    const QString wanted = m_wantedKey;
    watchResult(m_feed->model()->find(wanted), this, [this, wanted](const Result<qint64> &position) {
        if (wanted != m_wantedKey || !position || *position < 0)
            return;
        m_wantedKey.clear();
        const int row = m_feed->model()->reveal(*position);
        if (row >= 0 && m_table->currentRow() != row)
            m_table->showRow(row);
    });
}

void ResourceView::onRowsPainted()
{
    if (!std::exchange(m_firstRowsTold, true))
        m_context.trace->write("first-rows", m_pageId, m_feed->model()->rowCount());
    tellReady();
}

void ResourceView::tellReady()
{
    if (m_readyTold)
        return;
    m_readyTold = true;
    Q_EMIT ready();
}

void ResourceView::updateAll()
{
    updateCounts();
    updateFreshness();
    updateOverlay();
    updateNote();
    updateActions();
    namePause();
    const Page::State now = state();
    if (now != Page::State::Loading && now != Page::State::Ready)
        QMetaObject::invokeMethod(this, &ResourceView::tellReady, Qt::QueuedConnection);
    Q_EMIT statusChanged();
}

void ResourceView::updateCounts()
{
    const qint64 matching = m_feed->matching();
    const QString shown = formatAmount(Decimal(std::max<qint64>(0, matching)), 0);
    const QString all = formatAmount(Decimal(m_feed->totalRows()), 0);
    QString text;
    if (!m_feed->wantsMaster() && matching >= 0)
        text = m_feed->model()->query().filter ? tr("%1 match, of %2").arg(shown, all) : matching == 1 ? tr("1 row") : tr("%1 rows").arg(shown);
    m_counts->setText(text);
    m_export->setText(matching == 1 ? tr("Export 1 row") : tr("Export %1 rows").arg(shown));
    const bool some = matching > 0;
    m_export->setEnabled(some);
    m_named.value(u"export-csv"_s)->setEnabled(some);
    m_named.value(u"export-xlsx"_s)->setEnabled(some);
}

void ResourceView::updateFreshness()
{
    if (m_feed->wantsMaster()) {
        m_freshness->setChip(Tone::None, {});
        return;
    }
    const Watch watch = m_feed->isPaused() ? Watch::Paused : m_type.isLive() ? Watch::Live : Watch::None;
    const FreshnessText words = freshnessText(m_feed->freshness(), m_context.clock->nowMs(), m_feed->isOffline(), watch);
    m_freshness->setChip(words.tone, words.text);
    const qint64 asOf = m_feed->freshness().asOfMs;
    m_freshness->setToolTip(asOf > 0 ? formatFullTime(asOf, m_feed->zone()) : QString());
}

void ResourceView::updateNote()
{
    const Error fault = m_feed->error();
    const bool show = state() == Page::State::Ready && fault.kind != ErrorKind::Cancelled && fault.kind != ErrorKind::Offline && !m_feed->isOffline();
    if (show) {
        const ErrorText words = errorText(fault, tr("Refresh %1").arg(m_type.title.text()));
        m_noteText->setText(words.headline + u"  "_s + words.reason + u"  "_s + tr("The rows shown are the last ones read."));
    }
    m_note->setVisible(show);
}

QJsonObject ResourceView::saveState() const
{
    QJsonObject state = m_layout->toJson();
    state.insert(u"filter"_s, m_filters->conditions().toJson());
    if (!m_group.isEmpty())
        state.insert(u"group"_s, m_group);
    if (const Row *row = currentRow())
        state.insert(u"current"_s, row->key);
    return state;
}

void ResourceView::restoreState(const QJsonObject &state)
{
    if (state.contains(u"columns"_s))
        m_layout->fromJson(state);
    const Result<std::vector<SortKey>> order = parseOrderBy(state.value(u"order"_s).toString(m_type.defaultOrder));
    if (order)
        m_table->head()->setOrder(*order);
    m_wantedKey = state.value(u"current"_s).toString();
    const QString group = state.value(u"group"_s).toString();
    m_group = std::any_of(m_type.groupBy.begin(), m_type.groupBy.end(), [&group](const GroupSpec &spec) { return spec.field == group; }) ? group
                                                                                                                                         : QString();
    renameGroups();
    m_filters->setConditions(FilterConditions::fromJson(state.value(u"filter"_s).toArray()));
    applyQuery();
}

void ResourceView::setTitleNote(const QString &note)
{
    m_titleNote->setText(note);
    m_titleNote->setVisible(!note.isEmpty());
}

void ResourceView::setNoMasterText(const QString &heading, const QString &text, const QString &button, std::function<void()> action)
{
    m_noMasterHeading = heading;
    m_noMasterText = text;
    m_noMasterButton = button;
    m_noMasterAction = std::move(action);
    updateOverlay();
}

void ResourceView::setScopeLine(QWidget *line)
{
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, line);
}

} // namespace kboss
