#include "tests/support/ownplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kboss::test;

namespace {

// Answers of the service's description, as they stand there.
constexpr const char *priced = R"({"status": true, "msg": "获取部件组合价格成功", "data": {"total_price": 64.08, "currency": "元", "price_details": [
 {"resource_name": "cpu INTEL(R) XEON(R) PLATINUM 8582C", "resource_type": "cpu", "amount": 4, "resource_unit": "核", "unit_price": 1.5,
  "duration": "1", "duration_unit": "小时", "subtotal": 6},
 {"resource_name": "memory Samsung DDR4 DIMMs", "resource_type": "memory", "amount": 8192, "resource_unit": "Mi", "unit_price": 0.005,
  "duration": "1", "duration_unit": "小时", "subtotal": 40.96},
 {"resource_name": "disk DATA", "resource_type": "disk", "amount": 512, "resource_unit": "Gi", "unit_price": 0.01, "duration": "1",
  "duration_unit": "小时", "subtotal": 5.12},
 {"resource_name": "gpu RTX5090-32G", "resource_type": "gpu", "amount": 2, "resource_unit": "卡", "unit_price": 6, "duration": "1",
  "duration_unit": "小时", "subtotal": 12}], "status": true, "message": "汇算正常", "duration": "1", "duration_unit": "小时"}})";
constexpr const char *wrongModel = R"({"status": false, "msg": "无效的 gpu 部件型号: RTXs5090-32G", "data": {"total_price": 52.08, "currency": "元",
 "price_details": [
 {"resource_name": "cpu INTEL(R) XEON(R) PLATINUM 8582C", "resource_type": "cpu", "amount": 4, "resource_unit": "核", "unit_price": 1.5,
  "duration": "1", "duration_unit": "小时", "subtotal": 6},
 {"resource_name": "memory Samsung DDR4 DIMMs", "resource_type": "memory", "amount": 8192, "resource_unit": "Mi", "unit_price": 0.005,
  "duration": "1", "duration_unit": "小时", "subtotal": 40.96},
 {"resource_name": "disk DATA", "resource_type": "disk", "amount": 512, "resource_unit": "Gi", "unit_price": 0.01, "duration": "1",
  "duration_unit": "小时", "subtotal": 5.12},
 {"resource_type": "gpu", "error": "无效的 gpu 部件型号: RTXs5090-32G"}], "status": false, "message": "无效的 gpu 部件型号: RTXs5090-32G",
 "duration": "1", "duration_unit": "小时"}})";
constexpr const char *tooLittle = R"json({"status": false, "msg": "memory Samsung DDR4 DIMMs 库存不足 (库存: 1280, 请求: 8192)", "data": {
 "total_price": 23.12, "currency": "元", "price_details": [
 {"resource_name": "cpu INTEL(R) XEON(R) PLATINUM 8582C", "resource_type": "cpu", "amount": 4, "resource_unit": "核", "unit_price": 1.5,
  "duration": "1", "duration_unit": "小时", "subtotal": 6},
 {"resource_type": "memory", "error": "memory Samsung DDR4 DIMMs 库存不足 (库存: 1280, 请求: 8192)"},
 {"resource_name": "disk DATA", "resource_type": "disk", "amount": 512, "resource_unit": "Gi", "unit_price": 0.01, "duration": "1",
  "duration_unit": "小时", "subtotal": 5.12},
 {"resource_name": "gpu RTX5090-32G", "resource_type": "gpu", "amount": 2, "resource_unit": "卡", "unit_price": 6, "duration": "1",
  "duration_unit": "小时", "subtotal": 12}], "status": false, "message": "memory Samsung DDR4 DIMMs 库存不足 (库存: 1280, 请求: 8192)",
 "duration": "1", "duration_unit": "小时"}})json";
constexpr const char *noSuchType = R"json({"status": false, "msg": "没有该类型组件", "data": {"total_price": 0, "currency": "元", "price_details": [
 {"resource_type": "cpu", "error": "没有该类型组件"}, {"resource_type": "memory", "error": "没有该类型组件"},
 {"resource_type": "disk", "error": "没有该类型组件"}, {"resource_type": "gpu", "error": "没有该类型组件"}],
 "status": false, "message": "没有该类型组件", "duration": "1", "duration_unit": "小时"}})json";

const QString cpu = u"INTEL(R) XEON(R) PLATINUM 8582C"_s, memory = u"Samsung DDR4 DIMMs"_s, gpu = u"RTX5090-32G"_s;

