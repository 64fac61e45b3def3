#include "ui/carddelegate.h"

#include <QPainter>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int pad = 16, top = 12, nameHeight = 24, factsHeight = 20, headGap = 10, barGap = 20, footGap = 8;
constexpr int wordsHeight = 20, barHeight = 8, noteHeight = 18, barBlock = wordsHeight + barHeight + noteHeight + 4, footHeight = 34;
constexpr int chipHeight = 20, chipLeft = 6, chipRight = 8, shapeSize = 8, shapeGap = 6;
constexpr double paleShare = 0.45;

int columnOf(const ResourceType &type, const QString &field)
{
    const auto found = std::find_if(type.columns.begin(), type.columns.end(), [&](const ColumnSpec &spec) { return spec.field.id == field; });
    return found == type.columns.end() ? -1 : static_cast<int>(found - type.columns.begin());
}

double asDouble(const Value &value)
{
    if (const auto *whole = std::get_if<qint64>(&value))
        return static_cast<double>(*whole);
    const auto *number = std::get_if<Decimal>(&value);
    return number ? number->toString().toDouble() : 0;
}

void drawText(QPainter *painter, const QRect &place, Qt::Alignment side, const QString &text)
{
    painter->drawText(place, static_cast<int>(side | Qt::AlignVCenter), painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
}

} // namespace

CardDelegate::CardDelegate(ResourceModel *model, const Theme &theme, QObject *parent)
    : QAbstractItemDelegate(parent), m_model(model), m_theme(theme), m_card(cardSpecOf(model->type()))
{
}

int CardDelegate::cardHeight() const
{
    return top + nameHeight + factsHeight + headGap + linesOfBars() * barBlock + (m_card.dates.empty() ? top : footGap + footHeight) + gap;
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return m_cell;
}

QRect CardDelegate::barPlace(const QRect &card, size_t at) const
{
    const int width = (card.width() - 2 * pad - barGap) / 2;
    const int left = card.left() + pad + static_cast<int>(at % 2) * (width + barGap);
    return {left, card.top() + top + nameHeight + factsHeight + headGap + static_cast<int>(at / 2) * barBlock, width, barBlock};
}

QRect CardDelegate::datePlace(const QRect &card, size_t at) const
{
    const int width = (card.width() - 2 * pad - barGap) / 2;
    return {card.left() + pad + static_cast<int>(at % 2) * (width + barGap), card.bottom() + 1 - footHeight, width, footHeight};
}

QString CardDelegate::label(int column) const
{
    return m_model->type().columns[static_cast<size_t>(column)].label.text();
}

QString CardDelegate::withUnit(const QString &text, int column) const
{
    const QString unit = m_model->type().columns[static_cast<size_t>(column)].unit.text();
    return unit.isEmpty() ? text : text + u' ' + unit;
}

double CardDelegate::share(int row, int column, int limit) const
{
    const Row *held = m_model->row(row);
    if (!held || column < 0 || limit < 0)
        return 0;
    const double whole = asDouble(held->cells[static_cast<size_t>(limit)]);
    return whole > 0 ? std::clamp(asDouble(held->cells[static_cast<size_t>(column)]) / whole, 0.0, 1.0) : 0;
}

