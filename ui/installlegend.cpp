#include "ui/installlegend.h"

#include "models/installwords.h"
#include "ui/installlook.h"

#include <QPainter>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 12;
}

InstallLegend::InstallLegend(Theme *theme, std::vector<CellShape> shapes, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_shapes(std::move(shapes))
{
    connect(theme, &Theme::changed, this, [this] { update(); });
}

void InstallLegend::setCounts(std::vector<int> counts)
{
    if (counts == m_counts)
        return;
    m_counts = std::move(counts);
    QStringList words;
    for (size_t i = 0; i < m_shapes.size(); ++i)
        words << text(i);
    setAccessibleName(words.join(u", "_s));
    updateGeometry();
    update();
}

QString InstallLegend::text(size_t at) const
{
    return at < m_counts.size() ? stateWord(m_shapes[at]) + u' ' + QString::number(m_counts[at]) : stateWord(m_shapes[at]);
}

QSize InstallLegend::sizeHint() const
{
    int width = 2 * m_theme->size("space-4");
    const QFontMetrics metrics(m_theme->figureFont(TextSize::Label));
    for (size_t i = 0; i < m_shapes.size(); ++i)
        width += side + m_theme->size("chip-gap") + metrics.horizontalAdvance(text(i)) + m_theme->size("space-4");
    return {width, m_theme->size("table-head")};
}

void InstallLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme->figureFont(TextSize::Label));
    painter.setPen(m_theme->color("text-2"));
    int left = m_theme->size("space-4");
    for (size_t i = 0; i < m_shapes.size(); ++i) {
        paintCellShape(&painter, QRectF(left, (height() - side) / 2.0, side, side), m_shapes[i], *m_theme);
        left += side + m_theme->size("chip-gap");
        const int words = painter.fontMetrics().horizontalAdvance(text(i));
        painter.drawText(QRect(left, 0, words + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, text(i));
        left += words + m_theme->size("space-4");
    }
}

} // namespace kboss