QString parts(const QList<std::tuple<QString, QString, int>> &asked)
{
    QJsonArray list;
    for (const auto &[type, model, amount] : asked)
        list.append(QJsonObject{{u"type"_s, type}, {u"model"_s, model}, {u"amount"_s, amount}});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QString described(const QString &gpuModel = gpu)
{
    return parts({{u"cpu"_s, cpu, 4}, {u"memory"_s, memory, 8192}, {u"disk"_s, u"DATA"_s, 512}, {u"gpu"_s, gpuModel, 2}});
}

// Where `answer` is not what is expected; members beyond that are additions. Empty = it is.
QString difference(const QJsonValue &answer, const QJsonValue &expected, const QString &at = {})
{
    if (expected.isObject()) {
        for (const QString &key : expected.toObject().keys()) {
            if (const QString found = difference(answer[key], expected[key], at + u'/' + key); !found.isEmpty())
                return found;
        }
        return {};
    }
    if (expected.isArray()) {
        if (answer.toArray().size() != expected.toArray().size())
            return at + u": another number of items"_s;
        for (qsizetype i = 0; i < expected.toArray().size(); ++i) {
            if (const QString found = difference(answer[i], expected[i], at + u'/' + QString::number(i)); !found.isEmpty())
                return found;
        }
        return {};
    }
    return answer == expected ? QString() : u"%1: %2, not %3"_s.arg(at, answer.toVariant().toString(), expected.toVariant().toString());
}

QString differenceFrom(const HttpAnswer &answer, const char *expected)
{
    const QJsonDocument document = QJsonDocument::fromJson(expected);
    return document.isObject() ? difference(answer.json(), document.object()) : u"the expected answer cannot be read"_s;
}

} // namespace

// Prices of parts and what can be deployed, against the running service, with the answers its description gives.
class TestQuotes : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnPlace> m_place;

    HttpAnswer price(const QString &resources, bool ofCluster = false)
    {
        Items items{{u"cpcid"_s, m_place->center}, {u"resources"_s, resources}, {u"duration"_s, u"1"_s}, {u"duration_unit"_s, u"小时"_s}};
        if (ofCluster)
            items.insert(u"clusterid"_s, m_place->cluster);
        return m_place->get(u"cpcwidget/accrual_price.dspy"_s, items);
    }
    HttpAnswer accommodate(const QString &resources, const QString &labels = {})
    {
        Items items = OwnPlace::with(m_place->place(), {{u"resources"_s, u"[{\"id\":\"5436-f-gdsb\",\"resources\":%1}]"_s.arg(resources)}});
        if (!labels.isEmpty())
            items.insert(u"kyylabels"_s, labels);
        return m_place->get(u"cpcbuy/determine_accommodat.dspy"_s, items);
    }
    QJsonObject cards(const Items &items) { return m_place->get(u"cpcwidget/obtaining_gpuinfo.dspy"_s, items).json(); }

    // As the description's examples have it.
    void addDescribedParts(const QString &memoryUnit, qint64 memoryStock)
    {
        QVERIFY(isGood(m_place->addPart(u"cpu"_s, cpu, u"1.5"_s, 64)));
        QVERIFY(isGood(m_place->addPart(u"memory"_s, memory, u"0.005"_s, memoryStock, memoryUnit)));
        QVERIFY(isGood(m_place->addPart(u"disk"_s, u"DATA"_s, u"0.01"_s, 2048)));
        QVERIFY(isGood(m_place->addPart(u"gpu"_s, gpu, u"6"_s, 8)));
    }
    Items describedNode() const { return {{u"cpu_model"_s, cpu}, {u"memory_model"_s, memory}, {u"gpu_model"_s, gpu}, {u"gpu_stock"_s, u"8"_s}}; }

