#include "app/standalone/sampleparts.h"

#include "app/standalone/bulkinsert.h"
#include "app/standalone/samplerandom.h"

#include <map>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

enum Stream : quint64 { PartIds = 41, PartDraws = 42, LabelIds = 43 };

struct Price {
    const char *model, *price; // yuan an hour and unit
};
constexpr Price gpuPrices[] = {{"RTX4090-24G", "4"}, {"RTX5090-32G", "6"},      {"A100-80G", "18"}, {"H20-96G", "9.6"},
                               {"L40S-48G", "7.5"},  {"Ascend910B-64G", "8.2"}, {"A10-24G", "3.2"}, {"T4-16G", "1.8"}};
constexpr const char *cpuPrices[] = {"0.08", "0.12", "0.15", "0.18", "0.22"};
constexpr const char *memoryPrices[] = {"0.005", "0.008", "0.012", "0.02"};

using PartKey = std::pair<std::string, std::string>; // type, model
using Stock = std::map<PartKey, std::map<std::string, qint64>>; // cluster → base units

void addHardware(Stock &stock, const Node &node)
{
    const std::string cluster = node.clusterId.toStdString();
    const auto add = [&](const char *type, const QString &model, qint64 amount) {
        if (amount > 0)
            stock[{type, model.toStdString()}][cluster] += amount;
    };
    add("cpu", node.cpuModel, node.cpu * 1000);
    add("memory", node.memoryModel, node.memory * 1024);
    add("disk", u"SYS"_s, node.sysDisk * 1024);
    add("disk", u"DATA"_s, node.dataDisk * 1024);
    add("gpu", node.gpuModel, node.gpu);
}

std::string priceOf(const PartKey &part, SampleRandom &random)
{
    if (part.first == "cpu")
        return random.pick(cpuPrices);
    if (part.first == "memory")
        return random.pick(memoryPrices);
    if (part.first == "disk")
        return part.second == "SYS" ? "0.005" : "0.01";
    for (const Price &price : gpuPrices) {
        if (part.second == price.model)
            return price.price;
    }
    return "2";
}

class PartWriter {
public:
    PartWriter(sqlite3 *database, qint64 updatedMs)
        : m_parts(database, u"part"_s,
                  {u"id"_s, u"seq"_s, u"cpcid"_s, u"type"_s, u"model"_s, u"unit_price"_s, u"resource_unit"_s, u"charge_unit"_s, u"account_unit"_s,
                   u"updated_ms"_s}),
          m_stocks(database, u"part_stock"_s, {u"partid"_s, u"clusterid"_s, u"stock"_s, u"consumed"_s}), m_updatedMs(updatedMs)
    {
    }

    void write(const std::string &center, const Stock &stock)
    {
        for (const auto &[part, clusters] : stock) {
            SampleRandom random(PartDraws, static_cast<quint64>(++m_seq));
            const std::string id = sampleId(PartIds, static_cast<quint64>(m_seq)), price = priceOf(part, random);
            const char *unit = part.first == "cpu" ? "核" : part.first == "gpu" ? "卡" : "Gi";
            m_parts << id << m_seq << center << part.first << part.second << price << unit << "小时"
                    << "元" << m_updatedMs - random.below(90LL * 24 * 3600 * 1000);
            m_parts.endRow();
            for (const auto &[cluster, amount] : clusters) {
                m_stocks << id << cluster << amount << 0;
                m_stocks.endRow();
            }
        }
    }

    Result<void> outcome() const { return m_parts.outcome() ? m_stocks.outcome() : m_parts.outcome(); }

private:
    BulkInsert m_parts, m_stocks;
    qint64 m_updatedMs;
    qint64 m_seq = 0;
};

struct SampleLabel {
    const char *name, *type, *key, *value;
};
constexpr SampleLabel labels[] = {
    {"GPU 设备", "1", "kyy-gpu", "true"}, {"非 GPU 设备", "1", "kyy-gpu", "false"}, {"一号机房", "1", "zone", "b1"},
    {"二号机房", "1", "zone", "b2"},      {"三号机房", "1", "zone", "b3"},          {"Ubuntu 实例", "0", "app", "ubuntu"},
    {"MySQL 实例", "0", "app", "mysql"},  {"Jupyter 实例", "0", "app", "jupyter"},
};

Result<void> writeLabels(sqlite3 *database, qint64 updatedMs)
{
    BulkInsert insert(database, u"label"_s,
                      {u"id"_s, u"seq"_s, u"name"_s, u"orgid"_s, u"labeltype"_s, u"label_key"_s, u"label_value"_s, u"updated_ms"_s});
    qint64 seq = 0;
    for (const SampleLabel &label : labels) {
        const std::string id = sampleId(LabelIds, static_cast<quint64>(++seq));
        insert << id << seq << label.name << "mIWUHBeeDM8mwAFPIQ8pS" << label.type << label.key << label.value << updatedMs;
        insert.endRow();
    }
    return insert.outcome();
}

} // namespace

Result<void> writeSampleParts(sqlite3 *database, const std::vector<Node> &occupied, qint64 updatedMs)
{
    PartWriter writer(database, updatedMs);
    Stock stock;
    QString center;
    for (const Node &node : occupied) {
        if (node.cpcid != center && !stock.empty()) {
            writer.write(center.toStdString(), stock);
            stock.clear();
        }
        center = node.cpcid;
        if (node.role != u"master"_s)
            addHardware(stock, node);
    }
    if (!stock.empty())
        writer.write(center.toStdString(), stock);
    if (auto done = writer.outcome(); !done)
        return done;
    return writeLabels(database, updatedMs);
}

} // namespace kboss::standalone
