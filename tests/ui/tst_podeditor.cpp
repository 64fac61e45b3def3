#include "app/api/apiclient.h"
#include "app/base/watchresult.h"
#include "models/rowcells.h"
#include "tests/ui/consolefixture.h"
#include "ui/argumentpages.h"
#include "ui/changelist.h"
#include "ui/editpane.h"
#include "ui/fieldeditor.h"
#include "ui/pickbox.h"
#include "ui/podcheck.h"
#include "ui/podeditorpage.h"
#include "ui/podoutcome.h"
#include "ui/resourceview.h"
#include "ui/rowsfeed.h"
#include "ui/scopebar.h"
#include "ui/scopedpage.h"
#include "ui/stocklist.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

// The editor of pod configurations over the real service: what is typed is reckoned, shown, sent, changed and deleted, and stock goes and comes back.
class TestPodEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void showsWhatDependsOnWhat();
    void createsByTyping();
    void changesWithBeforeAndAfter();
    void takesTheSelectorAway();
    void duplicates();
    void escAsks();
    void tableOpensTheEditor();
    void deletesAndGivesBack();
    void refusalsComeUnderTheirField();

private:
    void openPage(const QString &id, bool copy = false);
    void openChange(const QString &id);
    EditForm *form() const { return m_page->pane()->form(); }
    PodOutcome *outcome() const { return m_page->outcome(); }
    QLineEdit *line(const char *field) const;
    void typeInto(const char *field, const QString &text);
    Json ask(const char *operation, Json parameters, bool *good = nullptr);
    Json configNamed(const QString &name);
    Json configs();
    double memoryUsed();
    const StockList::Entry *memoryEntry() const;

    ConsoleFixture m_world;
    QString m_center, m_cluster;
    std::unique_ptr<PodEditorPage> m_page;
    QStringList m_opened, m_closed, m_rowKeys;
    double m_memoryBefore = 0;
};

