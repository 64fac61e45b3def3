#include "ui/quotepage.h"

#include "models/parttreemodel.h"
#include "models/pricelinesmodel.h"
#include "models/quotewords.h"
#include "ui/instancepane.h"
#include "ui/pageaction.h"
#include "ui/partdelegate.h"
#include "ui/partsview.h"
#include "ui/pricelines.h"
#include "ui/prompt.h"
#include "ui/quotecheck.h"
#include "ui/quotedesk.h"
#include "ui/quotehead.h"
#include "ui/quoteroom.h"
#include "ui/quotetotals.h"
#include "ui/settings.h"
#include "ui/stateoverlay.h"
#include "ui/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QMenu>
#include <QPointer>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostClusters = 4; // columns of stock beside the chosen one's

} // namespace

QuotePage::QuotePage(const QString &quoteId, const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_quoteId(quoteId), m_desk(new QuoteDesk(quoteId, context, this)),
      m_head(new QuoteHead(m_desk, context.theme, this)), m_partModel(new PartTreeModel(this)),
      m_parts(new PartsPane(m_partModel, context.theme, this)), m_lineModel(new PriceLinesModel(this)),
      m_lines(new PriceLines(m_lineModel, context.theme, this)), m_lineOverlay(new StateOverlay(m_lines->viewport())),
      m_totals(new QuoteTotals(m_desk, context.theme, this)), m_check(new QuoteCheck(m_desk, this)), m_room(new QuoteRoom(m_desk, this)),
      m_right(new QStackedWidget(this)), m_splitter(new QSplitter(Qt::Horizontal, this)), m_changes(new QWidget(this)),
      m_changesText(makeLabel({}, "", m_changes)), m_priceTitle(makeLabel({}, "heading", this)), m_priceCount(makeLabel({}, "label", this)),
      m_why(makeLabel({}, "hint", this)), m_take(makeButton({}, "", m_changes)), m_copy(makeButton({}, "quiet", this)),
      m_delete(makeButton({}, "danger", this)), m_create(makeButton({}, "", this)), m_export(makeButton({}, "", this)),
      m_save(makeButton({}, "primary", this)), m_more(new QMenu(this)), m_minute(new QTimer(this))
{
    setObjectName(u"page-quote"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    buildActions();
    build();
    connectParts();
    retranslate();
}

QuotePage::~QuotePage() = default;

void QuotePage::build()
{
    const Theme *theme = m_context.theme;
    auto *line = new QHBoxLayout(m_changes);
    line->setContentsMargins(theme->size("space-4"), theme->size("space-1"), theme->size("space-4"), theme->size("space-1"));
    line->setSpacing(theme->size("space-3"));
    m_changesText->setWordWrap(true);
    m_changesText->setObjectName(u"priceChanges"_s);
    m_take->setObjectName(u"takePrices"_s);
    line->addWidget(m_changesText, 1);
    line->addWidget(m_take);
    m_changes->setProperty("ground", u"window"_s);
    m_changes->setAttribute(Qt::WA_StyledBackground);
    m_changes->hide();
    m_right->addWidget(buildRight());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_parts);
    m_splitter->addWidget(m_right);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_changes);
    column->addWidget(makeLine(this));
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_parts->tree());
    const QJsonArray sizes = m_context.settings->value(u"splitter/quote"_s).toArray();
    m_splitter->setSizes(sizes.size() == 2 ? QList<int>{sizes[0].toInt(), sizes[1].toInt()} : QList<int>{520, 880});
    m_more->addActions({m_named[u"duplicate"_s], m_named[u"copy"_s], m_named[u"revert"_s]});
    m_more->addSeparator();
    m_more->addActions({m_named[u"export-pdf"_s], m_named[u"export-xlsx"_s]});
    m_more->addSeparator();
    m_more->addAction(m_named[u"delete"_s]);
    m_head->moreButton()->setMenu(m_more);
}

