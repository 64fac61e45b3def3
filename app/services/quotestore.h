#pragma once

#include "app/base/clock.h"
#include "app/services/quote.h"

#include <QFuture>
#include <QObject>
#include <QTimeZone>
#include <functional>
#include <memory>

namespace kboss {

// The quotes of one profile in one file, quotes.json (0600): every saved version, and what was typed and not saved yet. Reading and writing run on a
// thread of its own; each change reads the file again under a lock file first, so two consoles do not lose each other's quotes, and replaces it
// whole, so kill -9 leaves either the old or the new one. GUI thread; ends by finishing the write in hand.
//
// A file that cannot be understood is set aside beside its place (noticed() says where) and a new one begun; one that a newer console wrote is
// neither changed nor replaced: every change fails with Storage.
class QuoteStore : public QObject {
    Q_OBJECT
public:
    // `server`: whose quotes are shown (Profile::dataKey()); others in the file are kept. `zone`: the day in a new quote's number.
    QuoteStore(QString file, QString server, QString who, const Clock &clock, const QTimeZone &zone, QObject *parent = nullptr);
    ~QuoteStore() override;

    QFuture<Result<void>> load(); // again at any time: another console may have written
    bool isLoaded() const;
    const std::vector<Quote> &quotes() const; // newest first
    const Quote *find(const QString &id) const;

    // Each ends once it is on disk.
    QFuture<Result<Quote>> create(const QuoteContent &content); // a draft with a number of its own
    QFuture<Result<Quote>> save(const QString &id, const QuoteContent &content); // the next version; Conflict when it has more versions than shown here
    QFuture<Result<Quote>> keep(const QString &id, const QuoteContent &content); // typed, not saved
    QFuture<Result<Quote>> revert(const QString &id); // what was typed and not saved goes
    QFuture<Result<Quote>> duplicate(const QString &id);
    // Made of a saved version, and once: its numbers stay those of that version, whatever is saved after it. Rejected for another one.
    QFuture<Result<Quote>> setInstance(const QString &id, const QString &instanceId, int version);
    QFuture<Result<void>> remove(const QString &id); // Rejected once it is an instance

Q_SIGNALS:
    void changed();
    void noticed(const kboss::Error &error); // a damaged file was set aside; its detail names the copy

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
