// InstallDesk: hosts from the idle nodes of a center.
#include "app/services/installdesk_p.h"

#include "app/api/apiclient.h"
#include "app/base/watchresult.h"
#include "app/cache/cachestore.h"
#include "app/cluster/addressrange.h"
#include "app/services/pagecursor.h"

#include <QRegularExpression>
#include <QSet>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostNodes = 5'000;

TableSchema nodeSchema()
{
    TableSchema schema;
    schema.resource = u"compute-node"_s;
    schema.key = u"id"_s;
    for (const QString &id : {u"id"_s, u"name"_s, u"ip"_s, u"sshport"_s, u"adminuser"_s, u"node_status"_s}) {
        FieldSchema field;
        field.id = field.pointer = id;
        field.type = id == u"sshport"_s ? FieldType::Integer : FieldType::Text;
        schema.fields.push_back(std::move(field));
    }
    return schema;
}

QString cellText(const Row &row, const TableSchema &schema, const QString &field)
{
    const int at = schema.indexOf(field);
    if (at < 0 || static_cast<size_t>(at) >= row.cells.size())
        return {};
    const auto *text = std::get_if<QString>(&row.cells[static_cast<size_t>(at)]);
    return text ? text->trimmed() : QString();
}

int cellNumber(const Row &row, const TableSchema &schema, const QString &field)
{
    const int at = schema.indexOf(field);
    const auto *number = at < 0 ? nullptr : std::get_if<qint64>(&row.cells[static_cast<size_t>(at)]);
    return number && *number > 0 && *number <= 65535 ? static_cast<int>(*number) : 22;
}

// A name of a host that nobody in the list has yet.
QString hostName(const QString &wanted, const QString &address, QSet<QString> *taken)
{
    static const QRegularExpression label(u"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"_s), others(u"[^0-9a-f]+"_s);
    QString name = wanted.toLower();
    if (!label.match(name).hasMatch() || taken->contains(name))
        name = u"host-"_s + QString(address).replace(others, u"-"_s);
    const QString base = name;
    for (int i = 2; taken->contains(name); ++i)
        name = u"%1-%2"_s.arg(base).arg(i);
    taken->insert(name);
    return name;
}

HostList hostsOf(const std::vector<Row> &rows, const TableSchema &schema)
{
    HostList list;
    QSet<QString> names, places;
    for (const Row &row : rows) {
        if (row.key.isEmpty() || (schema.indexOf(u"node_status"_s) >= 0 && cellText(row, schema, u"node_status"_s) != u"0"_s))
            continue;
        ++list.rows;
        const QString written = cellText(row, schema, u"ip"_s);
        const auto address = parseAddress(written);
        const int port = cellNumber(row, schema, u"sshport"_s);
        const QString place = u"%1 %2"_s.arg(address ? address->toString() : QString()).arg(port);
        if (!address || places.contains(place)) {
            list.faults.push_back({list.rows, 0, address ? HostListFault::Why::Twice : HostListFault::Why::NotAnAddress, written});
            continue;
        }
        places.insert(place);
        PlanHost host;
        host.address = address->toString();
        host.name = hostName(cellText(row, schema, u"name"_s), host.address, &names);
        host.port = port;
        host.user = cellText(row, schema, u"adminuser"_s);
        list.hosts.push_back(std::move(host));
    }
    return list;
}

using Promise = std::shared_ptr<QPromise<Result<HostList>>>;

void give(const Promise &promise, Result<HostList> list)
{
    promise->addResult(std::move(list));
    promise->finish();
}

void fromCache(QObject *context, CacheStore *store, const DatasetId &id, const Promise &promise)
{
    const auto source = store ? store->source(id) : Result<RowSourcePtr>(fail(ErrorKind::NotFound, u"The nodes of this center were never read"_s));
    if (!source)
        return give(promise, fail(source.error()));
    watchResult((*source)->open({}), context, [context, promise, source = *source](const Result<RowViewPtr> &view) {
        if (!view)
            return give(promise, fail(view.error()));
        watchResult((*view)->window(0, mostNodes), context, [promise, source, kept = *view](const Result<std::vector<Row>> &rows) {
            give(promise, rows ? Result<HostList>(hostsOf(*rows, source->schema())) : Result<HostList>(fail(rows.error())));
        });
    });
}

} // namespace

QFuture<Result<HostList>> InstallDesk::idleNodes(const QString &centerId)
{
    auto promise = std::make_shared<QPromise<Result<HostList>>>();
    promise->start();
    const nlohmann::json parameters{{"cpcid", centerId.toStdString()}};
    const DatasetId cached{d->shared->parts.dataKey, u"getCpcnode"_s, QString::fromStdString(parameters.dump())};
    ApiClient *client = d->shared->parts.client ? d->shared->parts.client() : nullptr;
    const OperationHandle operation = client ? operationHandle(client->contracts(), u"getCpcidleDevice"_s) : nullptr;
    if (!operation) {
        fromCache(this, d->shared->parts.store, cached, promise);
        return promise->future();
    }
    watchResult(client->send({operation->id, parameters, {}}), this, [this, promise, operation, cached](const Result<WireResponse> &answer) {
        if (!answer && (answer.error().kind == ErrorKind::Offline || answer.error().kind == ErrorKind::Timeout))
            return fromCache(this, d->shared->parts.store, cached, promise);
        if (!answer)
            return give(promise, fail(answer.error()));
        auto decode = [operation, response = *answer]() -> Result<HostList> {
            RowDecoder decoder(nodeSchema());
            const auto page = decodeRows(*operation, response, decoder);
            if (!page)
                return fail(page.error());
            std::vector<Row> rows;
            for (int i = 0; i < std::min(page->rows.rowCount(), mostNodes); ++i)
                rows.push_back(page->rows.toRow(i));
            return hostsOf(rows, decoder.schema());
        };
        watchResult(InstallShared::run(d->shared->acts, std::move(decode)), this, [promise](const Result<HostList> &list) { give(promise, list); });
    });
    return promise->future();
}

} // namespace kboss