int CardDelegate::paintChip(QPainter *painter, const QRect &line, const CellText &cell) const
{
    painter->setFont(m_theme.font(TextSize::Label));
    const int words = painter->fontMetrics().horizontalAdvance(cell.text);
    const int width = chipLeft + shapeSize + shapeGap + words + chipRight;
    const QRect chip(line.right() + 1 - width, line.top() + (line.height() - chipHeight) / 2, width, chipHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.toneGround(cell.tone));
    painter->drawRoundedRect(chip, m_theme.size("radius"), m_theme.size("radius"));
    m_theme.paintShape(painter, QRectF(chip.left() + chipLeft, chip.top() + (chipHeight - shapeSize) / 2.0, shapeSize, shapeSize), cell.tone);
    painter->setPen(m_theme.color("text"));
    painter->drawText(chip.adjusted(chipLeft + shapeSize + shapeGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, cell.text);
    return width;
}

void CardDelegate::paintHead(QPainter *painter, const QRect &card, int row) const
{
    QRect line(card.left() + pad, card.top() + top, card.width() - 2 * pad, nameHeight);
    const int chip = m_card.state < 0 ? 0 : paintChip(painter, line, *m_model->cell(row, m_card.state)) + gap;
    painter->setFont(m_theme.font(TextSize::Normal, true));
    painter->setPen(m_theme.color("text"));
    drawText(painter, line.adjusted(0, 0, -chip, 0), Qt::AlignLeft, m_model->cell(row, m_card.name)->text);
    QStringList facts;
    for (const int column : m_card.facts) {
        const CellText *cell = m_model->cell(row, column);
        if (!cell->text.isEmpty() && !isNull(m_model->row(row)->cells.at(static_cast<size_t>(column))))
            facts << (cell->right ? label(column) + u' ' + withUnit(cell->text, column) : cell->text);
    }
    line.setRect(line.left(), line.bottom() + 1, line.width(), factsHeight);
    painter->setFont(m_theme.font(TextSize::Label));
    painter->setPen(m_theme.color("text-2"));
    drawText(painter, line, Qt::AlignLeft, facts.join(u"  ·  "_s));
}

void CardDelegate::paintBar(QPainter *painter, const QRect &place, int row, const CardSpec::Bar &bar) const
{
    const CellText *cell = m_model->cell(row, bar.field);
    const ColumnSpec &spec = m_model->type().columns[static_cast<size_t>(bar.field)];
    const QRect words(place.left(), place.top(), place.width(), wordsHeight);
    painter->setFont(m_theme.figureFont(TextSize::Label));
    const QString amount = withUnit(cell->text, bar.field);
    const int taken = painter->fontMetrics().horizontalAdvance(amount);
    painter->setPen(m_theme.color(cell->bar < 0 ? "text-3" : "text"));
    drawText(painter, words, Qt::AlignRight, amount);
    painter->setFont(m_theme.font(TextSize::Label));
    painter->setPen(m_theme.color("text-2"));
    drawText(painter, words.adjusted(0, 0, -taken - shapeGap, 0), Qt::AlignLeft, label(bar.field));
    const QRectF ground(place.left(), words.bottom() + 2, place.width(), barHeight);
    const double radius = barHeight / 2.0;
    const QColor full = cell->tone == Tone::None ? m_theme.series(1) : m_theme.toneColor(cell->tone);
    painter->setPen(Qt::NoPen);
    const auto fill = [&](double part, const QColor &color) {
        if (part <= 0)
            return;
        painter->setBrush(color);
        painter->drawRoundedRect(QRectF(ground.left(), ground.top(), std::max(ground.width() * part, double(barHeight)), barHeight), radius, radius);
    };
    fill(1, m_theme.color("line"));
    if (cell->bar < 0)
        return;
    fill(cell->bar, bar.inner < 0 ? full : m_theme.mix(full, m_theme.color("panel"), paleShare));
    if (bar.inner < 0)
        return;
    fill(share(row, bar.inner, columnOf(m_model->type(), spec.limit)), full);
    painter->setPen(m_theme.color("text-3"));
    drawText(painter, QRect(place.left(), int(ground.bottom()) + 1, place.width(), noteHeight), Qt::AlignLeft,
             label(bar.inner) + u' ' + withUnit(m_model->cell(row, bar.inner)->text, bar.inner));
}

void CardDelegate::paintDates(QPainter *painter, const QRect &card, int row) const
{
    if (m_card.dates.empty())
        return;
    painter->fillRect(QRect(card.left() + 1, card.bottom() + 1 - footHeight, card.width() - 2, 1), m_theme.color("line"));
    for (size_t i = 0; i < m_card.dates.size() && i < 2; ++i) {
        const QRect place = datePlace(card, i);
        const CellText *cell = m_model->cell(row, m_card.dates[i]);
        painter->setFont(m_theme.figureFont(TextSize::Label));
        const int taken = painter->fontMetrics().horizontalAdvance(cell->text);
        painter->setPen(cell->tone == Tone::None || cell->marker ? m_theme.color("text") : m_theme.toneColor(cell->tone));
        drawText(painter, place, Qt::AlignRight, cell->text);
        if (cell->marker)
            m_theme.paintShape(
                painter, QRectF(place.right() + 1 - taken - shapeGap - shapeSize, place.top() + (footHeight - shapeSize) / 2.0, shapeSize, shapeSize),
                cell->markerTone);
        painter->setFont(m_theme.font(TextSize::Label));
        painter->setPen(m_theme.color("text-2"));
        drawText(painter, place.adjusted(0, 0, -taken - shapeSize - 2 * shapeGap, 0), Qt::AlignLeft, label(m_card.dates[i]));
    }
}

void CardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect card = option.rect.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2);
    const int row = index.row();
    const bool selected = option.state.testFlag(QStyle::State_Selected), focused = option.state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool glows = index.data(ResourceModel::ChangedRole).toBool();
    painter->setBrush(selected ? m_theme.color("selection") : glows ? m_theme.toneGround(Tone::Info) : m_theme.color("raised"));
    painter->setPen(m_theme.color(selected || focused ? "accent" : "line"));
    painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.size("radius"), m_theme.size("radius"));
    if (!m_model->row(row)) {
        painter->setFont(m_theme.font());
        painter->setPen(m_theme.color("text-3"));
        painter->drawText(card.adjusted(pad, top, 0, 0), Qt::AlignTop | Qt::AlignLeft, u"…"_s);
    } else {
        paintHead(painter, card, row);
        for (size_t i = 0; i < m_card.bars.size(); ++i)
            paintBar(painter, barPlace(card, i), row, m_card.bars[i]);
        paintDates(painter, card, row);
    }
    painter->restore();
}

QString CardDelegate::textAt(int row, const QRect &cell, const QPoint &pos) const
{
    if (!m_model->row(row))
        return {};
    const QRect card = cell.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2);
    const auto said = [&](int column) {
        const CellText *text = m_model->cell(row, column);
        const QString words = u"%1: %2"_s.arg(label(column), withUnit(text->full, column));
        return text->hint.isEmpty() ? words : words + u'\n' + text->hint;
    };
    for (size_t i = 0; i < m_card.bars.size(); ++i) {
        if (barPlace(card, i).contains(pos))
            return m_card.bars[i].inner < 0 ? said(m_card.bars[i].field) : said(m_card.bars[i].field) + u'\n' + said(m_card.bars[i].inner);
    }
    for (size_t i = 0; i < m_card.dates.size() && i < 2; ++i) {
        if (datePlace(card, i).contains(pos))
            return said(m_card.dates[i]);
    }
    return m_model->cell(row, m_card.name)->full;
}

} // namespace kboss
