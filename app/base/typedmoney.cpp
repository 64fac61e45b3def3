#include "app/base/typedmoney.h"

#include <array>

namespace kboss {
namespace {

using Fault = MoneyInputFault;
using Reason = MoneyInputReason;
using Read = tl::expected<Money, Fault>;

constexpr int maxDecimals = 9;

struct Mark {
    QStringView text;
    QStringView currency; // two marks of one sign are two entries
};

// Longer marks first where one begins with another.
constexpr std::array marks = {
    Mark{u"HK$", u"HKD"},    Mark{u"US$", u"USD"},  Mark{u"NT$", u"TWD"},  Mark{u"CN¥", u"CNY"},  Mark{u"JP¥", u"JPY"},  Mark{u"MOP$", u"MOP"},
    Mark{u"AU$", u"AUD"},    Mark{u"CA$", u"CAD"},  Mark{u"A$", u"AUD"},   Mark{u"C$", u"CAD"},   Mark{u"S$", u"SGD"},   Mark{u"$", u"USD"},
    Mark{u"¥", u"CNY"},      Mark{u"¥", u"JPY"},    Mark{u"€", u"EUR"},    Mark{u"£", u"GBP"},    Mark{u"₩", u"KRW"},    Mark{u"RMB", u"CNY"},
    Mark{u"人民币", u"CNY"}, Mark{u"美元", u"USD"}, Mark{u"港元", u"HKD"}, Mark{u"港币", u"HKD"}, Mark{u"日元", u"JPY"}, Mark{u"円", u"JPY"},
    Mark{u"欧元", u"EUR"},   Mark{u"英镑", u"GBP"}, Mark{u"元", u"CNY"},   Mark{u"圆", u"CNY"},
};

// Full-width forms and their kin become plain ones, one character for one: positions stay.
QChar plain(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= 0xFF01 && u <= 0xFF5E)
        return QChar(static_cast<char16_t>(u - 0xFEE0));
    switch (u) {
    case 0x3002:
        return u'.'; // ideographic full stop
    case 0x2212:
    case 0x2013:
    case 0xFE63:
        return u'-'; // minus, en dash, small hyphen
    case 0xFFE5:
        return QChar(0x00A5); // full-width yen
    case 0xFFE1:
        return QChar(0x00A3); // full-width pound
    case 0xFFE6:
        return QChar(0x20A9); // full-width won
    default:
        return c.isSpace() ? QChar(u' ') : c;
    }
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

class Reader {
public:
    Reader(const QString &text, const QString &currency) : m_typed(text), m_currency(currency.toUpper())
    {
        m_text.reserve(text.size());
        for (const QChar c : text)
            m_text.append(plain(c));
        m_end = m_text.size();
    }

    Read read();

private:
    void skipSpaces()
    {
        while (m_at < m_end && m_text[m_at] == u' ')
            ++m_at;
    }
    bool atEnd() const { return m_at >= m_end; }
    bool readSign();
    bool readMark();
    bool readNumber();
    bool readWhole();
    bool stop(Reason reason, qsizetype at, qsizetype length, const QString &detail);

