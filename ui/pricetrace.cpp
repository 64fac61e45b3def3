#include "ui/pricetrace.h"

#include "models/quotewords.h"
#include "ui/freshnesstext.h"
#include "ui/rowsfeed.h"
#include "ui/widgets.h"

#include <QGridLayout>

namespace kboss {

using namespace Qt::StringLiterals;

PriceTraceView::PriceTraceView(const RowsFeed *parts, const Ground &ground, Theme *theme, QWidget *parent)
    : QWidget(parent), m_parts(parts), m_ground(ground), m_theme(theme)
{
    setObjectName(u"priceTrace"_s);
    build();
}

void PriceTraceView::build()
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(m_theme->size("space-3"));
    grid->setVerticalSpacing(m_theme->size("space-1"));
    grid->setColumnStretch(0, 1);
    int at = 0;
    const auto say = [&](const QString &text, const char *role) {
        auto *label = makeLabel(text, role, this);
        label->setWordWrap(true);
        grid->addWidget(label, at++, 0, 1, 2);
    };
    if (!m_parts->isRead() && m_parts->rows().empty()) {
        say(m_parts->isOffline() ? tr("The prices of the parts were not read yet, and the service cannot be reached")
                                 : tr("Reading the prices of the parts…"),
            "hint");
        return;
    }
    const auto offers = readOffers(m_parts->type(), m_parts->rows());
    const auto named = readSpec(m_ground.parts);
    if (!named) {
        say(named.error().detail, "fault");
        return;
    }
    const bool choice = named->empty();
    const PricedSpec spec = priceSpec(choice ? oneOfEach(offers, m_ground.clusterId) : *named, offers, m_ground.term, m_ground.termUnit);
    const QString hours = groupedNumber(Decimal(hoursOfTerm(m_ground.term, m_ground.termUnit)));
    say(choice ? tr("The customer chooses the parts. One of each for %1 = %2 h:").arg(termWords(m_ground.term, m_ground.termUnit), hours)
               : tr("%1 = %2 h").arg(termWords(m_ground.term, m_ground.termUnit), hours),
        "label");
    for (const PricedSpec::Line &line : spec.lines) {
        addLine(grid, at, line, choice);
        at += 3;
    }
    if (!choice)
        addTotal(grid, at, spec);
    else if (spec.lines.empty())
        say(tr("This cluster has no parts on sale"), "hint");
}

void PriceTraceView::addLine(QGridLayout *grid, int at, const PricedSpec::Line &line, bool choice)
{
    const QString what = partTypeTitle(line.part.type) + u' ' + line.part.model + u" × "_s + amountWords(line.part.type, line.part.amount);
    const bool good = line.price.fault.isEmpty();
    const QString sum = good ? groupedNumber(line.price.subtotal, 2) : QString(QChar(0x2014));
    auto *name = makeLabel(what, "value", this);
    name->setWordWrap(true);
    auto *figure = makeLabel(sum, "value", this);
    figure->setFont(m_theme->figureFont());
    figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(name, at, 0);
    grid->addWidget(figure, at, 1, Qt::AlignRight | Qt::AlignTop);
    QString steps = line.price.fault;
    if (good) {
        steps = priceWords(line.part) + u"   "_s + line.price.arithmetic;
        if (!line.price.conversion.isEmpty())
            steps += u'\n' + line.price.conversion;
    }
    auto *how = makeLabel(steps, good ? "hint" : "fault", this);
    how->setWordWrap(true);
    how->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(how, at + 1, 0, 1, 2);
    grid->setRowMinimumHeight(at + 2, choice ? 0 : m_theme->size("space-1"));
    m_lines << what + u" = "_s + sum;
}

// Exact and in full; rounding is the bill's matter.
void PriceTraceView::addTotal(QGridLayout *grid, int at, const PricedSpec &spec)
{
    grid->addWidget(makeLine(this), at++, 0, 1, 2);
    auto *name = makeLabel(tr("Price for the term (CNY)"), "heading", this);
    m_total = spec.fault.isEmpty() ? groupedNumber(spec.total, 2) : QString();
    auto *figure = makeLabel(m_total.isEmpty() ? QString(QChar(0x2014)) : m_total, "heading", this);
    figure->setObjectName(u"traceTotal"_s);
    figure->setFont(m_theme->figureFont(TextSize::Normal, true));
    figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(name, at, 0);
    grid->addWidget(figure, at++, 1, Qt::AlignRight);
    auto *chip = new Chip(m_theme, this);
    if (m_total.isEmpty()) {
        m_verdict = spec.fault;
        chip->setChip(Tone::Warn, tr("no price"));
    } else if (!m_ground.stated) {
        m_verdict = tr("reckoned here; the service gave no price");
        chip->setChip(Tone::Info, m_verdict);
    } else if (*m_ground.stated == spec.total) {
        m_verdict = tr("the service says the same");
        chip->setChip(Tone::Good, m_verdict);
    } else {
        m_verdict = tr("the service says %1").arg(groupedNumber(*m_ground.stated, 2));
        chip->setChip(Tone::Warn, m_verdict);
    }
    grid->addWidget(chip, at, 0, 1, 2, Qt::AlignLeft);
}

} // namespace kboss
