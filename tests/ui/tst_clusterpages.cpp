#include "models/cardspec.h"
#include "tests/ui/clusterworld.h"
#include "ui/clusterchangelist.h"
#include "ui/clusterpage.h"
#include "ui/detailspanel.h"
#include "ui/editpane.h"
#include "ui/pickbox.h"
#include "ui/usagetile.h"

#include <QPushButton>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// Clusters, workers and pods in a whole window on the real service.
class TestClusterPages : public QObject {
    Q_OBJECT

    std::unique_ptr<ClusterWorld> m_world;

    ResourceView *openPods()
    {
        ScopedPage *page = m_world->page(u"cluster-pod"_s, {m_world->center, m_world->cluster});
        return page ? page->view() : nullptr;
    }
    ResourceView *openWorkers()
    {
        ScopedPage *page = m_world->page(u"cluster-worker"_s, {m_world->center, m_world->cluster});
        return page ? page->view() : nullptr;
    }
    static bool group(ResourceView *view, const QString &field)
    {
        auto *button = view->findChild<QPushButton *>(u"groupButton"_s);
        for (QAction *choice : button ? button->menu()->actions() : QList<QAction *>()) {
            if (choice->data().toString() == field) {
                choice->trigger();
                return true;
            }
        }
        return false;
    }
    int configured(const QString &node) // its pods that somebody configured: what the simulation lets move
    {
        int count = 0;
        for (const QJsonValue &pod : m_world->pods())
            count += pod[u"pod_node"_s] == node && !pod[u"pod_config"_s].toString().isEmpty();
        return count;
    }
    QStringList names()
    {
        QStringList found;
        for (const QJsonValue &worker : m_world->workers())
            found << worker[u"node_name"_s].toString();
        return found;
    }
    QString freeWorker(bool busy = false)
    {
        for (const QJsonValue &worker : m_world->workers()) {
            if (worker[u"node_role"_s] == u"工作节点"_s && worker[u"node_status"_s] == u"已就绪"_s && !worker[u"node_cordoned"_s].toBool()
                && (!busy || configured(worker[u"node_name"_s].toString()) > 0))
                return worker[u"node_name"_s].toString();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_world = std::make_unique<ClusterWorld>();
        QVERIFY2(m_world->openWindow(), qPrintable(m_world->failure));
    }
    void cleanupTestCase() { m_world.reset(); }

    void podsAreGrouped_data()
    {
        QTest::addColumn<QString>("field");
        for (const char *field : {"pod_namespace", "pod_node", "pod_customer"})
            QTest::addRow("%s", field) << QString::fromLatin1(field);
    }
    void podsAreGrouped()
    {
        QFETCH(QString, field);
        ResourceView *pods = openPods();
        QVERIFY(pods);
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(pods), 15'000);
        QVERIFY(group(pods, field));
        ResourceModel *model = pods->feed()->model();
        QTRY_VERIFY_WITH_TIMEOUT(model->isGrouped() && model->isGroup(0), 10'000);
        QSet<QString> groups;
        for (const QJsonValue &pod : m_world->pods())
            groups << pod[field].toString();
        QTRY_COMPARE_WITH_TIMEOUT(model->groupCount(), static_cast<int>(groups.size()), 15'000);
        QTRY_VERIFY(model->row(1));
        const QString first = ClusterWorld::textOf(pods, *model->row(1), field);
        QVERIFY(first.isEmpty() || model->groupText(0).name.contains(first) || model->groupText(0).value == first);
        const int end = model->groupEnd(1);
        for (int row = 1; row <= std::min(end, 20); ++row) {
            if (model->row(row))
                QCOMPARE(ClusterWorld::textOf(pods, *model->row(row), field), first);
        }
        QVERIFY(group(pods, QString()));
        QTRY_VERIFY(!model->isGrouped());
    }

    void aPodLeadsToItsConfigurationNodeAndCustomer()
    {
        ResourceView *pods = openPods();
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(pods), 15'000);
        const auto full = [&](const Row &row) {
            return !ClusterWorld::textOf(pods, row, u"pod_config"_s).isEmpty() && !ClusterWorld::textOf(pods, row, u"pod_node"_s).isEmpty()
                && !ClusterWorld::textOf(pods, row, u"pod_customer"_s).isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::rowWhere(pods, full) >= 0, 10'000);
        pods->table()->showRow(ClusterWorld::rowWhere(pods, full));
        const Row pod = *pods->currentRow();
        const QString config = ClusterWorld::textOf(pods, pod, u"pod_config"_s), node = ClusterWorld::textOf(pods, pod, u"pod_node"_s);
        const QString customer = ClusterWorld::textOf(pods, pod, u"pod_customer"_s);

        QVERIFY(ClusterWorld::choose(pods, u"Go to: Its configuration"_s));
        QCOMPARE(m_world->currentPage()->pageId(), u"pod-config"_s);
        const ResourceView *configs = static_cast<ResourcePage *>(m_world->currentPage())->view();
        QTRY_VERIFY_WITH_TIMEOUT(configs->currentRow() && configs->currentRow()->key == config, 15'000);

        m_world->window->openPage(u"cluster-pod"_s);
        QVERIFY(ClusterWorld::choose(pods, u"Go to: Its node"_s));
        QCOMPARE(m_world->currentPage()->pageId(), u"cluster-worker"_s);
        const ResourceView *workers = static_cast<ResourcePage *>(m_world->currentPage())->view();
        QTRY_VERIFY_WITH_TIMEOUT(workers->currentRow() && workers->currentRow()->key == node, 15'000);

        const qint64 all = pods->feed()->matching();
        m_world->window->openPage(u"cluster-pod"_s);
        QVERIFY(ClusterWorld::choose(pods, u"Go to: Pods of this customer"_s));
        QTRY_VERIFY_WITH_TIMEOUT(pods->feed()->matching() > 0 && pods->feed()->matching() < all, 10'000);
        const auto foreign = [&](const Row &row) { return ClusterWorld::textOf(pods, row, u"pod_customer"_s) != customer; };
        QTRY_COMPARE(ClusterWorld::rowWhere(pods, foreign), -1);
        pods->namedAction(u"clear-filters"_s)->trigger();
    }

    void aWorkerIsCordonedAndDrainedFromTheMenu()
    {
        ResourceView *workers = openWorkers();
        const QString name = freeWorker(true);
        QVERIFY(!name.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::rowOf(workers, name) >= 0, 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_world->session->state(), Session::State::Online, 10'000);
        workers->table()->showRow(ClusterWorld::rowOf(workers, name));
        const auto state = [&] { return ClusterWorld::shown(workers, ClusterWorld::rowOf(workers, name), u"node_status"_s); };
        QCOMPARE(state(), u"Ready"_s);
        const auto menuText = [&](const char *id) { return workers->namedAction(QLatin1String("act-") + QLatin1String(id))->text(); };
        QVERIFY(!ClusterWorld::choose(workers, menuText("uncordon"))); // not what this row allows
        QVERIFY(ClusterWorld::choose(workers, menuText("cordon")));
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Cordoned"_s, 15'000);
        QTRY_VERIFY(!workers->namedAction(u"act-cordon"_s)->isEnabled());
        QVERIFY(ClusterWorld::choose(workers, menuText("uncordon")));
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Ready"_s, 15'000);

        m_world->prompt.willAnswer(true);
        const size_t asked = m_world->prompt.asked().size();
        QVERIFY(ClusterWorld::choose(workers, menuText("drain")));
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Cordoned"_s, 15'000);
        QCOMPARE(m_world->prompt.asked().size(), asked + 1);
        QVERIFY(m_world->prompt.asked().back().title.contains(name));
        QTRY_COMPARE_WITH_TIMEOUT(configured(name), 0, 15'000);
        QVERIFY(ClusterWorld::choose(workers, menuText("uncordon")));
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Ready"_s, 15'000);
    }

    void aLabelIsBoundAndUnboundFromTheMenu()
    {
        ScopedPage *page = m_world->page(u"cluster-worker"_s, {m_world->center, m_world->cluster});
        ResourceView *workers = page->view();
        const QString name = freeWorker();
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::rowOf(workers, name) >= 0, 15'000);
        const auto labels = [&] {
            for (const QJsonValue &worker : m_world->workers()) {
                if (worker[u"node_name"_s] == name)
                    return QString::fromUtf8(QJsonDocument(QJsonObject{{u"l"_s, worker[u"node_labels"_s]}}).toJson());
            }
            return QString();
        };
        QVERIFY(!labels().contains(u"kboss-test"_s));
        for (const bool bind : {true, false}) {
            workers->table()->showRow(ClusterWorld::rowOf(workers, name));
            QVERIFY(ClusterWorld::choose(workers, workers->namedAction(u"act-label"_s)->text()));
            EditPane *pane = page->panel()->editPane();
            QVERIFY(pane->isOpen());
            pane->form()->type(u"label"_s, u"kboss-test=yes"_s);
            pane->form()->type(u"opt"_s, bind ? u"label"_s : u"unlabel"_s);
            QVERIFY2(!pane->form()->hasFaults(), qPrintable(pane->form()->faultOf(u"label"_s)));
            m_world->notice.clear();
            pane->save();
            QTRY_VERIFY2_WITH_TIMEOUT(!m_world->notice.isEmpty(), qPrintable(m_world->error.detail), 15'000);
            QCOMPARE(labels().contains(u"kboss-test"_s), bind);
            const auto shown = [&] {
                return ClusterWorld::textOf(workers, *workers->feed()->model()->row(ClusterWorld::rowOf(workers, name)), u"node_labels"_s);
            };
            QTRY_COMPARE_WITH_TIMEOUT(shown().contains(u"kboss-test=yes"_s), bind, 15'000);
        }
    }

    void aWorkerComesFromTheIdleNodesAndGoesAgain()
    {
        ScopedPage *page = m_world->page(u"cluster-worker"_s, {m_world->center, m_world->cluster});
        ResourceView *workers = page->view();
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(workers), 15'000);
        const QStringList before = names();
        workers->namedAction(u"create"_s)->trigger();
        EditPane *pane = page->panel()->editPane();
        QVERIFY(pane->isOpen());
        PickBox *nodes = pane->form()->findChild<PickBox *>();
        QVERIFY(nodes);
        QTRY_VERIFY_WITH_TIMEOUT(!nodes->choices().empty(), 15'000);
        pane->form()->type(u"worker_nodeid"_s, nodes->choices().front().value);
        m_world->notice.clear();
        pane->save();
        QTRY_VERIFY2_WITH_TIMEOUT(!m_world->notice.isEmpty(), qPrintable(m_world->error.detail), 15'000);
        const auto added = [&] {
            for (const QString &name : names()) {
                if (!before.contains(name))
                    return name;
            }
            return QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!added().isEmpty(), 30'000);
        const QString name = added();
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::rowOf(workers, name) >= 0, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(ClusterWorld::shown(workers, ClusterWorld::rowOf(workers, name), u"node_status"_s), u"Ready"_s, 30'000);

        workers->table()->showRow(ClusterWorld::rowOf(workers, name));
        m_world->prompt.willAnswer(true);
        const size_t asked = m_world->prompt.asked().size();
        workers->namedAction(u"delete"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_world->prompt.asked().size() > asked, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(!names().contains(name), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(ClusterWorld::rowOf(workers, name), -1, 20'000);
    }

    void anImportedClusterSaysWhyItTakesNoWorker()
    {
        ResourceView *workers = openWorkers();
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(workers), 15'000);
        QAction *add = workers->namedAction(u"create"_s);
        QVERIFY(add->isEnabled());
        const Row master = workers->feed()->master();
        const ResourceType *type = workers->feed()->masterType();
        Row imported = master;
        for (size_t i = 0; i < type->columns.size(); ++i) {
            if (type->columns[i].field.id == u"backend"_s)
                imported.cells[i] = u"kubectl"_s;
        }
        QVERIFY(imported.cells != master.cells);
        const auto choose = [workers](int row) { workers->table()->showRow(row); };
        workers->feed()->setMaster(imported, type);
        choose(0);
        choose(1);
        QVERIFY(!add->isEnabled());
        QVERIFY2(add->toolTip().contains(u"its own tools"_s), qPrintable(add->toolTip()));
        workers->feed()->setMaster(master, type);
        choose(0);
        QVERIFY(add->isEnabled());
    }

    void theDashboardShowsWorkersPodsAndChanges()
    {
        m_world->window->openPage(u"cluster/%1/%2"_s.arg(m_world->center, m_world->cluster));
        auto *page = qobject_cast<ClusterPage *>(m_world->currentPage());
        QVERIFY(page);
        QTRY_VERIFY_WITH_TIMEOUT(ClusterWorld::hasRows(page->workers()) && ClusterWorld::hasRows(page->pods()), 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(page->rows(), m_world->workers().size(), 15'000);
        QCOMPARE(page->workers()->feed()->matching(), page->rows());
        const auto podTile = [page] {
            const auto tiles = page->findChildren<UsageTile *>();
            const auto found = std::find_if(tiles.begin(), tiles.end(), [](UsageTile *tile) { return tile->figures().title == u"Pods"_s; });
            return found == tiles.end() ? UsageTile::Figures() : (*found)->figures();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!podTile().parts.empty() && podTile().parts.back().text.startsWith(u"running "_s), 15'000);

        auto *list = page->findChild<ClusterChangeList *>(u"clusterChanges"_s);
        QVERIFY(list);
        const QString name = freeWorker();
        const auto told = [&] {
            for (const ClusterChange &change : page->changes()) {
                if (change.of == ClusterChange::Of::Node && change.key == name && change.title == u"Node cordoned"_s)
                    return change.text;
            }
            return QString();
        };
        Items items = m_world->place();
        items.insert(u"worker_node"_s, name);
        items.insert(u"state"_s, u"cordon"_s);
        QVERIFY(isGood(m_world->http->post(u"/dev/cpcc/cpcworker/switch_cpcworker.dspy"_s, queryOf(items)))); // by somebody else
        QTRY_COMPARE_WITH_TIMEOUT(told(), u"Ready → Cordoned"_s, 20'000);
        const auto row = [&] {
            for (int i = 0; i < list->model()->rowCount(); ++i) {
                if (list->model()->index(i, 0).data().toString().contains(u"Node cordoned  "_s + name))
                    return i;
            }
            return -1;
        };
        QVERIFY(row() >= 0);
        m_world->picture(u"dashboard"_s);

        Q_EMIT list->activated(list->model()->index(row(), 0));
        QCOMPARE(m_world->currentPage()->pageId(), u"cluster-worker"_s);
        const ResourceView *workers = static_cast<ResourcePage *>(m_world->currentPage())->view();
        QTRY_VERIFY_WITH_TIMEOUT(workers->currentRow() && workers->currentRow()->key == name, 15'000);

        m_world->window->openPage(page->pageId());
        const qint64 since = m_world->clock.nowMs();
        auto *seen = page->findChild<QPushButton *>(u"markSeen"_s);
        QVERIFY(seen && seen->isEnabled());
        seen->click();
        QVERIFY(page->changes().empty());
        const QJsonObject kept = m_world->settings.value(u"cluster-changes/"_s + m_world->cluster).toObject();
        QVERIFY(kept[u"since"_s].toInteger() >= since);
        items.insert(u"state"_s, u"uncordon"_s);
        QVERIFY(isGood(m_world->http->post(u"/dev/cpcc/cpcworker/switch_cpcworker.dspy"_s, queryOf(items))));
    }
};

QTEST_MAIN(TestClusterPages)
#include "tst_clusterpages.moc"
