#include "app/standalone/kbosslist.h"

#include <sodium.h>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

Outcome<QString> kbossOrder(const QString &sort, const QStringList &fields)
{
    QStringList order;
    QStringList seen;
    const auto parts = sort.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QStringList words = part.simplified().split(u' ');
        const QString &field = words.first();
        if (!fields.contains(field) || words.size() > 2)
            return refuse(u"不能按此字段排序: %1"_s.arg(field.left(60)), u"sort"_s);
        if (words.size() == 2 && words[1] != u"asc"_s && words[1] != u"desc"_s)
            return refuse(u"排序方向须为 asc 或 desc: %1"_s.arg(words[1].left(60)), u"sort"_s);
        if (seen.contains(field))
            return refuse(u"排序字段重复: %1"_s.arg(field), u"sort"_s);
        seen << field;
        order << field + (words.size() == 2 && words[1] == u"desc"_s ? u" DESC"_s : u" ASC"_s);
    }
    order << u"seq ASC"_s;
    return order.join(u", "_s);
}

KbossWindow kbossWindow(const CheckedRequest &request)
{
    KbossWindow window;
    window.limit = request.number("rows", request.operation->paging.defaultSize);
    const qint64 page = request.number("page", 1);
    constexpr qint64 farthest = 1'000'000'000; // beyond every table, and far from an overflow
    window.offset = std::min(page - 1, farthest) * window.limit;
    return window;
}

Outcome<Period> readPeriod(const CheckedRequest &request, const char *untilName, const Period &otherwise)
{
    Period period{request.text("enable_date"), request.text(untilName)};
    if (period.from.isEmpty())
        period.from = otherwise.from;
    if (period.until.isEmpty())
        period.until = otherwise.until;
    if (period.until < period.from) // ISO dates compare as text
        return refuse(u"停用日期(%1)不能早于启用日期: %2 < %3"_s.arg(QLatin1String(untilName), period.until, period.from), QLatin1String(untilName));
    return period;
}

QString newId()
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[21];
    randombytes_buf(bytes, sizeof bytes);
    QString id;
    for (const unsigned char byte : bytes)
        id += QLatin1Char(alphabet[byte & 63]);
    return id;
}

Refused busyDatabase()
{
    return refuse(u"数据库正忙,请稍后再试;未作任何修改"_s);
}

} // namespace kboss::standalone
