#include "ui/namelabel.h"

#include "app/base/oneline.h"
#include "ui/widgets.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QToolTip>

namespace kboss {

namespace {

constexpr int leastWidth = 48;

} // namespace

NameLabel::NameLabel(const char *role, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setProperty("role", QString::fromLatin1(role));
}

QString NameLabel::shown() const
{
    return fontMetrics().elidedText(oneLine(text()), Qt::ElideMiddle, contentsRect().width());
}

QSize NameLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(oneLine(text())) + 2, fontMetrics().height() + 2};
}

QSize NameLabel::minimumSizeHint() const
{
    const QSize whole = sizeHint();
    return {std::min(leastWidth, whole.width()), whole.height()};
}

void NameLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine, option.palette,
                          isEnabled(), shown(), foregroundRole());
}

bool NameLabel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QLabel::event(event);
    if (shown() != text())
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(text()), this);
    return true;
}

} // namespace kboss
