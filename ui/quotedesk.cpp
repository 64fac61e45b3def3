#include "ui/quotedesk.h"

#include "app/base/watchresult.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/settings.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int keepAfterMs = 700;

RowsFeed *feedOf(const AppContext &context, const QString &resource, QObject *parent)
{
    const ResourceType *type = context.resources->find(resource);
    return type ? new RowsFeed(*type, context, parent) : nullptr;
}

QString ruleKey(const AppContext &context)
{
    return u"quotes/price-rule/"_s + context.session->profile().dataKey();
}

} // namespace

bool sameQuote(const QuoteContent &a, const QuoteContent &b)
{
    QuoteContent other = b;
    other.total = a.total;
    other.pricesMs = a.pricesMs;
    return a == other;
}

QuoteDesk::QuoteDesk(const QString &quoteId, const AppContext &context, QObject *parent)
    : QObject(parent), m_quoteId(quoteId), m_context(context), m_store(context.session->quotes()),
      m_centerRows(feedOf(context, u"compute-center"_s, this)), m_partRows(feedOf(context, u"compute-part"_s, this)),
      m_nodeRows(feedOf(context, u"node-stock"_s, this))
{
    if (context.settings && context.settings->value(ruleKey(context)).toString() == "literal"_L1)
        m_rule = PriceRule::Literal;
    m_keep.setSingleShot(true);
    m_keep.setInterval(keepAfterMs);
    connect(&m_keep, &QTimer::timeout, this, &QuoteDesk::keep);
    connect(m_store, &QuoteStore::changed, this, &QuoteDesk::onStore);
    for (RowsFeed *feed : {m_partRows, m_nodeRows}) {
        if (feed)
            connect(feed, &RowsFeed::changed, this, &QuoteDesk::readParts);
    }
    if (m_centerRows)
        connect(m_centerRows, &RowsFeed::changed, this, &QuoteDesk::listsChanged);
}

QuoteDesk::~QuoteDesk()
{
    if (m_keep.isActive())
        keep();
}

void QuoteDesk::start()
{
    if (m_centerRows)
        m_centerRows->follow({}, nullptr);
    watchResult(m_store->load(), this, [this](const Result<void> &loaded) {
        if (!loaded)
            Q_EMIT failed(loaded.error(), tr("Reading quotes"));
        m_loaded = true;
        if (const Quote *quote = stored()) {
            m_known = true;
            m_content = quote->current();
        }
        followLists();
        reckon();
    });
}

void QuoteDesk::setVisible(bool visible)
{
    for (RowsFeed *feed : {m_centerRows, m_partRows, m_nodeRows}) {
        if (feed)
            feed->setShown(visible);
    }
}

QTimeZone QuoteDesk::zone() const
{
    const QTimeZone wanted(m_context.session->profile().timeZone);
    return wanted.isValid() ? wanted : QTimeZone::utc();
}

const Quote *QuoteDesk::stored() const
{
    return m_store->find(m_quoteId);
}

void QuoteDesk::onStore()
{
    const Quote *quote = stored();
    if (m_loaded && (quote != nullptr) != m_known)
        m_known = quote != nullptr; // another console made or removed it
    Q_EMIT changed();
}

bool QuoteDesk::isDirty() const
{
    const Quote *quote = stored();
    return m_known && (!quote || !quote->saved() || !sameQuote(*quote->saved(), m_content)) && !isEmptyDraft();
}

bool QuoteDesk::isTotalMoved() const
{
    const Quote *quote = stored();
    return m_known && quote && quote->saved() && quote->saved()->total != m_view.total;
}

bool QuoteDesk::isEmptyDraft() const
{
    const Quote *quote = stored();
    return quote && quote->versions.empty() && m_content.parts.empty() && m_content.customer.isEmpty();
}

void QuoteDesk::followLists()
{
    if (m_content.centerId.isEmpty())
        return;
    for (RowsFeed *feed : {m_partRows, m_nodeRows}) {
        if (feed)
            feed->follow({{u"cpcid"_s, m_content.centerId}}, nullptr);
    }
}

