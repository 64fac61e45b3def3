#include "app/base/filteroperand.h"

#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

TableSchema accountSchema()
{
    return {u"billing-account"_s,
            u"id"_s,
            {{u"id"_s, u"id"_s, FieldType::Text, false, {}},
             {u"display_name"_s, u"display_name"_s, FieldType::Text, false, {}},
             {u"state"_s, u"state"_s, FieldType::Enum, false, {u"BA_ACTIVE"_s, u"BA_FROZEN"_s}},
             {u"auto_pay"_s, u"auto_pay"_s, FieldType::Boolean, false, {}},
             {u"vouchers"_s, u"vouchers"_s, FieldType::Integer, false, {}},
             {u"rate"_s, u"rate"_s, FieldType::Decimal, false, {}},
             {u"balance"_s, u"balance"_s, FieldType::Money, false, {}},
             {u"create_time"_s, u"create_time"_s, FieldType::DateTime, false, {}},
             {u"expire_date"_s, u"expire_date"_s, FieldType::Date, false, {}},
             {u"password_pay"_s, u"password_pay"_s, FieldType::Secret, false, {}},
             {u"remark"_s, u"remark"_s, FieldType::Text, false, {}}}};
}

Row account()
{
    return {u"a-1"_s,
            {u"a-1"_s, u"首都 Account"_s, u"BA_ACTIVE"_s, true, qint64(12), *Decimal::parse(u"0.250"), Money{u"CNY"_s, 1000, 500'000'000},
             Instant{1'746'489'600'000}, QDate(2026, 6, 17), SecretMark{}, Value()}}; // 2025-05-06T00:00:00Z = 08:00 in Shanghai
}

FilterPtr parsed(const QString &text)
{
    const auto filter = parseFilter(text);
    if (!filter)
        qFatal("%s: %s", qPrintable(text), qPrintable(filter.error().detail));
    return *filter;
}

// The tree in letters: A(…), O(…), N(…), field op value, "value".
QString shape(const FilterPtr &node)
{
    static const char *const ops[] = {"=", "!=", "<", "<=", ">", ">=", ":"};
    if (node->kind == FilterNode::Kind::Search)
        return u'\'' + node->value + u'\'';
    if (node->kind == FilterNode::Kind::Restriction)
        return node->field + QLatin1String(ops[static_cast<int>(node->op)]) + node->value;
    QStringList parts;
    for (const FilterPtr &child : node->children)
        parts.append(shape(child));
    const char letter = node->kind == FilterNode::Kind::And ? 'A' : node->kind == FilterNode::Kind::Or ? 'O' : 'N';
    return QLatin1Char(letter) + (u'(' + parts.join(u' ') + u')');
}

rc::Gen<QString> anyValue()
{
    return rc::gen::map(
        rc::gen::container<std::vector<int>>(rc::gen::weightedOneOf<int>(
            {{20, rc::gen::inRange(0x20, 0x7F)}, {1, rc::gen::inRange(0x4E00, 0x4E20)}, {1, rc::gen::element<int>('"', '\\', '*', '-', '\n', 0)}})),
        [](const std::vector<int> &codes) {
            QString text;
            for (const int code : codes)
                text.append(QChar(code));
            return text;
        });
}

FilterPtr anyTree(int depth)
{
    auto node = std::make_shared<FilterNode>();
    const int kind = *rc::gen::inRange(0, depth > 0 ? 6 : 3);
    node->value =
        kind < 3 ? *rc::gen::oneOf(anyValue(), rc::gen::element(u"AND"_s, u"OR"_s, u"NOT"_s, u""_s, u"-5"_s, u"1000 CNY"_s, u"*"_s)) : QString();
    if (kind == 0) {
        node->kind = FilterNode::Kind::Search;
    } else if (kind < 3) {
        node->kind = FilterNode::Kind::Restriction;
        node->field = *rc::gen::element(u"id"_s, u"balance"_s, u"balance.units"_s, u"NOT_x"_s, u"a.b.c1"_s);
        node->op = static_cast<FilterOp>(*rc::gen::inRange(0, 7));
    } else if (kind == 3) {
        node->kind = FilterNode::Kind::Not;
        node->children = {anyTree(depth - 1)};
    } else {
        node->kind = kind == 4 ? FilterNode::Kind::And : FilterNode::Kind::Or;
        const int count = *rc::gen::inRange(2, 4);
        for (int i = 0; i < count; ++i)
            node->children.push_back(anyTree(depth - 1));
    }
    return node;
}

} // namespace

