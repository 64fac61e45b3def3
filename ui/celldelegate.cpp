#include "ui/celldelegate.h"

#include <QPainter>
#include <QPixmap>
#include <algorithm>
#include <cmath>

namespace kboss {

namespace {
constexpr int chipHeight = 20, chipLeft = 6, chipRight = 8, shapeSize = 8, shapeGap = 6, barHeight = 4;
constexpr int shareWidth = 42, usageWidth = 64, placeWidth = 36, leastPlace = 14, placeGap = 6, tagHeight = 18, tagPadding = 5, tagGap = 4,
              chevronSize = 12;
constexpr double radius = 4;
} // namespace

CellDelegate::CellDelegate(const ResourceType &type, const Theme &theme, QObject *parent)
    : QAbstractItemDelegate(parent), m_type(type), m_theme(theme)
{
    readTheme();
    connect(&theme, &Theme::changed, this, &CellDelegate::readTheme);
}

void CellDelegate::readTheme()
{
    m_texts.clear();
    m_shapes.clear();
    m_normal = m_texts.addFont(m_theme.figureFont(TextSize::Normal));
    m_mono = m_texts.addFont(m_theme.monoFont(TextSize::Label));
    m_label = m_texts.addFont(m_theme.font(TextSize::Label));
    m_small = m_texts.addFont(m_theme.font(TextSize::Small));
    m_bold = m_texts.addFont(m_theme.font(TextSize::Normal, true));
    m_looks.window = m_theme.color("window");
    m_looks.line = m_theme.color("line");
    m_looks.lineStrong = m_theme.color("line-strong");
    m_looks.text = m_theme.color("text");
    m_looks.text2 = m_theme.color("text-2");
    m_looks.text3 = m_theme.color("text-3");
    m_looks.bad = m_theme.color("bad");
    m_looks.warn = m_theme.color("warn");
    m_looks.accent = m_theme.series(1);
    m_looks.barGround = m_theme.color("line");
    for (int tone = 0; tone < 6; ++tone) {
        m_looks.tones[tone] = m_theme.toneColor(static_cast<Tone>(tone));
        m_looks.grounds[tone] = m_theme.toneGround(static_cast<Tone>(tone));
    }
}

const QPixmap &CellDelegate::shape(Tone tone, qreal ratio)
{
    const int key = static_cast<int>(tone) * 1000 + static_cast<int>(ratio * 100);
    auto found = m_shapes.find(key);
    if (found == m_shapes.end()) {
        QPixmap pixmap(QSize(shapeSize, shapeSize) * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        m_theme.paintShape(&painter, QRectF(0, 0, shapeSize, shapeSize), tone);
        painter.end();
        found = m_shapes.insert(key, pixmap);
    }
    return *found;
}

QColor CellDelegate::textColor(const CellText &cell, int column) const
{
    if (cell.right && cell.text.startsWith(QChar(0x2212)))
        return m_looks.bad;
    if (cell.dim)
        return m_looks.text3;
    if (cell.bar >= 0)
        return m_looks.text; // the bar has the tone
    if (cell.tone != Tone::None && !cell.marker)
        return m_looks.tones[static_cast<int>(cell.tone)];
    if (column >= 0 && column < static_cast<int>(m_type.columns.size())) {
        const ColumnFormat format = m_type.columns[static_cast<size_t>(column)].format;
        if (format == ColumnFormat::RelativeTime || format == ColumnFormat::DateTime || cell.mono)
            return m_looks.text2;
    }
    return m_looks.text;
}

void CellDelegate::paintCell(QPainter *painter, const QRect &rect, const CellText &cell, int column, bool first)
{
    const int left = first ? firstPadding : padding;
    if (cell.chip) {
        paintChip(painter, rect, cell, left);
        return;
    }
    if (!cell.tags.isEmpty()) {
        paintTags(painter, rect, cell, left);
        return;
    }
    if (!cell.bars.empty()) {
        paintBars(painter, rect, cell, left);
        return;
    }
    const int font = cell.mono ? m_mono : m_normal;
    const int markerRoom = cell.marker ? shapeSize + shapeGap : 0;
    const int barRoom = cell.bar >= 0 ? barWidth(column) + padding : 0;
    const qreal room = rect.width() - left - padding - markerRoom - barRoom;
    if (cell.bar >= 0)
        paintBar(painter, rect, cell, barWidth(column));
    if (room < 4)
        return;
    const TextCache::Line &line = m_texts.fitted(cell.text, font, room, elideMode(cell));
    const bool right = cell.right || cell.bar >= 0;
    const qreal x = right ? rect.right() + 1 - padding - line.width : rect.left() + left + markerRoom;
    if (cell.marker)
        painter->drawPixmap(QPointF(std::round(x) - markerRoom, rect.top() + (rect.height() - shapeSize) / 2),
                            shape(cell.markerTone, painter->device()->devicePixelRatioF()));
    painter->setPen(textColor(cell, column));
    TextCache::draw(painter, {right ? x : std::round(x), m_texts.baseline(font, rect.top(), rect.height())}, line);
}

void CellDelegate::paintChip(QPainter *painter, const QRect &rect, const CellText &cell, int left)
{
    const int room = rect.width() - left - 2 - chipLeft - shapeSize - shapeGap - chipRight;
    if (room < 4 || cell.text.isEmpty())
        return;
    const TextCache::Line &line = m_texts.fitted(cell.text, m_label, room, Qt::ElideRight);
    const QRectF chip(rect.left() + left, rect.top() + (rect.height() - chipHeight) / 2,
                      chipLeft + shapeSize + shapeGap + std::ceil(line.width) + chipRight, chipHeight);
    painter->setRenderHint(QPainter::Antialiasing, true);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_looks.grounds[static_cast<int>(cell.tone)]);
    painter->drawRoundedRect(chip, radius, radius);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->drawPixmap(QPointF(chip.left() + chipLeft, chip.top() + (chipHeight - shapeSize) / 2),
                        shape(cell.tone, painter->device()->devicePixelRatioF()));
    painter->setPen(m_looks.text);
    TextCache::draw(painter, {chip.left() + chipLeft + shapeSize + shapeGap, m_texts.baseline(m_label, rect.top(), rect.height())}, line);
}

int CellDelegate::barWidth(int column) const
{
    const bool usage =
        column >= 0 && column < static_cast<int>(m_type.columns.size()) && m_type.columns[static_cast<size_t>(column)].format == ColumnFormat::Usage;
    return usage ? usageWidth : shareWidth;
}

// A bar for each place, beside each other: as long as there is room, and a number of those that have none.
void CellDelegate::paintBars(QPainter *painter, const QRect &rect, const CellText &cell, int left)
{
    const int count = static_cast<int>(cell.bars.size());
    const int room = rect.width() - left - padding;
    const int width = std::clamp((room + placeGap) / count - placeGap, leastPlace, placeWidth);
    const int fitting = std::clamp((room + placeGap) / (width + placeGap), 0, count);
    const int shown = fitting < count ? std::max(0, fitting - 1) : count; // the last place is the number's
    int x = rect.left() + left;
    const int top = rect.top() + (rect.height() - barHeight) / 2;
    for (int i = 0; i < shown; ++i) {
        const CellText::Bar &bar = cell.bars[static_cast<size_t>(i)];
        painter->fillRect(QRect(x, top, width, barHeight), m_looks.barGround);
        const bool marked = bar.tone == Tone::Warn || bar.tone == Tone::Bad;
        const int filled = bar.share > 0 ? std::max(1, static_cast<int>(std::lround(bar.share * width))) : 0;
        painter->fillRect(QRect(x, top, filled, barHeight), marked ? m_looks.tones[static_cast<int>(bar.tone)] : m_looks.accent);
        x += width + placeGap;
    }
    if (shown == count)
        return;
    painter->setPen(m_looks.text2);
    TextCache::draw(painter, {static_cast<qreal>(x), m_texts.baseline(m_small, rect.top(), rect.height())},
                    m_texts.line(QStringLiteral("+%1").arg(count - shown), m_small));
}

// Small outlined chips, as many as fit; what does not is a number.
void CellDelegate::paintTags(QPainter *painter, const QRect &rect, const CellText &cell, int left)
{
    qreal x = rect.left() + left;
    const qreal end = rect.right() - 2;
    const int top = rect.top() + (rect.height() - tagHeight) / 2;
    for (qsizetype i = 0; i < cell.tags.size(); ++i) {
        const bool last = i + 1 == cell.tags.size();
        const TextCache::Line &whole = m_texts.line(cell.tags[i], m_small);
        const qreal moreRoom = last ? 0 : m_texts.line(QStringLiteral("+%1").arg(cell.tags.size() - i - 1), m_small).width + tagGap;
        const qreal room = end - x - 2 * tagPadding - moreRoom;
        const bool fits = whole.width <= room;
        if (!fits && (i > 0 || room < 16)) {
            painter->setPen(m_looks.text2);
            TextCache::draw(painter, {x, m_texts.baseline(m_small, rect.top(), rect.height())},
                            m_texts.line(QStringLiteral("+%1").arg(cell.tags.size() - i), m_small));
            return;
        }
        const TextCache::Line &line = fits ? whole : m_texts.fitted(cell.tags[i], m_small, room, Qt::ElideMiddle);
        const qreal width = std::ceil(line.width) + 2 * tagPadding;
        painter->setRenderHint(QPainter::Antialiasing, true);
        painter->setPen(m_looks.lineStrong);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(x + 0.5, top + 0.5, width - 1, tagHeight - 1), radius, radius);
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(m_looks.text2);
        TextCache::draw(painter, {x + tagPadding, m_texts.baseline(m_small, rect.top(), rect.height())}, line);
        x += width + tagGap;
    }
}

