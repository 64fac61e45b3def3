#include "ui/pageaddress.h"

#include <QUrl>

namespace kboss {

PageAddress PageAddress::parse(const QString &pageId)
{
    QStringList parts = pageId.split(QLatin1Char('/'));
    PageAddress address{parts.takeFirst(), {}};
    for (const QString &part : parts)
        address.arguments << QUrl::fromPercentEncoding(part.toUtf8());
    return address;
}

QString PageAddress::id() const
{
    QString text = prefix;
    for (const QString &argument : arguments)
        text += QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(argument));
    return text;
}

} // namespace kboss
