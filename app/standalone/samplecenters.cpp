#include "app/standalone/samplecenters.h"

#include "app/standalone/bulkinsert.h"
#include "app/standalone/noderecord.h"
#include "app/standalone/samplenames.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

enum Stream : quint64 { CenterDraws = 21, CenterIds = 22, NodeDraws = 23, NodeIds = 24, ClusterIds = 25 };

struct Organization {
    const char *id, *name;
};
constexpr Organization organizations[] = {
    {"mIWUHBeeDM8mwAFPIQ8pS", "首都算力科技有限公司"},         {"q7Rk2vNfX0aLhTzEw3YbC", "东数智算(贵州)有限公司"},
    {"Jd9sWm-4uPcQe1oKxVgHt", "长江云服务股份有限公司"},       {"b2GyZ_8iTnDfMrA5kSvLj", "粤港澳算力调度中心"},
    {"U6hXo3CwEq-1lBpYtRzNd", "Harbour Compute (HK) Limited"},
};

struct Hardware {
    const char *cpu, *memory, *gpu;
    int cores, memoryGi, system, data, cards;
    bool physical;
};
constexpr Hardware hardware[] = {
    {"Intel Xeon Platinum 8358P", "DDR4-3200", "RTX4090-24G", 64, 512, 960, 7680, 8, true},
    {"AMD EPYC 9654", "DDR5-4800", "RTX5090-32G", 192, 1024, 1920, 15360, 8, true},
    {"Intel Xeon Platinum 8480+", "DDR5-4800", "A100-80G", 112, 1024, 1920, 15360, 8, true},
    {"Intel Xeon Platinum 8558", "DDR5-5600", "H20-96G", 96, 2048, 1920, 30720, 8, true},
    {"Kunpeng 920-6426", "DDR4-2933", "Ascend910B-64G", 128, 1024, 960, 7680, 8, true},
    {"Intel Xeon Gold 6348", "DDR4-3200", "L40S-48G", 56, 512, 960, 3840, 4, true},
    {"AMD EPYC 7763", "DDR4-3200", "A10-24G", 128, 512, 480, 3840, 4, true},
    {"Hygon C86 7285", "DDR4-2666", "", 64, 256, 480, 3840, 0, true},
    {"Intel Xeon Gold 6330", "DDR4-3200", "", 56, 256, 480, 1920, 0, true},
    {"STANDARD", "STANDARD", "", 16, 64, 100, 500, 0, false},
    {"STANDARD", "STANDARD", "", 8, 32, 100, 200, 0, false},
    {"STANDARD", "STANDARD", "T4-16G", 32, 128, 200, 1000, 1, false},
};

QString day(QDate date)
{
    return date.toString(Qt::ISODate);
}

// Some past, some within the month, most later, some without end.
QString drawEnd(SampleRandom &random, QDate today)
{
    const qint64 kind = random.below(100);
    if (kind < 8)
        return day(today.addDays(-random.between(1, 120)));
    if (kind < 18)
        return day(today.addDays(random.between(1, 29)));
    if (kind < 38)
        return u"9999-12-31"_s;
    return day(today.addDays(random.between(30, 1400)));
}

QString centerName(int index)
{
    if (index == 0)
        return u"首都算力中心"_s;
    static constexpr const char *kinds[] = {"算力中心", "智算中心", "超算中心", "数据中心", "云计算基地"};
    const QString city = QString::fromUtf8(sampleCity(index).chinese);
    const int turn = index / 48;
    const QString kind = QString::fromUtf8(kinds[static_cast<size_t>(index) % std::size(kinds)]);
    return city + kind + (turn > 0 ? u"%1期"_s.arg(turn + 1) : QString());
}

Result<void> writeOrganizations(sqlite3 *database)
{
    BulkInsert insert(database, u"org"_s, {u"id"_s, u"name"_s});
    for (const Organization &organization : organizations) {
        insert << organization.id << organization.name;
        insert.endRow();
    }
    return insert.outcome();
}

Result<void> writeCenters(sqlite3 *database, const SecretBox &box, int centers, QDate today)
{
    BulkInsert insert(database, u"center"_s,
                      {u"id"_s, u"seq"_s, u"name"_s, u"orgid"_s, u"pcapi_url"_s, u"api_user"_s, u"api_pwd"_s, u"enable_date"_s, u"expire_date"_s,
                       u"contactname"_s, u"contactphone"_s});
    for (int i = 0; i < centers; ++i) {
        SampleRandom random(CenterDraws, static_cast<quint64>(i));
        const std::string id = sampleId(CenterIds, static_cast<quint64>(i));
        const std::string name = centerName(i).toStdString();
        const std::string url = "https://pcapi-" + std::string(sampleCity(i).code) + (i < 48 ? "" : std::to_string(i / 48 + 1)) + ".example.com";
        const std::string password = box.seal(QString::fromStdString(sampleId(CenterDraws, static_cast<quint64>(i))).left(14)).toStdString();
        const std::string from = day(today.addDays(-random.between(150, 720))).toStdString();
        const std::string until = drawEnd(random, today).toStdString();
        const std::string contact = personName(random);
        const std::string phone = random.chance(60) ? std::string() : phoneNumber(random);
        insert << id << i + 1 << name << organizations[random.chance(600) ? 0 : static_cast<size_t>(random.below(5))].id << url << "kboss-api"
               << password << from << until << contact << phone;
        insert.endRow();
    }
    return insert.outcome();
}

