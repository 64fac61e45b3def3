// What is asked before something of an installation is taken back: a step that only goes with its whole host says so, and wants the host's name.
#include "app/services/installfigures.h"
#include "ui/installchoices.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using State = StepStatus::State;

class TstInstallUndoQuestion : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aPhaseOfKubeadmTakesTheHost();
    void anOrdinaryStepIsItself();
    void theFirstHostStaysWhileOthersAreJoined();

private:
    InstallChoice choice(const QString &step, InstallChoice::Kind kind) const
    {
        return choicesOf(step, m_steps, m_states).at(static_cast<size_t>(kind));
    }

    std::vector<InstallStepInfo> m_steps;
    StepStates m_states;
};

void TstInstallUndoQuestion::init()
{
    InstallPlan plan;
    plan.cluster = u"prod"_s;
    plan.version = u"v1.34.9"_s;
    plan.hosts = {{u"cp-1"_s, u"10.0.0.1"_s, 22, u"ops"_s, HostRole::ControlPlane, {}},
                  {u"w-1"_s, u"10.0.0.2"_s, 22, u"ops"_s, HostRole::Worker, {}}};
    m_steps = stepInfos(installSteps(plan, {}), InstallTimes());
    m_states.clear();
    for (const InstallStepInfo &step : m_steps) {
        m_states[step.id].id = step.id;
        const bool isDone = step.host == u"cp-1"_s && step.phase <= InstallPhase::Network;
        m_states[step.id].state = isDone ? State::Done : State::Waiting;
    }
}

void TstInstallUndoQuestion::aPhaseOfKubeadmTakesTheHost()
{
    m_states[u"cp-1/network"_s].state = State::Failed;
    m_states[u"cp-1/ready"_s].state = State::SetAside;
    const InstallChoice undo = choice(u"cp-1/certs"_s, InstallChoice::Kind::UndoStep);
    QVERIFY(undo.isPossible && undo.resetsHost);
    QCOMPARE(undo.changes.front(), (StepChange{StepChange::Kind::Reset, u"cp-1"_s, {}}));
    for (const char *other : {"cp-1/certs", "cp-1/preflight", "cp-1/etcd", "cp-1/addon", "cp-1/network"})
        QVERIFY2(undo.steps.contains(QLatin1String(other)), other);
    for (const char *other : {"cp-1/swap", "cp-1/packages", "cp-1/ready"}) // they stay, or did nothing
        QVERIFY2(!undo.steps.contains(QLatin1String(other)), other);
    const Question question = InstallChoices::undoQuestion(undo, u"cp-1 · certs"_s);
    QCOMPARE(question.nameToType, u"cp-1"_s);
    QVERIFY(question.text.contains(u"reset"_s) && question.dangerous);
    QCOMPARE(question.details.front(), u"cp-1 is reset: all of Kubernetes goes"_s);
}

void TstInstallUndoQuestion::anOrdinaryStepIsItself()
{
    const InstallChoice undo = choice(u"cp-1/swap"_s, InstallChoice::Kind::UndoStep);
    QVERIFY(undo.isPossible && !undo.resetsHost);
    QCOMPARE(undo.steps, QStringList{u"cp-1/swap"_s});
    QVERIFY(InstallChoices::undoQuestion(undo, u"cp-1 · swap"_s).nameToType.isEmpty());
    QCOMPARE(InstallChoices::undoQuestion(choice(u"cp-1/swap"_s, InstallChoice::Kind::UndoHost), {}).nameToType, u"cp-1"_s);
}

void TstInstallUndoQuestion::theFirstHostStaysWhileOthersAreJoined()
{
    for (const InstallStepInfo &step : m_steps)
        m_states[step.id].state = State::Done;
    for (const auto kind : {InstallChoice::Kind::UndoStep, InstallChoice::Kind::UndoHost}) {
        const InstallChoice first = choice(u"cp-1/certs"_s, kind);
        QVERIFY(!first.isPossible);
        QCOMPARE(first.why, InstallChoice::Why::OthersJoined);
        QCOMPARE(first.others, QStringList{u"w-1"_s});
        QVERIFY(choice(u"w-1/join"_s, kind).isPossible);
    }
    QVERIFY(choice(u"cp-1/swap"_s, InstallChoice::Kind::UndoStep).isPossible); // leaves the cluster as it is
}

QTEST_MAIN(TstInstallUndoQuestion)
#include "tst_installundoquestion.moc"
