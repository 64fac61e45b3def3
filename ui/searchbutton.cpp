#include "ui/searchbutton.h"

#include <QKeySequence>
#include <QPainter>

namespace kboss {

SearchButton::SearchButton(Theme *theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

QSize SearchButton::sizeHint() const
{
    return {m_theme->size("navigation") - m_theme->size("space-5"), m_theme->size("field") + 4};
}

void SearchButton::retranslate()
{
    setText(tr("Find or run"));
    setToolTip(tr("Find a page or run an action by name or pinyin initials (Ctrl+K)"));
    setAccessibleName(tr("Find or run"));
    update();
}

void SearchButton::enterEvent(QEnterEvent *)
{
    update();
}
void SearchButton::leaveEvent(QEvent *)
{
    update();
}

void SearchButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal radius = m_theme->size("radius");
    painter.setPen(m_theme->color(hasFocus() ? "accent" : "line-strong"));
    painter.setBrush(m_theme->color("panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    const int side = m_theme->size("icon") - 2;
    const int left = m_theme->size("space-2");
    painter.drawPixmap(left, (height() - side) / 2, m_theme->icon(QStringLiteral("search"), m_theme->color("text-2"), side, devicePixelRatioF()));
    painter.setPen(m_theme->color("text-3"));
    painter.setFont(m_theme->font(TextSize::Label));
    painter.drawText(rect().adjusted(left + side + m_theme->size("space-2"), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    const QString key = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText).replace(u'+', u' ');
    painter.setFont(m_theme->font(TextSize::Small));
    const int words = painter.fontMetrics().horizontalAdvance(key) + m_theme->size("space-2") + m_theme->size("space-1");
    const QRectF cap(width() - words - m_theme->size("space-2") + 1.5, (height() - 18) / 2.0, words, 18);
    painter.setPen(m_theme->color("line-strong"));
    painter.drawRoundedRect(cap, 3, 3);
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(cap, Qt::AlignCenter, key);
}

} // namespace kboss
