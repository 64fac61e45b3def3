#include "app/api/schemaformats.h"

#include <QDateTime>
#include <QHash>
#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

bool isDate(const QString &text)
{
    static const QRegularExpression shape(u"\\A\\d{4}-\\d{2}-\\d{2}\\z"_s);
    return shape.match(text).hasMatch() && QDate::fromString(text, Qt::ISODate).isValid();
}

bool isDateTime(const QString &text)
{
    static const QRegularExpression shape(u"\\A\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})\\z"_s);
    return shape.match(text).hasMatch() && QDateTime::fromString(text, Qt::ISODateWithMs).isValid();
}

bool isUri(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.isRelative() && (!url.host().isEmpty() || !url.path().isEmpty());
}

bool isHostName(const QString &text)
{
    static const QRegularExpression shape(
        u"\\A(?=.{1,253}\\z)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\\.?\\z"_s);
    return shape.match(text).hasMatch();
}

// Digits and points alone are meant as an IPv4 address and must be a whole one.
bool isAddressOrHost(const QString &text)
{
    static const QRegularExpression numeric(u"\\A[0-9.]+\\z"_s);
    static const QRegularExpression dotted(u"\\A(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}\\z"_s);
    if (text.contains(u':'))
        return !text.contains(u'%') && QHostAddress(text).protocol() == QAbstractSocket::IPv6Protocol;
    if (numeric.match(text).hasMatch())
        return dotted.match(text).hasMatch();
    return isHostName(text);
}

bool isPort(const QString &text)
{
    static const QRegularExpression shape(u"\\A[1-9]\\d{0,4}\\z"_s);
    return shape.match(text).hasMatch() && text.toInt() <= 65535;
}

bool isInteger(const QString &text, qint64 lowest, qint64 highest)
{
    static const QRegularExpression shape(u"\\A-?\\d{1,19}\\z"_s);
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    return ok && shape.match(text).hasMatch() && value >= lowest && value <= highest;
}

struct Format {
    bool (*check)(const QString &);
    QString fault;
};

const QHash<QString, Format> &formats()
{
    static const QHash<QString, Format> table{
        {u"password"_s, {[](const QString &) { return true; }, {}}},
        {u"date"_s, {isDate, u"must be a date, yyyy-MM-dd"_s}},
        {u"date-time"_s, {isDateTime, u"must be a time in the form of RFC 3339"_s}},
        {u"uri"_s, {isUri, u"must be a whole address (https://…)"_s}},
        {u"port"_s, {isPort, u"must be a port, 1 to 65535"_s}},
        {u"ipv4-or-host"_s, {isAddressOrHost, u"must be an IP address or a host name"_s}},
        {u"ipv4-or-host-or-unset"_s,
         {[](const QString &text) { return text.isEmpty() || text == u"未设置"_s || isAddressOrHost(text); },
          u"must be an IP address, a host name or empty"_s}},
        {u"int32"_s, {[](const QString &text) { return isInteger(text, INT32_MIN, INT32_MAX); }, u"must be a whole number of 32 bits"_s}},
        {u"int64"_s, {[](const QString &text) { return isInteger(text, INT64_MIN, INT64_MAX); }, u"must be a whole number of 64 bits"_s}},
    };
    return table;
}

} // namespace

bool isKnownFormat(const QString &format)
{
    return formats().contains(format);
}

QString formatFault(const QString &format, const QString &text)
{
    const auto found = formats().constFind(format);
    if (found == formats().constEnd() || found->check(text))
        return {};
    return found->fault;
}

} // namespace kboss
