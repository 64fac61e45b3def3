#include "ui/totalstable.h"

#include "ui/datatable.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <QToolTip>

#include "app/base/watchresult.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int fewLines = 2;
constexpr qint64 mostPositions = 200'000; // of a selection; more are summed as they come, all at once
} // namespace

TotalsTable::TotalsTable(DataTable *table, const QString &currencyField, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_table(table), m_currencyField(currencyField), m_theme(theme), m_delay(new QTimer(this))
{
    setObjectName(u"totals"_s);
    m_delay->setSingleShot(true);
    m_delay->setInterval(60);
    connect(m_delay, &QTimer::timeout, this, &TotalsTable::question);
    connect(table->head(), &QHeaderView::sectionResized, this, qOverload<>(&QWidget::update));
    connect(table->head(), &QHeaderView::sectionMoved, this, qOverload<>(&QWidget::update));
    connect(table->head(), &QHeaderView::geometriesChanged, this, qOverload<>(&QWidget::update));
    connect(table->horizontalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void TotalsTable::ask()
{
    if (!m_table->rows()->type().totals.isEmpty())
        m_delay->start();
}

void TotalsTable::question()
{
    const int asked = ++m_asked;
    const RowViewPtr view = m_table->rows()->view();
    if (!view || view->count() == 0) {
        take({});
        return;
    }
    const QStringList fields = m_table->rows()->type().totals;
    const qint64 selected = m_table->selectedCount();
    m_ofSelection = selected > 1 && selected <= mostPositions && selected < view->count();
    m_rows = m_ofSelection ? selected : view->count();
    QFuture<Result<std::vector<CurrencyTotal>>> answer;
    if (m_ofSelection) {
        std::vector<qint64> positions;
        positions.reserve(static_cast<size_t>(selected));
        for (const auto &[first, count] : m_table->selectedRanges()) {
            for (qint64 i = 0; i < count; ++i)
                positions.push_back(first + i);
        }
        answer = view->totals(fields, positions);
    } else {
        answer = view->totals(fields);
    }
    watchResult(answer, this, [this, asked](const Result<std::vector<CurrencyTotal>> &totals) {
        if (asked == m_asked)
            take(totals ? *totals : std::vector<CurrencyTotal>{});
    });
}

void TotalsTable::take(std::vector<CurrencyTotal> totals)
{
    m_totals = std::move(totals);
    setVisible(!m_totals.empty());
    updateGeometry();
    update();
    Q_EMIT answered();
}

int TotalsTable::shownLines() const
{
    const int lines = static_cast<int>(m_totals.size());
    return m_expanded ? lines : std::min(lines, fewLines);
}

QSize TotalsTable::sizeHint() const
{
    return {200, shownLines() * m_theme.rowHeight() + 2};
}

QString TotalsTable::caption() const
{
    const QString rows = formatAmount(Decimal(m_rows), 0);
    return m_ofSelection ? tr("%1 selected, by currency").arg(rows) : tr("All %1, by currency").arg(rows);
}

void TotalsTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color("panel"));
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.color("line-strong"));
    for (int line = 0; line < shownLines(); ++line)
        paintLine(&painter, line, 1 + line * m_theme.rowHeight());
}

void TotalsTable::paintLine(QPainter *painter, int line, int top) const
{
    const ResourceType &type = m_table->rows()->type();
    const TableHeader *head = m_table->head();
    const CurrencyTotal &total = m_totals[static_cast<size_t>(line)];
    const int height = m_theme.rowHeight();
    const int padding = CellDelegate::padding;
    int captionRoom = 0;
    bool inLead = true; // columns before the first sum carry the caption
    for (int visual = 0; visual < head->count(); ++visual) {
        const int column = head->logicalIndex(visual);
        if (head->isSectionHidden(column))
            continue;
        const QString &id = type.columns[static_cast<size_t>(column)].field.id;
        const QRect cell(head->sectionViewportPosition(column), top, head->sectionSize(column), height);
        const qsizetype sum = type.totals.indexOf(id);
        if (sum >= 0) {
            inLead = false;
            const Decimal &value = total.sums[static_cast<size_t>(sum)];
            painter->setFont(m_theme.figureFont(TextSize::Normal, true));
            painter->setPen(m_theme.color(value.isNegative() ? "bad" : "text"));
            painter->drawText(cell.adjusted(0, 0, -padding, 0), Qt::AlignRight | Qt::AlignVCenter, formatAmount(value));
        } else if (id == m_currencyField) {
            inLead = false;
            painter->setFont(m_theme.font(TextSize::Label, true));
            painter->setPen(m_theme.color("text"));
            painter->drawText(cell.adjusted(padding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, total.currency);
        } else if (inLead) {
            captionRoom = cell.right();
        }
    }
    const bool currencyShown = type.column(m_currencyField) && m_table->visibleFields().contains(m_currencyField);
    const int hidden = static_cast<int>(m_totals.size()) - shownLines();
    QString left = line == 0 ? caption() : QString();
    if (line == shownLines() - 1 && hidden > 0)
        left += (left.isEmpty() ? QString() : u" · "_s) + (hidden == 1 ? tr("one more currency") : tr("%1 more currencies").arg(hidden));
    QString right = total.rows == 1 ? tr("1 row") : tr("%1 rows").arg(formatAmount(Decimal(total.rows), 0));
    if (!currencyShown)
        right = total.currency + u" · "_s + right;
    const int offset = head->offset();
    const QRect lead(CellDelegate::firstPadding - offset, top, std::max(160, captionRoom + offset - CellDelegate::firstPadding - padding), height);
    painter->setFont(m_theme.font());
    painter->setPen(m_theme.color(line == 0 ? "text" : "text-2"));
    const int rightWidth = QFontMetrics(m_theme.font(TextSize::Label)).horizontalAdvance(right);
    painter->drawText(lead.adjusted(0, 0, -rightWidth - padding, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(left, Qt::ElideRight, lead.width() - rightWidth - padding));
    painter->setFont(m_theme.font(TextSize::Label));
    painter->setPen(m_theme.color("text-2"));
    painter->drawText(lead, Qt::AlignRight | Qt::AlignVCenter, right);
}

void TotalsTable::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && static_cast<int>(m_totals.size()) > fewLines) {
        m_expanded = !m_expanded;
        updateGeometry();
        update();
    }
}

QString TotalsTable::fullText() const
{
    QStringList lines{caption()};
    for (const CurrencyTotal &total : m_totals) {
        QStringList parts;
        for (qsizetype i = 0; i < m_table->rows()->type().totals.size() && i < static_cast<qsizetype>(total.sums.size()); ++i) {
            const ColumnSpec *column = m_table->rows()->type().column(m_table->rows()->type().totals[i]);
            parts << (column ? column->label.text() : QString()) + u' ' + formatAmount(total.sums[static_cast<size_t>(i)]);
        }
        lines << total.currency + u": "_s + parts.join(u", "_s);
    }
    return lines.join(u'\n');
}

bool TotalsTable::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), u"<p style='white-space:pre'>"_s + fullText().toHtmlEscaped() + u"</p>"_s,
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace kboss
