#include "ui/stockbars.h"

#include "ui/theme.h"
#include "ui/widgets.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int rowGap = 14, barTop = 20, shapeGap = 6, leastWidth = 180;
}

StockBars::StockBars(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"stockBars"_s);
    connect(theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StockBars::setPlaces(std::vector<StockPlace> places, const StockPlace &sum)
{
    m_places = std::move(places);
    m_sum = sum;
    m_sum.name = tr("All clusters");
    setAccessibleName(tr("Stock by cluster"));
    setAccessibleDescription(text());
    updateGeometry();
    update();
}

QString StockBars::text() const
{
    QStringList lines;
    for (const StockPlace &place : m_places)
        lines << (place.name + u"  "_s + place.words() + u"  "_s + place.state()).trimmed();
    lines << m_sum.name + u"  "_s + m_sum.words();
    return lines.join(u'\n');
}

int StockBars::lineHeight() const
{
    return barTop + m_theme->size("bar") + rowGap;
}

QSize StockBars::sizeHint() const
{
    const int lines = static_cast<int>(m_places.size()) + (m_places.size() > 1 ? 1 : 0);
    return {leastWidth, std::max(1, lines) * lineHeight()};
}

QSize StockBars::minimumSizeHint() const
{
    return sizeHint();
}

const StockPlace *StockBars::at(int y) const
{
    const auto line = static_cast<size_t>(std::max(0, y) / lineHeight());
    if (line < m_places.size())
        return &m_places[line];
    return line == m_places.size() && m_places.size() > 1 ? &m_sum : nullptr;
}

// The name, at the right the figures, below the bar over the whole width; what is low has its shape and word before the figures.
void StockBars::paintPlace(QPainter *painter, const QRect &line, const StockPlace &place, int nameWidth, bool sum) const
{
    const int shape = m_theme->size("shape"), bar = m_theme->size("bar");
    const QFont figures = m_theme->figureFont(TextSize::Normal, sum), label = m_theme->font(TextSize::Label);
    const QString words = place.words(), state = sum ? QString() : place.state();
    const bool marked = place.tone == Tone::Warn || place.tone == Tone::Bad;
    const int wordsWidth = QFontMetrics(figures).horizontalAdvance(words);
    const QRect text(line.left(), line.top(), line.width(), barTop - 2);
    painter->setPen(m_theme->color("text"));
    painter->setFont(figures);
    painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter, words);
    const QFont nameFont = m_theme->font(TextSize::Normal, sum);
    painter->setFont(nameFont);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics(nameFont).elidedText(place.name, Qt::ElideMiddle, nameWidth));
    const int name = std::min(nameWidth, QFontMetrics(nameFont).horizontalAdvance(place.name));
    int left = line.left() + name + shapeGap * 2;
    const int room = line.right() - wordsWidth - shapeGap - left;
    if (!state.isEmpty() && room > shape) {
        if (marked) {
            painter->setRenderHint(QPainter::Antialiasing);
            m_theme->paintShape(painter, QRectF(left, text.center().y() - shape / 2.0 + 1, shape, shape), place.tone);
            painter->setRenderHint(QPainter::Antialiasing, false);
            left += shape + shapeGap;
        }
        painter->setFont(label);
        painter->setPen(m_theme->color(marked ? "text-2" : "text-3"));
        painter->drawText(QRect(left, text.top(), std::max(0, line.right() - wordsWidth - shapeGap - left), text.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(label).elidedText(state, Qt::ElideRight, line.right() - wordsWidth - shapeGap - left));
    }
    const QRect ground(line.left(), line.top() + barTop, line.width(), bar);
    painter->fillRect(ground, m_theme->color("line"));
    QRect filled = ground;
    filled.setWidth(static_cast<int>(place.share * ground.width() + 0.5));
    painter->fillRect(filled, marked ? m_theme->toneColor(place.tone) : m_theme->series(1));
}

void StockBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int nameWidth = width() * 2 / 5;
    QRect line(0, 0, width(), lineHeight());
    for (const StockPlace &place : m_places) {
        paintPlace(&painter, line, place, nameWidth, false);
        line.translate(0, lineHeight());
    }
    if (m_places.size() > 1)
        paintPlace(&painter, line, m_sum, nameWidth, true);
}

bool StockBars::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const StockPlace *place = at(help->pos().y());
    if (place)
        QToolTip::showText(help->globalPos(), plainToolTip((place->name + u"  "_s + place->words() + u'\n' + place->state()).trimmed()), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace kboss