    QString m_typed, m_currency, m_text;
    QString m_whole, m_fraction;
    qsizetype m_at = 0, m_end = 0;
    bool m_signed = false, m_negative = false;
    Fault m_fault;
};

bool Reader::stop(Reason reason, qsizetype at, qsizetype length, const QString &detail)
{
    m_fault = {reason, static_cast<int>(at + 1), m_typed.mid(at, length), detail};
    return false;
}

bool Reader::readSign()
{
    skipSpaces();
    if (atEnd() || (m_text[m_at] != u'-' && m_text[m_at] != u'+'))
        return true;
    if (m_signed)
        return stop(Reason::TwoSigns, m_at, 1, QStringLiteral("a second sign at %1").arg(m_at + 1));
    m_signed = true;
    m_negative = m_text[m_at++] == u'-';
    return true;
}

bool Reader::readMark()
{
    skipSpaces();
    const QStringView rest = QStringView(m_text).mid(m_at);
    qsizetype foreign = 0;
    for (const Mark &mark : marks) {
        if (!rest.startsWith(mark.text, Qt::CaseInsensitive) || mark.text.size() < foreign)
            continue;
        if (mark.currency == m_currency) {
            m_at += mark.text.size();
            return true;
        }
        foreign = mark.text.size();
    }
    if (foreign == 0) {
        while (foreign < rest.size() && isAsciiLetter(rest[foreign]))
            ++foreign;
        if (foreign == 0)
            return true;
        if (rest.left(foreign).compare(m_currency, Qt::CaseInsensitive) == 0) {
            m_at += foreign;
            return true;
        }
        if (foreign != 3)
            return stop(Reason::UnexpectedText, m_at, foreign, QStringLiteral("a number expected at %1").arg(m_at + 1));
    }
    return stop(Reason::WrongCurrency, m_at, foreign,
                QStringLiteral("\"%1\" is not the currency of this field (%2)").arg(m_typed.mid(m_at, foreign), m_currency));
}

// A space belongs to the number only when a digit follows it and one stands before it.
bool Reader::readWhole()
{
    const qsizetype from = m_at;
    QChar separator;
    qsizetype group = from;
    for (; m_at < m_end; ++m_at) {
        const QChar c = m_text[m_at];
        if (isDigit(c)) {
            m_whole.append(c);
            continue;
        }
        const bool grouping = c == u',' || (c == u' ' && m_at + 1 < m_end && isDigit(m_text[m_at + 1]));
        if (!grouping)
            break;
        const qsizetype length = m_at - group;
        const bool first = separator.isNull();
        const bool right = first ? length >= 1 && length <= 3 && m_text[group] != u'0' : length == 3 && c == separator;
        if (!right)
            return stop(Reason::Grouping, m_at, 1, QStringLiteral("separator at %1 does not part thousands").arg(m_at + 1));
        separator = c;
        group = m_at + 1;
    }
    if (!separator.isNull() && m_at - group != 3)
        return stop(Reason::Grouping, group - 1, 1, QStringLiteral("three digits expected after the separator at %1").arg(group));
    return true;
}

bool Reader::readNumber()
{
    skipSpaces();
    const qsizetype from = m_at;
    if (!readWhole())
        return false;
    if (!atEnd() && m_text[m_at] == u'.') {
        const qsizetype point = m_at;
        for (++m_at; m_at < m_end && isDigit(m_text[m_at]); ++m_at)
            m_fraction.append(m_text[m_at]);
        if (!atEnd() && m_text[m_at] == u'.')
            return stop(Reason::TwoPoints, m_at, 1, QStringLiteral("a second decimal point at %1").arg(m_at + 1));
        if (m_fraction.size() > maxDecimals)
            return stop(Reason::TooManyDecimals, point, m_at - point, QStringLiteral("more than 9 decimals"));
    }
    if (!m_whole.isEmpty() || !m_fraction.isEmpty())
        return true;
    const bool nothing = atEnd() || m_at > from;
    return stop(nothing ? Reason::NoDigits : Reason::UnexpectedText, from, nothing ? 0 : 1, QStringLiteral("a number expected at %1").arg(from + 1));
}

Read Reader::read()
{
    skipSpaces();
    if (atEnd())
        return tl::make_unexpected(Fault{Reason::Empty, 0, {}, QStringLiteral("an amount is expected")});
    if (!readSign() || !readMark() || !readSign() || !readNumber() || !readMark())
        return tl::make_unexpected(m_fault);
    skipSpaces();
    if (!atEnd()) {
        stop(Reason::UnexpectedText, m_at, 1, QStringLiteral("unexpected text at %1").arg(m_at + 1));
        return tl::make_unexpected(m_fault);
    }
    QString number = m_whole.isEmpty() ? QStringLiteral("0") : m_whole;
    if (!m_fraction.isEmpty())
        number += u'.' + m_fraction;
    const auto amount = Decimal::parse(number);
    const auto money =
        amount ? Money::fromDecimal(m_currency, m_negative ? amount->negated() : *amount) : Result<Money>(tl::unexpect, amount.error());
    if (!money)
        return tl::make_unexpected(Fault{Reason::OutOfRange, 0, {}, QStringLiteral("the amount is too large")});
    return *money;
}

} // namespace

tl::expected<Money, MoneyInputFault> readTypedMoney(const QString &text, const QString &currency)
{
    return Reader(text, currency).read();
}

QString moneyInputReasonName(MoneyInputReason reason)
{
    switch (reason) {
    case Reason::Empty:
        return QStringLiteral("empty");
    case Reason::UnexpectedText:
        return QStringLiteral("unexpected-text");
    case Reason::NoDigits:
        return QStringLiteral("no-digits");
    case Reason::Grouping:
        return QStringLiteral("grouping");
    case Reason::TwoPoints:
        return QStringLiteral("two-points");
    case Reason::TooManyDecimals:
        return QStringLiteral("too-many-decimals");
    case Reason::OutOfRange:
        return QStringLiteral("out-of-range");
    case Reason::WrongCurrency:
        return QStringLiteral("wrong-currency");
    case Reason::TwoSigns:
        return QStringLiteral("two-signs");
    }
    return {};
}

} // namespace kboss
