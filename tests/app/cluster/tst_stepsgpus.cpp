#include "tests/support/scriptedinstall.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::ScriptedInstall;

namespace {

InstallPlan planWith(const QStringList &addons)
{
    InstallPlan plan;
    plan.cluster = u"test"_s;
    plan.version = u"v1.34.9"_s;
    plan.hosts = {{u"cp-1"_s, u"10.20.0.11"_s, 22, u"ops"_s, HostRole::ControlPlane, {}},
                  {u"gpu-1"_s, u"10.20.0.21"_s, 22, u"ops"_s, HostRole::Worker, {}}};
    plan.addons = addons;
    return plan;
}

const InstallStep *stepNamed(const std::vector<InstallStep> &steps, const QString &id)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&id](const InstallStep &step) { return step.id == id; });
    return found == steps.end() ? nullptr : &*found;
}

// A node with two GPUs; a job that ends as it is told.
struct World {
    int gpus = 2, succeeded = 0, failed = 0;
    CommandResult operator()(const QStringList &words) const
    {
        const QString line = words.join(u' ');
        if (line.contains(u"0x10de"_s))
            return {0, {}, "gpus " + QByteArray::number(gpus) + '\n', {}};
        if (line.contains(u"get job"_s))
            return {
                0, {}, (succeeded ? QByteArray::number(succeeded) : QByteArray()) + ' ' + (failed ? QByteArray::number(failed) : QByteArray()), {}};
        if (line.contains(u"logs"_s))
            return {0, {}, "0 of 2 GPUs\n", {}};
        return {0, {}, {}, {}};
    }
};

int orders(const ScriptedInstall &context, const QString &part)
{
    return static_cast<int>(std::count_if(context.commands.begin(), context.commands.end(),
                                          [&part](const ScriptedInstall::Command &command) { return command.words.join(u' ').contains(part); }));
}

} // namespace

// The test job of hosts with GPUs.
class TstStepsGpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhereSomebodyLooksAfterThem()
    {
        QVERIFY(!stepNamed(installSteps(planWith({}), {}), u"gpu-1/gpu-job"_s));
        const auto steps = installSteps(planWith({u"gpu-operator"_s}), {});
        const InstallStep *job = stepNamed(steps, u"gpu-1/gpu-job"_s);
        QVERIFY(job && job->phase == InstallPhase::Verify && job->undo);
        QVERIFY(job->after.contains(u"gpu-1/verify-gpus"_s));
        ScriptedInstall context(planWith({u"gpu-operator"_s}), u"gpu-1"_s);
        context.answer = World{0};
        QCOMPARE(job->probe(context)->state, StepState::NotNeeded);
    }

    void aJobGetsAllOfThem()
    {
        const InstallPlan plan = planWith({u"gpu-operator"_s});
        const auto steps = installSteps(plan, {});
        const InstallStep &job = *stepNamed(steps, u"gpu-1/gpu-job"_s);
        ScriptedInstall context(plan, u"gpu-1"_s);
        context.eachMs = 60'000;
        context.answer = World{2, 1, 0};
        QCOMPARE(job.probe(context)->state, StepState::Open);
        const auto done = job.act(context);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        QByteArray manifest;
        for (const ScriptedInstall::Command &command : context.commands)
            manifest += command.input;
        QVERIFY2(manifest.contains("nvidia.com/gpu: \"2\"") && manifest.contains("nodeName: gpu-1") && manifest.contains("kboss-gpu-gpu-1"),
                 manifest);
        QCOMPARE(job.probe(context)->state, StepState::Done);
        QCOMPARE(orders(context, u"delete job kboss-gpu-gpu-1"_s), 2); // one of an earlier try, and its own
        context.answer = World{4, 1, 0};
        QCOMPARE(job.probe(context)->state, StepState::Open); // two more were put in
        QVERIFY(job.undo(context));
    }

    void oneThatFailsSaysWhatItSaw()
    {
        const InstallPlan plan = planWith({u"gpu-operator"_s});
        const auto steps = installSteps(plan, {});
        const InstallStep &job = *stepNamed(steps, u"gpu-1/gpu-job"_s);
        ScriptedInstall context(plan, u"gpu-1"_s);
        context.eachMs = 60'000;
        context.answer = World{2, 0, 1};
        const auto done = job.act(context);
        QVERIFY(!done && done.error().kind == ErrorKind::Rejected);
        QVERIFY2(done.error().detail.contains(u"0 of 2 GPUs"_s), qPrintable(done.error().detail));
        QCOMPARE(job.probe(context)->state, StepState::Open);
    }

    void aLongNameFitsItsLabel()
    {
        InstallPlan plan = planWith({u"gpu-operator"_s});
        plan.hosts[1].name = QString(63, u'g');
        const auto steps = installSteps(plan, {});
        const QString subject = stepNamed(steps, plan.hosts[1].name + u"/gpu-job"_s)->changes.front().subject;
        QVERIFY(subject.section(u'/', -1).size() <= 63);
    }
};

QTEST_GUILESS_MAIN(TstStepsGpus)
#include "tst_stepsgpus.moc"
