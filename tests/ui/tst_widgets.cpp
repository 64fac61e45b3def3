#include "ui/bulkpane.h"
#include "ui/widgets.h"

#include <QTest>
#include <QTextDocument>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void toolTipsShowTextAsItIs_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"<b>x</b> & y", "A & B", "a < b", "<img src='http://192.0.2.1/x.png'>", "first\n<i>second</i>  line", "&lt;b&gt;"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void toolTipsShowTextAsItIs()
    {
        QFETCH(const QString, text);
        const auto shown = [](const QString &tip) { // as Qt's own label decides it
            if (!Qt::mightBeRichText(tip))
                return tip;
            QTextDocument document;
            document.setHtml(tip);
            return document.toPlainText();
        };
        QCOMPARE(shown(plainToolTip(text)), text);
        BulkModel model;
        BulkModel::Line line;
        line.name = text;
        model.reset({line});
        QCOMPARE(shown(model.index(0, 0).data(Qt::ToolTipRole).toString()), text);
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
