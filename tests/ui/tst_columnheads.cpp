#include "tests/support/kboss.h"
#include "ui/celldelegate.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// The head of a column can be read at the width the column begins with, in both languages.
class TestColumnHeads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fit_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("Chinese") << u"zh_CN"_s;
        QTest::newRow("English") << u"en"_s;
    }
    void fit()
    {
        QFETCH(QString, language);
        const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
        const auto contracts = ContractSet::load(source + u"/resources/api"_s);
        QVERIFY(contracts);
        const auto views = ResourceSet::load(source + u"/resources/views"_s, *contracts);
        QVERIFY(views);
        Theme theme;
        QVERIFY(theme.load(source + u"/resources/themes/tokens.json"_s));
        theme.apply();
        setCurrentLanguage(language);
        const QFontMetrics metrics(theme.font(TextSize::Label));
        QStringList narrow;
        for (const auto &type : views->all()) {
            for (const ColumnSpec &column : type->columns) {
                const QString unit = column.unit.text();
                const QString head = unit.isEmpty() ? column.label.text() : u"%1 (%2)"_s.arg(column.label.text(), unit);
                const int needed = metrics.horizontalAdvance(head) + 2 * CellDelegate::padding;
                if (column.visible && needed > column.width)
                    narrow << u"%1.%2 “%3” needs %4, has %5"_s.arg(type->id, column.field.id, head).arg(needed).arg(column.width);
            }
        }
        QVERIFY2(narrow.isEmpty(), qPrintable(narrow.join(u'\n')));
    }
};

QTEST_MAIN(TestColumnHeads)
#include "tst_columnheads.moc"
