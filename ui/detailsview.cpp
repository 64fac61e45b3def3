#include "ui/detailsview.h"

#include "models/formrules.h"
#include "ui/pricetrace.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/stockbars.h"
#include "ui/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

DetailsView::DetailsView(ResourceFeed *feed, QWidget *parent) : QScrollArea(parent), m_feed(feed)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Details"));
}

void DetailsView::setRow(const Row &row)
{
    m_row = row;
    const int scrolled = verticalScrollBar()->value();
    auto *page = new QWidget;
    page->setProperty("ground", u"panel"_s);
    page->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(8);
    if (!row.key.isEmpty()) {
        const RowFormatter formatter(m_feed->type());
        const std::vector<CellText> cells = formatter.format(row, {m_feed->zone(), m_feed->context().clock->nowMs()});
        bool first = true;
        for (const DetailSection &section : m_feed->type().details) {
            if (!first) {
                column->addSpacing(4);
                column->addWidget(makeLine(page));
                column->addSpacing(4);
            }
            first = false;
            column->addWidget(makeSection(section, row, cells));
        }
    }
    column->addStretch(1);
    setWidget(page); // deletes the old one
    verticalScrollBar()->setValue(scrolled);
}

// Prices of parts are read again by the clock only while somebody looks.
void DetailsView::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    for (RowsFeed *feed : std::as_const(m_parts))
        feed->setShown(true);
}

void DetailsView::hideEvent(QHideEvent *event)
{
    QScrollArea::hideEvent(event);
    for (RowsFeed *feed : std::as_const(m_parts))
        feed->setShown(false);
}

QWidget *DetailsView::makeSection(const DetailSection &section, const Row &row, const std::vector<CellText> &cells)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->addWidget(makeLabel(section.title.text(), "heading", box), 0, 0, 1, 3);
    const auto &columns = m_feed->type().columns;
    int at = 1;
    for (const QString &field : section.fields) {
        for (size_t i = 0; i < columns.size() && i < cells.size() && i < row.cells.size(); ++i) {
            if (columns[i].field.id != field)
                continue;
            if (columns[i].format == ColumnFormat::Stocks && !cells[i].bars.empty())
                addStocks(grid, at, columns[i], row, cells);
            else
                addLine(grid, at++, columns[i], cells[i], columns[i].field.type == FieldType::Secret);
        }
    }
    if (section.trace)
        grid->addWidget(makeTrace(*section.trace, row), at, 0, 1, 3);
    return box;
}

// The whole width: names of places are as long as people make them.
void DetailsView::addStocks(QGridLayout *grid, int &at, const ColumnSpec &column, const Row &row, const std::vector<CellText> &cells)
{
    QString label = column.label.text();
    const auto &columns = m_feed->type().columns;
    for (size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        if (!column.list->unit.isEmpty() && columns[i].field.id == column.list->unit)
            label += u" ("_s + cells[i].text + u')';
    }
    const Value *value = rowValue(m_feed->type(), row, column.field.id);
    const auto *text = value ? std::get_if<QString>(value) : nullptr;
    const auto *list = value ? std::get_if<Misfit>(value) : nullptr; // a JSON list, as it came
    const std::vector<StockPlace> places = stockPlaces(text ? *text : list ? list->raw : QString(), column);
    grid->addWidget(makeLabel(label, "label", grid->parentWidget()), at++, 0, 1, 3);
    auto *bars = new StockBars(m_feed->context().theme, grid->parentWidget());
    bars->setPlaces(places, stockSum(places, column));
    grid->addWidget(bars, at++, 0, 1, 3);
}

