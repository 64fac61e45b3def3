// A console that is killed in the middle of each phase, and started again.
#include "tests/app/cluster/killedphases.h"

using namespace kboss::test;

class TstInstallKilledMiddle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedAndResumed() { QCOMPARE(KilledPhases::troubleWith(Moment::Middle), QString()); }
};

int main(int argc, char **argv)
{
    return killableMain<TstInstallKilledMiddle>(argc, argv);
}

#include "tst_installkilledmiddle.moc"
