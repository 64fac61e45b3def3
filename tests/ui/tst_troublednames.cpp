#include "tests/ui/clusterworld.h"

#include "app/base/oneline.h"
#include "ui/consolestatusbar.h"
#include "ui/textcache.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QLabel>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTabBar>

using namespace kboss;
using namespace Qt::StringLiterals;

// Names that nobody would type in good faith, of everything that has one, each row with another kind of them: every page of the container cloud stays
// within its window, shows them as plain text on one line, and is painted in a moment.
class TestTroubledNames : public QObject {
    Q_OBJECT

    struct Place {
        QString center, cluster, config;
    };
    std::unique_ptr<ClusterWorld> m_world;
    std::vector<Place> m_clusters, m_configs; // one of each kind of name

    static QStringList troubles()
    {
        return {u"<b>bold</b><img src='http://127.0.0.1:1/x.png'><a href='x'>&amp;\"</a>"_s, QString(10'000, u'W'),
                u"one\ntwo\tthree\r\u0001\u0007\u001b[31m\u007f\u202efour\u2066"_s, u"مجموعة الحوسبة ١٢ "_s,
                u"🚀👩‍👩‍👧🇨🇳 é̂ "_s};
    }
    static bool run(const QSqlDatabase &books, const QString &change, const QVariantList &values = {})
    {
        QSqlQuery query(books);
        query.prepare(change);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (query.exec())
            return true;
        qWarning().noquote() << change << query.lastError().text();
        return false;
    }
    // The kind of a row's name goes by its place in its table.
    static bool rename(const QSqlDatabase &books, const QString &table, const QStringList &fields, const QString &where = u"1"_s)
    {
        QStringList changes;
        for (const QString &field : fields)
            changes << u"%1 = (SELECT name FROM temp.trouble WHERE kind = %2.rowid % 5) || %1"_s.arg(field, table);
        return run(books, u"UPDATE %1 SET %2 WHERE %3"_s.arg(table, changes.join(u", "_s), where));
    }
    bool renameAll(const QSqlDatabase &books) const
    {
        bool done = run(books, u"CREATE TEMP TABLE trouble(kind INTEGER PRIMARY KEY, name TEXT)"_s)
            && run(books,
                   u"INSERT INTO supplier(id, seq, cpcid, name, orgid, created_ms) SELECT 's' || id, 100 + seq, id, name, orgid, 0 FROM center "
                   "WHERE id NOT IN (SELECT cpcid FROM supplier) LIMIT 4"_s);
        for (int kind = 0; kind < troubles().size(); ++kind)
            done = done && run(books, u"INSERT INTO temp.trouble VALUES(?, ?)"_s, {kind, troubles().at(kind)});
        const QString name = u"name"_s;
        return done && rename(books, u"center"_s, {name}) && rename(books, u"cluster"_s, {name})
            && rename(books, u"node"_s, {name, u"cpu_model"_s, u"memory_model"_s, u"gpu_model"_s}) && rename(books, u"member"_s, {u"host_name"_s})
            && rename(books, u"member_label"_s, {u"label_value"_s}) && rename(books, u"label"_s, {name, u"label_value"_s})
            && rename(books, u"part"_s, {u"model"_s}, u"type <> 'disk'"_s) && rename(books, u"supplier"_s, {name})
            && rename(books, u"podconfig"_s, {u"username"_s})
            && run(books,
                   u"UPDATE podconfig SET fields = (SELECT json_set(fields, '$.source_name', name || json_extract(fields, '$.source_name'), "
                   "'$.podcd_name', name || json_extract(fields, '$.podcd_name')) FROM temp.trouble WHERE kind = podconfig.rowid % 5)"_s);
    }
    static std::vector<Place> onePerKind(const QSqlDatabase &books, const QString &fields, const QString &table)
    {
        std::vector<Place> places;
        QSqlQuery query(u"SELECT %1, min(rowid) FROM %2 GROUP BY rowid % 5 ORDER BY rowid % 5"_s.arg(fields, table), books);
        while (query.next())
            places.push_back({query.value(0).toString(), query.value(1).toString(), query.value(2).toString()});
        return places;
    }
    bool trouble()
    {
        bool done = false;
        {
            QSqlDatabase books = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"books"_s);
            books.setDatabaseName(m_world->service.database());
            done = books.open() && renameAll(books);
            m_clusters = onePerKind(books, u"cpcid, id, ''"_s, u"cluster"_s);
            m_configs = onePerKind(books, u"cpcid, clusterid, id"_s, u"podconfig"_s);
        }
        QSqlDatabase::removeDatabase(u"books"_s);
        return done;
    }