class TestFilter final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void faultsNamePosition_data();
    void faultsNamePosition();
    void limits();
    void printedComesBack();
    void printsCanonically_data();
    void printsCanonically();
    void evaluates_data();
    void evaluates();
    void orderOfTextIsByCodePoint();
    void notEqualsIsNotEquals();
    void checkNamesTheField_data();
    void checkNamesTheField();
    void nullMatchesAll();
    void orderBy();
};

void TestFilter::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tree");
    const auto add = [](const char *text, const char *tree) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tree); };
    add("a = 1", "a=1");
    add("a=1", "a=1");
    add("a!=1", "a!=1");
    add("a <= 1", "a<=1");
    add("a>=-1.5", "a>=-1.5");
    add("a:x", "a:x");
    add("a : x", "a:x");
    add("a:*", "a:*");
    add("balance.units > 3", "balance.units>3");
    add("a = 1 AND b = 2", "A(a=1 b=2)");
    add("a = 1 b = 2", "A(a=1 b=2)");
    add("a = 1 OR b = 2", "O(a=1 b=2)");
    add("a = 1 AND b = 2 OR c = 3", "A(a=1 O(b=2 c=3))");
    add("a OR b AND c", "A(O('a' 'b') 'c')");
    add("(a AND b) OR c", "O(A('a' 'b') 'c')");
    add("(a AND b) AND c", "A(A('a' 'b') 'c')");
    add("((a))", "'a'");
    add("NOT a", "N('a')");
    add("-a:x", "N(a:x)");
    add("-(a OR b)", "N(O('a' 'b'))");
    add("NOT (a)", "N('a')");
    add("NOT(a)", "N('a')");
    add("NOTE", "'NOTE'");
    add("ANDROID ORANGE", "A('ANDROID' 'ORANGE')");
    add("and or not", "A('and' 'or' 'not')");
    add("\"a b\"", "'a b'");
    add("a = \"say \\\"hi\\\" \\\\ \"", "a=say \"hi\" \\ ");
    add("a = \"\"", "a=");
    add("t > 2026-11-22T04:29:47Z", "t>2026-11-22T04:29:47Z");
    add("t > 2026-11-22T04:29:47+08:00 x", "A(t>2026-11-22T04:29:47+08:00 'x')");
    add("首都 name:算力*", "A('首都' name:算力*)");
    add("(a)(b)", "A('a' 'b')");
    add("  a\t\n ", "'a'");
    add("foo-bar.baz", "'foo-bar.baz'");
}

void TestFilter::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, tree);
    QCOMPARE(shape(parsed(text)), tree);
}

void TestFilter::faultsNamePosition_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");
    const auto add = [](const char *text, const char *detail) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(detail); };
    add("a =", "at 4: a value expected");
    add("a = ", "at 5: a value expected");
    add("a = AND", "at 5: a value expected");
    add("a = )", "at 5: a value expected");
    add("= 1", "at 1: a field, a value or \"(\" expected");
    add("a AND", "at 6: a field, a value or \"(\" expected");
    add("a OR", "at 5: a field, a value or \"(\" expected");
    add("OR a", "at 1: a field, a value or \"(\" expected");
    add("NOT", "at 4: a field, a value or \"(\" expected");
    add("NOT NOT a", "at 5: a field, a value or \"(\" expected");
    add("(a", "at 3: \")\" expected");
    add("()", "at 2: a field, a value or \"(\" expected");
    add("a)", "at 2: AND, OR or the end expected");
    add("a ! b", "at 3: one of = != < <= > >= : expected");
    add("1a = 2", "at 1: a field expected before the operator");
    add("a. = 2", "at 1: a field expected before the operator");
    add("\"a\" = 2", "at 1: a field expected before the operator");
    add("a = \"b", "at 7: the quotation begun at 5 has no end");
    add("a = \"b\\n\"", "at 8: \\\" or \\\\ expected");
    add("a = b=c", "at 6: a value with = in it has to be quoted");
    add("a == b", "at 4: a value with = in it has to be quoted");
}

