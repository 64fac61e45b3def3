#include "ui/installcheckwords.h"

#include "app/cluster/hostchecks.h"

#include <QFile>
#include <QHash>
#include <QTest>
#include <QXmlStreamReader>

using namespace kboss;
using namespace Qt::StringLiterals;

// Every check has words, in both languages, and so has every mending.
class TstInstallCheckWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyRowHasWords();
    void namesOfKubeadmBesides();
    void everyFixHasWords();

private:
    void inChinese(const QString &english) const;
    QHash<QString, QString> m_chinese;
};

void TstInstallCheckWords::initTestCase()
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/translations/kboss_zh_CN.ts"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString context, source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.name() == "source"_L1)
            source = xml.readElementText();
        else if (xml.name() == "translation"_L1 && context == u"InstallCheckWords"_s)
            m_chinese.insert(source, xml.readElementText());
    }
    QVERIFY(!xml.hasError() && m_chinese.size() > 100);
}

void TstInstallCheckWords::inChinese(const QString &english) const
{
    QString found;
    for (auto it = m_chinese.cbegin(); it != m_chinese.cend(); ++it) {
        const QStringList parts = it.key().split(u"%1"_s);
        if (it.key() == english || (parts.size() > 1 && english.startsWith(parts.first()) && english.endsWith(parts.last())))
            found = it.value();
    }
    QVERIFY2(!found.isEmpty() && found != english, qPrintable(english));
}

void TstInstallCheckWords::everyRowHasWords()
{
    InstallPlan plan;
    plan.hosts.resize(2);
    plan.hosts[0].address = u"10.0.0.1"_s;
    plan.hosts[1].address = u"fd00::1"_s;
    for (const CheckName &row : checkRows(plan)) {
        const CheckWords words = checkWords(row.name);
        QVERIFY2(!words.why.isEmpty(), qPrintable(row.name));
        if (words.title != u"SELinux"_s)
            inChinese(words.title);
        inChinese(words.why);
    }
}

void TstInstallCheckWords::namesOfKubeadmBesides()
{
    QCOMPARE(checkWords(u"Service-kubelet"_s).title, u"kubelet is enabled"_s); // in its old letters
    QCOMPARE(checkWords(u"FileExisting-socat"_s).title, u"Needed programs are there"_s);
    QCOMPARE(checkWords(u"Port-12345"_s).title, u"Port is free"_s);
    QCOMPARE(checkWords(u"Port-6443"_s).title, u"API port is free"_s); // its own before the one for all
    QCOMPARE(checkWords(u"OfAnotherKubeadm"_s).title, u"OfAnotherKubeadm"_s);
    QVERIFY(checkWords(u"OfAnotherKubeadm"_s).why.isEmpty());
}

void TstInstallCheckWords::everyFixHasWords()
{
    for (int n = 0; n <= int(PreflightFix::RelaxSelinux); ++n) {
        const FixWords words = fixWords(PreflightFix(n), u"nginx"_s);
        const QString advice = noFixWords(PreflightFix(n));
        QVERIFY2(words.does.isEmpty() != advice.isEmpty(), qPrintable(QString::number(n)));
        QCOMPARE(words.does.isEmpty(), words.undoes.isEmpty());
        QVERIFY(!words.does.contains(u'%'));
        inChinese(words.does.isEmpty() ? advice : words.does);
        if (!words.undoes.isEmpty())
            inChinese(words.undoes);
    }
    QVERIFY(fixWords(PreflightFix::LoadModule, u"overlay"_s).does.contains(u"overlay"_s));
}

QTEST_GUILESS_MAIN(TstInstallCheckWords)
#include "tst_installcheckwords.moc"
