#include "ui/detailsview.h"

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
            if (columns[i].field.id == field)
                addLine(grid, at++, columns[i], cells[i], columns[i].field.type == FieldType::Secret);
        }
    }
    return box;
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
