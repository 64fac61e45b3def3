#include "models/quoteprice.h"

#include "models/quotewords.h"

#include <QCoreApplication>
#include <numeric>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostDecimals = 20; // of a price that does not come out even

QString words(const char *text)
{
    return QCoreApplication::translate("Quote", text);
}

// A factor as it is applied and as it is written: "× 60", "÷ 24".
struct Factor {
    qint64 times = 1, by = 1;
    QString written() const
    {
        if (times != 1)
            return u" × "_s + groupedNumber(Decimal(times));
        return by != 1 ? u" ÷ "_s + groupedNumber(Decimal(by)) : QString();
    }
    bool isOne() const { return times == 1 && by == 1; }
};

std::optional<Factor> accountFactor(const QString &unit) // to yuan
{
    if (unit == u"元"_s)
        return Factor{};
    if (unit == u"角"_s)
        return Factor{1, 10};
    return unit == u"分"_s ? std::optional(Factor{1, 100}) : std::nullopt;
}

std::optional<Factor> chargeFactor(const QString &unit) // a price for that time to one for an hour
{
    if (unit == u"小时"_s)
        return Factor{};
    if (unit == u"分钟"_s)
        return Factor{60, 1};
    if (unit == u"秒"_s)
        return Factor{3600, 1};
    return unit == u"天"_s ? std::optional(Factor{1, 24}) : std::nullopt;
}

std::optional<Factor> amountFactor(const QString &type, const QString &unit) // an amount of a quote to the part's unit
{
    const bool memory = type == "memory"_L1;
    if (memory && unit == "Gi"_L1)
        return Factor{1, 1024};
    if (type == "disk"_L1 && unit == "Mi"_L1)
        return Factor{1024, 1};
    if (type == "cpu"_L1 && unit == "m"_L1)
        return Factor{1000, 1};
    const bool same = memory ? unit == "Mi"_L1 : type == "disk"_L1 ? unit == "Gi"_L1 : !unit.endsWith(u'i');
    return same ? std::optional(Factor{}) : std::nullopt;
}

Result<Decimal> apply(const Result<Decimal> &value, const Factor &factor)
{
    if (!value)
        return value;
    const Result<Decimal> more = value->times(Decimal(factor.times));
    return more && factor.by != 1 ? more->dividedBy(Decimal(factor.by), mostDecimals, Rounding::HalfEven) : more;
}

bool comesOut(qint64 by) // whether dividing by it ends
{
    while (by % 2 == 0)
        by /= 2;
    while (by % 5 == 0)
        by /= 5;
    return by == 1;
}

QString number(const Result<Decimal> &value)
{
    return value ? groupedNumber(*value) : QString();
}

class Pricer {
public:
    Pricer(const QuotePart &part, qint64 hours, QuoteRule rule)
        : m_part(part), m_hours(hours), m_account(accountFactor(part.accountUnit)), m_charge(chargeFactor(part.chargeUnit)),
          m_amount(amountFactor(part.type, part.resourceUnit))
    {
        if (m_amount && rule == QuoteRule::Literal)
            m_amount = Factor{};
    }

    PricedLine run() const
    {
        PricedLine line;
        if (!m_account || !m_charge || !m_amount || m_hours <= 0) {
            line.fault = words(QT_TRANSLATE_NOOP("Quote", "The price is in units that are not known: %1.")).arg(priceWords(m_part));
            return line;
        }
        // One fraction first, so that hours of days and days of hours take each other away.
        qint64 times = m_account->times * m_charge->times * m_amount->times * m_hours, by = m_account->by * m_charge->by * m_amount->by;
        const qint64 common = std::gcd(times, by);
        const Result<Decimal> subtotal = apply(m_part.unitPrice.times(Decimal(m_part.amount)), {times / common, by / common});
        if (!subtotal) {
            line.fault = words(QT_TRANSLATE_NOOP("Quote", "The price has more digits than can be counted exactly."));
            return line;
        }
        line.subtotal = subtotal->normalized();
        line.conversion = conversion();
        line.arithmetic = arithmetic();
        return line;
    }

private:
    bool evenPrice() const { return comesOut(m_charge->by); }

    QString conversion() const
    {
        QStringList steps;
        const bool wholeGi = m_part.type == "memory"_L1 && m_part.amount % 1024 == 0;
        const Result<Decimal> amount = apply(Decimal(m_part.amount), *m_amount);
        if (wholeGi && m_amount->isOne()) // read in Gi, priced in Mi
            steps << u"%1 Gi × 1,024 = %2 Mi"_s.arg(groupedNumber(Decimal(m_part.amount / 1024)), number(amount));
        else if (!m_amount->isOne() && !wholeGi)
            steps << u"%1%2 = %3 %4"_s.arg(amountWords(m_part.type, m_part.amount), m_amount->written(), number(amount),
                                           unitWord(m_part.resourceUnit));
        if (!m_account->isOne() || !m_charge->isOne()) {
            const QString factors = (m_account->written() + m_charge->written()).trimmed();
            const QString unit = u"%1/%2·%3"_s.arg(unitWord(u"元"_s), unitWord(m_part.resourceUnit), unitWord(u"小时"_s));
            steps << (evenPrice() || comesOutHere() ? u"%1 = %2 %3"_s.arg(factors, number(hourly()), unit) : factors);
        }
        return steps.join(u" · "_s);
    }

    Result<Decimal> hourly() const { return apply(apply(m_part.unitPrice, *m_account), *m_charge); }

    // 2.16 ÷ 24 ends although 1 ÷ 24 does not.
    bool comesOutHere() const
    {
        const Result<Decimal> price = hourly();
        const Result<Decimal> back = price ? price->times(Decimal(m_charge->by * m_account->by)) : price;
        const Result<Decimal> was = m_part.unitPrice.times(Decimal(m_charge->times * m_account->times));
        return back && was && *back == *was;
    }

    QString arithmetic() const
    {
        const QString price = comesOutHere() ? number(hourly()) : groupedNumber(m_part.unitPrice) + m_account->written() + m_charge->written();
        return u"%1 × %2 × %3"_s.arg(price, number(apply(Decimal(m_part.amount), *m_amount)), groupedNumber(Decimal(m_hours)));
    }

    const QuotePart &m_part;
    qint64 m_hours;
    std::optional<Factor> m_account, m_charge, m_amount;
};

} // namespace

std::vector<PricedLine> priceLines(const QuoteContent &quote, QuoteRule rule)
{
    std::vector<PricedLine> lines;
    for (const QuotePart &part : quote.parts)
        lines.push_back(Pricer(part, termHours(quote.term, quote.termUnit), rule).run());
    return lines;
}

} // namespace kboss
