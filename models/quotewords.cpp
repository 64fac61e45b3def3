#include "models/quotewords.h"

#include "app/pricing/pricing.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <array>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Quote", text);
}

QString counted(const char *one, const char *many, qint64 number)
{
    return words(number == 1 ? one : many).arg(groupedNumber(Decimal(number)));
}

struct UnitName {
    const char16_t *unit;
    const char *word;
};

// The unit words of the service's descriptions.
const std::array<UnitName, 15> unitNames{{
    {u"核", QT_TRANSLATE_NOOP("Quote", "core")},
    {u"个", QT_TRANSLATE_NOOP("Quote", "core")},
    {u"卡", QT_TRANSLATE_NOOP("Quote", "card")},
    {u"张", QT_TRANSLATE_NOOP("Quote", "card")},
    {u"块", QT_TRANSLATE_NOOP("Quote", "card")},
    {u"秒", QT_TRANSLATE_NOOP("Quote", "s")},
    {u"分钟", QT_TRANSLATE_NOOP("Quote", "min")},
    {u"小时", QT_TRANSLATE_NOOP("Quote", "h")},
    {u"天", QT_TRANSLATE_NOOP("Quote", "day")},
    {u"周", QT_TRANSLATE_NOOP("Quote", "week")},
    {u"月", QT_TRANSLATE_NOOP("Quote", "month")},
    {u"元", QT_TRANSLATE_NOOP("Quote", "CNY")},
    {u"角", QT_TRANSLATE_NOOP("Quote", "jiao")},
    {u"分", QT_TRANSLATE_NOOP("Quote", "fen")},
    {u"m", QT_TRANSLATE_NOOP("Quote", "thousandth of a core")},
}};

const QString hour = u"小时"_s, day = u"天"_s, week = u"周"_s, month = u"月"_s;

QString withLeft(const QString &what, const QString &type, qint64 left)
{
    return words(QT_TRANSLATE_NOOP("Quote", "%1 has %2 left")).arg(what, amountWords(type, left));
}

} // namespace

QString unitWord(const QString &unit)
{
    for (const UnitName &name : unitNames) {
        if (unit == QStringView(name.unit))
            return words(name.word);
    }
    return unit;
}

QString partTypeTitle(const QString &type)
{
    if (type == "cpu"_L1)
        return u"CPU"_s;
    if (type == "memory"_L1)
        return words(QT_TRANSLATE_NOOP("Quote", "Memory"));
    if (type == "disk"_L1)
        return words(QT_TRANSLATE_NOOP("Quote", "Storage"));
    if (type == "gpu"_L1)
        return u"GPU"_s;
    return type;
}

QString partTypeUnit(const QString &type)
{
    if (type == "cpu"_L1)
        return words(QT_TRANSLATE_NOOP("Quote", "cores"));
    if (type == "memory"_L1 || type == "disk"_L1)
        return u"Gi"_s;
    if (type == "gpu"_L1)
        return words(QT_TRANSLATE_NOOP("Quote", "cards"));
    return {};
}

QString groupedNumber(const Decimal &value, int leastDecimals)
{
    return formatAmount(value.normalized(), leastDecimals);
}

QString amountWords(const QString &type, qint64 amount)
{
    const QString number = groupedNumber(Decimal(amount));
    if (type == "cpu"_L1)
        return counted(QT_TRANSLATE_NOOP("Quote", "%1 core"), QT_TRANSLATE_NOOP("Quote", "%1 cores"), amount);
    if (type == "gpu"_L1)
        return counted(QT_TRANSLATE_NOOP("Quote", "%1 card"), QT_TRANSLATE_NOOP("Quote", "%1 cards"), amount);
    if (type == "memory"_L1)
        return amount % 1024 == 0 ? groupedNumber(Decimal(amount / 1024)) + u" Gi"_s : number + u" Mi"_s;
    return type == "disk"_L1 ? number + u" Gi"_s : number;
}

QString linesWords(int lines, int left)
{
    const QString all = counted(QT_TRANSLATE_NOOP("Quote", "%1 line"), QT_TRANSLATE_NOOP("Quote", "%1 lines"), lines);
    if (left == 0)
        return all;
    return left == 1 ? words(QT_TRANSLATE_NOOP("Quote", "%1, without the one that does not fit")).arg(all)
                     : words(QT_TRANSLATE_NOOP("Quote", "%1, without %2 that do not fit")).arg(all).arg(left);
}

QString priceWords(const QuotePart &part)
{
    if (!part.priced)
        return words(QT_TRANSLATE_NOOP("Quote", "no price"));
    return u"%1 %2/%3·%4"_s.arg(groupedNumber(part.unitPrice, 2), unitWord(part.accountUnit), unitWord(part.resourceUnit), unitWord(part.chargeUnit));
}

QString termWords(qint64 term, const QString &unit)
{
    const QString number = groupedNumber(Decimal(term));
    if (unit == hour)
        return counted(QT_TRANSLATE_NOOP("Quote", "%1 hour"), QT_TRANSLATE_NOOP("Quote", "%1 hours"), term);
    if (unit == day)
        return counted(QT_TRANSLATE_NOOP("Quote", "%1 day"), QT_TRANSLATE_NOOP("Quote", "%1 days"), term);
    if (unit == week)
        return counted(QT_TRANSLATE_NOOP("Quote", "%1 week"), QT_TRANSLATE_NOOP("Quote", "%1 weeks"), term);
    if (unit == month)
        return counted(QT_TRANSLATE_NOOP("Quote", "%1 month"), QT_TRANSLATE_NOOP("Quote", "%1 months"), term);
    return number + u' ' + unit;
}

