#include "app/standalone/quoterequest.h"

#include <algorithm>

namespace kboss::standalone {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr qint64 mostAmount = 1'000'000'000;

Refused unreadable(const QString &field, const QString &reason)
{
    return refuse(u"参数 %1: %2"_s.arg(field, reason), field);
}

Outcome<AskedPart> readPart(const json &object, const QString &field)
{
    const auto text = [&object](const char *name) {
        return object.is_object() && object.contains(name) && object[name].is_string() ? QString::fromStdString(object[name].get<std::string>())
                                                                                       : QString();
    };
    AskedPart part{text("type"), text("model"), 0};
    if (part.type.isEmpty())
        return unreadable(field, u"每一项都要有 type"_s);
    if (part.model.isEmpty())
        return unreadable(field, u"%1 缺少 model"_s.arg(part.type));
    if (!object.contains("amount") || !object["amount"].is_number_integer())
        return unreadable(field, u"%1 的 amount 必须是整数"_s.arg(part.type));
    if (object["amount"].is_number_unsigned() && object["amount"].get<quint64>() > static_cast<quint64>(mostAmount))
        return unreadable(field, u"%1 的 amount 过大"_s.arg(part.type));
    part.amount = object["amount"].get<qint64>();
    if (part.amount <= 0)
        return unreadable(field, u"%1 的 amount 必须大于 0"_s.arg(part.type));
    return part;
}

Outcome<std::vector<AskedPart>> readList(const json &list, const QString &field)
{
    if (!list.is_array() || list.empty() || list.size() > 100)
        return unreadable(field, u"必须是 1 到 100 项的 JSON 数组"_s);
    std::vector<AskedPart> parts;
    for (const json &object : list) {
        auto part = readPart(object, field);
        if (!part)
            return Refused(part.error());
        parts.push_back(std::move(*part));
    }
    return parts;
}

// Where a part goes in a need.
struct Taker {
    const char *type;
    qint64 Need::*amount;
    QString Need::*model; // null: there is one only
    qint64 base; // base units in one unit of amounts
};
constexpr Taker systemDisk{"disk", &Need::systemDiskMi, nullptr, 1024};
constexpr Taker takers[] = {{"cpu", &Need::cpuMilli, &Need::cpuModel, 1000},
                            {"memory", &Need::memoryMi, &Need::memoryModel, 1},
                            {"disk", &Need::dataDiskMi, &Need::dataDiskModel, 1024},
                            {"gpu", &Need::gpus, &Need::gpuModel, 1}};

const Taker *takerOf(const AskedPart &part)
{
    if (part.type == u"disk"_s && part.model == u"SYS"_s)
        return &systemDisk;
    const auto found = std::ranges::find_if(takers, [&part](const Taker &taker) { return part.type == QLatin1String(taker.type); });
    return found == std::end(takers) ? nullptr : &*found;
}

} // namespace

Outcome<std::vector<AskedPart>> readAskedParts(const QString &text, const char *field)
{
    return readList(json::parse(text.toStdString(), nullptr, false), QLatin1String(field));
}

Outcome<std::vector<Combination>> readCombinations(const QString &text)
{
    const json list = json::parse(text.toStdString(), nullptr, false);
    if (!list.is_array() || list.size() > 1000)
        return unreadable(u"resources"_s, u"必须是 JSON 数组"_s);
    std::vector<Combination> combinations;
    for (const json &object : list) {
        if (!object.is_object() || !object.contains("id") || !object["id"].is_string() || !object.contains("resources"))
            return unreadable(u"resources"_s, u"每一项都要有 id 和 resources"_s);
        auto parts = readList(object["resources"], u"resources"_s);
        if (!parts)
            return Refused(parts.error());
        combinations.push_back({QString::fromStdString(object["id"].get<std::string>()), std::move(*parts)});
    }
    return combinations;
}

Outcome<std::vector<std::pair<QString, QString>>> readSelector(const QString &text, const char *field)
{
    std::vector<std::pair<QString, QString>> selector;
    const QStringList labels = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &label : labels) {
        const qsizetype at = label.indexOf(u'=');
        if (at <= 0 || label.left(at).trimmed().isEmpty())
            return unreadable(QLatin1String(field), u"标签要写成 key=value: %1"_s.arg(label.trimmed()));
        selector.emplace_back(label.left(at).trimmed(), label.mid(at + 1).trimmed());
    }
    return selector;
}

Outcome<Need> needOf(const std::vector<AskedPart> &parts, const char *field)
{
    Need need;
    for (const AskedPart &part : parts) {
        const Taker *taker = takerOf(part);
        if (!taker)
            return unreadable(QLatin1String(field), u"没有该类型组件: %1"_s.arg(part.type));
        need.*taker->amount += part.amount * taker->base;
        if (!taker->model)
            continue;
        QString &model = need.*taker->model;
        if (!model.isEmpty() && model != part.model)
            return unreadable(QLatin1String(field), u"一个实例不能有两种 %1 型号: %2、%3"_s.arg(part.type, model, part.model));
        model = part.model;
    }
    return need;
}

} // namespace kboss::standalone
