#pragma once

#include "app/base/result.h"
#include "models/podplan.h"
#include "ui/appcontext.h"

#include <QTimer>

namespace kboss {

// Reckons what a configuration would take while it is typed: on a worker thread, from the rows as they were last read; and asks the service the same when it
// can be reached. The latest question counts, older answers are dropped. GUI thread; owned by its page.
class PodCheckRunner : public QObject {
    Q_OBJECT
public:
    struct Ask {
        WorkloadTexts texts; // without a password
        bool known = false; // rooms and stocks were read
        std::vector<NodeRoom> rooms;
        PartStocks stocks;
        PodHolding holding;
        qint64 asOfMs = 0; // of the rows
        QString cluster, changedId; // for the service; changedId empty for a new one
    };
    struct Answer {
        std::vector<WorkloadFault> faults;
        std::optional<PodCheck> check; // nothing while there are faults, or the rows are not known
        QString yaml; // nothing while there are faults
    };
    enum class Service { Nothing, Offline, Asking, Fits, Refuses, Unknown };

    PodCheckRunner(const AppContext &context, QObject *parent);

    void ask(Ask ask); // soon; many calls are one question
    const Answer &answer() const { return m_answer; }
    bool isReckoning() const { return m_soon.isActive() || m_pending; }
    Service service() const { return m_service; }
    const QString &reason() const { return m_reason; } // the service's own words

Q_SIGNALS:
    void changed();

private:
    void reckon();
    void take(const Answer &answer);
    void askService(bool again); // the same as before, since time has passed: what it said stays until it answers
    void send();
    void setService(Service state, const QString &reason = {});

    AppContext m_context;
    QTimer m_soon, m_later;
    Ask m_ask;
    Answer m_answer;
    Service m_service = Service::Nothing;
    QString m_reason;
    int m_generation = 0, m_sent = 0;
    bool m_pending = false;
};

QString podYaml(const WorkloadTexts &texts); // a preview; empty where the texts have faults

} // namespace kboss