qint64 hoursOfTerm(qint64 term, const QString &unit)
{
    return termHours(term, unit).value_or(0);
}

QString nodesWords(const std::vector<NodeLeft> &nodes, const QString &type)
{
    QStringList list;
    for (const NodeLeft &node : nodes)
        list << withLeft(node.node, type, node.left);
    return list.join(u" · "_s);
}

QString shortageWords(const LineFit &fit, const QuotePart &part, const QuoteContent &quote)
{
    const QString cluster = quote.clusterName, wanted = amountWords(part.type, part.amount);
    switch (fit.shortage) {
    case Shortage::None:
        return {};
    case Shortage::NotSold:
        return words(QT_TRANSLATE_NOOP("Quote", "%1 does not sell %2.")).arg(quote.centerName, part.model);
    case Shortage::NotHere:
        return words(QT_TRANSLATE_NOOP("Quote", "%1 is not on sale in %2.")).arg(part.model, cluster);
    case Shortage::Stock:
        return words(QT_TRANSLATE_NOOP("Quote", "%1 has %2 of %3 left, %4 are asked for."))
            .arg(cluster, amountWords(part.type, fit.left), part.model, wanted);
    case Shortage::Model:
        return words(QT_TRANSLATE_NOOP("Quote", "An instance has one model of %1, and another line has %2."))
            .arg(partTypeTitle(part.type), fit.other);
    case Shortage::Share:
        return words(QT_TRANSLATE_NOOP("Quote", "%1 cannot be divided equally among %2 instances.")).arg(wanted).arg(quote.instances);
    case Shortage::Node:
        return words(QT_TRANSLATE_NOOP("Quote", "An instance runs on one node: %1 has %2 of %3 left in all, a single node at most %4."))
            .arg(cluster, amountWords(part.type, fit.left), part.model, amountWords(part.type, fit.best));
    case Shortage::Together:
        return words(QT_TRANSLATE_NOOP("Quote", "An instance runs on one node: no node has %1 of %2 left beside the parts above."))
            .arg(amountWords(part.type, part.amount / std::max<qint64>(1, quote.instances)), part.model);
    }
    return {};
}

QString fitWords(const LineFit &fit, const QuotePart &part, bool nodesKnown)
{
    const QString stock = words(QT_TRANSLATE_NOOP("Quote", "Fits: the cluster has %1 left")).arg(amountWords(part.type, fit.left));
    if (!nodesKnown)
        return stock + u" · "_s + words(QT_TRANSLATE_NOOP("Quote", "nodes not known"));
    QStringList names;
    for (const NodeLeft &node : fit.nodes)
        names << (node.instances > 1 ? u"%1 ×%2"_s.arg(node.node).arg(node.instances) : node.node);
    return names.isEmpty() ? stock : stock + u" · "_s + names.join(u", "_s);
}

QString alternativeWords(const Alternative &alternative, const QuoteContent &quote, size_t index)
{
    const QuotePart &part = alternative.quote.parts[index];
    switch (alternative.kind) {
    case Alternative::Kind::Split:
        return words(QT_TRANSLATE_NOOP("Quote", "Split into %1 instances of %2, same in all"))
            .arg(alternative.quote.instances)
            .arg(amountWords(part.type, part.amount / alternative.quote.instances));
    case Alternative::Kind::Reduce:
        return quote.instances == 1
            ? words(QT_TRANSLATE_NOOP("Quote", "Take %1, still one instance")).arg(amountWords(part.type, part.amount))
            : words(QT_TRANSLATE_NOOP("Quote", "Take %1, still %2 instances")).arg(amountWords(part.type, part.amount)).arg(quote.instances);
    case Alternative::Kind::OtherModel:
        return words(QT_TRANSLATE_NOOP("Quote", "%1 instead, %2")).arg(alternative.model, amountWords(part.type, part.amount));
    case Alternative::Kind::OtherCluster:
        return words(QT_TRANSLATE_NOOP("Quote", "The whole quote in %1")).arg(alternative.cluster);
    }
    return {};
}

std::optional<qint64> typedAmount(const QString &type, const QString &text)
{
    static const QRegularExpression form(u"^\\s*([0-9][0-9, ]*(?:\\.[0-9]+)?)\\s*(\\D*?)\\s*$"_s);
    const QRegularExpressionMatch match = form.match(text.normalized(QString::NormalizationForm_KC));
    if (!match.hasMatch())
        return {};
    const Result<Decimal> number = Decimal::parse(match.captured(1).remove(u',').remove(u' '));
    if (!number)
        return {};
    const QString unit = match.captured(2).toLower();
    const bool memory = type == "memory"_L1;
    qint64 times = memory ? 1024 : 1;
    if (unit.startsWith(u'm') && memory)
        times = 1;
    else if (unit.startsWith(u't') && (memory || type == "disk"_L1))
        times *= 1024;
    else if (!unit.isEmpty() && !unit.startsWith(u'g') && (memory || type == "disk"_L1))
        return {};
    const Result<Decimal> amount = number->times(Decimal(times));
    const std::optional<qint64> whole = amount ? amount->toInt64() : std::nullopt;
    return whole && *whole >= 0 && *whole <= 1'000'000'000 ? whole : std::nullopt;
}

} // namespace kboss
