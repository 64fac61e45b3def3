#pragma once

#include "models/quotefit.h"

namespace kboss {

// A center of three clusters: Chaoyang, Yizhuang and Huairou, with parts and nodes as a small platform has them.
struct QuoteGround {
    std::vector<PartOffer> offers;
    std::vector<NodeSpace> spaces;
    FitGround ground() const { return {offers, spaces, true}; }

    QuoteGround()
    {
        using namespace Qt::StringLiterals;
        add(u"cpu"_s, u"AMD EPYC 9654"_s, u"0.21"_s, u"核"_s, {{u"c2"_s, u"亦庄"_s, 512, 192}, {u"c3"_s, u"怀柔"_s, 512, 384}});
        add(u"cpu"_s, u"INTEL(R) XEON(R) PLATINUM 8582C"_s, u"0.18"_s, u"核"_s,
            {{u"c1"_s, u"朝阳"_s, 640, 284}, {u"c2"_s, u"亦庄"_s, 768, 412}, {u"c3"_s, u"怀柔"_s, 512, 96}});
        add(u"memory"_s, u"Samsung DDR4 DIMMs"_s, u"0.005"_s, u"Gi"_s,
            {{u"c1"_s, u"朝阳"_s, 4096 * 1024, 1738 * 1024}, {u"c2"_s, u"亦庄"_s, 4096 * 1024, 2904 * 1024}, {u"c3"_s, u"怀柔"_s, 4096 * 1024, 811 * 1024}});
        add(u"disk"_s, u"DATA"_s, u"2.16"_s, u"Gi"_s, {{u"c1"_s, u"朝阳"_s, 81920, 40960}, {u"c2"_s, u"亦庄"_s, 163840, 81920}});
        offers.back().chargeUnit = u"天"_s;
        offers.back().accountUnit = u"分"_s;
        add(u"disk"_s, u"NVME"_s, u"0.01"_s, u"Gi"_s, {{u"c2"_s, u"亦庄"_s, 4096, 4096}});
        add(u"gpu"_s, u"A100-80G"_s, u"9.80"_s, u"卡"_s, {{u"c1"_s, u"朝阳"_s, 8, 4}, {u"c2"_s, u"亦庄"_s, 24, 14}, {u"c3"_s, u"怀柔"_s, 8, 0}});
        add(u"gpu"_s, u"RTX5090-32G"_s, u"6.00"_s, u"卡"_s, {{u"c1"_s, u"朝阳"_s, 8, 1}, {u"c2"_s, u"亦庄"_s, 16, 10}, {u"c3"_s, u"怀柔"_s, 16, 6}});
        node(u"gpu-07"_s, u"c2"_s, u"A100-80G"_s, 8);
        node(u"gpu-08"_s, u"c2"_s, u"RTX5090-32G"_s, 8);
        node(u"gpu-09"_s, u"c2"_s, u"A100-80G"_s, 6);
        node(u"gpu-11"_s, u"c1"_s, u"A100-80G"_s, 4);
        node(u"gpu-21"_s, u"c3"_s, u"RTX5090-32G"_s, 6);
    }

    QuoteContent quote(const std::vector<std::tuple<QString, QString, qint64>> &parts) const
    {
        using namespace Qt::StringLiterals;
        QuoteContent content;
        content.centerId = u"b1"_s;
        content.centerName = u"北京"_s;
        content.clusterId = u"c2"_s;
        content.clusterName = u"亦庄"_s;
        content.term = 30;
        content.termUnit = u"天"_s;
        for (const auto &[type, model, amount] : parts)
            content.parts.push_back(quotePart(*findOffer(offers, type, model), amount));
        return content;
    }

private:
    void add(const QString &type, const QString &model, const QString &price, const QString &unit, std::vector<ClusterStock> stocks)
    {
        offers.push_back({type + model, type, model, Decimal::parse(price).value(), unit, QStringLiteral("小时"), QStringLiteral("元"), std::move(stocks)});
    }

    void node(const QString &name, const QString &cluster, const QString &gpu, qint64 cards)
    {
        using namespace Qt::StringLiterals;
        spaces.push_back({name, cluster, true, u"INTEL(R) XEON(R) PLATINUM 8582C"_s, u"Samsung DDR4 DIMMs"_s, gpu, 96, 1024 * 1024, 200, 20480, cards});
    }
};

} // namespace kboss
