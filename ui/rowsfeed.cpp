#include "ui/rowsfeed.h"

#include "app/base/watchresult.h"
#include "models/writeplanner.h"
#include "ui/rowcollector.h"

namespace kboss {

namespace {

Error noError()
{
    Error none;
    none.kind = ErrorKind::Cancelled;
    return none;
}

} // namespace

RowsFeed::RowsFeed(const ResourceType &type, const AppContext &context, QObject *parent)
    : QObject(parent), m_type(type), m_context(context), m_error(noError())
{
    m_again.setSingleShot(true);
    m_again.setInterval(20);
    connect(&m_again, &QTimer::timeout, this, &RowsFeed::readRows);
    connect(m_context.session->store(), &CacheStore::datasetChanged, this, [this](const DatasetId &id) {
        if (m_attached && id == m_spec.id)
            m_again.start();
    });
    connect(m_context.session->sync(), &SyncService::freshnessChanged, this, [this](const DatasetId &id, const Freshness &) {
        if (m_attached && id == m_spec.id)
            m_again.start();
    });
    connect(m_context.session, &Session::stateChanged, this, &RowsFeed::changed);
}

RowsFeed::~RowsFeed()
{
    if (m_attached && m_shown)
        m_context.session->sync()->setVisible(m_spec.id, false);
}

QTimeZone RowsFeed::zone() const
{
    const QTimeZone wanted(m_context.session->profile().timeZone);
    return wanted.isValid() ? wanted : QTimeZone::utc();
}

void RowsFeed::leave()
{
    ++m_generation;
    m_again.stop();
    if (m_attached && m_shown)
        m_context.session->sync()->setVisible(m_spec.id, false);
    m_attached = m_following = m_read = false;
    m_source.reset();
    m_rows.clear();
    m_error = noError();
}

void RowsFeed::follow(const QHash<QString, QString> &parameters, const FilterPtr &filter)
{
    DatasetSpec wanted = datasetWith(m_type, parameters, m_context.session->profile().dataKey(), zone());
    const QString filterText = filter ? printFilter(filter) : QString();
    if (m_following && wanted.id == m_spec.id) {
        if (filterText == m_filterText)
            return;
        m_filter = filter;
        m_filterText = filterText;
        m_read = false;
        readRows();
        return;
    }
    leave();
    m_following = true;
    m_spec = std::move(wanted);
    m_filter = filter;
    m_filterText = filterText;
    const int generation = m_generation;
    watchResult(m_context.session->sync()->attach(m_spec), this, [this, generation](const Result<void> &result) {
        if (generation == m_generation)
            onAttached(result);
    });
}

void RowsFeed::onAttached(const Result<void> &result)
{
    const Result<RowSourcePtr> source = result ? m_context.session->store()->source(m_spec.id) : Result<RowSourcePtr>(fail(result.error()));
    if (!source) {
        m_error = source.error();
        Q_EMIT changed();
        return;
    }
    m_source = *source;
    m_attached = true;
    if (m_shown)
        m_context.session->sync()->setVisible(m_spec.id, true);
    readRows();
}

void RowsFeed::readRows()
{
    if (!m_source)
        return;
    const int generation = ++m_generation;
    watchResult(m_context.session->store()->info(m_spec.id), this, [this, generation](const Result<DatasetInfo> &info) {
        if (generation != m_generation)
            return;
        const bool complete = info && info->complete;
        watchResult(m_source->open({m_filter, {}, 0}), this, [this, generation, complete](const Result<RowViewPtr> &view) {
            if (generation != m_generation)
                return;
            if (!view) {
                m_error = view.error();
                Q_EMIT changed();
                return;
            }
            collectRows(*view, {{0, (*view)->count()}}, mostRows, this, [this, generation, complete](const Result<std::vector<Row>> &rows) {
                if (generation == m_generation && rows)
                    takeRows(*rows, complete);
            });
        });
    });
}

void RowsFeed::takeRows(std::vector<Row> rows, bool complete)
{
    m_rows = std::move(rows);
    m_read = complete;
    m_error = noError();
    Q_EMIT changed();
}

void RowsFeed::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (m_attached)
        m_context.session->sync()->setVisible(m_spec.id, shown);
}

bool RowsFeed::isOffline() const
{
    return m_context.session->isOffline();
}

Freshness RowsFeed::freshness() const
{
    return m_attached ? m_context.session->sync()->freshness(m_spec.id) : Freshness{};
}

Error RowsFeed::error() const
{
    if (m_error.kind != ErrorKind::Cancelled || !m_attached)
        return m_error;
    return m_context.session->sync()->lastError(m_spec.id);
}

void RowsFeed::refresh()
{
    if (m_attached)
        m_context.session->sync()->refresh(m_spec.id);
}

} // namespace kboss
