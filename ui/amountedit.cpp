#include "ui/amountedit.h"

#include "models/quotewords.h"

#include <QLineEdit>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

AmountEdit::AmountEdit(const QString &type, QWidget *parent) : QAbstractSpinBox(parent), m_type(type), m_step(type == "memory"_L1 ? 1024 : 1)
{
    setAlignment(Qt::AlignCenter);
    setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
    setKeyboardTracking(true);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this](const QString &text) {
        const std::optional<qint64> typed = text.trimmed().isEmpty() ? std::optional<qint64>(0) : typedAmount(m_type, text);
        if (typed && *typed != m_amount) {
            m_amount = *typed;
            Q_EMIT amountChanged(m_amount);
        }
    });
    setAmount(0);
}

QString AmountEdit::textOf(qint64 amount) const
{
    return amount % m_step == 0 ? groupedNumber(Decimal(amount / m_step)) : amountWords(m_type, amount);
}

void AmountEdit::setAmount(qint64 amount)
{
    m_amount = std::max<qint64>(0, amount);
    lineEdit()->setText(textOf(m_amount));
}

qint64 AmountEdit::amount() const
{
    return m_amount;
}

void AmountEdit::stepBy(int steps)
{
    const qint64 before = m_amount;
    setAmount(m_amount + steps * m_step);
    selectAll();
    if (m_amount != before)
        Q_EMIT amountChanged(m_amount);
}

QValidator::State AmountEdit::validate(QString &text, int &) const
{
    return text.trimmed().isEmpty() || typedAmount(m_type, text) ? QValidator::Acceptable : QValidator::Intermediate;
}

QAbstractSpinBox::StepEnabled AmountEdit::stepEnabled() const
{
    return m_amount > 0 ? StepUpEnabled | StepDownEnabled : StepUpEnabled;
}

} // namespace kboss
