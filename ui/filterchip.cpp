#include "ui/filterchip.h"

#include "ui/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace kboss {

namespace {
constexpr int iconSide = 12, gap = 6, mostText = 320;
}

FilterChip::FilterChip(Theme *theme, Style style, QWidget *parent) : QAbstractButton(parent), m_theme(theme), m_style(style)
{
    setFocusPolicy(Qt::StrongFocus);
    setCheckable(style == Style::Toggle);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(theme, &Theme::changed, this, [this] { update(); });
}

void FilterChip::setWords(const QString &words)
{
    setText(words);
    setAccessibleName(m_enabled ? words : tr("%1, switched off").arg(words));
    setToolTip(m_style == Style::Condition ? QStringLiteral("<p>") + words.toHtmlEscaped() + QStringLiteral("</p>") : QString());
    updateGeometry();
    update();
}

void FilterChip::setEnabledCondition(bool enabled)
{
    m_enabled = enabled;
    setWords(text());
}

QString FilterChip::shownText() const
{
    return QFontMetrics(m_theme->font()).elidedText(text(), Qt::ElideMiddle, mostText);
}

QSize FilterChip::sizeHint() const
{
    const int words = QFontMetrics(m_theme->font()).horizontalAdvance(shownText());
    const int off = m_enabled ? 0 : gap + QFontMetrics(m_theme->font(TextSize::Label)).horizontalAdvance(tr("off"));
    const int icons = m_style == Style::Condition ? 2 * (iconSide + gap) : 0;
    return {words + off + icons + 2 * m_theme->size("cell-padding"), m_theme->size("field")};
}

QRect FilterChip::crossRect() const
{
    return {width() - m_theme->size("cell-padding") - iconSide + 2, (height() - iconSide) / 2, iconSide, iconSide};
}

QRect FilterChip::eyeRect() const
{
    return crossRect().translated(-iconSide - gap, 0);
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int radius = m_theme->size("radius");
    const bool on = m_style == Style::Toggle && isChecked();
    QPen border(hasFocus() || on ? m_theme->color("accent") : m_theme->color("line-strong"));
    if (!m_enabled)
        border.setStyle(Qt::DashLine);
    painter.setPen(border);
    painter.setBrush(on                 ? m_theme->color("selection")
                         : underMouse() ? m_theme->mix(m_theme->color("text"), m_theme->color("panel"), 0.05)
                                        : m_theme->color("panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    QFont font = m_theme->font();
    font.setStrikeOut(!m_enabled);
    painter.setFont(font);
    painter.setPen(m_theme->color(m_enabled ? "text" : "text-3"));
    const int left = m_theme->size("cell-padding");
    const QString words = shownText();
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
    if (m_style == Style::Toggle)
        return;
    if (!m_enabled) {
        const int after = left + painter.fontMetrics().horizontalAdvance(words) + gap;
        painter.setFont(m_theme->font(TextSize::Label));
        painter.drawText(rect().adjusted(after, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, tr("off"));
    }
    const qreal ratio = devicePixelRatioF();
    painter.drawPixmap(eyeRect().topLeft(),
                       m_theme->icon(m_enabled ? QStringLiteral("eye") : QStringLiteral("eye-off"), m_theme->color("text-3"), iconSide, ratio));
    painter.drawPixmap(crossRect().topLeft(), m_theme->icon(QStringLiteral("close"), m_theme->color("text-3"), iconSide, ratio));
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_style == Style::Toggle) {
        QAbstractButton::mouseReleaseEvent(event);
        return;
    }
    setDown(false);
    if (!rect().contains(event->pos()))
        return;
    const int slack = 3;
    if (event->button() == Qt::MiddleButton || eyeRect().adjusted(-slack, -slack, slack, slack).contains(event->pos()))
        Q_EMIT switchAsked();
    else if (event->button() == Qt::LeftButton && crossRect().adjusted(-slack, -slack, slack, slack).contains(event->pos()))
        Q_EMIT removeAsked();
    else if (event->button() == Qt::LeftButton)
        Q_EMIT editAsked();
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    if (m_style == Style::Condition && event->key() == Qt::Key_Space)
        Q_EMIT switchAsked();
    else if (m_style == Style::Condition && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        Q_EMIT removeAsked();
    else if (m_style == Style::Condition && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        Q_EMIT editAsked();
    else
        QAbstractButton::keyPressEvent(event);
}

void FilterChip::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_style == Style::Toggle)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Edit condition"), this, &FilterChip::editAsked);
    menu->addAction(m_enabled ? tr("Switch off") : tr("Switch on"), this, &FilterChip::switchAsked);
    menu->addAction(tr("Remove"), this, &FilterChip::removeAsked);
    menu->popup(event->globalPos());
}

} // namespace kboss
