#include "app/standalone/billingtable.h"
#include "app/standalone/handler.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/keyset.h"
#include "app/standalone/pagetoken.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

struct Listing {
    SqlFragment where; // empty text = everything
    QList<OrderColumn> order;
    QString binding; // what a page token must have been made for
    qint64 pageSize = 0;
};

Refused badParameter(const QString &name, const Error &error)
{
    const QString detail = error.field.isEmpty() || error.detail.contains(error.field) ? error.detail : error.field + u": "_s + error.detail;
    return refuse(detail.startsWith(name) ? detail : name + u": "_s + detail, name);
}

Outcome<void> readFilter(const CheckedRequest &request, Listing &listing)
{
    const auto filter = parseFilter(request.text("filter"));
    if (!filter)
        return badParameter(u"filter"_s, filter.error());
    listing.binding = printFilter(*filter);
    if (!*filter)
        return {};
    if (const auto checked = checkFilter(*filter, billingSchema()); !checked)
        return badParameter(u"filter"_s, checked.error());
    auto where = whereSql(*filter, billingSchema());
    if (!where)
        return badParameter(u"filter"_s, where.error());
    listing.where = std::move(*where);
    return {};
}

Outcome<void> readOrder(const CheckedRequest &request, Listing &listing)
{
    const auto keys = parseOrderBy(request.text("order_by"));
    if (!keys)
        return badParameter(u"order_by"_s, keys.error());
    QStringList seen;
    for (const SortKey &key : *keys) {
        const int index = billingSchema().indexOf(key.field);
        if (index < 0 || billingSchema().fields[static_cast<size_t>(index)].type == FieldType::Secret)
            return refuse(u"order_by: \"%1\" is not a field that can be ordered by"_s.arg(key.field.left(60)), u"order_by"_s);
        if (seen.contains(key.field))
            return refuse(u"order_by: \"%1\" is named twice"_s.arg(key.field), u"order_by"_s);
        seen << key.field;
    }
    listing.order = billingOrder(*keys);
    listing.binding += u'\n' + printOrderBy(*keys);
    return {};
}

Outcome<Listing> readListing(const CheckedRequest &request)
{
    Listing listing;
    listing.pageSize = request.number("page_size", request.operation->paging.defaultSize);
    if (auto filter = readFilter(request, listing); !filter)
        return Refused(filter.error());
    if (auto order = readOrder(request, listing); !order)
        return Refused(order.error());
    return listing;
}

Outcome<qint64> countMatches(const Listing &listing, const QSqlDatabase &connection)
{
    auto count = listing.where.text.isEmpty()
        ? runSql(connection, u"SELECT value FROM counter WHERE name = 'billing_account'"_s)
        : runSql(connection, u"SELECT count(*) FROM billing_account WHERE "_s + listing.where.text, listing.where.values);
    if (!count || !count->next())
        return storageRefusal(count ? Error{} : count.error());
    return count->value(0).toLongLong();
}

Result<QSqlQuery> runPage(const Listing &listing, const QList<QVariant> &after, const QSqlDatabase &connection)
{
    QStringList conditions;
    QList<QVariant> values;
    if (!listing.where.text.isEmpty()) {
        conditions << u'(' + listing.where.text + u')';
        values << listing.where.values;
    }
    if (!after.isEmpty()) {
        const SqlFragment seek = seekAfter(listing.order, after);
        conditions << seek.text;
        values << seek.values;
    }
    QString sql = u"SELECT "_s + billingSelectList() + u" FROM billing_account"_s;
    if (!conditions.isEmpty())
        sql += u" WHERE "_s + conditions.join(u" AND "_s);
    sql += u" ORDER BY "_s + orderByText(listing.order) + u" LIMIT ?"_s;
    values << listing.pageSize + 1;
    return runSql(connection, sql, values);
}

int columnIndex(const QString &name)
{
    const auto &columns = billingColumns();
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const BillingColumn &column) { return column.name == name; });
    return static_cast<int>(found - columns.begin());
}

struct Page {
    std::string rows;
    QList<QVariant> last; // sort values of the last row, empty on the last page
};

Page readPage(QSqlQuery &query, const Listing &listing)
{
    QList<int> sortIndexes;
    for (const OrderColumn &column : listing.order)
        sortIndexes << columnIndex(column.name);
    Page page;
    page.rows.reserve(static_cast<size_t>(listing.pageSize) * 1400);
    QList<QVariant> last;
    qint64 count = 0;
    while (query.next()) {
        if (count == listing.pageSize) {
            page.last = last;
            break;
        }
        page.rows += count++ == 0 ? "" : ",";
        appendBillingAccount(page.rows, query);
        if (count < listing.pageSize)
            continue;
        for (const int index : sortIndexes)
            last << (query.isNull(index) ? QVariant() : query.value(index));
    }
    return page;
}

} // namespace

Outcome<Answer> listBillingAccounts(const CheckedRequest &request, Backend &backend)
{
    const auto listing = readListing(request);
    if (!listing)
        return Refused(listing.error());
    const QSqlDatabase connection = backend.database.connection();
    PageToken token;
    if (const QString given = request.text("page_token"); !given.isEmpty()) {
        auto opened = openPageToken(given, listing->binding, backend.database.tokenKey(), listing->order.size());
        if (!opened)
            return Refused(opened.error());
        token = std::move(*opened);
    } else {
        const auto total = countMatches(*listing, connection);
        if (!total)
            return Refused(total.error());
        token.total = *total;
    }
    auto query = runPage(*listing, token.after, connection);
    if (!query)
        return storageRefusal(query.error());
    Page page = readPage(*query, *listing);
    token.after = page.last;
    Answer answer;
    answer.body = "{\"billing_accounts\":[" + page.rows + "],\"next_page_token\":";
    appendJsonString(answer.body, page.last.isEmpty() ? QString() : sealPageToken(token, listing->binding, backend.database.tokenKey()));
    answer.body += ",\"total_size\":" + std::to_string(token.total) + '}';
    return answer;
}

} // namespace kboss::standalone
