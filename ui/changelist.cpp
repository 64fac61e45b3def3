#include "ui/changelist.h"

#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

ChangeList::ChangeList(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"changeList"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, [this] { update(); });
}

void ChangeList::setEntries(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    QStringList words;
    for (const Entry &entry : m_entries)
        words << tr("%1: %2 → %3").arg(entry.field, entry.before, entry.after);
    setAccessibleName(words.join(u"; "_s));
    updateGeometry();
    update();
}

QSize ChangeList::sizeHint() const
{
    return {240, m_entries.empty() ? 0 : static_cast<int>(m_entries.size() + 1) * 28};
}

void ChangeList::paintEvent(QPaintEvent *)
{
    if (m_entries.empty())
        return;
    QPainter painter(this);
    const int line = 28, arrow = 26;
    int longest = 0; // the values take what short names leave
    for (const Entry &entry : m_entries)
        longest = std::max(longest, QFontMetrics(m_theme->font(TextSize::Label)).horizontalAdvance(entry.field) + 16);
    const int label = std::clamp(longest, width() * 18 / 100, width() * 34 / 100);
    const int value = (width() - label - arrow) / 2;
    const QRect before(label, 0, value, line), after(label + value + arrow, 0, width() - label - value - arrow, line);
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(QRect(0, 0, label, line), Qt::AlignVCenter | Qt::AlignLeft, tr("Field"));
    painter.drawText(before, Qt::AlignVCenter | Qt::AlignRight, tr("Before"));
    painter.drawText(after.adjusted(0, 0, -6, 0), Qt::AlignVCenter | Qt::AlignRight, tr("After"));
    int top = line;
    const auto fit = [&](const QRect &place, const QString &text) {
        return painter.fontMetrics().elidedText(text, Qt::ElideMiddle, place.width() - 14);
    };
    for (const Entry &entry : m_entries) {
        painter.fillRect(QRect(0, top, width(), 1), m_theme->color("line"));
        painter.fillRect(after.translated(0, top).adjusted(0, 1, 0, 0), m_theme->toneGround(Tone::Info));
        painter.setFont(m_theme->font(TextSize::Label));
        painter.setPen(m_theme->color("text"));
        painter.drawText(QRect(0, top, label, line), Qt::AlignVCenter | Qt::AlignLeft, fit(QRect(0, 0, label, line), entry.field));
        QFont struck = m_theme->figureFont();
        struck.setStrikeOut(true);
        painter.setFont(struck);
        painter.setPen(m_theme->color("text-2"));
        painter.drawText(before.translated(0, top), Qt::AlignVCenter | Qt::AlignRight, fit(before, entry.before));
        painter.setFont(m_theme->font());
        painter.setPen(m_theme->color("text-3"));
        painter.drawText(QRect(label + value, top, arrow, line), Qt::AlignCenter, u"→"_s);
        painter.setFont(m_theme->figureFont(TextSize::Normal, true));
        painter.setPen(m_theme->color("text"));
        painter.drawText(after.translated(0, top).adjusted(6, 0, -6, 0), Qt::AlignVCenter | Qt::AlignRight, fit(after, entry.after));
        top += line;
    }
    painter.fillRect(QRect(0, top - 1, width(), 1), m_theme->color("line"));
}

bool ChangeList::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int at = help->pos().y() / 28 - 1;
        if (at >= 0 && at < static_cast<int>(m_entries.size())) {
            const Entry &entry = m_entries[static_cast<size_t>(at)];
            QToolTip::showText(
                help->globalPos(),
                u"<p style='white-space:pre'>"_s + tr("%1: %2 → %3").arg(entry.field, entry.before, entry.after).toHtmlEscaped() + u"</p>"_s, this);
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace kboss
