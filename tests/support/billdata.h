#pragma once

#include "app/base/rowdecoder.h"

namespace kboss {

// Made-up bills with one field of every type, as JSON pages and as decoded batches.
class BillData {
public:
    static TableSchema schema()
    {
        const auto field = [](const char *id, FieldType type, bool indexed = false) {
            return FieldSchema{QString::fromLatin1(id), QString::fromLatin1(id), type, indexed, {}};
        };
        TableSchema schema{QStringLiteral("bill"), QStringLiteral("id"), {}};
        schema.fields = {field("id", FieldType::Text),
                         field("name", FieldType::Text),
                         field("state", FieldType::Enum),
                         field("count", FieldType::Integer),
                         field("paid", FieldType::Boolean),
                         field("discount", FieldType::Decimal),
                         field("amount", FieldType::Money, true),
                         field("balance", FieldType::Money),
                         field("create_time", FieldType::DateTime, true),
                         field("bill_date", FieldType::Date),
                         field("api_pwd", FieldType::Secret)};
        schema.fields[2].enumValues = {QStringLiteral("PAID"), QStringLiteral("OPEN"), QStringLiteral("VOID")};
        return schema;
    }

    static QByteArray key(int number) { return "B" + QByteArray::number(1'000'000 + number); }

    // `revision` changes name and amount.
    static QByteArray row(int number, int revision = 0)
    {
        const char *const states[] = {"PAID", "OPEN", "VOID"}, *const currencies[] = {"CNY", "USD"};
        const QByteArray n = QByteArray::number(number), r = QByteArray::number(revision);
        const QByteArray day = QByteArray::number(10 + number % 18);
        return "{\"id\":\"" + key(number) + "\",\"name\":\"计费账户 " + n + " r" + r + "\",\"state\":\"" + states[number % 3] + "\",\"count\":" + n
            + ",\"paid\":" + (number % 2 ? "true" : "false") + ",\"discount\":\"0." + QByteArray::number(10 + number % 90)
            + "\",\"amount\":{\"currency_code\":\"" + currencies[number % 2] + "\",\"units\":\"" + QByteArray::number(number * 10 + revision)
            + "\",\"nanos\":500000000},\"balance\":{\"currency_code\":\"CNY\",\"units\":" + n + ",\"nanos\":0},\"create_time\":\"2026-03-" + day
            + "T08:00:00Z\",\"bill_date\":\"2026-03-" + day + "\",\"api_pwd\":\"TopSecret" + n + "\",\"extra\":{\"kubeconfig\":\"HiddenToo" + n
            + "\",\"note\":\"kept\"}}";
    }

    static QByteArray page(int from, int count, int revision = 0)
    {
        QByteArray json = "{\"rows\":[";
        for (int i = from; i < from + count; ++i)
            json += (i == from ? "" : ",") + row(i, revision);
        return json + "]}";
    }

    static RowBatch decode(const QByteArray &page, const TableSchema &of = schema())
    {
        RowDecoder decoder(of);
        auto decoded = decoder.decodePage(page, {{QStringLiteral("/rows")}, {}, {}});
        return decoded ? std::move(decoded->rows) : RowBatch();
    }

    static RowBatch batch(int from, int count, int revision = 0) { return decode(page(from, count, revision)); }
};

} // namespace kboss
