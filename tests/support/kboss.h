#pragma once

#include "tests/support/httpclient.h"

#include <QJsonArray>
#include <QMap>

namespace kboss::test {

// kboss operations with all parameters in the query, as tests of the service say them.
using Items = QMap<QString, QString>;

inline QUrlQuery queryOf(const Items &items)
{
    QUrlQuery query;
    for (auto item = items.cbegin(); item != items.cend(); ++item)
        query.addQueryItem(item.key(), QString::fromLatin1(QUrl::toPercentEncoding(item.value())));
    return query;
}

inline bool isGood(const HttpAnswer &answer)
{
    return answer.status == 200 && answer.json()[QStringLiteral("status")].toBool();
}

// Why the service refused; empty when it did not, or did not answer.
inline QString refusalOf(const HttpAnswer &answer)
{
    return answer.status == 200 && !isGood(answer) ? answer.json()[QStringLiteral("msg")].toString() : QString();
}

inline QJsonObject dataOf(const HttpAnswer &answer)
{
    return answer.json()[QStringLiteral("data")].toObject();
}

inline QJsonArray rowsOf(const HttpAnswer &answer)
{
    return dataOf(answer)[QStringLiteral("rows")].toArray();
}

} // namespace kboss::test