QWidget *QuotePage::buildRight()
{
    const Theme *theme = m_context.theme;
    auto *pane = new QWidget(this);
    auto *title = new QHBoxLayout;
    title->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-2"), theme->size("space-2"));
    title->setSpacing(theme->size("space-2"));
    title->addWidget(m_priceTitle);
    title->addWidget(m_priceCount);
    title->addStretch();
    title->addWidget(m_copy);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-4"), theme->size("space-2"));
    foot->setSpacing(theme->size("space-2"));
    foot->addWidget(m_delete);
    foot->addStretch();
    foot->addWidget(m_why);
    foot->addWidget(m_create);
    foot->addWidget(m_export);
    foot->addWidget(m_save);
    auto *menu = new QMenu(m_export);
    menu->addActions({m_named[u"export-pdf"_s], m_named[u"export-xlsx"_s]});
    m_export->setMenu(menu);
    m_create->setObjectName(u"createInstance"_s);
    m_why->setObjectName(u"whyNoInstance"_s);
    m_save->setObjectName(u"saveQuote"_s);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(title);
    column->addWidget(new PriceHead(m_context.theme, pane));
    column->addWidget(m_lines, 1);
    column->addWidget(m_totals);
    column->addWidget(makeLine(pane));
    column->addLayout(foot);
    return pane;
}

void QuotePage::offer(const QString &id, const QString &icon, const QKeySequence &keys, std::function<void()> run)
{
    QAction *action = addPageAction(this, m_context.theme, u"quote-"_s + id, icon, keys, std::move(run));
    m_actions << action;
    m_named.insert(id, action);
}

void QuotePage::buildActions()
{
    offer(u"save"_s, u"save"_s, QKeySequence::Save, [this] { m_desk->save(); });
    offer(u"copy"_s, u"copy"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] { copyText(); });
    offer(u"export-pdf"_s, u"download"_s, QKeySequence(Qt::CTRL | Qt::Key_P), [this] { askExport(true); });
    offer(u"export-xlsx"_s, u"download"_s, {}, [this] { askExport(false); });
    offer(u"duplicate"_s, u"copy"_s, {}, [this] { m_desk->duplicate([this](const QString &id) { m_context.openPage(u"quote/"_s + id); }); });
    offer(u"revert"_s, u"undo"_s, {}, [this] { m_desk->revert(); });
    offer(u"take-prices"_s, u"refresh"_s, {}, [this] { m_desk->takePrices(); });
    offer(u"instance"_s, u"play"_s, {}, [this] { openInstance(); });
    offer(u"refresh"_s, u"refresh"_s, QKeySequence::Refresh, [this] { m_desk->refresh(); });
    offer(u"delete"_s, u"trash"_s, {}, [this] { askRemove(); });
}

void QuotePage::connectParts()
{
    const std::pair<QAbstractButton *, QString> buttons[] = {{m_save, u"save"_s},        {m_copy, u"copy"_s},
                                                             {m_delete, u"delete"_s},    {m_create, u"instance"_s},
                                                             {m_take, u"take-prices"_s}, {m_head->refreshButton(), u"refresh"_s}};
    for (const auto &[button, id] : buttons) {
        QAction *action = m_named.value(id);
        connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button = button, action] { button->setEnabled(action->isEnabled()); });
    }
    connect(m_desk, &QuoteDesk::changed, this, &QuotePage::updateAll);
    connect(m_desk, &QuoteDesk::listsChanged, this, &QuotePage::updateLists);
    connect(m_desk, &QuoteDesk::failed, this, [this](const Error &error, const QString &what) { m_context.showError(error, what, {}); });
    connect(m_desk, &QuoteDesk::saved, this,
            [this](int version) { m_context.showNotice(tr("%1 saved as version %2").arg(m_quoteId).arg(version), {}, {}); });
    connect(m_context.session->quotes(), &QuoteStore::noticed, this,
            [this](const Error &error) { m_context.showError(error, tr("The file of quotes was damaged and set aside; a new one was begun"), {}); });
    connect(m_context.session, &Session::stateChanged, this, &QuotePage::updateAll);
    connect(m_partModel, &PartTreeModel::amountEdited, m_desk, &QuoteDesk::setAmount);
    connect(m_lines, &PriceLines::adopted, this, [this](const QuoteContent &quote, const QString &words) {
        const QuoteContent before = m_desk->content();
        m_desk->adopt(quote);
        m_context.showNotice(tr("Adopted: %1").arg(words), tr("Undo"), [desk = QPointer(m_desk), before] {
            if (desk)
                desk->adopt(before);
        });
    });
    connect(m_head, &QuoteHead::centerAsked, this, &QuotePage::askCenter);
    connect(m_check, &QuoteCheck::changed, this, &QuotePage::updateCheck);
    connect(m_room, &QuoteRoom::changed, this, &QuotePage::updateCheck);
    connect(m_room, &QuoteRoom::cardsChanged, this, &QuotePage::updateLegend);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_context.settings->setValue(u"splitter/quote"_s, QJsonArray{m_splitter->sizes().value(0), m_splitter->sizes().value(1)});
    });
    m_minute->setInterval(5'000);
    connect(m_minute, &QTimer::timeout, m_head, &QuoteHead::updateAll); // ages grow
}

