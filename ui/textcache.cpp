#include "ui/textcache.h"

#include "app/base/oneline.h"

#include <QFontMetricsF>
#include <QTextLayout>
#include <cmath>

namespace kboss {

TextCache::TextCache(int lines) : m_lines(lines) { }

int TextCache::addFont(const QFont &font)
{
    const QFontMetricsF metrics(font);
    m_fonts.append(font);
    m_offsets.append((metrics.ascent() - metrics.descent()) / 2);
    return static_cast<int>(m_fonts.size()) - 1;
}

void TextCache::clear()
{
    m_lines.clear();
    m_fonts.clear();
    m_offsets.clear();
}

qreal TextCache::baseline(int number, qreal top, qreal height) const
{
    return std::round(top + height / 2 + m_offsets.at(number));
}

const TextCache::Line &TextCache::insert(const Key &key, const QString &text)
{
    QTextLayout layout(text, m_fonts.at(key.font));
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.setCacheEnabled(false);
    layout.beginLayout();
    QTextLine shaped = layout.createLine();
    if (shaped.isValid())
        shaped.setLineWidth(1 << 20);
    layout.endLayout();
    auto *line = new Line;
    if (shaped.isValid()) {
        line->runs = shaped.glyphRuns();
        line->width = shaped.naturalTextWidth();
        line->ascent = shaped.ascent();
    }
    m_lines.insert(key, line);
    return *line;
}

const TextCache::Line &TextCache::line(const QString &text, int font)
{
    const Key key{text, font, -1};
    if (const Line *known = m_lines.object(key))
        return *known;
    return insert(key, oneLine(text, text.size())); // a line break in a cell would hide what follows it
}

const TextCache::Line &TextCache::fitted(const QString &text, int font, qreal width, Qt::TextElideMode mode)
{
    const Line &whole = line(text, font);
    if (whole.width <= width + 0.5)
        return whole;
    const Key key{text, font, static_cast<int>(width) * 2 + (mode == Qt::ElideMiddle ? 1 : 0)};
    if (const Line *known = m_lines.object(key))
        return *known;
    return insert(key, QFontMetricsF(m_fonts.at(font)).elidedText(oneLine(text, text.size()), mode, std::floor(width)));
}

void TextCache::draw(QPainter *painter, QPointF baseline, const Line &line)
{
    const QPointF origin(baseline.x(), baseline.y() - line.ascent);
    for (const QGlyphRun &run : line.runs)
        painter->drawGlyphRun(origin, run);
}

} // namespace kboss
