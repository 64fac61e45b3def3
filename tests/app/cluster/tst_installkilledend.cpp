// A console that is killed at the end of each phase, and started again.
#include "tests/app/cluster/killedphases.h"

using namespace kboss::test;

class TstInstallKilledEnd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedAndResumed() { QCOMPARE(KilledPhases::troubleWith(Moment::End), QString()); }
};

int main(int argc, char **argv)
{
    return killableMain<TstInstallKilledEnd>(argc, argv);
}

#include "tst_installkilledend.moc"
