#include "ui/resourcefeed.h"

#include "app/base/watchresult.h"

namespace kboss {

ResourceFeed::ResourceFeed(const ResourceType &type, const AppContext &context, QObject *parent) : QObject(parent), m_type(type), m_context(context)
{
    m_attachError.kind = ErrorKind::Cancelled;
    m_model = new ResourceModel(type, *context.clock, zone(), this);
    connect(m_model, &ResourceModel::stateChanged, this, &ResourceFeed::changed);
    connect(m_model, &ResourceModel::opened, this, [this] {
        Q_EMIT rowsChanged();
        Q_EMIT changed();
    });
    connect(m_context.session->store(), &CacheStore::datasetChanged, this, &ResourceFeed::onDatasetChanged);
    connect(m_context.session->sync(), &SyncService::freshnessChanged, this, [this](const DatasetId &id, const Freshness &) {
        if (m_attached && id == m_spec.id) {
            readInfo();
            Q_EMIT changed();
        }
    });
    connect(m_context.session->sync(), &SyncService::jobStarted, this, [this](Job *) { Q_EMIT changed(); });
    connect(m_context.session, &Session::stateChanged, this, &ResourceFeed::changed);
    m_minute.setInterval(60'000);
    connect(&m_minute, &QTimer::timeout, m_model, &ResourceModel::tick);
}

ResourceFeed::~ResourceFeed()
{
    detach();
}

QTimeZone ResourceFeed::zone() const
{
    const QTimeZone wanted(m_context.session->profile().timeZone);
    return wanted.isValid() ? wanted : QTimeZone::utc();
}

bool ResourceFeed::wantsMaster() const
{
    return !m_type.parent.isEmpty() && m_master.key.isEmpty();
}

void ResourceFeed::start()
{
    m_started = true;
    if (!wantsMaster())
        attach();
}

void ResourceFeed::setMaster(const Row &master, const ResourceType *masterType)
{
    const bool same = master.key == m_master.key;
    m_master = master;
    m_masterType = masterType;
    if (!same)
        reattach();
}

void ResourceFeed::setAsked(const QHash<QString, QString> &parameters)
{
    if (m_asked == parameters)
        return;
    m_asked = parameters;
    reattach();
}

void ResourceFeed::reattach()
{
    detach();
    if (m_started && !wantsMaster())
        attach();
    else
        m_model->setSource(nullptr);
    Q_EMIT changed();
    Q_EMIT rowsChanged();
}

void ResourceFeed::detach()
{
    ++m_generation;
    if (m_attached && m_counted)
        m_context.session->sync()->setVisible(m_spec.id, false);
    m_attached = m_counted = m_infoRead = false;
    m_pausedAt = {};
    m_info = {};
    m_job = nullptr;
}

void ResourceFeed::attach()
{
    m_spec = datasetOf(m_type, m_context.session->profile().dataKey(), zone(), m_master, m_masterType);
    if (!m_asked.isEmpty()) {
        for (auto it = m_asked.begin(); it != m_asked.end(); ++it)
            m_spec.parameters[it.key().toStdString()] = it.value().toStdString();
        m_spec.id.parameters = QString::fromStdString(m_spec.parameters.dump());
    }
    const int generation = m_generation;
    watchResult(m_context.session->sync()->attach(m_spec), this, [this, generation](const Result<void> &result) {
        if (generation == m_generation)
            onAttached(result);
    });
}

void ResourceFeed::onAttached(const Result<void> &result)
{
    const Result<RowSourcePtr> source = result ? m_context.session->store()->source(m_spec.id) : Result<RowSourcePtr>(fail(result.error()));
    if (!source) {
        m_attachError = source.error();
        Q_EMIT changed();
        return;
    }
    m_attached = true;
    m_model->setSource(*source);
    setVisible(m_visible);
    readInfo();
    Q_EMIT changed();
}

void ResourceFeed::setVisible(bool visible)
{
    m_visible = visible;
    if (visible) {
        m_model->tick();
        m_minute.start();
    } else {
        m_minute.stop();
    }
    followVisible();
}

void ResourceFeed::followVisible()
{
    const bool wanted = m_visible && !m_paused;
    if (!m_attached || m_counted == wanted)
        return;
    m_counted = wanted;
    m_context.session->sync()->setVisible(m_spec.id, wanted);
}

void ResourceFeed::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_pausedAt = freshness();
    m_paused = paused;
    if (!paused)
        showLatest();
    followVisible();
    Q_EMIT changed();
}

void ResourceFeed::showLatest()
{
    m_pausedAt = m_attached ? m_context.session->sync()->freshness(m_spec.id) : Freshness{};
    m_model->reload();
    readInfo();
}

Job *ResourceFeed::refresh()
{
    if (!m_attached)
        return nullptr;
    Job *job = m_context.session->sync()->refresh(m_spec.id);
    if (!job || job == m_job)
        return job;
    m_job = job;
    const int generation = m_generation;
    connect(job, &Job::finished, this, [this, job, generation] {
        if (generation == m_generation && m_job == job)
            m_job = nullptr;
        if (generation == m_generation && m_paused)
            showLatest();
        Q_EMIT changed();
    });
    Q_EMIT changed();
    return job;
}

void ResourceFeed::setQuery(const RowQuery &query)
{
    m_model->setQuery(query);
    Q_EMIT changed();
}

void ResourceFeed::onDatasetChanged(const DatasetId &id, const QSet<QString> &keys, bool many)
{
    if (!m_attached || m_paused || id != m_spec.id)
        return;
    if (m_info.complete && !many && !keys.isEmpty())
        m_model->noteChanged(keys);
    m_model->reload();
    readInfo();
    Q_EMIT datasetTouched(keys, many);
}

void ResourceFeed::readInfo()
{
    const int generation = m_generation;
    watchResult(m_context.session->store()->info(m_spec.id), this, [this, generation](const Result<DatasetInfo> &info) {
        if (generation != m_generation || !info)
            return;
        m_info = *info;
        m_infoRead = true;
        Q_EMIT changed();
    });
}

qint64 ResourceFeed::matching() const
{
    const RowViewPtr view = m_model->view();
    return view ? view->count() : -1;
}

Freshness ResourceFeed::freshness() const
{
    if (m_paused)
        return m_pausedAt;
    return m_attached ? m_context.session->sync()->freshness(m_spec.id) : Freshness{};
}

Error ResourceFeed::error() const
{
    if (m_attachError.kind != ErrorKind::Cancelled)
        return m_attachError;
    if (m_model->state() == ResourceModel::State::Failed)
        return m_model->error();
    if (m_attached)
        return m_context.session->sync()->lastError(m_spec.id);
    return m_attachError;
}

bool ResourceFeed::isOffline() const
{
    return m_context.session->isOffline();
}

QString ResourceFeed::whyNoWrites() const
{
    if (m_context.session->profile().readOnly)
        return tr("This profile is read-only");
    if (m_context.session->state() == Session::State::NeedsCredential)
        return tr("Not signed in: changes can be made after File → Sign in…");
    if (isOffline())
        return tr("Offline: changes can be made once the service answers again");
    return {};
}

Page::State ResourceFeed::state() const
{
    if (wantsMaster())
        return Page::State::Empty;
    const Error fault = error();
    if (m_attachError.kind != ErrorKind::Cancelled || m_model->state() == ResourceModel::State::Failed)
        return Page::State::Failed;
    if (m_model->rowCount() > 0)
        return Page::State::Ready;
    if (!m_attached || !m_infoRead || m_model->state() != ResourceModel::State::Ready)
        return Page::State::Loading;
    if (m_info.rows > 0)
        return m_model->query().filter ? Page::State::FilteredOut : Page::State::Loading;
    if (m_info.complete)
        return m_model->query().filter && m_info.rows > 0 ? Page::State::FilteredOut : Page::State::Empty;
    if (fault.kind == ErrorKind::Forbidden || fault.kind == ErrorKind::Auth)
        return Page::State::Forbidden;
    const Session::State session = m_context.session->state();
    if (session == Session::State::Idle || session == Session::State::StartingService || session == Session::State::SigningIn)
        return Page::State::Loading; // on its way: not yet known to be offline
    if (isOffline() || fault.kind == ErrorKind::Offline)
        return Page::State::Offline;
    if (fault.kind != ErrorKind::Cancelled)
        return Page::State::Failed;
    return Page::State::Loading;
}

} // namespace kboss