struct Place {
    int center = 0, number = 0, share = 0; // number of the node in its center, which has `share`
};

// Uneven on purpose: every tenth center has no node yet, the first ones have many.
std::vector<int> nodesPerCenter(int centers, int nodes)
{
    std::vector<int> share(static_cast<size_t>(centers), 0);
    for (int placed = 0, i = 0; placed < nodes; ++i) {
        const int center = i % centers;
        if (center % 10 == 9)
            continue;
        const int wanted = std::min(nodes - placed, center % 7 == 0 ? 8 : 1 + center % 4);
        share[static_cast<size_t>(center)] += wanted;
        placed += wanted;
    }
    return share;
}

// Twelve nodes a group: up to ten of the first three groups are a cluster, the rest idle.
void drawCluster(Node &node, const Place &place)
{
    constexpr int groupSize = 12;
    const int group = place.number / groupSize, member = place.number % groupSize;
    const int members = std::min(groupSize, place.share - group * groupSize) - 2;
    const bool occupied = group < 3 && member < members;
    node.status = occupied ? u"1"_s : u"0"_s;
    if (!occupied)
        return;
    node.clusterId = QString::fromStdString(sampleId(ClusterIds, static_cast<quint64>(place.center) * 1000 + static_cast<quint64>(group)));
    node.clusterName = u"%1-k8s-%2"_s.arg(QLatin1String(sampleCity(place.center).code)).arg(group + 1, 2, 10, QLatin1Char('0'));
    node.role = member < (group == 0 && members > 6 ? 3 : 1) ? u"master"_s : u"worker"_s;
}

Node sampleNode(const Place &place, int index, const SecretBox &box, QDate today)
{
    SampleRandom random(NodeDraws, static_cast<quint64>(index));
    const Hardware &machine = random.pick(hardware);
    Node node;
    node.id = QString::fromStdString(sampleId(NodeIds, static_cast<quint64>(index)));
    node.cpcid = QString::fromStdString(sampleId(CenterIds, static_cast<quint64>(place.center)));
    drawCluster(node, place);
    const QString code = QLatin1String(sampleCity(place.center).code);
    const char *kind = !machine.physical ? "vm" : machine.cards > 0 ? "gpu" : "cpu";
    node.name = u"%1-%2-%3"_s.arg(code, QLatin1String(kind)).arg(place.number + 1, 3, 10, QLatin1Char('0'));
    node.ip = u"10.%1.%2.%3"_s.arg(place.center + 1).arg(place.number / 240).arg(place.number % 240 + 10);
    node.deviceType = machine.physical ? u"1"_s : u"0"_s;
    node.sshPort = random.chance(120) ? 2222 : 22;
    node.adminUser = random.chance(700) ? u"root"_s : u"kboss"_s;
    node.password = box.seal(node.id.right(12));
    node.period = {day(today.addDays(-random.between(140, 700))), drawEnd(random, today)};
    if (random.chance(180))
        node.externalIp = u"203.0.113.%1"_s.arg(random.between(2, 250));
    node.cpuModel = QLatin1String(machine.cpu);
    node.memoryModel = QLatin1String(machine.memory);
    node.gpuModel = machine.cards > 0 ? QString::fromLatin1(machine.gpu) : u"STANDARD"_s;
    node.cpu = machine.cores;
    node.memory = machine.memoryGi;
    node.sysDisk = machine.system;
    node.dataDisk = machine.data;
    node.gpu = machine.cards;
    return node;
}

void insertNode(BulkInsert &insert, const Node &node, int seq)
{
    std::vector<std::string> texts; // what is bound must live until the row ends
    const auto values = nodeValues(node);
    texts.reserve(static_cast<size_t>(values.size()) + 1);
    texts.push_back(node.id.toStdString());
    insert << seq << texts.back();
    for (const QVariant &value : values) {
        if (value.metaType() == QMetaType::fromType<QString>()) {
            texts.push_back(value.toString().toStdString());
            insert << texts.back();
        } else if (value.isValid()) {
            insert << value.toLongLong();
        } else {
            insert.null();
        }
    }
    insert.endRow();
}

} // namespace

Result<void> writeSampleCenters(sqlite3 *database, const SecretBox &box, int centers, int nodes, QDate today, std::vector<Node> &occupied)
{
    if (auto done = writeOrganizations(database); !done)
        return done;
    if (auto done = writeCenters(database, box, centers, today); !done)
        return done;
    BulkInsert insert(database, u"node"_s, QStringList{u"seq"_s, u"id"_s} + nodeColumns());
    const auto shares = nodesPerCenter(centers, nodes);
    int index = 0;
    for (int center = 0; center < centers; ++center) {
        const int share = shares[static_cast<size_t>(center)];
        for (int number = 0; number < share; ++number, ++index) {
            const Node node = sampleNode({center, number, share}, index, box, today);
            insertNode(insert, node, index + 1);
            if (!node.clusterId.isEmpty())
                occupied.push_back(node);
        }
    }
    return insert.outcome();
}

} // namespace kboss::standalone