void CellDelegate::paintGroup(QPainter *painter, const QRect &rect, const GroupText &group)
{
    painter->fillRect(rect, m_looks.window);
    qreal x = rect.left() + firstPadding;
    const QPixmap arrow = m_theme.icon(group.collapsed ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), m_looks.text2, chevronSize,
                                       painter->device()->devicePixelRatioF());
    painter->drawPixmap(QPointF(x, rect.top() + (rect.height() - chevronSize) / 2), arrow);
    x += chevronSize + shapeGap;
    const auto put = [&](const QString &text, int font, const QColor &color) {
        const qreal room = rect.right() - padding - x;
        if (text.isEmpty() || room < 16)
            return;
        const TextCache::Line &line = m_texts.fitted(text, font, room, Qt::ElideRight);
        painter->setPen(color);
        TextCache::draw(painter, {std::round(x), m_texts.baseline(font, rect.top(), rect.height())}, line);
        x += line.width + padding + tagGap;
    };
    put(group.name, m_bold, m_looks.text);
    put(group.value, m_mono, m_looks.text2);
    if (group.troubled && rect.right() - x > 2 * firstPadding) {
        painter->drawPixmap(QPointF(std::round(x), rect.top() + (rect.height() - shapeSize) / 2),
                            shape(Tone::Bad, painter->device()->devicePixelRatioF()));
        x += shapeSize + shapeGap;
    }
    put(group.counts, m_label, m_looks.text2);
}

