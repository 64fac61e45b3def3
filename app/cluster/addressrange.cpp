#include "app/cluster/addressrange.h"

#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

std::optional<QHostAddress> parseAddress(const QString &text)
{
    static const QRegularExpression four(u"^(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}$"_s);
    const bool six = text.contains(u':');
    if (text.contains(u'%') || (!six && !four.match(text).hasMatch()))
        return std::nullopt;
    const QHostAddress address(text);
    return address.isNull() ? std::nullopt : std::optional(address);
}

std::optional<AddressRange> AddressRange::parse(const QString &text)
{
    static const QRegularExpression form(u"^([^/]+)/(0|[1-9]\\d{0,2})$"_s);
    const auto match = form.match(text);
    const auto address = match.hasMatch() ? parseAddress(match.captured(1)) : std::nullopt;
    if (!address)
        return std::nullopt;
    const int bits = match.captured(2).toInt();
    const bool four = address->protocol() == QAbstractSocket::IPv4Protocol;
    if (bits > (four ? 32 : 128))
        return std::nullopt;
    AddressRange range{*address, bits};
    const auto network = QHostAddress::parseSubnet(text);
    if (network.second < 0 || network.first != *address)
        return std::nullopt;
    return range;
}

bool AddressRange::contains(const QHostAddress &address) const
{
    return address.protocol() == base.protocol() && address.isInSubnet(base, bits);
}

bool AddressRange::overlaps(const AddressRange &other) const
{
    return contains(other.base) || other.contains(base);
}

int AddressRange::hostBits() const
{
    return (base.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128) - bits;
}

} // namespace kboss