RowsFeed *DetailsView::feedOf(const TraceSpec &trace, const Row &row)
{
    const ResourceType *type = m_feed->context().resources->find(trace.resource);
    RowsFeed *&feed = m_parts[trace.resource];
    if (!feed) {
        feed = new RowsFeed(*type, m_feed->context(), this);
        feed->setShown(isVisible());
        connect(feed, &RowsFeed::changed, this, [this] { setRow(m_row); });
    }
    const ParentTexts parent = m_feed->masterType() ? parentTexts(m_feed->master(), *m_feed->masterType()) : ParentTexts();
    QHash<QString, QString> parameters = type->listParameters;
    for (auto it = trace.parameters.begin(); it != trace.parameters.end(); ++it)
        parameters.insert(it.key(), fillTemplate(it.value(), &m_feed->type(), row, parent));
    const QSignalBlocker quiet(feed); // what it has at once is shown by the caller
    feed->follow(parameters, nullptr);
    return feed;
}

QWidget *DetailsView::makeTrace(const TraceSpec &trace, const Row &row)
{
    const auto text = [&](const QString &field) {
        const Value *value = rowValue(m_feed->type(), row, field);
        const auto *known = value ? std::get_if<QString>(value) : nullptr;
        return known ? *known : QString();
    };
    PriceTraceView::Ground ground;
    ground.parts = text(trace.parts);
    ground.term = text(trace.term).toLongLong();
    ground.termUnit = text(trace.termUnit);
    ground.clusterId = text(trace.cluster);
    const Value *price = rowValue(m_feed->type(), row, trace.price);
    if (const auto *stated = price ? std::get_if<Decimal>(price) : nullptr)
        ground.stated = *stated;
    return new PriceTraceView(feedOf(trace, row), ground, m_feed->context().theme, nullptr);
}

void DetailsView::addLine(QGridLayout *grid, int at, const ColumnSpec &column, const CellText &cell, bool secret)
{
    Theme *theme = m_feed->context().theme;
    QString label = column.label.text();
    if (!column.unit.text().isEmpty())
        label += u" ("_s + column.unit.text() + u')';
    auto *name = makeLabel(label, "label", grid->parentWidget());
    name->setFixedWidth(theme->size("form-label"));
    name->setWordWrap(true);
    grid->addWidget(name, at, 0, Qt::AlignTop);
    if (cell.chip) {
        auto *chip = new Chip(theme, grid->parentWidget());
        chip->setChip(cell.tone, cell.text);
        if (!cell.hint.isEmpty())
            chip->setToolTip(plainToolTip(cell.hint));
        grid->addWidget(chip, at, 1, Qt::AlignLeft);
        return;
    }
    const bool id = column.format == ColumnFormat::ShortId || column.format == ColumnFormat::Mono;
    const bool relative = column.format == ColumnFormat::RelativeTime;
    QString text = id || column.format == ColumnFormat::Link || cell.dim ? (cell.full.isEmpty() ? cell.text : cell.full) : cell.text;
    if (relative && cell.full != cell.text && !cell.full.isEmpty())
        text = cell.full + u"  "_s + cell.text;
    if (cell.dim)
        text = cell.text;
    if (secret)
        text = u"••••••  "_s + tr("not shown, not kept on this computer");
    auto *value = makeLabel(text, cell.mono || id ? "mono" : "value", grid->parentWidget());
    value->setWordWrap(true);
    value->setMinimumWidth(40);
    if ((cell.mono || id) && !cell.dim && !secret)
        value->setFont(theme->monoFont(TextSize::Label));
    if (!cell.hint.isEmpty())
        value->setToolTip(plainToolTip(cell.hint));
    if (!secret)
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (cell.dim)
        setRole(value, "role", u"hint"_s);
    grid->addWidget(value, at, 1, Qt::Alignment(Qt::AlignTop));
    if (id && !cell.full.isEmpty() && !cell.dim) {
        auto *copy = makeIconButton(theme, u"copy"_s, tr("Copy %1").arg(column.label.text()), grid->parentWidget());
        connect(copy, &QToolButton::clicked, this, [this, full = cell.full, what = column.label.text()] {
            QApplication::clipboard()->setText(full);
            Q_EMIT copied(what);
        });
        copy->setFixedSize(20, 20);
        grid->addWidget(copy, at, 2, Qt::AlignTop);
    }
}

} // namespace kboss
