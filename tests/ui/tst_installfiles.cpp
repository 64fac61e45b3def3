#include "models/installcounts.h"
#include "models/installstepwords.h"
#include "tests/ui/installpanes.h"
#include "ui/installextras.h"
#include "ui/installhosts.h"
#include "ui/installplanform.h"
#include "ui/installreview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTreeView>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

namespace {

bool put(const QString &file, const QByteArray &content)
{
    QFile target(file);
    return target.open(QIODevice::WriteOnly) && target.write(content) == content.size();
}

QStringList textsBelow(const QAbstractItemModel *model, const QModelIndex &parent)
{
    QStringList texts;
    for (int row = 0; row < model->rowCount(parent); ++row)
        texts << model->index(row, 0, parent).data().toString();
    return texts;
}

} // namespace

// Files that are brought along: chosen in the form, seen in the review, the matrix and the report, and still known when the folder is gone.
class TestInstallFiles : public QObject {
    Q_OBJECT

    InstallPanes m_panes;

    QString folder() const { return m_panes.world.folder->filePath(u"brought"_s); }
    // A desk whose steps are small, with one for each file; or those of a real cluster, which are only looked at here.
    std::unique_ptr<InstallDesk> deskWith(bool real)
    {
        InstallDesk::Parts parts = partsIn(m_panes.world.folder->path(), m_panes.world.secrets.get(), m_panes.world.clock, false);
        if (real) {
            parts.steps = InstallDesk::clusterSteps();
        } else {
            parts.steps = [marks = m_panes.world.folder->filePath(u"marks"_s)](InstallRun::Kind, const QString &, const InstallPlan &plan,
                                                                               const InstallOptions &options) {
                std::vector<InstallStep> steps = scriptedSteps(marks, plan, false);
                int number = 0;
                for (const InstallFile &file : options.files) {
                    steps.push_back(scriptedStep(marks, u"cp-1"_s, u"file-%1"_s.arg(++number), InstallPhase::Binaries));
                    steps.back().changes = {{StepChange::Kind::File, file.name, {}}};
                }
                return steps;
            };
        }
        return std::make_unique<InstallDesk>(std::move(parts));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_panes.start()); }
    void init()
    {
        m_panes.desk.reset();
        QVERIFY(m_panes.world.renew());
        QVERIFY(QDir().mkpath(folder()));
    }

    void theFormSaysWhatIsMissing()
    {
        m_panes.desk = deskWith(true);
        QVERIFY(wait(m_panes.desk->load()));
        Installation *one = m_panes.installation = m_panes.world.ready(m_panes.desk.get());
        InstallHostsPane pane(m_panes.context, m_panes.desk.get(), one, nullptr);
        pane.resize(1300, 900);
        pane.show();
        pane.enter();
        InstallPlanForm *form = pane.form();
        QVERIFY(form->faultOf(u"filesFolder"_s).isEmpty());
        auto *network = form->findChild<QComboBox *>(u"plan/networkAddon"_s);
        network->setFocus();
        QTest::keyClick(network, Qt::Key_Down); // calico
        Q_EMIT network->activated(network->currentIndex());
        QCOMPARE(one->plan().networkAddon, u"calico"_s);
        QTRY_VERIFY2(form->faultOf(u"filesFolder"_s).contains(u"calico.yaml"_s), qPrintable(form->faultOf(u"filesFolder"_s)));
        QVERIFY2(pane.words().open.contains(u"calico.yaml"_s), qPrintable(pane.words().open));
        QVERIFY(!one->start() && !one->isFrozen()); // refused before anything is done anywhere
        InstallPanes::picture(&pane, u"form-files-missing"_s);

        QVERIFY(put(folder() + u"/calico.yaml"_s, "kind: List\n") && put(folder() + u"/kubeadm.deb"_s, "x"));
        m_panes.prompt.willAnswer(true, folder());
        form->files()->chooseButton()->setFocus();
        QTest::keyClick(form->files()->chooseButton(), Qt::Key_Space);
        QTRY_COMPARE(one->details().filesFolder, folder());
        QTRY_VERIFY2(form->faultOf(u"filesFolder"_s).isEmpty(), qPrintable(form->faultOf(u"filesFolder"_s)));
        QVERIFY2(form->files()->foundText().startsWith(u"1 package, 1 manifest"_s), qPrintable(form->files()->foundText()));

        QCheckBox *addon = form->addons()->box(u"metrics-server"_s);
        addon->setFocus();
        QTest::keyClick(addon, Qt::Key_Space);
        QCOMPARE(one->plan().addons, QStringList{u"metrics-server"_s});
        QTRY_VERIFY(form->faultOf(u"filesFolder"_s).contains(u"metrics-server.yaml"_s));
        form->files()->edit()->setText(u"/no/such/folder"_s);
        Q_EMIT form->files()->edit()->textEdited({});
        QTRY_VERIFY(form->faultOf(u"filesFolder"_s).contains(u"/no/such/folder"_s));
    }

    void theReviewNamesThem()
    {
        m_panes.desk = deskWith(true);
        Installation *one = m_panes.installation = m_panes.world.ready(m_panes.desk.get());
        QVERIFY(put(folder() + u"/calico.yaml"_s, "kind: List\n") && put(folder() + u"/images.tar"_s, "xyz"));
        InstallPlan plan = one->plan();
        plan.networkAddon = u"calico"_s;
        one->setPlan(plan);
        InstallDetails details = one->details();
        details.filesFolder = folder();
        one->setDetails(details);
        InstallReviewPane pane(m_panes.context, m_panes.desk.get(), one, nullptr);
        pane.resize(1300, 900);
        pane.setVisible(true);
        pane.enter();
        const QAbstractItemModel *tree = pane.tree()->model();
        QTRY_VERIFY(textsBelow(tree, tree->index(0, 0)).join(u'\n').contains(u"bring file images.tar"_s));
        const QString first = textsBelow(tree, tree->index(0, 0)).join(u'\n'), second = textsBelow(tree, tree->index(1, 0)).join(u'\n');
        QVERIFY(first.contains(u"bring file calico.yaml"_s)
                && !second.contains(u"bring file calico.yaml"_s)); // manifests go to the first control plane
        QVERIFY(second.contains(u"bring file images.tar"_s));
        for (const InstallStepInfo &step : one->preview())
            QVERIFY2(isStepWordKnown(step.name), qPrintable(step.name));
        for (const InstallStepInfo &step : one->previewRemoval({}))
            QVERIFY2(isStepWordKnown(step.name), qPrintable(step.name));
        for (const InstallStepInfo &step : one->previewRemoval({u"wk-1"_s}))
            QVERIFY2(isStepWordKnown(step.name), qPrintable(step.name));
        InstallPanes::picture(&pane, u"review-files"_s);
    }

    void aRunKeepsThem()
    {
        m_panes.desk = deskWith(false);
        Installation *one = m_panes.installation = m_panes.world.ready(m_panes.desk.get());
        QVERIFY(put(folder() + u"/images.tar"_s, "xyz") && put(folder() + u"/more.tar.gz"_s, "0123456789"));
        InstallDetails details = one->details();
        details.filesFolder = folder();
        one->setDetails(details);
        InstallRun *run = *one->start(); // whether the folder was looked into by now or not
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), InstallRun::State::Done, 60'000);
        QVERIFY(run->step(u"cp-1/file-1"_s) && run->step(u"cp-1/file-2"_s));
        QCOMPARE(run->status(u"cp-1/file-2"_s).state, StepStatus::State::Done);
        QVERIFY(one->reportText().contains("file-2"));
        const QString id = one->id();
        m_panes.desk.reset();
        QVERIFY(QDir(folder()).removeRecursively());
        m_panes.desk = deskWith(false);
        one = *wait(m_panes.desk->open(id));
        QCOMPARE(one->files().size(), 2u);
        QVERIFY(one->run() && one->run()->step(u"cp-1/file-2"_s));
        QTRY_COMPARE(one->run()->status(u"cp-1/file-2"_s).state, StepStatus::State::Done);
    }

    void numbersHaveTheirGrammar()
    {
        QVERIFY(m_panes.language.set(u"en"_s));
        QCOMPARE(countText(Counted::Installations, 1), u"1 installation"_s);
        QCOMPARE(countText(Counted::Installations, 2), u"2 installations"_s);
        QCOMPARE(countText(Counted::Hosts, 0), u"0 hosts"_s);
        QVERIFY(m_panes.language.set(u"zh_CN"_s));
        for (int i = 0; i <= static_cast<int>(Counted::Nodes); ++i) {
            for (const int number : {1, 7}) {
                const QString text = countText(static_cast<Counted>(i), number);
                QVERIFY2(text.contains(QString::number(number)) && !text.contains(QRegularExpression(u"[A-Za-z]"_s)), qPrintable(text));
            }
        }
        QVERIFY(m_panes.language.set(u"en"_s));
    }
};

QTEST_MAIN(TestInstallFiles)
#include "tst_installfiles.moc"
