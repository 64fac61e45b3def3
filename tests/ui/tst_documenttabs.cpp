#include "ui/documenttabs.h"
#include "ui/theme.h"

#include <QStyle>
#include <QStyleOptionTab>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

class Tabs : public DocumentTabs {
public:
    QString drawn(int index) const
    {
        QStyleOptionTab option;
        initStyleOption(&option, index);
        return option.text;
    }
    QRect place(int index) const // of the words
    {
        QStyleOptionTab option;
        initStyleOption(&option, index);
        return style()->subElementRect(QStyle::SE_TabBarTabText, &option, this);
    }
};

} // namespace

// Titles of documents: a short one stands whole, a very long one stays within its tab, and its tab within the window.
class TestDocumentTabs : public QObject {
    Q_OBJECT

    Theme m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/themes/tokens.json"_s));
        m_theme.apply();
    }

    void longTitlesAreElided()
    {
        Tabs tabs;
        tabs.resize(1200, 40);
        tabs.addTab(u"Compute centers"_s);
        tabs.addTab(QString(400, u'W'));
        tabs.addTab(u"begin "_s + QString(300, u'm') + u" end"_s);
        tabs.show();
        QCoreApplication::processEvents();
        QCOMPARE(tabs.drawn(0), u"Compute centers"_s);
        QVERIFY(tabs.drawn(2).startsWith(u"begin"_s) && tabs.drawn(2).endsWith(u"end"_s)); // both ends are what one knows it by
        for (int i = 0; i < tabs.count(); ++i) {
            QVERIFY2(tabs.tabRect(i).width() <= 500, qPrintable(QString::number(tabs.tabRect(i).width())));
            QVERIFY2(tabs.fontMetrics().horizontalAdvance(tabs.drawn(i)) <= tabs.place(i).width(), qPrintable(tabs.drawn(i)));
            QVERIFY(tabs.tabRect(i).contains(tabs.place(i)));
        }
    }

    void manyTitlesStayReadable()
    {
        Tabs tabs;
        tabs.resize(600, 40);
        for (int i = 0; i < 20; ++i)
            tabs.addTab(u"Compute centers"_s);
        tabs.show();
        QCoreApplication::processEvents();
        for (int i = 0; i < tabs.count(); ++i)
            QCOMPARE(tabs.drawn(i), u"Compute centers"_s);
    }
};

QTEST_MAIN(TestDocumentTabs)
#include "tst_documenttabs.moc"
