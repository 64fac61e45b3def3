#include "ui/usagetile.h"

#include "ui/theme.h"

#include <QFontInfo>
#include <QPainter>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int tileHeight = 108, barHeight = 8;

} // namespace

UsageTile::UsageTile(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void UsageTile::setFigures(Figures figures)
{
    m_figures = std::move(figures);
    QStringList said{m_figures.title, m_figures.note, m_figures.amount + u' ' + m_figures.total};
    for (const Part &part : m_figures.parts)
        said << part.text;
    said << m_figures.left;
    said.removeAll(QString());
    setAccessibleName(said.join(u", "_s));
    update();
}

QSize UsageTile::sizeHint() const
{
    return {260, tileHeight};
}

QSize UsageTile::minimumSizeHint() const
{
    return {150, tileHeight};
}

void UsageTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int pad = m_theme->size("space-4"), width = this->width() - 2 * pad;
    QRect line(pad, m_theme->size("space-2"), width, fontMetrics().height());
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_figures.title);
    const int title = fontMetrics().horizontalAdvance(m_figures.title) + pad;
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, fontMetrics().elidedText(m_figures.note, Qt::ElideRight, width - title));
    QFont large = font();
    large.setPixelSize(QFontInfo(large).pixelSize() * 8 / 5);
    large.setBold(true);
    const QFontMetrics metrics(large);
    QRect number(pad, line.bottom() + 4, width, metrics.height());
    painter.setFont(large);
    painter.setPen(m_theme->color("text"));
    painter.drawText(number, Qt::AlignLeft | Qt::AlignVCenter, m_figures.amount);
    painter.setFont(font());
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(number.adjusted(metrics.horizontalAdvance(m_figures.amount) + 6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_figures.total);
    const QRect bar(pad, number.bottom() + 6, width, barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color("line"));
    painter.drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
    for (const Part &part : m_figures.parts) {
        painter.setBrush(m_theme->color(part.colour.toLatin1().constData()));
        const int length = static_cast<int>(static_cast<qint64>(width) * std::clamp<qint64>(part.perMille, 0, 1000) / 1000);
        if (length > 0)
            painter.drawRoundedRect(QRect(bar.topLeft(), QSize(std::max(length, barHeight), barHeight)), barHeight / 2.0, barHeight / 2.0);
    }
    paintLegend(painter, QRect(pad, bar.bottom() + 6, width, fontMetrics().height()));
}

void UsageTile::paintLegend(QPainter &painter, const QRect &line)
{
    const int square = m_theme->size("shape");
    const int reserved = m_figures.left.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_figures.left) + 12;
    int x = line.left();
    for (const Part &part : m_figures.parts) {
        const int needed = square + 6 + fontMetrics().horizontalAdvance(part.text);
        if (x + needed > line.right() - reserved)
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme->color(part.colour.toLatin1().constData()));
        painter.drawRect(QRect(x, line.center().y() - square / 2, square, square));
        painter.setPen(m_theme->color("text-2"));
        painter.drawText(QRect(x + square + 6, line.top(), needed, line.height()), Qt::AlignLeft | Qt::AlignVCenter, part.text);
        x += needed + 14;
    }
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_figures.left);
}

} // namespace kboss
