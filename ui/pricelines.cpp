#include "ui/pricelines.h"

#include "models/quotewords.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowHeight = 26, lineHeight = 60, reasonHeight = 30, headHeight = 28, wayHeight = 34;
constexpr int subtotalWidth = 128, termWidth = 78, amountWidth = 92, priceWidth = 148, typeWidth = 58, conversionLeast = 170, adoptWidth = 56;

void write(QPainter *painter, const QRect &rect, const QString &text, Qt::Alignment alignment, Qt::TextElideMode mode = Qt::ElideRight)
{
    painter->drawText(rect, alignment | Qt::AlignVCenter, painter->fontMetrics().elidedText(text, mode, rect.width()));
}

} // namespace

PriceColumns PriceColumns::of(int left, int width, const Theme &theme)
{
    const int edge = theme.size("space-4"), gap = theme.size("space-3");
    PriceColumns at;
    int right = left + width - edge;
    const auto takeRight = [&right, gap](int wide) {
        const QRect rect(right - wide, 0, wide, 0);
        right -= wide + gap;
        return rect;
    };
    at.subtotal = takeRight(subtotalWidth);
    at.term = takeRight(termWidth);
    at.amount = takeRight(amountWidth);
    int from = left + edge;
    at.type = QRect(from, 0, typeWidth, 0);
    from += typeWidth + gap / 2;
    const int rest = right - from;
    at.narrow = rest < priceWidth + conversionLeast + 2 * gap + 120;
    const int model = at.narrow ? rest - priceWidth - gap : std::min(190, (rest - priceWidth - 2 * gap) * 2 / 5);
    at.model = QRect(from, 0, std::max(40, model), 0);
    from += at.model.width() + gap;
    at.price = QRect(from, 0, priceWidth, 0);
    from += priceWidth + gap;
    at.conversion = QRect(from, 0, std::max(0, right - from), 0);
    return at;
}

PriceLineDelegate::PriceLineDelegate(const PriceLinesModel *model, Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_theme(theme)
{
}

void PriceLineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QuoteLineView *line = m_model->line(index);
    if (!line)
        return;
    painter->save();
    const auto kind = m_model->item(index).kind;
    painter->fillRect(option.rect, line->counted ? m_theme->color("panel") : m_theme->toneGround(Tone::Bad));
    if (kind == PriceLinesModel::Kind::Line) {
        if ((option.state & QStyle::State_Selected) && line->counted)
            painter->fillRect(option.rect, m_theme->color("selection"));
        paintLine(painter, option.rect, *line);
    } else if (kind == PriceLinesModel::Kind::Reason) {
        paintReason(painter, option.rect, *line);
    } else if (kind == PriceLinesModel::Kind::WayHead) {
        paintWayHead(painter, option.rect, *line);
    } else {
        paintWay(painter, option.rect, index, option.state & QStyle::State_MouseOver);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(m_theme->color("accent"));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

void PriceLineDelegate::paintLine(QPainter *painter, const QRect &rect, const QuoteLineView &line) const
{
    if (line.counted)
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme->color("line"));
    const PriceColumns at = PriceColumns::of(rect.left(), rect.width(), *m_theme);
    const QRect row(rect.left(), rect.top() + 5, rect.width(), rowHeight);
    const auto in = [&row](const QRect &column) { return QRect(column.left(), row.top(), column.width(), row.height()); };
    const QColor text = m_theme->color("text"), faint = m_theme->color("text-2"), bad = m_theme->color("bad");
    if (!line.counted)
        m_theme->paintShape(painter, QRectF(rect.left() + 4, row.center().y() - 3.5, 8, 8), Tone::Bad);
    painter->setFont(m_theme->font(TextSize::Label));
    painter->setPen(faint);
    write(painter, in(at.type), line.part.type, Qt::AlignLeft);
    painter->setFont(m_theme->font());
    painter->setPen(text);
    write(painter, in(at.model), line.part.model, Qt::AlignLeft, Qt::ElideMiddle);
    painter->setFont(m_theme->figureFont());
    write(painter, in(at.price), line.price, Qt::AlignLeft);
    painter->setPen(faint);
    if (!at.narrow) {
        painter->setFont(m_theme->figureFont(TextSize::Label));
        write(painter, in(at.conversion), line.conversion, Qt::AlignLeft);
    }
    painter->setFont(m_theme->figureFont(TextSize::Normal, !line.counted));
    painter->setPen(line.counted ? text : bad);
    write(painter, in(at.amount), line.amount, Qt::AlignRight);
    painter->setFont(m_theme->figureFont());
    painter->setPen(text);
    write(painter, in(at.term), line.term, Qt::AlignRight);
    QFont figure = m_theme->figureFont(TextSize::Normal, line.counted);
    figure.setStrikeOut(!line.counted);
    painter->setFont(figure);
    painter->setPen(line.counted ? text : faint);
    write(painter, in(at.subtotal), groupedNumber(line.subtotal, m_model->view().decimals), Qt::AlignRight, Qt::ElideLeft);
    if (line.counted)
        paintSecondRow(painter, row.translated(0, rowHeight - 2), at, line);
}

void PriceLineDelegate::paintSecondRow(QPainter *painter, const QRect &row, const PriceColumns &at, const QuoteLineView &line) const
{
    const int shape = m_theme->size("shape"), gap = m_theme->size("chip-gap");
    const int left = at.type.left();
    m_theme->paintShape(painter, QRectF(left, row.center().y() - shape / 2.0 + 0.5, shape, shape),
                        m_model->view().nodesKnown ? Tone::Good : Tone::Off);
    painter->setPen(m_theme->color("text-2"));
    const QString sum = at.narrow && line.conversion != line.arithmetic ? line.conversion + u" · "_s + line.arithmetic : line.arithmetic;
    painter->setFont(m_theme->figureFont(TextSize::Label));
    const int wanted = painter->fontMetrics().horizontalAdvance(sum) + 2;
    const int most = at.subtotal.right() + 1 - at.price.left();
    const int wide = std::min(wanted, most);
    write(painter, QRect(at.subtotal.right() + 1 - wide, row.top(), wide, row.height()), sum, Qt::AlignRight);
    painter->setFont(m_theme->font(TextSize::Label));
    const int from = left + shape + gap;
    write(painter, QRect(from, row.top(), at.subtotal.right() + 1 - wide - m_theme->size("space-4") - from, row.height()), line.fit, Qt::AlignLeft);
}

void PriceLineDelegate::paintReason(QPainter *painter, const QRect &rect, const QuoteLineView &line) const
{
    const int edge = m_theme->size("space-4");
    QRect cell = rect.adjusted(edge, 0, -edge, 0);
    painter->setFont(m_theme->font(TextSize::Normal, true));
    painter->setPen(m_theme->color("bad"));
    const QString head = tr("Does not fit, not in the total");
    write(painter, cell, head, Qt::AlignLeft);
    cell.setLeft(cell.left() + painter->fontMetrics().horizontalAdvance(head) + m_theme->size("space-3"));
    painter->setFont(m_theme->font());
    painter->setPen(m_theme->color("text"));
    write(painter, cell, line.shortage, Qt::AlignLeft);
    if (line.ways.empty())
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme->color("line"));
}

