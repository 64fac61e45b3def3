#include "ui/theme.h"
#include "ui/themesheet.h"

#include <QApplication>
#include <QDir>
#include <QFontMetricsF>
#include <QTest>
#include <cmath>

using namespace kboss;

class TstTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void textHasContrastOnEveryGround_data();
    void textHasContrastOnEveryGround();
    void figuresHaveOneWidth();
    void theSheetIsWhole();
    void chineseIsSimplified();
    void everyIconIsDrawnInItsColour();
    void switchingIsSaidAndSeen();

private:
    static double luminance(const QColor &color);
    static double contrast(const QColor &a, const QColor &b);
    Theme m_theme;
};

void TstTheme::initTestCase()
{
    QVERIFY(m_theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/themes/tokens.json")));
}

double TstTheme::luminance(const QColor &color)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double TstTheme::contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a), second = luminance(b);
    return (qMax(first, second) + 0.05) / (qMin(first, second) + 0.05);
}

void TstTheme::textHasContrastOnEveryGround_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TstTheme::textHasContrastOnEveryGround()
{
    QFETCH(bool, dark);
    m_theme.setDark(dark);
    for (const char *text : {"text", "text-2", "text-3"}) {
        for (const char *ground : {"window", "panel"})
            QVERIFY2(contrast(m_theme.color(text), m_theme.color(ground)) >= 4.3, text);
    }
    for (const Tone tone : {Tone::Good, Tone::Warn, Tone::Bad, Tone::Info, Tone::Off})
        QVERIFY(contrast(m_theme.color("text"), m_theme.toneGround(tone)) >= 4.5);
    QVERIFY(contrast(m_theme.color("on-accent"), m_theme.color("accent")) >= 4.5);
}

void TstTheme::figuresHaveOneWidth()
{
    const QFontMetricsF metrics(m_theme.figureFont());
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        QCOMPARE(metrics.horizontalAdvance(QChar(digit)), metrics.horizontalAdvance(u'0'));
}

void TstTheme::theSheetIsWhole()
{
    for (const bool dark : {false, true}) {
        m_theme.setDark(dark);
        m_theme.apply();
        const QString sheet = qApp->styleSheet();
        QVERIFY(sheet.size() > 1000);
        QVERIFY(!sheet.contains(u'@'));
        QVERIFY(!sheet.contains(QStringLiteral(": 0px;")) && !sheet.contains(QStringLiteral("size: px")));
        QVERIFY(sheet.contains(m_theme.color("accent").name()));
    }
}

void TstTheme::chineseIsSimplified()
{
    const QStringList families = m_theme.font().families();
    const qsizetype simplified = families.indexOf(QStringLiteral("Noto Sans CJK SC"));
    QVERIFY2(simplified >= 0, qPrintable(families.join(u',')));
    for (const QString &family : families.mid(0, simplified))
        QVERIFY(!family.contains(QStringLiteral("CJK")));
}

void TstTheme::everyIconIsDrawnInItsColour()
{
    const QDir icons(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/icons"));
    const QStringList names = icons.entryList({QStringLiteral("*.svg")});
    QVERIFY(names.size() > 20);
    for (const QString &name : names) {
        const QImage image = m_theme.icon(name.chopped(4), Qt::red, 32, 1).toImage();
        bool drawn = false;
        for (int y = 0; y < 32 && !drawn; ++y) {
            for (int x = 0; x < 32 && !drawn; ++x)
                drawn = qAlpha(image.pixel(x, y)) > 200 && qRed(image.pixel(x, y)) > 200 && qGreen(image.pixel(x, y)) < 50;
        }
        QVERIFY2(drawn, qPrintable(name));
    }
}

void TstTheme::switchingIsSaidAndSeen()
{
    m_theme.setDark(false);
    int changes = 0;
    connect(&m_theme, &Theme::changed, this, [&changes] { ++changes; });
    m_theme.setDark(true);
    m_theme.setDark(true);
    QCOMPARE(changes, 1);
    QCOMPARE(qApp->palette().color(QPalette::Base), m_theme.color("panel"));
    m_theme.setDensity(QStringLiteral("compact"));
    QCOMPARE(m_theme.rowHeight(), 24);
    QCOMPARE(changes, 2);
}

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
