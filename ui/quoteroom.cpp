#include "ui/quoteroom.h"

#include "app/api/apiclient.h"
#include "app/base/oneline.h"
#include "app/base/watchresult.h"
#include "app/services/serverfeatures.h"
#include "app/services/session.h"
#include "ui/quotedesk.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int soonMs = 500;
constexpr qsizetype mostReason = 120, mostModel = 40;
constexpr size_t mostModels = 6;
const QString accommodate = u"determineAccommodat"_s, cards = u"obtainingGpuinfo"_s;

// What one of its equal instances takes; empty where the amounts cannot be divided.
std::vector<QuotePart> partsOfOne(const QuoteContent &quote)
{
    std::vector<QuotePart> parts = quote.parts;
    for (QuotePart &part : parts) {
        if (quote.instances < 1 || part.amount % quote.instances != 0)
            return {};
        part.amount /= quote.instances;
    }
    return parts;
}

Call roomCall(const QString &quoteId, const QuoteContent &quote, const std::vector<QuotePart> &parts)
{
    nlohmann::json resources = nlohmann::json::array();
    for (const QuotePart &part : parts)
        resources.push_back({{"type", part.type.toStdString()}, {"model", part.model.toStdString()}, {"amount", part.amount}});
    const nlohmann::json combinations = {{{"id", quoteId.toStdString()}, {"resources", std::move(resources)}}};
    Call call;
    call.operation = accommodate;
    call.parameters = {{"cpcid", quote.centerId.toStdString()}, {"clusterid", quote.clusterId.toStdString()}, {"resources", combinations.dump()}};
    return call;
}

QString memberText(const QByteArray &body, const char *name)
{
    const nlohmann::json object = nlohmann::json::parse(body.constBegin(), body.constEnd(), nullptr, false);
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

} // namespace

QuoteRoom::QuoteRoom(QuoteDesk *desk, QObject *parent) : QObject(parent), m_desk(desk)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        askRoom();
        askCards();
    });
}

bool QuoteRoom::knows(const QString &operation) const
{
    const AppContext &context = m_desk->context();
    return !m_desk->isOffline() && context.session->client() && context.contracts->find(operation)
        && !context.session->features()->isMissing(operation);
}

QString QuoteRoom::marked(const QString &operation, const QString &text) const
{
    const bool doubtful = m_desk->context().session->features()->support(operation) == Support::Doubtful;
    return doubtful ? text + u" · "_s + tr("draft") : text;
}

void QuoteRoom::set(State state, const QString &reason)
{
    if (m_state == state && m_reason == reason)
        return;
    m_state = state;
    m_reason = reason;
    Q_EMIT changed();
}

void QuoteRoom::ask()
{
    const QuoteContent &now = m_desk->content();
    if (partsOfOne(now) != m_askedParts || now.clusterId != m_roomPlace.clusterId || now.centerId != m_roomPlace.centerId) {
        ++m_roomGeneration; // an answer under way is for something else, and so is the one there is
        m_askedParts.clear();
        m_roomPlace = {};
        set(State::Nothing, {});
    }
    m_soon.start();
}

void QuoteRoom::askRoom()
{
    const QuoteContent &quote = m_desk->content();
    const std::vector<QuotePart> parts = partsOfOne(quote);
    const Place place{quote.centerId, quote.clusterId, m_desk->freshness().asOfMs};
    if (parts.empty() || quote.clusterId.isEmpty() || !knows(accommodate) || (parts == m_askedParts && place == m_roomPlace))
        return;
    m_askedParts = parts;
    m_roomPlace = place;
    const Operation *operation = m_desk->context().contracts->find(accommodate);
    watchResult(m_desk->context().session->client()->send(roomCall(m_desk->quoteId(), quote, parts)), this,
                [this, generation = ++m_roomGeneration, operation](const Result<WireResponse> &answer) {
                    if (generation != m_roomGeneration)
                        return;
                    const Result<nlohmann::json> ids = answer ? decodeObject(*operation, *answer) : Result<nlohmann::json>(fail(answer.error()));
                    if (ids && ids->is_array())
                        set(ids->empty() ? State::Room : State::NoNode, ids->empty() ? QString() : memberText(answer->body, "reason"));
                    else if (!ids && ids.error().kind == ErrorKind::Rejected)
                        set(State::Refused, ids.error().detail);
                    else
                        set(State::Nothing, {});
                });
}

QString QuoteRoom::text() const
{
    if (m_state == State::Refused)
        return marked(accommodate, tr("The service cannot place it: %1").arg(oneLine(m_reason, mostReason)));
    if (m_state != State::NoNode)
        return {};
    return marked(accommodate,
                  m_reason.isEmpty() || m_reason == "dynamic"_L1
                      ? tr("The service finds no node with room for one instance now")
                      : tr("The service finds no node for one instance: %1").arg(oneLine(m_reason, mostReason)));
}

void QuoteRoom::askCards()
{
    const QuoteContent &quote = m_desk->content();
    const Place place{quote.centerId, quote.clusterId, m_desk->freshness().asOfMs};
    if (place == m_cardsPlace || place.centerId.isEmpty() || !knows(cards))
        return;
    if (place.centerId != m_cardsPlace.centerId || place.clusterId != m_cardsPlace.clusterId) {
        m_clusterCards.clear();
        m_centerCards.clear();
    }
    m_cardsPlace = place;
    ++m_cardsGeneration;
    readCards({}, &m_centerCards);
    if (!place.clusterId.isEmpty())
        readCards(place.clusterId, &m_clusterCards);
}

void QuoteRoom::readCards(const QString &clusterId, Cards *into)
{
    Call call;
    call.operation = cards;
    call.parameters = {{"cpcid", m_cardsPlace.centerId.toStdString()}};
    if (!clusterId.isEmpty())
        call.parameters["clusterid"] = clusterId.toStdString();
    const Operation *operation = m_desk->context().contracts->find(cards);
    watchResult(m_desk->context().session->client()->send(call), this,
                [this, generation = m_cardsGeneration, operation, into](const Result<WireResponse> &answer) {
                    if (generation != m_cardsGeneration)
                        return;
                    const Result<nlohmann::json> models = answer ? decodeObject(*operation, *answer) : Result<nlohmann::json>(fail(answer.error()));
                    into->clear();
                    if (models && models->is_object()) {
                        for (const auto &[model, count] : models->items()) {
                            if (count.is_number_integer())
                                (*into)[QString::fromStdString(model)] = count.get<qint64>();
                        }
                    }
                    Q_EMIT cardsChanged();
                });
}

QString QuoteRoom::cardsText() const
{
    if (m_centerCards.empty())
        return {};
    QStringList words;
    for (const auto &[model, count] : m_centerCards) {
        const auto here = m_clusterCards.find(model);
        words << tr("%1: %2 here, %3 in the center").arg(oneLine(model, mostModel)).arg(here == m_clusterCards.end() ? 0 : here->second).arg(count);
        if (static_cast<size_t>(words.size()) == mostModels)
            break;
    }
    const qsizetype more = static_cast<qsizetype>(m_centerCards.size()) - words.size();
    if (more > 0)
        words << tr("%1 more models").arg(more);
    return marked(cards, tr("Cards as the service counts them — %1").arg(words.join(u" · "_s)));
}

} // namespace kboss
