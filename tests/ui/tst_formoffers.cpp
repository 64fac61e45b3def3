#include "tests/ui/consolefixture.h"
#include "ui/editform.h"
#include "ui/fieldeditor.h"
#include "ui/pickbox.h"
#include "ui/pickcompleter.h"
#include "ui/rowsfeed.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

// Fields that are chosen from lists, in a form over the real service: names are seen, values are sent.
class TestFormOffers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nodesAreChosenByName();
    void foundByAddressAndByTyping();
    void whatIsNotInTheListIsAFault();
    void saysWhyThereIsNone();
    void followsAnotherField();
    void severalAreJoined();
    void severalMayBeTyped();
    void worksFromTheCopy();

private:
    void make(const Json &inputs);
    PickBox *box(const char *field) const { return m_form->editor(QString::fromLatin1(field))->pick(); }
    Row centerRow();

    ConsoleFixture m_world;
    Row m_center;
    std::shared_ptr<const ResourceType> m_type;
    std::unique_ptr<EditForm> m_form;
};

void TestFormOffers::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.session->state(), Session::State::Online, 15'000);
    RowsFeed centers(*m_world.resources.find(u"compute-center"_s), m_world.context, nullptr);
    centers.follow({}, nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(centers.isRead() && centers.rows().size() >= 30, 15'000);
    m_center = centers.rows().front();
}

void TestFormOffers::init()
{
    setCurrentLanguage(u"en"_s);
}

void TestFormOffers::cleanup()
{
    m_form.reset();
}

void TestFormOffers::make(const Json &inputs)
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/views/compute-node.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    Json view = Json::parse(file.readAll().toStdString());
    view["actions"][0]["inputs"] = inputs;
    auto type = ResourceSet::parse(QByteArray::fromStdString(view.dump()), u"compute-node.json"_s);
    QVERIFY2(type, type ? "" : qPrintable(type.error().detail));
    m_type = *type;
    const Action &create = *m_type->action(u"create"_s);
    m_form = std::make_unique<EditForm>(formFields(*m_type, create, *m_world.contracts), *m_type, &m_world.theme, nullptr);
    m_form->setGround(m_world.context, {m_type.get(), {}, m_world.resources.find(u"compute-center"_s), m_center});
    m_form->start({}, {}, true);
    m_form->resize(360, 900);
    m_form->show();
}

namespace {

Json nodePick(const char *filter = "node_status = \"0\"")
{
    return {{"member", "name"},
            {"pick",
             {{"resource", "compute-node"},
              {"parameters", {{"cpcid", "{parent.id}"}}},
              {"filter", filter},
              {"value", "id"},
              {"show", {"name", "ip", "gpu_model"}}}},
            {"none", {{"zh", "没有空闲设备"}, {"en", "No idle node"}}}};
}

} // namespace

