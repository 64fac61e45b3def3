#pragma once

#include "app/services/quote.h"
#include "models/resourcetype.h"
#include "ui/appcontext.h"

#include <QTimer>
#include <nlohmann/json.hpp>

namespace kboss {

class QuoteDesk;

// Asks the service for the price of the same parts, when online, and says whether it agrees: the service's answer is a check, never the price shown.
// GUI thread; owned by its page.
class QuoteCheck : public QObject {
    Q_OBJECT
public:
    enum class State { Nothing, Offline, Asking, Same, Different, Refused, Unknown };

    QuoteCheck(QuoteDesk *desk, QObject *parent);

    void ask(); // soon; many calls are one question
    State state() const { return m_state; }
    Tone tone() const;
    QString text() const; // in the current language; empty when there is nothing to say
    const Decimal &serverTotal() const { return m_serverTotal; }

Q_SIGNALS:
    void changed();

private:
    void send();
    void answered(const Result<nlohmann::json> &object, const QuoteContent &asked);
    void set(State state);
    QString whyDifferent() const;

    QuoteDesk *m_desk;
    QTimer m_soon;
    State m_state = State::Nothing;
    QuoteContent m_asked; // what the answer is for
    Decimal m_serverTotal, m_ownTotal, m_literalTotal;
    QString m_reason;
    int m_generation = 0;
};

} // namespace kboss
