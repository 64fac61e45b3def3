#include "ui/plaintable.h"

#include <QHeaderView>
#include <QPainter>

namespace kboss {

PlainTable::PlainTable(Theme *theme, QWidget *parent) : QTableView(parent), m_theme(theme)
{
    setItemDelegate(new PlainDelegate(theme, this));
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setFixedHeight(theme->size("table-head"));
    const auto size = [this] { verticalHeader()->setDefaultSectionSize(m_theme->rowHeight()); };
    size();
    connect(theme, &Theme::changed, this, size);
}

void PlainTable::setWidths(const QList<int> &widths)
{
    for (int column = 0; column < widths.size(); ++column)
        setColumnWidth(column, widths.at(column));
}

void PlainTable::selectFirst()
{
    if (model() && model()->rowCount() > 0 && !currentIndex().isValid())
        selectRow(0);
}

void PlainTable::setEmptyText(const QString &what, const QString &why)
{
    m_emptyWhat = what;
    m_emptyWhy = why;
    viewport()->update();
}

void PlainTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!model() || model()->rowCount() > 0 || m_emptyWhat.isEmpty())
        return;
    QPainter painter(viewport());
    const QRect box = viewport()->rect().adjusted(m_theme->size("space-5"), 0, -m_theme->size("space-5"), 0);
    const int middle = box.height() * 2 / 5;
    painter.setFont(m_theme->font(TextSize::Normal, true));
    painter.setPen(m_theme->color("text"));
    painter.drawText(QRect(box.left(), middle - m_theme->size("field"), box.width(), m_theme->size("field")), Qt::AlignCenter, m_emptyWhat);
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(QRect(box.left(), middle, box.width(), 3 * m_theme->size("field")), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_emptyWhy);
}

PlainDelegate::PlainDelegate(Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

void PlainDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme->color("selection"));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_theme->color("line"));
    const int left = m_theme->size(index.column() == 0 ? "first-cell" : "cell-padding");
    const QRect cell = option.rect.adjusted(left, 0, -m_theme->size("cell-padding"), -1);
    const QString text = index.data(Qt::DisplayRole).toString();
    const QVariant tone = index.data(PlainTable::ToneRole), progress = index.data(PlainTable::ProgressRole);
    if (tone.isValid()) {
        paintChip(painter, cell, static_cast<Tone>(tone.toInt()), text);
    } else if (progress.isValid()) {
        paintProgress(painter, cell, progress.toDouble(), text);
    } else {
        const int alignment = index.data(Qt::TextAlignmentRole).toInt();
        const bool right = alignment & Qt::AlignRight;
        painter->setFont(index.data(PlainTable::MonoRole).toBool() ? m_theme->monoFont(TextSize::Label)
                             : right                               ? m_theme->figureFont()
                                                                   : m_theme->font());
        painter->setPen(m_theme->color(index.data(PlainTable::DimRole).toBool() ? "text-2" : "text"));
        painter->drawText(cell, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width()));
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(m_theme->color("accent"));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

void PlainDelegate::paintChip(QPainter *painter, const QRect &cell, Tone tone, const QString &text) const
{
    if (text.isEmpty())
        return;
    painter->setFont(m_theme->font(TextSize::Label));
    const int shape = m_theme->size("shape"), height = m_theme->size("chip");
    const int before = m_theme->size("chip-left") + shape + m_theme->size("chip-gap");
    const int words = qMin(painter->fontMetrics().horizontalAdvance(text) + 1, cell.width() - before - m_theme->size("chip-right"));
    const QRect box(cell.left(), cell.center().y() - height / 2 + 1, before + words + m_theme->size("chip-right"), height);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme->toneGround(tone));
    painter->drawRoundedRect(box, m_theme->size("radius"), m_theme->size("radius"));
    m_theme->paintShape(painter, QRectF(box.left() + m_theme->size("chip-left"), box.center().y() - shape / 2.0 + 0.5, shape, shape), tone);
    painter->setPen(m_theme->color("text"));
    painter->drawText(box.adjusted(before, 0, 0, 0), Qt::AlignVCenter, painter->fontMetrics().elidedText(text, Qt::ElideRight, words));
}

void PlainDelegate::paintProgress(QPainter *painter, const QRect &cell, double share, const QString &text) const
{
    const int thick = m_theme->size("bar");
    const int words = m_theme->size("title-line") * 2;
    const QRect bar(cell.left(), cell.center().y() - thick / 2 + 1, qMax(20, cell.width() - words), thick);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme->color("line"));
    painter->drawRoundedRect(bar, 2, 2);
    painter->setBrush(m_theme->color("accent"));
    painter->drawRoundedRect(QRect(bar.left(), bar.top(), int(bar.width() * qBound(0.0, share, 1.0)), thick), 2, 2);
    painter->setFont(m_theme->figureFont(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    painter->drawText(cell.adjusted(bar.width() + m_theme->size("space-2"), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

} // namespace kboss
