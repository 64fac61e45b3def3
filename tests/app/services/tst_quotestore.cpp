#include "app/services/quotejson.h"
#include "app/services/quotestore.h"
#include "tests/support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

Decimal number(const QString &text)
{
    return Decimal::parse(text).value();
}

QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

QuoteContent content(qint64 cores)
{
    QuoteContent quote;
    quote.customer = u"上海诺瓦生物信息有限公司"_s;
    quote.centerId = u"AROU9udKtPNyh0AZtO_WY"_s;
    quote.centerName = u"北京亦庄算力中心"_s;
    quote.clusterId = u"4hBm8atruISOU2bs24t_N"_s;
    quote.clusterName = u"亦庄-gpu-prod-02"_s;
    quote.term = 30;
    quote.termUnit = u"天"_s;
    quote.validUntil = QDate(2026, 12, 6);
    quote.parts = {{u"cpu"_s, u"STANDARD"_s, cores, number(u"0.18000"_s), u"核"_s, u"小时"_s, u"元"_s},
                   {u"memory"_s, u"Samsung DDR4 DIMMs"_s, 524288, number(u"0.0000299999999999999999999"_s), u"Mi"_s, u"小时"_s, u"元"_s}};
    quote.pricesMs = 1'763'000'000'000;
    quote.total = number(u"38980.64"_s);
    return quote;
}

} // namespace

class TestQuoteStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"quotes.json"_s);
    }

    void keepsEveryVersionExactly()
    {
        QString id;
        {
            auto store = open();
            const Result<Quote> made = wait(store->create(content(4)));
            QVERIFY(made);
            id = made->id;
            QVERIFY2(id.startsWith(u"Q-"_s) && id.endsWith(u"-001"_s), qPrintable(id));
            QVERIFY(made->working.has_value() && made->versions.empty());
            QVERIFY(wait(store->save(id, content(4))));
            m_clock.advance(60'000);
            QVERIFY(wait(store->save(id, content(8))));
            QVERIFY2(wait(store->save(id, content(8)))->versions.size() == 2, "the same again is no new version");
        }
        auto store = open();
        const Quote *quote = store->find(id);
        QVERIFY(quote);
        QCOMPARE(quote->versions.size(), 2);
        QCOMPARE(quote->versions[0].content, content(4));
        QCOMPARE(quote->versions[1].content, content(8));
        QCOMPARE(quote->versions[1].content.parts[0].unitPrice.toString(), u"0.18000"_s);
        QCOMPARE(quote->versions[1].content.parts[1].unitPrice.toString(), u"0.0000299999999999999999999"_s);
        QCOMPARE(quote->versions[1].savedMs - quote->versions[0].savedMs, 60'000);
        QCOMPARE(quote->versions[1].savedBy, u"liu"_s);
        QVERIFY(!quote->working);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFileInfo(m_file).permissions() & others, QFile::Permissions());
    }

    void keepsWhatWasTypedApartFromWhatWasSaved()
    {
        auto store = open();
        const QString id = wait(store->create({}))->id;
        QVERIFY(wait(store->save(id, content(4))));
        QVERIFY(wait(store->keep(id, content(5))));
        auto again = open();
        QCOMPARE(again->find(id)->current(), content(5));
        QCOMPARE(*again->find(id)->saved(), content(4));
        QVERIFY(!wait(again->keep(id, content(4)))->working); // typed back to what was saved
        QVERIFY(wait(again->keep(id, content(6))));
        QCOMPARE(wait(again->revert(id))->current(), content(4));
    }

    void numbersGoOnAndNeverTwice()
    {
        auto one = open(), two = open();
        QStringList ids;
        for (int i = 0; i < 3; ++i)
            ids << wait(one->create({}))->id << wait(two->create({}))->id;
        ids.removeDuplicates();
        QCOMPARE(ids.size(), 6);
        QVERIFY(wait(two->load()));
        QCOMPARE(two->quotes().size(), 6);
        QCOMPARE(wait(one->duplicate(ids.first()))->id.right(3), u"007"_s);
    }

    void refusesToCoverSomebodyElsesVersion()
    {
        auto one = open();
        const QString id = wait(one->create({}))->id;
        auto two = open();
        QVERIFY(wait(one->save(id, content(1))));
        const Result<Quote> late = wait(two->save(id, content(2)));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, ErrorKind::Conflict);
        QVERIFY(wait(two->load()));
        QVERIFY(wait(two->save(id, content(2))));
        QCOMPARE(two->find(id)->versions.size(), 2);
        QCOMPARE(two->find(id)->versions[0].content, content(1));
    }

    void keepsServersApart()
    {
        auto here = open();
        QVERIFY(wait(here->create(content(1))));
        QuoteStore there(m_file, u"other"_s, u"liu"_s, m_clock, m_zone);
        QVERIFY(wait(there.load()));
        QVERIFY(there.quotes().empty());
        QVERIFY(wait(there.create(content(2))));
        QVERIFY(wait(here->load()));
        QCOMPARE(here->quotes().size(), 1);
        QCOMPARE(there.quotes().size(), 1);
        QVERIFY(here->quotes()[0].id != there.quotes()[0].id);
    }

    void anInstanceStaysAsARecord()
    {
        auto store = open();
        const QString id = wait(store->create(content(1)))->id, draft = wait(store->create(content(2)))->id;
        QCOMPARE(wait(store->setInstance(id, u"k3n0q"_s, 1)).error().kind, ErrorKind::Rejected); // typed only: no version has its numbers
        QVERIFY(store->find(id)->instanceId.isEmpty());
        QVERIFY(wait(store->save(id, content(4))));
        QCOMPARE(wait(store->setInstance(id, u"k3n0q"_s, 0)).error().kind, ErrorKind::Rejected);
        QVERIFY(wait(store->setInstance(id, u"k3n0q"_s, 1)));
        QCOMPARE(wait(store->setInstance(id, u"other"_s, 1)).error().kind, ErrorKind::Rejected); // it is one instance
        QVERIFY(wait(store->save(id, content(8)))); // a later version: the instance is of the first
        const Result<void> refused = wait(store->remove(id));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Rejected);
        QVERIFY(wait(store->remove(draft)));
        QCOMPARE(wait(store->remove(draft)).error().kind, ErrorKind::NotFound);
        QCOMPARE(open()->quotes().size(), 1);
        const auto again = open();
        const Quote *record = again->find(id);
        QCOMPARE(record->instanceId, u"k3n0q"_s);
        QCOMPARE(record->instanceVersion, 1);
        QCOMPARE(record->versions[0].content, content(4));
        QCOMPARE(record->versions.size(), 2);
    }

    void aDamagedFileIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("cut") << quoted("{'format': 1, 'quotes': [{'id': 'Q-2026");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not ours") << quoted("[1, 2]");
        QTest::newRow("zeros") << QByteArray(200, '\0');
        QTest::newRow("amount of nothing") << quoted(
            "{'quotes': [{'id': 'Q', 'server': 'test', 'created_ms': 1, 'versions': [{'number': 1, 'saved_ms': 1, 'content'"
            ": {'term': 1, 'term_unit': '天', 'instances': 1, 'prices_ms': 0, 'total': '1', 'parts': [{'type': 'cpu', 'model"
            "': 'A', 'amount': 0, 'unit_price': '1', 'resource_unit': '核', 'charge_unit': '小时', 'account_unit': '元'}]}}]}]}");
        QTest::newRow("price that is none") << quoted(
            "{'quotes': [{'id': 'Q', 'server': 'test', 'created_ms': 1, 'versions': [], 'working': {'term': 1, 'term_unit':"
            " '天', 'instances': 1, 'prices_ms': 0, 'total': '1e5', 'parts': []}}]}");
    }

    void aDamagedFileIsSetAside()
    {
        QFETCH(const QByteArray, text);
        put(text);
        QuoteStore store(m_file, u"test"_s, u"liu"_s, m_clock, m_zone);
        QSignalSpy noticed(&store, &QuoteStore::noticed);
        QVERIFY(wait(store.load()));
        QVERIFY(store.quotes().empty());
        QCOMPARE(noticed.count(), 1);
        const QString aside = noticed.first().first().value<Error>().detail;
        QFile kept(aside);
        QVERIFY2(kept.open(QIODevice::ReadOnly), qPrintable(aside));
        QCOMPARE(kept.readAll(), text);
        QVERIFY(wait(store.create(content(1))));
        QCOMPARE(open()->quotes().size(), 1);
    }

    void aNewerFileIsLeftAlone()
    {
        const QByteArray text = quoted("{'format': 99, 'quotes': {'changed': true}}");
        put(text);
        QuoteStore store(m_file, u"test"_s, u"liu"_s, m_clock, m_zone);
        QCOMPARE(wait(store.load()).error().kind, ErrorKind::Storage);
        QCOMPARE(wait(store.create(content(1))).error().kind, ErrorKind::Storage);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), text);
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        QuoteStore store(m_folder->filePath(u"no/such/folder/quotes.json"_s), u"test"_s, u"liu"_s, m_clock, m_zone);
        QCOMPARE(wait(store.create(content(1))).error().kind, ErrorKind::Storage);
    }

    // Killed at moments of no choosing while it writes version after version: what is on disk is always whole, and never older than what was said to
    // be saved.
    void survivesBeingKilled()
    {
        const QString id = wait(open()->create(content(1)))->id;
        int said = 0;
        for (int round = 0; round < 6; ++round) {
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"KBOSS_TEST_QUOTES"_s, m_file);
            environment.insert(u"KBOSS_TEST_QUOTE_ID"_s, id);
            process.setProcessEnvironment(environment);
            process.start(QCoreApplication::applicationFilePath(), {});
            for (int lines = 0; lines < 3 + round; ++lines) {
                QVERIFY(process.canReadLine() || process.waitForReadyRead(20'000));
                said = std::max(said, process.readLine().trimmed().toInt());
            }
            process.kill(); // as kill -9
            QVERIFY(process.waitForFinished());
            while (process.canReadLine())
                said = std::max(said, process.readLine().trimmed().toInt());
            QuoteStore store(m_file, u"test"_s, u"liu"_s, m_clock, m_zone);
            QSignalSpy noticed(&store, &QuoteStore::noticed);
            QVERIFY(wait(store.load()));
            QCOMPARE(noticed.count(), 0);
            const Quote *quote = store.find(id);
            QVERIFY(quote);
            QVERIFY2(static_cast<int>(quote->versions.size()) >= said, "nothing that was said to be saved is lost");
            for (size_t i = 0; i < quote->versions.size(); ++i)
                QCOMPARE(quote->versions[i].content, content(static_cast<qint64>(i) + 1));
        }
    }

private:
    std::unique_ptr<QuoteStore> open()
    {
        auto store = std::make_unique<QuoteStore>(m_file, u"test"_s, u"liu"_s, m_clock, m_zone);
        const Result<void> loaded = wait(store->load());
        if (!loaded)
            qFatal("%s", qPrintable(loaded.error().detail));
        return store;
    }

    template <class T> static Result<T> wait(QFuture<Result<T>> future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
            return fail(ErrorKind::Timeout, u"the store did not answer"_s);
        return future.result();
    }

    void put(const QByteArray &text) const
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    FakeClock m_clock;
    QTimeZone m_zone{"Asia/Shanghai"};
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

// The process of survivesBeingKilled(): saves version after version and says each once it is saved.
static int saveForEver(const QString &file, const QString &id)
{
    const FakeClock clock;
    QuoteStore store(file, u"test"_s, u"liu"_s, clock, QTimeZone::utc());
    const auto ended = [](auto future) { return QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000) && future.result().has_value(); };
    if (!ended(store.load()))
        return 1;
    for (auto next = static_cast<qint64>(store.find(id)->versions.size()) + 1;; ++next) {
        if (!ended(store.save(id, content(next))))
            return 1;
        QTextStream(stdout) << next << Qt::endl;
    }
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const QString file = qEnvironmentVariable("KBOSS_TEST_QUOTES"); !file.isEmpty())
        return saveForEver(file, qEnvironmentVariable("KBOSS_TEST_QUOTE_ID"));
    TestQuoteStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_quotestore.moc"