void TestFilter::faultsNamePosition()
{
    QFETCH(QString, text);
    QFETCH(QString, detail);
    const auto filter = parseFilter(text);
    QVERIFY(!filter);
    QCOMPARE(filter.error().kind, ErrorKind::Rejected);
    QCOMPARE(filter.error().detail, detail);
}

void TestFilter::limits()
{
    QVERIFY(parseFilter(QString(50, u'(') + u'a' + QString(50, u')')));
    QCOMPARE(parseFilter(QString(51, u'(') + u'a' + QString(51, u')')).error().detail, u"at 51: nested deeper than 50"_s);
    QVERIFY(!parseFilter(QString(20'000, u'(')));
    QVERIFY(parseFilter(QString(20'000, u'a')));
    QCOMPARE(parseFilter(QString(20'001, u'a')).error().detail, u"at 20001: longer than 20000 characters"_s);
    QVERIFY(!*parseFilter(u" \n "_s));
}

void TestFilter::printedComesBack()
{
    QVERIFY(rc::check("parseFilter(printFilter(tree)) is the tree", [] {
        const FilterPtr tree = anyTree(4);
        const QString text = printFilter(tree);
        RC_PRE(text.size() <= 20'000);
        const auto again = parseFilter(text);
        if (!again)
            RC_FAIL(text.toStdString() + " -> " + again.error().detail.toStdString());
        RC_ASSERT(sameFilter(*again, tree));
        RC_ASSERT(printFilter(*again) == text);
    }));
}

void TestFilter::printsCanonically_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    const auto add = [](const char *text, const char *printed) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(printed); };
    add("a=1   b:x", "a = 1 AND b:x");
    add("-a=1", "NOT a = 1");
    add("((a=1) OR b=2) c=3", "a = 1 OR b = 2 AND c = 3");
    add("(a AND b) OR c", "(a AND b) OR c");
    add("NOT (a b)", "NOT (a AND b)");
    add("a = \"plain\"", "a = plain");
    add("t > 2026-11-22T04:29:47Z", "t > \"2026-11-22T04:29:47Z\"");
    add("a = \"1000 CNY\"", "a = \"1000 CNY\"");
    add("\"-5\" a<-5", "\"-5\" AND a < -5");
    add("首都", "\"首都\"");
}

void TestFilter::printsCanonically()
{
    QFETCH(QString, text);
    QFETCH(QString, printed);
    QCOMPARE(printFilter(parsed(text)), printed);
}

void TestFilter::evaluates_data()
{
    QTest::addColumn<bool>("expected");
    const auto add = [](bool expected, const QStringList &texts) {
        for (const QString &text : texts)
            QTest::newRow(text.toUtf8().constData()) << expected;
    };
    add(true,
        {u"id = a-1"_s, u"id = a-*"_s, u"id = \"*-1\""_s, u"id = *-*"_s, u"id != A-1"_s, u"id:A-"_s, u"id:*"_s, u"display_name:account"_s,
         u"display_name:首*"_s, u"display_name:*ACCOUNT"_s, u"id > a"_s, u"id <= a-1"_s, u"id >= a-1"_s});
    add(false,
        {u"id = A-1"_s, u"id = a"_s, u"id:b"_s, u"display_name:首都a"_s, u"display_name:account*"_s, u"id < a-1"_s, u"remark:*"_s, u"remark = x"_s,
         u"remark:x"_s, u"remark < x"_s});
    add(true, {u"remark != x"_s, u"NOT remark = x"_s, u"NOT remark:*"_s, u"account"_s, u"首都"_s, u"ba_act"_s, u"*account"_s});
    add(false, {u"account*"_s, u"CNY"_s, u"nothing"_s});
    add(true,
        {u"state = BA_ACTIVE"_s, u"state != BA_FROZEN"_s, u"state:active"_s, u"state = BA_*"_s, u"auto_pay = true"_s, u"auto_pay:TRUE"_s,
         u"auto_pay != false"_s, u"auto_pay:*"_s});
    add(false, {u"state = BA_FROZEN"_s, u"auto_pay = false"_s, u"auto_pay != true"_s});
    add(true,
        {u"vouchers = 12"_s, u"vouchers = 12.0"_s, u"vouchers < 12.5"_s, u"vouchers >= 12"_s, u"vouchers != 13"_s, u"vouchers:12"_s, u"rate = 0.25"_s,
         u"rate < 1"_s, u"rate > -1"_s});
    add(false, {u"vouchers > 12"_s, u"vouchers = 1"_s, u"rate = 0.2500001"_s});
    add(true,
        {u"balance = 1000.5"_s, u"balance < 1000.51"_s, u"balance = \"1000.5 CNY\""_s, u"balance >= \"1000.50 cny\""_s,
         u"balance != \"1000.5 USD\""_s, u"balance.units = 1000"_s, u"balance.nanos = 500000000"_s, u"balance.currency_code = CNY"_s,
         u"balance.currency_code:cn"_s, u"balance:*"_s});
    add(false,
        {u"balance < 1000.5"_s, u"balance > \"1 USD\""_s, u"balance = \"1000.5 USD\""_s, u"balance.units > 1000"_s,
         u"balance.currency_code = USD"_s});
    add(true,
        {u"create_time = 2025-05-06T00:00:00Z"_s, u"create_time = \"2025-05-06T08:00:00+08:00\""_s, u"create_time = \"2025-05-06 08:00:00\""_s,
         u"create_time = 2025-05-06"_s, u"create_time >= 2025-05-06"_s, u"create_time <= 2025-05-06"_s, u"create_time > 2025-05-05"_s,
         u"create_time < 2025-05-07"_s, u"create_time < 2025-05-06T00:00:00.001Z"_s});
    add(false,
        {u"create_time != 2025-05-06"_s, u"create_time > 2025-05-06"_s, u"create_time < 2025-05-06"_s, u"create_time = 2025-05-06T00:00:01Z"_s});
    add(true, {u"expire_date = 2026-06-17"_s, u"expire_date < 9999-12-31"_s, u"expire_date > 2026-06-16"_s, u"expire_date = 2026/6/17"_s});
    add(false, {u"expire_date > 2026-06-17"_s, u"expire_date = 2026-06-18"_s});
    add(true, {u"id = x OR id = a-1"_s, u"id = a-1 AND NOT state = BA_FROZEN"_s, u"-(id = x)"_s, u"id = x OR id = a-1 AND vouchers = 12"_s});
    add(false, {u"id = a-1 AND id = x"_s, u"id = a-1 id = x"_s, u"unknown = 1"_s, u"unknown != 1"_s, u"password_pay:*"_s, u"vouchers = many"_s});
}

void TestFilter::evaluates()
{
    QFETCH(bool, expected);
    const QString text = QString::fromUtf8(QTest::currentDataTag());
    QCOMPARE(matches(parsed(text), accountSchema(), account()), expected);
}

void TestFilter::orderOfTextIsByCodePoint()
{
    Row row = account();
    row.cells[0] = u"\U0001F600"_s; // as UTF-16 it would come before U+FF21
    QVERIFY(matches(parsed(u"id > \"\uFF21\""_s), accountSchema(), row));
}

void TestFilter::notEqualsIsNotEquals()
{
    QVERIFY(rc::check("a != v is NOT a = v, for every field and cell", [] {
        const TableSchema schema = accountSchema();
        Row row = account();
        for (Value &value : row.cells) {
            if (*rc::gen::inRange(0, 3) == 0)
                value = *rc::gen::arbitrary<bool>() ? Value() : Value(Misfit{u"?"_s});
        }
        auto node = std::make_shared<FilterNode>();
        node->kind = FilterNode::Kind::Restriction;
        node->field = schema.fields[static_cast<size_t>(*rc::gen::inRange(0, 9))].id;
        node->value = *rc::gen::element(u"a-1"_s, u"12"_s, u"0.25"_s, u"1000.5"_s, u"1000.5 CNY"_s, u"1 USD"_s, u"true"_s, u"2025-05-06"_s,
                                        u"2026-06-17"_s, u"BA_ACTIVE"_s, u"*"_s);
        node->op = FilterOp::Equals;
        RC_PRE(checkFilter(node, schema).has_value());
        auto other = std::make_shared<FilterNode>(*node);
        other->op = FilterOp::NotEquals;
        RC_ASSERT(matches(node, schema, row) != matches(other, schema, row));
    }));
}

void TestFilter::checkNamesTheField_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("fine") << u"id:x AND balance.units > 3 create_time < 2026-01-01 word"_s << QString();
    QTest::newRow("unknown") << u"id = x AND (nope = 1)"_s << u"nope"_s;
    QTest::newRow("part of no money") << u"id.units = 1"_s << u"id.units"_s;
    QTest::newRow("unknown part") << u"balance.cents = 1"_s << u"balance.cents"_s;
    QTest::newRow("secret") << u"password_pay = x"_s << u"password_pay"_s;
    QTest::newRow("secret presence") << u"password_pay:*"_s << u"password_pay"_s;
    QTest::newRow("number") << u"vouchers = many"_s << u"vouchers"_s;
    QTest::newRow("money") << u"balance = \"5 yuan\""_s << u"balance"_s;
    QTest::newRow("boolean") << u"auto_pay = maybe"_s << u"auto_pay"_s;
    QTest::newRow("boolean order") << u"auto_pay > false"_s << u"auto_pay"_s;
    QTest::newRow("enum value") << u"state = BA_ACTIV"_s << u"state"_s;
    QTest::newRow("enum order") << u"state < BA_ACTIVE"_s << u"state"_s;
    QTest::newRow("time") << u"create_time > yesterday"_s << u"create_time"_s;
    QTest::newRow("date") << u"NOT expire_date = 1795321787"_s << u"expire_date"_s;
}

void TestFilter::checkNamesTheField()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    const auto checked = checkFilter(parsed(text), accountSchema());
    QCOMPARE(checked.has_value(), field.isEmpty());
    if (checked)
        return;
    QCOMPARE(checked.error().kind, ErrorKind::Rejected);
    QCOMPARE(checked.error().field, field);
    QVERIFY(checked.error().detail.startsWith(field + u": "_s));
}

void TestFilter::nullMatchesAll()
{
    QVERIFY(matches(nullptr, accountSchema(), account()));
    QVERIFY(checkFilter(nullptr, accountSchema()));
    QCOMPARE(printFilter(nullptr), QString());
    QVERIFY(sameFilter(nullptr, nullptr));
    QVERIFY(!sameFilter(nullptr, parsed(u"a"_s)));
}

void TestFilter::orderBy()
{
    const auto keys = parseOrderBy(u" create_time  DESC ,name, balance.units asc"_s);
    QVERIFY(keys);
    QVERIFY((*keys == std::vector<SortKey>{{u"create_time"_s, true}, {u"name"_s, false}, {u"balance.units"_s, false}}));
    QCOMPARE(printOrderBy(*keys), u"create_time desc, name, balance.units"_s);
    QVERIFY(*parseOrderBy(printOrderBy(*keys)) == *keys);
    QVERIFY(parseOrderBy(u" "_s)->empty());
    QCOMPARE(parseOrderBy(u"a,"_s).error().detail, u"at 3: a field expected"_s);
    QCOMPARE(parseOrderBy(u"a down"_s).error().detail, u"at 1: asc or desc expected after a"_s);
    QCOMPARE(parseOrderBy(u"a, a desc"_s).error().field, u"a"_s);
    QVERIFY(!parseOrderBy(u"a desc desc"_s));
}

QTEST_APPLESS_MAIN(TestFilter)
#include "tst_filter.moc"
