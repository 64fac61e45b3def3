#include "ui/percentbox.h"

#include "ui/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int percentWidth = 104, unitGap = 10;
constexpr Rounding ways[] = {Rounding::HalfUp, Rounding::HalfEven, Rounding::Down, Rounding::Up};
} // namespace

PercentBox::PercentBox(const PercentSpec &spec, Theme *theme, QWidget *parent)
    : QWidget(parent), m_mostDecimals(spec.mostDecimals), m_line(new QLineEdit(this)), m_unit(makeLabel(u"%"_s, "hint", m_line)),
      m_decimals(new QSpinBox(this)), m_rounding(new QComboBox(this)), m_rule(makeLabel({}, "hint", this))
{
    m_line->setObjectName(u"percent"_s);
    m_line->setAccessibleName(tr("Change in percent"));
    m_line->setPlaceholderText(tr("+5 or −12.5"));
    m_line->setAlignment(Qt::AlignRight);
    m_line->setFixedWidth(percentWidth);
    m_line->setTextMargins(0, 0, m_unit->sizeHint().width() + unitGap, 0);
    m_unit->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_unit->setFont(theme->font(TextSize::Label));
    m_decimals->setObjectName(u"percentDecimals"_s);
    m_decimals->setAccessibleName(tr("Decimals of the result"));
    m_decimals->setRange(0, spec.mostDecimals);
    m_decimals->setSuffix(u' ' + tr("decimals"));
    m_rounding->setObjectName(u"percentRounding"_s);
    m_rounding->setAccessibleName(tr("How it is rounded"));
    for (const Rounding way : ways)
        m_rounding->addItem(tr("round %1").arg(roundingWords(way)), static_cast<int>(way));
    m_rounding->addItem(tr("do not round"), -1);
    m_rule->setObjectName(u"percentRule"_s);
    m_rule->setWordWrap(true);
    setRule({spec.decimals, spec.rounding});
    auto *line = new QHBoxLayout;
    line->setSpacing(theme->size("space-2"));
    line->addWidget(m_line);
    line->addWidget(m_decimals);
    line->addWidget(m_rounding, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme->size("space-1"));
    column->addLayout(line);
    column->addWidget(m_rule);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, this, &PercentBox::edited);
    connect(m_decimals, &QSpinBox::valueChanged, this, &PercentBox::edited);
    connect(m_rounding, &QComboBox::currentIndexChanged, this, [this] {
        if (m_rounding->currentData().toInt() < 0)
            m_decimals->setValue(m_mostDecimals); // as many as the service takes
        Q_EMIT edited();
    });
    connect(this, &PercentBox::edited, this, &PercentBox::explain);
    explain();
}

bool PercentBox::isEmpty() const
{
    return m_line->text().trimmed().isEmpty();
}

PercentChange::Rule PercentBox::rule() const
{
    const int way = m_rounding->currentData().toInt();
    return {m_decimals->value(), way < 0 ? std::nullopt : std::optional(static_cast<Rounding>(way))};
}

Result<PercentChange> PercentBox::change() const
{
    return PercentChange::typed(m_line->text(), rule());
}

void PercentBox::setText(const QString &percent)
{
    m_line->setText(percent);
    explain();
}

void PercentBox::setRule(const PercentChange::Rule &rule)
{
    const QSignalBlocker quietDecimals(m_decimals), quietRounding(m_rounding);
    m_decimals->setValue(rule.decimals);
    m_rounding->setCurrentIndex(m_rounding->findData(rule.rounding ? static_cast<int>(*rule.rounding) : -1));
    explain();
}

void PercentBox::setFault(bool fault)
{
    setRole(m_line, "fault", fault);
}

void PercentBox::explain()
{
    const Result<PercentChange> now = change();
    m_rule->setText(now && !isEmpty() ? now->words() : tr("Reckoned exactly from each row's own value"));
}

void PercentBox::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_unit->adjustSize();
    m_unit->move(m_line->width() - m_unit->width() - unitGap, (m_line->height() - m_unit->height()) / 2);
}

} // namespace kboss
