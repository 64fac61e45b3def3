#include "ui/widgets.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QTextDocument>

namespace kboss {

QLabel *makeLabel(const QString &text, const char *role, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", QString::fromLatin1(role));
    return label;
}

// A tool tip takes what looks like markup for markup, and only that.
QString plainToolTip(const QString &text)
{
    const QString shown = text.left(2'000);
    return Qt::mightBeRichText(shown) ? QStringLiteral("<p style='white-space:pre-wrap'>") + shown.toHtmlEscaped() + QStringLiteral("</p>") : shown;
}

QPushButton *makeButton(const QString &text, const char *kind, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("kind", QString::fromLatin1(kind));
    button->setAutoDefault(false);
    return button;
}

QToolButton *makeIconButton(Theme *theme, const QString &icon, const QString &tip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setProperty("kind", QStringLiteral("icon"));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    const int side = theme->size("icon");
    button->setIconSize({side, side});
    const auto draw = [button, theme, icon] { button->setIcon(theme->actionIcon(icon)); };
    draw();
    QObject::connect(theme, &Theme::changed, button, draw);
    return button;
}

QFrame *makeLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("line"));
    line->setFixedHeight(1);
    return line;
}

void setRole(QWidget *widget, const char *property, const QVariant &value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

Chip::Chip(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
    connect(theme, &Theme::changed, this, [this] { updateGeometry(); });
}

void Chip::setChip(Tone tone, const QString &text)
{
    if (tone == m_tone && text == m_text)
        return;
    m_tone = tone;
    m_text = text;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const int words = QFontMetrics(m_theme->font(TextSize::Label)).horizontalAdvance(m_text);
    const int shape = m_tone == Tone::None ? 0 : m_theme->size("shape") + m_theme->size("chip-gap");
    return {m_theme->size("chip-left") + shape + words + m_theme->size("chip-right"), m_theme->size("chip") + 2};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int radius = m_theme->size("radius");
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->toneGround(m_tone));
    painter.drawRoundedRect(rect(), radius, radius);
    int left = m_theme->size("chip-left");
    if (m_tone != Tone::None) {
        const int side = m_theme->size("shape");
        m_theme->paintShape(&painter, QRectF(left, (height() - side) / 2.0, side, side), m_tone);
        left += side + m_theme->size("chip-gap");
    }
    painter.setPen(m_theme->color("text"));
    painter.setFont(m_theme->font(TextSize::Label));
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace kboss
