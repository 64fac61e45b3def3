#include "app/base/oneline.h"
#include "ui/consolestatusbar.h"
#include "ui/widgets.h"

#include <QMouseEvent>
#include <QPainter>

namespace kboss {

namespace {

constexpr qsizetype mostText = 160;

} // namespace

StatusField::StatusField(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusField::setField(Tone tone, const QString &words, const QString &tip)
{
    const QString text = oneLine(words, mostText);
    setToolTip(plainToolTip(tip));
    if (m_tone == tone && m_text == text)
        return;
    m_tone = tone;
    m_text = text;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize StatusField::sizeHint() const
{
    const int words = QFontMetrics(m_theme->font(TextSize::Label, m_filled)).horizontalAdvance(m_text);
    const int shape = m_tone == Tone::None ? 0 : m_theme->size("shape") + m_theme->size("chip-gap");
    return {words + shape + 2 * m_theme->size("space-3"), m_theme->size("status-bar") - 1};
}

void StatusField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool ground = m_filled && m_tone != Tone::None;
    if (ground)
        painter.fillRect(rect(), m_theme->toneColor(m_tone));
    int left = m_theme->size("space-3");
    const int side = m_theme->size("shape");
    const QRectF box(left, (height() - side) / 2.0, side, side);
    if (ground)
        painter.fillRect(box.adjusted(0.5, 0.5, -0.5, -0.5), m_theme->color("on-tone"));
    else
        m_theme->paintShape(&painter, box, m_tone);
    if (m_tone != Tone::None)
        left += side + m_theme->size("chip-gap");
    painter.setFont(m_theme->font(TextSize::Label, m_filled));
    painter.setPen(m_theme->color(ground ? "on-tone" : "text-2"));
    const QRect inner = rect().adjusted(left, 0, -m_theme->size("space-2"), 0);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(m_text, Qt::ElideRight, inner.width()));
    if (!m_filled) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme->color("line"));
    }
}

void StatusField::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos()))
        Q_EMIT clicked();
}

} // namespace kboss
