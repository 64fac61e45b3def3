#pragma once

#include "tests/support/killground.h"

#include <QRegularExpression>
#include <QSet>

namespace kboss::test {

// A cluster of three control planes, a worker and an add-on is installed twice: once undisturbed, once by consoles that are killed at this moment of every phase.
// Every host becomes what it became before, and nothing that was done is done twice.
class KilledPhases {
public:
    static QString troubleWith(Moment moment)
    {
        KilledPhases killed;
        return killed.run(moment);
    }

private:
    static constexpr int mostTries = 4;

    static std::unique_ptr<InstallGround> ground(std::vector<int> *numbers)
    {
        size_t next = 0;
        auto made = std::make_unique<InstallGround>(3, 1, 0, [numbers, &next](HostOptions &options) { options.number = numbers->empty() ? 0 : numbers->at(next++); });
        const bool first = numbers->empty();
        for (int i = 0; first && i < made->lab->size(); ++i)
            numbers->push_back((*made->lab)[i].options().number);
        made->plan = [](LabInstall &install) {
            install.plan.addons = {u"metrics-server"_s};
            install.bring(u"metrics-server.yaml"_s, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: metrics-server\n  namespace: kube-system\ndata:\n  a: b\n");
            install.write(u"platform-ms"_s, "400");
        };
        if (!made->start()) {
            qWarning("%s", qPrintable(made->lab->errorText()));
            return nullptr;
        }
        (*made->lab)[3].slow(u"kubeadm"_s, u"join"_s, 3); // else it is over while a console starts that looks at another host
        return made;
    }

    // All phases that hosts take part in, each on a host whose steps are not over while another's are looked at.
    std::vector<KillPoint> chosen() const
    {
        std::vector<KillPoint> points;
        for (const KillPoint &point : m_whole.points()) {
            const bool first = point.host == u"cp-1"_s, joins = point.phase == InstallPhase::ControlPlanes || point.phase == InstallPhase::Workers;
            if (first || joins || (point.host == u"w-1"_s && point.phase == InstallPhase::Register))
                points.push_back(point);
        }
        return points;
    }

    QString run(Moment moment)
    {
        std::vector<int> numbers;
        QString reference;
        QMap<QString, int> ends;
        {
            const auto whole = ground(&numbers);
            if (!whole)
                return u"no hosts"_s;
            m_whole.run(*whole, Kind::Install);
            if (!m_whole.trouble.isEmpty())
                return m_whole.trouble;
            reference = stateOf(*whole);
            ends = goodEnds(*whole);
        }
        const std::vector<KillPoint> points = chosen();
        QSet<int> phases;
        for (const KillPoint &point : points)
            phases << int(point.phase);
        for (int phase = int(InstallPhase::Lock); phase <= int(InstallPhase::Report); ++phase) {
            if (!phases.contains(phase))
                return u"nothing is done in phase %1"_s.arg(phase);
        }
        const std::vector<Kill> kills = killsAt(moment, m_whole, points);
        std::vector<Kill> left = kills; // hosts go side by side: a step that was over before its turn came is killed in an installation of its own
        int inTheMiddle = 0;
        for (int tries = 0; !left.empty(); ++tries) {
            if (tries == mostTries)
                return u"missed: "_s + left.front().text();
            const auto again = ground(&numbers);
            if (!again)
                return u"no hosts for the next time"_s;
            left = killAll(*again, Kind::Install, {}, left, &inTheMiddle);
            if (const QString trouble = again->run(Kind::Install); !trouble.isEmpty())
                return trouble;
            if (const QString other = otherThan(reference, ends, *again); !other.isEmpty())
                return other;
        }
        return moment == Moment::Middle && inTheMiddle < int(kills.size()) / 3 // a loaded machine is past the middle of many
            ? u"only %1 of %2 in the middle"_s.arg(inTheMiddle).arg(kills.size())
            : QString();
    }

    static QString otherThan(const QString &reference, const QMap<QString, int> &ends, InstallGround &again)
    {
        const QStringList twice = doneTwice(ends, goodEnds(again));
        const QString other = difference(reference, stateOf(again));
        const QStringList seen = again.secretsSeen();
        return (twice.isEmpty() ? QString() : u"done twice: "_s + twice.join(u"; "_s)) + (seen.isEmpty() ? QString() : u"secrets: "_s + seen.join(u"; "_s))
            + other + troubles(again);
    }

    static QString troubles(const InstallGround &ground)
    {
        QString text;
        for (int i = 0; i < ground.lab->size(); ++i)
            text += (*ground.lab)[i].troubles();
        return text;
    }

    Undisturbed m_whole;
};

} // namespace kboss::test
