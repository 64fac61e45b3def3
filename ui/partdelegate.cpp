#include "ui/partdelegate.h"

#include "models/parttreemodel.h"
#include "models/quotewords.h"
#include "ui/amountedit.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int barWidth = 48;

const PartOffer *offerOf(const QModelIndex &index)
{
    return static_cast<const PartOffer *>(index.data(PartTreeModel::OfferRole).value<void *>());
}

bool isAmount(const QModelIndex &index)
{
    return index.flags() & Qt::ItemIsEditable;
}

qint64 stepOf(const QString &type)
{
    return type == "memory"_L1 ? 1024 : 1;
}

} // namespace

PartDelegate::PartDelegate(Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

QRect PartDelegate::stepperRect(const QRect &cell) const
{
    const int height = m_theme->size("field");
    return {cell.right() + 1 - m_theme->size("space-3") - stepperWidth, cell.center().y() - height / 2, stepperWidth, height};
}

void PartDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const PartOffer *offer = offerOf(index);
    const QRect rect = option.rect;
    if (!offer) {
        paintGroup(painter, rect, index);
        painter->restore();
        return;
    }
    const bool chosen = index.column() == m_chosen, selected = option.state & QStyle::State_Selected;
    if (chosen || selected)
        painter->fillRect(rect, m_theme->color("selection"));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme->color("line"));
    if (index.column() == 0)
        paintModel(painter, rect, *offer);
    else if (isAmount(index))
        paintStepper(painter, rect, index, option.state & QStyle::State_HasFocus);
    else
        paintLeft(painter, rect, index);
    if ((option.state & QStyle::State_HasFocus) && !isAmount(index)) {
        painter->setPen(m_theme->color("accent"));
        painter->drawRect(rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

void PartDelegate::paintGroup(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    painter->fillRect(rect, m_theme->color("window"));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme->color("line"));
    const PartOffer *first = offerOf(index.model()->index(0, 0, index));
    if (index.column() != 0 || !first)
        return;
    const QRect cell = rect.adjusted(m_theme->size("space-2"), 0, 0, 0);
    const QString title = index.data().toString();
    painter->setFont(m_theme->font(TextSize::Normal, true));
    painter->setPen(m_theme->color("text"));
    painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, title);
    const int wide = painter->fontMetrics().horizontalAdvance(title) + m_theme->size("space-3");
    painter->setFont(m_theme->font(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    painter->drawText(cell.adjusted(wide, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, first->type + u" · "_s + partTypeUnit(first->type));
}

void PartDelegate::paintModel(QPainter *painter, const QRect &rect, const PartOffer &offer) const
{
    const QRect cell = rect.adjusted(m_theme->size("first-cell"), 5, -m_theme->size("cell-padding"), -6);
    painter->setFont(m_theme->font());
    painter->setPen(m_theme->color("text"));
    // The end tells models apart.
    painter->drawText(cell, Qt::AlignTop | Qt::AlignLeft, painter->fontMetrics().elidedText(offer.model, Qt::ElideMiddle, cell.width()));
    painter->setFont(m_theme->figureFont(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    const QString price = priceWords(quotePart(offer, 0));
    painter->drawText(cell, Qt::AlignBottom | Qt::AlignLeft, painter->fontMetrics().elidedText(price, Qt::ElideRight, cell.width()));
}

void PartDelegate::paintLeft(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const int pad = m_theme->size("cell-padding");
    const QVariant left = index.data(PartTreeModel::LeftRole);
    const bool chosen = index.column() == m_chosen, none = !left.isValid() || left.toLongLong() == 0;
    painter->setFont(none ? m_theme->font(TextSize::Label) : m_theme->figureFont());
    painter->setPen(m_theme->color(none ? "text-3" : chosen ? "text" : "text-2"));
    painter->drawText(rect.adjusted(pad, 0, -pad, -14), Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
    if (!left.isValid())
        return;
    const int height = m_theme->size("bar");
    const QRect ground(rect.right() + 1 - pad - barWidth, rect.bottom() - 12, barWidth, height);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme->color("line"));
    painter->drawRoundedRect(ground, 2, 2);
    const double share = std::clamp(index.data(PartTreeModel::ShareRole).toDouble(), 0.0, 1.0);
    if (share <= 0)
        return;
    QRectF filled(ground);
    filled.setWidth(std::max(2.0, share * barWidth));
    painter->setBrush(share < m_warnBelow ? m_theme->toneColor(Tone::Warn) : chosen ? m_theme->series(1) : m_theme->color("line-strong"));
    painter->drawRoundedRect(filled, 2, 2);
}

void PartDelegate::paintStepper(QPainter *painter, const QRect &cell, const QModelIndex &index, bool current) const
{
    const QRect box = stepperRect(cell);
    const qint64 amount = index.data(PartTreeModel::AmountRole).toLongLong();
    const PartOffer *offer = offerOf(index);
    const bool fault = index.data(PartTreeModel::FaultRole).toBool();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor edge = m_theme->color(fault ? "bad" : current ? "accent" : "line-strong");
    painter->setPen(QPen(edge, fault || current ? 2 : 1));
    painter->setBrush(m_theme->color("panel"));
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), m_theme->size("radius"), m_theme->size("radius"));
    painter->setFont(m_theme->figureFont());
    const QRect minus(box.left(), box.top(), sideWidth, box.height()), plus(box.right() + 1 - sideWidth, box.top(), sideWidth, box.height());
    painter->setPen(m_theme->color(amount > 0 ? "text-2" : "line-strong"));
    painter->drawText(minus, Qt::AlignCenter, QString(QChar(0x2212)));
    painter->setPen(m_theme->color("text-2"));
    painter->drawText(plus, Qt::AlignCenter, u"+"_s);
    const qint64 step = stepOf(offer->type);
    const QString text = amount % step == 0 ? groupedNumber(Decimal(amount / step)) : amountWords(offer->type, amount);
    const QRect middle = box.adjusted(sideWidth - 4, 0, 4 - sideWidth, 0);
    QFont font = m_theme->figureFont(TextSize::Normal, amount > 0);
    if (QFontMetrics(font).horizontalAdvance(text) > middle.width())
        font = m_theme->figureFont(TextSize::Small, amount > 0);
    painter->setFont(font);
    painter->setPen(m_theme->color(fault ? "bad" : amount > 0 ? "text" : "text-3"));
    painter->drawText(middle, Qt::AlignCenter, text);
}

QSize PartDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {0, index.parent().isValid() ? rowHeight : groupHeight};
}

bool PartDelegate::stepAmount(QAbstractItemModel *model, const QModelIndex &index, int steps)
{
    const PartOffer *offer = offerOf(index);
    if (!offer)
        return false;
    const QModelIndex amount = index.siblingAtColumn(model->columnCount(index.parent()) - 1);
    const qint64 step = stepOf(offer->type), now = amount.data(PartTreeModel::AmountRole).toLongLong();
    // Up and down to whole steps: 1,536 Mi goes to 2 Gi and 1 Gi.
    const qint64 from = now % step == 0 ? now : steps > 0 ? now - now % step : now - now % step + step;
    return model->setData(amount, std::max<qint64>(0, from + steps * step), Qt::EditRole);
}

QWidget *PartDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const PartOffer *offer = offerOf(index);
    if (!offer)
        return nullptr;
    auto *edit = new AmountEdit(offer->type, parent);
    edit->setObjectName(u"amountEdit"_s);
    edit->setFont(m_theme->figureFont());
    edit->setAccessibleName(index.siblingAtColumn(0).data(Qt::AccessibleTextRole).toString());
    const QPersistentModelIndex place = index;
    auto *self = const_cast<PartDelegate *>(this);
    connect(edit, &AmountEdit::amountChanged, self, [place](qint64 amount) { // the price follows while typing
        if (place.isValid())
            const_cast<QAbstractItemModel *>(place.model())->setData(place, amount, PartTreeModel::AmountRole);
    });
    return edit;
}

void PartDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *edit = qobject_cast<AmountEdit *>(editor);
    const qint64 amount = index.data(PartTreeModel::AmountRole).toLongLong();
    if (!edit || edit->property("begun").toBool()) // what is being typed is not written over
        return;
    edit->setProperty("begun", true);
    edit->setAmount(amount);
    edit->selectAll();
}

void PartDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *edit = qobject_cast<AmountEdit *>(editor))
        model->setData(index, edit->amount(), PartTreeModel::AmountRole);
}

void PartDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    editor->setGeometry(stepperRect(option.rect));
}

bool PartDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!isAmount(index) || (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonDblClick))
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const QRect box = stepperRect(option.rect);
    const QPoint at = mouse->position().toPoint();
    if (mouse->button() != Qt::LeftButton || !box.contains(at))
        return false;
    const int steps = mouse->modifiers() & Qt::ShiftModifier ? 10 : 1;
    if (at.x() < box.left() + sideWidth)
        return stepAmount(model, index, -steps);
    if (at.x() >= box.right() + 1 - sideWidth)
        return stepAmount(model, index, steps);
    return false;
}

} // namespace kboss
