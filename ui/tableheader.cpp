#include "ui/tableheader.h"

#include "models/formatters.h"
#include "ui/celldelegate.h"

#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace kboss {

TableHeader::TableHeader(const ResourceType &type, const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent), m_type(type), m_theme(theme)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setFirstSectionMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(40);
    setTextElideMode(Qt::ElideRight);
    connect(this, &QHeaderView::sectionClicked, this, &TableHeader::onClicked);
    connect(&theme, &Theme::changed, this, [this] { viewport()->update(); });
}

bool TableHeader::isSortable(const ColumnSpec &column)
{
    return column.field.type != FieldType::Secret;
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_theme.size("table-head")};
}

void TableHeader::setOrder(const std::vector<SortKey> &order)
{
    m_order = order;
    viewport()->update();
}

void TableHeader::onClicked(int logicalIndex)
{
    const ColumnSpec &column = m_type.columns[static_cast<size_t>(logicalIndex)];
    if (!isSortable(column))
        return;
    const bool further = QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
    std::vector<SortKey> order = m_order;
    const auto known = std::find_if(order.begin(), order.end(), [&](const SortKey &key) { return key.field == column.field.id; });
    const SortKey wanted{column.field.id, known != order.end() && !known->descending};
    if (!further)
        order = {wanted};
    else if (known != order.end())
        *known = wanted;
    else
        order.push_back(wanted);
    Q_EMIT orderAsked(order);
}

QString TableHeader::sectionText(const ColumnSpec &column) const
{
    const QString unit = column.unit.text();
    return unit.isEmpty() ? column.label.text() : column.label.text() + QStringLiteral(" (") + unit + QLatin1Char(')');
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color("panel"));
    painter.end();
    QHeaderView::paintEvent(event);
    QPainter line(viewport());
    line.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color("line-strong"));
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    const ColumnSpec &column = m_type.columns[static_cast<size_t>(logicalIndex)];
    const auto key = std::find_if(m_order.begin(), m_order.end(), [&](const SortKey &k) { return k.field == column.field.id; });
    const bool sorted = key != m_order.end();
    const bool right = alignsRight(column);
    painter->setFont(m_theme.font(TextSize::Label));
    QString text = sectionText(column);
    int room = rect.width() - 2 * CellDelegate::padding;
    const int left = visualIndex(logicalIndex) == 0 || rect.left() + offset() == 0 ? CellDelegate::firstPadding : CellDelegate::padding;
    const int arrowRoom = !sorted ? 0 : m_order.size() > 1 ? 21 : 12;
    room -= arrowRoom + (left - CellDelegate::padding);
    text = painter->fontMetrics().elidedText(text, Qt::ElideRight, room);
    const int width = painter->fontMetrics().horizontalAdvance(text);
    const int x = right ? rect.right() + 1 - CellDelegate::padding - arrowRoom - width : rect.left() + left;
    painter->setPen(m_theme.color(sorted ? "text" : "text-2"));
    painter->drawText(QRect(x, rect.top(), width + 2, rect.height() - 1), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    if (!sorted)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF middle(x + width + 8, rect.center().y() + 0.5);
    const qreal up = key->descending ? 1.5 : -1.5;
    QPen pen(m_theme.color("text-2"), 1.4);
    pen.setCapStyle(Qt::RoundCap);
    painter->setPen(pen);
    painter->drawPolyline(QPolygonF{{middle.x() - 3, middle.y() - up}, {middle.x(), middle.y() + up}, {middle.x() + 3, middle.y() - up}});
    painter->setRenderHint(QPainter::Antialiasing, false);
    if (m_order.size() > 1) {
        painter->setFont(m_theme.font(TextSize::Small));
        painter->drawText(QRectF(middle.x() + 5, rect.top(), 9, rect.height() - 1), Qt::AlignVCenter | Qt::AlignLeft,
                          QString::number(key - m_order.begin() + 1));
    }
}

bool TableHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const int section = logicalIndexAt(help->pos());
    if (section < 0)
        return true;
    const ColumnSpec &column = m_type.columns[static_cast<size_t>(section)];
    QString text = sectionText(column);
    if (!column.tip.text().isEmpty())
        text += QLatin1Char('\n') + column.tip.text();
    if (isSortable(column))
        text += QLatin1Char('\n') + tr("Click to sort, with Shift as a further key");
    QToolTip::showText(help->globalPos(), QStringLiteral("<p style='white-space:pre'>") + text.toHtmlEscaped() + QStringLiteral("</p>"), viewport());
    return true;
}

} // namespace kboss