void PriceLineDelegate::paintBlock(QPainter *painter, const QRect &rect, bool last) const
{
    const int edge = m_theme->size("space-4");
    const QRect block = rect.adjusted(edge, 0, -edge, last ? -m_theme->size("space-2") : 0);
    painter->fillRect(block, m_theme->color("panel"));
    painter->fillRect(QRect(block.left(), block.bottom(), block.width(), 1), m_theme->color("line"));
    painter->fillRect(QRect(block.left(), block.top(), 1, block.height()), m_theme->color("line"));
    painter->fillRect(QRect(block.right(), block.top(), 1, block.height()), m_theme->color("line"));
}

PriceLineDelegate::WayColumns PriceLineDelegate::wayColumns(const QRect &rect) const
{
    const int edge = m_theme->size("space-4"), gap = m_theme->size("space-3");
    WayColumns at;
    int right = rect.right() + 1 - edge - gap;
    const auto take = [&](int wide) {
        const QRect cell(right - wide, rect.top(), wide, rect.height());
        right -= wide + gap;
        return cell;
    };
    at.adopt = take(adoptWidth);
    at.total = take(104);
    at.line = take(104);
    const int left = rect.left() + edge + gap, rest = right - left;
    const int words = rest * 11 / 20;
    at.words = QRect(left, rect.top(), words, rect.height());
    at.where = QRect(left + words + gap, rect.top(), std::max(0, rest - words - gap), rect.height());
    return at;
}

