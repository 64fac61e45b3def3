#include "tests/ui/clusterworld.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QLabel>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace kboss;
using namespace Qt::StringLiterals;

// Names that nobody would type in good faith, of everything that has one: each page of the container cloud stays within its window, shows them as
// plain text and is painted in a moment.
class TestTroubledNames : public QObject {
    Q_OBJECT

    std::unique_ptr<ClusterWorld> m_world;

    void rename(const QString &trouble) const
    {
        {
            QSqlDatabase books = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"books"_s);
            books.setDatabaseName(m_world->service.database());
            QVERIFY(books.open());
            for (const char *change :
                 {"UPDATE center SET name = :name || name", "UPDATE cluster SET name = :name || name",
                  "UPDATE node SET name = :name || name, cpu_model = :name || cpu_model, memory_model = :name || memory_model, gpu_model = :name || "
                  "gpu_model",
                  "UPDATE member SET host_name = :name || host_name", "UPDATE member_label SET label_value = :name || label_value",
                  "UPDATE label SET name = :name || name, label_value = :name || label_value",
                  "UPDATE part SET model = :name || model WHERE type <> 'disk'", "UPDATE supplier SET name = :name || name",
                  "UPDATE podconfig SET username = :name || username, fields = json_set(fields, '$.source_name', :name || json_extract(fields, "
                  "'$.source_name'), '$.podcd_name', :name || json_extract(fields, '$.podcd_name'))"}) {
                QSqlQuery query(books);
                query.prepare(QLatin1String(change));
                query.bindValue(u":name"_s, trouble);
                QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(u"books"_s);
    }

    static bool scrolls(const QWidget *widget, const QWidget *top)
    {
        for (const QWidget *parent = widget->parentWidget(); parent && parent != top; parent = parent->parentWidget()) {
            if (qobject_cast<const QAbstractScrollArea *>(parent))
                return true;
        }
        return false;
    }
    // What is wrong with the page as it is shown; empty = nothing.
    QString fault(const Page *page) const
    {
        const QWidget *window = m_world->window.get();
        if (const QSize least = page->minimumSizeHint(); least.width() > 1300 || least.height() > 900)
            return u"wants %1 × %2"_s.arg(least.width()).arg(least.height());
        if (window->width() != 1600 || window->height() != 1000)
            return u"the window became %1 × %2"_s.arg(window->width()).arg(window->height());
        for (const QLabel *label : page->findChildren<QLabel *>()) {
            if (!label->isVisible())
                continue;
            const QString what = u"%1 “%2”"_s.arg(label->objectName(), label->text().left(60));
            if (label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()))
                return what + u" takes markup"_s;
            const int left = label->mapTo(window, QPoint()).x();
            if (!scrolls(label, page) && (left < 0 || left + label->width() > window->width()))
                return what + u" is cut off"_s;
        }
        return {};
    }
    void look(const QString &id, const QStringList &masters, const QString &pageId = {})
    {
        if (pageId.isEmpty())
            m_world->window->openRow(id, masters, {}, {});
        else
            m_world->window->openPage(pageId);
        Page *page = m_world->currentPage();
        QVERIFY2(page, qPrintable(id));
        QTRY_VERIFY2_WITH_TIMEOUT(page->state() == Page::State::Ready || page->state() == Page::State::Empty, qPrintable(id), 20'000);
        QCoreApplication::processEvents(); // as it is laid out
        QElapsedTimer clock;
        clock.start();
        m_world->window->grab();
        QVERIFY2(clock.elapsed() < 1'500, qPrintable(u"%1 was painted in %2 ms"_s.arg(id).arg(clock.elapsed())));
        const QString wrong = fault(page);
        m_world->picture(QString::fromLatin1(QTest::currentDataTag()) + u'-' + id);
        QVERIFY2(wrong.isEmpty(), qPrintable(id + u": "_s + wrong));
    }

private Q_SLOTS:
    void pagesBear_data()
    {
        QTest::addColumn<QString>("trouble");
        QTest::newRow("markup") << u"<b>bold</b><img src='http://127.0.0.1:1/x.png'><a href='x'>&amp;\"</a>"_s;
        QTest::newRow("long") << QString(10'000, u'W');
        QTest::newRow("control") << u"one\ntwo\tthree\r\u0001\u0007\u001b[31m\u007f\u202efour\u2066"_s;
        QTest::newRow("right to left") << u"مجموعة الحوسبة ١٢ "_s;
        QTest::newRow("emoji") << u"🚀👩‍👩‍👧🇨🇳 é̂ "_s;
    }
    void pagesBear()
    {
        QFETCH(const QString, trouble);
        m_world = std::make_unique<ClusterWorld>();
        QVERIFY2(m_world->openWindow(), qPrintable(m_world->failure));
        rename(trouble);
        if (QTest::currentTestFailed())
            return;
        const QString center = m_world->center, cluster = m_world->cluster;
        const QStringList ofCenter{center}, ofCluster{center, cluster};
        for (const QString &id : {u"compute-cluster"_s, u"cluster-job"_s, u"node-stock"_s, u"compute-part"_s})
            look(id, ofCenter);
        for (const QString &id : {u"cluster-worker"_s, u"cluster-pod"_s, u"pod-config"_s, u"product-offer"_s})
            look(id, ofCluster);
        for (const QString &id : {u"resource-label"_s, u"supplier"_s})
            look(id, {});
        look(u"cluster"_s, {}, u"cluster/%1/%2"_s.arg(center, cluster));
        const QJsonArray configs = m_world->rows(u"cpcpodyaml/get_cpcpodyaml.dspy"_s, m_world->place());
        QVERIFY(!configs.isEmpty() && configs.first()[u"source_name"_s].toString().startsWith(trouble));
        look(u"editor"_s, {}, u"pod-config-editor/%1/%2/%3"_s.arg(center, cluster, configs.first()[u"id"_s].toString()));
        m_world.reset();
    }
};

QTEST_MAIN(TestTroubledNames)
#include "tst_troublednames.moc"
