#pragma once

#include "models/resourcetype.h"
#include "ui/appcontext.h"

#include <QTimer>

namespace kboss {

// All rows of one small list in memory, kept fresh while this lives: what a form offers, or reckons with. From the copy at once, then from the service;
// offline from the copy alone. GUI thread.
class RowsFeed : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 mostRows = 5'000;

    RowsFeed(const ResourceType &type, const AppContext &context, QObject *parent);
    ~RowsFeed() override;

    // The list with these parameters, complete; of its rows those the filter takes. The same again changes nothing.
    void follow(const QHash<QString, QString> &parameters, const FilterPtr &filter);
    void leave(); // no rows, nothing kept fresh
    void setShown(bool shown); // while false the rows are kept, and not read again by the clock; true at first

    const ResourceType &type() const { return m_type; }
    const std::vector<Row> &rows() const { return m_rows; }
    bool isRead() const { return m_read; } // the rows are what the copy holds, and the copy was complete once
    bool isOffline() const;
    Freshness freshness() const;
    Error error() const; // kind Cancelled = none
    QTimeZone zone() const;
    void refresh();

Q_SIGNALS:
    void changed();

private:
    void onAttached(const Result<void> &result);
    void readRows();
    void takeRows(std::vector<Row> rows, bool complete);

    const ResourceType &m_type;
    AppContext m_context;
    DatasetSpec m_spec;
    RowSourcePtr m_source;
    FilterPtr m_filter;
    QString m_filterText;
    std::vector<Row> m_rows;
    Error m_error;
    QTimer m_again; // many changes at once are one reading
    int m_generation = 0;
    bool m_shown = true;
    bool m_following = false;
    bool m_attached = false;
    bool m_read = false;
};

} // namespace kboss
