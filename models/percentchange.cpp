#include "models/percentchange.h"

#include <QCoreApplication>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString phrase(const char *text)
{
    return QCoreApplication::translate("PercentChange", text);
}

Unexpected refuse(const QString &reason)
{
    return fail(ErrorKind::Rejected, reason);
}

// As people and input methods write it: "＋５ ％", "−12.5%".
QString plain(const QString &text)
{
    QString number = text.normalized(QString::NormalizationForm_KC).replace(QChar(0x2212), u'-').trimmed();
    if (number.endsWith(u'%'))
        number = number.chopped(1).trimmed();
    if (number.startsWith(u'+') && !number.startsWith(u"+-"_s) && !number.startsWith(u"++"_s))
        number.remove(0, 1);
    return number.trimmed();
}

QString shown(const Decimal &value)
{
    QString text = value.normalized().toString();
    return text.replace(u'-', QChar(0x2212));
}

} // namespace

QString roundingWords(Rounding rounding)
{
    switch (rounding) {
    case Rounding::HalfUp:
        return phrase(QT_TRANSLATE_NOOP("PercentChange", "half up"));
    case Rounding::HalfEven:
        return phrase(QT_TRANSLATE_NOOP("PercentChange", "half to even"));
    case Rounding::Down:
    case Rounding::Floor:
        return phrase(QT_TRANSLATE_NOOP("PercentChange", "always down"));
    case Rounding::Up:
    case Rounding::Ceiling:
        return phrase(QT_TRANSLATE_NOOP("PercentChange", "always up"));
    }
    return {};
}

Result<PercentChange> PercentChange::typed(const QString &text, const Rule &rule)
{
    const auto number = Decimal::parse(plain(text));
    if (!number)
        return refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "“%1” is not a number. Write it as 5 or −12.5")).arg(text.trimmed()));
    return by(*number, rule);
}

Result<PercentChange> PercentChange::by(const Decimal &percent, const Rule &rule)
{
    if (percent <= Decimal(-100))
        return refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "%1 % would leave nothing of it: more than −100 is needed")).arg(shown(percent)));
    if (percent.normalized().scale() > mostPercentDecimals)
        return refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "At most %1 decimals in the percent")).arg(mostPercentDecimals));
    return PercentChange(percent.normalized(), rule);
}

Result<PercentChange::Outcome> PercentChange::of(const Decimal &before) const
{
    const Unexpected digits = refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "The result has more digits than can be counted exactly")));
    const auto factor = Decimal(100).plus(m_percent);
    const auto hundredfold = factor ? before.normalized().times(*factor) : factor;
    const auto quotient =
        hundredfold ? hundredfold->dividedBy(Decimal(100), std::min(hundredfold->scale() + 2, Decimal::maxScale), Rounding::HalfEven) : hundredfold;
    const auto back = quotient ? quotient->times(Decimal(100)) : quotient; // nothing was cut off by the division
    if (!back || *back != *hundredfold)
        return digits;
    const Decimal exact = quotient->normalized();
    if (exact.isNegative())
        return refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "%1 is below zero")).arg(shown(exact)));
    if (!m_rule.rounding && exact.scale() > m_rule.decimals)
        return refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "%1 has more than %2 decimals")).arg(shown(exact)).arg(m_rule.decimals));
    const Decimal value = m_rule.rounding ? exact.rounded(m_rule.decimals, *m_rule.rounding).normalized() : exact;
    if (value.isZero() && !before.isZero())
        return refuse(phrase(QT_TRANSLATE_NOOP("PercentChange", "%1 becomes 0 when rounded: more decimals are needed")).arg(shown(exact)));
    return Outcome{value, exact};
}

QString PercentChange::words() const
{
    const QString factor = Decimal(100)
                               .plus(m_percent)
                               .value_or(Decimal())
                               .dividedBy(Decimal(100), mostPercentDecimals + 2, Rounding::HalfEven)
                               .value_or(Decimal())
                               .normalized()
                               .toString();
    return m_rule.rounding
        ? phrase(QT_TRANSLATE_NOOP("PercentChange", "New = old × %1, rounded %3 to %2 decimals"))
              .arg(factor)
              .arg(m_rule.decimals)
              .arg(roundingWords(*m_rule.rounding))
        : phrase(QT_TRANSLATE_NOOP("PercentChange", "New = old × %1, not rounded: at most %2 decimals")).arg(factor).arg(m_rule.decimals);
}

} // namespace kboss
