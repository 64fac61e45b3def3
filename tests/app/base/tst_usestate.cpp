#include "app/base/filter.h"
#include "app/base/rowdecoder.h"
#include "app/base/usestate.h"

#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

// How much of a stock is used, made from two numbers of the row.
class TestUseState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void ruleIsWrittenInThePointer();
    void decoderFillsIt();
    void nothingKnownIsNull();
    void lowIsExact();

private:
    static TableSchema schema()
    {
        return {u"part"_s,
                u"id"_s,
                {{u"id"_s, u"id"_s, FieldType::Text, false, {}, FieldReading::Plain, false},
                 {u"state"_s, UseRule{u"consumed"_s, u"stock"_s, 90}.pointer(), FieldType::Enum, false, {}, FieldReading::Plain, false},
                 {u"stock"_s, u"stock"_s, FieldType::Decimal, false, {}, FieldReading::Plain, false},
                 {u"consumed"_s, u"consumed"_s, FieldType::Decimal, false, {}, FieldReading::Plain, false}},
                {}};
    }
    static Value stateOf(const QByteArray &row)
    {
        RowDecoder decoder(schema());
        const auto batch = decoder.decodeRow(std::string_view(row.constData(), static_cast<size_t>(row.size())));
        return batch && batch->rowCount() == 1 ? batch->toRow(0).cells[1] : Value(u"no row"_s);
    }
};

void TestUseState::states_data()
{
    QTest::addColumn<QString>("used");
    QTest::addColumn<QString>("total");
    QTest::addColumn<QString>("state");
    QTest::newRow("no stock") << u"0"_s << u"0"_s << u"none"_s;
    QTest::newRow("unused") << u"0"_s << u"8"_s << u"unused"_s;
    QTest::newRow("some") << u"1"_s << u"8"_s << u"normal"_s;
    QTest::newRow("just under") << u"89.999999999999999999"_s << u"100"_s << u"normal"_s;
    QTest::newRow("at the mark") << u"90"_s << u"100"_s << u"low"_s;
    QTest::newRow("all") << u"8"_s << u"8.0"_s << u"full"_s;
    QTest::newRow("more than all") << u"9"_s << u"8"_s << u"full"_s;
}

void TestUseState::states()
{
    QFETCH(QString, used);
    QFETCH(QString, total);
    QFETCH(QString, state);
    QCOMPARE(QString::fromLatin1(useState(*Decimal::parse(used), *Decimal::parse(total), 90)), state);
    const QByteArray row = u"{\"consumed\": %1, \"id\": \"a\", \"stock\": \"%2\"}"_s.arg(used, total).toUtf8();
    QCOMPARE(stateOf(row), Value(state));
}

void TestUseState::ruleIsWrittenInThePointer()
{
    const UseRule rule{u"consumed"_s, u"stock"_s, 75};
    FieldSchema field;
    field.pointer = rule.pointer();
    QCOMPARE(UseRule::of(field), rule);
    field.pointer = u"provider_info/name"_s;
    QVERIFY(!UseRule::of(field).isSet());
}

void TestUseState::decoderFillsIt()
{
    // Neither a member of its own name nor of its pointer's text is taken for it, and the filter language sees it.
    QCOMPARE(stateOf(R"({"id": "a", "state": "mine", "=use:consumed:stock:90": "mine", "stock": 10, "consumed": 9})"), Value(u"low"_s));
    const auto filter = parseFilter(u"state = \"low\""_s);
    RowDecoder decoder(schema());
    const auto batch = decoder.decodeRow(R"({"id": "a", "stock": 10, "consumed": 9})");
    QVERIFY(batch && matches(*filter, schema(), batch->toRow(0)));
}

void TestUseState::nothingKnownIsNull()
{
    QCOMPARE(stateOf(R"({"id": "a", "stock": 10})"), Value());
    QCOMPARE(stateOf(R"({"id": "a", "stock": null, "consumed": 1})"), Value());
    QCOMPARE(stateOf(R"({"id": "a", "stock": "many", "consumed": 1})"), Value());
}

void TestUseState::lowIsExact()
{
    QVERIFY(rc::check("low from exactly the mark on", [] {
        const qint64 total = *rc::gen::inRange<qint64>(1, 1'000'000'000), used = *rc::gen::inRange<qint64>(1, total + 1);
        const int from = *rc::gen::inRange(1, 101);
        const QString state = QString::fromLatin1(useState(Decimal(used), Decimal(total), from));
        const bool reached = static_cast<__int128>(used) * 100 >= static_cast<__int128>(total) * from;
        RC_ASSERT(state == (used >= total ? u"full"_s : reached ? u"low"_s : u"normal"_s));
    }));
}

QTEST_APPLESS_MAIN(TestUseState)
#include "tst_usestate.moc"
