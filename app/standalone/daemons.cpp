#include "app/standalone/podconfig.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

bool isDaemon(const PodConfig &config)
{
    return config.texts.value(u"source_podengine"_s) == u"DaemonSet"_s;
}

} // namespace

Outcome<QSet<QString>> daemonsOf(const QString &clusterId, const QSqlDatabase &connection)
{
    const auto configs = configsOf(clusterId, connection);
    if (!configs)
        return Refused(configs.error());
    QSet<QString> ids;
    for (const PodConfig &config : *configs) {
        if (isDaemon(config))
            ids.insert(config.id);
    }
    return ids;
}

Outcome<void> placeDaemons(const QString &nodeId, const QString &clusterId, const SecretBox &box, WriteTransaction &write)
{
    const auto configs = configsOf(clusterId, write.connection());
    if (!configs)
        return Refused(configs.error());
    for (const PodConfig &config : *configs) {
        if (!isDaemon(config) || config.state == u"removing"_s)
            continue;
        const auto workload = workloadOf(config, box);
        if (!workload)
            return Refused(workload.error());
        if (const auto placed = placeOn(nodeId, config.id, clusterId, needOf(*workload), write); !placed)
            return Refused(placed.error());
    }
    return {};
}

Outcome<void> endDaemons(const QString &nodeId, const QString &clusterId, WriteTransaction &write)
{
    const auto daemons = daemonsOf(clusterId, write.connection());
    if (!daemons)
        return Refused(daemons.error());
    for (const QString &id : *daemons) {
        if (auto given = giveStockOf(nodeId, id, clusterId, write); !given)
            return given;
    }
    return {};
}

} // namespace kboss::standalone
