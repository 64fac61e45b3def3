#pragma once

#include "app/services/quote.h"
#include "models/resourcetype.h"

#include <QTimer>
#include <nlohmann/json.hpp>

namespace kboss {

class QuoteDesk;

// What the drafts of the buying page say of a quote, where the service knows them: whether a node has room for one of its equal instances now
// (determine_accommodat), and how many cards there are in its cluster and its center (obtaining_gpuinfo). Beside the console's own reckoning, never
// instead of it. GUI thread; owned by its page.
class QuoteRoom : public QObject {
    Q_OBJECT
public:
    enum class State { Nothing, Room, NoNode, Refused };

    QuoteRoom(QuoteDesk *desk, QObject *parent);

    void ask(); // soon, where something is different; many calls are one question
    State state() const { return m_state; } // of the last answer; Nothing where there is none of this quote
    QString text() const; // why the service would not place it; empty when it would, or did not say
    QString cardsText() const; // "Cards the service has: …"; empty where it did not say

Q_SIGNALS:
    void changed();
    void cardsChanged();

private:
    struct Place {
        QString centerId, clusterId;
        qint64 asOfMs = 0; // of the parts: what was read anew is asked anew
        friend bool operator==(const Place &, const Place &) = default;
    };
    using Cards = std::map<QString, qint64>; // by model

    bool knows(const QString &operation) const;
    QString marked(const QString &operation, const QString &text) const; // as a draft, while nobody knows whether this server has it
    void set(State state, const QString &reason);
    void askRoom();
    void askCards();
    void readCards(const QString &clusterId, Cards *into);

    QuoteDesk *m_desk;
    QTimer m_soon;
    State m_state = State::Nothing;
    QString m_reason;
    std::vector<QuotePart> m_askedParts; // of one instance
    Place m_roomPlace, m_cardsPlace;
    Cards m_clusterCards, m_centerCards;
    int m_roomGeneration = 0, m_cardsGeneration = 0;
};

} // namespace kboss