void PriceLineDelegate::paintWayHead(QPainter *painter, const QRect &rect, const QuoteLineView &) const
{
    paintBlock(painter, rect, false);
    painter->fillRect(QRect(rect.left() + m_theme->size("space-4"), rect.top(), rect.width() - 2 * m_theme->size("space-4"), 1),
                      m_theme->color("line"));
    const WayColumns at = wayColumns(rect);
    painter->setFont(m_theme->font(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    write(painter, at.words, tr("What fits now"), Qt::AlignLeft);
    write(painter, at.where, tr("Placed on"), Qt::AlignLeft);
    write(painter, at.line, tr("This line (CNY)"), Qt::AlignRight);
    write(painter, at.total, tr("New total (CNY)"), Qt::AlignRight);
}

QRect PriceLineDelegate::adoptRect(const QRect &row) const
{
    const QRect cell = wayColumns(row).adopt;
    const int height = m_theme->size("field") - 4;
    const int high = wayHeight; // the last row of a block is taller by the space below it
    return {cell.left(), row.top() + (high - height) / 2, cell.width(), height};
}

void PriceLineDelegate::paintWay(QPainter *painter, const QRect &rect, const QModelIndex &index, bool hovered) const
{
    const QuoteLineView *line = m_model->line(index);
    const WayView *way = m_model->way(index);
    const bool last = static_cast<size_t>(m_model->item(index).way) + 1 == line->ways.size();
    paintBlock(painter, rect, last);
    const WayColumns at = wayColumns(QRect(rect.left(), rect.top(), rect.width(), wayHeight));
    painter->setFont(m_theme->font(TextSize::Normal, true));
    painter->setPen(m_theme->color("text"));
    write(painter, at.words, way->words, Qt::AlignLeft);
    painter->setFont(m_theme->font(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    write(painter, at.where, way->where, Qt::AlignLeft);
    painter->setFont(m_theme->figureFont());
    painter->setPen(m_theme->color("text"));
    write(painter, at.line, groupedNumber(way->line, 2), Qt::AlignRight);
    painter->setFont(m_theme->figureFont(TextSize::Normal, true));
    write(painter, at.total, groupedNumber(way->total, 2), Qt::AlignRight);
    const QRect button = adoptRect(rect);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_theme->color(hovered ? "accent" : "line-strong"));
    painter->setBrush(m_theme->color("panel"));
    painter->drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), m_theme->size("radius"), m_theme->size("radius"));
    painter->setPen(m_theme->color("text"));
    painter->setFont(m_theme->font(TextSize::Label));
    painter->drawText(button, Qt::AlignCenter, adoptText());
}

QSize PriceLineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QuoteLineView *line = m_model->line(index);
    if (!line)
        return {};
    switch (m_model->item(index).kind) {
    case PriceLinesModel::Kind::Line:
        return {0, line->counted ? lineHeight : lineHeight - rowHeight};
    case PriceLinesModel::Kind::Reason:
        return {0, reasonHeight};
    case PriceLinesModel::Kind::WayHead:
        return {0, headHeight};
    case PriceLinesModel::Kind::Way:
        break;
    }
    const bool last = static_cast<size_t>(m_model->item(index).way) + 1 == line->ways.size();
    return {0, wayHeight + (last ? m_theme->size("space-2") : 0)};
}

PriceLines::PriceLines(PriceLinesModel *model, Theme *theme, QWidget *parent)
    : QListView(parent), m_model(model), m_delegate(new PriceLineDelegate(model, theme, this))
{
    setObjectName(u"priceLines"_s);
    setModel(model);
    setItemDelegate(m_delegate);
    setMouseTracking(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void PriceLines::adopt(const QModelIndex &index)
{
    if (const WayView *way = m_model->way(index)) {
        const QuoteContent quote = way->way.quote; // the model is filled anew while this runs
        const QString words = way->words;
        Q_EMIT adopted(quote, words);
    }
}

void PriceLines::keyPressEvent(QKeyEvent *event)
{
    const bool asked = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (asked && m_model->way(currentIndex())) {
        adopt(currentIndex());
        return;
    }
    QListView::keyPressEvent(event);
}

void PriceLines::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && m_model->way(index) && m_delegate->adoptRect(visualRect(index)).contains(event->position().toPoint()))
        adopt(index);
}

void PriceLines::mouseMoveEvent(QMouseEvent *event)
{
    QListView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool over = m_model->way(index) && m_delegate->adoptRect(visualRect(index)).contains(event->position().toPoint());
    viewport()->setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void PriceLines::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

PriceHead::PriceHead(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(theme->size("table-head"));
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PriceHead::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

void PriceHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme->color("line-strong"));
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color("text-2"));
    const PriceColumns at = PriceColumns::of(0, width(), *m_theme);
    const auto in = [this](const QRect &column) { return QRect(column.left(), 0, column.width(), height()); };
    write(&painter, QRect(at.type.left(), 0, at.model.right() + 1 - at.type.left(), height()), tr("Part"), Qt::AlignLeft);
    write(&painter, in(at.price), tr("Unit price"), Qt::AlignLeft);
    if (!at.narrow)
        write(&painter, in(at.conversion), tr("Conversion"), Qt::AlignLeft);
    write(&painter, in(at.amount), tr("Amount"), Qt::AlignRight);
    write(&painter, in(at.term), tr("Term"), Qt::AlignRight);
    write(&painter, in(at.subtotal), tr("Subtotal (CNY)"), Qt::AlignRight);
}

} // namespace kboss
