#include "models/parttreemodel.h"
#include "tests/models/quoteground.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestPartTreeModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        setCurrentLanguage(u"en"_s);
        m_model = std::make_unique<PartTreeModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setOffers(m_world.offers);
        m_model->setClusters({{u"c1"_s, u"朝阳"_s}, {u"c2"_s, u"亦庄"_s}}, u"c2"_s);
    }

    void groupsByTypeInOrder()
    {
        QCOMPARE(m_model->rowCount(), 4);
        QCOMPARE(m_model->index(0, 0).data().toString(), u"CPU"_s);
        QCOMPARE(m_model->index(3, 0).data().toString(), u"GPU"_s);
        QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 2);
        QCOMPARE(m_model->partCount(), 7);
        QCOMPARE(m_model->columnCount(), 4);
        QCOMPARE(m_model->chosenColumn(), 2);
        QCOMPARE(m_model->headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"亦庄 left"_s);
    }

    void saysWhatIsLeft()
    {
        const auto cell = [this](const QString &type, const QString &model, int column) { return m_model->indexOf(type, model, column); };
        QCOMPARE(cell(u"memory"_s, u"Samsung DDR4 DIMMs"_s, 2).data().toString(), u"2,904"_s); // Gi on screen, Mi in the quote
        QCOMPARE(cell(u"memory"_s, u"Samsung DDR4 DIMMs"_s, 2).data(PartTreeModel::LeftRole).toLongLong(), 2904 * 1024);
        QCOMPARE(cell(u"cpu"_s, u"AMD EPYC 9654"_s, 1).data().toString(), u"not on sale"_s);
        QVERIFY(!cell(u"cpu"_s, u"AMD EPYC 9654"_s, 1).data(PartTreeModel::LeftRole).isValid());
        QCOMPARE(cell(u"gpu"_s, u"A100-80G"_s, 1).data(PartTreeModel::ShareRole).toDouble(), 0.5);
        m_model->setClusters({{u"c3"_s, u"怀柔"_s}}, u"c3"_s);
        QCOMPARE(cell(u"gpu"_s, u"A100-80G"_s, 1).data().toString(), u"none"_s);
    }

    void onlyTheAmountIsEdited()
    {
        QSignalSpy edited(m_model.get(), &PartTreeModel::amountEdited);
        const QModelIndex amount = m_model->indexOf(u"gpu"_s, u"A100-80G"_s, m_model->amountColumn());
        QVERIFY(amount.flags() & Qt::ItemIsEditable);
        QVERIFY(!(amount.siblingAtColumn(0).flags() & Qt::ItemIsEditable));
        QVERIFY(m_model->setData(amount, 12, Qt::EditRole));
        QVERIFY(!m_model->setData(amount.siblingAtColumn(1), 12, Qt::EditRole));
        QCOMPARE(edited.count(), 1);
        QCOMPARE(edited.first().at(2).toLongLong(), 12);
        QCOMPARE(amount.data(PartTreeModel::AmountRole).toLongLong(), 12);
        QVERIFY(m_model->setData(amount, -1, Qt::EditRole));
        QCOMPARE(amount.data(PartTreeModel::AmountRole).toLongLong(), 0);
        m_model->setFaults({{u"gpu"_s, u"A100-80G"_s}});
        QVERIFY(amount.data(PartTreeModel::FaultRole).toBool());
    }

    void findsByModelOrInitialsAndKeepsWhatIsPicked()
    {
        m_model->setFilter(u"a100"_s);
        QCOMPARE(m_model->partCount(), 1);
        m_model->setFilter(u""_s);
        m_model->setAmounts(m_world.quote({{u"cpu"_s, u"AMD EPYC 9654"_s, 4}}).parts);
        m_model->setFilter(u"rtx"_s);
        QCOMPARE(m_model->partCount(), 2);
        QVERIFY(m_model->indexOf(u"cpu"_s, u"AMD EPYC 9654"_s, 0).isValid());
        m_model->setFilter(u"nothing like it"_s);
        QCOMPARE(m_model->partCount(), 1);
        auto offers = m_world.offers;
        offers[0].model = u"海光 7285"_s;
        m_model->setOffers(offers);
        m_model->setFilter(u"hg"_s);
        QVERIFY(m_model->indexOf(u"cpu"_s, u"海光 7285"_s, 0).isValid());
    }

    void newStockMovesNothing()
    {
        const QPersistentModelIndex amount = m_model->indexOf(u"gpu"_s, u"A100-80G"_s, 2);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        auto offers = m_world.offers;
        for (PartOffer &offer : offers) {
            for (ClusterStock &stock : offer.stocks)
                stock.left = 1;
        }
        m_model->setOffers(offers);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(amount.data().toString(), u"1"_s);
        offers.pop_back();
        m_model->setOffers(offers);
        QCOMPARE(reset.count(), 1);
    }

private:
    QuoteGround m_world;
    std::unique_ptr<PartTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestPartTreeModel)
#include "tst_parttreemodel.moc"