void QuoteDesk::readParts()
{
    m_offers = m_partRows && !m_content.centerId.isEmpty() ? readOffers(m_partRows->type(), m_partRows->rows()) : std::vector<PartOffer>();
    m_spaces = m_nodeRows && !m_content.centerId.isEmpty() ? readSpaces(m_nodeRows->type(), m_nodeRows->rows()) : std::vector<NodeSpace>();
    if (m_content.clusterId.isEmpty() && m_content.parts.empty() && !clusters().empty()) {
        m_content.clusterId = clusters().front().id; // something to start with; nothing depends on it yet
        m_content.clusterName = clusters().front().name;
    }
    Q_EMIT listsChanged();
    reckon();
}

std::vector<QuoteDesk::Center> QuoteDesk::centers() const
{
    std::vector<Center> list;
    if (!m_centerRows)
        return list;
    for (const Row &row : m_centerRows->rows())
        list.push_back({row.key, rowName(m_centerRows->type(), row)});
    std::stable_sort(list.begin(), list.end(), [](const Center &a, const Center &b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    return list;
}

std::vector<QuoteDesk::Center> QuoteDesk::clusters() const
{
    std::vector<Center> list;
    for (const PartOffer &offer : m_offers) {
        for (const ClusterStock &stock : offer.stocks) {
            const Center cluster{stock.clusterId, stock.clusterName};
            if (std::find(list.begin(), list.end(), cluster) == list.end())
                list.push_back(cluster);
        }
    }
    std::stable_sort(list.begin(), list.end(), [](const Center &a, const Center &b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    return list;
}

bool QuoteDesk::partsKnown() const
{
    return m_partRows && m_partRows->isRead();
}

bool QuoteDesk::nodesKnown() const
{
    return m_nodeRows && m_nodeRows->isRead();
}

Freshness QuoteDesk::freshness() const
{
    return m_partRows ? m_partRows->freshness() : Freshness{};
}

Error QuoteDesk::partsError() const
{
    Error none;
    none.kind = ErrorKind::Cancelled;
    return m_partRows ? m_partRows->error() : none;
}

bool QuoteDesk::isOffline() const
{
    return m_context.session->isOffline();
}

void QuoteDesk::reckon()
{
    m_view = viewQuote(m_content, ground());
    m_changes = partsKnown() ? kboss::priceChanges(m_content, m_offers) : std::vector<PriceChange>();
    Q_EMIT changed();
}

void QuoteDesk::setRule(PriceRule rule)
{
    if (rule == m_rule)
        return;
    m_rule = rule;
    m_context.settings->setValue(ruleKey(m_context), rule == PriceRule::Literal ? u"literal"_s : u"convert"_s);
    reckon();
}

QuoteContent QuoteDesk::priced() const
{
    QuoteContent content = m_content;
    content.total = m_view.total;
    return content;
}

void QuoteDesk::edit(QuoteContent content)
{
    if (content == m_content || !m_known)
        return;
    m_content = std::move(content);
    m_keep.start();
    reckon();
}

void QuoteDesk::keep()
{
    m_keep.stop();
    if (!m_known || m_saving)
        return;
    const QuoteContent now = priced();
    watchResult(isDirty() ? m_store->keep(m_quoteId, now) : m_store->revert(m_quoteId), this, [this](const Result<Quote> &kept) {
        if (!kept && kept.error().kind != ErrorKind::NotFound)
            Q_EMIT failed(kept.error(), tr("Keeping what was typed"));
    });
}

void QuoteDesk::setCustomer(const QString &customer)
{
    QuoteContent next = m_content;
    next.customer = customer;
    edit(std::move(next));
}

void QuoteDesk::setCenter(const QString &centerId)
{
    if (centerId == m_content.centerId)
        return;
    QuoteContent next = m_content;
    next.centerId = centerId;
    next.centerName.clear();
    for (const Center &center : centers()) {
        if (center.id == centerId)
            next.centerName = center.name;
    }
    next.clusterId.clear();
    next.clusterName.clear();
    next.parts.clear(); // another center sells other parts at other prices
    m_offers.clear();
    m_spaces.clear();
    edit(std::move(next));
    followLists();
    readParts();
}

void QuoteDesk::setCluster(const QString &clusterId)
{
    QuoteContent next = m_content;
    next.clusterId = clusterId;
    for (const Center &cluster : clusters()) {
        if (cluster.id == clusterId)
            next.clusterName = cluster.name;
    }
    edit(std::move(next));
}

void QuoteDesk::setTerm(qint64 term, const QString &unit)
{
    QuoteContent next = m_content;
    next.term = std::max<qint64>(1, term);
    next.termUnit = unit;
    edit(std::move(next));
}

void QuoteDesk::setInstances(qint64 instances)
{
    QuoteContent next = m_content;
    next.instances = std::max<qint64>(1, instances);
    edit(std::move(next));
}

void QuoteDesk::setValidUntil(const QDate &day)
{
    QuoteContent next = m_content;
    next.validUntil = day;
    edit(std::move(next));
}

void QuoteDesk::setAmount(const QString &type, const QString &model, qint64 amount)
{
    QuoteContent next = m_content;
    const auto found =
        std::find_if(next.parts.begin(), next.parts.end(), [&](const QuotePart &part) { return part.type == type && part.model == model; });
    if (found != next.parts.end() && amount > 0) {
        found->amount = amount;
    } else if (found != next.parts.end()) {
        next.parts.erase(found);
    } else if (const PartOffer *offer = findOffer(m_offers, type, model); offer && amount > 0) {
        next.parts.push_back(quotePart(*offer, amount));
        next.pricesMs = freshness().asOfMs;
        std::stable_sort(next.parts.begin(), next.parts.end(),
                         [](const QuotePart &a, const QuotePart &b) { return partRank(a.type) < partRank(b.type); });
    }
    edit(std::move(next));
}

void QuoteDesk::adopt(const QuoteContent &content)
{
    edit(content);
}

void QuoteDesk::takePrices()
{
    QuoteContent next = withPricesOf(m_content, m_offers);
    next.pricesMs = freshness().asOfMs;
    edit(std::move(next));
}

void QuoteDesk::save()
{
    m_keep.stop();
    m_saving = true;
    watchResult(m_store->save(m_quoteId, priced()), this, [this](const Result<Quote> &outcome) {
        m_saving = false;
        if (outcome)
            Q_EMIT saved(static_cast<int>(outcome->versions.size()));
        else
            Q_EMIT failed(outcome.error(), tr("Saving quote %1").arg(m_quoteId));
        Q_EMIT changed();
    });
}

void QuoteDesk::revert()
{
    const Quote *quote = stored();
    if (!quote || !quote->saved())
        return;
    const bool otherCenter = quote->saved()->centerId != m_content.centerId;
    m_content = *quote->saved();
    keep();
    if (otherCenter)
        followLists();
    readParts();
}

void QuoteDesk::remove(std::function<void()> done)
{
    m_keep.stop();
    watchResult(m_store->remove(m_quoteId), this, [this, done](const Result<void> &removed) {
        if (!removed) {
            Q_EMIT failed(removed.error(), tr("Removing quote %1").arg(m_quoteId));
            return;
        }
        if (done)
            done();
    });
}

void QuoteDesk::duplicate(std::function<void(const QString &)> done)
{
    watchResult(m_store->create(priced()), this, [this, done](const Result<Quote> &made) {
        if (made)
            done(made->id);
        else
            Q_EMIT failed(made.error(), tr("Duplicating quote %1").arg(m_quoteId));
    });
}

void QuoteDesk::noteInstance(const QString &instanceId, int version)
{
    watchResult(m_store->setInstance(m_quoteId, instanceId, version), this, [this](const Result<Quote> &noted) {
        if (!noted)
            Q_EMIT failed(noted.error(), tr("Saving quote %1").arg(m_quoteId));
    });
}

void QuoteDesk::rewrite()
{
    m_view = viewQuote(m_content, ground());
}

void QuoteDesk::refresh()
{
    for (RowsFeed *feed : {m_centerRows, m_partRows, m_nodeRows}) {
        if (feed)
            feed->refresh();
    }
}

} // namespace kboss