void TestPodEditor::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.session->state(), Session::State::Online, 30'000);
    m_world.context.argumentPages = consoleArgumentPages();
    m_world.context.openPage = [this](const QString &id) { m_opened << id; };
    m_world.context.closePage = [this](const QString &id) { m_closed << id; };
    m_world.context.openRow = [this](const QString &, const QStringList &, const QString &key, const QString &) { m_rowKeys << key; };
    RowsFeed stock(*m_world.resources.find(u"node-stock"_s), m_world.context, nullptr);
    RowsFeed centers(*m_world.resources.find(u"compute-center"_s), m_world.context, nullptr);
    centers.follow({}, nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(centers.isRead() && !centers.rows().empty(), 15'000);
    const std::vector<Row> all = centers.rows();
    for (const Row &center : all) { // the first with a cluster that has configurations and room
        stock.follow({{u"cpcid"_s, center.key}}, nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(stock.isRead(), 15'000);
        const std::vector<Row> rows = stock.rows(); // the list goes on while it is looked through
        for (const Row &row : rows) {
            const RowCells cells(stock.type(), row);
            const Decimal left = cells.number("memory_total").minus(cells.number("memory_used")).value_or(Decimal());
            if (!m_cluster.isEmpty() || cells.text("role") != "worker"_L1 || cells.flag("cordoned") || left < Decimal(32))
                continue;
            m_center = center.key;
            m_cluster = cells.text("clusterid");
            const Json known = configs();
            if (!known.is_array() || known.empty())
                m_cluster.clear();
        }
        if (!m_cluster.isEmpty())
            break;
    }
    QVERIFY(!m_cluster.isEmpty());
    m_memoryBefore = memoryUsed();
}

void TestPodEditor::init()
{
    setCurrentLanguage(u"en"_s);
    m_opened.clear();
    m_closed.clear();
    m_rowKeys.clear();
    m_world.notice.clear();
    m_world.error = {};
}

void TestPodEditor::cleanup()
{
    m_page.reset();
}

void TestPodEditor::openPage(const QString &id, bool copy)
{
    m_page = std::make_unique<PodEditorPage>(PodEditorPage::Address{m_center, m_cluster, id, copy}, m_world.context);
    m_page->resize(1400, 900);
    m_page->show();
    m_page->setShown(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->pane()->isOpen(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!outcome()->verdict().isEmpty() && outcome()->verdict() != u"Not known"_s, 20'000);
}

void TestPodEditor::openChange(const QString &id)
{
    openPage(id);
    QTRY_COMPARE_WITH_TIMEOUT(outcome()->verdict(), u"Fits"_s, 20'000); // as it is, it fits: what it holds is its own
}

QLineEdit *TestPodEditor::line(const char *field) const
{
    FieldEditor *editor = form()->editor(QLatin1String(field));
    return editor->pick() ? editor->pick()->combo()->lineEdit() : qobject_cast<QLineEdit *>(editor->input());
}

void TestPodEditor::typeInto(const char *field, const QString &text)
{
    QLineEdit *edit = line(field);
    QVERIFY2(edit, field);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

Json TestPodEditor::ask(const char *operation, Json parameters, bool *good)
{
    Call call;
    call.operation = QLatin1String(operation);
    call.parameters = std::move(parameters);
    Json answer;
    bool done = false;
    watchResult(m_world.session->client()->send(call), this, [&](const Result<WireResponse> &response) {
        done = true;
        answer = response ? Json::parse(response->body.toStdString(), nullptr, false) : Json();
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 15'000); }();
    if (good)
        *good = answer.is_object() && answer.value("status", false);
    return answer;
}

Json TestPodEditor::configs()
{
    return ask("getCpcpodyaml", {{"cpcid", m_center.toStdString()}, {"clusterid", m_cluster.toStdString()}})["data"]["rows"];
}

Json TestPodEditor::configNamed(const QString &name)
{
    for (const Json &row : configs()) {
        if (row["source_name"] == name.toStdString())
            return row;
    }
    return {};
}

double TestPodEditor::memoryUsed()
{
    double used = 0;
    const Json rows = ask("getCpcnodestock", {{"cpcid", m_center.toStdString()}})["data"]["rows"];
    for (const Json &row : rows)
        used += row["clusterid"] == m_cluster.toStdString() ? row["memory_used"].get<double>() : 0;
    return used;
}

const StockList::Entry *TestPodEditor::memoryEntry() const
{
    for (const StockList::Entry &entry : outcome()->parts()->entries()) {
        if (entry.part.startsWith(u"Memory"_s))
            return &entry;
    }
    return nullptr;
}

void TestPodEditor::showsWhatDependsOnWhat()
{
    openPage(u"new"_s);
    const auto shown = [this](const char *field) { return !form()->editor(QLatin1String(field))->isHidden(); };
    const auto choices = [this](const char *field) {
        QStringList values;
        const auto *list = qobject_cast<QComboBox *>(form()->editor(QLatin1String(field))->input());
        for (int i = 0; i < list->count(); ++i)
            values << list->itemData(i).toString();
        return values;
    };
    QVERIFY(shown("source_replicasetnum") && shown("source_outsideport") && !shown("gpu_model"));
    QCOMPARE(choices("source_restartpolicy"), QStringList{u"Always"_s});
    QCOMPARE(choices("pod_imagepath").size(), 2);
    form()->type(u"source_replicasetnum"_s, u"3"_s);
    form()->type(u"source_podengine"_s, u"CronJob"_s);
    QVERIFY(!shown("source_replicasetnum"));
    QCOMPARE(form()->input().value(u"source_replicasetnum"_s), u"1"_s);
    QCOMPARE(choices("source_restartpolicy"), (QStringList{u"OnFailure"_s, u"Never"_s}));
    QCOMPARE(form()->input().value(u"source_restartpolicy"_s), u"OnFailure"_s);
    QVERIFY(form()->findChild<QLabel *>(u"note-workload"_s)->text().contains(u"no field for another schedule"_s));
    form()->type(u"instance_type"_s, u"RelationalDB"_s);
    QCOMPARE(form()->input().value(u"pod_imagepath"_s), u"docker.io/library/mysql:8.0"_s);
    QCOMPARE(form()->input().value(u"source_insideport"_s), u"3306"_s);
    QCOMPARE(form()->input().value(u"source_mountpath"_s), u"/var/lib/mysql"_s);
    form()->type(u"source_gpu"_s, u"1"_s);
    QVERIFY(shown("gpu_model"));
    QVERIFY(!form()->faultOf(u"gpu_model"_s).isEmpty()); // needed with GPUs
    form()->type(u"source_gpu"_s, u"0"_s);
    QVERIFY(form()->faultOf(u"gpu_model"_s).isEmpty());
    form()->type(u"source_portmode"_s, u"Ingress"_s);
    QVERIFY(!shown("source_outsideport"));
    form()->type(u"source_portmode"_s, u"NodePort"_s);
    const Json other = configs().front();
    form()->type(u"source_outsideport"_s, QString::number(other["source_outsideport"].get<int>()));
    QVERIFY2(form()->faultOf(u"source_outsideport"_s).contains(QString::fromStdString(other["source_name"].get<std::string>())),
             qPrintable(form()->faultOf(u"source_outsideport"_s)));
    form()->type(u"source_outsideport"_s, u"8080"_s);
    QVERIFY(!form()->faultOf(u"source_outsideport"_s).isEmpty());
    const PickBox *selector = form()->editor(u"source_nodeselector"_s)->pick();
    QVERIFY(selector);
    for (const PickChoice &choice : selector->choices())
        QVERIFY(choice.value.contains(u'=') && choice.note.contains(u"worker"_s)); // labels that nodes carry
}

void TestPodEditor::createsByTyping()
{
    openPage(u"new"_s);
    QCOMPARE(outcome()->verdict(), u"Not complete"_s);
    typeInto("source_name", u"typed-here"_s);
    typeInto("source_selflabel", u"app:typed"_s);
    typeInto("source_authpasswd", u"s3cret-word"_s);
    typeInto("source_memrate", u"90000Gi"_s);
    QTRY_COMPARE_WITH_TIMEOUT(outcome()->verdict(), u"Does not fit on a node"_s, 10'000);
    QVERIFY2(outcome()->placeText().contains(u"lacks Memory"_s), qPrintable(outcome()->placeText()));
    QVERIFY(memoryEntry() && !memoryEntry()->missing.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(outcome()->serviceText(), u"The service would refuse it"_s, 10'000);
    typeInto("source_memrate", u"2Gi"_s);
    QTRY_COMPARE_WITH_TIMEOUT(outcome()->verdict(), u"Fits"_s, 10'000);
    QVERIFY(memoryEntry() && memoryEntry()->missing.isEmpty());
    QCOMPARE(memoryEntry()->needed, u"2 Gi"_s);
    QVERIFY2(outcome()->placeText().startsWith(u"Would run on "_s), qPrintable(outcome()->placeText()));
    QTRY_COMPARE_WITH_TIMEOUT(outcome()->serviceText(), u"The service says the same"_s, 10'000);
    const QString yaml = outcome()->yaml();
    QVERIFY2(yaml.contains(u"kind: StatefulSet"_s) && yaml.contains(u"memory: \"2Gi\""_s) && yaml.contains(u"app: typed"_s), qPrintable(yaml));
    QVERIFY(yaml.contains(u"••••••"_s) && !yaml.contains(u"s3cret"_s));
    QTest::keyClick(line("source_name"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!m_closed.isEmpty(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_closed, QStringList{m_page->pageId()}, 5'000);
    const Json made = configNamed(u"typed-here"_s);
    QVERIFY(made.is_object());
    QCOMPARE(m_rowKeys, QStringList{QString::fromStdString(made["id"].get<std::string>())});
    QVERIFY(made["source_memrate"] == "2Gi" && made["source_podengine"] == "StatefulSet");
    QCOMPARE(memoryUsed(), m_memoryBefore + 2);
}

void TestPodEditor::changesWithBeforeAndAfter()
{
    const Json made = configNamed(u"typed-here"_s);
    QVERIFY(made.is_object());
    openChange(QString::fromStdString(made["id"].get<std::string>()));
    typeInto("source_memrate", u"3Gi"_s);
    QTRY_COMPARE_WITH_TIMEOUT(outcome()->changes()->entries().size(), size_t(1), 5'000);
    QCOMPARE(outcome()->changes()->entries().front().before, u"2Gi"_s);
    QCOMPARE(outcome()->changes()->entries().front().after, u"3Gi"_s);
    QTRY_VERIFY_WITH_TIMEOUT(outcome()->diff().contains(u"+ "_s), 5'000);
    const QStringList lines = outcome()->diff().split(u'\n');
    QVERIFY2(!lines.filter(QRegularExpression(u"^- .*2Gi"_s)).isEmpty() && !lines.filter(QRegularExpression(u"^\\+ .*3Gi"_s)).isEmpty(),
             qPrintable(outcome()->diff()));
    QVERIFY(!outcome()->diff().contains(u"namespace"_s)); // everything else is as it was
    auto *save = m_page->pane()->findChild<QPushButton *>(u"saveButton"_s);
    QTRY_VERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton); // without a password: the one there is stays
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.notice.isEmpty(), 20'000);
    QVERIFY(configNamed(u"typed-here"_s)["source_memrate"] == "3Gi");
    QCOMPARE(memoryUsed(), m_memoryBefore + 3);
    QTRY_VERIFY_WITH_TIMEOUT(outcome()->changes()->entries().empty(), 10'000);
    QVERIFY(m_closed.isEmpty());
}

void TestPodEditor::takesTheSelectorAway()
{
    const QString id = QString::fromStdString(configNamed(u"typed-here"_s)["id"].get<std::string>());
    openChange(id);
    const PickBox *selector = form()->editor(u"source_nodeselector"_s)->pick();
    QTRY_VERIFY_WITH_TIMEOUT(!selector->choices().empty(), 10'000);
    for (const PickChoice &choice : selector->choices()) { // one that a node with room carries
        form()->type(u"source_nodeselector"_s, choice.value);
        QTRY_VERIFY(!m_page->runner()->isReckoning());
        if (outcome()->verdict() == u"Fits"_s)
            break;
    }
    QCOMPARE(outcome()->verdict(), u"Fits"_s);
    const QString label = form()->input().value(u"source_nodeselector"_s);
    m_page->pane()->save();
    QTRY_VERIFY2_WITH_TIMEOUT(!m_world.notice.isEmpty(),
                              qPrintable(m_world.errorWhat + u' ' + m_world.error.detail + form()->faultOf(u"source_nodeselector"_s)), 20'000);
    QCOMPARE(QString::fromStdString(configNamed(u"typed-here"_s)["source_nodeselector"].get<std::string>()), label);
    m_world.notice.clear();
    m_page.reset();
    openChange(id);
    QTRY_COMPARE_WITH_TIMEOUT(form()->input().value(u"source_nodeselector"_s), label, 10'000);
    form()->type(u"source_nodeselector"_s, QString());
    m_page->pane()->save();
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.notice.isEmpty(), 20'000);
    QVERIFY(configNamed(u"typed-here"_s)["source_nodeselector"] == "");
}

void TestPodEditor::duplicates()
{
    const Json made = configNamed(u"typed-here"_s);
    openPage(QString::fromStdString(made["id"].get<std::string>()), true);
    const FormInput input = form()->input();
    QCOMPARE(input.value(u"source_name"_s), u"typed-here-copy"_s);
    QCOMPARE(input.value(u"source_memrate"_s), u"3Gi"_s);
    QVERIFY(input.value(u"source_outsideport"_s).toInt() != made["source_outsideport"].get<int>());
    QVERIFY(input.value(u"source_authpasswd"_s).isEmpty());
    QVERIFY(!form()->faultOf(u"source_authpasswd"_s).isEmpty()); // a copy needs one of its own
    QCOMPARE(m_page->pageId(), u"pod-config-copy/%1/%2/%3"_s.arg(m_center, m_cluster, QString::fromStdString(made["id"].get<std::string>())));
    QVERIFY(outcome()->yaml().isEmpty() || !outcome()->yaml().contains(QString::fromStdString(made["id"].get<std::string>())));
}

void TestPodEditor::escAsks()
{
    openChange(QString::fromStdString(configNamed(u"typed-here"_s)["id"].get<std::string>()));
    QTest::keyClick(m_page->pane(), Qt::Key_Escape);
    QTRY_COMPARE(m_closed.size(), 1); // nothing typed, nothing to lose
    m_page.reset();
    m_closed.clear();
    openChange(QString::fromStdString(configNamed(u"typed-here"_s)["id"].get<std::string>()));
    typeInto("source_memrate", u"4Gi"_s);
    QVERIFY(m_page->hasUnsaved());
    const size_t asked = m_world.prompt.asked().size();
    m_world.prompt.willAnswer(false);
    QTest::keyClick(m_page->pane(), Qt::Key_Escape);
    QTRY_COMPARE(m_world.prompt.asked().size(), asked + 1);
    QVERIFY(m_world.prompt.asked().back().details.join(u' ').contains(u"3Gi → 4Gi"_s));
    QVERIFY(m_closed.isEmpty() && m_page->hasUnsaved());
}

void TestPodEditor::tableOpensTheEditor()
{
    ScopedPage page(*m_world.resources.find(u"pod-config"_s), m_world.context);
    page.resize(1400, 800);
    page.show();
    page.setShown(true);
    page.scope()->choose(0, m_center);
    page.scope()->choose(1, m_cluster);
    QTRY_VERIFY_WITH_TIMEOUT(page.view()->feed()->matching() > 0, 15'000);
    page.view()->namedAction(u"create"_s)->trigger();
    QCOMPARE(m_opened, QStringList{u"pod-config-editor/%1/%2/new"_s.arg(m_center, m_cluster)});
    page.view()->table()->showFirstRow();
    QTRY_VERIFY(page.view()->currentRow());
    const QString key = page.view()->currentRow()->key;
    page.view()->namedAction(u"edit"_s)->trigger();
    QCOMPARE(m_opened.back(), u"pod-config-editor/%1/%2/%3"_s.arg(m_center, m_cluster, key));
    page.view()->namedAction(u"act-duplicate"_s)->trigger();
    QCOMPARE(m_opened.back(), u"pod-config-copy/%1/%2/%3"_s.arg(m_center, m_cluster, key));
    const size_t asked = m_world.prompt.asked().size();
    m_world.prompt.willAnswer(false);
    page.view()->namedAction(u"delete"_s)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_world.prompt.asked().size(), asked + 1, 10'000);
    QVERIFY(!m_world.prompt.asked().back().details.filter(u"Comes back: "_s).isEmpty()); // the same preview as in the editor
}

void TestPodEditor::deletesAndGivesBack()
{
    const Json made = configNamed(u"typed-here"_s);
    const QString id = QString::fromStdString(made["id"].get<std::string>());
    openChange(id);
    m_world.prompt.willAnswer(true);
    const size_t asked = m_world.prompt.asked().size();
    m_page->namedAction(u"delete"_s)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_world.prompt.asked().size(), asked + 1, 10'000);
    const Question question = m_world.prompt.asked().back();
    const QString details = question.details.join(u'\n');
    QCOMPARE(question.nameToType, u"typed-here"_s);
    QVERIFY2(details.contains(u"Goes: StatefulSet "_s + id + u"-statefulset"_s), qPrintable(details));
    QVERIFY2(details.contains(u"Goes: Service "_s + id + u"-service"_s), qPrintable(details));
    QVERIFY2(!question.details.filter(QRegularExpression(u"^Comes back: Memory .*, 3 Gi, on .+"_s)).isEmpty(), qPrintable(details));
    QVERIFY2(details.contains(u"Stays: Namespace "_s), qPrintable(details));
    QTRY_VERIFY_WITH_TIMEOUT(configNamed(u"typed-here"_s).is_null(), 15'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_closed, QStringList{m_page->pageId()}, 15'000);
    QCOMPARE(memoryUsed(), m_memoryBefore);
}

void TestPodEditor::refusalsComeUnderTheirField()
{
    const FormShape shape = podFormShape({});
    const auto place = [&shape](const QString &detail) {
        QString told = detail;
        return shape.faultField(Error{ErrorKind::Rejected, detail, {}, {}, {}, 0}, told) + u'|' + told;
    };
    QCOMPARE(place(u"source_memrate: no amount"_s), u"source_memrate|no amount"_s);
    QCOMPARE(place(u"first password(source_authpasswd): masked"_s), u"source_authpasswd|masked"_s);
    QVERIFY(place(u"short of stock: memory DDR5 needs 4 Gi"_s).startsWith(u"source_memrate|"_s));
    QVERIFY(place(u"short of stock: disk SYS needs 4 Gi"_s).startsWith(u"disk_sys_limit|"_s));
    QVERIFY(place(u"something else"_s).startsWith(u'|'));
}

QTEST_MAIN(TestPodEditor)
#include "tst_podeditor.moc"
