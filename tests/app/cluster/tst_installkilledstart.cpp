// A console that is killed at the start of each phase, and started again.
#include "tests/app/cluster/killedphases.h"

using namespace kboss::test;

class TstInstallKilledStart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedAndResumed() { QCOMPARE(KilledPhases::troubleWith(Moment::Start), QString()); }
};

int main(int argc, char **argv)
{
    return killableMain<TstInstallKilledStart>(argc, argv);
}

#include "tst_installkilledstart.moc"
