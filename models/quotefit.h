#pragma once

#include "app/pricing/pricing.h"
#include "models/quoteparts.h"

namespace kboss {

// What of a quote can be had now in its cluster, and what else could. An instance runs on one node, so each of a quote's equal instances must find all
// its parts on one. Values; any thread.

enum class Shortage {
    None,
    NotSold, // the center has no such part
    NotHere, // not in this cluster
    Stock, // the cluster has less
    Model, // an instance has one model of cpu, memory and gpu; another line took it
    Share, // cannot be divided among the instances
    Node, // the cluster has it, no single node does
    Together, // fits alone, but not beside the lines above it
};

struct NodeLeft {
    QString node;
    qint64 left = 0; // of the line's part
    int instances = 0; // placed there
};

struct LineFit {
    Shortage shortage = Shortage::None;
    qint64 left = 0; // in the cluster
    qint64 best = 0; // most on one node that takes instances
    QString other; // Model: the model the other line has
    std::vector<NodeLeft> nodes; // None: where the instances would go; else those with most left, at most 3
};

struct QuoteFit {
    std::vector<LineFit> lines; // as the quote's parts
    bool nodesKnown = false; // nothing is known of nodes: only the cluster's stock was looked at
    bool isWhole() const;
};

struct FitGround {
    const std::vector<PartOffer> &offers;
    const std::vector<NodeSpace> &spaces;
    bool nodesKnown = true;
    PriceRule rule = PriceRule::Convert; // the service's, as far as it has said
};

QuoteFit fitQuote(const QuoteContent &quote, const FitGround &ground);

struct Alternative {
    enum class Kind { Split, Reduce, OtherModel, OtherCluster };
    Kind kind = Kind::Reduce;
    QuoteContent quote; // as it would be
    QString model; // OtherModel
    QString cluster; // OtherCluster: its name
    std::vector<NodeLeft> nodes;
};

// Other ways for line `index` that fit now: split over more instances, less of it, another model, another cluster of the same center; at most `most`.
// None of them spoils a line that fits.
std::vector<Alternative> alternatives(const QuoteContent &quote, size_t index, const FitGround &ground, size_t most = 4);

} // namespace kboss
