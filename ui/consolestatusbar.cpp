#include "ui/consolestatusbar.h"

#include "app/api/requestlog.h"
#include "models/formatters.h"
#include "ui/freshnesstext.h"
#include "ui/joblist.h"
#include "ui/page.h"
#include "ui/widgets.h"

#include <QHBoxLayout>
#include <QProgressBar>

namespace kboss {

namespace {
constexpr int ageStepMs = 5'000;
}

ConsoleStatusBar::ConsoleStatusBar(Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_environment(new StatusField(theme, this)), m_connection(new StatusField(theme, this)),
      m_freshness(new StatusField(theme, this)), m_jobs(new StatusField(theme, this)), m_who(new StatusField(theme, this)),
      m_progress(new QProgressBar(this))
{
    setProperty("ground", QStringLiteral("window"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(theme->size("status-bar"));
    m_environment->setFilled(true);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(theme->size("form-label"));
    m_progress->hide();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_environment);
    row->addWidget(m_connection);
    row->addWidget(m_freshness);
    row->addStretch();
    row->addWidget(m_jobs);
    row->addSpacing(theme->size("space-2"));
    row->addWidget(m_progress);
    row->addSpacing(theme->size("space-3"));
    row->addWidget(m_who);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeLine(this));
    layout->addLayout(row);
    connect(m_environment, &StatusField::clicked, this, [this] { Q_EMIT pageWanted(QStringLiteral("profiles")); });
    connect(m_connection, &StatusField::clicked, this, [this] { Q_EMIT pageWanted(QStringLiteral("request-log")); });
    connect(m_jobs, &StatusField::clicked, this, [this] { Q_EMIT pageWanted(QStringLiteral("activity")); });
    m_timer.setInterval(ageStepMs);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ConsoleStatusBar::updateFreshness);
    retranslate();
}

void ConsoleStatusBar::setContext(const AppContext &context)
{
    leaveContext();
    m_context = &context;
    m_links << connect(context.jobs, &JobList::changed, this, &ConsoleStatusBar::updateJobs);
    if (context.session) {
        m_links << connect(context.session, &Session::stateChanged, this, &ConsoleStatusBar::retranslate);
        m_links << connect(context.session->requestLog(), &RequestLog::appended, this, &ConsoleStatusBar::updateConnection);
    }
    retranslate();
}

void ConsoleStatusBar::leaveContext()
{
    for (const QMetaObject::Connection &link : std::as_const(m_links))
        disconnect(link);
    m_links.clear();
    m_context = nullptr;
    setPage(nullptr);
}

void ConsoleStatusBar::setPage(Page *page)
{
    if (m_page)
        m_page->disconnect(this);
    m_page = page;
    if (page)
        connect(page, &Page::statusChanged, this, &ConsoleStatusBar::updateFreshness);
    updateFreshness();
}

void ConsoleStatusBar::setShown(bool shown)
{
    shown ? m_timer.start() : m_timer.stop();
    if (shown)
        updateFreshness();
}

void ConsoleStatusBar::setNavigationWidth(int width)
{
    m_environment->setFixedWidth(qMax(width, m_environment->sizeHint().width() < width ? width : m_environment->sizeHint().width()));
}

void ConsoleStatusBar::retranslate()
{
    m_progress->setAccessibleName(tr("Progress of the running job"));
    updateEnvironment();
    updateConnection();
    updateFreshness();
    updateJobs();
    updateWho();
}

void ConsoleStatusBar::updateEnvironment()
{
    const Environment environment = environmentOf(m_context && m_context->session ? &m_context->session->profile() : nullptr);
    m_environment->setField(environment.tone, environment.text, tr("Where you are working. Click for connections."));
}

void ConsoleStatusBar::updateConnection()
{
    const Session *session = m_context ? m_context->session : nullptr;
    if (!session) {
        m_connection->setField(Tone::None, {});
        return;
    }
    Tone tone = Tone::Info;
    QString text;
    switch (session->state()) {
    case Session::State::Idle:
        text = tr("Not started");
        break;
    case Session::State::StartingService:
        text = tr("Starting the service");
        break;
    case Session::State::SigningIn:
        text = tr("Signing in");
        break;
    case Session::State::NeedsCredential:
        tone = Tone::Warn;
        text = tr("Sign-in needed");
        break;
    case Session::State::Offline:
        tone = Tone::Warn;
        text = tr("Offline, changes are not possible");
        break;
    case Session::State::Online: {
        tone = Tone::Good;
        const int trip = session->client() ? session->client()->lastRoundTripMs() : -1;
        text = trip < 0 ? tr("Connected") : tr("Connected  %1 ms").arg(trip);
        break;
    }
    }
    m_connection->setField(tone, text, tr("The connection, with the last round trip. Click for the request log."));
}

void ConsoleStatusBar::updateFreshness()
{
    if (!m_page || !m_context || !m_context->clock) {
        m_freshness->setField(Tone::None, {});
        return;
    }
    const Freshness freshness = m_page->freshness();
    const FreshnessText words = freshnessText(freshness, m_context->clock->nowMs(), m_context->session && m_context->session->isOffline());
    const QString tip = freshness.asOfMs > 0 ? formatFullTime(freshness.asOfMs, QTimeZone::systemTimeZone()) : QString();
    const bool known = freshness.state != Freshness::State::None && !words.text.isEmpty();
    m_freshness->setField(Tone::None, known ? tr("%1: %2").arg(m_page->title(), words.text) : QString(), tip);
}

void ConsoleStatusBar::updateJobs()
{
    const JobRecord *job = m_context && m_context->jobs ? m_context->jobs->newestRunning() : nullptr;
    m_progress->setVisible(job != nullptr);
    if (!job) {
        m_jobs->setField(Tone::None, tr("No jobs running"), tr("Click for the activity list."));
        return;
    }
    const int running = m_context->jobs->running();
    m_progress->setMaximum(job->total > 0 ? 1000 : 0);
    if (job->total > 0)
        m_progress->setValue(int(job->done * 1000 / job->total));
    const QString percent = job->total > 0 ? tr("  %1 %").arg(job->done * 100 / job->total) : QString();
    m_jobs->setField(Tone::None, tr("%1 running  %2").arg(running).arg(job->title) + percent, job->step);
}

void ConsoleStatusBar::updateWho()
{
    const Session *session = m_context ? m_context->session : nullptr;
    if (!session) {
        m_who->setField(Tone::None, {});
        return;
    }
    const QString right = session->profile().readOnly ? tr("read-only") : session->isOffline() ? tr("no changes offline") : tr("writable");
    const QString who = session->whoAmI().isEmpty() ? tr("Not signed in") : session->whoAmI();
    m_who->setField(Tone::None, who + QStringLiteral(" · ") + right);
}

} // namespace kboss
