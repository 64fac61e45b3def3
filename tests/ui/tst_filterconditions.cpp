#include "tests/support/loopticker.h"
#include "ui/filterbar.h"
#include "ui/filterbuilder.h"
#include "ui/filterchip.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// The filter line as a value, in words, and built by choosing or as text: all three are one filter.
class TestFilterConditions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void splitsAndJoins();
    void keepsSwitchedOffOnes();
    void saysItInWords_data();
    void saysItInWords();
    void findsTheFault();
    void buildsByChoosing();
    void editsAsText();
    void chipsSwitchAndRemove();

private:
    QString textOf(const FilterBar &bar) const { return bar.conditions().text(); }

    ContractSet m_contracts;
    ResourceSet m_resources;
    const ResourceType *m_type = nullptr;
    Theme m_theme;
    QTimeZone m_zone{"Asia/Shanghai"};
};

void TestFilterConditions::initTestCase()
{
    const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
    auto contracts = ContractSet::load(source + u"/resources/api"_s);
    QVERIFY(contracts);
    m_contracts = std::move(*contracts);
    auto resources = ResourceSet::load(source + u"/resources/views"_s, m_contracts);
    QVERIFY2(resources, resources ? "" : qPrintable(resources.error().detail));
    m_resources = std::move(*resources);
    m_type = m_resources.find(u"billing-account"_s);
    QVERIFY(m_type);
    QVERIFY(m_theme.load(source + u"/resources/themes/tokens.json"_s));
    m_theme.apply();
    setCurrentLanguage(u"en"_s);
}

void TestFilterConditions::splitsAndJoins()
{
    FilterConditions conditions;
    const QString text = u"balance < 1000 AND (state = BA_ACTIVE OR state = BA_FROZEN) AND NOT arrears > 0 AND \"nova\""_s;
    conditions.replace(*parseFilter(text));
    QCOMPARE(conditions.items.size(), 3u);
    QCOMPARE(conditions.search, u"nova"_s);
    QVERIFY(sameFilter(*parseFilter(conditions.text()), *parseFilter(text)));
    const FilterConditions again = FilterConditions::fromJson(conditions.toJson());
    QCOMPARE(again.text(), conditions.text());
}

void TestFilterConditions::keepsSwitchedOffOnes()
{
    FilterConditions conditions;
    conditions.replace(*parseFilter(u"balance < 1000 AND arrears > 0"_s));
    conditions.items[0].enabled = false;
    QCOMPARE(conditions.text(), u"arrears > 0"_s);
    conditions.replace(*parseFilter(u"credit_line > 5"_s));
    QCOMPARE(conditions.items.size(), 2u);
    QVERIFY(!conditions.items[0].enabled);
    QCOMPARE(conditions.text(), u"credit_line > 5"_s);
    QVERIFY(FilterConditions().combined() == nullptr);
}

void TestFilterConditions::saysItInWords_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("words");
    QTest::newRow("money") << u"balance < 1000"_s << u"Balance < 1,000"_s;
    QTest::newRow("money with currency") << u"balance >= \"1000.5 CNY\""_s << u"Balance ≥ 1,000.50 CNY"_s;
    QTest::newRow("enum") << u"state = BA_FROZEN"_s << u"State is Frozen"_s;
    QTest::newRow("flag") << u"auto_pay = true"_s << u"Pays automatically is yes"_s;
    QTest::newRow("date") << u"update_time > \"2026-11-01\""_s << u"Updated after 2026-11-01"_s;
    QTest::newRow("has") << u"display_name:nova"_s << u"Display name contains “nova”"_s;
    QTest::newRow("set") << u"escrow_account_id:*"_s << QString();
    QTest::newRow("or") << u"state = BA_FROZEN OR arrears > 0"_s << u"State is Frozen or Arrears > 0"_s;
    QTest::newRow("not") << u"NOT state = BA_ACTIVE"_s << u"not State is Active"_s;
}

void TestFilterConditions::saysItInWords()
{
    QFETCH(QString, filter);
    QFETCH(QString, words);
    const Result<FilterPtr> parsed = parseFilter(filter);
    QVERIFY(parsed);
    const QString said = FilterWords(*m_type, m_zone).say(*parsed);
    if (words.isEmpty())
        QVERIFY2(said.endsWith(u" is set"_s), qPrintable(said));
    else
        QCOMPARE(said, words);
}

