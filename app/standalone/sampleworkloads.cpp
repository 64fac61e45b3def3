#include "app/standalone/sampleworkloads.h"

#include "app/standalone/podconfig.h"
#include "app/standalone/samplenames.h"
#include "app/standalone/samplerandom.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

enum Stream : quint64 { ConfigDraws = 51, ConfigIds = 52, SupplierIds = 53, ProductIds = 54 };

constexpr int clustersWithWork = 12;

struct Program {
    const char *name, *controller, *image, *label;
    bool database, gpu;
};
constexpr Program programs[] = {
    {"train-sam2", "StatefulSet", "docker.io/library/ubuntu:22.04", "app:train", false, true},
    {"label-studio", "Deployment", "docker.io/jupyter/base-notebook:latest", "app:jupyter", false, false},
    {"mysql-orders", "StatefulSet", "docker.io/library/mysql:8.0", "app:mysql", true, false},
    {"md-gromacs", "StatefulSet", "docker.io/library/ubuntu:22.04", "app:hpc", false, true},
    {"tile-render", "Deployment", "docker.io/library/ubuntu:22.04", "app:render", false, false},
    {"jupyter-lab", "StatefulSet", "docker.io/jupyter/base-notebook:latest", "app:jupyter", false, true},
    {"nova-gateway", "Deployment", "docker.io/library/ubuntu:22.04", "app:gateway", false, false},
    {"dataset-sync", "CronJob", "docker.io/library/ubuntu:22.04", "app:sync", false, false},
};

QString lowerId(quint64 index)
{
    QString id = QString::fromStdString(sampleId(ConfigIds, index)).toLower();
    for (QChar &c : id) {
        if (c == u'-' || c == u'_')
            c = u'k';
    }
    return u'c' + id.mid(1);
}

struct Place {
    QString clusterId, cpcid, gpuModel;
};

WorkloadTexts drawTexts(const Place &place, const Program &program, SampleRandom &random, int number)
{
    static constexpr int cores[] = {1, 2, 4, 8, 16}, memory[] = {2, 4, 8, 16, 64}, disks[] = {20, 50, 100, 500};
    const bool once = QLatin1String(program.controller) == "CronJob"_L1;
    const bool gpu = program.gpu && !place.gpuModel.isEmpty();
    return {{u"source_name"_s, u"%1-%2"_s.arg(QLatin1String(program.name)).arg(number, 2, 10, QLatin1Char('0'))},
            {u"source_authuser"_s, u"root"_s},
            {u"source_podengine"_s, QLatin1String(program.controller)},
            {u"source_replicasetnum"_s, once ? u"1"_s : QString::number(random.between(1, 3))},
            {u"instance_type"_s, program.database ? u"RelationalDB"_s : u"LinuxOS"_s},
            {u"pod_imagepath"_s, QLatin1String(program.image)},
            {u"source_cpurate"_s, QString::number(random.pick(cores))},
            {u"source_memrate"_s, u"%1Gi"_s.arg(random.pick(memory))},
            {u"source_gpu"_s, gpu ? QString::number(random.between(1, 2)) : u"0"_s},
            {u"gpu_model"_s, gpu ? place.gpuModel : QString()},
            {u"disk_sys_limit"_s, u"20Gi"_s},
            {u"source_storagelimits"_s, u"%1Gi"_s.arg(random.pick(disks))},
            {u"source_mountpath"_s, u"/mnt/data"_s},
            {u"source_portmode"_s, u"NodePort"_s},
            {u"source_apiport"_s, program.database ? u"3306"_s : u"8080"_s},
            {u"source_insideport"_s, program.database ? u"3306"_s : u"8080"_s},
            {u"source_outsideport"_s, QString::number(30100 + number)},
            {u"source_restartpolicy"_s, once ? u"OnFailure"_s : u"Always"_s},
            {u"source_selflabel"_s, QLatin1String(program.label)}};
}

Outcome<void> bookWork(const Place &place, int cluster, Database &database, const SecretBox &box, QDate today)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    const int count = cluster == 0 ? 14 : 3 + cluster % 4;
    for (int number = 0; number < count; ++number) {
        const auto index = static_cast<quint64>(cluster * 100 + number);
        SampleRandom random(ConfigDraws, index);
        PodConfig config;
        config.id = lowerId(index);
        config.cpcid = place.cpcid;
        config.clusterId = place.clusterId;
        config.orgId = u"mIWUHBeeDM8mwAFPIQ8pS"_s;
        config.userName = QString::fromStdString(companyName(random.below(200), false));
        config.state = u"applied"_s;
        config.texts = drawTexts(place, programs[static_cast<size_t>(number) % std::size(programs)], random, number + 1);
        config.password = box.seal(QString::fromStdString(sampleId(ConfigDraws, index)).left(16));
        config.updatedMs = QDateTime(today, QTime(8, 0), Qt::UTC).toMSecsSinceEpoch() - random.between(3600, 60LL * 24 * 3600) * 1000;
        const auto workload = workloadOf(config, box);
        if (!workload)
            return Refused(workload.error());
        if (!checkStock(config.clusterId, needOf(*workload), placedReplicas(*workload), write.connection()))
            continue; // a small cluster is full
        if (auto booked = bookConfig(config, *workload, write); !booked)
            return booked;
    }
    const auto committed = write.commit();
    return committed ? Outcome<void>() : Outcome<void>(storageRefusal(committed.error()));
}

