#include "app/services/installplaces.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

std::optional<InstallPlace> readJump(const QString &text)
{
    static const QRegularExpression form(u"^([^@\\s]+)@(?:\\[([0-9A-Fa-f:.]+)\\]|([^@\\s:]+))(?::(\\d{1,5}))?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    const int port = match.captured(4).isEmpty() ? 22 : match.captured(4).toInt();
    if (!match.hasMatch() || port < 1 || port > 65535)
        return std::nullopt;
    InstallPlace place;
    place.host = text;
    place.user = match.captured(1);
    place.address = {match.captured(2).isEmpty() ? match.captured(3) : match.captured(2), static_cast<quint16>(port)};
    place.isJumpOnly = true;
    return place;
}

std::vector<InstallPlace> placesOf(const InstallPlan &plan)
{
    std::vector<InstallPlace> jumps, hosts;
    for (const PlanHost &host : plan.hosts) {
        if (host.name.isEmpty() || host.address.isEmpty() || host.port < 1 || host.port > 65535 || placeNamed(hosts, host.name))
            continue;
        hosts.push_back({host.name, {host.address, static_cast<quint16>(host.port)}, host.user, host.jump, false});
        if (plan.find(host.jump) || placeNamed(jumps, host.jump))
            continue;
        if (const auto jump = readJump(host.jump))
            jumps.push_back(*jump);
    }
    jumps.insert(jumps.end(), hosts.begin(), hosts.end());
    return jumps;
}

const InstallPlace *placeNamed(const std::vector<InstallPlace> &places, const QString &host)
{
    const auto found = std::find_if(places.begin(), places.end(), [&host](const InstallPlace &place) { return place.host == host; });
    return found == places.end() ? nullptr : &*found;
}

} // namespace kboss