    static bool scrolls(const QWidget *widget, const QWidget *top)
    {
        for (const QWidget *parent = widget->parentWidget(); parent && parent != top; parent = parent->parentWidget()) {
            if (qobject_cast<const QAbstractScrollArea *>(parent))
                return true;
        }
        return false;
    }
    static bool isOneLine(const QString &text) { return oneLine(text, text.size()) == text; }
    // What is wrong around the page; empty = nothing.
    QString faultAround() const
    {
        const QWidget *window = m_world->window.get();
        if (window->width() != 1600 || window->height() != 1000)
            return u"the window became %1 × %2"_s.arg(window->width()).arg(window->height());
        for (const QTabBar *tabs : window->findChildren<QTabBar *>(u"documents"_s)) {
            for (int i = 0; i < tabs->count(); ++i) {
                if (!isOneLine(tabs->tabText(i)) || tabs->tabToolTip(i).contains(u"<b>"_s))
                    return u"the tab “%1”"_s.arg(tabs->tabText(i));
            }
        }
        for (const StatusField *field : window->findChildren<StatusField *>()) {
            if (!isOneLine(field->accessibleName()) || (field->isVisible() && field->geometry().right() > window->width()))
                return u"the status bar's “%1”"_s.arg(field->accessibleName());
        }
        return {};
    }
    // What is wrong with the page as it is shown; empty = nothing.
    QString fault(const Page *page) const
    {
        const QWidget *window = m_world->window.get();
        if (const QSize least = page->minimumSizeHint(); least.width() > 1300 || least.height() > 900)
            return u"wants %1 × %2"_s.arg(least.width()).arg(least.height());
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
        return faultAround();
    }
    // The page as it is now, with its name for a picture.
    QString look(const QString &name)
    {
        Page *page = m_world->currentPage();
        if (!page)
            return u"no page"_s;
        if (!QTest::qWaitFor([page] { return page->state() == Page::State::Ready || page->state() == Page::State::Empty; }, 20'000))
            return u"not read"_s;
        QString shown; // parts of it are read after it is ready: until nothing that is written on it moves any more
        int same = 0;
        const auto isAtRest = [&] {
            QString now = page->title() + QString::number(int(page->state()));
            for (const QLabel *label : page->findChildren<QLabel *>())
                now += label->isVisible() ? label->text() + u'\n' : QString();
            same = now == shown ? same + 1 : 0;
            shown = now;
            return same >= 10;
        };
        if (!QTest::qWaitFor(isAtRest, 20'000))
            return u"not at rest"_s;
        QElapsedTimer clock;
        clock.start();
        m_world->window->grab();
        const qint64 took = clock.elapsed();
        m_world->picture(name);
        return took >= 1'500 ? u"painted in %1 ms"_s.arg(took) : fault(page);
    }
    void lookAt(const QString &id, const QStringList &masters)
    {
        m_world->window->openRow(id, masters, {}, {});
        const QString name = masters.isEmpty() ? id : id + u'-' + masters.last();
        const QString wrong = look(name);
        QVERIFY2(wrong.isEmpty(), qPrintable(name + u": "_s + wrong));
    }
    void lookAtPage(const QString &name, const QString &pageId)
    {
        m_world->window->openPage(pageId);
        const QString wrong = look(name);
        QVERIFY2(wrong.isEmpty(), qPrintable(name + u": "_s + wrong));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_world = std::make_unique<ClusterWorld>();
        QVERIFY2(m_world->openWindow(), qPrintable(m_world->failure));
        QVERIFY(trouble());
        QCOMPARE(m_clusters.size(), 5u);
        QCOMPARE(m_configs.size(), 5u);
    }
    void cellsAreOneLine()
    {
        TextCache cache;
        const int font = cache.addFont(m_world->theme.font(TextSize::Normal));
        const auto glyphs = [](const TextCache::Line &line) {
            QList<quint32> all;
            for (const QGlyphRun &run : line.runs)
                all += run.glyphIndexes();
            return all;
        };
        const QString control = troubles().at(2), flat = u"one two three    [31m four"_s;
        QCOMPARE(glyphs(cache.line(control, font)), glyphs(cache.line(flat, font)));
        const qreal narrow = cache.line(flat, font).width / 2;
        QCOMPARE(glyphs(cache.fitted(control, font, narrow, Qt::ElideMiddle)), glyphs(cache.fitted(flat, font, narrow, Qt::ElideMiddle)));
        QVERIFY(glyphs(cache.fitted(control, font, narrow, Qt::ElideMiddle)) != glyphs(cache.line(flat, font)));
    }
    void listsBear_data()
    {
        QTest::addColumn<int>("masters");
        for (const char *id : {"resource-label", "supplier"})
            QTest::newRow(id) << 0;
        for (const char *id : {"compute-cluster", "cluster-job", "node-stock", "compute-part"})
            QTest::newRow(id) << 1;
        for (const char *id : {"cluster-worker", "cluster-pod", "pod-config", "product-offer"})
            QTest::newRow(id) << 2;
    }
    void listsBear()
    {
        QFETCH(const int, masters);
        lookAt(QString::fromLatin1(QTest::currentDataTag()), QStringList{m_world->center, m_world->cluster}.first(masters));
    }
    void scopesBear_data() { kinds(); }
    void scopesBear()
    {
        QFETCH(const int, kind);
        const Place &place = m_clusters.at(static_cast<size_t>(kind));
        lookAt(u"cluster-worker"_s, {place.center, place.cluster});
    }
    void clusterPageBears_data() { kinds(); }
    void clusterPageBears()
    {
        QFETCH(const int, kind);
        const Place &place = m_clusters.at(static_cast<size_t>(kind));
        lookAtPage(u"cluster-%1"_s.arg(kind), u"cluster/%1/%2"_s.arg(place.center, place.cluster));
        QVERIFY(m_world->currentPage()->title().contains(troubles().at(kind)));
    }
    void editorBears_data() { kinds(); }
    void editorBears()
    {
        QFETCH(const int, kind);
        const Place &place = m_configs.at(static_cast<size_t>(kind));
        lookAtPage(u"editor-%1"_s.arg(kind), u"pod-config-editor/%1/%2/%3"_s.arg(place.center, place.cluster, place.config));
        QVERIFY(m_world->currentPage()->title().startsWith(troubles().at(kind)));
    }
    void cleanupTestCase() { m_world.reset(); }

private:
    static void kinds()
    {
        QTest::addColumn<int>("kind");
        int kind = 0;
        for (const char *name : {"markup", "long", "control", "right to left", "emoji"})
            QTest::newRow(name) << kind++;
    }
};

QTEST_MAIN(TestTroubledNames)
#include "tst_troublednames.moc"