Result<std::vector<Place>> workplaces(const QSqlDatabase &connection)
{
    auto rows =
        runSql(connection,
               u"SELECT c.id, c.cpcid, coalesce((SELECT n.gpu_model FROM member m JOIN node n ON n.id = m.nodeid WHERE m.clusterid = c.id AND "
               "m.control = 0 AND n.gpu_stock > 0 ORDER BY n.seq LIMIT 1), '') FROM cluster c ORDER BY c.seq LIMIT ?"_s,
               {clustersWithWork});
    if (!rows)
        return fail(rows.error());
    std::vector<Place> places;
    while (rows->next())
        places.push_back({rows->value(0).toString(), rows->value(1).toString(), rows->value(2).toString()});
    return places;
}

// The first two places, and the first by the center's name: it is the one that pages show first.
Result<std::vector<Place>> sellers(std::vector<Place> places, const QSqlDatabase &connection)
{
    places.resize(std::min<size_t>(2, places.size()));
    auto row = runSql(connection, u"SELECT c.id, c.cpcid FROM cluster c JOIN center k ON k.id = c.cpcid ORDER BY k.name, c.seq LIMIT 1"_s);
    if (!row)
        return fail(row.error());
    if (!row->next())
        return places;
    const Place first{row->value(0).toString(), row->value(1).toString(), {}};
    if (std::ranges::find(places, first.cpcid, &Place::cpcid) == places.end())
        places.push_back(first);
    return places;
}

// What one of its workers can be: sixteen cores, 64 Gi, a data disk, a card where it has some. Empty where the center does not sell its parts.
Result<QString> combinationOf(const Place &place, const QSqlDatabase &connection)
{
    auto row =
        runSql(connection,
               u"SELECT n.cpu_model, n.memory_model, n.gpu_model, n.gpu_stock FROM member m JOIN node n ON n.id = m.nodeid WHERE m.clusterid = ? "
               "AND m.control = 0 AND n.cpu_stock >= 16 AND n.memory_stock >= 64 AND EXISTS(SELECT 1 FROM part p WHERE p.cpcid = n.cpcid AND "
               "p.type = 'cpu' AND p.model = n.cpu_model) AND EXISTS(SELECT 1 FROM part p WHERE p.cpcid = n.cpcid AND p.type = 'memory' AND "
               "p.model = n.memory_model) ORDER BY n.gpu_stock DESC, n.seq LIMIT 1"_s,
               {place.clusterId});
    if (!row)
        return fail(row.error());
    if (!row->next())
        return QString();
    nlohmann::ordered_json spec = nlohmann::ordered_json::array();
    const auto add = [&spec](const char *type, const QString &model, int amount) {
        spec.push_back({{"type", type}, {"model", model.toStdString()}, {"amount", amount}});
    };
    add("cpu", row->value(0).toString(), 16);
    add("memory", row->value(1).toString(), 64 * 1024);
    add("disk", u"DATA"_s, 200);
    if (row->value(3).toInt() > 0)
        add("gpu", row->value(2).toString(), 1);
    return QString::fromStdString(spec.dump());
}

Result<void> writeProduct(const Place &place, const QString &id, const char *type, const QString &spec, qint64 nowMs, WriteTransaction &write)
{
    auto done = runSql(write.connection(),
                       u"INSERT INTO product(id, seq, supplierid, clusterid, product_type, spec_note, created_ms) SELECT ?, (SELECT "
                       "coalesce(max(seq), 0) + 1 FROM product), id, ?, ?, ?, ? FROM supplier WHERE cpcid = ?"_s,
                       {id, place.clusterId, QLatin1String(type), spec, nowMs, place.cpcid});
    return done ? Result<void>() : Result<void>(fail(done.error()));
}

Result<void> writeSuppliers(Database &database, const std::vector<Place> &places, qint64 nowMs)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return fail(ErrorKind::Storage, u"the database is locked"_s);
    for (size_t i = 0; i < places.size(); ++i) {
        const Place &place = places[i];
        const QString supplier = QString::fromStdString(sampleId(SupplierIds, i));
        auto done = runSql(
            write.connection(),
            u"INSERT OR IGNORE INTO supplier(id, seq, cpcid, name, orgid, created_ms) SELECT ?, ?, id, name, orgid, ? FROM center WHERE id = ?"_s,
            {supplier, static_cast<qint64>(i) + 1, nowMs, place.cpcid});
        if (!done)
            return fail(done.error());
        if (auto made = writeProduct(place, QString::fromStdString(sampleId(ProductIds, i)), "customize", {}, nowMs, write); !made)
            return made;
        const auto spec = combinationOf(place, write.connection());
        if (!spec)
            return fail(spec.error());
        if (spec->isEmpty())
            continue;
        if (auto made = writeProduct(place, QString::fromStdString(sampleId(ProductIds, 100 + i)), "combination", *spec, nowMs, write); !made)
            return made;
    }
    return write.commit();
}

} // namespace

Result<void> writeSampleWorkloads(Database &database, const SecretBox &box, QDate today)
{
    const auto places = workplaces(database.connection());
    if (!places)
        return fail(places.error());
    for (size_t i = 0; i < places->size(); ++i) {
        if (auto booked = bookWork((*places)[i], static_cast<int>(i), database, box, today); !booked)
            return fail(ErrorKind::Storage, u"sample data: "_s + booked.error().message);
    }
    const auto selling = sellers(*places, database.connection());
    if (!selling)
        return fail(selling.error());
    return writeSuppliers(database, *selling, QDateTime(today, QTime(8, 0), Qt::UTC).toMSecsSinceEpoch());
}

} // namespace kboss::standalone
