#include "ui/documenttabs.h"

#include <QMouseEvent>

namespace kboss {

DocumentTabs::DocumentTabs(QWidget *parent) : QTabBar(parent)
{
    setObjectName(QStringLiteral("documents"));
    setMovable(true);
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    setFocusPolicy(Qt::TabFocus);
}

// A title is never elided for the rounding of its own width; a very long one is, in its middle, so that its tab leaves room for others.
QSize DocumentTabs::tabSizeHint(int index) const
{
    const QSize whole = QTabBar::tabSizeHint(index) + QSize(4, 0);
    const int words = fontMetrics().horizontalAdvance(tabText(index)), most = fontMetrics().averageCharWidth() * s_mostCharacters;
    return words > most ? QSize(whole.width() - words + most, whole.height()) : whole;
}

void DocumentTabs::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton && tabAt(event->pos()) >= 0;
    QTabBar::mousePressEvent(event);
}

void DocumentTabs::mouseReleaseEvent(QMouseEvent *event)
{
    const bool outside = event->pos().y() > 2 * height() || event->pos().y() < -height();
    const int index = currentIndex();
    QTabBar::mouseReleaseEvent(event);
    if (m_pressed && outside && index >= 0)
        Q_EMIT draggedOut(index, event->globalPosition().toPoint());
    m_pressed = false;
}

} // namespace kboss
