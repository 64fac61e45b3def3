#pragma once

#include "app/base/decimal.h"

#include <QDate>
#include <QString>
#include <optional>
#include <vector>

namespace kboss {

// Quotes of parts of a compute center, as they are kept on this computer. Values; any thread.

// One part of a quote, with its price as it was when it was taken over.
struct QuotePart {
    QString type; // "cpu" "memory" "disk" "gpu"
    QString model;
    qint64 amount = 0; // of the whole quote: cores, Mi, Gi, cards
    Decimal unitPrice;
    QString resourceUnit, chargeUnit, accountUnit; // in the service's words: "Gi", "小时", "元"
    bool priced = true; // false: the service gave no price that can be read, and unitPrice means nothing
    friend bool operator==(const QuotePart &, const QuotePart &) = default;
};

struct QuoteContent {
    QString customer; // as people say it, may be empty
    QString centerId, centerName, clusterId, clusterName;
    qint64 term = 1;
    QString termUnit = QStringLiteral("月"); // 小时 天 周 月, as the service wants it
    QDate validUntil; // may be invalid: not set
    qint64 instances = 1; // the amounts are divided among so many equal ones
    std::vector<QuotePart> parts; // in the order they were picked, amounts above 0
    qint64 pricesMs = 0; // when the prices were read from the service
    Decimal total; // yuan, as it was shown: rounded once, lines that do not fit left out
    friend bool operator==(const QuoteContent &, const QuoteContent &) = default;
};

struct QuoteVersion {
    int number = 0; // from 1
    qint64 savedMs = 0;
    QString savedBy;
    QuoteContent content;
    friend bool operator==(const QuoteVersion &, const QuoteVersion &) = default;
};

struct Quote {
    QString id; // "Q-20261122-017"
    QString server; // whose centers: Profile::dataKey()
    qint64 createdMs = 0;
    std::vector<QuoteVersion> versions; // every one that was saved, oldest first
    std::optional<QuoteContent> working; // typed and not saved yet
    QString instanceId; // what it was turned into
    qint64 instanceMs = 0;
    int instanceVersion = 0; // the version whose numbers it has; 0: made before that was noted

    const QuoteContent *saved() const { return versions.empty() ? nullptr : &versions.back().content; }
    // What a person sees on opening it.
    QuoteContent current() const { return working ? *working : versions.empty() ? QuoteContent{} : versions.back().content; }
    qint64 changedMs() const { return versions.empty() ? createdMs : versions.back().savedMs; }
    friend bool operator==(const Quote &, const Quote &) = default;
};

} // namespace kboss
