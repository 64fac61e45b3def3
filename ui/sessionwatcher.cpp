#include "ui/sessionwatcher.h"

#include "app/services/installdesk.h"
#include "ui/joblist.h"
#include "ui/signindialog.h"
#include "ui/tracelog.h"

#include <QTimer>

namespace kboss {

namespace {
constexpr int worthShowingMs = 400; // shorter readings would only flicker in the activity list
}

SessionWatcher::SessionWatcher(const AppContext &context, QWidget *window, QObject *parent) : QObject(parent), m_context(context), m_window(window)
{
    Session *session = context.session;
    connect(session, &Session::failed, this, [this](const Error &error) { m_context.showError(error, tr("Connecting"), {}); });
    connect(session, &Session::stateChanged, this, &SessionWatcher::stateChanged);
    connect(session->sync(), &SyncService::jobStarted, this, &SessionWatcher::follow);
    connect(session->installs(), &InstallDesk::jobStarted, this, &SessionWatcher::follow);
    connect(session->installs(), &InstallDesk::failed, this,
            [this](const Error &error) { m_context.showError(error, tr("Installing a cluster"), {}); });
    session->installs()->setWords({[](const InstallEntry &entry, InstallRun::Kind kind) {
                                       return kind == InstallRun::Kind::Install      ? tr("Installing the cluster %1").arg(entry.cluster)
                                           : kind == InstallRun::Kind::RemoveCluster ? tr("Removing the cluster %1").arg(entry.cluster)
                                                                                     : tr("Removing a node from the cluster %1").arg(entry.cluster);
                                   },
                                   {}});
    QTimer::singleShot(0, this, &SessionWatcher::tellStore);
}

SessionWatcher::~SessionWatcher()
{
    delete m_signIn;
}

void SessionWatcher::follow(Job *job)
{
    QTimer::singleShot(worthShowingMs, this, [this, held = QPointer<Job>(job)] {
        if (held && held->state() == Job::State::Running)
            m_context.jobs->add(held);
    });
}

void SessionWatcher::stateChanged(Session::State state)
{
    if (m_context.trace && state == Session::State::Online)
        m_context.trace->write("online");
    if (m_context.trace && state == Session::State::Offline)
        m_context.trace->write("offline");
    if (state == Session::State::NeedsCredential)
        askForCredential();
}

void SessionWatcher::askForCredential()
{
    if (!m_signIn) {
        m_signIn = new SignInDialog(m_context, m_window);
        m_signIn->open();
    }
    m_signIn->raise();
}

void SessionWatcher::tellStore()
{
    const StoreReport &report = m_context.session->storeReport();
    switch (report.outcome) {
    case StoreReport::Outcome::Opened:
    case StoreReport::Outcome::Created:
        return;
    case StoreReport::Outcome::Migrated:
        m_context.showNotice(tr("The local copy was brought to this version."), {}, {});
        return;
    case StoreReport::Outcome::SetAside:
        m_context.showNotice(tr("The local copy was damaged. It was set aside as %1 and is being read anew.").arg(report.detail), {}, {});
        return;
    case StoreReport::Outcome::ReadOnlyNewer:
        m_context.showNotice(tr("The local copy was written by a newer version (%1): it can be looked at, and is not changed.").arg(report.detail),
                             {}, {});
        return;
    }
}

} // namespace kboss
