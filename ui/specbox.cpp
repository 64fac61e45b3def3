#include "ui/specbox.h"

#include "models/quotewords.h"
#include "ui/pickbox.h"
#include "ui/widgets.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSet>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int amountWidth = 76, unitWidth = 40;
constexpr size_t mostParts = 100;

QString valueOf(const QString &type, const QString &model)
{
    return type + u'/' + model;
}

// In the unit people read: memory in Gi where that is whole.
QString amountText(const SpecPart &part)
{
    if (part.type != "memory"_L1)
        return QString::number(part.amount);
    return part.amount % 1024 == 0 ? QString::number(part.amount / 1024) : QString::number(part.amount) + u"Mi"_s;
}

} // namespace

SpecBox::SpecBox(Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_column(new QVBoxLayout(this)), m_add(makeButton(tr("Add a part"), "link", this)),
      m_hint(makeLabel({}, "hint", this)), m_summary(makeLabel({}, "hint", this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(theme->size("space-1"));
    m_add->setObjectName(u"specAdd"_s);
    m_summary->setObjectName(u"specSummary"_s);
    for (QLabel *label : {m_hint, m_summary})
        label->setWordWrap(true);
    m_hint->hide();
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    m_column->addWidget(m_hint);
    m_column->addWidget(m_summary);
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addPart();
        m_lines.back().part->combo()->setFocus();
        onEdited();
    });
    updateLines();
}

void SpecBox::addPart()
{
    if (m_lines.size() >= mostParts)
        return;
    Line line;
    line.widget = new QWidget(this);
    line.part = new PickBox({}, m_theme, line.widget);
    line.part->combo()->setAccessibleName(tr("Part"));
    line.part->setChoices(choices());
    line.part->setWaiting(m_waiting);
    line.amount = new QLineEdit(line.widget);
    line.amount->setAccessibleName(tr("Amount"));
    line.amount->setAlignment(Qt::AlignRight);
    line.amount->setFixedWidth(amountWidth);
    line.unit = makeLabel({}, "hint", line.widget);
    line.unit->setFixedWidth(unitWidth);
    line.away = makeIconButton(m_theme, u"close"_s, tr("Take this part out"), line.widget);
    auto *row = new QHBoxLayout(line.widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m_theme->size("space-1"));
    row->addWidget(line.part, 1);
    row->addWidget(line.amount);
    row->addWidget(line.unit);
    row->addWidget(line.away);
    connect(line.part, &PickBox::edited, this, &SpecBox::onEdited);
    connect(line.amount, &QLineEdit::textEdited, this, &SpecBox::onEdited);
    connect(line.away, &QToolButton::clicked, this, [this, widget = line.widget] { remove(widget); });
    m_column->insertWidget(static_cast<int>(m_lines.size()), line.widget);
    m_lines.push_back(line);
    updateLines();
}

void SpecBox::remove(QWidget *widget)
{
    std::erase_if(m_lines, [widget](const Line &line) { return line.widget == widget; });
    widget->hide();
    widget->deleteLater();
    onEdited();
}

std::vector<PickChoice> SpecBox::choices() const
{
    std::vector<PickChoice> choices;
    for (const PartOffer &offer : m_offers)
        choices.push_back({valueOf(offer.type, offer.model), partTypeTitle(offer.type) + u' ' + offer.model, priceWords(quotePart(offer, 1))});
    return choices;
}

void SpecBox::setOffers(const std::vector<PartOffer> &offers)
{
    m_offers = offers;
    std::stable_sort(m_offers.begin(), m_offers.end(), [](const PartOffer &a, const PartOffer &b) { return partRank(a.type) < partRank(b.type); });
    for (const Line &line : m_lines)
        line.part->setChoices(choices());
    updateLines();
}

void SpecBox::setHint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
}

void SpecBox::setWaiting(bool waiting)
{
    m_waiting = waiting;
    for (const Line &line : m_lines)
        line.part->setWaiting(waiting);
}

std::optional<SpecPart> SpecBox::partOf(const Line &line) const
{
    const QString value = line.part->text();
    const QString type = value.section(u'/', 0, 0), model = value.section(u'/', 1);
    const auto amount = typedAmount(type, line.amount->text());
    if (model.isEmpty() || !amount || *amount <= 0)
        return std::nullopt;
    return SpecPart{type, model, *amount};
}

QString SpecBox::faultOf(const Line &line) const
{
    if (const QString fault = line.part->fault(); !fault.isEmpty())
        return fault;
    if (line.part->text().isEmpty())
        return tr("Choose a part, or take the line out");
    const QString name = line.part->wordsOf(line.part->text());
    if (line.amount->text().trimmed().isEmpty())
        return tr("%1: say how much of it").arg(name);
    if (!partOf(line))
        return tr("%1: “%2” is no whole amount above 0").arg(name, line.amount->text().trimmed());
    return {};
}

QString SpecBox::fault() const
{
    if (!isEnabled() || !m_kept.isEmpty())
        return {};
    QSet<QString> seen;
    for (const Line &line : m_lines) {
        if (const QString fault = faultOf(line); !fault.isEmpty())
            return fault;
        if (seen.contains(line.part->text()))
            return tr("%1 is there twice: put the amounts together").arg(line.part->wordsOf(line.part->text()));
        seen.insert(line.part->text());
    }
    return {};
}

QString SpecBox::text() const
{
    if (!isEnabled())
        return {};
    if (!m_kept.isEmpty())
        return m_kept;
    std::vector<SpecPart> parts;
    for (const Line &line : m_lines) {
        if (const auto part = partOf(line))
            parts.push_back(*part);
    }
    return writeSpec(parts);
}

void SpecBox::setText(const QString &json)
{
    if (json == text() && fault().isEmpty())
        return;
    for (const Line &line : m_lines) {
        line.widget->hide();
        line.widget->deleteLater();
    }
    m_lines.clear();
    const auto parts = readSpec(json);
    m_kept = parts ? QString() : json;
    for (const SpecPart &part : parts.value_or(std::vector<SpecPart>())) {
        addPart();
        m_lines.back().part->setText(valueOf(part.type, part.model));
        m_lines.back().amount->setText(amountText(part));
    }
    updateLines();
}

void SpecBox::setPart(int line, const QString &type, const QString &model, const QString &amount)
{
    const Line &at = m_lines[static_cast<size_t>(line)];
    at.part->setText(valueOf(type, model));
    at.amount->setText(amount);
    onEdited();
}

QString SpecBox::summary() const
{
    return m_summary->text();
}

void SpecBox::onEdited()
{
    m_kept.clear();
    updateLines();
    Q_EMIT edited();
}

void SpecBox::updateLines()
{
    for (const Line &line : m_lines)
        line.unit->setText(partTypeUnit(line.part->text().section(u'/', 0, 0)));
    const auto parts = readSpec(text());
    QString words;
    if (parts && !parts->empty()) {
        const PricedSpec month = priceSpec(*parts, m_offers, 1, QuoteContent().termUnit);
        words = month.fault.isEmpty() ? tr("%1 for a month: %2 CNY").arg(specWords(text()), groupedNumber(month.total, 2)) : specWords(text());
    }
    m_summary->setText(words);
    m_summary->setVisible(!words.isEmpty());
    m_add->setEnabled(m_lines.size() < mostParts);
}

void SpecBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::EnabledChange)
        updateLines();
}

} // namespace kboss
