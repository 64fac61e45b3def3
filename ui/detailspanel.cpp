#include "ui/detailspanel.h"

#include "ui/actionpages.h"
#include "ui/bulkpane.h"
#include "ui/detailsview.h"
#include "ui/editpane.h"
#include "ui/rowcollector.h"
#include "ui/rowhistory.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
enum Tab { DetailsTab, EditTab, HistoryTab };
}

DetailsPanel::DetailsPanel(ResourceView *view, QWidget *parent)
    : QWidget(parent), m_view(view), m_rowLine(new QWidget(this)), m_tabs(new QTabBar(this)), m_stack(new QStackedWidget(this)),
      m_details(new DetailsView(view->feed(), this)), m_edit(new EditPane(view->writer(), this)), m_history(new RowHistory(view->writer(), this)),
      m_bulk(new BulkPane(view->writer(), this))
{
    setObjectName(u"panel-"_s + view->feed()->type().id);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(300);
    buildHead();
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    for (int i = 0; i < 3; ++i)
        m_tabs->addTab({});
    for (QWidget *page :
         {static_cast<QWidget *>(m_details), static_cast<QWidget *>(m_edit), static_cast<QWidget *>(m_history), static_cast<QWidget *>(m_bulk)})
        m_stack->addWidget(page);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(8, 0, 16, 0);
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addLayout(tabs);
    column->addWidget(makeLine(this));
    column->addWidget(m_notFollowing);
    column->addWidget(m_standing);
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &DetailsPanel::onTab);
    connect(view, &ResourceView::currentRowChanged, this, &DetailsPanel::follow);
    connect(view, &ResourceView::statusChanged, this, &DetailsPanel::updateHead);
    connect(view, &ResourceView::detailsAsked, this, &DetailsPanel::openDetails);
    connect(view, &ResourceView::editAsked, this, &DetailsPanel::openEdit);
    connect(view, &ResourceView::createAsked, this, &DetailsPanel::openCreate);
    connect(view, &ResourceView::actionAsked, this, &DetailsPanel::openAction);
    connect(view, &ResourceView::bulkAsked, this, &DetailsPanel::openBulk);
    connect(view->writer(), &WriteController::written, this, [this](const QString &key) {
        if (key == m_row.key && m_mode == Mode::History)
            m_history->setRow(m_row);
    });
    connect(m_edit, &EditPane::left, this, [this] { setMode(Mode::Closed); });
    connect(m_edit, &EditPane::saved, this, [this](const QString &key) {
        if (m_mode == Mode::Act) {
            m_edit->close();
            setMode(Mode::Closed);
        }
        if (m_mode != Mode::Create)
            return;
        m_edit->close();
        setMode(Mode::Details);
        m_view->chooseKey(key);
    });
    connect(m_edit, &EditPane::unsavedChanged, this, [this] {
        follow();
        Q_EMIT unsavedChanged();
    });
    connect(m_bulk, &BulkPane::left, this, [this] { setMode(Mode::Closed); });
    connect(m_history, &RowHistory::counted, this, [this](int entries) { m_tabs->setTabText(HistoryTab, tr("History %1").arg(entries)); });
    connect(m_details, &DetailsView::copied, this,
            [this](const QString &what) { m_view->feed()->context().showNotice(tr("%1 copied").arg(what), {}, {}); });
    retranslate();
    hide();
}

void DetailsPanel::buildHead()
{
    Theme *theme = m_view->feed()->context().theme;
    m_name = makeLabel({}, "heading", this);
    m_name->setObjectName(u"panelName"_s);
    m_name->setMinimumWidth(40);
    m_position = makeLabel({}, "label", this);
    m_id = makeLabel({}, "mono", this);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state = new Chip(theme, this);
    m_notFollowing = makeLabel({}, "hint", this);
    m_notFollowing->setContentsMargins(16, 6, 16, 2);
    m_notFollowing->setWordWrap(true);
    m_notFollowing->hide();
    m_standing = makeLabel({}, "hint", this);
    m_standing->setObjectName(u"panelStanding"_s);
    m_standing->setContentsMargins(16, 2, 16, 2);
    m_standing->setWordWrap(true);
    m_standing->hide();
    m_copy = makeIconButton(theme, u"copy"_s, tr("Copy the id"), this);
    m_previous = makeIconButton(theme, u"chevron-left"_s, tr("Row before"), this);
    m_next = makeIconButton(theme, u"chevron-right"_s, tr("Next row"), this);
    auto *close = makeIconButton(theme, u"close"_s, tr("Close the panel"), this);
    close->setObjectName(u"panelClose"_s);
    auto *first = new QHBoxLayout;
    first->setContentsMargins(16, 8, 8, 0);
    first->setSpacing(4);
    first->addWidget(m_name, 1);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_position), static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next), static_cast<QWidget *>(close)})
        first->addWidget(widget);
    auto *second = new QHBoxLayout(m_rowLine);
    second->setContentsMargins(16, 0, 8, 0);
    second->setSpacing(8);
    second->addWidget(m_state);
    second->addWidget(m_id);
    second->addWidget(m_copy);
    second->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(first);
    column->addWidget(m_rowLine);
    connect(m_copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_row.key); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(close, &QToolButton::clicked, this, [this] { askClose(); });
}

