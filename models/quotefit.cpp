#include "models/quotefit.h"

#include <QSet>
#include <algorithm>
#include <limits>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostInstances = 16;
constexpr size_t nodesShown = 3;

bool isSystemDisk(const QuotePart &part)
{
    return part.type == "disk"_L1 && part.model == "SYS"_L1;
}

// A node's disks are SYS and DATA: of another model there is none, as the service places pods.
bool isOnNodes(const QuotePart &disk)
{
    return isSystemDisk(disk) || disk.model == "DATA"_L1;
}

// What one instance takes of a node.
struct Need {
    QString cpuModel, memoryModel, gpuModel;
    bool otherDisk = false; // of a model that no node has
    qint64 cores = 0, memoryMi = 0, systemGi = 0, dataGi = 0, cards = 0;
};

void add(Need &need, const QuotePart &part, qint64 amount)
{
    if (part.type == "cpu"_L1) {
        need.cpuModel = part.model;
        need.cores += amount;
    } else if (part.type == "memory"_L1) {
        need.memoryModel = part.model;
        need.memoryMi += amount;
    } else if (part.type == "gpu"_L1) {
        need.gpuModel = part.model;
        need.cards += amount;
    } else {
        need.otherDisk = need.otherDisk || !isOnNodes(part);
        (isSystemDisk(part) ? need.systemGi : need.dataGi) += amount;
    }
}

qint64 leftOf(const NodeSpace &space, const QuotePart &part)
{
    if (part.type == "cpu"_L1)
        return space.cpuModel == part.model ? space.cores : 0;
    if (part.type == "memory"_L1)
        return space.memoryModel == part.model ? space.memoryMi : 0;
    if (part.type == "gpu"_L1)
        return space.gpuModel == part.model ? space.cards : 0;
    return !isOnNodes(part) ? 0 : isSystemDisk(part) ? space.systemGi : space.dataGi;
}

// How many such instances one node holds.
qint64 holds(const NodeSpace &space, const Need &need)
{
    const std::pair<const QString &, const QString &> models[] = {
        {need.cpuModel, space.cpuModel}, {need.memoryModel, space.memoryModel}, {need.gpuModel, space.gpuModel}};
    for (const auto &[wanted, there] : models) {
        if (!wanted.isEmpty() && wanted != there)
            return 0;
    }
    if (need.otherDisk)
        return 0;
    qint64 most = std::numeric_limits<qint64>::max();
    const std::pair<qint64, qint64> amounts[] = {{need.cores, space.cores},
                                                 {need.memoryMi, space.memoryMi},
                                                 {need.systemGi, space.systemGi},
                                                 {need.dataGi, space.dataGi},
                                                 {need.cards, space.cards}};
    for (const auto &[wanted, there] : amounts) {
        if (wanted > 0)
            most = std::min(most, there / wanted);
    }
    return most;
}

// The nodes of one cluster that take instances.
std::vector<const NodeSpace *> nodesOf(const QString &clusterId, const std::vector<NodeSpace> &spaces)
{
    std::vector<const NodeSpace *> nodes;
    for (const NodeSpace &space : spaces) {
        if (space.usable && space.clusterId == clusterId)
            nodes.push_back(&space);
    }
    return nodes;
}

bool canHold(const std::vector<const NodeSpace *> &nodes, const Need &need, qint64 instances)
{
    qint64 found = 0;
    for (const NodeSpace *node : nodes) {
        found += std::min(holds(*node, need), instances);
        if (found >= instances)
            return true;
    }
    return false;
}

// Nodes with most of the part left first.
std::vector<const NodeSpace *> byRoom(std::vector<const NodeSpace *> nodes, const QuotePart &part)
{
    std::stable_sort(nodes.begin(), nodes.end(), [&part](const NodeSpace *a, const NodeSpace *b) {
        const qint64 left = leftOf(*a, part), right = leftOf(*b, part);
        return left != right ? left > right : a->name < b->name;
    });
    return nodes;
}