private Q_SLOTS:
    void init() { m_place = std::make_unique<OwnPlace>(); }
    void cleanup() { m_place.reset(); }

    void pricesAsTheDescriptionReckons()
    {
        QCOMPARE(m_place->prepare({u"--price-rule"_s, u"literal"_s}), QString());
        QCOMPARE(differenceFrom(price(described()), noSuchType), QString());
        addDescribedParts(u"Gi"_s, 512);
        QCOMPARE(differenceFrom(price(described()), priced), QString());
        QCOMPARE(differenceFrom(price(described(u"RTXs5090-32G"_s)), wrongModel), QString());
        QCOMPARE(dataOf(price(described()))[u"price_rule"_s].toString(), u"literal"_s);
    }

    void convertsUnlessToldOtherwise()
    {
        QCOMPARE(m_place->prepare(), QString());
        addDescribedParts(u"Gi"_s, 512);
        const QJsonObject data = dataOf(price(described()));
        QCOMPARE(data[u"total_price"_s].toDouble(), 23.16); // 8 Gi, not 8,192
        QCOMPARE(data[u"price_rule"_s].toString(), u"convert"_s);
    }

    void tooLittleStockIsNotCounted()
    {
        QCOMPARE(m_place->prepare(), QString());
        addDescribedParts(u"Mi"_s, 1280);
        QCOMPARE(differenceFrom(price(described()), tooLittle), QString());
        QCOMPARE(differenceFrom(price(described(), true), tooLittle), QString());
    }

    // Two lines of the same part share what there is.
    void linesShareTheStock()
    {
        QCOMPARE(m_place->prepare(), QString());
        addDescribedParts(u"Gi"_s, 512);
        const HttpAnswer twice = price(parts({{u"gpu"_s, gpu, 8}, {u"gpu"_s, gpu, 8}}));
        QCOMPARE(twice.json()[u"msg"_s].toString(), u"gpu RTX5090-32G 库存不足 (库存: 0, 请求: 8)"_s);
        QVERIFY(!twice.json()[u"status"_s].toBool(true));
        QCOMPARE(dataOf(twice)[u"total_price"_s].toDouble(), 48.0); // the first line
        const HttpAnswer shared = price(parts({{u"gpu"_s, gpu, 5}, {u"gpu"_s, gpu, 4}, {u"gpu"_s, gpu, 3}}), true);
        QCOMPARE(shared.json()[u"msg"_s].toString(), u"gpu RTX5090-32G 库存不足 (库存: 3, 请求: 4)"_s);
        QCOMPARE(dataOf(shared)[u"total_price"_s].toDouble(), 48.0); // what does not fit takes nothing
        QVERIFY(isGood(price(parts({{u"gpu"_s, gpu, 4}, {u"gpu"_s, gpu, 4}}))));
    }

    void saysWhatCannotBeDeployed()
    {
        QCOMPARE(m_place->prepare(), QString());
        addDescribedParts(u"Gi"_s, 0);
        QVERIFY(isGood(m_place->addPart(u"memory"_s, u"Kingston FURY"_s, u"0.0002"_s, 512)));
        QVERIFY(isGood(m_place->addPart(u"disk"_s, u"NVMe"_s, u"0.1"_s, 4096)));
        QCOMPARE(m_place->join(m_place->addNode(u"worker-1"_s, describedNode())), u"done"_s);
        const auto all = u"{\"status\":true,\"msg\":\"获取不可部署产品ID成功\",\"data\":[],\"reason\":\"dynamic\"}"_s;
        const auto none = u"{\"status\":true,\"msg\":\"获取不可部署产品ID成功\",\"data\":[\"5436-f-gdsb\"],\"reason\":\"dynamic\"}"_s;
        const auto body = [](const HttpAnswer &answer) { return QString::fromUtf8(answer.body); };
        QCOMPARE(body(accommodate(described())), all);
        QCOMPARE(body(accommodate(described(), u"kyy-gpu=true"_s)), all);
        QCOMPARE(body(accommodate(described(), u"kyy-gpu=false"_s)), none);
        QCOMPARE(body(accommodate(described(u"A100-80G"_s))), none);
        QCOMPARE(body(accommodate(parts({{u"gpu"_s, gpu, 5}, {u"gpu"_s, gpu, 4}}))), none);
        QCOMPARE(body(accommodate(parts({{u"memory"_s, memory, 8192}}))), all);
        QCOMPARE(body(accommodate(parts({{u"memory"_s, u"Kingston FURY"_s, 8192}}))), none); // sold, but on no node
        QCOMPARE(body(accommodate(parts({{u"disk"_s, u"NVMe"_s, 100}}))), none);
        QVERIFY(refusalOf(accommodate(parts({{u"fpga"_s, u"X"_s, 1}}))).contains(u"没有该类型组件: fpga"_s));
        QVERIFY(refusalOf(accommodate(parts({{u"cpu"_s, cpu, 1}, {u"cpu"_s, u"EPYC"_s, 1}}))).contains(u"两种 cpu 型号"_s));
        QVERIFY(refusalOf(accommodate(parts({{u"gpu"_s, u"A100-80G"_s, 1}, {u"gpu"_s, gpu, 1}}))).contains(u"两种 gpu 型号"_s));
    }

    void cardsOfACenterAndOfAllClusters()
    {
        QCOMPARE(m_place->prepare(), QString());
        for (const auto &[model, stock] :
             {std::pair(u"V100-32G"_s, 8), {u"RTX4090-24G"_s, 12}, {u"RTX5090-32G"_s, 10}, {u"A100-80G"_s, 5}, {u"STANDARD-8G"_s, 1}})
            QVERIFY(isGood(m_place->addPart(u"gpu"_s, model, u"6"_s, stock)));
        const Items here{{u"cpcid"_s, m_place->center}};
        const QByteArray expected =
            R"({"status": true, "msg": "获取集群GPU库存成功", "data": {"V100-32G": 8, "RTX4090-24G": 12, "RTX5090-32G": 10, "A100-80G": 5, "STANDARD-8G": 1}})";
        QCOMPARE(cards(here), QJsonDocument::fromJson(expected).object());
        QCOMPARE(cards(m_place->place()), QJsonDocument::fromJson(expected).object());
        QVERIFY(m_place->addCenter()); // another, with one more model
        const HttpAnswer made = m_place->newCluster(u"远"_s, m_place->addNode(u"control-2"_s));
        m_place->cluster = dataOf(made)[u"clusterid"_s].toString();
        QCOMPARE(m_place->ended(made), u"done"_s);
        QVERIFY(isGood(m_place->addPart(u"gpu"_s, u"显卡型号XXX-12G"_s, u"6"_s, 1)));
        QCOMPARE(cards(m_place->place())[u"data"_s].toObject(), QJsonObject({{u"显卡型号XXX-12G"_s, 1}}));
        QJsonObject both = QJsonDocument::fromJson(expected).object()[u"data"_s].toObject();
        both.insert(u"显卡型号XXX-12G"_s, 1);
        QCOMPARE(cards({})[u"data"_s].toObject(), both);
    }

    // A product is one instance: what none can be is not made one.
    void productsAreWhatOneInstanceCanBe()
    {
        QCOMPARE(m_place->prepare(), QString());
        addDescribedParts(u"Gi"_s, 0);
        QVERIFY(isGood(m_place->addPart(u"memory"_s, u"Kingston FURY"_s, u"0.0002"_s, 512)));
        QVERIFY(isGood(m_place->addPart(u"cpu"_s, u"EPYC"_s, u"1"_s, 64)));
        QCOMPARE(m_place->join(m_place->addNode(u"worker-1"_s, describedNode())), u"done"_s);
        const QString supplier =
            dataOf(m_place->get(u"/provider/cpccProviderAdd.dspy"_s, {{u"name"_s, u"供应商"_s}, {u"orgcode"_s, m_place->center}}))[u"providerid"_s]
                .toString();
        QVERIFY(!supplier.isEmpty());
        const auto product = [&](const QString &spec) {
            return m_place->get(u"/provider/cpcc_product_add.dspy"_s,
                                {{u"reseller_orgid"_s, u"mIWUHBeeDM8mwAFPIQ8pS"_s},
                                 {u"providerid"_s, supplier},
                                 {u"product_type"_s, u"combination"_s},
                                 {u"spec_note"_s, spec},
                                 {u"clusterid"_s, m_place->cluster}});
        };
        QVERIFY(refusalOf(product(parts({{u"cpu"_s, cpu, 1}, {u"cpu"_s, u"EPYC"_s, 1}}))).contains(u"两种 cpu 型号"_s));
        QVERIFY(isGood(product(described())));
        QVERIFY(isGood(product(parts({{u"cpu"_s, cpu, 1}, {u"memory"_s, u"Kingston FURY"_s, 1024}}))));
        const QJsonArray offers = rowsOf(m_place->get(u"/provider/cpcc_kehu_kan_chanpin.dspy"_s,
                                                      {{u"domain_url"_s, u"x"_s},
                                                       {u"duration"_s, u"1"_s},
                                                       {u"duration_unit"_s, u"小时"_s},
                                                       {u"userid"_s, u"u"_s},
                                                       {u"clusterid"_s, m_place->cluster},
                                                       {u"resource_type"_s, u"all"_s}}));
        QCOMPARE(offers.size(), 2);
        QVERIFY(offers[0][u"available"_s].toBool());
        QVERIFY(!offers[1][u"available"_s].toBool(true)); // that memory is on no node
        QVERIFY(offers[1][u"reason"_s].toString().startsWith(u"没有可用节点"_s));
    }
};

QTEST_GUILESS_MAIN(TestQuotes)
#include "tst_quotes.moc"