QString QuotePage::pageId() const
{
    return u"quote/"_s + m_quoteId;
}
QString QuotePage::title() const
{
    return tr("Quote %1").arg(m_quoteId);
}

Page::State QuotePage::state() const
{
    if (!m_desk->isLoaded())
        return State::Loading;
    return m_desk->isMissing() ? State::Failed : m_desk->content().parts.empty() ? State::Empty : State::Ready;
}

qint64 QuotePage::rows() const
{
    return static_cast<qint64>(m_desk->content().parts.size());
}
Freshness QuotePage::freshness() const
{
    return m_desk->freshness();
}
bool QuotePage::hasUnsaved() const
{
    return false; // what is typed is kept on disk and there again; the mark in the head says that no version has it
}

void QuotePage::setShown(bool shown)
{
    shown ? m_minute->start() : m_minute->stop();
    m_desk->setVisible(shown);
    if (shown && !m_started) {
        m_started = true;
        m_desk->start();
    }
    if (shown)
        updateAll();
}

void QuotePage::tellReady()
{
    const bool parts =
        m_desk->content().centerId.isEmpty() || m_desk->partsKnown() || m_desk->isOffline() || m_desk->partsError().kind != ErrorKind::Cancelled;
    if (m_told || !m_desk->isLoaded() || !parts)
        return;
    m_told = true;
    QTimer::singleShot(0, this, &Page::ready);
}

void QuotePage::updateLists()
{
    const auto all = m_desk->clusters();
    std::vector<PartTreeModel::Cluster> shown;
    for (const QuoteDesk::Center &cluster : all) {
        const bool chosen = cluster.id == m_desk->content().clusterId;
        const auto others = static_cast<size_t>(std::count_if(
            shown.begin(), shown.end(), [this](const PartTreeModel::Cluster &other) { return other.id != m_desk->content().clusterId; }));
        if (chosen || others < mostClusters - 1)
            shown.push_back({cluster.id, cluster.name});
    }
    m_partModel->setClusters(shown, m_desk->content().clusterId);
    m_partModel->setOffers(m_desk->offers());
    updateLegend();
    m_head->updateLists();
    m_parts->updateCount();
    updateOverlays();
    Q_EMIT statusChanged();
    tellReady();
}