std::vector<NodeLeft> placements(const std::vector<const NodeSpace *> &nodes, const Need &need, qint64 instances, const QuotePart &part)
{
    std::vector<NodeLeft> places;
    for (const NodeSpace *node : byRoom(nodes, part)) {
        const qint64 here = std::min(holds(*node, need), instances);
        if (here <= 0)
            continue;
        places.push_back({node->name, leftOf(*node, part), static_cast<int>(here)});
        instances -= here;
        if (instances == 0)
            break;
    }
    return places;
}

class Fitter {
public:
    Fitter(const QuoteContent &quote, const FitGround &ground)
        : m_quote(quote), m_ground(ground), m_nodes(nodesOf(quote.clusterId, ground.spaces)), m_instances(std::max<qint64>(1, quote.instances))
    {
    }

    QuoteFit run()
    {
        QuoteFit fit;
        fit.nodesKnown = m_ground.nodesKnown;
        for (const QuotePart &part : m_quote.parts)
            fit.lines.push_back(fitLine(part));
        if (m_ground.nodesKnown)
            place(fit);
        return fit;
    }

private:
    LineFit fitLine(const QuotePart &part)
    {
        LineFit line;
        const PartOffer *offer = findOffer(m_ground.offers, part.type, part.model);
        const ClusterStock *stock = offer ? offer->in(m_quote.clusterId) : nullptr;
        line.left = stock ? stock->left : 0;
        if (m_ground.nodesKnown)
            showNodes(line, part);
        if (!offer)
            line.shortage = Shortage::NotSold;
        else if (!stock)
            line.shortage = Shortage::NotHere;
        else if (stock->left < part.amount)
            line.shortage = Shortage::Stock;
        else if (const QString other = otherModel(part); !other.isEmpty()) {
            line.shortage = Shortage::Model;
            line.other = other;
        } else if (part.amount % m_instances != 0)
            line.shortage = Shortage::Share;
        else if (m_ground.nodesKnown)
            line.shortage = onNodes(part);
        if (line.shortage == Shortage::None)
            take(part);
        return line;
    }

    QString otherModel(const QuotePart &part) const
    {
        if (part.type == "disk"_L1)
            return {};
        const QString taken = m_models.value(part.type);
        return taken == part.model ? QString() : taken;
    }

    Shortage onNodes(const QuotePart &part) const
    {
        const qint64 each = part.amount / m_instances;
        Need alone;
        add(alone, part, each);
        if (!canHold(m_nodes, alone, m_instances))
            return Shortage::Node;
        Need both = m_need;
        add(both, part, each);
        return canHold(m_nodes, both, m_instances) ? Shortage::None : Shortage::Together;
    }

    void take(const QuotePart &part)
    {
        add(m_need, part, part.amount / m_instances);
        m_models.insert(part.type, part.model);
    }

    void showNodes(LineFit &line, const QuotePart &part) const
    {
        for (const NodeSpace *node : byRoom(m_nodes, part)) {
            const qint64 left = leftOf(*node, part);
            line.best = std::max(line.best, left);
            if (left > 0 && line.nodes.size() < nodesShown)
                line.nodes.push_back({node->name, left, 0});
        }
    }

    void place(QuoteFit &fit) const
    {
        for (size_t i = 0; i < fit.lines.size(); ++i) {
            if (fit.lines[i].shortage == Shortage::None)
                fit.lines[i].nodes = placements(m_nodes, m_need, m_instances, m_quote.parts[i]);
        }
    }

    const QuoteContent &m_quote;
    const FitGround &m_ground;
    std::vector<const NodeSpace *> m_nodes;
    qint64 m_instances;
    Need m_need; // of the lines that fit so far
    QHash<QString, QString> m_models;
};

size_t fitting(const QuoteFit &fit)
{
    return static_cast<size_t>(
        std::count_if(fit.lines.begin(), fit.lines.end(), [](const LineFit &line) { return line.shortage == Shortage::None; }));
}

