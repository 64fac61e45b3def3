#include "models/picks.h"

#include "tests/models/thingtype.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// What a form offers: where it comes from, what it is called, what depends on what.
class TestPicks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_thing = thingType(); }
    void sourcesAreFilled();
    void sourcesWaitForTheForm();
    void quotesDoNotBreakOut();
    void choicesAreNamed();
    void valuesMayBeMadeOfFields();
    void suggestionsFollowAnotherMember();
    void membersFollowAnotherMember();
    void severalValues();

private:
    Row thing(const char *key, const char *name, qint64 amount) const
    {
        return {QString::fromLatin1(key), {QString::fromLatin1(key), QString::fromUtf8(name), Value(), amount, SecretMark()}};
    }
    std::shared_ptr<const ResourceType> m_thing;
};

void TestPicks::sourcesAreFilled()
{
    ResourceType picked = *m_thing;
    picked.listParameters = {{u"kind"_s, u"fixed"_s}, {u"cpcid"_s, u"{parent.id}"_s}, {u"room"_s, u"{parent.name}"_s}};
    const PickSpec pick{u"thing"_s, {{u"cpcid"_s, u"{name}"_s}, {u"room"_s, u"{parent.name}"_s}}, u"amount = {form.count}"_s, u"id"_s, {u"name"_s}};
    const FormGround ground{m_thing.get(), thing("a1", "row", 3), m_thing.get(), thing("p1", "master", 5)};
    const PickSource source = pickSource(pick, picked, ground, {{u"count"_s, u" 7 "_s}});
    QVERIFY(source.isComplete());
    QCOMPARE(source.parameters, (QHash<QString, QString>{{u"kind"_s, u"fixed"_s}, {u"cpcid"_s, u"row"_s}, {u"room"_s, u"master"_s}}));
    QCOMPARE(source.filter, u"amount = 7"_s);
    // The master's key stands without its type too.
    const PickSpec byKey{u"thing"_s, {{u"cpcid"_s, u"{parent.id}"_s}}, {}, u"id"_s, {u"name"_s}};
    QCOMPARE(pickSource(byKey, picked, {nullptr, {}, nullptr, thing("p1", "master", 5)}, {}).parameters.value(u"cpcid"_s), u"p1"_s);
}

void TestPicks::sourcesWaitForTheForm()
{
    const PickSpec pick{u"thing"_s, {{u"clusterid"_s, u"{form.clusterid}"_s}}, u"name = \"{form.clusterid}\""_s, u"id"_s, {u"name"_s}};
    const FormGround ground{m_thing.get(), {}, nullptr, {}};
    const PickSource open = pickSource(pick, *m_thing, ground, {{u"clusterid"_s, QString()}});
    QVERIFY(!open.isComplete());
    QCOMPARE(open.missing, QStringList{u"clusterid"_s});
    QVERIFY(pickSource(pick, *m_thing, ground, {{u"clusterid"_s, u"c1"_s}}).isComplete());
}

void TestPicks::quotesDoNotBreakOut()
{
    const PickSpec pick{u"thing"_s, {}, u"name = \"{form.name}\""_s, u"id"_s, {u"name"_s}};
    const PickSource source = pickSource(pick, *m_thing, {}, {{u"name"_s, u"x\" OR amount > 0 OR name = \"\\"_s}});
    const auto filter = parseFilter(source.filter);
    QVERIFY2(filter, qPrintable(source.filter));
    QVERIFY(!matches(*filter, m_thing->schema(), thing("a", "other", 5)));
    QVERIFY(matches(*filter, m_thing->schema(), thing("a", "x\" OR amount > 0 OR name = \"\\", 0)));
}

void TestPicks::choicesAreNamed()
{
    const PickSpec pick{u"thing"_s, {}, {}, u"id"_s, {u"name"_s, u"amount"_s}};
    const std::vector<Row> rows{thing("k3", "node-10", 8), thing("k1", "node-2", 4), thing("k2", "node-1", 2), thing("k1", "node-2", 4)};
    const auto choices = pickChoices(pick, *m_thing, rows, {QTimeZone::utc(), 0});
    QCOMPARE(choices.size(), size_t(3));
    QCOMPARE(choices[0], (PickChoice{u"k2"_s, u"node-1"_s, u"2"_s}));
    QCOMPARE(choices[1], (PickChoice{u"k1"_s, u"node-2"_s, u"4"_s}));
    QCOMPARE(choices[2].name, u"node-10"_s);
}

void TestPicks::valuesMayBeMadeOfFields()
{
    const PickSpec pick{u"thing"_s, {}, {}, u"{name}={amount}"_s, {u"name"_s}};
    const auto choices = pickChoices(pick, *m_thing, {thing("k1", "gpu", 1), thing("k2", "", 1)}, {QTimeZone::utc(), 0});
    QCOMPARE(choices.size(), size_t(1)); // a row without a name has no value to send
    QCOMPARE(choices[0].value, u"gpu=1"_s);
}

void TestPicks::suggestionsFollowAnotherMember()
{
    FormField field;
    field.values = {{u"b"_s, {u"乙"_s, u"Second"_s}, Tone::None}};
    QVERIFY(suggestedChoices(field, {}).empty());
    field.offer = InputSpec{};
    field.offer->suggest = {u"a"_s, u"b"_s};
    setCurrentLanguage(u"zh_CN"_s);
    QCOMPARE(suggestedChoices(field, {}), (std::vector<PickChoice>{{u"a"_s, u"a"_s, {}}, {u"b"_s, u"乙"_s, {}}}));
    field.offer->suggest.clear();
    field.offer->by = u"type"_s;
    field.offer->suggestBy = {{u"disk"_s, {u"SYS"_s, u"DATA"_s}}, {u"gpu"_s, {u"STANDARD"_s}}};
    QCOMPARE(suggestedChoices(field, {{u"type"_s, u"disk"_s}}).size(), size_t(2));
    QCOMPARE(suggestedChoices(field, {{u"type"_s, u"gpu"_s}}).front().value, u"STANDARD"_s);
    QVERIFY(suggestedChoices(field, {{u"type"_s, QString()}}).empty());
}

void TestPicks::membersFollowAnotherMember()
{
    FormField field;
    field.offer = InputSpec{};
    field.offer->by = u"type"_s;
    field.offer->follow = {{u"cpu"_s, u"核"_s}};
    QCOMPARE(followedValue(field, {{u"type"_s, u"cpu"_s}}), std::optional(u"核"_s));
    QVERIFY(!followedValue(field, {{u"type"_s, u"gpu"_s}}));
    field.offer->follow.clear();
    QVERIFY(!followedValue(field, {{u"type"_s, u"cpu"_s}}));
}

void TestPicks::severalValues()
{
    QCOMPARE(splitValues(u" a=1 ,b=2,, a=1"_s, u","_s), (QStringList{u"a=1"_s, u"b=2"_s}));
    QCOMPARE(splitValues(u"a,b"_s, {}), QStringList{u"a,b"_s});
    QVERIFY(splitValues(QString(), u","_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestPicks)
#include "tst_picks.moc"