void QuotePage::updateAll()
{
    const QuoteView &view = m_desk->view();
    m_partModel->setAmounts(m_desk->content().parts);
    QSet<PartTreeModel::Key> faults;
    for (const QuoteLineView &line : view.lines) {
        if (!line.counted)
            faults.insert({line.part.type, line.part.model});
    }
    m_partModel->setFaults(faults);
    if (m_partModel->chosenColumn() < 0
            ? !m_desk->content().clusterId.isEmpty()
            : m_partModel->clusters()[static_cast<size_t>(m_partModel->chosenColumn() - 1)].id != m_desk->content().clusterId)
        updateLists();
    m_lineModel->setView(view);
    m_priceCount->setText(view.lines.empty() ? QString() : linesWords(view.counted, view.left));
    m_totals->updateAll();
    m_head->updateAll();
    updateChanges();
    updateActions();
    updateOverlays();
    if (m_desk->isLoaded()) {
        m_check->ask();
        m_room->ask();
    }
    Q_EMIT statusChanged();
    Q_EMIT titleChanged();
    tellReady();
}

void QuotePage::updateChanges()
{
    QStringList parts;
    for (const PriceChange &change : m_desk->priceChanges())
        parts << u"%1 %2 → %3"_s.arg(change.before.model, priceWords(change.before), priceWords(change.after));
    m_changes->setVisible(!parts.isEmpty());
    m_changesText->setText(parts.isEmpty() ? QString()
                               : parts.size() == 1
                               ? tr("The price of a part has changed since it was picked: %1").arg(parts.first())
                               : tr("The prices of %1 parts have changed since they were picked: %2").arg(parts.size()).arg(parts.join(u" · "_s)));
}

QString QuotePage::priceChangeText() const
{
    return m_changesText->text();
}

QString QuotePage::whyNoInstance() const
{
    const QuoteView &view = m_desk->view();
    const Quote *quote = m_desk->stored();
    if (quote && !quote->instanceId.isEmpty())
        return tr("This quote is an instance already");
    if (view.lines.empty())
        return {};
    if (const QString missing = InstancePane::missing(m_desk->content()); !missing.isEmpty())
        return missing;
    if (view.left > 0)
        return view.left == 1 ? tr("First see to the line that does not fit") : tr("First see to the %1 lines that do not fit").arg(view.left);
    if (m_context.session->profile().readOnly)
        return tr("This profile is read-only");
    if (m_desk->isOffline())
        return tr("Offline: an instance needs the service");
    if (!m_desk->priceChanges().empty())
        return tr("First take over the prices that changed");
    if (m_desk->isDirty() || m_desk->isTotalMoved())
        return tr("First save the quote: an instance has the numbers of a saved version");
    if (m_check->state() == QuoteCheck::State::Different || m_check->state() == QuoteCheck::State::Refused)
        return tr("The service has another price");
    if (m_check->state() == QuoteCheck::State::Asking)
        return tr("The service's price is being asked for");
    if (m_check->state() != QuoteCheck::State::Same)
        return tr("The service's price is not known");
    return m_room->state() == QuoteRoom::State::NoNode ? m_room->text() : QString();
}

void QuotePage::updateActions()
{
    const Quote *quote = m_desk->stored();
    const bool any = !m_desk->content().parts.empty(), instance = quote && !quote->instanceId.isEmpty();
    const QuoteView &view = m_desk->view();
    const QString why = whyNoInstance();
    m_named[u"save"_s]->setEnabled((m_desk->isDirty() || (view.left == 0 && m_desk->isTotalMoved())) && any && !m_head->isFaulty());
    m_named[u"revert"_s]->setEnabled(m_desk->isDirty() && quote && !quote->versions.empty());
    for (const QString &id : {u"copy"_s, u"export-pdf"_s, u"export-xlsx"_s, u"duplicate"_s})
        m_named[id]->setEnabled(any);
    m_export->setEnabled(any);
    m_named[u"take-prices"_s]->setEnabled(!m_desk->priceChanges().empty());
    m_named[u"delete"_s]->setEnabled(quote && !instance);
    m_delete->setVisible(!instance);
    m_named[u"instance"_s]->setEnabled(any && why.isEmpty() && m_context.contracts->find(u"createCpccInstance"_s));
    m_why->setText(why);
    m_create->setToolTip(why);
}

