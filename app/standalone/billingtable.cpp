#include "app/standalone/billingtable.h"

#include "app/cache/filtersql.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/mask.h"
#include "app/standalone/timestamp.h"

#include <QSet>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

FieldSchema field(const char *id, FieldType type, bool indexed = false)
{
    FieldSchema made;
    made.id = QString::fromLatin1(id);
    made.pointer = made.id;
    made.type = type;
    made.indexed = indexed;
    return made;
}

TableSchema makeSchema()
{
    using enum FieldType;
    TableSchema schema{u"billing-account"_s, u"id"_s, {}};
    schema.fields = {
        field("id", Text),
        field("name", Text, true),
        field("display_name", Text, true),
        field("state", Enum, true),
        field("type", Text),
        field("parent_id", Text),
        field("auto_pay", Boolean),
        field("auto_voucher", Boolean),
        field("allow_arrears", Boolean),
        field("allow_managed", Boolean),
        field("credit_line", Money),
        field("threshold_balance", Money),
        field("threshold_balance2", Money),
        field("threshold_balance3", Money),
        field("disable_threshold", Boolean),
        field("available_balance", Money),
        field("available_credit_limit", Money),
        field("frozen", Money),
        field("balance", Money),
        field("arrears", Money),
        field("owner_id", Text),
        field("tenant_id", Text),
        field("escrow_account_id", Text),
        field("password_pay", Secret),
        field("available_voucher_number", Integer),
        field("available_coupon_number", Integer),
        field("available_contract_number", Integer),
        field("linked_subscription_number", Integer),
        field("currency_code", Text),
        field("creator", Text),
        field("updater", Text),
        field("create_time", DateTime, true),
        field("update_time", DateTime, true),
    };
    schema.fields[3].enumValues = {u"BA_UNSPECIFIED"_s, u"BA_ACTIVE"_s, u"BA_DISABLED"_s, u"BA_FROZEN"_s};
    return schema;
}

struct Member {
    std::string name;
    FieldType type;
    int column; // of the first of its columns, -1 = none
};

const std::vector<Member> &members()
{
    static const std::vector<Member> all = [] {
        std::vector<Member> made;
        int column = 0;
        for (const FieldSchema &f : billingSchema().fields) {
            const bool stored = f.type != FieldType::Secret;
            made.push_back({f.id.toStdString(), f.type, stored ? column : -1});
            column += stored ? static_cast<int>(columnNames(f).size()) : 0;
        }
        return made;
    }();
    return all;
}

void appendMoney(std::string &out, const QSqlQuery &row, int column)
{
    JsonObject money(out);
    money.text("currency_code", row.value(column + 2).toString());
    std::string &units = money.member("units");
    units += '"';
    appendJsonNumber(units, row.value(column).toLongLong());
    units += '"';
    money.number("nanos", row.value(column + 1).toLongLong());
    money.close();
}

} // namespace

const TableSchema &billingSchema()
{
    static const TableSchema schema = makeSchema();
    return schema;
}

bool billingFieldNullable(const QString &fieldId)
{
    static const QSet<QString> nullable{u"parent_id"_s, u"escrow_account_id"_s, u"threshold_balance2"_s, u"threshold_balance3"_s};
    return nullable.contains(fieldId);
}

const QList<BillingColumn> &billingColumns()
{
    static const QList<BillingColumn> all = [] {
        QList<BillingColumn> made;
        for (const FieldSchema &f : billingSchema().fields) {
            if (f.type == FieldType::Secret)
                continue;
            for (const QString &name : columnNames(f)) {
                const bool text = f.type == FieldType::Text || f.type == FieldType::Enum || name.endsWith(u"_c"_s);
                made.push_back({name, text, billingFieldNullable(f.id)});
            }
        }
        return made;
    }();
    return all;
}

QString billingSelectList()
{
    QStringList names;
    for (const BillingColumn &column : billingColumns())
        names << column.name;
    return names.join(u", "_s);
}

void appendBillingAccount(std::string &out, const QSqlQuery &row)
{
    JsonObject account(out);
    for (const Member &member : members()) {
        if (member.type == FieldType::Secret) {
            account.text(member.name, std::string_view(secretMask));
            continue;
        }
        if (row.isNull(member.column)) {
            account.null(member.name);
            continue;
        }
        switch (member.type) {
        case FieldType::Money:
            appendMoney(account.member(member.name), row, member.column);
            break;
        case FieldType::Boolean:
            account.boolean(member.name, row.value(member.column).toLongLong() != 0);
            break;
        case FieldType::Integer:
            account.number(member.name, row.value(member.column).toLongLong());
            break;
        case FieldType::DateTime:
            appendTimestamp(account.member(member.name), row.value(member.column).toLongLong());
            break;
        default:
            account.text(member.name, row.value(member.column).toString());
        }
    }
    account.close();
}

} // namespace kboss::standalone
