#include "ui/installlook.h"

#include <QPainter>
#include <QPainterPath>

namespace kboss {

namespace {

QPen penOf(const QColor &color, qreal width)
{
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void paintTick(QPainter *painter, const QRectF &box, const QColor &color)
{
    painter->setPen(penOf(color, box.width() * 0.14));
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(QPolygonF({{box.x() + box.width() * 0.12, box.y() + box.height() * 0.55},
                                     {box.x() + box.width() * 0.4, box.y() + box.height() * 0.82},
                                     {box.x() + box.width() * 0.9, box.y() + box.height() * 0.22}}));
}

void paintTriangle(QPainter *painter, const QRectF &box, const QColor &color, const QColor &ground, bool filled)
{
    const qreal w = box.width(), h = box.height(), x = box.x(), y = box.y();
    painter->setPen(penOf(color, w * 0.11));
    painter->setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
    painter->drawPolygon(QPolygonF({{x + w / 2, y + h * 0.08}, {x + w * 0.96, y + h * 0.9}, {x + w * 0.04, y + h * 0.9}}));
    if (!filled) {
        paintTick(painter, box.adjusted(w * 0.3, h * 0.42, -w * 0.3, -h * 0.14), color);
        return;
    }
    painter->setPen(penOf(ground, w * 0.12));
    painter->drawLine(QPointF(x + w / 2, y + h * 0.4), QPointF(x + w / 2, y + h * 0.6));
    painter->drawPoint(QPointF(x + w / 2, y + h * 0.76));
}

void paintCross(QPainter *painter, const QRectF &box, const QColor &color, const QColor &ground)
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(box.adjusted(box.width() * 0.04, box.height() * 0.04, -box.width() * 0.04, -box.height() * 0.04), 2, 2);
    painter->setPen(penOf(ground, box.width() * 0.13));
    const QRectF cross = box.adjusted(box.width() * 0.32, box.height() * 0.32, -box.width() * 0.32, -box.height() * 0.32);
    painter->drawLine(cross.topLeft(), cross.bottomRight());
    painter->drawLine(cross.topRight(), cross.bottomLeft());
}

} // namespace

Tone toneOf(CellShape shape)
{
    switch (shape) {
    case CellShape::Passed:
        return Tone::Good;
    case CellShape::Warning:
    case CellShape::Accepted:
        return Tone::Warn;
    case CellShape::Failed:
        return Tone::Bad;
    case CellShape::Running:
        return Tone::Info;
    default:
        return Tone::Off;
    }
}

bool hasGround(CellShape shape)
{
    return shape == CellShape::Warning || shape == CellShape::Failed || shape == CellShape::Running;
}

void paintCellShape(QPainter *painter, const QRectF &box, CellShape shape, const Theme &theme)
{
    const QColor color = theme.toneColor(toneOf(shape)), ground = theme.color("panel");
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (shape) {
    case CellShape::Passed:
        paintTick(painter, box, color);
        break;
    case CellShape::Warning:
    case CellShape::Accepted:
        paintTriangle(painter, box, color, ground, shape == CellShape::Warning);
        break;
    case CellShape::Failed:
        paintCross(painter, box, color, ground);
        break;
    case CellShape::Running: {
        const QRectF ring = box.adjusted(box.width() * 0.1, box.height() * 0.1, -box.width() * 0.1, -box.height() * 0.1);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(penOf(theme.color("line-strong"), box.width() * 0.16));
        painter->drawEllipse(ring);
        painter->setPen(penOf(color, box.width() * 0.16));
        painter->drawArc(ring, 90 * 16, -120 * 16);
        break;
    }
    case CellShape::Waiting:
        painter->setBrush(Qt::NoBrush);
        painter->setPen(penOf(theme.color("text-3"), box.width() * 0.1));
        painter->drawEllipse(box.adjusted(box.width() * 0.12, box.height() * 0.12, -box.width() * 0.12, -box.height() * 0.12));
        break;
    case CellShape::SetAside:
        painter->setBrush(Qt::NoBrush);
        painter->setPen(penOf(theme.color("text-2"), box.width() * 0.1));
        painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2);
        for (const qreal x : {0.38, 0.62})
            painter->drawLine(QPointF(box.x() + box.width() * x, box.y() + box.height() * 0.34),
                              QPointF(box.x() + box.width() * x, box.y() + box.height() * 0.66));
        break;
    case CellShape::NotApplicable:
        painter->setPen(penOf(theme.color("text-3"), box.width() * 0.1));
        painter->drawLine(QPointF(box.x() + box.width() * 0.25, box.center().y()), QPointF(box.x() + box.width() * 0.75, box.center().y()));
        break;
    case CellShape::Nothing:
        break;
    }
    painter->restore();
}

} // namespace kboss
