#include "models/quoteparts.h"

#include "models/rowcells.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using nlohmann::json;

QString jsonText(const json &object, const char *member)
{
    const auto found = object.find(member);
    if (found == object.end() || found->is_null())
        return {};
    return QString::fromStdString(found->is_string() ? found->get<std::string>() : found->dump());
}

Decimal jsonNumber(const json &object, const char *member)
{
    return Decimal::parse(jsonText(object, member)).value_or(Decimal());
}

Decimal difference(const Decimal &a, const Decimal &b)
{
    return a.minus(b).value_or(Decimal());
}

// The clusters of a part, as the list gives them: an array in one member.
std::vector<ClusterStock> readStocks(const QString &text, const QString &type, const QString &unit)
{
    const json list = json::parse(text.toStdString(), nullptr, false);
    std::vector<ClusterStock> stocks;
    if (!list.is_array())
        return stocks;
    for (const json &object : list) {
        if (!object.is_object())
            continue;
        ClusterStock stock;
        stock.clusterId = jsonText(object, "clusterid");
        stock.clusterName = jsonText(object, "clustername");
        const Decimal whole = jsonNumber(object, "stock");
        stock.stock = wholeAmount(type, unit, whole);
        stock.left = wholeAmount(type, unit, difference(whole, jsonNumber(object, "consumed")));
        stocks.push_back(std::move(stock));
    }
    return stocks;
}

} // namespace

const ClusterStock *PartOffer::in(const QString &clusterId) const
{
    const auto found = std::find_if(stocks.begin(), stocks.end(), [&clusterId](const ClusterStock &stock) { return stock.clusterId == clusterId; });
    return found == stocks.end() ? nullptr : &*found;
}

int partRank(const QString &type)
{
    static const QString order[] = {u"cpu"_s, u"memory"_s, u"disk"_s, u"gpu"_s};
    return static_cast<int>(std::find(std::begin(order), std::end(order), type) - std::begin(order));
}

qint64 wholeAmount(const QString &type, const QString &unit, const Decimal &amount)
{
    const bool memory = type == "memory"_L1, disk = type == "disk"_L1;
    qint64 times = 1, parts = 1;
    if (unit == "Gi"_L1)
        times = memory ? 1024 : 1;
    else if (unit == "Mi"_L1)
        parts = disk ? 1024 : 1;
    else if (unit == "Ti"_L1)
        times = memory ? 1024 * 1024 : 1024;
    else if (unit == "m"_L1 && type == "cpu"_L1)
        parts = 1000;
    const Result<Decimal> larger = amount.times(Decimal(times));
    const Result<Decimal> whole = larger ? larger->dividedBy(Decimal(parts), 0, Rounding::Floor) : larger;
    return std::max<qint64>(0, whole ? whole->toInt64().value_or(std::numeric_limits<qint64>::max()) : 0);
}

std::vector<PartOffer> readOffers(const ResourceType &type, const std::vector<Row> &rows)
{
    std::vector<PartOffer> offers;
    for (const Row &row : rows) {
        const RowCells cells(type, row);
        PartOffer offer;
        offer.id = row.key;
        offer.type = cells.text("type");
        offer.model = cells.text("model");
        const auto price = cells.known("unit_price");
        offer.priced = price && *price >= Decimal(0);
        offer.unitPrice = price.value_or(Decimal());
        offer.resourceUnit = cells.text("resource_unit");
        offer.chargeUnit = cells.text("charge_unit");
        offer.accountUnit = cells.text("account_unit");
        offer.stocks = readStocks(cells.text("import_export"), offer.type, offer.resourceUnit);
        if (!offer.type.isEmpty() && !offer.model.isEmpty())
            offers.push_back(std::move(offer));
    }
    std::stable_sort(offers.begin(), offers.end(), [](const PartOffer &a, const PartOffer &b) {
        const int left = partRank(a.type), right = partRank(b.type);
        return left != right ? left < right : a.type != b.type ? a.type < b.type : a.model < b.model;
    });
    return offers;
}

std::vector<NodeSpace> readSpaces(const ResourceType &type, const std::vector<Row> &rows)
{
    std::vector<NodeSpace> spaces;
    for (const Row &row : rows) {
        const RowCells cells(type, row);
        const auto left = [&cells](const char *total, const char *used) { return difference(cells.number(total), cells.number(used)); };
        NodeSpace space;
        space.name = cells.text("node_name");
        space.clusterId = cells.text("clusterid");
        const QString role = cells.text("role");
        space.usable = !cells.flag("cordoned") && role != "master"_L1 && role != "control"_L1;
        space.cpuModel = cells.text("cpu_model");
        space.memoryModel = cells.text("memory_model");
        space.gpuModel = cells.text("gpu_model");
        space.cores = wholeAmount(u"cpu"_s, u"核"_s, left("cpu_total", "cpu_used"));
        space.memoryMi = wholeAmount(u"memory"_s, u"Gi"_s, left("memory_total", "memory_used"));
        space.systemGi = wholeAmount(u"disk"_s, u"Gi"_s, left("sysdisk_total", "sysdisk_used"));
        space.dataGi = wholeAmount(u"disk"_s, u"Gi"_s, left("datadisk_total", "datadisk_used"));
        space.cards = wholeAmount(u"gpu"_s, u"卡"_s, left("gpu_total", "gpu_used"));
        spaces.push_back(std::move(space));
    }
    return spaces;
}

const PartOffer *findOffer(const std::vector<PartOffer> &offers, const QString &type, const QString &model)
{
    const auto found = std::find_if(offers.begin(), offers.end(), [&](const PartOffer &offer) { return offer.type == type && offer.model == model; });
    return found == offers.end() ? nullptr : &*found;
}

QuotePart quotePart(const PartOffer &offer, qint64 amount)
{
    return {offer.type, offer.model, amount, offer.unitPrice, offer.resourceUnit, offer.chargeUnit, offer.accountUnit, offer.priced};
}

} // namespace kboss