void CellDelegate::paintBar(QPainter *painter, const QRect &rect, const CellText &cell, int width)
{
    const QRectF ground(rect.left() + padding, rect.top() + (rect.height() - barHeight) / 2, width, barHeight);
    painter->fillRect(ground, m_looks.barGround);
    QRectF filled = ground;
    filled.setWidth(std::clamp(cell.bar, 0.0, 1.0) * width);
    painter->fillRect(filled, cell.tone == Tone::None ? m_looks.accent : m_looks.tones[static_cast<int>(cell.tone)]);
}

void CellDelegate::paintWaiting(QPainter *painter, const QRect &rect, bool first)
{
    painter->setPen(m_looks.text3);
    TextCache::draw(painter,
                    {static_cast<qreal>(rect.left() + (first ? firstPadding : padding)), m_texts.baseline(m_normal, rect.top(), rect.height())},
                    m_texts.line(QStringLiteral("…"), m_normal));
}

int CellDelegate::widthOf(const CellText &cell, int column, bool first)
{
    const int left = first ? firstPadding : padding;
    if (!cell.tags.isEmpty()) {
        int width = left + padding;
        for (const QString &tag : cell.tags)
            width += static_cast<int>(std::ceil(m_texts.line(tag, m_small).width)) + 2 * tagPadding + tagGap;
        return width;
    }
    if (!cell.bars.empty())
        return left + padding + static_cast<int>(cell.bars.size()) * (placeWidth + placeGap) - placeGap;
    if (cell.chip)
        return left + chipLeft + shapeSize + shapeGap + static_cast<int>(std::ceil(m_texts.line(cell.text, m_label).width)) + chipRight + 2;
    const int extra = (cell.marker ? shapeSize + shapeGap : 0) + (cell.bar >= 0 ? barWidth(column) + padding : 0);
    return left + padding + extra + static_cast<int>(std::ceil(m_texts.line(cell.text, cell.mono ? m_mono : m_normal).width));
}

bool CellDelegate::isElided(const CellText &cell, int column, int width, bool first)
{
    return widthOf(cell, column, first) > width;
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *cell = static_cast<const CellText *>(index.data(ResourceModel::CellRole).value<void *>());
    if (cell)
        const_cast<CellDelegate *>(this)->paintCell(painter, option.rect, *cell, index.column(), false);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int column = index.column();
    const int width = column >= 0 && column < static_cast<int>(m_type.columns.size()) ? m_type.columns[static_cast<size_t>(column)].width : 0;
    return {width, m_theme.rowHeight()};
}

} // namespace kboss
