#include "app/standalone/stockwish.h"

#include "app/standalone/podconfig.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

Outcome<void> takeWishes(Need &need, const QString &configId, const QSqlDatabase &connection)
{
    const auto config = storedConfig(configId, connection);
    if (!config)
        return Refused(config.error());
    need.cpuModel = config->texts.value(u"cpu_model"_s);
    need.gpuModel = config->texts.value(u"gpu_model"_s);
    need.memoryModel = config->texts.value(u"memory_model"_s);
    need.selector.clear();
    // As it was accepted: "a=b, c=d".
    const QStringList labels = config->texts.value(u"source_nodeselector"_s).split(u',', Qt::SkipEmptyParts);
    for (const QString &label : labels) {
        const qsizetype at = label.indexOf(u'=');
        need.selector.emplace_back(label.left(at).trimmed(), label.mid(at + 1).trimmed());
    }
    return {};
}

} // namespace kboss::standalone
