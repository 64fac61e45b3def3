#pragma once

#include "models/resourcemodel.h"
#include "models/writeplanner.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <QTimer>

namespace kboss {

// Connects one resource's table model with its dataset: attaching, visibility, refresh, freshness, counts, and what an empty table means.
// GUI thread; owned by the view it feeds.
class ResourceFeed : public QObject {
    Q_OBJECT
public:
    ResourceFeed(const ResourceType &type, const AppContext &context, QObject *parent);
    ~ResourceFeed() override;

    void start(); // attaches; once
    void setMaster(const Row &master, const ResourceType *masterType); // the parent's row; an empty key = none chosen
    // What a person chose of the list's parameters (ResourceType::asked); another dataset, as with another master.
    void setAsked(const QHash<QString, QString> &parameters);
    const Row &master() const { return m_master; }
    const ResourceType *masterType() const { return m_masterType; } // may be null
    bool wantsMaster() const;

    void setVisible(bool visible);
    Job *refresh(); // null while not attached
    // Paused, the rows stay as they are until refresh() or the end of the pause, whatever else happens to the dataset, and nothing is asked by the clock.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    void setQuery(const RowQuery &query);

    ResourceModel *model() const { return m_model; }
    const DatasetSpec &spec() const { return m_spec; }
    const ResourceType &type() const { return m_type; }
    const AppContext &context() const { return m_context; }
    QTimeZone zone() const;

    Page::State state() const;
    Freshness freshness() const; // of what is shown
    Error error() const; // of the last fetch, or of opening the rows; kind Cancelled = none
    qint64 totalRows() const { return m_info.rows; }
    qint64 matching() const; // -1 while not known
    bool isFetching() const { return m_job != nullptr; }
    bool isOffline() const;
    QString whyNoWrites() const; // empty when writing is possible

Q_SIGNALS:
    void changed(); // state, freshness, counts
    void rowsChanged(); // the view was reopened: totals, details follow
    void datasetTouched(const QSet<QString> &keys, bool many);

private:
    void attach();
    void reattach();
    void onAttached(const Result<void> &result);
    void onDatasetChanged(const DatasetId &id, const QSet<QString> &keys, bool many);
    void readInfo();
    void detach();
    void followVisible();
    void showLatest();

    const ResourceType &m_type;
    AppContext m_context;
    ResourceModel *m_model = nullptr;
    DatasetSpec m_spec;
    DatasetInfo m_info;
    Row m_master;
    QHash<QString, QString> m_asked;
    const ResourceType *m_masterType = nullptr;
    Error m_attachError;
    Job *m_job = nullptr;
    QTimer m_minute;
    int m_generation = 0; // of the attached dataset; answers of older ones are dropped
    bool m_started = false;
    bool m_attached = false;
    bool m_visible = false;
    bool m_counted = false;
    bool m_paused = false;
    Freshness m_pausedAt; // of the rows the pause holds
    bool m_infoRead = false;
};

} // namespace kboss
