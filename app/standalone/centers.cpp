#include "app/standalone/jsontext.h"
#include "app/standalone/kbosslist.h"
#include "app/standalone/mask.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto defaultOrg = "mIWUHBeeDM8mwAFPIQ8pS"; // of a session without an organization
constexpr auto centerNotFound = "算力中心不存在";

const QStringList &centerFields()
{
    static const QStringList fields{u"id"_s,          u"name"_s,        u"orgid"_s,       u"pcapi_url"_s,    u"api_user"_s,
                                    u"enable_date"_s, u"expire_date"_s, u"contactname"_s, u"contactphone"_s, u"orgid_text"_s};
    return fields;
}

struct Center {
    QString id, name, orgid, pcapiUrl, apiUser, contactName, contactPhone;
    Period period;
};

void appendRecord(JsonObject &object, const Center &center)
{
    object.text("id", center.id);
    object.text("name", center.name);
    object.text("orgid", center.orgid);
    object.text("pcapi_url", center.pcapiUrl);
    object.text("api_user", center.apiUser);
    object.text("api_pwd", std::string_view(secretMask));
    object.text("enable_date", center.period.from);
    object.text("expire_date", center.period.until);
    object.text("contactname", center.contactName);
    object.text("contactphone", center.contactPhone);
}

Answer recordAnswer(const char *message, const Center &center)
{
    std::string data;
    JsonObject object(data);
    appendRecord(object, center);
    object.close();
    return kbossAnswer(message, data);
}

Outcome<std::string> centerRows(const CheckedRequest &request, const QString &order, const QSqlDatabase &connection)
{
    const KbossWindow window = kbossWindow(request);
    const QString org = request.text("orgid");
    const QString sql =
        u"SELECT c.id AS id, c.name AS name, c.orgid AS orgid, pcapi_url, api_user, enable_date, expire_date, contactname, contactphone, "
        "coalesce(o.name, '') AS orgid_text, seq FROM center c LEFT JOIN org o ON o.id = c.orgid %1 ORDER BY %2 LIMIT ? OFFSET ?"_s;
    QList<QVariant> values;
    if (!org.isEmpty())
        values << org;
    values << window.limit << window.offset;
    auto rows = runSql(connection, sql.arg(org.isEmpty() ? QString() : u"WHERE c.orgid = ?"_s, order), values);
    if (!rows)
        return storageRefusal(rows.error());
    std::string out;
    for (qint64 number = window.offset + 1; rows->next(); ++number) {
        const auto text = [&](int column) { return rows->value(column).toString(); };
        out += out.empty() ? "" : ",";
        JsonObject object(out);
        appendRecord(object, {text(0), text(1), text(2), text(3), text(4), text(7), text(8), {text(5), text(6)}});
        object.text("orgid_text", text(9));
        object.number("row_num_", number);
        object.close();
    }
    return out;
}

Outcome<Answer> getCpclist(const CheckedRequest &request, Backend &backend)
{
    const auto order = kbossOrder(request.text("sort"), centerFields());
    if (!order)
        return Refused(order.error());
    const QSqlDatabase connection = backend.database.connection();
    const QString org = request.text("orgid");
    auto count = org.isEmpty() ? runSql(connection, u"SELECT count(*) FROM center"_s)
                               : runSql(connection, u"SELECT count(*) FROM center WHERE orgid = ?"_s, {org});
    if (!count || !count->next())
        return storageRefusal(count ? Error{} : count.error());
    const auto rows = centerRows(request, *order, connection);
    if (!rows)
        return Refused(rows.error());
    return kbossAnswer("算力中心数据查询成功", "{\"total\":" + std::to_string(count->value(0).toLongLong()) + ",\"rows\":[" + *rows + "]}");
}

Outcome<Center> readCenter(const CheckedRequest &request, const Period &otherwise)
{
    Center center;
    center.name = request.text("name").trimmed();
    if (center.name.isEmpty())
        return refuse(u"算力中心名称(name): 不能为空"_s, u"name"_s);
    center.pcapiUrl = request.text("pcapi_url");
    center.apiUser = request.text("api_user");
    center.contactName = request.text("contactname");
    center.contactPhone = request.text("contactphone");
    auto period = readPeriod(request, "expire_date", otherwise);
    if (!period)
        return Refused(period.error());
    center.period = *period;
    return center;
}