void QuotePage::updateOverlays()
{
    StateOverlay *parts = m_parts->overlay();
    if (m_desk->isMissing())
        parts->say(tr("There is no quote %1").arg(m_quoteId), tr("It was removed, maybe in another window."));
    else if (m_desk->content().centerId.isEmpty())
        parts->say(tr("No center is chosen"), tr("Choose the compute center above: its parts and their stock stand here."));
    else if (!m_desk->offers().empty())
        parts->clear();
    else if (m_desk->partsKnown())
        parts->say(tr("This center sells no parts"), tr("Parts and their prices are added under Parts."));
    else if (m_desk->isOffline())
        parts->say(tr("Offline, and these parts were never read"), tr("Once they were read, quotes can be made without the service."));
    else if (m_desk->partsError().kind != ErrorKind::Cancelled)
        parts->say(tr("The parts could not be read"), m_desk->partsError().detail, tr("Try again"), [this] { m_desk->refresh(); });
    else
        parts->say(tr("Reading parts and stock"), {});
    if (m_desk->content().parts.empty() && !m_desk->isMissing())
        m_lineOverlay->say(tr("Nothing is picked yet"),
                           tr("Take parts at the left with + or by typing an amount. The price stands here line by line."));
    else
        m_lineOverlay->clear();
}

QAction *QuotePage::namedAction(const QString &id) const
{
    return m_named.value(id);
}

void QuotePage::askCenter(const QString &centerId)
{
    if (m_desk->content().parts.empty() || centerId == m_desk->content().centerId) {
        m_desk->setCenter(centerId);
        return;
    }
    Question question;
    question.title = tr("Choose another center?");
    question.text =
        tr("Each center sells its own parts at its own prices: the %1 picked parts will be taken out.").arg(m_desk->content().parts.size());
    question.acceptText = tr("Take them out");
    question.dangerous = true;
    m_context.prompt->ask(this, question, [this, centerId](const Answer &answer) {
        if (answer.accepted)
            m_desk->setCenter(centerId);
        else
            m_head->updateLists();
    });
}

void QuotePage::askRemove()
{
    const Quote *quote = m_desk->stored();
    if (!quote)
        return;
    Question question;
    question.title = tr("Delete quote %1?").arg(m_quoteId);
    question.text = quote->versions.empty() ? tr("The draft goes. This cannot be undone.")
        : quote->versions.size() == 1       ? tr("Its one version goes. This cannot be undone.")
                                            : tr("All %1 versions go. This cannot be undone.").arg(quote->versions.size());
    question.acceptText = tr("Delete quote");
    question.dangerous = true;
    m_context.prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        m_desk->remove([this] {
            m_context.showNotice(tr("%1 was deleted").arg(m_quoteId), {}, {});
            if (m_context.closePage)
                m_context.closePage(pageId());
        });
    });
}

void QuotePage::retranslate()
{
    const std::pair<QString, QString> words[] = {
        {u"save"_s, tr("Save quote")},
        {u"copy"_s, tr("Copy calculation")},
        {u"export-pdf"_s, tr("Export PDF…")},
        {u"export-xlsx"_s, tr("Export XLSX…")},
        {u"duplicate"_s, tr("Duplicate quote")},
        {u"revert"_s, tr("Back to the saved version")},
        {u"take-prices"_s, tr("Take over prices")},
        {u"instance"_s, tr("Create instance…")},
        {u"refresh"_s, tr("Refresh")},
        {u"delete"_s, tr("Delete quote…")},
    };
    for (const auto &[id, text] : words)
        m_named[id]->setText(text);
    m_save->setText(tr("Save quote"));
    m_copy->setText(tr("Copy calculation"));
    m_take->setText(tr("Take over prices"));
    m_create->setText(tr("Create instance…"));
    m_export->setText(tr("Export"));
    m_delete->setText(tr("Delete quote"));
    m_priceTitle->setText(tr("Price, line by line"));
    m_lines->setAccessibleName(m_priceTitle->text());
    m_head->retranslate();
    m_parts->retranslate();
    m_totals->retranslate();
    m_desk->rewrite();
    updateLists();
    updateAll();
}

} // namespace kboss
