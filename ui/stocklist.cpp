#include "ui/stocklist.h"

#include "ui/theme.h"
#include "ui/widgets.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int line = 26;
}

StockList::StockList(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"stockList"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, [this] { update(); });
}

QString StockList::wordsOf(const Entry &entry) const
{
    return entry.missing.isEmpty() ? tr("%1: needs %2, free %3").arg(entry.part, entry.needed, entry.free)
                                   : tr("%1: needs %2, free %3, missing %4").arg(entry.part, entry.needed, entry.free, entry.missing);
}

void StockList::setEntries(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    QStringList words;
    for (const Entry &entry : m_entries)
        words << wordsOf(entry);
    setAccessibleName(words.join(u"; "_s));
    updateGeometry();
    update();
}

QSize StockList::sizeHint() const
{
    return {320, m_entries.empty() ? 0 : static_cast<int>(m_entries.size() + 1) * line};
}

void StockList::paintEvent(QPaintEvent *)
{
    if (m_entries.empty())
        return;
    QPainter painter(this);
    const int figure = width() * 19 / 100, part = width() - 3 * figure;
    const auto place = [&](int column, int top) { return QRect(part + column * figure, top, figure, line); };
    const auto fit = [&painter](const QRect &box, const QString &text) {
        return painter.fontMetrics().elidedText(text, Qt::ElideMiddle, box.width() - 8);
    };
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(QRect(0, 0, part, line), Qt::AlignVCenter | Qt::AlignLeft, tr("Part"));
    const QString heads[] = {tr("Needed"), tr("Free"), tr("Missing")};
    for (int i = 0; i < 3; ++i)
        painter.drawText(place(i, 0), Qt::AlignVCenter | Qt::AlignRight, heads[i]);
    int top = line;
    for (const Entry &entry : m_entries) {
        const bool bad = !entry.missing.isEmpty();
        painter.fillRect(QRect(0, top, width(), 1), m_theme->color("line"));
        if (bad)
            painter.fillRect(QRect(0, top + 1, width(), line - 1), m_theme->toneGround(Tone::Bad));
        painter.setFont(m_theme->font());
        painter.setPen(m_theme->color("text"));
        const QRect name(0, top, part, line);
        painter.drawText(name.adjusted(bad ? 4 : 0, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, fit(name, entry.part));
        painter.setFont(m_theme->figureFont());
        painter.drawText(place(0, top), Qt::AlignVCenter | Qt::AlignRight, fit(place(0, top), entry.needed));
        painter.setPen(m_theme->color("text-2"));
        painter.drawText(place(1, top), Qt::AlignVCenter | Qt::AlignRight, fit(place(1, top), entry.free));
        painter.setFont(m_theme->figureFont(TextSize::Normal, bad));
        painter.setPen(m_theme->color(bad ? "bad" : "text-3"));
        painter.drawText(place(2, top).adjusted(0, 0, bad ? -4 : 0, 0), Qt::AlignVCenter | Qt::AlignRight,
                         bad ? fit(place(2, top), entry.missing) : u"–"_s);
        top += line;
    }
}

bool StockList::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int at = help->pos().y() / line - 1;
        if (at >= 0 && at < static_cast<int>(m_entries.size()))
            QToolTip::showText(help->globalPos(), plainToolTip(wordsOf(m_entries[static_cast<size_t>(at)])), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace kboss