// Within one organization a name stands for one center.
Outcome<void> checkCenterName(const Center &center, const QSqlDatabase &connection)
{
    auto same = runSql(connection, u"SELECT 1 FROM center WHERE orgid = ? AND name = ? AND id <> ?"_s, {center.orgid, center.name, center.id});
    if (!same)
        return storageRefusal(same.error());
    return same->next() ? Outcome<void>(refuse(u"算力中心名称(name)已被使用: %1"_s.arg(center.name), u"name"_s)) : Outcome<void>();
}

Outcome<Answer> addCpclist(const CheckedRequest &request, Backend &backend)
{
    auto center = readCenter(request, {QDate::currentDate().toString(Qt::ISODate), u"9999-12-31"_s});
    if (!center)
        return Refused(center.error());
    if (request.text("api_pwd") == QLatin1String(secretMask))
        return refuse(u"接口密码(api_pwd): 新建时不能使用掩码"_s, u"api_pwd"_s);
    center->id = newId();
    center->orgid = request.text("orgid").isEmpty() ? QString::fromLatin1(defaultOrg) : request.text("orgid");
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto unique = checkCenterName(*center, write.connection()); !unique)
        return Refused(unique.error());
    const auto done =
        runSql(write.connection(),
               u"INSERT INTO center(id, seq, name, orgid, pcapi_url, api_user, api_pwd, enable_date, expire_date, contactname, contactphone) "
               "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM center), ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
               {center->id, center->name, center->orgid, center->pcapiUrl, center->apiUser, backend.box.seal(request.text("api_pwd")),
                center->period.from, center->period.until, center->contactName, center->contactPhone});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    return recordAnswer("新建算力中心成功", *center);
}

struct StoredCenter {
    QString orgid, password;
    Period period;
};

Outcome<StoredCenter> storedCenter(const QString &id, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT orgid, api_pwd, enable_date, expire_date FROM center WHERE id = ?"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(QString::fromUtf8(centerNotFound) + u": "_s + id, u"id"_s);
    return StoredCenter{row->value(0).toString(), row->value(1).toString(), {row->value(2).toString(), row->value(3).toString()}};
}

Outcome<Answer> updateCpclist(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto stored = storedCenter(request.text("id"), write.connection());
    if (!stored)
        return Refused(stored.error());
    auto center = readCenter(request, stored->period);
    if (!center)
        return Refused(center.error());
    center->id = request.text("id");
    center->orgid = stored->orgid;
    if (auto unique = checkCenterName(*center, write.connection()); !unique)
        return Refused(unique.error());
    const QString password = request.text("api_pwd");
    const QString sealed = password == QLatin1String(secretMask) ? stored->password : backend.box.seal(password);
    const auto done =
        runSql(write.connection(),
               u"UPDATE center SET name = ?, pcapi_url = ?, api_user = ?, api_pwd = ?, enable_date = ?, expire_date = ?, contactname = ?, "
               "contactphone = ? WHERE id = ?"_s,
               {center->name, center->pcapiUrl, center->apiUser, sealed, center->period.from, center->period.until, center->contactName,
                center->contactPhone, center->id});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    return recordAnswer("更新算力中心成功", *center);
}

Outcome<Answer> deleteCpclist(const CheckedRequest &request, Backend &backend)
{
    const QString id = request.text("id");
    const QString org = request.text("orgid");
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto stored = storedCenter(id, write.connection());
    if (!stored)
        return Refused(stored.error());
    if (!org.isEmpty() && org != stored->orgid)
        return refuse(u"算力中心不属于该机构(orgid): %1"_s.arg(org), u"orgid"_s);
    auto nodes = runSql(write.connection(), u"SELECT count(*) FROM node WHERE cpcid = ?"_s, {id});
    if (!nodes || !nodes->next())
        return storageRefusal(nodes ? Error{} : nodes.error());
    if (const qint64 count = nodes->value(0).toLongLong(); count > 0)
        return refuse(u"该算力中心下还有 %1 台算力设备,不能删除;请先移除设备"_s.arg(count), u"id"_s);
    nodes->finish();
    const auto done = runSql(write.connection(), u"DELETE FROM center WHERE id = ?"_s, {id});
    if (!done)
        return storageRefusal(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    std::string data;
    JsonObject object(data);
    object.text("id", id);
    object.text("orgid", stored->orgid);
    object.close();
    return kbossAnswer("删除算力中心成功", data);
}

} // namespace

void addCenterHandlers(HandlerTable &table)
{
    table.insert(u"getCpclist"_s, getCpclist);
    table.insert(u"addCpclist"_s, addCpclist);
    table.insert(u"updateCpclist"_s, updateCpclist);
    table.insert(u"deleteCpclist"_s, deleteCpclist);
}

} // namespace kboss::standalone
