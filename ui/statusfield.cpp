#include "ui/consolestatusbar.h"

#include "models/formatters.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>

namespace kboss {

StatusField::StatusField(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusField::setField(Tone tone, const QString &text, const QString &tip)
{
    setToolTip(tip);
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
    const int words = QFontMetrics(m_theme->figureFont(TextSize::Label, m_filled)).horizontalAdvance(m_text);
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
    painter.setFont(m_theme->figureFont(TextSize::Label, m_filled));
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

FreshnessText freshnessText(const Freshness &freshness, qint64 nowMs)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("kboss::FreshnessText", text); };
    const QString age = formatAge(qMax<qint64>(0, nowMs - freshness.asOfMs));
    const QString tip = freshness.asOfMs > 0 ? formatFullTime(freshness.asOfMs, QTimeZone::systemTimeZone()) : QString();
    switch (freshness.state) {
    case Freshness::State::Live:
        return {Tone::Good, tr(QT_TRANSLATE_NOOP("kboss::FreshnessText", "Live · %1 ago")).arg(age), tip};
    case Freshness::State::Cached:
        return {Tone::Warn, tr(QT_TRANSLATE_NOOP("kboss::FreshnessText", "Local copy · %1 old")).arg(age), tip};
    case Freshness::State::Partial:
        return {Tone::Info, tr(QT_TRANSLATE_NOOP("kboss::FreshnessText", "Being read for the first time")), tip};
    case Freshness::State::Failed:
        if (freshness.asOfMs <= 0)
            return {Tone::Bad, tr(QT_TRANSLATE_NOOP("kboss::FreshnessText", "Could not be read")), tip};
        return {Tone::Bad, tr(QT_TRANSLATE_NOOP("kboss::FreshnessText", "Not refreshed · %1 old")).arg(age), tip};
    case Freshness::State::None:
        break;
    }
    return {Tone::Off, {}, {}};
}

} // namespace kboss
