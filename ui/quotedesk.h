#pragma once

#include "app/services/quotestore.h"
#include "models/quoteview.h"
#include "ui/appcontext.h"

#include <QTimer>

namespace kboss {

class RowsFeed;

// One quote while it is worked on: what is typed, the parts and nodes it reckons with, and the price that follows. What is typed is kept on disk within a
// second, so that nothing is lost with the program. GUI thread; owned by its page.
class QuoteDesk : public QObject {
    Q_OBJECT
public:
    struct Center {
        QString id, name;
        friend bool operator==(const Center &, const Center &) = default;
    };

    QuoteDesk(const QString &quoteId, const AppContext &context, QObject *parent);
    ~QuoteDesk() override; // what was typed last is handed to the store

    void start(); // reads the store, then the lists
    void setVisible(bool visible);

    const QString &quoteId() const { return m_quoteId; }
    bool isLoaded() const { return m_loaded; } // the quote is known, or known to be missing
    bool isMissing() const { return m_loaded && !m_known; }
    const QuoteContent &content() const { return m_content; }
    const QuoteView &view() const { return m_view; }
    const Quote *stored() const; // null when it is gone
    bool isDirty() const; // differs from the last saved version
    bool isTotalMoved() const; // the last saved version has another total than is shown
    bool isEmptyDraft() const; // nothing was ever picked or saved

    const std::vector<PartOffer> &offers() const { return m_offers; }
    const std::vector<NodeSpace> &spaces() const { return m_spaces; }
    std::vector<Center> centers() const; // by name
    std::vector<Center> clusters() const; // of the center that sell something, by name
    std::vector<PriceChange> priceChanges() const { return m_changes; }
    bool partsKnown() const;
    bool nodesKnown() const;
    Freshness freshness() const; // of the parts
    Error partsError() const;
    bool isOffline() const;
    FitGround ground() const { return {m_offers, m_spaces, nodesKnown(), m_rule}; }
    PriceRule rule() const { return m_rule; }
    void setRule(PriceRule rule); // as the service said it; remembered for this profile, for quotes without network
    const AppContext &context() const { return m_context; }
    QTimeZone zone() const;

    void setCustomer(const QString &customer);
    void setCenter(const QString &centerId);
    void setCluster(const QString &clusterId);
    void setTerm(qint64 term, const QString &unit);
    void setInstances(qint64 instances);
    void setValidUntil(const QDate &day);
    void setAmount(const QString &type, const QString &model, qint64 amount); // 0 takes it out
    void adopt(const QuoteContent &content); // an alternative
    void takePrices(); // as they are now

    void save();
    void revert();
    void remove(std::function<void()> done);
    void duplicate(std::function<void(const QString &id)> done);
    void noteInstance(const QString &instanceId, int version); // made of this saved version
    void refresh();
    void rewrite(); // the words of the view, after the language changed

Q_SIGNALS:
    void changed(); // content, view, or how it stands to what is saved
    void listsChanged(); // centers, parts, nodes, freshness
    void saved(int version);
    void failed(const kboss::Error &error, const QString &what);

private:
    void onStore();
    void followLists();
    void readParts();
    void edit(QuoteContent content);
    void reckon();
    void keep();
    QuoteContent priced() const; // the content with the total as it stands

    QString m_quoteId;
    AppContext m_context;
    QuoteStore *m_store;
    RowsFeed *m_centerRows = nullptr, *m_partRows = nullptr, *m_nodeRows = nullptr;
    QuoteContent m_content;
    QuoteView m_view;
    std::vector<PartOffer> m_offers;
    std::vector<NodeSpace> m_spaces;
    std::vector<PriceChange> m_changes;
    QTimer m_keep;
    PriceRule m_rule = PriceRule::Convert;
    bool m_loaded = false, m_known = false, m_saving = false;
};

// Whether a person would call them the same: totals and the age of prices follow from the rest.
bool sameQuote(const QuoteContent &a, const QuoteContent &b);

} // namespace kboss
