#include "app/standalone/sampleclusters.h"

#include "app/standalone/bulkinsert.h"
#include "app/standalone/jobwork.h"
#include "app/standalone/samplerandom.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

enum Stream : quint64 { ClusterDraws = 31, MemberDraws = 32 };

std::string day(QDate date)
{
    return date.toString(Qt::ISODate).toStdString();
}

qint64 startOf(QDate date)
{
    return QDateTime(date, QTime(9, 30), Qt::UTC).toMSecsSinceEpoch();
}

Result<void> writeClusters(sqlite3 *database, const SecretBox &box, const std::vector<Node> &occupied, qint64 background, QDate today)
{
    BulkInsert insert(database, u"cluster"_s,
                      {u"id"_s, u"seq"_s, u"cpcid"_s, u"name"_s, u"clustertype"_s, u"controllerid"_s, u"enable_date"_s, u"export_date"_s,
                       u"clusterjoin"_s, u"kubeconfig"_s, u"ready"_s, u"backend"_s, u"version"_s, u"certificate_date"_s, u"created_ms"_s,
                       u"background_pods"_s});
    static constexpr const char *versions[] = {"v1.28.2", "v1.28.2", "v1.30.14", "v1.31.9"};
    QString last;
    qint64 seq = 0;
    for (const Node &node : occupied) {
        if (node.clusterId == last)
            continue;
        last = node.clusterId;
        SampleRandom random(ClusterDraws, static_cast<quint64>(++seq));
        const QDate from = today.addDays(-random.between(40, 340));
        const std::string id = node.clusterId.toStdString(), center = node.cpcid.toStdString(), name = node.clusterName.toStdString();
        const std::string controller = node.id.toStdString(), begin = day(from);
        const std::string end = random.chance(300) ? std::string("9999-12-31") : day(today.addDays(random.between(12, 900)));
        const std::string join = box.seal(sampleJoinCommand(node.ip)).toStdString();
        const std::string config = box.seal(sampleKubeconfig(node.clusterName, node.ip)).toStdString();
        const std::string certificate = day(from.addYears(1)); // kubeadm's certificates live for one year
        insert << id << seq << center << name << "0" << controller << begin << end << join << config << 1 << "simulated" << random.pick(versions)
               << certificate << startOf(from) << (seq == 1 ? background : 0);
        insert.endRow();
    }
    return insert.outcome();
}

Result<void> writeMembers(sqlite3 *database, const std::vector<Node> &occupied, QDate today)
{
    BulkInsert insert(database, u"member"_s, {u"nodeid"_s, u"clusterid"_s, u"host_name"_s, u"control"_s, u"cordoned"_s, u"joined_ms"_s});
    for (size_t i = 0; i < occupied.size(); ++i) {
        const Node &node = occupied[i];
        SampleRandom random(MemberDraws, i);
        const bool control = node.role == u"master"_s;
        const std::string id = node.id.toStdString(), cluster = node.clusterId.toStdString(), host = hostNameFor(node.name).toStdString();
        insert << id << cluster << host << int(control) << int(!control && random.chance(40)) << startOf(today.addDays(-random.between(1, 38)));
        insert.endRow();
    }
    return insert.outcome();
}

Result<void> writeMemberLabels(sqlite3 *database, const std::vector<Node> &occupied)
{
    BulkInsert insert(database, u"member_label"_s, {u"nodeid"_s, u"label_key"_s, u"label_value"_s});
    static constexpr const char *zones[] = {"b1", "b2", "b3"};
    for (size_t i = 0; i < occupied.size(); ++i) {
        const std::string id = occupied[i].id.toStdString();
        insert << id << "kyy-gpu" << (occupied[i].gpu > 0 ? "true" : "false");
        insert.endRow();
        insert << id << "zone" << zones[i % std::size(zones)];
        insert.endRow();
    }
    return insert.outcome();
}

} // namespace

Result<void> writeSampleClusters(sqlite3 *database, const SecretBox &box, const std::vector<Node> &occupied, qint64 background, QDate today)
{
    if (auto done = writeClusters(database, box, occupied, background, today); !done)
        return done;
    if (auto done = writeMembers(database, occupied, today); !done)
        return done;
    return writeMemberLabels(database, occupied);
}

} // namespace kboss::standalone
