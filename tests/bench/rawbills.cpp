#include "tests/bench/rawpipeline.h"

#include <QDateTime>

namespace kboss::bench {

TableSchema Bills::schema()
{
    const auto field = [](const char *id, FieldType type, bool indexed = false) {
        return FieldSchema{QString::fromLatin1(id), QString::fromLatin1(id), type, indexed, {}};
    };
    return {QStringLiteral("bill"),
            QStringLiteral("id"),
            {field("id", FieldType::Text), field("order_id", FieldType::Text), field("customer", FieldType::Text), field("product", FieldType::Text),
             field("region", FieldType::Text), field("state", FieldType::Enum), field("kind", FieldType::Enum), field("quantity", FieldType::Integer),
             field("paid", FieldType::Boolean), field("discount", FieldType::Decimal), field("list_price", FieldType::Money),
             field("amount", FieldType::Money, true), field("create_time", FieldType::DateTime, true), field("bill_date", FieldType::Date, true),
             field("owner_id", FieldType::Text), field("note", FieldType::Text), field("seq", FieldType::Integer)}};
}

QByteArray Bills::page(int from, int count, int changeOneIn)
{
    const char *const products[] = {"云主机", "对象存储", "容器服务", "GPU 实例"}, *const regions[] = {"cn-north-1", "cn-east-2", "cn-south-1"};
    const char *const states[] = {"PAID", "OPEN", "VOID"}, *const kinds[] = {"prepaid", "postpaid"};
    QByteArray json = "{\"rows\":[";
    for (int n = from; n < from + count; ++n) {
        const auto mixed = static_cast<quint32>(n) * 2654435761U;
        const int revision = changeOneIn && n % changeOneIn == 0 ? 1 : 0;
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + qint64(mixed) * 15, Qt::UTC);
        char row[800];
        std::snprintf(
            row, sizeof row,
            "{\"id\":\"BILL%010u\",\"order_id\":\"ORD-2026-%09d\",\"customer\":\"客户%04d科技有限公司\",\"product\":\"%s\",\"region\":\"%s\","
            "\"state\":\"%s\",\"kind\":\"%s\",\"quantity\":%d,\"paid\":%s,\"discount\":\"0.%02d\","
            "\"list_price\":{\"currency_code\":\"CNY\",\"units\":\"%d\",\"nanos\":%d},\"amount\":{\"currency_code\":\"%s\",\"units\":\"%d\","
            "\"nanos\":500000000},"
            "\"create_time\":\"%s\",\"bill_date\":\"%s\",\"owner_id\":\"u-%06d\",\"note\":\"账单 %d\",\"seq\":%d}",
            mixed, n, n % 5000, products[n % 4], regions[n % 3], states[(n + revision) % 3], kinds[n % 2], n % 50, n % 2 ? "true" : "false",
            10 + n % 90, n % 100'000, (n % 100) * 10'000'000, n % 3 ? "CNY" : "USD", static_cast<int>(mixed % 1'000'000) + revision,
            time.toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz'Z'")).toLatin1().constData(),
            time.toString(QStringLiteral("yyyy-MM-dd")).toLatin1().constData(), n % 3000, n % 100, n);
        json += n == from ? "" : ",";
        json += row;
    }
    return json + "]}";
}

std::vector<QByteArray> Bills::pages(int rows, int pageRows, int changeOneIn)
{
    std::vector<QByteArray> pages;
    for (int from = 0; from < rows; from += pageRows)
        pages.push_back(page(from, pageRows, changeOneIn));
    return pages;
}

} // namespace kboss::bench
