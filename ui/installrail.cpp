#include "ui/installrail.h"

#include "ui/installlook.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int markSide = 13, railWidth = 184;
}

InstallRailItem::InstallRailItem(Theme *theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void InstallRailItem::setWords(const QString &title, const QString &summary, InstallPane::Standing standing, bool first, bool last)
{
    m_title = title;
    m_summary = summary;
    m_standing = standing;
    m_first = first;
    m_last = last;
    const char *const states[] = {QT_TR_NOOP("ahead"), QT_TR_NOOP("open"), QT_TR_NOOP("done"), QT_TR_NOOP("with trouble"), QT_TR_NOOP("under way")};
    setText(title);
    setAccessibleName(QStringList{title, tr(states[static_cast<size_t>(standing)]), summary}.join(u", "_s));
    setToolTip(summary);
    update();
}

QSize InstallRailItem::sizeHint() const
{
    const int line = QFontMetrics(m_theme->font()).height();
    return {railWidth, 2 * line + m_theme->size("space-5")};
}

void InstallRailItem::paintMark(QPainter *painter, const QPointF &center) const
{
    const QRectF box(center.x() - markSide / 2.0, center.y() - markSide / 2.0, markSide, markSide);
    if (isChecked()) {
        painter->setPen(QPen(m_theme->color("accent"), 1.5));
        painter->setBrush(m_theme->color("panel"));
        painter->drawEllipse(box);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme->color("accent"));
        painter->drawEllipse(box.adjusted(3.5, 3.5, -3.5, -3.5));
        return;
    }
    switch (m_standing) {
    case InstallPane::Standing::Done:
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme->color("good"));
        painter->drawEllipse(box);
        painter->setPen(QPen(m_theme->color("panel"), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF({center + QPointF(-3, 0.2), center + QPointF(-0.8, 2.4), center + QPointF(3.2, -2.2)}));
        break;
    case InstallPane::Standing::Trouble:
        paintCellShape(painter, box, CellShape::Failed, *m_theme);
        break;
    case InstallPane::Standing::Running:
        paintCellShape(painter, box, CellShape::Running, *m_theme);
        break;
    default:
        paintCellShape(painter, box.adjusted(-1, -1, 1, 1), CellShape::Waiting, *m_theme);
        break;
    }
}

void InstallRailItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked())
        painter.fillRect(rect(), m_theme->color("panel"));
    else if (underMouse())
        painter.fillRect(rect(), m_theme->mix(m_theme->color("text"), m_theme->color("window"), 0.05));
    const int x = m_theme->size("space-5"), line = QFontMetrics(m_theme->font()).height();
    const QPointF mark(x, m_theme->size("space-3") + line / 2.0);
    painter.setPen(m_theme->color("line-strong"));
    if (!m_first)
        painter.drawLine(QPointF(x, 0), QPointF(x, mark.y() - markSide / 2.0 - 2));
    if (!m_last)
        painter.drawLine(QPointF(x, mark.y() + markSide / 2.0 + 2), QPointF(x, height()));
    paintMark(&painter, mark);
    const QRect words = rect().adjusted(x + m_theme->size("space-4") + 2, m_theme->size("space-3"), -m_theme->size("space-2"), 0);
    painter.setFont(m_theme->font(TextSize::Normal, isChecked()));
    painter.setPen(m_theme->color(m_standing == InstallPane::Standing::Ahead && !isChecked() ? "text-2" : "text"));
    painter.drawText(QRect(words.left(), words.top(), words.width(), line), Qt::AlignVCenter | Qt::AlignLeft, m_title);
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color(m_standing == InstallPane::Standing::Trouble ? "bad" : "text-2"));
    painter.drawText(QRect(words.left(), words.top() + line, words.width(), line + 2), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_summary, Qt::ElideRight, words.width()));
    if (hasFocus()) {
        painter.setPen(m_theme->color("accent"));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
    }
}

void InstallRailItem::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)
        focusNextPrevChild(event->key() == Qt::Key_Down);
    else
        QAbstractButton::keyPressEvent(event);
}

InstallRail::InstallRail(Theme *theme, int steps, QWidget *parent) : QWidget(parent)
{
    setObjectName(u"installRail"_s);
    setProperty("ground", u"window"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(railWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme->size("space-2"), 0, 0);
    column->setSpacing(0);
    for (int step = 0; step < steps; ++step) {
        auto *item = new InstallRailItem(theme, this);
        connect(item, &QAbstractButton::clicked, this, [this, step] {
            setCurrent(m_current); // until somebody says so
            Q_EMIT chosen(step);
        });
        m_items.push_back(item);
        column->addWidget(item);
    }
    column->addStretch();
    connect(theme, &Theme::changed, this, [this] { update(); });
}

void InstallRail::setStep(int step, const QString &title, const QString &summary, InstallPane::Standing standing)
{
    item(step)->setWords(title, summary, standing, step == 0, step + 1 == static_cast<int>(m_items.size()));
}

void InstallRail::setCurrent(int step)
{
    m_current = step;
    for (size_t i = 0; i < m_items.size(); ++i)
        m_items[i]->setChecked(static_cast<int>(i) == step);
}

} // namespace kboss
