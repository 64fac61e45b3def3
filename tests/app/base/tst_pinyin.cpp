#include "app/base/pinyin.h"

#include <QTest>
#include <atomic>
#include <thread>
#include <vector>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestPinyin final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyThreadsAskFirst();
    void initials_data();
    void initials();
    void matching();
};

void TestPinyin::manyThreadsAskFirst()
{
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { right += pinyinInitials(u"计费账户") == u"jfzh"; });
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(right.load(), 4);
}

void TestPinyin::initials_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("accounts") << u"计费账户"_s << u"jfzh"_s;
    QTest::newRow("center") << u"首都算力中心1"_s << u"sdslzx1"_s;
    QTest::newRow("mixed") << u"3-虚拟机ubuntu2204"_s << u"3xnjubuntu2204"_s;
    QTest::newRow("signs left out") << u"北京(一区) · A/B"_s << u"bjyqab"_s;
    QTest::newRow("zero initial") << u"安恩"_s << u"ae"_s;
    QTest::newRow("u with dots") << u"绿旅女"_s << u"lln"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestPinyin::initials()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(pinyinInitials(text), expected);
}

void TestPinyin::matching()
{
    QVERIFY(matchesTextOrPinyin(u"首都算力中心", u"slzx"));
    QVERIFY(matchesTextOrPinyin(u"首都算力中心", u"算力"));
    QVERIFY(matchesTextOrPinyin(u"Node-A", u"node"));
    QVERIFY(matchesTextOrPinyin(u"任何", u""));
    QVERIFY(!matchesTextOrPinyin(u"首都算力中心", u"zxsl"));
    QVERIFY(!matchesTextOrPinyin(u"首都", u"首x"));
}

QTEST_APPLESS_MAIN(TestPinyin)
#include "tst_pinyin.moc"
