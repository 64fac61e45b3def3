#include "ui/installdesks.h"

#include "models/installwords.h"
#include "ui/installasker.h"
#include "ui/joblist.h"

#include <QCoreApplication>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("InstallJobs", text);
}

QString titleOf(const InstallEntry &entry, InstallRun::Kind kind)
{
    switch (kind) {
    case InstallRun::Kind::DryRun:
        return words(QT_TRANSLATE_NOOP("InstallJobs", "Looking at the hosts of %1")).arg(entry.cluster);
    case InstallRun::Kind::RemoveWorker:
        return words(QT_TRANSLATE_NOOP("InstallJobs", "Removing a worker of %1")).arg(entry.cluster);
    case InstallRun::Kind::RemoveCluster:
        return words(QT_TRANSLATE_NOOP("InstallJobs", "Removing %1")).arg(entry.cluster);
    case InstallRun::Kind::Install:
        break;
    }
    return words(QT_TRANSLATE_NOOP("InstallJobs", "Installing %1")).arg(entry.cluster);
}

} // namespace

InstallDesk *installDeskOf(const AppContext &context)
{
    return context.session ? context.session->installs() : nullptr;
}

void followInstallations(const AppContext &context)
{
    InstallDesk *desk = installDeskOf(context);
    if (!desk)
        return;
    InstallWords given;
    given.title = titleOf;
    given.step = [](const InstallStepInfo &step) { return step.host + u" · "_s + phaseWord(step.phase); };
    desk->setWords(std::move(given));
    QObject::connect(desk, &InstallDesk::jobStarted, context.jobs, &JobList::add);
    new InstallAsker(context, desk); // goes with it
    (void)desk->load(); // what was under way is announced by it
}

} // namespace kboss