// Collects what fits and spoils nothing.
class Finder {
public:
    Finder(const QuoteContent &quote, size_t index, const FitGround &ground)
        : m_quote(quote), m_index(index), m_ground(ground), m_before(fitQuote(quote, ground))
    {
    }

    std::vector<Alternative> run(size_t most)
    {
        split();
        reduce();
        otherModels();
        otherClusters();
        if (m_found.size() > most)
            m_found.resize(most);
        return m_found;
    }

private:
    bool helps(const QuoteContent &quote, QuoteFit *after) const
    {
        *after = fitQuote(quote, m_ground);
        return after->lines[m_index].shortage == Shortage::None && fitting(*after) > fitting(m_before);
    }

    bool offer(Alternative::Kind kind, QuoteContent quote, const QString &model = {}, const QString &cluster = {})
    {
        QuoteFit after;
        if (!helps(quote, &after))
            return false;
        m_found.push_back({kind, std::move(quote), model, cluster, after.lines[m_index].nodes});
        return true;
    }

    void split()
    {
        const Shortage why = m_before.lines[m_index].shortage;
        if (why != Shortage::Node && why != Shortage::Together)
            return;
        QuoteContent other = m_quote;
        for (other.instances = m_quote.instances + 1; other.instances <= mostInstances; ++other.instances) {
            if (offer(Alternative::Kind::Split, other))
                return;
        }
    }

    void reduce()
    {
        const qint64 step = std::max<qint64>(1, m_quote.instances);
        qint64 least = 0, most = (m_quote.parts[m_index].amount - 1) / step; // in steps; least fits, more than most does not
        QuoteContent other = m_quote;
        QuoteFit after;
        while (least < most) {
            const qint64 middle = least + (most - least + 1) / 2;
            other.parts[m_index].amount = middle * step;
            if (helps(other, &after))
                least = middle;
            else
                most = middle - 1;
        }
        other.parts[m_index].amount = least * step;
        if (least > 0)
            offer(Alternative::Kind::Reduce, other);
    }

    void otherModels()
    {
        const QuotePart &part = m_quote.parts[m_index];
        std::vector<const PartOffer *> offers;
        for (const PartOffer &offer : m_ground.offers) {
            const bool taken = std::any_of(m_quote.parts.begin(), m_quote.parts.end(),
                                           [&offer](const QuotePart &other) { return other.type == offer.type && other.model == offer.model; });
            if (offer.type == part.type && offer.priced && !taken)
                offers.push_back(&offer);
        }
        std::stable_sort(offers.begin(), offers.end(), [](const PartOffer *a, const PartOffer *b) { return a->unitPrice < b->unitPrice; });
        for (const PartOffer *candidate : offers) {
            QuoteContent other = m_quote;
            other.parts[m_index] = quotePart(*candidate, part.amount);
            offer(Alternative::Kind::OtherModel, other, candidate->model);
        }
    }

    void otherClusters()
    {
        QSet<QString> tried{m_quote.clusterId};
        for (const PartOffer &part : m_ground.offers) {
            for (const ClusterStock &stock : part.stocks) {
                if (tried.contains(stock.clusterId))
                    continue;
                tried.insert(stock.clusterId);
                QuoteContent other = m_quote;
                other.clusterId = stock.clusterId;
                other.clusterName = stock.clusterName;
                if (fitQuote(other, m_ground).isWhole())
                    offer(Alternative::Kind::OtherCluster, other, {}, stock.clusterName);
            }
        }
    }

    const QuoteContent &m_quote;
    size_t m_index;
    const FitGround &m_ground;
    QuoteFit m_before;
    std::vector<Alternative> m_found;
};

} // namespace

bool QuoteFit::isWhole() const
{
    return fitting(*this) == lines.size();
}

QuoteFit fitQuote(const QuoteContent &quote, const FitGround &ground)
{
    return Fitter(quote, ground).run();
}

std::vector<Alternative> alternatives(const QuoteContent &quote, size_t index, const FitGround &ground, size_t most)
{
    if (index >= quote.parts.size())
        return {};
    return Finder(quote, index, ground).run(most);
}

} // namespace kboss
