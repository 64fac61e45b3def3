#include "app/api/retrypolicy.h"

#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace kboss {

bool isPassingStatus(int httpStatus)
{
    return httpStatus == 502 || httpStatus == 503 || httpStatus == 504 || httpStatus == 429;
}

std::optional<qint64> parseRetryAfter(const QByteArray &value, qint64 nowMs)
{
    const QByteArray text = value.trimmed();
    bool ok = false;
    const qint64 seconds = text.toLongLong(&ok);
    if (ok)
        return seconds < 0 || seconds > 86'400 ? std::nullopt : std::optional(seconds * 1000);
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return qMax<qint64>(0, date.toMSecsSinceEpoch() - nowMs);
}

int backoffDelay(int baseMs, int retry)
{
    const int ceiling = qMin(30'000, baseMs << qBound(0, retry - 1, 10));
    return ceiling <= 0 ? 0 : QRandomGenerator::global()->bounded(ceiling + 1);
}

} // namespace kboss