void DetailsPanel::retranslate()
{
    m_tabs->setTabText(DetailsTab, tr("Details"));
    const Action *update = m_view->feed()->type().action(u"update"_s);
    m_tabs->setTabText(EditTab, update ? update->label.text() : tr("Edit"));
    m_tabs->setTabVisible(EditTab, update && !hasActionPage(*m_view->feed(), *update));
    m_tabs->setTabText(HistoryTab, tr("History"));
    if (m_mode == Mode::Details)
        m_details->setRow(m_row);
    updateHead();
}

bool DetailsPanel::hasUnsaved() const
{
    return m_edit->hasUnsaved() || m_bulk->isRunning();
}

void DetailsPanel::setMode(Mode mode)
{
    if (mode == m_mode && mode != Mode::Closed)
        return;
    if (mode != Mode::Edit && mode != Mode::Create && mode != Mode::Act)
        m_edit->close();
    m_mode = mode;
    m_switching = true;
    m_tabs->setCurrentIndex(mode == Mode::History ? HistoryTab : mode == Mode::Edit ? EditTab : DetailsTab);
    m_switching = false;
    m_stack->setCurrentIndex(mode == Mode::Edit || mode == Mode::Create || mode == Mode::Act ? 1
                                 : mode == Mode::History                                     ? 2
                                 : mode == Mode::Bulk                                        ? 3
                                                                                             : 0);
    const bool ofRow = mode == Mode::Details || mode == Mode::Edit || mode == Mode::History;
    m_tabs->setVisible(ofRow);
    m_rowLine->setVisible(ofRow);
    for (QWidget *widget : {static_cast<QWidget *>(m_position), static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        widget->setVisible(ofRow);
    setMinimumWidth(mode == Mode::Bulk ? 470 : 300); // its preview has four columns
    setVisible(mode != Mode::Closed);
    updateHead();
    Q_EMIT modeChanged();
    if (mode == Mode::Closed)
        m_view->setFocus();
}

void DetailsPanel::follow()
{
    if (m_mode == Mode::Closed || m_mode == Mode::Create || m_mode == Mode::Bulk || m_mode == Mode::Act)
        return;
    const Row *now = m_view->currentRow();
    if (!now)
        return;
    const bool other = now->key != m_row.key;
    m_notFollowing->setVisible(other && hasUnsaved());
    if (other && hasUnsaved()) {
        m_notFollowing->setText(tr("Another row is selected. This one stays here until it is saved or discarded."));
        return;
    }
    if (!other && *now == m_row)
        return;
    showRow(*now);
}

void DetailsPanel::showRow(const Row &row)
{
    const bool same = row.key == m_row.key;
    m_row = row;
    m_notFollowing->hide();
    if (m_mode == Mode::Edit) {
        const Action *update = m_view->writer()->action(u"update"_s);
        if (same && m_edit->isOpen())
            m_edit->rowChanged(row);
        else
            m_edit->open(*update, row);
    } else if (m_mode == Mode::History) {
        m_history->setRow(row);
    } else {
        m_details->setRow(row);
    }
    updateHead();
}

void DetailsPanel::openDetails()
{
    askClose([this] {
        const Row *now = m_view->currentRow();
        if (!now)
            return;
        setMode(Mode::Details);
        m_row = {};
        showRow(*now);
    });
}

void DetailsPanel::openEdit()
{
    const Row *now = m_view->currentRow();
    const Action *update = m_view->writer()->action(u"update"_s);
    if (!now || !update || (m_mode == Mode::Edit && m_row.key == now->key))
        return;
    askClose([this, row = *now, update] {
        m_row = row;
        m_edit->open(*update, row);
        setMode(Mode::Edit);
        m_notFollowing->hide();
        updateHead();
        if (!m_edit->form()->fields().empty())
            m_edit->form()->setFocus();
    });
}

void DetailsPanel::openHistory()
{
    if (m_mode == Mode::Closed)
        openDetails();
    onTab(HistoryTab);
}

void DetailsPanel::openCreate()
{
    const Action *create = m_view->writer()->action(u"create"_s);
    if (!create)
        return;
    askClose([this, create] {
        m_row = {};
        m_edit->open(*create, {});
        setMode(Mode::Create);
        updateHead();
    });
}

void DetailsPanel::openAction(const QString &id)
{
    const Action *action = m_view->writer()->action(id);
    const Row *now = m_view->currentRow();
    if (!action || (action->needsRow && !now))
        return;
    askClose([this, action, row = action->needsRow ? *now : Row()] {
        m_row = row;
        m_actionId = action->id;
        m_edit->open(*action, row);
        setMode(Mode::Act);
        updateHead();
    });
}

void DetailsPanel::openBulk()
{
    const RowViewPtr rows = m_view->feed()->model()->view();
    const qint64 chosen = m_view->table()->selectedCount();
    if (!rows || chosen == 0 || m_bulk->isRunning())
        return;
    askClose([this, rows, chosen, ranges = m_view->table()->selectedRanges()] {
        collectRows(rows, ranges, BulkPane::mostRows, this, [this, chosen](const Result<std::vector<Row>> &frozen) {
            if (!frozen) {
                m_view->feed()->context().showError(frozen.error(), tr("Read the selected rows"), {});
                return;
            }
            m_bulk->open(*frozen, chosen);
            setMode(Mode::Bulk);
        });
    });
}

void DetailsPanel::askClose(std::function<void()> then)
{
    if (m_bulk->isRunning())
        return;
    m_edit->askLeave([self = QPointer(this), then] {
        if (!self)
            return;
        if (then)
            then();
        else
            self->setMode(Mode::Closed);
    });
}

void DetailsPanel::onTab(int tab)
{
    if (m_switching || m_mode == Mode::Closed)
        return;
    m_edit->askLeave([self = QPointer(this), tab] {
        if (!self)
            return;
        const Row row = self->m_row;
        self->setMode(tab == EditTab ? Mode::Edit : tab == HistoryTab ? Mode::History : Mode::Details);
        self->showRow(row);
    });
    // Until the question is answered the tab stays where the mode is.
    m_switching = true;
    m_tabs->setCurrentIndex(m_mode == Mode::History ? HistoryTab : m_mode == Mode::Edit ? EditTab : DetailsTab);
    m_switching = false;
}

void DetailsPanel::step(int by)
{
    m_edit->askLeave([self = QPointer(this), by] {
        if (self)
            self->m_view->table()->stepRow(by);
    });
}

void DetailsPanel::updateHead()
{
    const ResourceType &type = m_view->feed()->type();
    QString name = rowName(type, m_row);
    if (m_mode == Mode::Create)
        name = m_view->writer()->action(u"create"_s)->label.text();
    if (m_mode == Mode::Act) {
        const QString label = m_view->writer()->action(m_actionId)->label.text();
        name = name.isEmpty() ? label : label + u" · "_s + name;
    }
    if (m_mode == Mode::Bulk)
        name = tr("Change several rows");
    m_name->setText(m_name->fontMetrics().elidedText(name, Qt::ElideMiddle, std::max(80, m_name->width())));
    m_name->setToolTip(plainToolTip(name));
    const Action *asked = m_mode == Mode::Act ? m_view->writer()->action(m_actionId)
        : m_mode == Mode::Create              ? m_view->writer()->action(u"create"_s)
        : m_mode == Mode::Edit                ? m_view->writer()->action(u"update"_s)
                                              : nullptr;
    m_standing->setText(asked ? m_view->standingText(*asked) : QString());
    m_standing->setVisible(!m_standing->text().isEmpty());
    const int at = m_view->table()->currentRow();
    const qint64 of = m_view->feed()->matching();
    const qint64 position = m_view->feed()->model()->position(at);
    m_position->setText(position >= 0 && of > 0 ? tr("%1 / %2").arg(position + 1).arg(of) : QString());
    m_previous->setEnabled(position > 0);
    m_next->setEnabled(position >= 0 && position + 1 < of);
    m_id->setText(m_row.key.size() > 14 ? m_row.key.left(7) + u'…' + m_row.key.right(4) : m_row.key);
    m_id->setToolTip(plainToolTip(m_row.key));
    m_state->setChip(Tone::None, {});
    const RowFormatter formatter(type);
    const auto cells =
        m_row.key.isEmpty() ? std::vector<CellText>{} : formatter.format(m_row, {m_view->feed()->zone(), m_view->feed()->context().clock->nowMs()});
    for (const CellText &cell : cells) {
        if (cell.chip) {
            m_state->setChip(cell.tone, cell.text);
            break;
        }
    }
}

void DetailsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        askClose();
    else
        QWidget::keyPressEvent(event);
}

} // namespace kboss