void TestFormOffers::nodesAreChosenByName()
{
    make(Json::array({nodePick()}));
    PickBox *nodes = box("name");
    QVERIFY(nodes);
    QTRY_VERIFY_WITH_TIMEOUT(!nodes->choices().empty(), 10'000);
    const PickChoice first = nodes->choices().front();
    QVERIFY(first.name != first.value && !first.name.isEmpty());
    QVERIFY2(first.note.contains(u'.'), qPrintable(first.note)); // the address beside it
    QVERIFY(m_form->input().value(u"name"_s).isEmpty());
    const QSignalSpy changed(m_form.get(), &EditForm::changed);
    nodes->combo()->setFocus();
    QTest::keyClick(nodes->combo(), Qt::Key_Down); // the keyboard alone
    QCOMPARE(m_form->input().value(u"name"_s), first.value);
    QCOMPARE(nodes->combo()->currentText(), first.name);
    QVERIFY(changed.count() > 0);
    QCOMPARE(m_form->displayText(m_form->fields().front(), first.value), first.name);
    QVERIFY(m_form->faultOf(u"name"_s).isEmpty());
}

void TestFormOffers::foundByAddressAndByTyping()
{
    make(Json::array({nodePick()}));
    PickBox *nodes = box("name");
    QTRY_VERIFY_WITH_TIMEOUT(nodes->choices().size() > 1, 10'000);
    const PickChoice wanted = nodes->choices().back();
    auto *completer = nodes->combo()->completer();
    completer->setCompletionPrefix(wanted.note.section(u' ', 0, 0));
    QVERIFY(completer->completionCount() >= 1);
    QTest::keyClicks(nodes->combo()->lineEdit(), wanted.name);
    QCOMPARE(m_form->input().value(u"name"_s), wanted.value);
}

void TestFormOffers::whatIsNotInTheListIsAFault()
{
    make(Json::array({nodePick()}));
    PickBox *nodes = box("name");
    QTRY_VERIFY_WITH_TIMEOUT(!nodes->choices().empty(), 10'000);
    QTest::keyClicks(nodes->combo()->lineEdit(), u"nobody"_s);
    QVERIFY(m_form->input().value(u"name"_s).isEmpty());
    QVERIFY2(m_form->faultOf(u"name"_s).contains(u"nobody"_s), qPrintable(m_form->faultOf(u"name"_s)));
    const auto *fault = m_form->findChild<QLabel *>(u"fault-name"_s);
    QVERIFY(fault && fault->isVisible());
    nodes->combo()->lineEdit()->clear();
    m_form->type(u"name"_s, u"an-id-nobody-has"_s);
    QVERIFY(!m_form->faultOf(u"name"_s).isEmpty());
    QVERIFY(!m_form->displayText(m_form->fields().front(), u"an-id-nobody-has"_s).contains(u"an-id"_s)); // never an id
}

void TestFormOffers::saysWhyThereIsNone()
{
    make(Json::array({nodePick("name = \"no such node\"")}));
    QTRY_COMPARE_WITH_TIMEOUT(box("name")->hint(), u"No idle node"_s, 10'000);
    QVERIFY(box("name")->choices().empty());
    make(Json::array({nodePick("gpu_model = \"{form.gpu_model}\"")}));
    QCOMPARE(box("name")->hint(), u"Choose “GPU model” first"_s);
    m_form->type(u"gpu_model"_s, u"no such card"_s);
    QTRY_COMPARE_WITH_TIMEOUT(box("name")->hint(), u"No idle node"_s, 10'000);
}

void TestFormOffers::followsAnotherField()
{
    make(Json::array({{{"member", "gpu_model"}, {"by", "devicetype"}, {"suggestBy", {{"0", {"vGPU-8G"}}, {"1", {"A100-80G", "RTX5090-32G"}}}}},
                      {{"member", "cpu_model"}, {"by", "devicetype"}, {"follow", {{"0", "VIRTUAL"}}}}}));
    m_form->type(u"devicetype"_s, u"1"_s);
    QCOMPARE(box("gpu_model")->choices().size(), size_t(2));
    QVERIFY(m_form->editor(u"cpu_model"_s)->input()->isEnabled());
    m_form->type(u"devicetype"_s, u"0"_s);
    QCOMPARE(box("gpu_model")->choices().size(), size_t(1));
    QCOMPARE(m_form->input().value(u"cpu_model"_s), u"VIRTUAL"_s);
    QVERIFY(!m_form->editor(u"cpu_model"_s)->input()->isEnabled());
    m_form->type(u"gpu_model"_s, u"something new"_s); // suggestions do not bind
    QVERIFY(m_form->faultOf(u"gpu_model"_s).isEmpty());
    QCOMPARE(m_form->input().value(u"gpu_model"_s), u"something new"_s);
}

void TestFormOffers::severalAreJoined()
{
    Json input = nodePick();
    input["separator"] = ",";
    make(Json::array({input}));
    PickBox *nodes = box("name");
    QTRY_VERIFY_WITH_TIMEOUT(nodes->choices().size() >= 2, 10'000);
    const auto choices = nodes->choices();
    nodes->combo()->setFocus();
    QTest::keyClick(nodes->combo(), Qt::Key_Down);
    QTest::keyClick(nodes->combo(), Qt::Key_Down);
    QCOMPARE(m_form->input().value(u"name"_s), choices[0].value + u',' + choices[1].value);
    QCOMPARE(nodes->combo()->currentText(), QString());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const auto away = nodes->findChildren<QToolButton *>();
    QCOMPARE(away.size(), 2);
    QTest::mouseClick(away.front(), Qt::LeftButton);
    QCOMPARE(m_form->input().value(u"name"_s), choices[1].value);
}

void TestFormOffers::severalMayBeTyped()
{
    make(Json::array({{{"member", "gpu_model"}, {"suggest", {"a=1", "b=2"}}, {"separator", ","}}}));
    PickBox *labels = box("gpu_model");
    QTest::keyClicks(labels->combo()->lineEdit(), u"own=x"_s);
    QTest::keyClick(labels->combo()->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_form->input().value(u"gpu_model"_s), u"own=x"_s);
    QTest::keyClicks(labels->combo()->lineEdit(), u"b=2"_s);
    QCOMPARE(m_form->input().value(u"gpu_model"_s), u"own=x"_s);
    QTest::keyClick(labels->combo()->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_form->input().value(u"gpu_model"_s), u"own=x,b=2"_s);
}

void TestFormOffers::worksFromTheCopy()
{
    make(Json::array({nodePick()}));
    QTRY_VERIFY_WITH_TIMEOUT(!box("name")->choices().empty(), 10'000);
    const auto online = box("name")->choices();
    m_world.stopService();
    make(Json::array({nodePick()}));
    QTRY_COMPARE_WITH_TIMEOUT(box("name")->choices(), online, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!box("name")->hint().isEmpty(), 20'000); // says that it is the copy
    QVERIFY(m_world.restartService());
}

QTEST_MAIN(TestFormOffers)
#include "tst_formoffers.moc"