void TestFilterConditions::findsTheFault()
{
    const QString text = u"balance < 1000 AND (state = "_s;
    const Result<FilterPtr> parsed = parseFilter(text);
    QVERIFY(!parsed);
    QVERIFY(faultPosition(parsed.error(), text) >= 18);
    const QString unknown = u"balance < 1 AND no_such_field = 3"_s;
    const Result<void> checked = checkFilter(*parseFilter(unknown), m_type->schema());
    QVERIFY(!checked);
    QCOMPARE(faultPosition(checked.error(), unknown), static_cast<int>(unknown.indexOf(u"no_such_field"_s)));
}

void TestFilterConditions::buildsByChoosing()
{
    LoopTicker ticker;
    QWidget host;
    host.resize(900, 500);
    FilterBar bar(*m_type, m_zone, &m_theme, &host, &host);
    bar.resize(900, 40);
    host.show();
    QSignalSpy changed(&bar, &FilterBar::conditionsChanged);
    bar.openBuilder();
    QVERIFY(bar.builder()->isVisible());
    auto *field = bar.builder()->findChild<QComboBox *>(u"filterField"_s);
    auto *op = bar.builder()->findChild<QComboBox *>(u"filterOperator"_s);
    auto *value = bar.builder()->findChild<QLineEdit *>(u"filterValue"_s);
    auto *apply = bar.builder()->findChild<QPushButton *>(u"filterApply"_s);
    field->setCurrentIndex(field->findData(u"balance"_s));
    op->setCurrentIndex(op->findData(static_cast<int>(FilterOp::Less)));
    value->setText(u"1,2,3"_s);
    QVERIFY(!apply->isEnabled());
    value->setText(u"1,234.5"_s);
    QVERIFY(apply->isEnabled());
    apply->click();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(textOf(bar), u"balance < 1234.5"_s);
    QVERIFY(bar.builder()->isHidden());
    QVERIFY2(ticker.within(50), ticker.verdict());
}

void TestFilterConditions::editsAsText()
{
    QWidget host;
    host.resize(900, 500);
    FilterBar bar(*m_type, m_zone, &m_theme, &host, &host);
    host.show();
    bar.openText();
    auto *text = bar.builder()->findChild<QPlainTextEdit *>(u"filterText"_s);
    auto *apply = bar.builder()->findChild<QPushButton *>(u"filterApply"_s);
    text->setPlainText(u"balance < "_s);
    QVERIFY(!apply->isEnabled());
    QVERIFY(!text->extraSelections().isEmpty());
    text->setPlainText(u"nonsense_field = 1"_s);
    QVERIFY(!apply->isEnabled());
    text->setPlainText(u"balance < 1000 AND state = BA_ACTIVE"_s);
    QVERIFY(apply->isEnabled());
    apply->click();
    QCOMPARE(bar.conditions().items.size(), 2u);
    bar.openText();
    QVERIFY(sameFilter(*parseFilter(text->toPlainText()), bar.conditions().combined()));
}

void TestFilterConditions::chipsSwitchAndRemove()
{
    QWidget host;
    host.resize(900, 500);
    FilterBar bar(*m_type, m_zone, &m_theme, &host, &host);
    bar.resize(900, 40);
    host.show();
    FilterConditions conditions;
    conditions.replace(*parseFilter(u"balance < 1000 AND credit_line > 0"_s));
    bar.setConditions(conditions);
    const auto chips = [&bar] {
        QList<FilterChip *> shown;
        for (FilterChip *chip : bar.findChildren<FilterChip *>(u"condition"_s)) {
            if (!chip->isHidden())
                shown << chip;
        }
        return shown;
    };
    QCOMPARE(chips().size(), 2);
    QTest::keyClick(chips().first(), Qt::Key_Space);
    QCOMPARE(textOf(bar), u"credit_line > 0"_s);
    QCOMPARE(chips().size(), 2);
    QVERIFY(!chips().first()->isEnabledCondition());
    QTest::keyClick(chips().last(), Qt::Key_Delete);
    QCOMPARE(chips().size(), 1);
    QVERIFY(bar.conditions().combined() == nullptr);
    bar.clear();
    QVERIFY(chips().isEmpty());
}

QTEST_MAIN(TestFilterConditions)
#include "tst_filterconditions.moc"
