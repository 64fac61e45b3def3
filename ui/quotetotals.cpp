#include "ui/quotetotals.h"

#include "models/quotewords.h"
#include "ui/quotedesk.h"
#include "ui/widgets.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostDifferences = 3;

} // namespace

QuoteTotals::QuoteTotals(QuoteDesk *desk, Theme *theme, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_theme(theme), m_sumLabel(makeLabel({}, "", this)), m_sum(makeLabel({}, "", this)),
      m_roundLabel(makeLabel({}, "", this)), m_roundNote(makeLabel({}, "label", this)), m_round(makeLabel({}, "", this)),
      m_totalLabel(makeLabel({}, "heading", this)), m_totalNote(makeLabel({}, "label", this)), m_currency(makeLabel({}, "label", this)),
      m_total(makeLabel({}, "figure", this)), m_check(new Chip(theme, this)), m_diffLabel(makeLabel({}, "heading", this)),
      m_diff(makeLabel({}, "label", this)), m_diffTotal(makeLabel({}, "label", this)), m_diffLine(new QWidget(this))
{
    const int edge = theme->size("space-4");
    m_total->setObjectName(u"quoteTotal"_s);
    m_diff->setObjectName(u"quoteDifference"_s);
    for (QLabel *figure : {m_sum, m_round, m_total, m_diffTotal})
        figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_diff->setMinimumWidth(80);
    auto *sums = new QGridLayout;
    sums->setContentsMargins(edge, theme->size("space-2"), edge, theme->size("space-2"));
    sums->setHorizontalSpacing(theme->size("space-4"));
    sums->setVerticalSpacing(theme->size("space-1"));
    sums->setColumnStretch(1, 1);
    sums->addWidget(m_sumLabel, 0, 0);
    sums->addWidget(m_sum, 0, 2);
    sums->addWidget(m_roundLabel, 1, 0);
    sums->addWidget(m_roundNote, 1, 1);
    sums->addWidget(m_round, 1, 2);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_totalLabel);
    words->addWidget(m_totalNote);
    auto *total = new QHBoxLayout;
    total->setContentsMargins(edge, theme->size("space-2"), edge, theme->size("space-2"));
    total->setSpacing(theme->size("space-3"));
    total->addLayout(words);
    total->addStretch();
    total->addWidget(m_check);
    total->addWidget(m_currency);
    total->addWidget(m_total);
    auto *difference = new QHBoxLayout(m_diffLine);
    difference->setContentsMargins(edge, theme->size("space-2"), edge, theme->size("space-2"));
    difference->setSpacing(theme->size("space-4"));
    difference->addWidget(m_diffLabel);
    difference->addWidget(m_diff, 1);
    difference->addWidget(m_diffTotal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeLine(this));
    column->addLayout(sums);
    column->addWidget(makeLine(this));
    column->addLayout(total);
    auto *line = makeLine(m_diffLine);
    column->addWidget(m_diffLine);
    line->setGeometry(0, 0, 4'000, 1);
    const auto fonts = [this] {
        for (QLabel *figure : {m_sum, m_round, m_diffTotal})
            figure->setFont(m_theme->figureFont(figure == m_diffTotal ? TextSize::Label : TextSize::Normal));
        m_total->setFont(m_theme->figureFont(TextSize::Figure, true));
    };
    fonts();
    connect(theme, &Theme::changed, this, fonts);
    retranslate();
}

void QuoteTotals::retranslate()
{
    m_sumLabel->setText(tr("Sum before rounding"));
    m_roundLabel->setText(tr("Rounded to 0.01"));
    m_roundNote->setText(tr("half up, once for the whole quote"));
    m_totalLabel->setText(tr("Total"));
    m_currency->setText(tr("CNY"));
    m_total->setAccessibleName(m_totalLabel->text());
    updateAll();
}

void QuoteTotals::updateAll()
{
    const QuoteView &view = m_desk->view();
    m_sum->setText(groupedNumber(view.exact, view.decimals));
    QString rounding = groupedNumber(view.rounding, view.decimals);
    if (!view.rounding.isNegative() && !view.rounding.isZero())
        rounding.prepend(u'+');
    m_round->setText(rounding);
    m_total->setText(groupedNumber(view.total, 2));
    m_totalNote->setText(view.fault.isEmpty() ? linesWords(view.counted, view.left) : view.fault);
    updateDifference();
}

void QuoteTotals::updateDifference()
{
    const Quote *quote = m_desk->stored();
    const size_t versions = quote ? quote->versions.size() : 0;
    const bool dirty = m_desk->isDirty();
    const QuoteContent *before = versions == 0 ? nullptr
        : dirty                                ? &quote->versions.back().content
        : versions > 1                         ? &quote->versions[versions - 2].content
                                               : nullptr;
    QuoteContent now = m_desk->content();
    now.total = m_desk->view().total;
    std::vector<QuoteDifference> list = before ? compareQuotes(*before, now) : std::vector<QuoteDifference>();
    m_diffLine->setVisible(!list.empty());
    if (list.empty())
        return;
    m_diffLabel->setText(dirty ? tr("Against version %1").arg(versions) : tr("Version %1 → %2").arg(versions - 1).arg(versions));
    const auto arrow = [](const QuoteDifference &difference) { return u"%1 %2 → %3"_s.arg(difference.what, difference.before, difference.after); };
    m_diffTotal->clear();
    if (before->total != now.total) {
        m_diffTotal->setText(arrow(list.back()));
        list.pop_back();
    }
    QStringList all;
    for (const QuoteDifference &difference : list)
        all << arrow(difference);
    QStringList shown = all.mid(0, mostDifferences);
    if (all.size() > shown.size())
        shown << tr("%1 more").arg(all.size() - shown.size());
    m_diff->setText(shown.join(u"   "_s));
    m_diff->setToolTip(plainToolTip(all.join(u'\n')));
}

void QuoteTotals::setCheck(Tone tone, const QString &text)
{
    m_check->setChip(tone, text);
    m_check->setToolTip(plainToolTip(text));
}

QString QuoteTotals::totalText() const
{
    return m_total->text();
}
QString QuoteTotals::differenceText() const
{
    return m_diffLine->isHidden() ? QString() : m_diff->text() + u' ' + m_diffTotal->text();
}
QString QuoteTotals::checkText() const
{
    return m_check->text();
}

} // namespace kboss
